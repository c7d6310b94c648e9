# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The request bodies of data actions and of their drafts, and the configuration that a body leaves."""

from __future__ import annotations

import typing as t

import pydantic

from ..orgs import Org
from ..store import Wire, merge_patch
from .bodies import Body
from .switches import switches

DEFAULT_REQUEST_TEMPLATE = "${input.rawRequest}"
DEFAULT_SUCCESS_TEMPLATE = "${rawResult}"

Name = t.Annotated[str, pydantic.Field(min_length=1, max_length=256)]
Schema = dict[str, t.Any]


class RequestBody(Body):
    """The request of a configuration. C(requestTemplateUri) is ignored, as every unknown field is."""

    request_url_template: str | None = None
    request_template: str | None = None
    request_type: t.Literal["GET", "POST", "PUT", "PATCH", "DELETE"] | None = None
    headers: dict[str, str] | None = None


class ResponseBody(Body):
    translation_map: dict[str, str] | None = None
    translation_map_defaults: dict[str, str] | None = None
    success_template: str | None = None


class ConfigBody(Body):
    timeout_seconds: t.Annotated[int, pydantic.Field(ge=1, le=60)] | None = None
    request: RequestBody | None = None
    response: ResponseBody | None = None


class InputBody(Body):
    input_schema: Schema


class OutputBody(Body):
    success_schema: Schema


class ContractBody(Body):
    input: InputBody
    output: OutputBody


class ActionBody(Body):
    """A new data action, which is live at once."""

    name: Name
    category: Name
    integration_id: str
    config: ConfigBody
    contract: ContractBody
    secure: bool | None = None


class NewDraftBody(Body):
    """A new draft without a live action. Two fields suffice until it is published."""

    name: Name
    integration_id: str
    category: Name | None = None
    config: ConfigBody | None = None
    contract: ContractBody | None = None
    secure: bool | None = None


class ActionPatch(Body):
    version: int
    name: Name | None = None
    category: Name | None = None
    config: ConfigBody | None = None


class DraftPatch(ActionPatch):
    contract: ContractBody | None = None
    secure: bool | None = None


class PublishBody(Body):
    version: int


def given_fields(body: Body) -> Wire:
    """Return the fields of a body in wire names, without null."""
    return body.model_dump(by_alias=True, exclude_none=True)


def completed_config(given: Wire, default_success_template: str = DEFAULT_SUCCESS_TEMPLATE) -> Wire:
    """Return a configuration with the defaults of the server. An empty template means its default."""
    request, response = given.get("request", {}), given.get("response", {})
    return {
        **given,
        "request": {
            "headers": {},
            **request,
            "requestTemplate": request.get("requestTemplate") or DEFAULT_REQUEST_TEMPLATE,
        },
        "response": {
            "translationMap": {},
            "translationMapDefaults": {},
            **response,
            "successTemplate": response.get("successTemplate") or default_success_template,
        },
    }


def patched_config(org: Org, old: Wire, given: Wire) -> Wire:
    """Return the configuration after a PATCH, which replaces it or, by a switch, merges into it."""
    merges = switches(org).config_patch == "merges"
    return new_config(org, merge_patch(old, given) if merges else given)


def new_config(org: Org, given: Wire) -> Wire:
    return completed_config(given, switches(org).default_success_template)
