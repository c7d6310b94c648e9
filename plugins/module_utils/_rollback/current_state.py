# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The current objects of a kind for a rollback: read from one list if they are many, else one by one.

Private to the collection. A list may be older than a read by id. Before a rollback does nothing because of a
listed object, it reads the object by id.
"""

from __future__ import annotations

import threading
import typing as t

from .._engine.lookup import IdentityIndex, by_id, complete, list_all, list_matching
from .._http.client import Client
from .._model.json_objects import Body
from .._model.plan import RemoteObject, from_list, is_older
from .._model.resource import Identity, Resource

#: From this number of objects on, one list is cheaper than a read of each object.
_MANY = 6


class CurrentStateReader:
    """The reader of one kind's objects, C(expected) of which will be rolled back. Thread-safe.

    C(identities) are those of the objects, None for any.
    """

    def __init__(
        self,
        client: Client,
        resource: Resource,
        expected: int,
        identities: t.Collection[Identity] | None = None,
    ) -> None:
        self._client = client
        self._resource = resource
        self._identities = identities
        self._lists = resource.endpoint.paging is not None and expected >= _MANY
        self._lock = threading.Lock()
        self._listed: tuple[dict[str, RemoteObject], IdentityIndex] | None = None
        self._served: dict[str, Body] = {}  # the objects from the list that a caller got

    def by_id(self, client: Client, object_id: str, written: Body | None) -> RemoteObject | None:
        """Return the object, or None if it does not exist.

        It is never older than C(written), the object in an earlier response.
        """
        last_written = None if written is None else from_list(written)
        if self._lists:
            listed = self._list()[0].get(object_id)
            if listed is not None and not _is_older(listed, last_written):
                return self._from_list(client, listed)
        fresh = by_id(client, self._resource, object_id)
        if last_written is not None and fresh is not None and _is_older(fresh, last_written):
            return complete(client, self._resource, last_written)
        return fresh

    def is_listed(self, current: RemoteObject) -> bool:
        """Return whether the object comes from the list and not from a read by id."""
        return self._served.get(current.body["id"]) is current.body

    def matching(
        self, client: Client, identity: Identity, known: t.Container[str] = ()
    ) -> list[RemoteObject]:
        """Return every object of exactly that identity, without the ones with the ids C(known)."""
        resource = self._resource
        if not self._lists and resource.endpoint.name_param is not None:
            bodies = list_matching(client, resource, identity)
            found = [
                complete(client, resource, from_list(body)) for body in bodies if body["id"] not in known
            ]
        else:
            listed = self._list()[1].matching(identity)
            found = [self._from_list(client, one) for one in listed if one.body["id"] not in known]
        return [one for one in found if one is not None]

    def _from_list(self, client: Client, listed: RemoteObject) -> RemoteObject | None:
        whole = complete(client, self._resource, listed)
        if whole is not None:
            self._served[whole.body["id"]] = whole.body
        return whole

    def _list(self) -> tuple[dict[str, RemoteObject], IdentityIndex]:
        """Return the objects of the list by id and by identity, read once."""
        with self._lock:
            if self._listed is None:
                bodies = list_all(self._client, self._resource, identities=self._identities)
                objects = {body["id"]: from_list(body) for body in bodies}
                self._listed = objects, IdentityIndex(self._resource, objects.values())
            return self._listed


def _is_older(current: RemoteObject, last_written: RemoteObject | None) -> bool:
    return last_written is not None and is_older(current, last_written)
