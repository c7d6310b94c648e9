# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The settings of flows in the reference API: fields, checks and hooks (features S2.1 to S2.8).

Private to the collection. The API: C(/api/v2/architect/flows).
"""

from __future__ import annotations

import dataclasses
import functools
import typing as t

from ..._engine.verify import read_back
from ..._errors import ApiError, GenesysError, InputError, MalformedAnswer
from ..._findings import Findings
from ..._http.pagination import CONTINUED
from ..._model.json_objects import ABSENT, exact, get_path, make_merge_patch
from ..._model.plan import name_of
from ..._model.resource import Endpoint, Field, Resource
from .update_interval import await_interval, record

_PATH = "/api/v2/architect/flows"
#: What scope directives can name, and where it is read (S2.7).
TARGETS = {"queue": "/api/v2/routing/queues", "team": "/api/v2/teams", "user": "/api/v2/users"}


@dataclasses.dataclass(frozen=True)
class _MergeInto:
    """Entries that are put onto the current ones; a None removes its entry.

    With C(alone) the others go. What the collection does not know of an entry survives.
    """

    entries: dict[str, t.Any]
    alone: bool = False


def _scope_to_wire(scope: dict[str, t.Any], desired: t.Any) -> t.Any:
    return _MergeInto(scope) if desired.snapshot is None else scope


def _matrix_to_wire(matrix: dict[str, t.Any], desired: t.Any) -> t.Any:
    return (
        _MergeInto(matrix, alone=desired.matrix_strategy == "replace") if desired.snapshot is None else matrix
    )


def _combined(current: t.Any, declared: t.Any) -> t.Any:
    """A declared value is the new one as it is, unless it is to be put onto the current."""
    if not isinstance(declared, _MergeInto):
        return declared
    known = current if isinstance(current, dict) else {}
    result = {} if declared.alone else dict(known)
    for name, entry in declared.entries.items():
        if entry is None:
            result.pop(name, None)
        elif isinstance(entry, dict) and isinstance(known.get(name), dict):
            result[name] = {**known[name], **entry}
        else:
            result[name] = entry
    return result


def _whole(scope: t.Any) -> list[t.Any]:
    """A scope is one value: two writers cannot each change a half of it."""
    return sorted(exact(scope).items()) if isinstance(scope, dict) else [scope]


def _as_set(targets: t.Any) -> list[str]:
    return sorted({str(target) for target in targets} if isinstance(targets, list) else [str(targets)])


def update_body(context: t.Any, plan: t.Any) -> dict[str, t.Any]:
    """The PATCH: the merge patch of the settings, under the version that follows the one read (S2.4)."""
    before, after = (get_path(body, "settings") for body in (plan.before, plan.after))
    version = plan.before.get("version")
    if not isinstance(version, int):
        raise MalformedAnswer(f"The flow {name_of(plan)!r} was read without a version, which a change needs.")
    return {
        "orgId": context.organization["id"],
        "flowId": plan.before["id"],
        "settings": make_merge_patch(before if isinstance(before, dict) else {}, after),
        "version": version + 1,
    }


def preflight(context: t.Any, plan: t.Any) -> t.Any:
    """Verifies what the settings apply to, then keeps the interval between two updates."""
    snapshot = context.desired.snapshot or {}
    if snapshot.get("id") not in (None, plan.before["id"]):
        other = f"{snapshot.get('name')!r} (id {snapshot['id']})"
        context.findings.warn("snapshot", f"is of the flow {other}, not of {name_of(plan)!r}")
    if context.desired.verify_dependencies:
        verify_targets(context, plan)
    return await_interval(context, plan)


def verify_targets(context: t.Any, plan: t.Any) -> None:
    """Raises InputError with every target type of the resulting settings that cannot be read (S2.7)."""
    findings = Findings()
    applied = get_path(plan.after, "settings.scopeDirectives.applyTo")
    for target in [] if applied in (ABSENT, None) else _as_set(applied):
        if target not in TARGETS:
            findings.problem("scope_directives.apply_to", f"{target!r} is no target that can be verified")
            continue
        problem = context.run_cache.get_or_compute(
            f"target {target}", functools.partial(_look_at, context.client, target)
        )
        if problem is not None:
            findings.problem("scope_directives.apply_to", f"{target!r} cannot be read: {problem}")
    if findings.problems:
        raise InputError(findings, "with what the settings apply to, nothing was written")


def _look_at(client: t.Any, target: str) -> str | None:
    """Why objects of the target's type cannot be read; None where they can."""
    try:
        client.get(TARGETS[target], {"pageSize": 1})
    except ApiError as error:
        if error.status not in (403, 404):
            raise
        return str(error)
    return None


def settle(context: t.Any, plan: t.Any, written: t.Any) -> t.Any:
    """What follows a stored change: the interval begins, the flow is read back."""
    record(context)
    return read_back(context, plan, written)


def reload_flows(done: list[tuple[t.Any, t.Any]]) -> list[tuple[t.Any, t.Any]]:
    """Has the org take up all changes with one request, and notes C(reload) for each flow (S2.6).

    Returns the flows that fail by it. After a rollback, and where the task says so, a failure only warns.
    """
    waiting = [(context, plan) for context, plan in done if context.desired.reload]
    if not waiting:
        return []
    context = waiting[0][0]
    failed: GenesysError | None = None
    try:
        body = {"orgId": context.organization["id"]}
        context.client.send("POST", f"{_PATH}/reload", json=body, repeatable=True)
    except GenesysError as error:
        failed = error
    failures = []
    for context, plan in waiting:
        context.result_fields["reload"] = "accepted" if failed is None else "failed"
        if failed is None:
            continue
        if context.is_rollback or context.desired.on_reload_failure == "warn":
            did = "rolled back" if context.is_rollback else "changed"
            context.findings.warn(
                "reload", f"the flow {name_of(plan)!r} was {did}, but the reload after it failed: {failed}"
            )
        else:
            failures.append((context, failed))
    if failures and failed is not None:
        failed.add("The change was stored before this reload failed.")
    return failures


FLOW_SETTINGS = Resource(
    endpoint=Endpoint(
        path=_PATH,
        paging=CONTINUED,
        name_param="name",
        item_params={"expand": "settings"},
        list_params={"expand": "routing,settings"},
        locking="version",
        verb="PATCH",
    ),
    fields=(
        Field("routing.type", "settings.routing.type"),
        Field("routing.max_wait_time", "settings.routing.maxWaitTime"),
        Field(
            "routing.scope",
            "settings.routing.scope",
            to_wire=_scope_to_wire,
            canonical=_whole,
            combine=_combined,
        ),
        Field(
            "configuration_matrix",
            "settings.configurationMatrix",
            to_wire=_matrix_to_wire,
            canonical=exact,
            absent_as={},
            combine=_combined,
        ),
        Field(
            "scope_directives.apply_to",
            "settings.scopeDirectives.applyTo",
            to_wire=lambda targets, desired: list(dict.fromkeys(targets)),
            canonical=_as_set,
            absent_as=[],
        ),
        Field("scope_directives.enforce_hierarchy", "settings.scopeDirectives.enforceHierarchy"),
    ),
    server_owned=("id", "version", "createdDate", "modifiedDate"),
    event="flow",
    creatable=False,
    preflight=preflight,
    update_body=update_body,
    after_write=settle,
    after_all_writes=reload_flows,
)
