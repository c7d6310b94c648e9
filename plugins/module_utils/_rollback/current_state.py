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

from .._engine.lookup import by_id, list_all
from .._http.client import Client
from .._model.json_objects import Body
from .._model.plan import RemoteObject, from_list, is_older
from .._model.resource import Resource

#: As many objects as are cheaper to list than to ask for.
_MANY = 6


class CurrentStateReader:
    """The objects of one kind, C(expected) of which are going to be undone. Thread-safe."""

    def __init__(self, client: Client, resource: Resource, expected: int) -> None:
        self._client = client
        self._resource = resource
        self._lists = resource.paging is not None and expected >= _MANY
        self._lock = threading.Lock()
        self._listed: dict[str, Body] | None = None

    def by_id(self, client: Client, object_id: str, written: Body | None) -> RemoteObject | None:
        """The object, never older than C(written), which the server answered once; None: it is gone."""
        answered = None if written is None else from_list(written)
        if self._lists:
            body = self._list().get(object_id)
            known = None if body is None else from_list(body)
            if known is not None and not _is_older(known, answered):
                return known
        fresh = by_id(client, self._resource, object_id)
        return answered if fresh is not None and _is_older(fresh, answered) else fresh

    def is_listed(self, found: RemoteObject) -> bool:
        """Whether this is what a list shows, and not what the object itself did."""
        return self._listed is not None and self._listed.get(found.body["id"]) is found.body

    def named(self, client: Client, name: str) -> list[RemoteObject]:
        """Every object of exactly that name."""
        whole = self._lists or not self._resource.name_filter
        bodies = self._list().values() if whole else list_all(client, self._resource, name)
        return [from_list(body) for body in bodies if body.get("name") == name]

    def _list(self) -> t.Mapping[str, Body]:
        with self._lock:
            if self._listed is None:
                self._listed = {body["id"]: body for body in list_all(self._client, self._resource)}
            return self._listed


def _is_older(found: RemoteObject, answered: RemoteObject | None) -> bool:
    return answered is not None and is_older(found, answered)
