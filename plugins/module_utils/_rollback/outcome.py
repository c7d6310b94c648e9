# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What became of an object whose writes were undone.

Private to the collection.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._errors import GenesysError
from .._findings import Findings
from .._model.plan import Plan, RemoteObject, differing_fields
from .._model.rendering import to_diff
from .._model.resource import Identity, Resource

if t.TYPE_CHECKING:
    from .._engine.context import Context


@dataclasses.dataclass(kw_only=True)
class RollbackOutcome:
    """One object. C(plan), C(changed) and C(diff) are as in a module's result, of all that was done to it.

    C(not_restored) are the options in which it is not as it was before, C(id) among them where it was created
    again; C(notes) are sentences about them. C(error) is why the undo broke off. C(identity) is the one that
    the last write gave the object.
    """

    kind: str
    name: str | None
    id: str | None
    identity: Identity = ()
    plan: t.Literal["none", "create", "update", "delete"] = "none"
    changed: bool = False
    diff: dict[str, t.Any] = dataclasses.field(default_factory=dict)
    not_restored: list[str] = dataclasses.field(default_factory=list)
    notes: list[str] = dataclasses.field(default_factory=list)
    error: GenesysError | None = None


class OutcomeTracker:
    """Follows an object from its first look to its last. C(id) is the one that the journal has for it."""

    def __init__(
        self, resource: Resource, id: str | None, name: str | None, findings: Findings, secret_names: set[str]
    ) -> None:
        self.id = id
        self.secret_names = secret_names
        self.result = RollbackOutcome(kind=resource.kind, name=name, id=id)
        self._resource = resource
        self._findings = findings
        self._known: RemoteObject | None = None  # also when it is gone
        self._now: RemoteObject | None = None
        self._first: tuple[RemoteObject | None] | None = None

    def observe(self, found: RemoteObject | None) -> None:
        """The object as it is; None: there is none."""
        self._now, self._known = found, found or self._known

    def record_write(self, before: RemoteObject | None, after: RemoteObject | None) -> None:
        """An undo that was sent, or in check mode would be."""
        self._first = self._first or (before,)
        self.observe(after)

    def note(self, options: t.Iterable[str], sentence: str) -> None:
        """What is not as it was before, and why."""
        result = self.result
        result.not_restored += [option for option in options if option not in result.not_restored]
        if sentence not in result.notes:
            result.notes.append(sentence)

    def finish(self) -> None:
        """Fills in the result with what became of the object in all."""
        result = self.result
        first = self._first[0] if self._first else self._now
        before, after = (None if found is None else found.body for found in (first, self._now))
        if before is None or after is None:
            result.plan = "none" if before is after else "create" if before is None else "delete"
        elif differing_fields(self._resource, before, after):
            result.plan = "update"
        result.changed = result.plan != "none"
        known = after or before or (self._known.body if self._known else {})
        result.id, result.name = known.get("id", result.id), known.get("name", result.name)
        changed = Plan(result.plan, before=before, after=after)
        result.diff = to_diff(self._resource, changed, sorted(self.secret_names))
        result.notes += [str(warning) for warning in self._findings.warnings]


def took_effect(plan: Plan, now: RemoteObject | None) -> bool:
    """Whether the undo did anything, or others were faster; by an answer that shows what was written."""
    if plan.action != "update":
        return plan.action == "create" or (plan.action == "delete" and now is None)
    after, body = plan.after or {}, now.body if now else {}
    return any(field.equal(field.of(after), field.of(body)) for field in plan.changed)


def predicted_object(plan: Plan, context: Context) -> RemoteObject | None:
    """The object after a write that check mode does not send: what the server owns stays as it is."""
    if plan.after is None:
        return None
    known = plan.before or (context.rolls_back.before if context.rolls_back else None) or {}
    return RemoteObject(context.resource.with_server_fields(plan.after, known), known.get("etag"))
