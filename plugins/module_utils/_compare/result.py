# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The result of a comparison, and its failure if anything could not be compared (X.2).

Private to the collection. Objects have the form of those of genesys_org_config, which the drift reports read.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._errors import GenesysError
from .._findings import counted
from .._model.plan import Plan
from .._model.rendering import BodyMasker, to_diff
from .._model.yaml_diff import shown_diff
from .._unexpected_errors import UnexpectedError
from .pairs import Compared
from .task import DiffTask

#: The name under which a result counts the objects of each plan.
COUNTED_AS = {"create": "only_there", "update": "different", "delete": "only_here", "none": "equal"}
_SHOWN = 20


class NotComplete(GenesysError):
    """A comparison in which not everything could be read or compared. The result has all that was."""


@dataclasses.dataclass
class Outcome:
    """Findings of a comparison. C(unread) are messages about kinds, each with its error in C(errors)."""

    compared: list[Compared] = dataclasses.field(default_factory=list)
    notes: list[str] = dataclasses.field(default_factory=list)
    unread: list[str] = dataclasses.field(default_factory=list)
    errors: list[GenesysError] = dataclasses.field(default_factory=list)
    secrets: set[str] = dataclasses.field(default_factory=set)


def diff_result(
    task: DiffTask, outcome: Outcome, more: dict[str, t.Any], *, diff_mode: bool
) -> dict[str, t.Any]:
    """Return the module's result. Raise NotComplete with it if anything was not compared."""
    task.secrets |= outcome.secrets
    objects, shown = [], []
    for one in outcome.compared:
        diff = _diff(task, one)
        objects.append(_show(one, diff))
        if diff is not None:
            shown.append(shown_diff(one.resource, diff, one.plan.action))
    return finished(task, outcome, objects, shown if diff_mode else None, more)


def finished(
    task: DiffTask,
    outcome: Outcome,
    objects: list[dict[str, t.Any]],
    shown: list[dict[str, t.Any]] | None,
    more: dict[str, t.Any],
) -> dict[str, t.Any]:
    """Return the module's result from its objects, and warn of its notes.

    Raise NotComplete with the result if anything was not compared.
    """
    for note in outcome.notes:
        task.findings.warn("", note)
    totals = dict.fromkeys((*COUNTED_AS.values(), "failed"), 0)
    for entry in objects:
        totals["failed" if entry["error"] is not None else COUNTED_AS[entry["plan"]]] += 1
    failed = [entry for entry in objects if entry["error"] is not None]
    result = {
        "changed": False,
        "equal": totals["equal"] == len(objects) and not outcome.unread,
        "complete": not (failed or outcome.unread),
        "objects": objects,
        "totals": totals,
        "notes": outcome.notes,
        "unread": outcome.unread,
        **more,
    }
    if shown is not None:
        result["diff"] = shown
    if failed or outcome.unread:
        raise _failure(outcome, failed, result)
    return result


def _failure(outcome: Outcome, failed: list[dict[str, t.Any]], result: dict[str, t.Any]) -> NotComplete:
    texts = [*outcome.unread, *dict.fromkeys(str(entry["error"]) for entry in failed)]
    lines = [f"- {text}" for text in texts[:_SHOWN]]
    if len(texts) > _SHOWN:
        lines.append(f"- and {len(texts) - _SHOWN} more, in the result's objects")
    first = (
        f"The comparison is not complete: {counted(len(outcome.unread), 'kind')} and {counted(len(failed))} "
        "could not be compared."
    )
    tracebacks = [one.returned["exception"] for one in outcome.errors if isinstance(one, UnexpectedError)]
    return NotComplete("\n".join([first, *lines]), **result, exception=next(iter(tracebacks), None))


def _diff(task: DiffTask, one: Compared) -> dict[str, t.Any] | None:
    """Return the diff of an object that differs, None if there is none. Store its secrets in the task."""
    masker = BodyMasker(one.resource, task.secret_names)
    plan: Plan = one.plan
    task.secrets |= masker.secrets_in(plan.before, plan.after if plan.action != "none" else None)
    return None if plan.action == "none" else to_diff(masker, plan)


def _show(one: Compared, diff: dict[str, t.Any] | None) -> dict[str, t.Any]:
    return {
        "kind": one.resource.kind,
        "name": one.name,
        "id": one.id,
        "other_id": one.other_id,
        "path": None,
        "plan": one.plan.action,
        "diff": diff,
        "error": None if one.error is None else str(one.error),
    }
