# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""References of the objects of an org to each other, as they are found by their names (X.3).

Private to the collection.
"""

from __future__ import annotations

import contextlib
import typing as t

from .._engine.run_cache import RunCache
from .._export.known_objects import ListedObjects
from .._http.client import Client
from .._model.options import KnownObjects
from .._model.resource import Identity

#: An object to which another one refers: its kind and its id.
Reference = tuple[str, str]
#: The kind of an object that no list of the collection has, such as a queue.
UNMANAGED = "object"


class RecordedReferences(ListedObjects):
    """Names of the objects of an org, with a record of those that were asked for."""

    #: The references of the object at hand, each with whether a name was found for it.
    _asked: dict[Reference, bool] | None = None

    @contextlib.contextmanager
    def recorded(self) -> t.Iterator[dict[Reference, bool]]:
        """Record the references of one object: whether each one has a name that no other object has."""
        asked: dict[Reference, bool] = {}
        self._asked = asked
        try:
            yield asked
        finally:
            self._asked = None

    def name_of(self, kind: str, object_id: str) -> str | None:
        """Return the name of an object if no other object of its kind has it, else None."""
        return self._noted(kind, object_id, super().name_of(kind, object_id))

    def identity_of(self, kind: str, object_id: str) -> Identity | None:
        """Return the identity of an object if no other object of its kind has it, else None."""
        return self._noted(kind, object_id, super().identity_of(kind, object_id))

    def text_of(self, object_id: str, look_up: t.Callable[[Client, RunCache], str]) -> str:
        """Return the text by which an option names an object. Record it if the text is an id."""
        text = super().text_of(object_id, look_up)
        if text == object_id:
            self._noted(UNMANAGED, object_id, None)
        return text

    def _noted(self, kind: str, object_id: str, found: t.Any) -> t.Any:
        if self._asked is not None:
            key = (kind, object_id)
            self._asked[key] = self._asked.get(key, False) or found is not None
        return found


class WithoutNames:
    """The other objects of an org, of which no name is taken to be the only one.

    This is C(KnownObjects) for options that name objects by their whole identity.
    """

    def __init__(self, known: KnownObjects) -> None:
        self.identity_of, self.text_of = known.identity_of, known.text_of

    def name_of(self, kind: str, object_id: str) -> str | None:
        """Return no name."""
        return None
