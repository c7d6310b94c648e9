# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the objects of a kind for their undo: from one list where they are many, else each by itself.

Private to the collection. What a list shows may be older than a read by id: whoever would do nothing
because of it looks again.
"""

from __future__ import annotations

import threading
import typing as t

from .._engine.lookup import by_id, complete, list_all, list_matching
from .._http.client import Client
from .._model.json_objects import Body
from .._model.plan import RemoteObject, from_list, is_older
from .._model.resource import Identity, Resource, same_identity

#: As many objects as are cheaper to list than to ask for.
_MANY = 6


class CurrentStateReader:
    """The objects of one kind, C(expected) of which are going to be undone. Thread-safe."""

    def __init__(self, client: Client, resource: Resource, expected: int) -> None:
        self._client = client
        self._resource = resource
        self._lists = resource.endpoint.paging is not None and expected >= _MANY
        self._lock = threading.Lock()
        self._listed: dict[str, Body] | None = None
        self._served: dict[str, Body] = {}  # the objects from the list that a caller got

    def by_id(self, client: Client, object_id: str, written: Body | None) -> RemoteObject | None:
        """The object, never older than C(written), which the server answered once; None: it is gone."""
        answered = None if written is None else from_list(written)
        if self._lists:
            body = self._list().get(object_id)
            known = None if body is None else from_list(body)
            if known is not None and not _is_older(known, answered):
                return self._from_list(client, known)
        fresh = by_id(client, self._resource, object_id)
        if answered is not None and fresh is not None and _is_older(fresh, answered):
            return complete(client, self._resource, answered)
        return fresh

    def is_listed(self, found: RemoteObject) -> bool:
        """Whether this is what a list shows, and not what the object itself did."""
        return self._served.get(found.body["id"]) is found.body

    def matching(self, client: Client, identity: Identity) -> list[RemoteObject]:
        """Return every object of exactly that identity."""
        resource = self._resource
        if not self._lists and resource.endpoint.name_param is not None:
            bodies = list_matching(client, resource, identity)
            return [complete(client, resource, from_list(body)) for body in bodies]
        return [
            self._from_list(client, from_list(body))
            for body in self._list().values()
            if same_identity(identity, resource.identity_of(body))
        ]

    def _from_list(self, client: Client, listed: RemoteObject) -> RemoteObject:
        whole = complete(client, self._resource, listed)
        self._served[whole.body["id"]] = whole.body
        return whole

    def _list(self) -> t.Mapping[str, Body]:
        with self._lock:
            if self._listed is None:
                self._listed = {body["id"]: body for body in list_all(self._client, self._resource)}
            return self._listed


def _is_older(found: RemoteObject, answered: RemoteObject | None) -> bool:
    return answered is not None and is_older(found, answered)
