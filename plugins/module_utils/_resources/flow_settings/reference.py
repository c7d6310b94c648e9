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

from ..._api.reference import CONTINUED
from ..._engine.context import Context
from ..._engine.verify import read_back
from ..._errors import ApiError, GenesysError, InputError, MalformedResponse
from ..._findings import Findings
from ..._http.client import Client
from ..._model.comparison import Comparison
from ..._model.endpoint import Endpoint
from ..._model.json_objects import ABSENT, exact, get_path, make_merge_patch
from ..._model.json_type import BOOLEAN, NUMBER, TEXT, list_of, map_of, object_of
from ..._model.options import options_of
from ..._model.plan import Plan, RemoteObject, name_of
from ..._model.resource import Field, Resource
from .update_interval import await_interval, record_update

_PATH = "/api/v2/architect/flows"
#: Path of the list of each target type that scope directives can name (S2.7).
TARGETS = {"queue": "/api/v2/routing/queues", "team": "/api/v2/teams", "user": "/api/v2/users"}


@dataclasses.dataclass(frozen=True)
class _MergeInto:
    """Entries to merge into the current ones by name; None removes an entry.

    With C(replace) all other entries are removed. Properties of an entry that the collection does not know
    stay.
    """

    entries: dict[str, t.Any]
    replace: bool = False


def _scope_to_wire(scope: dict[str, t.Any], desired: t.Any) -> t.Any:
    return _MergeInto(scope) if desired.snapshot is None else scope


def _matrix_to_wire(matrix: dict[str, t.Any], desired: t.Any) -> t.Any:
    if desired.snapshot is not None:
        return matrix
    return _MergeInto(matrix, replace=desired.matrix_strategy == "replace")


def _combined(current: t.Any, declared: t.Any) -> t.Any:
    """Return the new value: the declared one, merged into the current one if it is a C(_MergeInto)."""
    if not isinstance(declared, _MergeInto):
        return declared
    known = current if isinstance(current, dict) else {}
    result = {} if declared.replace else dict(known)
    for name, entry in declared.entries.items():
        if entry is None:
            result.pop(name, None)
        elif isinstance(entry, dict) and isinstance(known.get(name), dict):
            result[name] = {**known[name], **entry}
        else:
            result[name] = entry
    return result


def _whole(scope: t.Any) -> list[t.Any]:
    """Return a scope in comparable form. It is one value, so concurrent changes of its parts conflict."""
    return sorted(exact(scope).items()) if isinstance(scope, dict) else [scope]


def _as_set(targets: t.Any) -> list[str]:
    """Return the targets in comparable form; neither order nor repetition matters."""
    return sorted({str(target) for target in targets} if isinstance(targets, list) else [str(targets)])


def update_body(context: Context, plan: Plan) -> dict[str, t.Any]:
    """Return the body of the PATCH: a merge patch of the settings, with the next version number (S2.4)."""
    flow = plan.before or {}
    before, after = (get_path(body, "settings") for body in (flow, plan.after))
    version = flow.get("version")
    if not isinstance(version, int):
        raise MalformedResponse(f"The flow {name_of(plan)!r} was read without a version. An update needs it.")
    return {
        "orgId": context.organization["id"],
        "flowId": flow["id"],
        "settings": make_merge_patch(before if isinstance(before, dict) else {}, after),
        "version": version + 1,
    }


def preflight(context: Context, plan: Plan) -> RemoteObject | None:
    """Verify the targets of the settings, then the interval since the last update (S2.3, S2.7)."""
    snapshot = context.desired.snapshot or {}
    if snapshot.get("id") not in (None, (plan.before or {})["id"]):
        other = f"{snapshot.get('name')!r} (id {snapshot['id']})"
        context.findings.warn("snapshot", f"is of the flow {other}, not of {name_of(plan)!r}")
    if context.desired.verify_dependencies:
        verify_targets(context, plan)
    return await_interval(context, plan)


