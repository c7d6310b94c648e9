# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The task for one object, from its checked arguments to its result: read, plan, check, write, report.

Private to the collection.
"""

from __future__ import annotations

import contextlib
import typing as t

from .._engine.identity import identify
from .._engine.lookup import by_id, check_organization, find
from .._engine.read_cache import open_read_cache, whole_object
from .._engine.run_cache import RunCache
from .._engine.verify import wait_for_list
from .._errors import GenesysError, InputError, JournalFailed
from .._http.client import Client
from .._journal.journal import Journal
from .._rollback.restore import rollback_limits
from .replaced import remove_replaced
from .run import ObjectRun
from .task import ResourceTask


def converge(task: ResourceTask, *, check_mode: bool) -> dict[str, t.Any]:
    """Bring one object to its desired state, in check mode only plan it. Return the module's result.

    Raises InputError if the task has problems, and any other GenesysError if a step fails.
    """
    if task.findings.problems:
        raise InputError(task.findings)
    desired = task.desired
    if desired.state == "validated":
        return {"changed": False, "plan": "none", **task.extra}
    connection = task.connection
    if connection is None:
        raise AssertionError("a task without problems has a connection")
    with Client(connection) as client, contextlib.ExitStack() as exit_stack:
        journal = exit_stack.enter_context(Journal.of_task(task.given, connection))
        run_cache = RunCache()
        open_read_cache(
            task.given, connection.client_secret, client, run_cache, task.findings, check_mode=check_mode
        )

        def make_run(task_of_object: ResourceTask) -> ObjectRun:
            return ObjectRun(
                task_of_object,
                client,
                connection,
                exit_stack,
                given=task.given,
                check_mode=check_mode,
                run_cache=run_cache,
                journal=journal,
            )

        object_run = make_run(task)
        if connection.organization is not None:
            check_organization(object_run.context.organization, connection)
        with object_run.unexpected_errors():
            identify(client, task.resource, desired, run_cache)
            object_run.make_plan(
                find(
                    client,
                    task.resource,
                    desired,
                    lambda listed: whole_object(
                        client, task.resource, listed, run_cache, desired, task.declared
                    ),
                )
            )
            _reread_if_unchanged(object_run)
        with object_run.reporting.failures(), object_run.unexpected_errors():
            object_run.prepare_write()
            _warn_of_rollback_limits(object_run, journal)
            if check_mode:
                object_run.context.preflight(object_run.plan)
            elif object_run.plan.action != "none":
                object_run.write()
                object_run.after_write()
                _after_all_writes(object_run)
                object_run.settle_duplicates(
                    wait_for_list(object_run.context, object_run.plan, object_run.now)
                )
            object_run.check_current()
            if not check_mode:
                object_run.verify_audit()
            result = {**object_run.result(), "api": client.api()}
        result = object_run.reporting.finish(object_run.plan, result)
        try:
            removed = remove_replaced(object_run, make_run)
        except GenesysError as error:
            error.returned = {**result, **error.returned, "changed": result["changed"]}
            raise
        if removed:
            result |= {"changed": True, "removed_replaced": removed, "api": client.api()}
        if journal.lost:
            raise JournalFailed(" ".join(journal.lost), **result)
        return result


def _reread_if_unchanged(object_run: ObjectRun) -> None:
    """Read an object by its id if a list alone says that it needs no change, and plan again.

    A list may show an object that was removed, or an outdated one, for as long as C(list_lag).
    """
    task, current = object_run.task, object_run.initial
    if task.resource.endpoint.completes_by_id:
        return
    if object_run.plan.action == "none" and current is not None and task.desired.id is None:
        object_run.make_plan(by_id(object_run.context.client, task.resource, current.body["id"]))


def _warn_of_rollback_limits(object_run: ObjectRun, journal: Journal) -> None:
    """Warn before the write of everything that a rollback from the journal could not restore."""
    if journal.has_file:
        resource, plan = object_run.task.resource, object_run.plan
        lost = journal.not_restorable(object_run.context.masker, plan)
        limits = rollback_limits(resource, plan, lost)
        if limits is not None:
            object_run.task.findings.warn("journal", limits)


def _after_all_writes(object_run: ObjectRun) -> None:
    """Take the step that a kind takes once after all writes, here after the only one."""
    if object_run.task.resource.after_all_writes is not None and object_run.plan.action != "none":
        for _context, error in object_run.task.resource.after_all_writes(
            [(object_run.context, object_run.plan)]
        ):
            object_run.fail_after_write(error)
            raise error
