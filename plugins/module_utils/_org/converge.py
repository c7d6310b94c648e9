# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A task about a whole org, from its checked arguments to its result.

Private to the collection. Knows nothing of AnsibleModule.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import typing as t

from .._client import Client
from .._errors import InputError
from .._read import read_organization
from .._task import check_organization
from .arguments import OrgTask
from .planning import check_all, plan_all
from .result import failure, org_result
from .run import Item, Run
from .writing import report_planned, skip_all, write_all


def converge_org(task: OrgTask, *, check_mode: bool, diff_mode: bool) -> dict[str, t.Any]:
    """Brings the org to the task's state, or only plans it in check mode; returns the module's result.

    Raises InputError when the task has problems, OrgFailed with the whole result where objects failed, and
    every GenesysError that keeps all objects from being read.
    """
    if task.findings.problems:
        raise InputError(task.findings)
    if task.given["state"] == "validated":
        return {"changed": False, "objects": [], "totals": {}}
    connection = task.connection
    if connection is None:
        raise AssertionError("a task without problems knows its connection")
    with (
        Client(connection) as client,
        concurrent.futures.ThreadPoolExecutor(task.given["concurrency"]) as pool,
        contextlib.ExitStack() as closing,
    ):
        run = Run(task, connection, client, pool, closing, check_mode)
        items = _planned(run)
        try:
            _change(run, items)
        finally:
            for item in items:
                task.findings.take(item.path or item.label, item.steps.context.findings)
        result = {**org_result(run, items, diff_mode=diff_mode), "api": client.api()}
        if any(item.error is not None for item in items):
            failed = failure(items)
            failed.returned = result
            raise failed
        return result


def _planned(run: Run) -> list[Item]:
    """The plans, made while the org tells who it is; that it is the wrong one counts before all else."""
    wanted = run.connection.organization is not None
    asked = run.pool.submit(read_organization, run.client, run.shared) if wanted else None
    try:
        return plan_all(run)
    finally:
        if asked is not None:
            check_organization(asked.result(), run.connection)


def _change(run: Run, items: list[Item]) -> None:
    check_all(run, items)
    if run.check_mode:
        report_planned(run, items)
    elif run.stopped:
        skip_all(items)
    else:
        write_all(run, items)
