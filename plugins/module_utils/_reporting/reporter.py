# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports of a change beside the module's result: to the audit log and as notifications.

Private to the collection. S2.9, S2.10, S4.8. Changes of every kind and with every outcome are reported here.
"""

from __future__ import annotations

import contextlib
import typing as t

from .._engine.context import Context
from .._errors import GenesysError, OutcomeUnknown, ReportFailed
from .._journal.entry import Entry
from .._model.plan import PAST, Plan, RemoteObject
from .._runtime import last_lines
from .._unexpected_errors import unexpected_errors
from .audit_log import AuditLog
from .change_record import ChangeRecord, make_record
from .notification import send, wants

if t.TYPE_CHECKING:
    from .._http.connection import Connection


#: Reports a write of a rollback that was sent, failed, or is planned in check mode. Returns its problems.
Report = t.Callable[[Context, Plan, "RemoteObject | None", "GenesysError | None"], list[str]]


class Reporting:
    """The reports of one task. It does nothing without C(audit_log) and C(notify), nor without a change."""

    def __init__(
        self, given: t.Mapping[str, t.Any], connection: Connection, context: Context, secrets: set[str]
    ) -> None:
        self._log = AuditLog(given["audit_log"]) if given.get("audit_log") else None
        self._notify = given.get("notify")
        self._connection = connection
        self._context = context
        self._secrets = secrets
        self._plan: Plan | None = None
        self._applied: ChangeRecord | None = None
        self._logged: Entry | None = None  # the last write that has its line in the audit log
        self._problems: list[str] = []
        self._organization: dict[str, t.Any] = {}

    def planned(self, plan: Plan) -> None:
        """Note the plan, and check before any write that the change can be reported.

        Raises ReportFailed if the audit log cannot be written, and GenesysError if the organization cannot be
        read.
        """
        if plan.action == "none" or (self._log is None and self._notify is None):
            return
        if self._log is not None:
            self._log.check()
        self._organization = self._context.organization
        self._plan = plan

    @contextlib.contextmanager
    def failures(self) -> t.Iterator[None]:
        """Report a change that fails. Problems of the report are added to the error."""
        try:
            yield
        except GenesysError as error:
            self.failed(error)
            raise

    def applied(self, plan: Plan, now: RemoteObject | None) -> None:
        """Append a confirmed change to the audit log, before any later step of the task.

        If that fails, C(has_problems) is true and C(finish) raises.
        """
        if plan.action != "none" and self._plan is not None:
            self._plan = plan
            self._applied = self._log_record(plan, now, "applied")
            self._logged = self._context.journal_entry

    @contextlib.contextmanager
    def stop_logged(self, context: Context) -> t.Iterator[None]:
        """Append the last write of C(context) to the audit log if the task is stopped.

        The log then has a line for each write that was sent.
        """
        try:
            yield
        except BaseException as error:
            if not isinstance(error, Exception):
                with last_lines():
                    self._log_stop(context)
            raise

    def _log_stop(self, context: Context) -> None:
        entry = context.journal_entry
        if self._plan is None or entry is None or entry.outcome == "refused" or entry is self._logged:
            return
        if entry.outcome == "applied":
            now = None if entry.written is None else RemoteObject(entry.written, entry.written_etag)
            status = "applied" if entry.rolls_back is None else "rolled_back"
            self._log_record(Plan(entry.action, entry.before, entry.after), now, status)
        else:
            self._log_record(self._plan, None, "failed", stopped_before_outcome())

    @property
    def has_problems(self) -> bool:
        """Return whether a report failed, so that the task fails."""
        return bool(self._problems)

    def finish(self, plan: Plan, result: dict[str, t.Any]) -> dict[str, t.Any]:
        """Report the end of a change, which in check mode is only planned. Return C(result).

        Raises ReportFailed with the whole result if the change cannot be reported.
        """
        if plan.action == "none" or self._plan is None:
            return result
        check_mode = self._context.check_mode
        record = self._log_record(plan, None, "planned") if check_mode else self._applied
        if record is not None:
            self._notify_of(record)
        if self._problems:
            title, done = self._context.resource.title, "would be" if check_mode else "was"
            error = ReportFailed(f"The {title} {done} {PAST[plan.action]}.", **result)
            for problem in self._problems:
                error.add(problem)
            raise error
        return result

    def failed(self, error: GenesysError) -> None:
        """Report that the change failed. Problems of the report are added to the error."""
        if self._plan is not None:
            status = "rolled_back" if error.returned.get("rolled_back") is True else "failed"
            record = self._log_record(self._plan, None, status, error)
            if record is not None:
                self._notify_of(record)
            for problem in self._problems:
                error.add(problem)

    def rolled_back(self, plan: Plan, now: RemoteObject | None, error: GenesysError | None) -> list[str]:
        """Report a write of a rollback, which is a change of its own. Return the problems of the report."""
        if self._log is None and self._notify is None:
            return []
        self._organization = self._context.organization
        status = "planned" if self._context.check_mode else "rolled_back" if error is None else "failed"
        record = self._log_record(plan, now, status, error)
        if record is not None:
            self._notify_of(record)
        return self._problems

    def _record(
        self, plan: Plan, now: RemoteObject | None, status: t.Any, error: GenesysError | None = None
    ) -> ChangeRecord:
        context = self._context
        return make_record(
            context.masker,
            plan,
            status=status,
            now=now,
            organization=self._organization,
            actor=self._connection.client_id or "token",
            check_mode=context.check_mode,
            api=context.client.api(),
            error=error,
            secrets=self._secrets,
            entry=context.journal_entry if context.journal.has_file else None,
        )

    def _log_record(
        self, plan: Plan, now: RemoteObject | None, status: t.Any, error: GenesysError | None = None
    ) -> ChangeRecord | None:
        """Append a record to the audit log. Return it, or None if it cannot be made."""
        record = None
        try:
            with unexpected_errors("The report of the change"):
                record = self._record(plan, now, status, error)
                if self._log is not None:
                    self._log.append(record)
        except GenesysError as failure:
            self._problems.append(str(failure))
        return record

    def _notify_of(self, record: ChangeRecord) -> None:
        """Send a record if the task wants a notification of its status."""
        notify = self._notify
        if notify is None or not wants(notify, record["status"], check_mode=record["check_mode"]):
            return
        try:
            with unexpected_errors("The notification"):
                send(notify, record, self._connection)
        except GenesysError as error:
            if notify["on_failure"] == "fail":
                self._problems.append(str(error))
            else:
                self._context.findings.warn("notify", str(error))


def stopped_before_outcome() -> OutcomeUnknown:
    """Return the error of a write whose task was stopped before its outcome was known."""
    message = "The task was stopped before the outcome of the write was known."
    return OutcomeUnknown(message, cause=GenesysError(message))


def rollback_reporter(given: t.Mapping[str, t.Any], connection: Connection, secrets: set[str]) -> Report:
    """Return the function that reports every write of a rollback as the options C(given) say."""

    def report(
        context: Context, plan: Plan, now: RemoteObject | None, error: GenesysError | None
    ) -> list[str]:
        return Reporting(given, connection, context, secrets).rolled_back(plan, now, error)

    return report
