# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One write as the journal has it: what was to be done to which object, how it was before, what became of it.

Private to the collection. Pure: nothing here reads or writes.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._model.json_objects import ABSENT, Body
from .._model.plan import Plan
from .._model.rendering import MaskedBody, mask_value
from .._model.resource import Field, Resource
from .._secrets import MASK

Action = t.Literal["create", "update", "delete"]
Outcome = t.Literal["applied", "refused", "unknown"]
#: What is not restored of an object that is created again.
IDENTIFIER = "id"


@dataclasses.dataclass(eq=False, kw_only=True)
class Entry:
    """One write, or the intent of it: C(outcome) is None until it is known.

    C(before) and C(after) are as in a Plan, C(etag) is the one of C(before), C(written) what the server
    answered. Where C(masked), their secrets are hidden, and C(lacks) has the options whose earlier values are
    unknown for it. C(undoes) is the entry whose undo this is. C(rollback_began) says that an undo was begun,
    C(undone) that nothing is left to undo, C(successor) is the id under which it created the object again.
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
        """Whether something may be left to undo."""
        return self.rolls_back is None and not self.rolled_back and self.outcome != "refused"

    def comparable(self, field: Field, value: t.Any) -> t.Any:
        """A value of the server as it compares with those in the entry."""
        return mask_value(field, value, self.secret_names) if self.masked and value is not ABSENT else value


def unknown_fields(resource: Resource, body: Body, path: str = "") -> list[str]:
    """The fields of an object, in the API's names, that neither an option nor the server knows: whoever
    creates the object again cannot give them."""
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
    """The options, such as C(rest.headers.Authorization), whose secrets an undo of the change would need."""
    masked = None if before is None else before.masked
    if before is None or masked is None or masked is before.clear:
        return []
    needed = []
    for field in before.resource.fields:
        old, shown = field.of(before.clear), field.of(masked)
        new = ABSENT if after is None else field.of(after)
        if old == new or shown == old:
            continue
        if field.headers:
            kept = new if isinstance(new, dict) else {}
            needed += [
                f"{field.option}.{name}"
                for name, value in shown.items()
                if value == MASK != old[name] and kept.get(name, ABSENT) != old[name]
            ]
        else:
            needed.append(field.option)
    return needed


def rollback_limits(resource: Resource, plan: Plan, not_restorable: list[str]) -> str | None:
    """The sentence that says, before a write, what of the object a rollback could not bring back."""
    told = []
    if IDENTIFIER in not_restorable:
        told.append("gets a new id when a rollback creates it again")
    unknown = unknown_fields(resource, plan.before or {}) if IDENTIFIER in not_restorable else []
    if unknown:
        told.append(f"comes back without its {', '.join(unknown)}, which the collection does not know")
    lost = [option for option in not_restorable if option not in (IDENTIFIER, *unknown)]
    whole = [field.option for field in resource.fields if field.url and field.option in lost]
    if whole and plan.action == "delete":
        told = [f"cannot be created again by a rollback, because of the secret in its {', '.join(whole)}"]
    elif lost:
        told.append(f"comes back without the secrets in {', '.join(lost)}")
    if not told:
        return None
    body = plan.before or {}
    cure = "; give journal_password to keep the secrets, encrypted" if lost else ""
    return f"the {resource.title} {body.get('name', body.get('id'))!r} {' and '.join(told)}{cure}"
