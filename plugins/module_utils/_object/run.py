# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The object_run of one object's way: current, plan, apply, settle, examine, result.

Private to the collection. One object's task takes them one after the other, a run over many objects step by
step over all of them.
"""

from __future__ import annotations

import contextlib
import typing as t

from .._engine.apply import apply
from .._engine.context import Context
from .._engine.lookup import RunCache, check_organization, find
from .._engine.verify import after_write
from .._errors import GenesysError, InputError, JournalFailed, NotFound
from .._http.client import Client
from .._http.connection import Connection
from .._journal.entry import rollback_limits
from .._journal.journal import Journal
from .._model.plan import Plan, RemoteObject
from .._model.rendering import to_diff, to_record
from .._reporting.org_audit import AuditVerification
from .._reporting.reporter import Reporting
from .._rollback.failed_update import roll_back
from .task import ResourceTask


class ObjectRun:
    """One object, its plan, and what became of it.

    C(given) are the options of the connection and the reports, which may be those of a whole run; C(shared)
    is what the objects of a run ask for once, C(journal) takes down what is written. C(found) is the object
    as read, C(now) as it is, C(plan) what is or was to be done; each None before its step.
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
        )
        self.reporting = Reporting(given, connection, self.context, task.secrets)
        self._connection = connection
        self._audit = AuditVerification(task.given, connection, self.context)
        self.found: RemoteObject | None = None
        self.now: RemoteObject | None = None
        self.plan = Plan("none", None, None)

    def make_plan(self, found: RemoteObject | None) -> None:
        """Plans on the object as it was read. Raises NotFound, InputError for what the result would lack."""
        refuse_wrong_object(self.task, found)
        self.found = self.now = found
        self.plan = self.context.plan(found)

    def prepare_write(self) -> None:
        """Sees to it, while nothing is written yet, that what is planned can be reported and undone."""
        self.reporting.planned(self.plan)
        self._audit.planned(self.plan)
        journal = self.context.journal
        if journal.has_file and self.plan.action != "none" and not self.context.check_mode:
            journal.begin(self.context.organization, self._connection)

    def write(self) -> None:
        """Executes the plan. The plan is then the one that was carried out."""
        self.plan, self.now = apply(self.context, self.found)
        self.context.masker.keep_only(
            self.plan.before, self.plan.after, None if self.now is None else self.now.body
        )

    def after_write(self) -> None:
        """What follows a confirmed write. Where it fails, the error says what is written and left."""
        if self.plan.action != "none":
            try:
                self.now = after_write(self.context, self.plan, self.now)
            except GenesysError as error:
                self.fail_after_write(error)
                raise

    def fail_after_write(self, error: GenesysError) -> None:
        """Undoes the write where the task wants that; the error tells it."""
        error.returned |= {"plan": self.plan.action, "snapshot": self._snapshot()}
        if self.task.resource.definition.rolls_back_on_failure:
            error.returned |= {"changed": True, "rolled_back": False}
            if self.context.desired.rollback_on_failure and self.plan.action == "update" and self.now:
                roll_back(self.context, self.plan, self.now, error)
        self._tell(error)

    def check_current(self) -> None:
        """Looks at the object as the task wants it; check mode only does where nothing would change."""
        if self.task.resource.check_current is None or (
            self.context.check_mode and self.plan.action != "none"
        ):
            return
        try:
            self.task.resource.check_current(self.context, self.plan, self.now)
        except GenesysError as error:
            self._tell(error)
            raise

    def verify_audit(self) -> None:
        """Waits for the audit's record. Without it the task fails, with its result: the change is done."""
        try:
            self._audit.finish(self.plan, self.now)
        except GenesysError as error:
            error.returned = {**self.result(), **error.returned}
            raise

    def result(self) -> dict[str, t.Any]:
        """What the module returns of the object."""
        masker, plan, now = self.context.masker, self.plan, self.now
        self.task.secrets |= masker.secrets_in(plan.before, plan.after, now.body if now else None)
        if plan.action == "delete":
            record = None
        elif plan.action == "none" or (now is not None and now.body is not plan.before):
            record = None if now is None else to_record(masker.mask(now.body))
        else:
            # What check mode does not send.
            predicted = masker.resource.with_server_fields(plan.after or {}, plan.before or {})
            record = to_record(masker.mask(predicted))
        result: dict[str, t.Any] = {
            "changed": plan.action != "none",
            "plan": plan.action,
            "record": record,
            "diff": to_diff(masker, plan),
            **self.task.extra,
        }
        if plan.action != "none":
            result["snapshot"] = self._snapshot()
        return {**result, **self.context.result_fields}

    def _snapshot(self) -> dict[str, t.Any] | None:
        """The object as it was before a change; None where there was none."""
        if self.plan.before is None:
            return None
        before = self.context.masker.mask(self.plan.before)
        self.task.secrets.update(before.secrets)
        return to_record(before)

    def _tell(self, error: GenesysError) -> None:
        """A failure after the write tells that there was one, unless it says better, and what was noted."""
        error.returned = {
            **self.context.result_fields,
            "changed": self.plan.action != "none",
            **error.returned,
        }


