# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lags counted in requests: reads and lists that show an earlier state for a while."""

from __future__ import annotations

import typing as t

from ..call import Call
from ..errors import ApiError, not_found
from ..orgs import Org
from ..store import Kind, Stored, Wire
from .switches import switches

Key = tuple[str, str]


class Visibility:
    """The reads and lists that each object of one org still answers with an earlier state.

    C(earlier) has that state, None for a new object; C(unlisted) the lists that lack a new object.
    C(unknown) counts the requests that do not know a new object which they name.
    """

    def __init__(self) -> None:
        self.earlier: dict[Key, tuple[int, Stored | None]] = {}
        self.unlisted: dict[Key, int] = {}
        self.unknown: dict[Key, int] = {}

    def earlier_state(self, key: Key) -> tuple[bool, Stored | None]:
        """Count a read. Return whether it shows an earlier state, and that state."""
        left, stored = self.earlier.get(key, (0, None))
        if not left:
            self.earlier.pop(key, None)
            return False, None
        self.earlier[key] = (left - 1, stored)
        return True, stored


def create(call: Call, kind: Kind, fields: Wire) -> Stored:
    return _start_of_lags(call.org, kind, call.org[kind].create(fields))


def add(call: Call, kind: Kind, wire: Wire) -> Stored:
    """Store a new object whose server-owned fields the caller has set."""
    return _start_of_lags(call.org, kind, call.org[kind].add(wire))


def _start_of_lags(org: Org, kind: Kind, stored: Stored) -> Stored:
    chosen, state, key = switches(org), org.state(Visibility), (kind.name, stored.id)
    state.earlier[key] = (chosen.reads_until_found, None)
    state.unlisted[key] = chosen.lists_until_found
    state.unknown[key] = chosen.tries_until_known
    return stored


def rewrite(call: Call, kind: Kind, stored: Stored, wire: Wire) -> Stored:
    """Store the next version of an object whose server-owned fields the caller has set."""
    state, key = call.org.state(Visibility), (kind.name, stored.id)
    if not state.earlier.get(key, (0, None))[0]:
        state.earlier[key] = (switches(call.org).reads_until_updated, stored)
    return call.org[kind].rewrite(stored, wire)


def remove(call: Call, kind: Kind, stored: Stored, mark: Wire | None = None) -> None:
    """Remove an object. With C(mark), it stays with these fields instead."""
    call.org.state(Visibility).earlier[(kind.name, stored.id)] = (
        switches(call.org).reads_until_gone,
        stored,
    )
    if mark is None:
        call.org[kind].remove(stored.id)
    else:
        call.org[kind].rewrite(stored, {**stored.wire, **mark})


def read(call: Call, kind: Kind, object_id: str) -> Stored:
    """Return an object in the state that a read by id sees. Raise 404 if it sees none."""
    is_earlier, earlier = call.org.state(Visibility).earlier_state((kind.name, object_id))
    stored = earlier if is_earlier else call.org[kind].read(object_id)
    if stored is not None:
        return stored
    status = switches(call.org).not_yet_status
    if is_earlier and status != 404:
        code = {408: "client.timeout", 410: "gone"}[status]
        raise ApiError(status, code, f"The object {object_id} cannot be read yet.")
    raise not_found(f"The object {object_id}")


def read_all(call: Call, kind: Kind, prefix: str) -> list[Stored]:
    """Return the objects whose ids begin with C(prefix), each in the state that a read by id sees."""
    state = call.org.state(Visibility)
    known = {stored.id for stored in call.org[kind].all()}
    known |= {object_id for name, object_id in state.earlier if name == kind.name}
    shown = []
    for object_id in sorted(one for one in known if one.startswith(prefix)):
        is_earlier, earlier = state.earlier_state((kind.name, object_id))
        stored = earlier if is_earlier else call.org[kind].read(object_id)
        shown += [] if stored is None else [stored]
    return shown


def current(call: Call, kind: Kind, object_id: str) -> Stored:
    """Return an object of a write in its true state. Raise 404 if it does not exist."""
    stored = call.org[kind].get(object_id)
    if stored is None:
        raise not_found(f"The object {object_id}")
    return stored


def listed(call: Call, kind: Kind) -> list[Stored]:
    """Return the objects that a list shows."""
    unlisted, shown = call.org.state(Visibility).unlisted, []
    for stored in call.org[kind].listed():
        key = (kind.name, stored.id)
        left = unlisted.get(key, 0)
        if left:
            unlisted[key] = left - 1
        else:
            shown.append(stored)
    return shown


def known(call: Call, kind: Kind, object_id: t.Any) -> Stored | None:
    """Return the object that a body names, or None if it does not exist or is too new."""
    unknown, key = call.org.state(Visibility).unknown, (kind.name, str(object_id))
    left = unknown.get(key, 0)
    if left:
        unknown[key] = left - 1
        return None
    return call.org[kind].get(key[1])
