# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Comparison of an object with a journaled write, also where the journal has only masks of its secrets.

Private to the collection. Pure. A masked secret counts as unchanged if the object has the version or ETag of
a write of the journal, or if the secret has the HMAC in the journal. Otherwise it counts as changed.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._journal.entry import Entry, Side, same_secret
from .._model.json_objects import ABSENT, Body
from .._model.plan import RemoteObject
from .._model.rendering import mask_value
from .._model.resource import Field
from .._secret_hmac import HmacKey
from .._secrets import MASK, MASK_CHANGED


class ObjectState(t.NamedTuple):
    """The id of an object with its ETag and its version, as far as the API gives them."""

    id: t.Any
    etag: str | None
    version: t.Any

    def is_same(self, other: ObjectState) -> bool:
        """Return whether nothing has changed between two states, as ETag or version show it."""
        pairs = [
            (one, two)
            for one, two in ((self.etag, other.etag), (self.version, other.version))
            if one is not None and two is not None
        ]
        return bool(pairs) and self.id == other.id and all(one == two for one, two in pairs)


def state_of(body: Body, etag: str | None) -> ObjectState:
    """Return the state of an object. Only the ETag of a header has quotes and may be marked as weak."""
    etag = etag or body.get("etag")
    return ObjectState(
        body.get("id"), etag.removeprefix("W/").strip('"') if etag else None, body.get("version")
    )


class OwnWrites:
    """The writes of the journal to one object, the writes of this rollback included.

    C(key) is the key of the task for digests of secrets.
    """

    def __init__(self, entries: t.Callable[[], t.Iterable[Entry]], key: HmacKey | None) -> None:
        self._entries = entries
        self.key = key

    def left(self, entry: Entry, current: RemoteObject) -> bool:
        """Return whether the object is in a state that an entry, or only own writes after it, left."""
        if entry.written is None:
            return False
        states = [state_of(entry.written, entry.written_etag)]
        waiting = [one for one in self._entries() if one.written is not None and one is not entry]
        while True:
            following = [one for one in waiting if _follows(one, states)]
            if not following:
                now = state_of(current.body, current.etag)
                return any(state.is_same(now) for state in states)
            states += [state_of(one.written or {}, one.written_etag) for one in following]
            waiting = [one for one in waiting if one not in following]

    def have_written(self, place: str, value: t.Any) -> bool:
        """Return whether a write of the journal gave a secret this value."""
        sides: tuple[Side, ...] = ("after", "written")
        return any(
            same_secret(one, side, place, value, self.key) for one in self._entries() for side in sides
        )


def _follows(entry: Entry, states: list[ObjectState]) -> bool:
    """Return whether an entry's write began with one of the states, or created the object again."""
    if entry.before is None:
        return entry.rolls_back is not None
    began = state_of(entry.before, entry.etag)
    return any(state.is_same(began) for state in states)


@dataclasses.dataclass
class Comparison:
    """One object compared with an entry. Without C(current) and C(own), the entry has no masked secrets.

    C(undetermined) collects the places of masked secrets that may have changed, which nothing shows. C(kept)
    are those of them that kept a value from its restoration.
    """

    entry: Entry
    current: RemoteObject | None = None
    own: OwnWrites | None = None
    undetermined: set[str] = dataclasses.field(default_factory=set)
    kept: set[str] = dataclasses.field(default_factory=set)
    _is_own: bool | None = dataclasses.field(default=None, init=False)

    def comparable(self, field: Field, value: t.Any, side: Side) -> t.Any:
        """Return a value of the object in the form of the entry's: an unchanged secret is masked as there."""
        body = getattr(self.entry, side)
        if not self.entry.masked or body is None or value is ABSENT:
            return value
        stored = field.of(body)
        if field.headers and isinstance(value, dict) and isinstance(stored, dict):
            return {
                name: self._judged(f"{field.option}.{name}", text, stored.get(name), MASK, side)
                for name, text in value.items()
            }
        if field.url and isinstance(stored, str):
            masked = mask_value(field, value, self.entry.secret_names)
            return self._judged(field.option, value, stored, masked, side)
        return value

    def _judged(self, place: str, value: t.Any, stored: t.Any, masked: t.Any, side: Side) -> t.Any:
        if not isinstance(stored, str) or MASK not in stored or masked != stored:
            return value
        same = self._is_same_secret(place, value, side)
        if same is None:
            self.undetermined.add(place)
        return stored if same else f"{stored} {MASK_CHANGED}"

    def _is_same_secret(self, place: str, value: t.Any, side: Side) -> bool | None:
        if self.own is None:
            return None
        if side != "before" and self._is_own is None and self.current is not None:
            self._is_own = self.own.left(self.entry, self.current)
        if side != "before" and self._is_own:
            return True
        same = same_secret(self.entry, side, place, value, self.own.key)
        if not same and side != "before" and self.own.have_written(place, value):
            return True
        return same

    def undetermined_sentence(self, places: list[str], effect: str) -> str:
        """Return the sentence about masked secrets that may have changed since, and its C(effect) on them."""
        return (
            f"the secrets in {', '.join(places)} {effect}: whether they have changed since cannot be "
            f"determined, because {self._reason()}"
        )

    def _reason(self) -> str:
        own_key = None if self.own is None else self.own.key
        if self.entry.digest_key is None:
            missing = "the journal has no HMAC of them"
        elif own_key is None:
            missing = "the task has no key to their HMACs in the journal"
        else:
            missing = "their HMACs in the journal have another key than that of the task"
        return (
            f"the object does not have the version that the journal has for it, and {missing} "
            "(hmac_key_file, else client_secret)"
        )
