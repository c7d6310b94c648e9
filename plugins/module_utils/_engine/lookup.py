# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds the object that a task speaks of: by id, or by its exact name over every page (S0.7, S2.1, S3.2).

Private to the collection.
"""

from __future__ import annotations

import typing as t

from .._errors import Ambiguous, MalformedAnswer
from .._http.client import Client, Reply, quote
from .._model.resource import Resource
from .._once import Once


class Found(t.NamedTuple):
    """An object as read, with the ETag to write it under (None where the kind has none)."""

    body: dict[str, t.Any]
    etag: str | None


def found(reply: Reply, what: str) -> Found:
    """The object in an answer; raises MalformedAnswer when there is none with an id."""
    body = reply.data
    if not isinstance(body, dict) or not isinstance(body.get("id"), str):
        raise MalformedAnswer(f"{what} was answered {reply.status} without an object that has an id.")
    return Found(body, reply.etag or body.get("etag"))


def listed(body: dict[str, t.Any]) -> Found:
    """An object as a list or an answer has it, where the ETag is a field."""
    return Found(body, body.get("etag"))


def same_etag(one: Found, other: Found) -> bool:
    """Whether two reads have the same ETag: a list has it without the quotes of a header."""
    return (one.etag or "").strip('"') == (other.etag or "").strip('"')


def item_path(resource: Resource, object_id: str) -> str:
    return f"{resource.path}/{quote(object_id)}"


def by_id(client: Client, resource: Resource, object_id: str, *, within: float | None = None) -> Found | None:
    """The object with that id; None when there is none. C(within) is as in C(Client.get)."""
    path = item_path(resource, object_id)
    reply = client.get(path, resource.item_params, allow_missing=True, within=within)
    return None if reply is None else found(reply, f"GET {path}")


def find(client: Client, resource: Resource, desired: t.Any) -> Found | None:
    """The object that a desired state means, by its id or else by its name; None when there is none."""
    if desired.id is not None:
        return by_id(client, resource, desired.id)
    return by_name(client, resource, desired.name)


def by_name(client: Client, resource: Resource, name: str) -> Found | None:
    """The one object of exactly that name; None when there is none.

    Raises Ambiguous, with the ids, when several have it.
    """
    matches = [body for body in list_all(client, resource, name=name) if body.get("name") == name]
    if len(matches) > 1:
        raise Ambiguous(resource.title, name, [str(body.get("id")) for body in matches])
    return listed(matches[0]) if matches else None


def list_all(client: Client, resource: Resource, name: str | None = None) -> list[dict[str, t.Any]]:
    """Every object of the kind, all pages; where the API can filter, only those whose name may match."""
    params = dict(resource.list_params)
    if name is not None and resource.name_filter:
        params["name"] = name
    if resource.paging == "token":
        return client.list_token(resource.path, params)
    return client.list_numbered(resource.path, params)


def read_organization(client: Client, shared: Once) -> dict[str, t.Any]:
    """The org of the credentials, C({id, name}), which all of a run ask for once."""
    reply = shared.ask("organization", lambda: client.get("/api/v2/organizations/me"))
    return t.cast("dict[str, t.Any]", reply.data)
