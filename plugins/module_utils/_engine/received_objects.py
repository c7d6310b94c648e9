# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Objects and values of responses, checked where they enter: their types, ids and identities (S0.10).

Private to the collection.
"""

from __future__ import annotations

import typing as t

from .._errors import (
    MalformedResponse,
    OutcomeUnknown,
)
from .._http.client import Response
from .._model.json_objects import Body
from .._model.json_type import JsonType, TypeFault, find_fault
from .._model.plan import Plan, RemoteObject
from .._model.resource import Resource
from .._printable import printable


def parse_object(resource: Resource, response: Response, method: str, path: str) -> RemoteObject:
    """Return the object of the response to a request in canonical form.

    Raise MalformedResponse if the response has no object, an object with a value of a wrong type, or another
    object than the path names.
    """
    raw = response.data
    if not isinstance(raw, dict):
        raise MalformedResponse(f"{method} {path} was answered {response.status} without an object.")
    body = checked_body(resource, resource.endpoint.decode(raw), f"{method} {path}")
    if path not in (resource.endpoint.path_of_new(body), resource.endpoint.path_of(body["id"])):
        raise MalformedResponse(f"{method} {path} was answered {response.status} {_describe_other(body)}")
    # Gateways alter the header, such as to W/"x" or "x-gzip". They do not alter the body's field.
    return RemoteObject(body, body.get("etag") or response.etag)


def is_created(resource: Resource, created: RemoteObject, plan: Plan) -> bool:
    """Return whether an object has the identity of the planned one."""
    return bool(resource.identity_of(created.body) == resource.identity_of(plan.after or {}))


def checked_creation(resource: Resource, created: RemoteObject, plan: Plan) -> RemoteObject:
    """Return the object of the response to a creation as it is.

    Raise OutcomeUnknown if its identity is not the one that was sent: a rollback would remove another object.
    """
    if is_created(resource, created, plan):
        return created
    path = resource.endpoint.path_of_new(plan.after or {})
    error = MalformedResponse(f"POST {path} was answered {_describe_other(created.body)}")
    # No retry may follow, although time is left: the object may exist under a name like the one sent.
    raise OutcomeUnknown(str(error), cause=error, out_of_time=True)


def _describe_other(body: Body) -> str:
    name = f"{body['name']!r}, " if "name" in body else ""
    cause = "A proxy or cache before the API may mix up responses."
    return f"with another object ({name}id {body['id']!r}). {cause}"


def checked_body(resource: Resource, body: Body, call: str) -> Body:
    """Return an object in canonical form as it is. Raise MalformedResponse for a value of a wrong type."""
    fault = find_fault(resource.json_type, body)
    if fault is None and body["id"]:
        return body
    name = body.get("name", body.get("id"))
    named = f" {name!r}" if isinstance(name, str) and name else ""
    raise _malformed(call, f"{resource.title}{named}", fault or TypeFault("id", "is empty"))


def check_type(json_type: JsonType, value: t.Any, call: str, title: str) -> None:
    """Raise MalformedResponse if a value of a response has a wrong type. C(title) names the value."""
    fault = find_fault(json_type, value)
    if fault is not None:
        raise _malformed(call, title, fault)


def _malformed(call: str, title: str, fault: TypeFault) -> MalformedResponse:
    place = f"{printable(fault.path)} " if fault.path else ""
    return MalformedResponse(
        f"{call} was answered with {'an' if title[0] in 'aeiou' else 'a'} {title} that is not as the API "
        f"describes it: {place}{fault.reason}. Check base_url and api_profile, and that no proxy alters "
        "responses."
    )


def decoded(resource: Resource, raw: Body, path: str = "") -> Body:
    """Return an object of a list in canonical form. Raise MalformedResponse as C(checked_body) does.

    C(path) is that of the list if the kind has several.
    """
    return checked_body(resource, resource.endpoint.decode(raw), f"The list {path or resource.endpoint.path}")
