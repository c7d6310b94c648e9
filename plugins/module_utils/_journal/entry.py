# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One write in the journal: its action, the object before and after it, and its outcome.

Private to the collection. Pure: no input or output. HMACs of the secrets show a rollback which secrets others
have changed. The place of a secret is its option, such as C(rest.headers.Authorization).
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._model.json_objects import ABSENT, Body
from .._model.rendering import MaskedBody
from .._model.resource import Resource
from .._secret_hmac import HmacKey
from .._secrets import MASK

Action = t.Literal["create", "update", "delete"]
Outcome = t.Literal["applied", "refused", "unknown"]
#: The bodies of an entry: before the write, as sent, and as in the response.
Side = t.Literal["before", "after", "written"]
#: The field that no rollback restores: an object that is created again gets a new one.
IDENTIFIER = "id"


@dataclasses.dataclass(eq=False, kw_only=True)
class Entry:
    """One write. C(outcome) is None from the intent until the response.

    C(before) and C(after) are as in a Plan. C(etag) belongs to C(before). C(written) is the object in the
    response, C(written_etag) its ETag. If C(masked), the secrets of these bodies are masked, and C(lacks) has
    the options whose earlier values are therefore unknown. C(digests) are then the HMACs of the secrets of
    each body by option, under the key with the fingerprint C(digest_key). C(rolls_back) is the
    entry that this write rolls back, C(rollbacks) are the writes that roll back this one. C(rolled_back) is
    set when nothing is left to roll back. C(successor) is the id under which the rollback created the object
    again.
    """

    run: str
    number: int
    resource: Resource
    action: Action
    id: str | None
    name: str | None
    before: Body | None
    after: Body | None
    etag: str | None = None
    written: Body | None = None
    written_etag: str | None = None
    outcome: Outcome | None = None
    secret_names: tuple[str, ...] = ()
    masked: bool = False
    lacks: tuple[str, ...] = ()
    digest_key: str | None = None
    digests: dict[Side, dict[str, str]] = dataclasses.field(default_factory=dict)
    rolls_back: Entry | None = None
    rollbacks: list[Entry] = dataclasses.field(default_factory=list)
    rolled_back: bool = False
    successor: str | None = None

    @property
    def key(self) -> tuple[str, int]:
        return self.run, self.number

    @property
    def rollback_began(self) -> bool:
        return bool(self.rollbacks)

    @property
    def is_pending(self) -> bool:
        """Return whether the write may still have to be rolled back."""
        return self.rolls_back is None and not self.rolled_back and self.outcome != "refused"


def unknown_fields(resource: Resource, body: Body, path: str = "") -> list[str]:
    """Return the fields of a journaled object that are neither options nor server-owned.

    A rollback that creates the object again cannot restore them.
    """
    known = {field.wire for field in resource.fields}
    unknown = []
    for key, value in body.items():
        wire = f"{path}{key}"
        if wire in known or (not path and key in (*resource.server_owned, *resource.constants)):
            continue
        if isinstance(value, dict) and any(name.startswith(f"{wire}.") for name in known):
            unknown += unknown_fields(resource, value, f"{wire}.")
        else:
            unknown.append(wire)
    return unknown


def secrets_to_restore(before: MaskedBody | None, after: Body | None) -> list[str]:
    """Return the options, such as C(rest.headers.Authorization), whose secrets a rollback would need."""
    if before is None:
        return []
    masked = before.masked
    needed = []
    for field in before.resource.fields:
        old, shown = field.of(before.clear), field.of(masked)
        new = ABSENT if after is None else field.of(after)
        if old == new or shown == old:
            continue
        if field.headers:
            remaining = new if isinstance(new, dict) else {}
            needed += [
                f"{field.option}.{name}"
                for name, value in shown.items()
                if value == MASK != old[name] and remaining.get(name, ABSENT) != old[name]
            ]
        else:
            needed.append(field.option)
    return needed


def secret_values(body: MaskedBody) -> dict[str, t.Any]:
    """Return the secrets of a body by place: the value of a header, the whole URL."""
    masked = body.masked
    values: dict[str, t.Any] = {}
    if masked is body.clear:
        return {}
    for field in body.resource.fields:
        clear, shown = field.of(body.clear), field.of(masked)
        if clear is ABSENT or clear == shown:
            continue
        if field.headers:
            values |= {
                f"{field.option}.{name}": value for name, value in clear.items() if shown[name] != value
            }
        else:
            values[field.option] = clear
    return values


def digests_of(entry: Entry, body: Body | None, key: HmacKey) -> dict[str, str]:
    """Return the digests of a body's secrets by place, empty if it has none."""
    if body is None:
        return {}
    secrets = secret_values(MaskedBody(entry.resource, body, entry.secret_names))
    return {place: key.digest(*_context(entry, place), value=value) for place, value in secrets.items()}


def same_secret(entry: Entry, side: Side, place: str, value: t.Any, key: HmacKey | None) -> bool | None:
    """Return whether a secret is the one that the entry has at a place, None if no digest shows it."""
    digest = entry.digests.get(side, {}).get(place)
    if digest is None or key is None or key.fingerprint != entry.digest_key:
        return None
    return key.matches(digest, *_context(entry, place), value=value)


def _context(entry: Entry, place: str) -> tuple[str, str, str]:
    return entry.run, str(entry.number), place
