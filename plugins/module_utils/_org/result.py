# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The result of a run over a whole org, and the messages about its failures.

Private to the collection.
"""

from __future__ import annotations

import typing as t

from .._errors import GenesysError
from .._model.plan import COUNTED_AS
from .._model.rendering import to_diff
from .._model.yaml_diff import shown_diff
from .._rollback.outcome import RollbackOutcome
from .._unexpected_errors import UnexpectedError
from .run import Item, Run

_SHOWN = 20


class OrgFailed(GenesysError):
    """Failed objects of a run. The returned result has the outcome of each object."""


def org_result(run: Run, items: list[Item], *, diff_mode: bool) -> dict[str, t.Any]:
    """Return the module's result. In diff mode it has C(diff), which Ansible displays."""
    diffs = [_diff(run, item) for item in items]  # first, because an unexpected error here fails its object
    objects = [_show_item(item, diff) for item, diff in zip(items, diffs, strict=True)]
    shown = None
    if diff_mode:
        shown = [
            shown_diff(item.resource, diff, item.object_run.plan.action)
            for item, diff in zip(items, diffs, strict=True)
            if diff is not None
        ]
    result = _result(objects, shown, changed=any(item.changed for item in items))
    return result | ({} if run.task.given.get("undeclared") is None else {"undeclared": run.undeclared})


def drop_diffs(result: dict[str, t.Any]) -> None:
    """Remove the diffs of objects without an error, because Ansible prints a failed result on one line."""
    for entry in result["objects"]:
        if entry["error"] is None:
            entry["diff"] = None


def rollback_result(
    outcomes: list[RollbackOutcome], *, check_mode: bool, diff_mode: bool
) -> dict[str, t.Any]:
    """Return the module's result of a task that only rolls back an earlier run."""
    objects = [_show_rolled_back(one, check_mode=check_mode) for one in outcomes]
    shown = [one.shown_diff for one in outcomes if one.changed]
    return _result(objects, shown if diff_mode else None, changed=any(one.changed for one in outcomes))


def failure(
    run: Run, items: list[Item], outcomes: list[RollbackOutcome] | None, result: dict[str, t.Any]
) -> OrgFailed:
    """Return the error of a run, which returns C(result).

    C(outcomes) are those of its rollback, None if it was not rolled back. The first traceback of unexpected
    errors becomes the result field C(exception).
    """
    failed = [(item.label, item.error, item.id) for item in items if item.error is not None]
    first = f"{len(failed)} of {len(items)} objects failed. {_summary(run, items, outcomes)}"
    ended = [f"- {run.error}"] if run.error is not None else []
    lines = [first, *ended, *_lines(failed), *(rollback_lines(outcomes) if outcomes else [])]
    errors = [run.error, *(item.error for item in items), *(one.error for one in outcomes or [])]
    tracebacks = [error.returned["exception"] for error in errors if isinstance(error, UnexpectedError)]
    return OrgFailed("\n".join(lines), **result, exception=next(iter(tracebacks), None))


def rollback_failure(outcomes: list[RollbackOutcome]) -> OrgFailed:
    """Return the error of a rollback that failed for some objects."""
    failed = sum(one.error is not None for one in outcomes)
    return OrgFailed(
        "\n".join([f"{failed} of {len(outcomes)} objects were not rolled back.", *rollback_lines(outcomes)])
    )


def rollback_lines(outcomes: list[RollbackOutcome]) -> list[str]:
    """Return the lines of a message, one for each object whose rollback failed or was not complete."""
    failed = [(_label(one), one.error, one.id) for one in outcomes if one.error is not None]
    incomplete = [
        (_label(one), "; ".join(one.notes), one.id)
        for one in outcomes
        if one.error is None and one.not_restored
    ]
    return _lines(failed) + _lines(incomplete)


