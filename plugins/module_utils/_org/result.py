# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a run over a whole org returns.

Private to the collection.
"""

from __future__ import annotations

import typing as t

from .._errors import GenesysError
from .._model.plan import COUNTED_AS
from .._model.rendering import to_diff
from .._rollback.outcome import RollbackOutcome
from .run import Item, Run

_SHOWN = 20


class OrgFailed(GenesysError):
    """Objects of a run failed; what is returned says of each object what became of it."""


def org_result(run: Run, items: list[Item], *, diff_mode: bool) -> dict[str, t.Any]:
    """The module's result. C(diff) is there for Ansible's own display, where it is wanted."""
    changed = any(item.changed for item in items)
    return _result([_show_item(run, item) for item in items], changed=changed, diff_mode=diff_mode)


def drop_diffs(result: dict[str, t.Any]) -> None:
    """Leaves the diffs to what failed: Ansible prints the whole result of a task that fails, on one line."""
    for entry in result["objects"]:
        if entry["error"] is None:
            entry["diff"] = None


def rollback_result(undone: list[RollbackOutcome], *, check_mode: bool, diff_mode: bool) -> dict[str, t.Any]:
    """The module's result where it only undoes what an earlier run has done."""
    objects = [_show_rolled_back(one, check_mode=check_mode) for one in undone]
    return _result(objects, changed=any(one.changed for one in undone), diff_mode=diff_mode)


def failure(items: list[Item], undone: list[RollbackOutcome] | None) -> OrgFailed:
    """What failed, each with its place in C(config); C(undone) where the run was undone."""
    failed = [(item.label, item.error, item.id) for item in items if item.error is not None]
    first = f"{len(failed)} of {len(items)} objects failed. {_story(items, undone)}"
    return OrgFailed("\n".join([first, *_lines(failed), *(rollback_lines(undone) if undone else [])]))


def rollback_failure(undone: list[RollbackOutcome]) -> OrgFailed:
    """What an undo of an earlier run could not do."""
    failed = sum(one.error is not None for one in undone)
    return OrgFailed(
        "\n".join([f"{failed} of {len(undone)} objects were not rolled back.", *rollback_lines(undone)])
    )


def rollback_lines(undone: list[RollbackOutcome]) -> list[str]:
    """What an undo could not do, and in what objects are not as they were."""
    failed = [(_named(one), one.error, one.id) for one in undone if one.error is not None]
    told = [
        (_named(one), "; ".join(one.notes), one.id)
        for one in undone
        if one.error is None and one.not_restored
    ]
    return _lines(failed) + _lines(told)


def _lines(told: t.Sequence[tuple[str, GenesysError | str, str | None]]) -> list[str]:
    """A line for each text about an object (label, text, id); what is the same for several is told once."""
    alike: dict[str, list[tuple[str, str]]] = {}
    for label, text, identifier in told:
        alike.setdefault(_common(text, identifier), []).append((label, str(text)))
    lines = []
    for same in list(alike.values())[:_SHOWN]:
        label, first = same[0]
        more = f" and {len(same) - 1} more" if len(same) > 1 else ""
        lines.append(f"- {label}{more}: {first}")
    if len(alike) > _SHOWN:
        lines.append(f"- and {len(alike) - _SHOWN} more, in the result's objects")
    return lines


def _common(text: GenesysError | str, identifier: str | None) -> str:
    """A text without what is only this object's and this request's in it."""
    correlation_id = text.returned.get("correlation_id") if isinstance(text, GenesysError) else None
    common = str(text)
    for own in (identifier, correlation_id):
        common = common.replace(own, "") if own else common
    return common


def _named(one: RollbackOutcome) -> str:
    return f"the {one.kind.replace('_', ' ')} {one.name if one.name is not None else one.id!r}"


def _story(items: list[Item], undone: list[RollbackOutcome] | None) -> str:
    told = []
    if undone:
        whole = sum(one.error is None and not one.not_restored for one in undone)
        told.append(
            f"The changes of {whole} of {len(undone)} objects were rolled back as if they had not been."
        )
    else:
        changed = sum(item.changed for item in items)
        told.append(f"{changed} of them were changed." if changed else "Nothing was changed.")
    skipped = sum(item.status == "skipped" for item in items)
    if skipped:
        told.append(f"{skipped} were not begun.")
    return " ".join(told)


def _result(objects: list[dict[str, t.Any]], *, changed: bool, diff_mode: bool) -> dict[str, t.Any]:
    totals = dict.fromkeys((*COUNTED_AS.values(), "failed", "skipped", "rolled_back"), 0)
    for entry in objects:
        told = entry["status"] in ("failed", "skipped", "rolled_back")
        totals[entry["status"] if told else COUNTED_AS[entry["plan"]]] += 1
    result: dict[str, t.Any] = {"changed": changed, "objects": objects, "totals": totals}
    if diff_mode:
        result["diff"] = [entry["diff"] for entry in objects if entry["diff"] is not None]
    return result


def _show_item(run: Run, item: Item) -> dict[str, t.Any]:
    object_run = item.object_run
    plan, undone = object_run.plan, item.rollback_outcome
    diff = None
    if plan.action != "none":
        run.hide_secrets(item)  # it may have been planned anew since
        diff = to_diff(object_run.context.masker, plan)
        object_run.context.masker.keep_only()  # the object is finished
    error = item.error or (undone.error if undone else None)
    return {
        "kind": item.resource.kind,
        "name": item.name,
        "id": item.id,
        "path": item.path or None,
        "plan": plan.action,
        "status": item.status,
        "changed": item.changed,
        "diff": diff,
        "error": None if error is None else str(error),
        "not_restorable": undone.not_restored if undone else item.not_restorable,
        **object_run.context.result_fields,
    }


def _show_rolled_back(one: RollbackOutcome, *, check_mode: bool) -> dict[str, t.Any]:
    done = "unchanged" if one.plan == "none" else "planned" if check_mode else "rolled_back"
    return {
        "kind": one.kind,
        "name": one.name,
        "id": one.id,
        "path": None,
        "plan": one.plan,
        "status": "failed" if one.error is not None else done,
        "changed": one.changed,
        "diff": one.diff if one.changed else None,
        "error": None if one.error is None else str(one.error),
        "not_restorable": one.not_restored,
    }
