# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds the object that a task speaks of: by id, or by its exact name over every page (S0.7, S2.1, S3.2).

Private to the collection.
"""

from __future__ import annotations

import random
import threading
import time
import typing as t

from .._errors import Ambiguous, InputError, MalformedAnswer, WrongOrganization
from .._findings import Findings
from .._http.client import Client, Response
from .._http.connection import Connection, quote
from .._model.plan import Plan, RemoteObject, from_list
from .._model.resource import Resource

#: Seconds between the looks at a list after a lost POST; the last look comes right before the next POST.
_PAUSES = (0.5, 1.0, 2.0)
T = t.TypeVar("T")


def parse_object(reply: Response, what: str) -> RemoteObject:
    """The object in an answer; raises MalformedAnswer when there is none with an id."""
    body = reply.data
    if not isinstance(body, dict) or not isinstance(body.get("id"), str):
        raise MalformedAnswer(f"{what} was answered {reply.status} without an object that has an id.")
    return RemoteObject(body, reply.etag or body.get("etag"))


def item_path(resource: Resource, object_id: str) -> str:
    return f"{resource.path}/{quote(object_id)}"


def by_id(
    client: Client, resource: Resource, object_id: str, *, within: float | None = None
) -> RemoteObject | None:
    """The object with that id; None when there is none. C(within) is as in C(Client.get)."""
    path = item_path(resource, object_id)
    reply = client.get(path, resource.item_params, allow_missing=True, within=within)
    return None if reply is None else parse_object(reply, f"GET {path}")


def find(client: Client, resource: Resource, desired: t.Any) -> RemoteObject | None:
    """The object that a desired state means, by its id or else by its name; None when there is none."""
    if desired.id is not None:
        return by_id(client, resource, desired.id)
    return by_name(client, resource, desired.name)


def by_name(client: Client, resource: Resource, name: str) -> RemoteObject | None:
    """The one object of exactly that name; None when there is none.

    Raises Ambiguous, with the ids, when several have it.
    """
    matches = [body for body in list_all(client, resource, name=name) if body.get("name") == name]
    if len(matches) > 1:
        raise Ambiguous(resource.title, name, [str(body.get("id")) for body in matches])
    return from_list(matches[0]) if matches else None


def list_all(client: Client, resource: Resource, name: str | None = None) -> list[dict[str, t.Any]]:
    """Every object of the kind, all pages; where the API can filter, only those whose name may match."""
    params = dict(resource.list_params)
    if name is not None and resource.name_filter:
        params["name"] = name
    if resource.paging == "token":
        return client.list_token(resource.path, params)
    return client.list_numbered(resource.path, params)


def read_organization(client: Client, run_cache: RunCache) -> dict[str, t.Any]:
    """The org of the credentials, C({id, name}), which all of a run ask for once."""
    reply = run_cache.get_or_compute("organization", lambda: client.get(client.profile.organization_path))
    return t.cast("dict[str, t.Any]", reply.data)


def check_organization(organization: dict[str, t.Any], connection: Connection) -> None:
    """Raises WrongOrganization when the credentials' org is not the one that the task names."""
    if connection.organization not in (organization.get("id"), organization.get("name")):
        raise WrongOrganization(
            str(connection.organization), name=organization.get("name"), identifier=organization.get("id")
        )


def find_created_object(client: Client, resource: Resource, name: str) -> RemoteObject | None:
    """What a POST without a usable answer may have created.

    A server that does not refuse a second object of the name takes another POST at once, while the first
    may still be under way or not in the list yet: only finding it in time keeps it alone.
    """
    for seconds in () if resource.unique_names else _PAUSES:
        found = by_name(client, resource, name)
        if found is not None:
            return found
        time.sleep(seconds * random.uniform(1, 1.5))
    return by_name(client, resource, name)


def reject_duplicate_name(client: Client, resource: Resource, plan: Plan) -> None:
    """Raises InputError when an update gives an object the name of another one."""
    before, after = plan.before or {}, plan.after or {}
    name = after.get("name")
    if resource.unique_names or plan.action != "update" or name == before.get("name"):
        return
    taken = [
        str(body["id"])
        for body in list_all(client, resource, name=name)
        if body.get("name") == name and body["id"] != before["id"]
    ]
    if taken:
        findings = Findings()
        findings.problem(
            "name",
            f"{name!r} is taken by another {resource.title} (id {', '.join(taken)}), and the server would "
            "not refuse it: neither could be found by its name any more",
        )
        raise InputError(findings)


class RunCache:
    """Keeps what was asked for by its key. Whoever asks meanwhile waits; a failure is not kept."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}
        self._values: dict[str, t.Any] = {}

    def get_or_compute(self, key: str, compute: t.Callable[[], T]) -> T:
        with self._lock:
            own = self._locks.setdefault(key, threading.Lock())
        with own:
            if key not in self._values:
                self._values[key] = compute()
            return t.cast("T", self._values[key])
