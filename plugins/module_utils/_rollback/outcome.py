# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The outcome of a rollback for one object.

Private to the collection.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._errors import GenesysError
from .._findings import Findings
from .._journal.entry import Entry
from .._model.plan import Plan, RemoteObject, differing_fields, lost_secrets
from .._model.rendering import BodyMasker, to_diff
from .._model.resource import Identity
from .._model.yaml_diff import shown_diff
from .comparison import Comparison

if t.TYPE_CHECKING:
    from .._engine.context import Context


@dataclasses.dataclass(kw_only=True)
class RollbackOutcome:
    """The outcome for one object. C(plan), C(changed) and the diffs cover all writes of the rollback to it.

    C(not_restored) has the options that were not restored, and C(id) if the object was created again.
    C(notes) are sentences about them. C(error) is the error that ended the object's rollback. C(identity) is
    the one that the last write gave the object.
    """

    kind: str
    title: str
    name: str | None
    id: str | None
    identity: Identity = ()
    plan: t.Literal["none", "create", "update", "delete"] = "none"
    changed: bool = False
    diff: dict[str, t.Any] = dataclasses.field(default_factory=dict)
    shown_diff: dict[str, t.Any] = dataclasses.field(default_factory=dict)
    not_restored: list[str] = dataclasses.field(default_factory=list)
    notes: list[str] = dataclasses.field(default_factory=list)
    error: GenesysError | None = None


class OutcomeTracker:
    """The states of an object from the first read to the last. C(id) is the object's id in the journal.

    C(entry) is the journal's last entry of the object.
    """

    def __init__(self, entry: Entry, findings: Findings) -> None:
        resource = entry.resource
        identity = resource.identity_of(entry.after or entry.before or {})
        self.id = entry.id
        self.secret_names = set(entry.secret_names)
        self.result = RollbackOutcome(
            kind=resource.kind, title=resource.title, name=entry.name, id=entry.id, identity=identity
        )
        self._resource = resource
        self._findings = findings
        self._known: RemoteObject | None = None  # kept after the object is removed
        self._now: RemoteObject | None = None
        self._first: tuple[RemoteObject | None] | None = None

    def observe(self, current: RemoteObject | None) -> None:
        """Note the current object, None if it does not exist."""
        self._now, self._known = current, current or self._known

    def record_write(self, before: RemoteObject | None, after: RemoteObject | None) -> None:
        """Note a write of the rollback that was sent, or in check mode would be."""
        self._first = self._first or (before,)
        self.observe(after)

    def note(self, options: t.Iterable[str], sentence: str) -> None:
        """Note the options that were not restored, and the reason."""
        result = self.result
        result.not_restored += [option for option in options if option not in result.not_restored]
        if sentence not in result.notes:
            result.notes.append(sentence)

    def note_unknown_secrets(self, entry: Entry) -> None:
        """Note the secrets that a rollback cannot restore: the journal has only their masks, or nothing."""
        unseen = lost_secrets(entry.resource, entry.action, entry.after)
        if unseen:
            self.note(unseen, f"the earlier secrets in {', '.join(unseen)} are not known: no read shows them")
        if entry.lacks:
            self.note(entry.lacks, f"the secrets in {', '.join(entry.lacks)} are not known from the journal")

    def note_lasting(self, entry: Entry) -> dict[str, str]:
        """Note what a rollback of an update cannot undo. Return its options, without those of secrets."""
        self.note_unknown_secrets(entry)
        lasting = entry.resource.endpoint.unrestorable(
            Plan(entry.action, before=entry.before, after=entry.after, changed=())
        )
        for option, clause in lasting.items():
            self.note([option], f"it {clause}")
        return lasting

    def note_not_removed(self, comparison: Comparison, changed: list[str]) -> list[str]:
        """Note why a created object was not removed. Return the secrets that are the only reason."""
        places = sorted(comparison.undetermined)
        certain = [
            option for option in changed if not any(f"{place}.".startswith(f"{option}.") for place in places)
        ]
        if certain:
            self.note(changed, f"it was not removed, because of a concurrent change of {', '.join(certain)}")
        elif changed:
            self.note(changed, comparison.undetermined_sentence(places, "keep it from being removed"))
        return [] if certain else places

    def finish(self) -> None:
        """Complete the result from the object's first and last state."""
        result = self.result
        first = self._first[0] if self._first else self._now
        before, after = (None if current is None else current.body for current in (first, self._now))
        if before is None or after is None:
            result.plan = "none" if before is after else "create" if before is None else "delete"
        elif differing_fields(self._resource, before, after):
            result.plan = "update"
        result.changed = result.plan != "none"
        known = after or before or (self._known.body if self._known else {})
        result.id, result.name = known.get("id", result.id), known.get("name", result.name)
        changed = Plan(result.plan, before=before, after=after)
        result.diff = to_diff(BodyMasker(self._resource, sorted(self.secret_names)), changed)
        result.shown_diff = shown_diff(self._resource, result.diff, result.plan)
        result.notes += [str(warning) for warning in self._findings.warnings]


def took_effect(plan: Plan, now: RemoteObject | None) -> bool:
    """Return whether the write changed the object, by its response, or a concurrent change came first."""
    if plan.action != "update":
        return plan.action == "create" or (plan.action == "delete" and now is None)
    after, body = plan.after or {}, now.body if now else {}
    return any(field.equal(field.of(after), field.of(body)) for field in plan.changed)


def predicted_object(plan: Plan, context: Context) -> RemoteObject | None:
    """Return the object after a write that check mode does not send. Server-owned fields stay as they are."""
    if plan.after is None:
        return None
    known = plan.before or (context.rolls_back.before if context.rolls_back else None) or {}
    return RemoteObject(context.resource.with_server_fields(plan.after, known), known.get("etag"))
