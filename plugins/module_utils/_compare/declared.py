# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The comparison of an org with declared entries, by the plans of genesys_org_config (X.2).

Private to the collection. Objects that no entry declares are in the org only.
"""

from __future__ import annotations

import contextlib
import typing as t

from .._engine.lookup import check_organization, read_organization
from .._findings import counted
from .._http.client import Client
from .._http.connection import Connection
from .._model.json_objects import Body
from .._model.resource import Resource, ResourceKind
from .._org.plan import plan_declared, plan_removals, read_all
from .._org.result import org_result
from .._org.run import Item, Run
from .._org.undeclared import undeclared
from .._worker_pool import worker_pool
from .result import Outcome, finished
from .task import DiffTask

_KEPT = ("kind", "name", "id", "path", "plan", "diff", "error", "not_compared")


def compare_with_declared(task: DiffTask, connection: Connection, *, diff_mode: bool) -> dict[str, t.Any]:
    """Compare the org with the declared entries. Return the module's result."""
    declared = task.declared
    if declared is None:
        raise AssertionError("a comparison without another org has declared entries")
    with (
        Client(connection) as client,
        contextlib.ExitStack() as exit_stack,
        worker_pool(task.given["concurrency"]) as pool,
    ):
        run = Run(declared, connection, client, pool, exit_stack, check_mode=True)
        organization = read_organization(client, run.run_cache)
        if connection.organization is not None:
            check_organization(organization, connection, "Nothing was compared")
        items, notes = _plan(run, task.kinds)
        for item in items:
            declared.findings.take(item.path or item.label, item.object_run.context.findings)
        planned = org_result(run, items, diff_mode=diff_mode)
        objects = [
            {**{key: entry[key] for key in _KEPT if key in entry}, "other_id": None}
            for entry in planned["objects"]
        ]
        outcome = Outcome(
            notes=[*task.left_out, *notes],
            errors=[item.error for item in items if item.error is not None],
        )
        more = {"org": organization, "other_org": None, "other_api": None, "api": client.api()}
        return finished(task, outcome, objects, planned.get("diff"), more)


def _plan(run: Run, kinds: list[ResourceKind]) -> tuple[list[Item], list[str]]:
    """Plan the declared objects, and the removal of all others. Return the items and the notes."""
    for kind in kinds:
        desired = [entry.task.desired for entry in run.task.of(kind)]
        run.run_cache.declared[kind.name] = [one for one in desired if one.state != "absent"]
    readings = read_all(run, kinds)
    items: list[Item] = []
    notes: list[str] = []
    for kind in kinds:
        resource, reading = run.task.resource(kind), readings[kind]
        declared = plan_declared(run, kind, reading)
        items += declared
        if reading.objects is not None:
            others = undeclared(resource, reading.objects, declared)
            managed = [one for one in others if _is_managed(run, resource, one.body)]
            items += plan_removals(run, kind, managed)
            unmanaged = sum(not resource.manages(one.body) for one in reading.objects)
            unmanaged += len(others) - len(managed)
            if unmanaged:
                reason = "because the collection only reads them"
                notes.append(f"{kind.list_option}: {unmanaged} not compared, {reason}")
        elif kind.only_id is None:
            notes.append(f"{kind.list_option}: undeclared ones not compared, because no list shows them")
        notes += _unseen(kind, declared)
    for item in items:
        with run.errors_of(item):
            run.hide_secrets(item)
    return items, notes


def _is_managed(run: Run, resource: Resource, body: Body) -> bool:
    """Return whether the collection manages an object, which another object may show."""
    return resource.may_prune is None or resource.may_prune(run.client, run.run_cache, body)


def _unseen(kind: ResourceKind, declared: list[Item]) -> t.Iterator[str]:
    """Yield the declared options that no read shows and that the plan leaves as they are."""
    fields = {field for item in declared for field in item.resource.fields if field.write_only}
    for field in fields:
        number = sum(
            item.object_run.task.given.get(field.option) is not None and item.action == "none"
            for item in declared
        )
        if number:
            reason = f"because no read shows it ({counted(number)})"
            yield f"{kind.list_option}: {field.option} not compared, {reason}"
