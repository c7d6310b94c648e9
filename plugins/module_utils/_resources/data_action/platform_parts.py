# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The wire form of a data action of the platform API, and the parts that have paths of their own (P.12).

Private to the collection. A list has neither contract nor configuration, a read by id may have links in the
place of templates, and the response to a write may lack any part.
"""

from __future__ import annotations

import time

from ..._errors import MalformedResponse
from ..._http.client import Client, Response
from ..._http.connection import quote
from ..._model.endpoint import ObjectWrite
from ..._model.json_objects import Body, get_path
from ..._retry_policy import CREATED_OBJECT, RetryLoop
from .templates import linked_templates, plain_config, plain_contract, with_templates

PATH = "/api/v2/integrations/actions"
ITEM_PARAMS = {"expand": "contract", "includeConfig": "true"}
_CREATED = ("name", "category", "integrationId", "secure", "config", "contract")
_UPDATED = ("name", "category", "config")
_SCHEMAS = ("contract.input.inputSchema", "contract.output.successSchema")


def decode(raw: Body) -> Body:
    """Return a data action in canonical form, as far as the object has its parts."""
    body = {key: value for key, value in raw.items() if key != "selfUri"}
    if body.get("contract") is not None:
        body["contract"] = plain_contract(body["contract"])
    if body.get("config") is not None:
        body["config"] = plain_config(body["config"])
    return body


def encode(body: Body, before: Body | None) -> Body:
    """Return the body of a creation, or of an update with the version that it is based on.

    The configuration is sent whole, because an update replaces all of it.
    """
    if before is None:
        return {key: body[key] for key in _CREATED if key in body}
    return {**{key: body[key] for key in _UPDATED if key in body}, "version": before["version"]}


def with_sent(raw: Body, write: ObjectWrite) -> Body:
    """Return the object of the response to a write with all parts.

    A part that the response lacks is as it was sent, or as it was before.
    """
    sent = {**(write.before or {}), **write.body}
    body = {**raw}
    for key in ("contract", "config"):
        body[key] = plain_contract(raw.get(key)) if key == "contract" else raw.get(key)
    if any(not isinstance(get_path(body, path), dict) for path in _SCHEMAS):
        body["contract"] = sent.get("contract")
    if not isinstance(body["config"], dict):
        body["config"] = sent.get("config")
    elif linked_templates(body):
        texts = {
            template: get_path(sent, f"config.{template.part}.{template.key}")
            for template in linked_templates(body)
        }
        body["config"] = with_templates(
            body["config"], {one: text if isinstance(text, str) else None for one, text in texts.items()}
        )
    return body


def complete(client: Client, body: Body, within: float | None) -> Body | None:
    """Read contract and configuration by the id, and the templates of which the object has only links.

    Return None if no read by the id finds the data action. A new one may be found later. A template that has
    no file is the API's default.
    """
    ends_at = None if within is None else time.monotonic() + within
    path = f"{PATH}/{quote(str(body['id']))}"
    if _is_listed(body):
        response = _read_by_id(client, path, ends_at)
        if response is None:
            return None
        if not isinstance(response.data, dict) or response.data.get("id") != body["id"]:
            raise MalformedResponse(f"GET {path} was answered without the data action of this id.")
        body = decode(response.data)
    links = linked_templates(body)
    if not links:
        return body
    texts = {one: client.get_text(f"{path}/templates/{one.file}", within=_left(ends_at)) for one in links}
    return {**body, "config": with_templates(body["config"], texts)}


def _is_listed(body: Body) -> bool:
    """Return whether an object lacks the parts that a list does not have."""
    return "config" not in body or any(not isinstance(get_path(body, path), dict) for path in _SCHEMAS)


def _read_by_id(client: Client, path: str, ends_at: float | None) -> Response | None:
    loop = RetryLoop(CREATED_OBJECT)
    while True:
        response = client.get(path, ITEM_PARAMS, allow_missing=True, within=_left(ends_at))
        if response is not None or not loop.wait():
            return response


def _left(ends_at: float | None) -> float | None:
    return None if ends_at is None else max(0.0, ends_at - time.monotonic())
