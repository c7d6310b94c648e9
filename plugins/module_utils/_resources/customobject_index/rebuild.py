# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rebuild of a schema's indexes, which continues after the API has accepted the write (S4.6).

Private to the collection. Indexes and C(schemaVersion) change some time after the PUT, perhaps not both in
the same read. A single read shows neither the progress of a rebuild nor a concurrent write that was accepted
a moment ago.
"""

from __future__ import annotations

import dataclasses
import time
import typing as t

from ..._engine.context import Context
from ..._engine.lookup import by_id
from ..._errors import DeadlineExceeded, GenesysError, NotFound, OutcomeUnknown
from ..._model.json_objects import Body
from ..._model.plan import Plan, RemoteObject, name_of
from ..._printable import printable
from ..._retry_policy import TimedOut, poll
from ..._runtime import report_progress
from .indexes import canonical_indexes, hints_of

#: Number of consecutive reads that must show the end, because a schema may alternate during its rebuild.
_EQUAL_READS = 2
#: Time after the version has grown within which a concurrent change becomes visible [s]. If none does, the
#: write did not change anything.
_CONTENT_DELAY = 30.0


@dataclasses.dataclass(frozen=True)
class _SchemaState:
    """One read of a schema. Two reads are equal if C(compared) is equal."""

    version: int = dataclasses.field(compare=False)
    indexes: dict[str, t.Any] = dataclasses.field(compare=False)
    schema: RemoteObject = dataclasses.field(compare=False)
    compared: t.Any


def await_rebuild(context: Context, plan: Plan, written: RemoteObject | None) -> RemoteObject:
    """Wait for the rebuild after a write and return the schema.

    The rebuild is over when two consecutive reads show a version that has grown and the declared state. The
    rest of the schema may differ, because of other writers. If the task does not wait, return the schema as
    accepted. The result field C(rebuild) is C(pending) or C(finished). Raise DeadlineExceeded with the last
    state, and errors of the reads. The write stays accepted in any case.
    """
    resource, before = context.resource, plan.before or {}
    context.result_fields["rebuild"] = "pending"
    if not context.desired.wait:
        return RemoteObject(resource.with_server_fields(plan.after or {}, before), None)

    def is_over(state: _SchemaState) -> bool:
        return state.version > _version(before) and _is_as_declared(context, state)

    try:
        state = _poll(context, is_over, whole=False)
    except TimedOut as error:
        raise _unfinished_rebuild(context, plan, error) from None
    except GenesysError as error:
        error.add("The write was accepted before that, only the wait for the rebuild failed.")
        raise
    context.result_fields["rebuild"] = "finished"
    return state.schema


def read_past_rebuild(context: Context, current: RemoteObject) -> RemoteObject | None:
    """Read a schema again after a conflict or a lost response, and wait until the new content shows (S0.5).

    A read may have the new ETag and still the old indexes. A write planned from it would revert the change
    that the API has just accepted. Raise OutcomeUnknown if the change does not show within C(wait_timeout).
    """
    resource = context.resource
    fresh = by_id(context.client, resource, context.desired.id)
    if fresh is None or fresh.etag is None or fresh.etag == current.etag:
        return fresh
    grown_at: list[float] = []

    def shows_change(state: _SchemaState) -> bool:
        if state.version <= _version(current.body):
            return False
        grown_at.append(time.monotonic())
        if resource.without_server_fields(state.schema.body) != resource.without_server_fields(current.body):
            return True
        return time.monotonic() - grown_at[0] > _CONTENT_DELAY

    try:
        return _poll(context, shows_change, whole=True).schema
    except TimedOut as error:
        raise OutcomeUnknown(
            f"The {resource.title} {current.body.get('name')!r} changed since it was read, by a concurrent "
            "change or by a write of this task whose response was lost. The change did not show within "
            f"{context.desired.wait_timeout:g} s (wait_timeout). Nothing more was written, because that "
            "could revert it. Run again when the rebuild is over.",
            cause=error.failure or GenesysError("its rebuild was not over"),
        ) from None


def _poll(context: Context, is_done: t.Callable[[_SchemaState], bool], *, whole: bool) -> _SchemaState:
    """Read the schema until two consecutive reads are done. With C(whole), they must also be equal."""
    started_at = time.monotonic()

    def read(left: float) -> _SchemaState:
        waited, limit = time.monotonic() - started_at, context.desired.wait_timeout
        report_progress(
            f"{context.desired.id}: waiting for the rebuild, {waited:.0f} s of at most {limit:g} s"
        )
        return _read(context, left, whole)

    return poll(
        read,
        is_done,
        timeout=context.desired.wait_timeout,
        equal_reads=_EQUAL_READS,
    )


def _read(context: Context, left: float, whole: bool) -> _SchemaState:
    resource, identifier = context.resource, context.desired.id
    schema = by_id(context.client, resource, identifier, within=left)
    if schema is None:
        raise NotFound(f"The {resource.title} with the id {identifier!r} was removed during its rebuild.")
    version, indexes = _version(schema.body), canonical_indexes(schema.body.get("indexes") or [])
    compared = (version, indexes, hints_of(schema.body.get("fields") or [])) if whole else None
    return _SchemaState(version, indexes, schema, compared)


def _version(body: Body) -> int:
    version = body.get("schemaVersion")
    return version if isinstance(version, int) else 0


def _is_as_declared(context: Context, state: _SchemaState) -> bool:
    return context.plan(state.schema).action == "none"


def _unfinished_rebuild(context: Context, plan: Plan, error: TimedOut) -> DeadlineExceeded:
    """Return the error of a rebuild that exceeded C(wait_timeout): last state, differences, remedy."""
    last = t.cast("_SchemaState | None", error.last)
    sentences = [
        f"The write of the {context.resource.title} {name_of(plan)!r} was accepted, but its rebuild was not "
        f"over within {context.desired.wait_timeout:g} s (wait_timeout)."
    ]
    state = None
    if last is not None:
        state = {"schema_version": last.version, "indexes": list(last.indexes)}
        sentences.append(
            f"{_describe(last, _version(plan.before or {}))}{_differences(context, plan, last)}."
        )
    if error.failure is not None:
        sentences.append(f"The last read failed: {error.failure}")
    sentences.append(
        "The write needs no retry: check later with genesys_customobject_info, or raise wait_timeout."
    )
    return DeadlineExceeded(" ".join(sentences), cause=error.failure, last_state=state)


def _describe(last: _SchemaState, before: int) -> str:
    version = f"still {last.version}" if last.version <= before else f"{last.version} ({before} before)"
    names = ", ".join(map(printable, last.indexes)) or "none"
    return f"The last read showed the schemaVersion {version} and the indexes {names}"


def _differences(context: Context, plan: Plan, last: _SchemaState) -> str:
    """Return the clause that names the differences between the last and the declared state."""
    if _is_as_declared(context, last):
        unchanged = last.version <= _version(plan.before or {})
        return "" if unchanged else "; that is as declared, but two consecutive reads did not show it"
    before = canonical_indexes((plan.before or {}).get("indexes") or [])
    after = canonical_indexes((plan.after or {}).get("indexes") or [])
    missing = [name for name, index in after.items() if last.indexes.get(name) != index]
    left = [name for name in last.indexes if name in before and name not in after]
    text = f"; not yet as declared: {', '.join(map(printable, missing))}" if missing else ""
    text += f"; not yet removed: {', '.join(map(printable, left))}" if left else ""
    return text or "; the cardinality hints are not yet as declared"
