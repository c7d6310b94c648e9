# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The journal of a run's writes: the intent before each request, the outcome after its response.

Private to the collection. It is always in memory. With a file, a write is sent only after its intent is on
disk, so that a killed run can be rolled back.
"""

from __future__ import annotations

import datetime
import os
import threading
import typing as t
import uuid

from .._errors import JournalFailed, MalformedResponse
from .._model.plan import PAST, Plan, lost_secrets
from .._model.replacement import removes_object
from .._runtime import Stopped
from .._secret_hmac import HmacKey, key_of_task
from .._version import VERSION
from .authentication import AuthenticationError, is_salt, line_key, new_salt, verify
from .entry import IDENTIFIER, Entry, secrets_to_restore, unknown_fields
from .file import JournalFile, check_journal_file
from .format import FORMAT, Line, first_header, intent_line, outcome_line, rolled_back_line

if t.TYPE_CHECKING:
    from .._http.connection import Connection
    from .._model.plan import RemoteObject
    from .._model.rendering import BodyMasker
    from .._model.resource import Resource


class Journal:
    """The journal of one run. Thread-safe. C(entries) are in the order of the intents.

    C(key) makes the digests of secrets, None if the task has no key. C(lost) has a sentence for each outcome
    that could not be written to the file. These writes were sent. No other write is sent after them.
    """

    def __init__(
        self,
        path: str | None = None,
        password: str | None = None,
        key: HmacKey | None = None,
        opened: int | None = None,
    ) -> None:
        self.key = key
        self._opened = opened
        self.run = uuid.uuid4().hex
        self.entries: list[Entry] = []
        self.lost: list[str] = []
        self._path = path
        self._password = password
        self._lock = threading.Lock()
        self._file: JournalFile | None = None

    @classmethod
    def of_task(
        cls, given: t.Mapping[str, t.Any], connection: Connection, opened: int | None = None
    ) -> Journal:
        """Return the journal of a task with checked options. C(opened) is the descriptor of a rollback.

        Raises JournalFailed if the file of the key cannot be read.
        """
        path = given.get("journal")
        if path is None:
            return cls()
        try:
            key = key_of_task(given, connection.client_secret)
        except OSError as error:
            raise JournalFailed(
                f"The file of hmac_key_file cannot be read ({error.strerror or error}), nothing was changed."
            ) from None
        return cls(path, given.get("journal_password"), key, opened)

    @property
    def has_file(self) -> bool:
        return self._path is not None

    def begin(self, organization: dict[str, t.Any], connection: Connection) -> None:
        """Open the file, if there is one, and write the run's header. A second call does nothing.

        Raises JournalFailed if that fails, and MalformedResponse if the organization has no id.
        """
        with self._lock:
            if self._path is None or self._file is not None:
                return
            if not isinstance(organization.get("id"), str):
                raise MalformedResponse(
                    "The API returned its organization without an id, which the journal's header needs."
                )
            # A duplicate shares the lock of the rollback, which closes its own descriptor itself.
            file = JournalFile(self._path, None if self._opened is None else os.dup(self._opened))
            try:
                file.begin(lambda beginning: self._header(organization, connection, beginning))
            except JournalFailed as error:
                file.close()
                error.add("Nothing was changed.")
                raise
            self._file = file

    def check(self) -> None:
        """Check that the file could be opened, without creating it. Raises JournalFailed."""
        if self._path is not None:
            check_journal_file(self._path)

    def close(self) -> None:
        with self._lock:
            if self._file is not None:
                self._file.close()
                self._file = None

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        """Close the file. Add the writes to the signal that stopped the run, if one did."""
        if isinstance(error, Stopped):
            self._describe(error)
        self.close()

    def _describe(self, stop: Stopped) -> None:
        applied = sum(entry.outcome == "applied" for entry in self.entries)
        unknown = sum(entry.outcome in (None, "unknown") for entry in self.entries)
        if applied or not unknown:
            stop.returned["changed"] = applied > 0
        if not applied and not unknown:
            stop.text = "Nothing was written. Run the task again."
            return
        may_roll_back = self.has_file and not any(entry.rolls_back for entry in self.entries)
        stop.text = (
            f"Writes that took effect: {applied}, with unknown outcome: {unknown}. None was rolled back. "
            f"Run the task again{f', or roll back from the journal {self._path!r}' if may_roll_back else ''}."
        )

    def record_intent(
        self,
        masker: BodyMasker,
        plan: Plan,
        current: RemoteObject | None,
        *,
        rolls_back: Entry | None = None,
    ) -> Entry:
        """Record a write before it is sent. Raises JournalFailed, and then the write must not be sent."""
        resource, body = masker.resource, {**(plan.after or {}), **(plan.before or {})}
        with self._lock:
            if self.lost:
                raise JournalFailed(f"{_label(resource, body)} was not changed: {self.lost[0]}")
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
                secret_names=tuple(masker.secret_names),
                rolls_back=rolls_back,
            )
            self.entries.append(entry)
            if entry.rolls_back is not None:
                entry.rolls_back.rollbacks.append(entry)
        try:
            self._append(lambda: intent_line(entry, masker, self._password, self.key))
        except JournalFailed as error:
            entry.outcome = "refused"
            error.add(f"{_label(resource, body)} was not changed.")
            raise
        return entry

    def record_applied(self, entry: Entry, written: RemoteObject | None) -> None:
        """Record that the write took effect. C(written) is the object in the response (None: removed)."""
        if written is not None:
            entry.written, entry.written_etag, entry.id = written.body, written.etag, written.body["id"]
        if entry.rolls_back is not None and entry.action == "create":
            entry.rolls_back.successor = entry.id
        self._record_outcome(entry, "applied")

    def record_rejected(self, entry: Entry) -> None:
        """Record that the write did not take effect."""
        self._record_outcome(entry, "refused")

    def record_unknown(self, entry: Entry, written: RemoteObject | None = None) -> None:
        """Record that the outcome is unknown: only a later read of the object can show it.

        C(written) is the object after the part that is known to have taken effect.
        """
        if written is not None:
            entry.written, entry.written_etag, entry.id = written.body, written.etag, written.body["id"]
        self._record_outcome(entry, "unknown")

    def record_rolled_back(self, entry: Entry) -> None:
        """Record that nothing is left to roll back of an entry of this or an earlier run."""
        entry.rolled_back = True
        try:
            self._append(lambda: rolled_back_line(self.run, entry))
        except JournalFailed as error:
            self._note_lost(f"The {entry.resource.title} {entry.name!r} was rolled back. {error}")

    def not_restorable(self, masker: BodyMasker, plan: Plan) -> list[str]:
        """Return what a rollback could not restore of the object, as known before the write.

        The result has options such as C(rest.headers.Authorization). If the object would have to be created
        again, it also has C(id) and the fields that are no options, in the API's names.
        """
        lost = []
        if removes_object(masker.resource.replacement, plan):
            lost = [] if masker.resource.has_declared_ids else [IDENTIFIER]
            lost += unknown_fields(masker.resource, plan.before or {})
        if self._path is not None and self._password is None and plan.action != "none":
            lost += secrets_to_restore(masker.mask(plan.before), plan.after)
        lost += masker.resource.endpoint.unrestorable(plan)
        return lost + lost_secrets(masker.resource, plan.action, plan.after)

    def _record_outcome(self, entry: Entry, outcome: t.Literal["applied", "refused", "unknown"]) -> None:
        entry.outcome = outcome
        try:
            self._append(lambda: outcome_line(entry, self._password, self.key))
        except JournalFailed as error:
            done = {"applied": PAST[entry.action], "refused": "not changed"}.get(outcome, "perhaps written")
            self._note_lost(
                f"The {entry.resource.title} {entry.name!r} was {done}, but this is not in the journal. "
                f"{error}: a rollback will read the object to find out."
            )

    def _note_lost(self, sentence: str) -> None:
        with self._lock:
            self.lost.append(sentence)

    def _append(self, make: t.Callable[[], Line]) -> None:
        if self._file is not None:
            self._file.append(make())
        elif self._path is not None:
            raise AssertionError("a journal begins before its first entry")

    def _header(
        self, organization: dict[str, t.Any], connection: Connection, beginning: bytes
    ) -> tuple[Line, bytes | None]:
        """Return the run's header, and the key of its lines if there is a password.

        Raises JournalFailed if the journal belongs to another org or has another password.
        """
        try:
            text, first = first_header(beginning) or (b"", {"org_id": organization["id"]})
        except ValueError as error:
            raise JournalFailed(
                f"The journal {self._path!r} cannot be written ({error}). Correct journal, or remove "
                "the file."
            ) from None
        if first.get("org_id") != organization["id"]:
            raise JournalFailed(
                f"The journal {self._path!r} belongs to the org {first.get('org_name')!r} (id "
                f"{first.get('org_id')}), and this task changes {organization.get('name')!r} (id "
                f"{organization['id']}). Give each org a separate journal."
            )
        header = self._plain_header(organization, connection)
        if self._password is None:
            return header, None
        if not is_salt(first.get("salt")):
            salt = new_salt()
            return {**header, "salt": salt}, line_key(self._password, salt)
        key = line_key(self._password, first["salt"])
        try:
            verify(text, 1, key)
        except AuthenticationError:
            raise JournalFailed(
                f"The journal {self._path!r} was begun with another journal_password, or its first line was "
                "changed. Give the same password, or another journal."
            ) from None
        return {**header, "salt": first["salt"]}, key

    def _plain_header(self, organization: dict[str, t.Any], connection: Connection) -> Line:
        return {
            "journal": FORMAT,
            "run": self.run,
            "time": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            "org_id": organization["id"],
            "org_name": organization.get("name"),
            "host": connection.host,
            "actor": connection.client_id or "token",
            "api_profile": connection.api_profile.name,
            "collection": VERSION,
        }


def _label(resource: Resource, body: dict[str, t.Any]) -> str:
    return f"The {resource.title} {body.get('name', body.get('id'))!r}"
