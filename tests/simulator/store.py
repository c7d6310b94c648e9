# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The stored objects of one kind in one org, with their ids, versions, ETags and dates."""

from __future__ import annotations

import dataclasses
import datetime
import itertools
import json
import secrets
import time
import typing as t
import uuid

Wire = dict[str, t.Any]
Change = t.Literal["created", "updated", "deleted"]


@dataclasses.dataclass(frozen=True)
class Kind:
    """A resource kind: the path of its collection and the fields that the server owns.

    C(path) is "" for a kind that clients cannot address. An object is at C(path/id), or at C(path) itself if
    that has the placeholder C({id}). The C(*_field) members name wire fields; None means that the kind lacks
    the field. C(event) is the prefix of event types ("data.action"), "" for no events. C(usual_lag) is the
    delay [s] of lists unless a test sets another lag. C(initial) are the objects of a new org.

    C(complete) fills in the fields that a new or seeded object lacks. C(revised) returns the merge patch with
    the server-owned fields that an edit by another writer changes, besides those of the C(*_field) members.
    """

    name: str
    path: str
    version_field: str | None = None
    created_field: str | None = None
    modified_field: str | None = None
    etag_field: str | None = None
    event: str = ""
    usual_lag: float = 0
    initial: t.Sequence[Wire] = ()
    complete: t.Callable[[Wire], Wire] = lambda wire: wire
    revised: t.Callable[[Wire], Wire] = lambda wire: {}

    def addressed_id(self, path: str) -> str | None:
        """Return the id of the object that an API path addresses, "" for the collection, None for neither."""
        before, placeholder, after = self.path.partition("{id}")
        if not placeholder:
            before, after = f"{self.path}/", ""
            if path == self.path:
                return ""
        object_id, _separator, rest = path.removeprefix(before).partition("/")
        inside = path.startswith(before) and f"/{rest}".startswith(after)
        return object_id if self.path and inside else None

    @property
    def server_owned(self) -> frozenset[str]:
        fields = ("id", self.version_field, self.created_field, self.modified_field, self.etag_field)
        return frozenset(field for field in fields if field)


class Stored:
    """One version of an object. A write creates a new version, which keeps the C(order) of the first."""

    __slots__ = ("_encoded", "etag", "order", "wire")

    def __init__(self, wire: Wire, etag: str | None, order: int) -> None:
        self.wire = wire
        self.etag = etag
        self.order = order
        self._encoded: bytes | None = None

    @property
    def id(self) -> str:
        return str(self.wire["id"])

    @property
    def encoded(self) -> bytes:
        """Return the JSON text, cached because every page and every read contains it."""
        if self._encoded is None:
            self._encoded = encode_json(self.wire)
        return self._encoded


@dataclasses.dataclass(frozen=True)
class Lag:
    """The delay [s] with which lists and reads by id show writes: eventual consistency."""

    lists: float = 0
    reads: float = 0


