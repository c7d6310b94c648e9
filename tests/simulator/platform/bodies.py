# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Request bodies as pydantic models. Unknown fields are ignored, and null means the same as no field."""

from __future__ import annotations

import typing as t

import pydantic
from pydantic.alias_generators import to_camel

from ..call import Call, parse_json
from ..errors import ApiError, Detail, bad_request

Given = t.TypeVar("Given", bound="Body")


class Body(pydantic.BaseModel):
    """A model with strict types; the wire names are the attribute names in camel case."""

    model_config = pydantic.ConfigDict(
        extra="ignore", strict=True, alias_generator=to_camel, populate_by_name=True
    )


def read_body(call: Call, model: type[Given]) -> Given:
    """Return the body. Raise 415 for another content type, and 400 with a detail for each invalid field."""
    if call.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise ApiError(415, "unsupported.media.type", "The body must be application/json.")
    try:
        given = parse_json(call.body)
    except ApiError as error:
        raise bad_request(error.message) from error
    try:
        return model.model_validate(given)
    except pydantic.ValidationError as error:
        raise bad_request("The request body is not valid.", list(_details(error))) from error


def _details(error: pydantic.ValidationError) -> t.Iterator[Detail]:
    for fault in error.errors(include_url=False, include_input=False):
        path = ".".join(str(part) for part in fault["loc"]) or "body"
        yield Detail(path, "invalid.value", f"{fault['msg']}.")