def verify_targets(context: Context, plan: Plan) -> None:
    """Raise InputError with every target type of the resulting settings that cannot be read (S2.7)."""
    findings = Findings()
    applied = get_path(plan.after, "settings.scopeDirectives.applyTo")
    for target in [] if applied in (ABSENT, None) else _as_set(applied):
        if target not in TARGETS:
            findings.problem("scope_directives.apply_to", f"{target!r} is not a target that can be verified")
            continue
        problem = context.run_cache.get_or_compute(
            f"target {target}", functools.partial(_probe_target, context.client, target)
        )
        if problem is not None:
            findings.problem("scope_directives.apply_to", f"{target!r} cannot be read: {problem}")
    if findings.problems:
        raise InputError(findings, "with the targets of the settings, nothing was written")


def _probe_target(client: Client, target: str) -> str | None:
    """Return the reason why objects of the target type cannot be read, None if they can."""
    try:
        client.get(TARGETS[target], {"pageSize": 1})
    except ApiError as error:
        if error.status not in (403, 404):
            raise
        return str(error)
    return None


def after_write(context: Context, plan: Plan, written: RemoteObject | None) -> RemoteObject | None:
    """Record the update, which starts the interval, and read the flow back."""
    record_update(context)
    return read_back(context, plan, written)


def after_all_writes(done: list[tuple[Context, Plan]]) -> list[tuple[Context, GenesysError]]:
    """Reload all changed flows with one request and set the result field C(reload) for each flow (S2.6).

    Return the flows that fail, each with the error. After a rollback, and with C(on_reload_failure=warn), a
    failure only warns.
    """
    to_reload = [(context, plan) for context, plan in done if context.desired.reload]
    if not to_reload:
        return []
    context = to_reload[0][0]
    error: GenesysError | None = None
    try:
        body = {"orgId": context.organization["id"]}
        context.client.send("POST", f"{_PATH}/reload", json=body, repeatable=True)
    except GenesysError as failure:
        error = failure
    failures = []
    for context, plan in to_reload:
        context.result_fields["reload"] = "accepted" if error is None else "failed"
        if error is None:
            continue
        if context.is_rollback or context.desired.on_reload_failure == "warn":
            action = "rolled back" if context.is_rollback else "changed"
            context.findings.warn(
                "reload", f"the flow {name_of(plan)!r} was {action}, but the reload after it failed: {error}"
            )
        else:
            failures.append((context, error))
    if failures and error is not None:
        error.add("The change was stored before this reload failed.")
    return failures


REFERENCE_RESOURCE = Resource(
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
        Field("routing.type", "settings.routing.type", json_type=TEXT),
        Field("routing.max_wait_time", "settings.routing.maxWaitTime", json_type=NUMBER),
        Field(
            "routing.scope",
            "settings.routing.scope",
            to_wire=_scope_to_wire,
            canonical=_whole,
            combine=_combined,
            json_type=object_of({"type": TEXT, "id": TEXT}),
        ),
        Field(
            "configuration_matrix",
            "settings.configurationMatrix",
            to_wire=_matrix_to_wire,
            canonical=exact,
            absent_as={},
            combine=_combined,
            json_type=map_of(object_of({"key": TEXT})),
        ),
        Field(
            "scope_directives.apply_to",
            "settings.scopeDirectives.applyTo",
            to_wire=lambda targets, desired: list(dict.fromkeys(targets)),
            canonical=_as_set,
            absent_as=[],
            json_type=list_of(TEXT),
        ),
        Field(
            "scope_directives.enforce_hierarchy",
            "settings.scopeDirectives.enforceHierarchy",
            json_type=BOOLEAN,
        ),
    ),
    server_owned=("id", "version", "createdDate", "modifiedDate"),
    event="flow",
    other_types={"description": TEXT, "createdDate": TEXT, "modifiedDate": TEXT},
    creatable=False,
    preflight=preflight,
    update_body=update_body,
    after_write=after_write,
    after_all_writes=after_all_writes,
    to_options=options_of,
    comparison=Comparison(not_compared={"routing.scope": "its id is one of its own org"}),
)
