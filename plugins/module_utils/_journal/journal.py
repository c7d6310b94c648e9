# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The journal of a run's writes: before each its intent and the object's earlier state, after it its outcome.

Private to the collection. It is always in memory, and a file where the user wants one: then a write is only
sent when its intent is on disk, so that a run that was killed can be undone or understood.
"""

from __future__ import annotations

import datetime
import threading
import typing as t
import uuid

from .._errors import JournalFailed, MalformedAnswer
from .._model.plan import PAST, Plan
from .._version import VERSION
from .entry import IDENTIFIER, Entry, secrets_to_restore, unknown_fields
from .file import JournalFile
from .format import FORMAT, Line, intent_line, outcome_line, rolled_back_line

if t.TYPE_CHECKING:
    from .._http.connection import Connection
    from .._model.plan import RemoteObject
    from .._model.resource import Resource


class Journal:
    """One run's journal. Thread-safe; C(entries) in the order of the intents.

    C(lost) has a sentence for each outcome that could not be written to the file: those writes were sent, and
    no other is sent after them.
    """

    def __init__(self, path: str | None = None, password: str | None = None) -> None:
        self.run = uuid.uuid4().hex
        self.entries: list[Entry] = []
        self.lost: list[str] = []
        self._path = path
        self._password = password
        self._lock = threading.Lock()
        self._file: JournalFile | None = None

    @property
    def has_file(self) -> bool:
        return self._path is not None

    def begin(self, organization: dict[str, t.Any], connection: Connection) -> None:
        """Opens the file, where there is to be one, and writes the run's header; a second time does nothing.

        Raises JournalFailed where that is not possible, and MalformedAnswer for an org without an id.
        """
        with self._lock:
            if self._path is None or self._file is not None:
                return
            if not isinstance(organization.get("id"), str):
                raise MalformedAnswer(
                    "The API does not tell the id of its org, without which no journal is one."
                )
            file = JournalFile(self._path)
            try:
                file.append(self._header(organization, connection))
            except JournalFailed as error:
                file.close()
                error.add("Nothing was changed.")
                raise
            self._file = file

    def close(self) -> None:
        with self._lock:
            if self._file is not None:
                self._file.close()
                self._file = None

    def record_intent(
        self,
        resource: Resource,
        plan: Plan,
        current: RemoteObject | None,
        *,
        secret_names: t.Collection[str] = (),
        rolls_back: Entry | None = None,
    ) -> Entry:
        """Takes down a write before it is sent. Raises JournalFailed: then it must not be sent."""
        body = {**(plan.after or {}), **(plan.before or {})}
        with self._lock:
            if self.lost:
                raise JournalFailed(f"{_named(resource, body)} was left alone: {self.lost[0]}")
            entry = Entry(
                run=self.run,
                number=len(self.entries) + 1,
                resource=resource,
                action=t.cast("t.Any", plan.action),
                id=None if current is None else current.body["id"],
                name=body.get("name"),
                before=plan.before,
                after=plan.after,
                etag=None if current is None else current.etag,
                secret_names=tuple(secret_names),
                rolls_back=rolls_back,
            )
            self.entries.append(entry)
            if entry.rolls_back is not None:
                entry.rolls_back.rollback_began = True
        try:
            self._append(lambda: intent_line(entry, self._password))
        except JournalFailed as error:
            entry.outcome = "refused"
            error.add(f"{_named(resource, body)} was left alone.")
            raise
        return entry

    def record_applied(self, entry: Entry, written: RemoteObject | None) -> None:
        """The write took effect; C(written) is the object as the server answered (None: it is gone)."""
        if written is not None:
            entry.written, entry.id = written.body, written.body["id"]
        if entry.rolls_back is not None and entry.action == "create":
            entry.rolls_back.successor = entry.id
        self._conclude(entry, "applied")

    def record_rejected(self, entry: Entry) -> None:
        """The write did not take effect."""
        self._conclude(entry, "refused")

    def record_unknown(self, entry: Entry, written: RemoteObject | None = None) -> None:
        """Record that only a later read of the object can show how much of the write took effect.

        C(written) is the object after the part that is known to have taken effect.
        """
        if written is not None:
            entry.written, entry.id = written.body, written.body["id"]
        self._conclude(entry, "unknown")

    def record_rolled_back(self, entry: Entry) -> None:
        """Nothing is left to undo of an entry of this or an earlier run."""
        entry.rolled_back = True
        try:
            self._append(lambda: rolled_back_line(self.run, entry))
        except JournalFailed as error:
            self._lose(f"The undo of the {entry.resource.title} {entry.name!r} is done. {error}")

    def not_restorable(self, resource: Resource, plan: Plan, secret_names: t.Collection[str]) -> list[str]:
        """What of the object an undo could not bring back, known before the write.

        Options such as C(rest.headers.Authorization), and where the object would have to be created again
        C(id) and what it has beside the options, in the API's names.
        """
        lost = [IDENTIFIER, *unknown_fields(resource, plan.before or {})] if plan.action == "delete" else []
        if self._path is not None and self._password is None and plan.action != "none":
            lost += secrets_to_restore(resource, plan.before, plan.after, secret_names)
        return lost

    def _conclude(self, entry: Entry, outcome: t.Literal["applied", "refused", "unknown"]) -> None:
        entry.outcome = outcome
        try:
            self._append(lambda: outcome_line(entry, self._password))
        except JournalFailed as error:
            did = {"applied": PAST[entry.action], "refused": "left as it was"}.get(outcome, "perhaps written")
            self._lose(
                f"The {entry.resource.title} {entry.name!r} was {did}, but not taken down as that. {error}: "
                "a rollback will look at the object to find out."
            )

    def _lose(self, sentence: str) -> None:
        with self._lock:
            self.lost.append(sentence)

    def _append(self, make: t.Callable[[], Line]) -> None:
        if self._file is not None:
            self._file.append(make())
        elif self._path is not None:
            raise AssertionError("a journal begins before its first entry")

    def _header(self, organization: dict[str, t.Any], connection: Connection) -> Line:
        return {
            "journal": FORMAT,
            "run": self.run,
            "time": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            "org_id": organization["id"],
            "org_name": organization.get("name"),
            "host": connection.host,
            "actor": connection.client_id or "token",
            "collection": VERSION,
        }


def _named(resource: Resource, body: dict[str, t.Any]) -> str:
    return f"The {resource.title} {body.get('name', body.get('id'))!r}"
