# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rollback of the writes of one object: the newest first, each planned on the object's fresh state.

Private to the collection. A field is restored only if it still has the value that the write gave it.
Concurrent changes stay and are reported. If the outcome of a write is unknown, the object's state decides.
"""

from __future__ import annotations

import contextlib
import typing as t

from .._engine.apply import apply
from .._engine.context import Context
from .._engine.lookup import by_id
from .._engine.verify import after_write
from .._errors import GenesysError
from .._findings import Findings
from .._journal.entry import Entry, unknown_fields
from .._model.json_objects import Body
from .._model.plan import DeclaredFields, Plan, RemoteObject, lost_secrets
from .._model.resource import same_identity
from .._unexpected_errors import unexpected_errors
from .comparison import Comparison, OwnWrites
from .context import RemoveIfUnchanged, RestoreIfUnchanged, RollbackContext, RollbackRun, rollback_context
from .current_state import CurrentStateReader
from .outcome import OutcomeTracker, RollbackOutcome, predicted_object, took_effect
from .recreated import Recreated
from .restore import (
    changed_since,
    fields_changed_by_others,
    is_begun_creation,
    kept_because_undetermined,
    object_to_recreate,
    same_object,
    unknown_urls,
    with_new_ids,
)
from .unfinished import discard_rest


class ObjectRollback:
    """The rollback of one object's entries, or of several objects that had a name one after the other.

    C(done) are the writes that were sent, for the kind's C(after_all_writes), C(recreated) the creations.
    """

    def __init__(self, rollback_run: RollbackRun, reader: CurrentStateReader, entries: list[Entry]) -> None:
        self.done: list[tuple[Context, Plan]] = []
        self.recreated: list[Recreated] = []
        self._finished: list[Entry] = []
        self._trackers: list[OutcomeTracker] = []
        self._run = rollback_run
        self._reader = reader
        self._resource = entries[0].resource
        self._entries = entries
        self._client = rollback_run.client.scoped()
        self._findings = Findings()
        self._known: dict[str, RemoteObject | None] = {}
        self._undetermined: list[Entry] = []  # left open, for a rollback with the key of the HMACs
        self._own = OwnWrites(self._own_writes, rollback_run.journal.key)

    def roll_back(self) -> None:
        """Roll back all entries, up to the first that fails: earlier entries depend on it."""
        failed: GenesysError | None = None
        with contextlib.ExitStack() as exit_stack:
            for entry in reversed(self._entries):
                if not entry.is_pending:
                    continue
                tracker = self._tracker_of(entry)
                if failed is not None:
                    tracker.result.error = failed
                    continue
                try:
                    with unexpected_errors(f"The rollback of the {self._resource.title} {entry.name!r}"):
                        self._roll_back_entry(entry, tracker, exit_stack)
                    if entry not in self._undetermined:
                        self._finished.append(entry)
                    if self._resource.after_all_writes is None:
                        self._record_finished()
                except GenesysError as error:
                    failed = tracker.result.error = error

    def finish(self) -> list[RollbackOutcome]:
        """Return the outcome for each object, after the kind's C(after_all_writes)."""
        self._record_finished()
        for tracker in self._trackers:
            tracker.finish()
        return [tracker.result for tracker in self._trackers]

    def _record_finished(self) -> None:
        """Record that nothing is left to roll back, so that a second rollback skips the entries."""
        while self._finished:
            entry = self._finished.pop()
            if not self._run.check_mode:
                self._run.journal.record_rolled_back(entry)

    def _roll_back_entry(
        self, entry: Entry, tracker: OutcomeTracker, exit_stack: contextlib.ExitStack
    ) -> None:
        if entry.action == "create":
            context = self._context(RemoveIfUnchanged, entry, {}, exit_stack)
            self._remove(context, entry, tracker)
        elif entry.action == "update":
            context = self._context(RestoreIfUnchanged, entry, {}, exit_stack)
            self._restore_values(context, entry, tracker)
        else:
            declared = object_to_recreate(entry, self._run.successors)
            context = self._context(RollbackContext, entry, declared, exit_stack)
            self._recreate(context, entry, tracker)
        discard_rest(context, entry, tracker)

    def _remove(self, context: RollbackContext, entry: Entry, tracker: OutcomeTracker) -> None:
        current = self._read(context, entry) if entry.id is not None else self._find_created(entry, tracker)
        now = self._carry_out(context, current, tracker)
        if now is not None:
            comparison = context.compared(now)
            self._leave_open(entry, tracker.note_not_removed(comparison, changed_since(comparison, now.body)))

    def _restore_values(self, context: RollbackContext, entry: Entry, tracker: OutcomeTracker) -> None:
        current = self._read(context, entry)
        now = None if current is None else self._carry_out(context, current, tracker)
        if now is None:
            tracker.note(["id"], "a concurrent change has removed it")
            return
        lasting = tracker.note_lasting(entry)
        comparison = context.compared(now)
        kept = kept_because_undetermined(comparison, now.body)
        concurrent = [
            option
            for option in fields_changed_by_others(context.compared(now), now.body)
            if not any(f"{place}.".startswith(f"{option}.") for place in (*kept, *lasting))
        ]
        if kept:
            tracker.note(kept, comparison.undetermined_sentence(kept, "were kept"))
        self._leave_open(entry, kept)
        if concurrent:
            tracker.note(concurrent, f"concurrent changes were kept: {', '.join(concurrent)}")

    def _recreate(self, context: RollbackContext, entry: Entry, tracker: OutcomeTracker) -> None:
        if entry.outcome != "applied":
            current = by_id(self._client, self._resource, self._id_of(entry))
            if current is not None:
                tracker.observe(current)
                return
        self._known[str(entry.id)] = None
        tracker.observe(None)
        namesakes = self._namesakes(with_new_ids(entry.before or {}, self._run.successors))
        for namesake in namesakes:
            if same_object(context.compared(namesake), "before", namesake.body):
                self._record_successor(entry, tracker, namesake)
                return
        if namesakes:
            ids = ", ".join(str(namesake.body["id"]) for namesake in namesakes)
            tracker.note(["id"], f"its name belongs to another object now (id {ids}): not created again")
            return
        unseen = lost_secrets(self._resource, entry.action, None)
        if unseen:
            raise GenesysError(
                f"The {self._resource.title} {entry.name!r} cannot be created again: no read shows its "
                f"{', '.join(unseen)}, so nothing has the secrets."
            )
        urls = unknown_urls(entry)
        if urls:
            raise GenesysError(
                f"The {self._resource.title} {entry.name!r} cannot be created again: its {', '.join(urls)} "
                "holds a secret that is not known from the journal."
            )
        now = self._carry_out(context, None, tracker)
        tracker.note_unknown_secrets(entry)
        if now is not None and context.created_id == now.body["id"]:
            self.recreated.append(Recreated(context, now, tracker))
        if now is not None:
            if missing := unknown_fields(self._resource, entry.before or {}):
                tracker.note(
                    missing, f"its {', '.join(missing)} are not known to the collection: not restored"
                )
            self._record_successor(entry, tracker, now)

    def _record_successor(self, entry: Entry, tracker: OutcomeTracker, now: RemoteObject) -> None:
        tracker.observe(now)
        new = str(now.body["id"])
        if entry.id is not None and new != entry.id:
            self._run.successors[entry.id] = new
            self._known[new] = now
            tracker.note(["id"], f"it has the id {new} now and not {entry.id}")

    def _carry_out(
        self, context: RollbackContext, current: RemoteObject | None, tracker: OutcomeTracker
    ) -> RemoteObject | None:
        """Plan and execute one write of the rollback. Return the object after it."""
        plan = context.plan(current)
        if plan.action == "none" and current is not None and self._reader.is_listed(current):
            current = by_id(context.client, self._resource, current.body["id"])
            plan = context.plan(current)
        tracker.observe(current)
        if plan.action == "none":
            if context.rolls_back is not None and context.rolls_back.rollback_began:
                self.done.append((context, plan))
            return current
        if self._run.check_mode:
            now = predicted_object(plan, context)
            tracker.record_write(current, now)
            self._report(context, plan, None, None, tracker)
        else:
            try:
                plan, now = apply(context, current)
                if plan.action == "none" or (self._resource.refresh is None and not took_effect(plan, now)):
                    return self._remember(current, now, tracker)
                tracker.record_write(current, now)
                now = after_write(context, plan, now)
            except GenesysError as error:
                self._report(context, plan, None, error, tracker)
                raise
            self.done.append((context, plan))
            self._report(context, plan, now, None, tracker)
        return self._remember(current, now, tracker)

    def _remember(
        self, before: RemoteObject | None, now: RemoteObject | None, tracker: OutcomeTracker
    ) -> RemoteObject | None:
        known = now or before
        if known is not None:
            self._known[known.body["id"]] = now
        if now is None and known is not None:  # no list will show it
            self.recreated = [one for one in self.recreated if one.now.body["id"] != known.body["id"]]
        tracker.observe(now)
        return now

    def _read(self, context: Context, entry: Entry) -> RemoteObject | None:
        identifier = self._id_of(entry)
        if identifier in self._known:
            return self._known[identifier]
        if self._resource.refresh is not None and entry.before is not None:
            return t.cast(
                "RemoteObject | None", self._resource.refresh(context, RemoteObject(entry.before, entry.etag))
            )
        return self._reader.by_id(self._client, identifier, entry.written)

    def _find_created(self, entry: Entry, tracker: OutcomeTracker) -> RemoteObject | None:
        """Return the object that a create without a response left: the only one that is as it was sent."""
        namesakes = self._namesakes(entry.after or {})
        comparisons = {id(one): Comparison(entry, one, self._own) for one in namesakes}
        same = [one for one in namesakes if same_object(comparisons[id(one)], "after", one.body)]
        begun = [one for one in namesakes if is_begun_creation(comparisons[id(one)], one.body)]
        if len(begun) == 1 and not same:
            entry.written = begun[0].body  # so that the removal finds it unchanged
        if len(same or begun) == 1:
            return (same or begun)[0]
        for comparison in comparisons.values():
            if comparison.undetermined:
                places = sorted(comparison.undetermined)
                tracker.note(["id"], comparison.undetermined_sentence(places, "were kept"))
                self._leave_open(entry, places)
        if namesakes:
            ids = ", ".join(str(one.body["id"]) for one in namesakes)
            state = "several are exactly as it was sent" if same else "none is as it was sent"
            tracker.note(
                ["id"],
                f"whether it was created is not known; objects of its name have the ids {ids}, {state}: "
                "not removed",
            )
        return None

    def _namesakes(self, body: Body) -> list[RemoteObject]:
        """Return the objects of the same identity; this rollback's own writes replace what a list shows."""
        resource, identity = self._resource, self._resource.identity_of(body)
        known = [
            one
            for one in self._known.values()
            if one is not None and same_identity(identity, resource.identity_of(one.body))
        ]
        return [*self._reader.matching(self._client, identity, self._known), *known]

    def _id_of(self, entry: Entry) -> str:
        identifier = str(entry.id)
        while identifier in self._run.successors:
            identifier = self._run.successors[identifier]
        return identifier

    def _leave_open(self, entry: Entry, undetermined: t.Collection[str]) -> None:
        if undetermined:
            self._undetermined.append(entry)

    def _own_writes(self) -> list[Entry]:
        """Return the journal's writes to the object, with those of its rollbacks."""
        return [one for entry in self._entries for one in (entry, *entry.rollbacks)]

    def _tracker_of(self, entry: Entry) -> OutcomeTracker:
        """Return the tracker of the entry's object, also if the object has a new id."""
        for tracker in self._trackers:
            if tracker.id == entry.id:
                tracker.secret_names |= set(entry.secret_names)
                return tracker
        tracker = OutcomeTracker(entry, self._findings)
        self._trackers.append(tracker)
        return tracker

    def _context(
        self,
        kind: type[RollbackContext],
        entry: Entry,
        declared: DeclaredFields,
        exit_stack: contextlib.ExitStack,
    ) -> RollbackContext:
        return rollback_context(
            kind,
            self._run,
            entry,
            declared,
            own=self._own,
            client=self._client,
            object_id=None if entry.id is None else self._id_of(entry),
            findings=self._findings,
            exit_stack=exit_stack,
        )

    def _report(
        self,
        context: RollbackContext,
        plan: Plan,
        now: RemoteObject | None,
        error: GenesysError | None,
        tracker: OutcomeTracker,
    ) -> None:
        if self._run.report is not None:
            context.reported = context.journal_entry
            tracker.result.notes += self._run.report(context, plan, now, error)
