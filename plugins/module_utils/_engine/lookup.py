# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lookup of objects: by id, or by the exact identity over all pages of a list (S0.7, S2.1, S3.2).

Private to the collection.
"""

from __future__ import annotations

import time
import typing as t

from .._errors import Ambiguous, InputError, WrongOrganization
from .._findings import Findings
from .._http.client import Client
from .._http.connection import Connection
from .._model.json_objects import Body
from .._model.json_type import TEXT, object_of
from .._model.plan import Plan, RemoteObject, from_list
from .._model.resource import Identity, Resource, same_identity
from .._printable import printable
from .._retry_policy import CREATED_OBJECT, POLLING, RetryLoop, RetryPolicy
from .._runtime import sleep
from .received_objects import check_type, checked_body, decoded, parse_object
from .run_cache import RunCache

#: The org of the credentials.
_ORGANIZATION = object_of({"id": TEXT, "name": TEXT}, ["id"])


def by_id(
    client: Client, resource: Resource, object_id: str, *, within: float | None = None
) -> RemoteObject | None:
    """Return the whole object with an id, None if there is none. C(within) is as in C(Client.get)."""
    began = time.monotonic()
    response = resource.endpoint.read_item(client, object_id, within=within)
    if response is None:
        return None
    remote = parse_object(resource, response, "GET", resource.endpoint.path_of(object_id))
    left = None if within is None else max(0.0, within - (time.monotonic() - began))
    return complete(client, resource, remote, within=left)


def complete(
    client: Client, resource: Resource, remote: RemoteObject, *, within: float | None = None
) -> RemoteObject | None:
    """Return the object with the parts that the API serves elsewhere, None if the object is gone.

    C(within) is the time limit [s].
    """
    read_parts = resource.endpoint.complete
    if read_parts is None:
        return remote
    whole = read_parts(client, remote.body, within)
    if whole is None:
        return None
    return RemoteObject(
        checked_body(resource, whole, f"GET {resource.endpoint.path_of(remote.body['id'])}"), remote.etag
    )


#: Returns an object of a list with all its parts, None if it is gone.
Finish = t.Callable[[RemoteObject], "RemoteObject | None"]


def find(
    client: Client, resource: Resource, desired: t.Any, finish: Finish | None = None
) -> RemoteObject | None:
    """Return the object that a desired state means, by id or else by identity; None if there is none."""
    if desired.id is not None:
        return by_id(client, resource, desired.id)
    return by_identity(client, resource, resource.desired_identity(desired), finish)


def by_identity(
    client: Client, resource: Resource, identity: Identity, finish: Finish | None = None
) -> RemoteObject | None:
    """Return the one object of exactly that identity, None if there is none.

    C(finish) replaces C(complete). Raises Ambiguous, with the ids, if several have it.
    """
    matches = list_matching(client, resource, identity)
    if len(matches) > 1:
        raise Ambiguous(resource.title, show_identity(identity), [str(body.get("id")) for body in matches])
    if not matches:
        return None
    if resource.endpoint.reads_part:
        # Read by id, so that an unchanged object needs no second read of its optional part.
        return by_id(client, resource, matches[0]["id"])
    listed = from_list(matches[0])
    return complete(client, resource, listed) if finish is None else finish(listed)


def list_matching(
    client: Client, resource: Resource, identity: Identity, *, unmanaged: bool = False
) -> list[Body]:
    """Return every object of an identity, as the list has it. C(unmanaged) is as in C(list_all)."""
    listed = list_all(client, resource, name=identity[0], unmanaged=unmanaged, identities=[identity])
    return [body for body in listed if same_identity(identity, resource.identity_of(body))]


def list_all(
    client: Client,
    resource: Resource,
    name: str | None = None,
    *,
    unmanaged: bool = False,
    identities: t.Collection[Identity] | None = None,
) -> list[Body]:
    """Return every object of the kind as its list has it, in canonical form.

    If the API can filter by name, the objects of other names are left out. Objects that the collection only
    reads are left out too, unless C(unmanaged). If the kind has several lists, those that cannot have objects
    of C(identities) are not read.
    """
    endpoint = resource.endpoint
    if endpoint.paging is None:
        raise AssertionError("a kind without lists is found by its id")
    if endpoint.list_objects is not None:
        listed_at = endpoint.list_objects(client, identities)
        bodies = [decoded(resource, raw, path) for path, raw in listed_at]
        return bodies if unmanaged else [body for body in bodies if resource.manages(body)]
    params = dict(endpoint.list_params)
    if name is not None and endpoint.name_param is not None:
        params[endpoint.name_param] = name
    listed = client.list(endpoint.list_path or endpoint.path, endpoint.paging, params)
    bodies = [decoded(resource, raw) for raw in listed]
    return bodies if unmanaged else [body for body in bodies if resource.manages(body)]


class IdentityIndex:
    """The objects of a list by the first part of their identity."""

    def __init__(self, resource: Resource, objects: t.Iterable[RemoteObject]) -> None:
        self._objects: dict[t.Any, list[tuple[Identity, RemoteObject]]] = {}
        for one in objects:
            identity = resource.identity_of(one.body)
            self._objects.setdefault(_index_key(identity), []).append((identity, one))

    def matching(self, wanted: Identity) -> list[RemoteObject]:
        """Return every object of an identity. The parts of C(wanted) that are None fit any value."""
        if wanted[0] is None:
            candidates = [pair for pairs in self._objects.values() for pair in pairs]
        else:
            candidates = self._objects.get(_index_key(wanted), [])
        return [one for identity, one in candidates if same_identity(wanted, identity)]


def _index_key(identity: Identity) -> t.Any:
    """Return the first part of an identity, or None if it cannot be the key of a dict."""
    first = identity[0]
    return None if isinstance(first, (list, dict)) else first


def show_identity(identity: Identity) -> str:
    """Return the given parts of an identity for a message."""
    return ", ".join(repr(part) for part in identity if part is not None)


def read_organization(client: Client, run_cache: RunCache) -> dict[str, t.Any]:
    """Return the org of the credentials, C({id, name}). Only the first call of a run sends a request."""
    path = client.profile.organization_path

    def read() -> dict[str, t.Any]:
        organization = client.get(path).data or {}
        check_type(_ORGANIZATION, organization, f"GET {path}", "org")
        return t.cast("dict[str, t.Any]", organization)

    return run_cache.get_or_compute("organization", read)


def check_organization(
    organization: dict[str, t.Any], connection: Connection, effect: str = "Nothing was written"
) -> None:
    """Raise WrongOrganization if the org of the credentials is not the one that the task names."""
    name, identifier = organization.get("name"), organization.get("id")
    if connection.organization not in (identifier, name):
        raise WrongOrganization(str(connection.organization), name=name, identifier=identifier, effect=effect)


def find_created_object(client: Client, resource: Resource, identity: Identity) -> RemoteObject | None:
    """Return the object that a POST without a usable response may have created.

    A server that accepts a second object of an identity would accept another POST at once, while the first
    one may still be in progress or not listed yet. Looking several times, the last time after C(list_lag),
    prevents a duplicate.
    """
    looks, last_look_at = RetryLoop(CREATED_OBJECT), time.monotonic() + client.list_lag
    while True:
        found = by_identity(client, resource, identity)
        if found is not None or resource.unique_names:
            return found
        if looks.wait():
            continue
        left = last_look_at - time.monotonic()
        if left <= 0:
            return None
        sleep(left)


def find_holder_of_name(client: Client, resource: Resource, identity: Identity) -> RemoteObject | None:
    """Return the object whose name the server refused as taken.

    Return None if no list shows it within C(list_lag).
    """
    looks = RetryLoop(RetryPolicy(seconds=client.list_lag, backoff=POLLING.backoff))
    while True:
        found = by_identity(client, resource, identity)
        if found is not None or not looks.wait_at_most():
            return found


def find_in_recent_list(
    client: Client, resource: Resource, identity: Identity, run_cache: RunCache
) -> tuple[float, RemoteObject | None]:
    """Return the object of an identity by a list of the kind that is at most C(list_lag) old.

    The objects of a run share the list, unless the kind has several. The first value is the time when the
    list was read, on the monotonic clock. Raises Ambiguous as C(by_identity) does.
    """

    def read() -> IdentityIndex:
        return IdentityIndex(resource, map(from_list, list_all(client, resource, identities=[identity])))

    shared = "" if resource.endpoint.list_objects is None else f" for {identity!r}"
    read_at, index = run_cache.get_or_compute_recent(
        f"list of {resource.kind}{shared}", read, max_age=client.list_lag
    )
    matches = index.matching(identity)
    if len(matches) > 1:
        raise Ambiguous(resource.title, show_identity(identity), [str(one.body["id"]) for one in matches])
    return read_at, complete(client, resource, matches[0]) if matches else None


def reject_duplicate_name(
    client: Client,
    resource: Resource,
    plan: Plan,
    renamed: t.Container[str] = (),
    *,
    removed: t.Container[str] = (),
    check_mode: bool = False,
) -> None:
    """Raise InputError if an update would give an object the identity of another one.

    A server with unique names refuses that itself, so only check mode looks. C(renamed) are the ids of
    objects that the run gives another name, C(removed) of those that it has removed, which lists may still
    show.
    """
    if (
        (resource.unique_names and not check_mode)
        or plan.action != "update"
        or not resource.definition.identity
    ):
        return
    before, after = plan.before or {}, plan.after or {}
    identity = resource.identity_of(after)
    if identity == resource.identity_of(before):
        return
    taken = [
        printable(body["id"])
        for body in list_matching(client, resource, identity)
        if body["id"] != before["id"]
        and body["id"] not in removed
        and not (resource.unique_names and body["id"] in renamed)
    ]
    if taken:
        findings = Findings()
        findings.problem(
            resource.definition.identity[0],
            f"{show_identity(identity)} is taken by another {resource.title} (id {', '.join(taken)})"
            + (
                ""
                if resource.unique_names
                else ", and the server would not refuse it: neither could be found by its name any more"
            ),
        )
        raise InputError(findings)
