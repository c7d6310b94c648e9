# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An authenticated API request in the form that routers get, and the responses that they return."""

from __future__ import annotations

import dataclasses
import json
import math
import typing as t

from starlette.datastructures import QueryParams
from starlette.responses import Response

from .errors import ApiError, Detail, bad_request, not_found
from .orgs import Org, Token
from .store import Kind, Stored, encode_json

#: The deepest valid condition tree needs about 25 levels.
MAX_JSON_DEPTH = 200
#: The start of an escaped surrogate, which is no character without its other half.
SURROGATE = b"\\ud"
DEFAULT_PAGE_SIZE = 25
MAX_PAGE_SIZE = 100


@dataclasses.dataclass(slots=True)
class Call:
    org: Org
    token: Token
    scheme: str
    path: str
    path_params: t.Mapping[str, str]
    query: QueryParams
    headers: t.Mapping[str, str]
    body: bytes

    def json_object(self) -> dict[str, t.Any]:
        """Return the body. Raise 415 for another content type and 400 unless it is a JSON object."""
        if self.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise ApiError(415, "unsupported.media.type", "The body must be application/json.")
        value = parse_json(self.body)
        if not isinstance(value, dict):
            raise bad_request("The body must be a JSON object.")
        return value

    def whole_number(self, name: str, default: int, highest: int | None = None) -> int:
        """Return a query parameter from 1 to C(highest). Raise 400 for another value."""
        text = self.query.get(name)
        if text is None:
            return default
        bounds = "1 or more" if highest is None else f"1 to {highest}"
        if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= (highest or math.inf):
            raise bad_request(f"{name} must be a number, {bounds}.", [Detail(name, "value.invalid", text)])
        return int(text)

    def current_object(self, kind: Kind) -> Stored:
        """Return the object of a write in its true state. Raise 404 if it does not exist."""
        return self._or_not_found(self.org[kind].get(self.path_params["id"]))

    def visible_object(self, kind: Kind) -> Stored:
        """Return the object in the state that reads see. Raise 404 if they see none."""
        return self._or_not_found(self.org[kind].read(self.path_params["id"]))

    def _or_not_found(self, stored: Stored | None) -> Stored:
        if stored is None:
            raise not_found(f"The object {self.path_params['id']}")
        return stored

    def page_size(self) -> int:
        return self.whole_number("pageSize", DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE)


def parse_json(body: bytes) -> t.Any:
    """Parse strict JSON. Raise 400 for invalid JSON, NaN, half of a pair of surrogates, and nesting beyond
    MAX_JSON_DEPTH.
    """
    try:
        value = json.loads(body, parse_constant=_no_constant)
        if SURROGATE in body.lower():
            encode_json(value)
    except (ValueError, RecursionError) as error:
        raise bad_request("The body is not valid JSON.", code="invalid.json") from error
    level: list[t.Any] = [value]
    for _turn in range(MAX_JSON_DEPTH):
        level = [
            child
            for node in level
            if isinstance(node, (dict, list))
            for child in (node.values() if isinstance(node, dict) else node)
        ]
        if not level:
            return value
    raise bad_request(f"The body is nested deeper than {MAX_JSON_DEPTH} levels.", code="invalid.json")


def _no_constant(name: str) -> t.NoReturn:
    raise ValueError(f"{name} is not JSON")


def json_response(value: t.Any, status: int = 200, headers: t.Mapping[str, str] | None = None) -> Response:
    return Response(encode_json(value), status, headers, "application/json")


def object_response(stored: Stored) -> Response:
    """Return the whole object, with its ETag if the kind has ETags."""
    headers = {"ETag": f'"{stored.etag}"'} if stored.etag else None
    return Response(stored.encoded, 200, headers, "application/json")


def no_content() -> Response:
    return Response(status_code=204)
