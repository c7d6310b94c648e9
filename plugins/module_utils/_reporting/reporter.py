# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a resource module reports of a change beside its result: the audit log, notifications, the journal.

Private to the collection. S2.9, S2.10, S4.8. Every kind and every outcome comes through here.
"""

from __future__ import annotations

import contextlib
import typing as t

from .._engine.context import Context
from .._errors import GenesysError, OutcomeUnknown, ReportFailed
from .._model.plan import PAST, Plan, RemoteObject
from .audit_log import AuditLog
from .change_record import ChangeRecord, make_record
from .notification import send, wants

if t.TYPE_CHECKING:
    from .._engine.context import Context
    from .._http.connection import Connection
    from .._model.plan import RemoteObject


#: Told of every undo that was sent, failed, or is planned in check mode; returns what of the telling failed.
Report = t.Callable[[Context, Plan, "RemoteObject | None", "GenesysError | None"], list[str]]


class Reporting:
    """One task's reports. Without the options nothing here does anything, nor without a change."""

    def __init__(
        self, given: t.Mapping[str, t.Any], connection: Connection, context: Context, secrets: set[str]
    ) -> None:
        self._log = AuditLog(given["audit_log"]) if given.get("audit_log") else None
        self._notify = given.get("notify")
        self._connection = connection
        self._context = context
        self._secrets = secrets
        self._plan: Plan | None = None
        self._organization: dict[str, t.Any] = {}

    def planned(self, plan: Plan) -> None:
        """Takes note of what is going to be done. Raises while nothing is written yet, where it can be seen
        that it could not be reported: ReportFailed, or that the API does not tell whose org it is."""
        if plan.action == "none" or (self._log is None and self._notify is None):
            return
        if self._log is not None:
            self._log.check()
        self._organization = self._context.organization
        self._plan = plan

    @contextlib.contextmanager
    def failures(self) -> t.Iterator[None]:
        """Reports a change that fails; the failure says what of that failed as well."""
        try:
            yield
        except GenesysError as error:
            self.failed(error)
            raise
        except Exception as error:  # a defect of ours must not hide that something may have been written
            broken = GenesysError(f"The task broke off with {type(error).__name__}.")
            self.failed(OutcomeUnknown(str(broken), cause=broken))
            raise

    def finish(self, plan: Plan, now: RemoteObject | None, result: dict[str, t.Any]) -> dict[str, t.Any]:
        """Reports what was done, or planned in check mode; returns the result.

        Raises ReportFailed with the whole result where that is not possible.
        """
        if plan.action == "none" or self._plan is None:
            return result
        check_mode = self._context.check_mode
        problems = self._deliver(
            self._record(plan, None if check_mode else now, "planned" if check_mode else "applied")
        )
        if problems:
            title, done = self._context.resource.title, "would be" if check_mode else "was"
            error = ReportFailed(f"The {title} {done} {PAST[plan.action]}.", **result)
            for problem in problems:
                error.add(problem)
            raise error
        return result

    def failed(self, error: GenesysError) -> None:
        """Reports that the change failed; the error gets what of that failed as well."""
        if self._plan is not None:
            status = "rolled_back" if error.returned.get("rolled_back") is True else "failed"
            for problem in self._deliver(self._record(self._plan, None, status, error)):
                error.add(problem)

    def rolled_back(self, plan: Plan, now: RemoteObject | None, error: GenesysError | None) -> list[str]:
        """Reports an undo of an earlier change, which is a change of its own; returns what of that failed."""
        if self._log is None and self._notify is None:
            return []
        self._organization = self._context.organization
        status = "planned" if self._context.check_mode else "rolled_back" if error is None else "failed"
        return self._deliver(self._record(plan, now, status, error))

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
        )

    def _deliver(self, record: ChangeRecord) -> list[str]:
        """Writes and sends a record; returns what fails the task."""
        problems = []
        if self._log is not None:
            try:
                self._log.append(record)
            except ReportFailed as error:
                problems.append(str(error))
        notify = self._notify
        if notify is not None and wants(notify, record["status"], check_mode=record["check_mode"]):
            try:
                send(notify, record, self._connection)
            except GenesysError as error:
                if notify["on_failure"] == "fail":
                    problems.append(str(error))
                else:
                    self._context.findings.warn("notify", str(error))
        return problems


def rollback_reporter(given: t.Mapping[str, t.Any], connection: Connection, secrets: set[str]) -> Report:
    """Reports every undo of a run as the options C(given) want it."""

    def report(
        context: Context, plan: Plan, now: RemoteObject | None, error: GenesysError | None
    ) -> list[str]:
        return Reporting(given, connection, context, secrets).rolled_back(plan, now, error)

    return report
