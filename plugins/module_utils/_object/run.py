# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Steps of one object's task: read, plan, check, write, read back, report.

Private to the collection. C(converge) takes all steps for one object. A run over a whole org takes each step
for all objects before it takes the next one.
"""

from __future__ import annotations

import contextlib
import typing as t

from .._engine.context import Context
from .._engine.duplicates import settle_duplicates
from .._engine.replacement import find_interim, refuse_replaced, write_object
from .._engine.run_cache import RunCache
from .._engine.verify import after_write
from .._errors import GenesysError
from .._http.client import Client
from .._http.connection import Connection
from .._journal.journal import Journal
from .._model.plan import Plan, RemoteObject
from .._model.rendering import to_diff, to_record
from .._model.yaml_diff import shown_diff
from .._reporting.audit_verification import AuditVerification
from .._reporting.reporter import Reporting
from .._rollback.failed_update import roll_back
from .._unexpected_errors import UnexpectedError, unexpected_errors
from .task import ResourceTask


class ObjectRun:
    """One object with its plan and its state.

    C(given) are the checked options of connection and reports, those of the whole run if there are several
    objects. The objects of a run share C(run_cache) and C(journal). C(initial) is the object as first read,
    C(now) its latest known state. Each is None if the object does not exist or was not read yet. C(plan) is
    the action to take, and after the write the action that was taken.
    """

    def __init__(
        self,
        task: ResourceTask,
        client: Client,
        connection: Connection,
        exit_stack: contextlib.ExitStack,
        *,
        given: t.Mapping[str, t.Any],
        check_mode: bool,
        run_cache: RunCache,
        journal: Journal,
    ) -> None:
        self.task = task
        self.context = Context(
            client=client,
            resource=task.resource,
            desired=task.desired,
            declared=task.declared,
            check_mode=check_mode,
            findings=task.findings,
            secret_names=task.secret_names,
            exit_stack=exit_stack,
            run_cache=run_cache,
            journal=journal,
            given={**given, "client_secret": connection.client_secret},
        )
        self.reporting = Reporting(given, connection, self.context, task.secrets)
        self._connection = connection
        self._audit = AuditVerification(task.given, connection, self.context)
        self.initial: RemoteObject | None = None
        self.now: RemoteObject | None = None
        self.plan = Plan("none", None, None)

    def make_plan(self, initial: RemoteObject | None) -> None:
        """Plan from the object as it was read.

        Raises NotFound if the task means another object, InputError if the result would lack a field.
        """
        if initial is None:
            initial = find_interim(self.context)
        self.task.refuse_wrong_object(initial)
        refuse_replaced(self.context, initial)
        self.initial = self.now = initial
        self.plan = self.context.plan(initial)

    def prepare_write(self) -> None:
        """Prepare reports, audit verification and journal before the first write.

        Raises GenesysError if the change could not be reported, verified in the audit or written to the
        journal.
        """
        self.reporting.planned(self.plan)
        self._audit.planned(self.plan)
        journal = self.context.journal
        if journal.has_file and self.plan.action != "none":
            if self.context.check_mode:
                journal.check()
            else:
                journal.begin(self.context.organization, self._connection)

    def write(self) -> None:
        """Apply the plan and keep the one that was applied, which a conflict may have changed.

        The change is in the audit log when this returns. If the task is stopped during the write, the log
        gets a line too.
        """
        with self.reporting.stop_logged(self.context):
            with self.unexpected_errors():
                self.plan, self.now = write_object(self.context, self.initial)
            self.reporting.applied(self.plan, self.now)
        self.context.masker.keep_only(
            self.plan.before, self.plan.after, None if self.now is None else self.now.body
        )

    def after_write(self) -> None:
        """Take the kind's steps after a confirmed write, such as reading back. An error has the snapshot."""
        if self.plan.action != "none":
            try:
                with self.unexpected_errors():
                    self.now = after_write(self.context, self.plan, self.now)
                    self._remember()
            except GenesysError as error:
                self.fail_after_write(error)
                raise

    def _remember(self) -> None:
        """Store the digests of the object in the read cache, if it was read back."""
        cache, resource = self.context.run_cache.read_cache, self.task.resource
        was_read = self.now is not None and getattr(self.context.desired, "verify", False)
        if cache is not None and resource.endpoint.is_cacheable and was_read and self.now is not None:
            cache.remember(resource, self.now.body)

    def fail_after_write(self, error: GenesysError) -> None:
        """Roll back an update if the task sets C(rollback_on_failure), and add the outcome to the error."""
        try:
            with self.unexpected_errors():
                self._add_failure_after_write(error)
        except UnexpectedError as second:
            error.add(str(second))
            error.returned.setdefault("changed", True)

    def _add_failure_after_write(self, error: GenesysError) -> None:
        error.returned |= {"plan": self.plan.action, "snapshot": self._snapshot()}
        if self.task.resource.definition.rolls_back_on_failure:
            error.returned |= {"changed": True, "rolled_back": False}
            if self.context.desired.rollback_on_failure and self.plan.action == "update" and self.now:
                roll_back(self.context, self.plan, self.now, error, self.reporting)
        self._add_result_fields(error)

    def settle_duplicates(self, ids: set[str]) -> None:
        """Remove or report a second object of the created one's name. C(ids) are those of the others.

        The audit log gets the creation and the removal if the created object is removed again.
        """
        if not ids or self.now is None:
            return
        created, own = self.plan, self.now
        try:
            with self.reporting.stop_logged(self.context), self.unexpected_errors():
                self.plan, self.now = settle_duplicates(self.context, created, own, ids)
        except GenesysError as error:
            self.fail_after_write(error)
            raise
        if self.plan is not created:
            self.reporting.finish(created, {})
            self.reporting.rolled_back(Plan("delete", before=own.body, after=None), None, None)
            self.reporting.applied(self.plan, self.now)

    def check_current(self) -> None:
        """Take the kind's check of the current object, in check mode only if nothing would change."""
        if self.task.resource.check_current is None or (
            self.context.check_mode and self.plan.action != "none"
        ):
            return
        try:
            with self.unexpected_errors():
                self.task.resource.check_current(self.context, self.plan, self.now)
        except GenesysError as error:
            self._add_result_fields(error)
            raise

    def verify_audit(self) -> None:
        """Wait for the change's audit record. An error has the task's result, because the change is done."""
        try:
            with self.unexpected_errors():
                self._audit.finish(self.plan, self.now)
        except GenesysError as error:
            error.returned = {**self.result(), **error.returned}
            raise

    def result(self) -> dict[str, t.Any]:
        """Return the object's part of the module's result."""
        masker, plan, now = self.context.masker, self.plan, self.now
        self.task.secrets |= masker.secrets_in(plan.before, plan.after, now.body if now else None)
        if plan.action == "delete":
            record = None
        elif plan.action == "none" or (now is not None and now.body is not plan.before):
            record = None if now is None else to_record(masker.mask(now.body))
        else:
            # Check mode has not sent the change, so the record is the planned object.
            known = plan.before or dict.fromkeys(masker.resource.server_owned)  # null before a creation
            predicted = masker.resource.with_server_fields(plan.after or {}, known)
            record = to_record(masker.mask(predicted))
        result: dict[str, t.Any] = {
            "changed": plan.action != "none",
            "plan": plan.action,
            "record": record,
            "diff": shown_diff(masker.resource, to_diff(masker, plan), plan.action),
            **self.task.extra,
        }
        if plan.action != "none":
            result["snapshot"] = self._snapshot()
        return {**result, **self.context.result_fields}

    @property
    def label(self) -> str:
        """Return the object's name for messages, such as C(webhook 'Orders')."""
        plan, desired = self.plan, self.task.desired
        name = desired.name or {**(plan.before or {}), **(plan.after or {})}.get("name")
        identifier = desired.id if self.initial is None else self.initial.body.get("id")
        return f"{self.task.resource.title} {f'with the id {identifier!r}' if name is None else repr(name)}"

    @contextlib.contextmanager
    def unexpected_errors(self) -> t.Iterator[None]:
        """Raise UnexpectedError in the place of exceptions that are no GenesysError.

        The error has the result field C(changed), unless it is unknown whether the object was written. The
        journal gets the outcome C(unknown) for a write that has none.
        """
        try:
            with unexpected_errors(f"The {self.label}"):
                yield
        except UnexpectedError as error:
            if not error.has_outcome:
                error.has_outcome = True
                self._add_outcome(error)
            raise

    def _add_outcome(self, error: UnexpectedError) -> None:
        entry = self.context.journal_entry
        if not self._may_have_written():
            error.returned["changed"] = False
            error.add("Nothing was written.")
        elif entry is not None and entry.outcome == "applied":
            error.returned["changed"] = True
            error.add("The change was written.")
        elif entry is not None:
            if entry.outcome is None:
                self.context.journal.record_unknown(entry)
            error.add("It is not known whether the change was written.")

    def _may_have_written(self) -> bool:
        """Return whether a write was sent and not refused."""
        entry = self.context.journal_entry
        return entry is not None and entry.outcome != "refused"

    def _snapshot(self) -> dict[str, t.Any] | None:
        """Return the object before the change as a record, or None if it did not exist."""
        if self.plan.before is None:
            return None
        before = self.context.masker.mask(self.plan.before)
        self.task.secrets.update(before.secrets)
        return to_record(before)

    def _add_result_fields(self, error: GenesysError) -> None:
        """Add C(changed) and the kind's result fields to an error after the write, unless it has them."""
        error.returned = {
            **self.context.result_fields,
            "changed": self.plan.action != "none",
            **error.returned,
        }
