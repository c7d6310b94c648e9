# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The other objects of an org, to which the exported objects refer by their ids.

Private to the collection.
"""

from __future__ import annotations

import collections
import typing as t

from .._engine.identity import listed_once
from .._engine.run_cache import RunCache
from .._http.client import Client
from .._model.json_objects import Body
from .._model.resource import Identity, Resource


class ListedObjects:
    """Names of objects by the lists of an export. A list that the export did not read is read once.

    This is C(KnownObjects) of C(_model.options).
    """

    def __init__(self, client: Client, run_cache: RunCache, resources: t.Mapping[str, Resource]) -> None:
        self.client = client
        self.run_cache = run_cache
        self._resources = resources

    def name_of(self, kind: str, object_id: str) -> str | None:
        """Return the name of an object if no other object of its kind has it, else None."""
        bodies, counts = self._index(kind)
        name = bodies.get(object_id, {}).get("name")
        return name if isinstance(name, str) and name.strip() and counts[name,] == 1 else None

    def identity_of(self, kind: str, object_id: str) -> Identity | None:
        """Return the identity of an object if no other object of its kind has it, else None."""
        bodies, counts = self._index(kind)
        if object_id not in bodies:
            return None
        identity = self._resources[kind].identity_of(bodies[object_id])
        return identity if counts[identity] == 1 and all(map(_is_text, identity)) else None

    def text_of(self, object_id: str, look_up: t.Callable[[Client, RunCache], str]) -> str:
        """Return the text by which an option names an object of a kind that no export has."""
        return look_up(self.client, self.run_cache)

    def _index(self, kind: str) -> tuple[dict[str, Body], collections.Counter[t.Any]]:
        """Return the objects of a kind by id, and how many have each name and each identity."""

        def read() -> tuple[dict[str, Body], collections.Counter[t.Any]]:
            resource = self._resources[kind]
            bodies = listed_once(self.client, resource, self.run_cache)
            uses: list[Identity] = []
            for body in bodies:
                name, identity = (body.get("name"),), resource.identity_of(body)
                uses += [one for one in dict.fromkeys((name, identity)) if all(map(_is_text, one))]
            return {body["id"]: body for body in bodies}, collections.Counter(uses)

        return self.run_cache.get_or_compute(f"names of {kind}", read)


def _is_text(value: t.Any) -> bool:
    return isinstance(value, str) and bool(value.strip())
