# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One write in the journal: its action, the object before and after it, and its outcome.

Private to the collection. Pure: no input or output.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._model.json_objects import ABSENT, Body
from .._model.rendering import MaskedBody, mask_value
from .._model.resource import Field, Resource
from .._secrets import MASK

Action = t.Literal["create", "update", "delete"]
Outcome = t.Literal["applied", "refused", "unknown"]
#: The field that no rollback restores: an object that is created again gets a new one.
IDENTIFIER = "id"


@dataclasses.dataclass(eq=False, kw_only=True)
class Entry:
    """One write. C(outcome) is None from the intent until the response.

    C(before) and C(after) are as in a Plan. C(etag) belongs to C(before). C(written) is the object in the
    response. If C(masked), the secrets of these bodies are masked, and C(lacks) has the options whose earlier
    values are therefore unknown. C(rolls_back) is the entry that this write rolls back. C(rollback_began) is
    set with the intent of such a write, C(rolled_back) when nothing is left to roll back. C(successor) is the
    id under which the rollback created the object again.
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
    outcome: Outcome | None = None
    secret_names: tuple[str, ...] = ()
    masked: bool = False
    lacks: tuple[str, ...] = ()
    rolls_back: Entry | None = None
    rollback_began: bool = False
    rolled_back: bool = False
    successor: str | None = None

    @property
    def key(self) -> tuple[str, int]:
        return self.run, self.number

    @property
    def is_pending(self) -> bool:
        """Return whether the write may still have to be rolled back."""
        return self.rolls_back is None and not self.rolled_back and self.outcome != "refused"

    def comparable(self, field: Field, value: t.Any) -> t.Any:
        """Return a value read from the server in the form of the entry's values: masked if they are."""
        return mask_value(field, value, self.secret_names) if self.masked and value is not ABSENT else value


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
