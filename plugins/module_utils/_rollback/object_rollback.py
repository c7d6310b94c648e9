# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Undoes writes that belong together, those of one object: the newest first, each on its fresh state.

Private to the collection. Only what still is as a write left it is undone; what others have changed since
stays, and is told. A write whose outcome is unknown is judged by the object itself.
"""

from __future__ import annotations

import contextlib
import dataclasses
import typing as t

from .._engine.apply import apply
from .._engine.context import Context
from .._engine.lookup import Once, by_id
from .._engine.verify import after_write
from .._errors import GenesysError
from .._findings import Findings
from .._http.client import Client
from .._journal.entry import Entry, unknown_fields
from .._journal.journal import Journal
from .._model.plan import Declared, Found, Plan
from .._reporting.reporter import Report
from .current_state import UndoReader
from .outcome import Track, Undone, predicted, took_effect
from .restore import changed_since, earlier_values, kept_by_others, same_object, unknown_urls, whole_object


@dataclasses.dataclass(kw_only=True)
class Undoing:
    """What all undos of a run share. C(wait_timeout) (seconds) is for the rebuild of a schema."""

    client: Client
    journal: Journal
    check_mode: bool
    wait_timeout: float
    report: Report | None
    shared: Once = dataclasses.field(default_factory=Once)


@dataclasses.dataclass
class _Removal(Context):
    """The undo of a creation: it removes the object only as long as that is as it was created."""

    def plan(self, current: Found | None) -> Plan:
        if self.undoes is None or current is None:
            return Plan("none", before=None, after=None)
        if changed_since(self.undoes, current.body):
            return Plan("none", before=current.body, after=None)
        return Plan("delete", before=current.body, after=None)


class Chain:
    """The entries of one object, or of several that had a name one after the other.

    C(done) are the undos that were sent, for what follows once after all of a kind.
    """

    def __init__(self, undoing: Undoing, reader: UndoReader, entries: list[Entry]) -> None:
        self.done: list[tuple[Context, Plan]] = []
        self._finished: list[Entry] = []
        self._tracks: list[Track] = []
        self._undoing = undoing
        self._reader = reader
        self._resource = entries[0].resource
        self._entries = entries
        self._client = undoing.client.scoped()
        self._findings = Findings()
        self._successors: dict[str, str] = {}
        self._known: dict[str, Found | None] = {}

    def undo(self) -> None:
        """Undoes them all, or up to the first that fails: those before it rest on it."""
        failed: GenesysError | None = None
        with contextlib.ExitStack() as closing:
            for entry in reversed(self._entries):
                if entry.id is not None and entry.successor is not None:
                    self._successors[entry.id] = entry.successor
                if not entry.is_pending:
                    continue
                track = self._track(entry)
                if failed is not None:
                    track.result.error = failed
                    continue
                try:
                    self._undo(entry, track, closing)
                    self._finished.append(entry)
                    if self._resource.conclude is None:
                        self._mark()
                except GenesysError as error:
                    failed = track.result.error = error

    def conclude(self) -> list[Undone]:
        """What became of each object, when all that follows once for a kind is done."""
        self._mark()
        for track in self._tracks:
            track.conclude()
        return [track.result for track in self._tracks]

    def _mark(self) -> None:
        """Takes down that nothing is left to undo, so that a second rollback leaves the object alone."""
        while self._finished:
            entry = self._finished.pop()
            if not self._undoing.check_mode:
                self._undoing.journal.undone(entry)

    def _undo(self, entry: Entry, track: Track, closing: contextlib.ExitStack) -> None:
        if entry.action == "create":
            context = self._context(_Removal, entry, {}, closing)
            self._remove(context, entry, track)
        elif entry.action == "update":
            context = self._context(Context, entry, earlier_values(entry), closing)
            self._put_back(context, entry, track)
        else:
            context = self._context(Context, entry, whole_object(entry), closing)
            self._create_again(context, entry, track)

    def _remove(self, context: Context, entry: Entry, track: Track) -> None:
        current = self._read(context, entry) if entry.id is not None else self._find_created(entry, track)
        now = self._carry_out(context, current, track)
        if now is not None:
            theirs = changed_since(entry, now.body)
            if theirs:
                track.tell(
                    theirs, f"somebody else has changed {', '.join(theirs)} since it was created: it was left"
                )

    def _put_back(self, context: Context, entry: Entry, track: Track) -> None:
        current = self._read(context, entry)
        now = None if current is None else self._carry_out(context, current, track)
        if now is None:
            track.tell(["id"], "somebody else has removed it since")
            return
        _tell_unknown_secrets(entry, track)
        theirs = kept_by_others(entry, now.body)
        if theirs:
            track.tell(theirs, f"somebody else has changed {', '.join(theirs)} since: left as it is")

    def _create_again(self, context: Context, entry: Entry, track: Track) -> None:
        if entry.outcome != "applied":
            current = by_id(self._client, self._resource, self._id_of(entry))
            if current is not None:
                track.see(current)
                return
        self._known[str(entry.id)] = None
        track.see(None)
        namesakes = self._named(str(entry.name))
        for namesake in namesakes:
            if same_object(entry, entry.before or {}, namesake.body):
                self._succeed(entry, track, namesake)
                return
        if namesakes:
            ids = ", ".join(str(namesake.body["id"]) for namesake in namesakes)
            track.tell(["id"], f"its name belongs to another object now (id {ids}): it was not created again")
            return
        urls = unknown_urls(entry)
        if urls:
            raise GenesysError(
                f"The {self._resource.title} {entry.name!r} cannot be created again: its {', '.join(urls)} "
                "holds a secret that is not known from the journal."
            )
        now = self._carry_out(context, None, track)
        _tell_unknown_secrets(entry, track)
        if now is not None:
            missing = unknown_fields(self._resource, entry.before or {})
            if missing:
                track.tell(
                    missing, f"its {', '.join(missing)} are not known to the collection: not given back"
                )
            self._succeed(entry, track, now)

    def _succeed(self, entry: Entry, track: Track, now: Found) -> None:
        track.see(now)
        new = str(now.body["id"])
        if entry.id is not None and new != entry.id:
            self._successors[entry.id] = new
            self._known[new] = now
            track.tell(["id"], f"it has the id {new} now and not {entry.id}")

    def _carry_out(self, context: Context, current: Found | None, track: Track) -> Found | None:
        """Plans, writes and settles one undo; returns the object as it is then."""
        plan = context.plan(current)
        if plan.action == "none" and current is not None and self._reader.is_listed(current):
            current = by_id(context.client, self._resource, current.body["id"])
            plan = context.plan(current)
        track.see(current)
        if plan.action == "none":
            if context.undoes is not None and context.undoes.undo_began:
                self.done.append((context, plan))
            return current
        if self._undoing.check_mode:
            now = predicted(plan, context)
            track.wrote(current, now)
            self._report(context, plan, None, None, track)
        else:
            try:
                plan, now = apply(context, current)
                if self._resource.reread is None and not took_effect(plan, now):
                    return self._remember(current, now, track)
                track.wrote(current, now)
                now = after_write(context, plan, now)
            except GenesysError as error:
                self._report(context, plan, None, error, track)
                raise
            self.done.append((context, plan))
            self._report(context, plan, now, None, track)
        return self._remember(current, now, track)

    def _remember(self, before: Found | None, now: Found | None, track: Track) -> Found | None:
        known = now or before
        if known is not None:
            self._known[known.body["id"]] = now
        track.see(now)
        return now

    def _read(self, context: Context, entry: Entry) -> Found | None:
        identifier = self._id_of(entry)
        if identifier in self._known:
            return self._known[identifier]
        if self._resource.reread is not None and entry.before is not None:
            return t.cast("Found | None", self._resource.reread(context, Found(entry.before, entry.etag)))
        return self._reader.by_id(self._client, identifier, entry.written)

    def _find_created(self, entry: Entry, track: Track) -> Found | None:
        """What a creation without an answer left: only what is exactly as it was sent can be ours."""
        namesakes = self._named(str(entry.name))
        same = [found for found in namesakes if same_object(entry, entry.after or {}, found.body)]
        if len(same) == 1:
            return same[0]
        if namesakes:
            ids = ", ".join(str(found.body["id"]) for found in namesakes)
            what = "several are exactly as it was sent" if same else "none is as it was sent"
            track.tell(
                ["id"],
                f"whether it was created is not known; of its name there are the ids {ids}, {what}: left",
            )
        return None

    def _named(self, name: str) -> list[Found]:
        """The objects of a name; what a list shows of those that were undone here is out of date."""
        found = {str(one.body["id"]): one for one in self._reader.named(self._client, name)} | self._known
        return [one for one in found.values() if one is not None and one.body.get("name") == name]

    def _id_of(self, entry: Entry) -> str:
        identifier = str(entry.id)
        while identifier in self._successors:
            identifier = self._successors[identifier]
        return identifier

    def _track(self, entry: Entry) -> Track:
        """What becomes of the object that the entry speaks of, under whatever id."""
        for track in self._tracks:
            if track.id == entry.id:
                track.secret_names |= set(entry.secret_names)
                return track
        track = Track(self._resource, entry.id, entry.name, self._findings, set(entry.secret_names))
        self._tracks.append(track)
        return track

    def _context(
        self, kind: type[Context], entry: Entry, declared: Declared, closing: contextlib.ExitStack
    ) -> Context:
        desired = self._resource.model.model_construct(
            name=entry.name,
            on_conflict="overwrite",
            wait_timeout=self._undoing.wait_timeout,
            **{self._resource.id_option: None if entry.id is None else self._id_of(entry)},
        )
        return kind(
            client=self._client,
            resource=self._resource,
            desired=desired,
            declared=declared,
            check_mode=self._undoing.check_mode,
            findings=self._findings,
            closing=closing,
            secret_names=entry.secret_names,
            shared=self._undoing.shared,
            journal=self._undoing.journal,
            undoes=entry,
        )

    def _report(
        self, context: Context, plan: Plan, now: Found | None, error: GenesysError | None, track: Track
    ) -> None:
        if self._undoing.report is not None:
            track.result.notes += self._undoing.report(context, plan, now, error)


def _tell_unknown_secrets(entry: Entry, track: Track) -> None:
    if entry.lacks:
        track.tell(entry.lacks, f"the secrets in {', '.join(entry.lacks)} are not known from the journal")