def refuse_wrong_object(task: ResourceTask, found: RemoteObject | None) -> None:
    """Raises NotFound where what was read cannot be what the task means."""
    desired, resource = task.desired, task.resource
    if desired.id is None:
        if found is None and not resource.creatable:
            raise NotFound(
                f"There is no {resource.title} named {desired.name!r} in this org, and the API cannot create "
                "one. Names compare exactly: correct the name, or give the id."
            )
    elif found is None and desired.state == "present":
        cure = ", or leave it away to create the object by name" if resource.creatable else ""
        raise NotFound(
            f"There is no {resource.title} with the id {desired.id!r} in this org. "
            f"Correct {'the id' if resource.id_option == 'id' else resource.id_option}{cure}."
        )
    elif found is not None and desired.name not in (None, found.body.get("name")) and not resource.renames:
        raise NotFound(
            f"The {resource.title} with the id {desired.id!r} is named {found.body.get('name')!r}, not "
            f"{desired.name!r}, and the API cannot rename it. Correct the id or the name, or leave one away."
        )


def converge(task: ResourceTask, *, check_mode: bool) -> dict[str, t.Any]:
    """Brings the org to the task's state, or only plans it in check mode; returns the module's result.

    Raises InputError when the task has problems, and every other GenesysError that the way can meet.
    """
    if task.findings.problems:
        raise InputError(task.findings)
    desired = task.desired
    if desired.state == "validated":
        return {"changed": False, "plan": "none", **task.extra}
    connection = task.connection
    if connection is None:
        raise AssertionError("a task without problems knows its connection")
    with Client(connection) as client, contextlib.ExitStack() as exit_stack:
        journal = Journal(task.given.get("journal"), task.given.get("journal_password"))
        exit_stack.callback(journal.close)
        object_run = ObjectRun(
            task,
            client,
            connection,
            exit_stack,
            given=task.given,
            check_mode=check_mode,
            run_cache=RunCache(),
            journal=journal,
        )
        if connection.organization is not None:
            check_organization(object_run.context.organization, connection)
        object_run.make_plan(find(client, task.resource, desired))
        with object_run.reporting.failures():
            object_run.prepare_write()
            _warn_of_rollback_limits(object_run, journal)
            if check_mode:
                object_run.context.preflight(object_run.plan)
            elif object_run.plan.action != "none":
                object_run.write()
                object_run.after_write()
                _conclude(object_run)
            object_run.check_current()
            if not check_mode:
                object_run.verify_audit()
        result = object_run.reporting.finish(
            object_run.plan, object_run.now, {**object_run.result(), "api": client.api()}
        )
        if journal.lost:
            raise JournalFailed(" ".join(journal.lost), **result)
        return result


def _warn_of_rollback_limits(object_run: ObjectRun, journal: Journal) -> None:
    """Says what a rollback from the journal could not bring back, while nothing is written."""
    if journal.has_file:
        resource, plan = object_run.task.resource, object_run.plan
        lost = journal.not_restorable(object_run.context.masker, plan)
        told = rollback_limits(resource, plan, lost)
        if told is not None:
            object_run.task.findings.warn("journal", told)


def _conclude(object_run: ObjectRun) -> None:
    if object_run.task.resource.after_all_writes is not None and object_run.plan.action != "none":
        for _context, error in object_run.task.resource.after_all_writes(
            [(object_run.context, object_run.plan)]
        ):
            object_run.fail_after_write(error)
            raise error
