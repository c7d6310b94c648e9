# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The cache of one run: values that are read once, and the objects that the run changes.

Private to the collection.
"""

from __future__ import annotations

import threading
import time
import typing as t

from .._model.json_objects import Body
from .._model.resource import Identity

T = t.TypeVar("T")
#: From this number of searches on, one list of all objects is cheaper than a list for each.
_MANY = 6


class NewObject(t.NamedTuple):
    """An object that this run creates. C(id) is None and C(written_at) infinite before the creation.

    C(written_at) is on the monotonic clock.
    """

    id: str | None
    written_at: float


class ObjectCache(t.Protocol):
    """The read cache of an org, C(_engine.read_cache.ReadCache)."""

    def known(self, resource: t.Any, listed: t.Any, desired: t.Any, declared: t.Any) -> t.Any:
        """Return a listed object if the cache shows that it is as declared, else None."""

    def remember(self, resource: t.Any, body: t.Any) -> None:
        """Store the digests of an object that was read with all its parts."""

    def forget_others(self, resource: t.Any, ids: t.Any) -> None:
        """Remove what the cache has about objects that the org does not have any more."""


class RunCache:
    """Thread-safe cache for one run, with the objects that it changes. Exceptions are not cached.

    C(read_cache) is the read cache of the org if the task names one. C(renamed) are the ids of objects that
    the run gives another name, C(declared) the desired states of the run's objects by kind, as far as they
    shall exist.
    """

    def __init__(self) -> None:
        self.read_cache: ObjectCache | None = None
        self.renamed: set[str] = set()
        self.declared: dict[str, list[t.Any]] = {}
        self._lock = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}
        self._values: dict[str, t.Any] = {}
        self._new: dict[tuple[str, Identity], NewObject] = {}
        self._written: dict[str, float] = {}
        self._planned: dict[str, dict[str | Identity, Body | None]] = {}
        self._removed: set[str] = set()

    def plan_object(self, kind: str, identity: Identity) -> None:
        """Record that this run will create an object."""
        with self._lock:
            self._new.setdefault((kind, identity), NewObject(None, float("inf")))

    def plan_change(self, kind: str, key: str | Identity, after: Body | None) -> None:
        """Record the planned state of an object that this run changes, None for a removal.

        C(key) is the id of the object, the identity of one that does not exist yet.
        """
        with self._lock:
            self._planned.setdefault(kind, {})[key] = after

    def forget_plan(self, kind: str, key: str | Identity) -> None:
        """Record that this run leaves an object as it is, or that its change has failed."""
        with self._lock:
            self._planned.get(kind, {}).pop(key, None)

    def planned(self, kind: str) -> dict[str | Identity, Body | None]:
        """Return the planned states of the objects of a kind, by the keys of C(plan_change)."""
        with self._lock:
            return dict(self._planned.get(kind, {}))

    def record_removed(self, object_id: str) -> None:
        """Record that this run has removed an object, which lists may still show."""
        with self._lock:
            self._removed.add(object_id)

    def removals(self, *, planned: bool) -> set[str]:
        """Return the ids of the objects that this run has removed, with C(planned) also those it will."""
        with self._lock:
            if not planned:
                return set(self._removed)
            return self._removed | {
                str(key)
                for of_kind in self._planned.values()
                for key, after in of_kind.items()
                if after is None
            }

    def record_written(self, kind: str, identity: Identity, object_id: str) -> None:
        """Record that this run has just created or updated an object."""
        now = time.monotonic()
        with self._lock:
            self._written[object_id] = now
            if (kind, identity) in self._new:
                self._new[kind, identity] = NewObject(object_id, now)

    def record_new(self, object_id: str) -> None:
        """Record that another client has just made an object, which the API may not know everywhere yet."""
        with self._lock:
            self._written[object_id] = time.monotonic()

    def new_object(self, kind: str, identity: Identity) -> NewObject | None:
        """Return an object that this run creates, None if it creates none of this identity."""
        with self._lock:
            return self._new.get((kind, identity))

    def written_within(self, seconds: float) -> set[str]:
        """Return the ids of the objects that are at most C(seconds) new, as far as this run knows."""
        since = time.monotonic() - seconds
        with self._lock:
            return {object_id for object_id, at in self._written.items() if at >= since}

    def get_or_compute_recent(
        self, key: str, compute: t.Callable[[], T], *, max_age: float
    ) -> tuple[float, T]:
        """Return a value, and the time when its computation began on the monotonic clock.

        Compute it anew if that time is more than C(max_age) seconds ago.
        """
        with self._lock:
            key_lock = self._locks.setdefault(key, threading.Lock())
        with key_lock:
            if key not in self._values or time.monotonic() - self._values[key][0] > max_age:
                self._values[key] = (time.monotonic(), compute())
            return t.cast("tuple[float, T]", self._values[key])

    def known(self, key: str) -> t.Any:
        """Return the value of a key if the run has it, else None."""
        with self._lock:
            return self._values.get(key)

    def keep(self, key: str, value: t.Any) -> None:
        """Keep a value that was computed elsewhere."""
        with self._lock:
            self._values[key] = value

    def get_or_compute(self, key: str, compute: t.Callable[[], T]) -> T:
        """Return the value of a key. The first caller computes it, concurrent callers wait for it."""
        with self._lock:
            key_lock = self._locks.setdefault(key, threading.Lock())
        with key_lock:
            if key not in self._values:
                self._values[key] = compute()
            return t.cast("T", self._values[key])

    def seeks_many(self, what: str, sought: t.Any) -> bool:
        """Note a search among C(what). Return whether one list of all is cheaper than a list for each."""
        searches: list[t.Any] = self.get_or_compute(f"searched {what}", list)
        searches.append(sought)
        return len(searches) >= _MANY
