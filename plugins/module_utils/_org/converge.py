# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The run of a task for a whole org, from its checked arguments to its result.

Private to the collection.
"""

from __future__ import annotations

import contextlib
import typing as t

from .._engine.lookup import check_organization, read_organization
from .._engine.read_cache import open_read_cache
from .._engine.run_cache import RunCache
from .._errors import GenesysError, InputError, JournalFailed
from .._http.client import Client
from .._http.connection import Connection
from .._journal.journal import Journal
from .._rollback.outcome import RollbackOutcome
from .._rollback.rollback import opened_journal, roll_back_journal
from .._unexpected_errors import unexpected_errors
from .._worker_pool import worker_pool
from .apply import (
    refuse_unrestorable,
    report_planned,
    roll_back_run,
    skip_all,
    warn_of_rollback_limits,
    write_all,
)
from .plan import check_all, plan_all
from .result import drop_diffs, failure, org_result, rollback_failure, rollback_lines, rollback_result
from .run import Item, Reading, Run
from .task import OrgTask


def converge_org(
    task: OrgTask, *, check_mode: bool, diff_mode: bool, reading: Reading | None = None
) -> dict[str, t.Any]:
    """Bring the org to the task's state, in check mode only plan it. Return the module's result.

    Kinds of the C(reading), which an earlier step of the same task has made, are not read again.
    Raises InputError if the task has problems, OrgFailed with the whole result if objects failed, and any
    GenesysError that prevents reading or planning all objects.
    """
    if task.findings.problems:
        raise InputError(task.findings)
    if task.given["state"] == "validated":
        return {"changed": False, "objects": [], "totals": {}}
    connection = task.connection
    if connection is None:
        raise AssertionError("a task without problems has a connection")
    if task.given["state"] == "rolled_back":
        return _roll_back(task, connection, check_mode=check_mode, diff_mode=diff_mode)
    with (
        Client(connection) as client,
        contextlib.ExitStack() as exit_stack,
        worker_pool(task.given["concurrency"]) as pool,
    ):
        journal = exit_stack.enter_context(Journal.of_task(task.given, connection))
        run = Run(task, connection, client, pool, exit_stack, check_mode, journal=journal)
        if reading is not None:
            run.known, run.began_at = reading
        open_read_cache(
            task.given, connection.client_secret, client, run.run_cache, task.findings, check_mode=check_mode
        )
        items = _plan(run)
        refuse_unrestorable(run, items)
        outcomes = _change(run, items)
        for item in items:
            task.findings.take(item.path or item.label, item.object_run.context.findings)
        result = {**org_result(run, items, diff_mode=diff_mode), "api": client.api()}
        if run.error is not None or any(item.error is not None for item in items):
            if not (diff_mode or check_mode):
                drop_diffs(result)
            raise failure(run, items, outcomes, result)
        if journal.lost:
            raise JournalFailed(" ".join(journal.lost), **result)
        return result


def _plan(run: Run) -> list[Item]:
    """Plan all objects, and read the organization meanwhile if the task names the expected one.

    Raises WrongOrganization in preference to any error of the plans.
    """
    must_check = run.connection.organization is not None
    organization = run.pool.submit(read_organization, run.client, run.run_cache) if must_check else None
    try:
        items = plan_all(run)
    except GenesysError:
        if organization is not None:
            check_organization(organization.result(), run.connection)
        raise
    if organization is not None:
        check_organization(organization.result(), run.connection)
    return items


def _change(run: Run, items: list[Item]) -> list[RollbackOutcome] | None:
    """Write the planned changes. Return the outcomes of a rollback, or None if there was none."""
    with _errors_of_run(run):
        check_all(run, items)
        warn_of_rollback_limits(run, items)
        if run.check_mode:
            report_planned(run, items)
            return None
        if run.stopped:
            skip_all(items)
            return None
        write_all(run, items)
    if run.error is not None:
        skip_all([item for item in items if item.status == "unchanged"])
    if run.stopped and run.task.given["on_error"] == "rollback":
        with _errors_of_run(run):
            return roll_back_run(run, items)
    return None


@contextlib.contextmanager
def _errors_of_run(run: Run) -> t.Iterator[None]:
    """Store an error of a step for all objects. The run ends with a result nevertheless."""
    try:
        with unexpected_errors("The run"):
            yield
    except GenesysError as error:
        run.stopped = True
        if run.error is None:
            run.error = error
        else:
            run.error.add(str(error))


def _roll_back(
    task: OrgTask, connection: Connection, *, check_mode: bool, diff_mode: bool
) -> dict[str, t.Any]:
    """Roll back the writes in the journal. Return the module's result."""
    with (
        opened_journal(task.given, task.findings, task.profile, check_mode=check_mode) as recorded,
        Client(connection) as client,
    ):
        organization = read_organization(client, RunCache())
        if connection.organization is not None:
            check_organization(organization, connection)
        outcomes = roll_back_journal(
            client,
            connection,
            task.given,
            recorded,
            organization,
            task.findings,
            check_mode=check_mode,
            secrets=task.secrets,
        )
        for line in rollback_lines([one for one in outcomes if one.error is None]):
            task.findings.warn("journal", line.removeprefix("- "))
        result = {
            **rollback_result(outcomes, check_mode=check_mode, diff_mode=diff_mode),
            "api": client.api(),
        }
        if any(one.error is not None for one in outcomes):
            failed = rollback_failure(outcomes)
            failed.returned = result
            raise failed
        return result