def _lines(texts: t.Sequence[tuple[str, GenesysError | str, str | None]]) -> list[str]:
    """Return a line for each text about an object (label, text, id). Equal texts share one line."""
    by_text: dict[str, list[tuple[str, str]]] = {}
    for label, text, identifier in texts:
        by_text.setdefault(_common(text, identifier), []).append((label, str(text)))
    lines = []
    for same in list(by_text.values())[:_SHOWN]:
        label, first = same[0]
        more = f" and {len(same) - 1} more" if len(same) > 1 else ""
        lines.append(f"- {label}{more}: {first}")
    if len(by_text) > _SHOWN:
        lines.append(f"- and {len(by_text) - _SHOWN} more, in the result's objects")
    return lines


def _common(text: GenesysError | str, identifier: str | None) -> str:
    """Return a text without the ids of its object and its request."""
    correlation_id = text.returned.get("correlation_id") if isinstance(text, GenesysError) else None
    common = str(text)
    for unique in (identifier, correlation_id):
        common = common.replace(unique, "") if unique else common
    return common


def _label(outcome: RollbackOutcome) -> str:
    """Return the object's name for messages, such as C(webhook 'Orders')."""
    identity = repr(outcome.name) if outcome.name is not None else f"with the id {outcome.id!r}"
    return f"{outcome.title} {identity}"


def _summary(run: Run, items: list[Item], outcomes: list[RollbackOutcome] | None) -> str:
    sentences = []
    if outcomes:
        restored = sum(one.error is None and not one.not_restored for one in outcomes)
        sentences.append(f"The changes of {restored} of {len(outcomes)} objects were rolled back completely.")
    else:
        changed = sum(item.changed for item in items)
        unknown = sum(item.perhaps_changed for item in items)
        if changed:
            sentences.append(f"{changed} of them {'would be' if run.check_mode else 'were'} changed.")
        elif not unknown:
            sentences.append("Nothing was changed.")
        if unknown:
            sentences.append(f"It is not known whether {unknown} of them were changed.")
    skipped = sum(item.status == "skipped" for item in items)
    if skipped:
        sentences.append(f"{skipped} were skipped.")
    return " ".join(sentences)


def _result(
    objects: list[dict[str, t.Any]], shown: list[dict[str, t.Any]] | None, *, changed: bool
) -> dict[str, t.Any]:
    """Return the module's result. C(shown) are the diffs that Ansible displays, None outside of diff mode."""
    totals = dict.fromkeys((*COUNTED_AS.values(), "failed", "skipped", "rolled_back"), 0)
    for entry in objects:
        not_applied = entry["status"] in ("failed", "skipped", "rolled_back")
        totals[entry["status"] if not_applied else COUNTED_AS[entry["plan"]]] += 1
    result: dict[str, t.Any] = {"changed": changed, "objects": objects, "totals": totals}
    if shown is not None:
        result["diff"] = shown
    return result


def _diff(run: Run, item: Item) -> dict[str, t.Any] | None:
    """Return the diff of an object that changes, None if there is none."""
    plan, masker = item.object_run.plan, item.object_run.context.masker
    diff = None
    if plan.action != "none":
        with run.errors_of(item):
            run.hide_secrets(item)  # a write after a conflict has a new plan, with other secrets
            diff = to_diff(masker, plan)
        masker.keep_only()  # the object is finished
    return diff


def _show_item(item: Item, diff: dict[str, t.Any] | None) -> dict[str, t.Any]:
    plan, outcome = item.object_run.plan, item.rollback_outcome
    error = item.error or (outcome.error if outcome else None)
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
        "not_restorable": outcome.not_restored if outcome else item.not_restorable,
        **item.object_run.context.result_fields,
    }


def _show_rolled_back(outcome: RollbackOutcome, *, check_mode: bool) -> dict[str, t.Any]:
    status = "unchanged" if outcome.plan == "none" else "planned" if check_mode else "rolled_back"
    return {
        "kind": outcome.kind,
        "name": outcome.name,
        "id": outcome.id,
        "path": None,
        "plan": outcome.plan,
        "status": "failed" if outcome.error is not None else status,
        "changed": outcome.changed,
        "diff": outcome.diff if outcome.changed else None,
        "error": None if outcome.error is None else str(outcome.error),
        "not_restorable": outcome.not_restored,
    }
