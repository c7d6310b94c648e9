# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The API of C(letter_server.py) as a second profile, and its one kind, the letter, as data."""

from __future__ import annotations

import typing as t
import urllib.parse

from ansible_collections.genesys.cloud.plugins.module_utils._api.profile import (
    TRANSIENT_STATUSES,
    ApiProfile,
    AuditQuery,
    ConflictKind,
    NumberedPaging,
    Permission,
    RateLimitHeaders,
    TokenPaging,
)
from ansible_collections.genesys.cloud.plugins.module_utils._http.client import Client, Response
from ansible_collections.genesys.cloud.plugins.module_utils._model.desired_state import (
    CONFLICT_OPTIONS,
    IDENTITY_OPTIONS,
    DesiredState,
)
from ansible_collections.genesys.cloud.plugins.module_utils._model.endpoint import Endpoint, ObjectWrite
from ansible_collections.genesys.cloud.plugins.module_utils._model.json_objects import REQUIRED, Body
from ansible_collections.genesys.cloud.plugins.module_utils._model.resource import (
    Field,
    Resource,
    ResourceKind,
)
from unit.second_profile.letter_server import LETTERS, ROOT, TOKEN

_EVENTS = {"create": "posted", "update": "amended", "delete": "burned"}


def _conflict_kind(method: str, status: int, code: str | None, message: str) -> ConflictKind | None:
    if (status, code) == (400, "outdated_version"):
        return ConflictKind.VERSION
    return ConflictKind.NAME if (status, code) == (409, "label_in_use") else None


def _decode_error(body: Body) -> Body:
    fault = body.get("fault")
    if not isinstance(fault, dict):
        return body
    return {"code": fault.get("reason"), "message": fault.get("text"), "correlation_id": fault.get("ref")}


def _decode_record(row: Body) -> Body:
    """Return an audit record in canonical form."""
    names = {"key": "id", "at": "timestamp", "by": "actorId", "what": "eventType"}
    return {names.get(key, key): value for key, value in row.items()}


DESK = ApiProfile(
    name="desk",
    root=ROOT,
    token_url=lambda base_url, token_path: base_url.replace("//127.0.0.1", "//localhost") + TOKEN,
    organization_path=f"{ROOT}/tenant",
    permissions=(Permission(LETTERS, ("letter.view",), ("letter.edit",)),),
    audit=AuditQuery(
        f"{ROOT}/trail/search",
        NumberedPaging(
            size_param="take",
            number_param="page",
            entities_key="rows",
            total_key="count",
            page_count_key=None,
            id_key="key",
        ),
        lambda given, size, number: {
            "about": given.entity_id,
            "what": given.event_type,
            "take": size,
            "page": number,
        },
        _decode_record,
    ),
    conflict_kind=_conflict_kind,
    decode_error=_decode_error,
    event_type=lambda subject, action: f"{subject}/{_EVENTS[action]}",
    event_types=tuple(f"letter/{event}" for event in _EVENTS.values()),
    correlation_header="desk-ref",
    rate_limit_headers=RateLimitHeaders("desk-used", "desk-limit", "desk-renewal"),
    repeatable_statuses=TRANSIENT_STATUSES | {423},
)

#: Name in the canonical form -> name in the API.
_NAMES = {"name": "label", "folder": "box", "note": "memo", "active": "on", "template": "templateText"}
_CANONICAL = {wire: name for name, wire in _NAMES.items()}


def decode(raw: Body) -> Body:
    """Return a letter in canonical form."""
    links = ("selfUri", "templateUri")
    return {_CANONICAL.get(key, key): value for key, value in raw.items() if key not in links}


def encode(body: Body, before: Body | None) -> Body:
    """Return the body of a write in the API's form, with the version that it is based on."""
    raw = {_NAMES.get(key, key): value for key, value in body.items()}
    return raw if before is None else {**raw, "version": before["version"]}


def complete(client: Client, body: Body, within: float | None) -> Body:
    """Read the template of a letter from its own path."""
    if "template" in body:
        return body
    response = client.get(f"{LETTERS}/{body['id']}/template", within=within)
    return {**body, "template": response.data["text"]}


def send(write: ObjectWrite) -> Response:
    """Write the letter, then its template if that is to change."""
    body = dict(write.body)
    text = body.pop("templateText", None)
    response = write.send(write.method, write.path, body, repeatable=write.repeatable)
    if text is None or (text == "" and write.method == "POST"):
        return response
    path = f"{LETTERS}/{response.data['id']}/template"
    template = {"text": text, "version": response.data["version"]}
    stored = write.send("PUT", path, template, repeatable=True)
    return response._replace(data={**response.data, **stored.data, "templateText": text})


def _next_token(page: Body) -> t.Any:
    """Return the cursor in the link to the next page."""
    query = urllib.parse.urlsplit(page.get("nextUri", "")).query
    return dict(urllib.parse.parse_qsl(query)).get("after")


class Letter(DesiredState):
    """The desired state of a letter."""

    folder: str | None = None
    note: str | None = None
    active: bool | None = None
    template: str | None = None
    verify: bool = True


LETTER = ResourceKind(
    name="letter",
    title="letter",
    options={
        **IDENTITY_OPTIONS,
        "folder": {"type": "str"},
        "note": {"type": "str"},
        "active": {"type": "bool"},
        "template": {"type": "str"},
        **CONFLICT_OPTIONS,
        "verify": {"type": "bool", "default": True},
    },
    model=Letter,
    profiles={
        "desk": Resource(
            endpoint=Endpoint(
                path=LETTERS,
                paging=TokenPaging(
                    size_param="limit",
                    token_param="after",
                    entities_key="letters",
                    next_token=_next_token,
                ),
                locking="version",
                verb="PATCH",
                decode=decode,
                encode=encode,
                complete=complete,
                send=send,
            ),
            fields=(
                Field("name", "name", REQUIRED),
                Field("folder", "folder", REQUIRED),
                Field("note", "note", ""),
                Field("active", "active", True),
                Field("template", "template", ""),
            ),
            server_owned=("id", "version"),
            unique_names=True,
            event="letter",
        )
    },
    identity=("name", "folder"),
    list_option="letters",
    prunable=True,
    verifies=True,
)
