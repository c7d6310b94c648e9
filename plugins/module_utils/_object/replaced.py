# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Removal of the objects that earlier runs have replaced, after the task for the declared object (P.13).

Private to the collection.
"""

from __future__ import annotations

import typing as t

from .._engine.lookup import by_id
from .._engine.replacement import find_retired, kept_sentence
from .._engine.verify import wait_for_list
from .._model.json_objects import Body
from .run import ObjectRun
from .task import ResourceTask, removal_task


def remove_replaced(
    object_run: ObjectRun, make_run: t.Callable[[ResourceTask], ObjectRun]
) -> list[dict[str, t.Any]]:
    """Remove the objects that the declared one has replaced. Return them as C([{id, name}]).

    Keep an object with a warning as long as the kind's rule demands it, and one that this run has replaced.
    In check mode remove none. C(make_run) returns the run of another object.
    """
    context, removed = object_run.context, []
    replacement = context.resource.replacement
    for body in find_retired(context):
        just_replaced = context.result_fields.get("replacement", {}).get("old_id")
        if replacement is None or body["id"] == just_replaced:
            continue
        reason = replacement.keeps(context.client, context.run_cache, body)
        if reason:
            context.findings.warn("", kept_sentence(context.resource, body, reason))
        elif _remove(object_run, make_run, body):
            removed.append({"id": body["id"], "name": body["name"]})
    return removed


def _remove(object_run: ObjectRun, make_run: t.Callable[[ResourceTask], ObjectRun], body: Body) -> bool:
    """Remove one object, in check mode only plan it. Return whether it exists and is still a replaced one."""
    resource = object_run.task.resource
    removal = make_run(removal_task(resource, body, object_run.task.secrets))
    current = by_id(object_run.context.client, resource, body["id"])
    if current is None or current.body.get("name") != body["name"]:
        return False
    with removal.reporting.failures(), removal.unexpected_errors():
        removal.make_plan(current)
        removal.prepare_write()
        if removal.context.check_mode:
            removal.context.preflight(removal.plan)
        else:
            removal.write()
            removal.after_write()
            wait_for_list(removal.context, removal.plan, removal.now)
    removal.reporting.finish(removal.plan, {"changed": True})
    for warning in removal.context.findings.warnings:
        object_run.context.findings.warn(*warning)
    return True
