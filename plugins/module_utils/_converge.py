# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A task about one object, from its checked arguments to its result. Knows nothing of AnsibleModule.

Private to the collection.
"""

from __future__ import annotations

import contextlib
import typing as t

from ._engine.lookup import find
from ._errors import InputError, JournalFailed
from ._http.client import Client
from ._journal.entry import beforehand
from ._journal.journal import Journal
from ._object.run import Steps
from ._object.task import Task, check_organization
from ._once import Once


def converge(task: Task, *, check_mode: bool) -> dict[str, t.Any]:
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
    with Client(connection) as client, contextlib.ExitStack() as closing:
        journal = Journal(task.given.get("journal"), task.given.get("journal_password"))
        closing.callback(journal.close)
        steps = Steps(
            task,
            client,
            connection,
            closing,
            given=task.given,
            check_mode=check_mode,
            shared=Once(),
            journal=journal,
        )
        if connection.organization is not None:
            check_organization(steps.context.organization, connection)
        steps.take(find(client, task.resource, desired))
        with steps.reporting.failures():
            steps.announce()
            _warn_beforehand(steps, journal)
            if check_mode:
                steps.context.preflight(steps.plan)
            elif steps.plan.action != "none":
                steps.write()
                steps.settle()
                _conclude(steps)
            steps.examine()
            if not check_mode:
                steps.verify_audit()
        result = steps.reporting.finish(steps.plan, steps.now, {**steps.result(), "api": client.api()})
        if journal.lost:
            raise JournalFailed(" ".join(journal.lost), **result)
        return result


def _warn_beforehand(steps: Steps, journal: Journal) -> None:
    """Says what a rollback from the journal could not bring back, while nothing is written."""
    if journal.has_file:
        resource, names = steps.task.resource, steps.task.secret_names
        told = beforehand(resource, steps.plan, journal.not_restorable(resource, steps.plan, names))
        if told is not None:
            steps.task.findings.warn("journal", told)


def _conclude(steps: Steps) -> None:
    if steps.task.resource.conclude is not None and steps.plan.action != "none":
        for _context, error in steps.task.resource.conclude([(steps.context, steps.plan)]):
            steps.fail_after_write(error)
            raise error