class Collection:
    """All objects of one kind in one org, in the order of their creation.

    C(current) is the true state, which writes are checked against. C(listed) and C(read) return the state
    that clients see. C(on_change) is called after every change with the object, or with its last state.
    """

    def __init__(self, kind: Kind, on_change: t.Callable[[Kind, Change, Wire], None]) -> None:
        self.kind = kind
        self.on_change = on_change
        self.current: dict[str, Stored] = {}
        self.lag = Lag(lists=kind.usual_lag)
        self._order = itertools.count(1)
        self._history: list[tuple[float, str, Stored | None]] = []
        for wire in kind.initial:
            self.seed(wire)

    def set_lag(self, lag: Lag) -> None:
        """Set the lag. Writes that were made without a lag stay visible."""
        self.lag = lag
        if lag == Lag():
            self._history.clear()

    def get(self, object_id: str) -> Stored | None:
        return self.current.get(object_id)

    def all(self) -> list[Stored]:
        return list(self.current.values())

    def named(self, name: str) -> list[Stored]:
        return [stored for stored in self.current.values() if stored.wire.get("name") == name]

    def listed(self) -> list[Stored]:
        return (
            self.all()
            if not self.lag.lists
            else sorted(self._as_of(self.lag.lists), key=lambda one: one.order)
        )

    def read(self, object_id: str) -> Stored | None:
        if not self.lag.reads:
            return self.get(object_id)
        return next((stored for stored in self._as_of(self.lag.reads) if stored.id == object_id), None)

    def seed(self, wire: Wire) -> Stored:
        """Store an object unchecked and without an event. Fill in the server-owned fields that it lacks."""
        return self._store(self.kind.complete({**self._first_server_fields(), **wire}))

    def add(self, wire: Wire) -> Stored:
        """Store an object unchecked, as another writer would create it."""
        return self._announce("created", self.seed(wire))

    def create(self, fields: Wire) -> Stored:
        return self._announce(
            "created", self._store(self.kind.complete({**fields, **self._first_server_fields()}))
        )

    def replace(self, stored: Stored, fields: Wire) -> Stored:
        """Replace all fields but the server-owned ones, which move on by one version."""
        kept = {key: stored.wire[key] for key in self.kind.server_owned if key in stored.wire}
        return self._announce(
            "updated", self._store({**fields, **kept, **self._next_server_fields(stored.wire)})
        )

    def edit(self, stored: Stored, patch: Wire) -> Stored:
        """Apply a merge patch unchecked, as another writer. Server-owned fields in the patch win."""
        owned = {**self._next_server_fields(stored.wire), **self.kind.revised(stored.wire)}
        return self._announce("updated", self._store(merge_patch(merge_patch(stored.wire, owned), patch)))

    def rewrite(self, stored: Stored, wire: Wire) -> Stored:
        """Store the next version of an object whose server-owned fields the caller has set."""
        return self._announce("updated", self._store(wire))

    def remove(self, object_id: str) -> None:
        self._record_previous(object_id)
        self._announce("deleted", self.current.pop(object_id))

    def _announce(self, change: Change, stored: Stored) -> Stored:
        self.on_change(self.kind, change, stored.wire)
        return stored

    def _store(self, wire: Wire) -> Stored:
        self._record_previous(wire["id"])
        old = self.current.get(wire["id"])
        etag = wire[self.kind.etag_field] if self.kind.etag_field else None
        stored = Stored(wire, etag, old.order if old else next(self._order))
        self.current[stored.id] = stored
        return stored

    def _record_previous(self, object_id: str) -> None:
        if self.lag != Lag():
            self._history.append((time.monotonic(), object_id, self.current.get(object_id)))

    def _as_of(self, seconds_ago: float) -> t.Iterable[Stored]:
        since = time.monotonic() - seconds_ago
        seen: dict[str, Stored | None] = dict(self.current)
        for moment, object_id, before in reversed(self._history):
            if moment <= since:
                break
            seen[object_id] = before
        return [stored for stored in seen.values() if stored]

    def _first_server_fields(self) -> Wire:
        wire: Wire = {"id": str(uuid.uuid4())}
        if self.kind.version_field:
            wire[self.kind.version_field] = 1
        if self.kind.etag_field:
            wire[self.kind.etag_field] = secrets.token_hex(8)
        now = timestamp()
        wire.update({field: now for field in (self.kind.created_field, self.kind.modified_field) if field})
        return wire

    def _next_server_fields(self, wire: Wire) -> Wire:
        changed: Wire = {}
        if self.kind.version_field:
            changed[self.kind.version_field] = wire[self.kind.version_field] + 1
        if self.kind.etag_field:
            changed[self.kind.etag_field] = secrets.token_hex(8)
        if self.kind.modified_field:
            changed[self.kind.modified_field] = timestamp()
        return changed


def encode_json(value: t.Any) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def timestamp() -> str:
    """Return the time in the format of the API: ISO 8601, UTC, with milliseconds."""
    now = datetime.datetime.now(datetime.UTC)
    return now.strftime("%Y-%m-%dT%H:%M:%S.") + f"{now.microsecond // 1000:03d}Z"


def merge_patch(target: t.Any, patch: t.Any) -> t.Any:
    """Return the result of a merge patch (RFC 7396)."""
    if not isinstance(patch, dict):
        return patch
    merged = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = merge_patch(merged.get(key), value)
    return merged
