# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a run over a whole org returns.

Private to the collection.
"""

from __future__ import annotations

import typing as t

from .._errors import GenesysError
from .._record import secrets_of, to_diff
from .run import Item, Run

_TOTALS = {"create": "created", "update": "updated", "delete": "deleted", "none": "unchanged"}
_SHOWN = 20


class OrgFailed(GenesysError):
    """Objects of a run failed; what is returned says of each object what became of it."""


def org_result(run: Run, items: list[Item], *, diff_mode: bool) -> dict[str, t.Any]:
    """The module's result. C(diff) is there for Ansible's own display, where it is wanted."""
    objects = [_shown(run, item) for item in items]
    result: dict[str, t.Any] = {
        "changed": any(item.changed for item in items),
        "objects": objects,
        "totals": _totals(items),
    }
    if diff_mode:
        result["diff"] = [entry["diff"] for entry in objects if entry["diff"] is not None]
    return result


def failure(items: list[Item]) -> OrgFailed:
    """What failed, each with its place in C(config); what fails all in the same way is told once."""
    alike: dict[str, list[Item]] = {}
    for item in items:
        if item.error is not None:
            alike.setdefault(str(item.error), []).append(item)
    lines = []
    for error, failed in list(alike.items())[:_SHOWN]:
        more = f" and {len(failed) - 1} more" if len(failed) > 1 else ""
        lines.append(f"- {failed[0].label}{more}: {error}")
    if len(alike) > _SHOWN:
        lines.append(f"- and {len(alike) - _SHOWN} more errors, in the result's objects")
    count = sum(map(len, alike.values()))
    return OrgFailed("\n".join([f"{count} of {len(items)} objects failed. {_story(items)}", *lines]))


def _story(items: list[Item]) -> str:
    changed = sum(item.changed for item in items)
    skipped = sum(item.status == "skipped" for item in items)
    told = f"{changed} of them were changed." if changed else "Nothing was changed."
    return f"{told} {skipped} were not begun." if skipped else told


def _totals(items: list[Item]) -> dict[str, int]:
    totals = dict.fromkeys((*_TOTALS.values(), "failed", "skipped", "rolled_back"), 0)
    for item in items:
        told = item.status in ("failed", "skipped", "rolled_back")
        totals[item.status if told else _TOTALS[item.action]] += 1
    return totals


def _shown(run: Run, item: Item) -> dict[str, t.Any]:
    steps = item.steps
    plan, names = steps.plan, steps.task.secret_names
    diff = None
    for body in (plan.before, plan.after):
        run.task.secrets |= secrets_of(item.kind.resource, body, names)
    if plan.action != "none":
        diff = to_diff(item.kind.resource, plan, names)
    return {
        "kind": item.kind.resource.kind,
        "name": item.name,
        "id": item.id,
        "path": item.path or None,
        "plan": plan.action,
        "status": item.status,
        "changed": item.changed,
        "diff": diff,
        "error": None if item.error is None else str(item.error),
        "not_restorable": item.not_restorable,
        **steps.context.notes,
    }
