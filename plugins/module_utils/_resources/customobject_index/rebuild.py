# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rebuild of a schema's indexes, which goes on after the write was accepted (S4.6).

Private to the collection. API: "Custom objects": indexes and C(schemaVersion) change some time after the PUT,
perhaps not both in the same read. No single read tells how far a rebuild is, and none shows what somebody
else has written a moment ago.
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
from ..._polling import TimedOut, poll
from ..._runtime import report_progress
from .indexes import canonical_indexes, hints_of

#: Reads in a row that must agree, because a rebuild may flap.
_EQUAL_READS = 2
#: Seconds after the version grew in which what others wrote must show; if nothing does, it changed nothing.
_CONTENT_FOLLOWS = 30.0


@dataclasses.dataclass(frozen=True)
class _Seen:
    """What one read showed; two are equal where what a rebuild changes is."""

    version: int
    indexes: dict[str, t.Any]
    hints: dict[str, str | None]
    found: RemoteObject = dataclasses.field(compare=False)


def await_rebuild(context: Context, plan: Plan, written: RemoteObject | None) -> RemoteObject:
    """Settles a write: the schema when its rebuild is over, or as accepted where the task does not wait.

    Over means: the version is above the one before the write, all that is declared is there, and two reads
    in a row agree. Notes C(rebuild): C(pending) or C(finished). Raises DeadlineExceeded with the last state,
    and what else the reads raise; the write stays accepted.
    """
    resource, before = context.resource, plan.before or {}
    context.result_fields["rebuild"] = "pending"
    if not context.desired.wait:
        return RemoteObject(resource.with_server_fields(plan.after or {}, before), None)

    def is_over(seen: _Seen) -> bool:
        return seen.version > _version(before) and _is_as_declared(context, seen)

    try:
        seen = _poll(context, is_over)
    except TimedOut as error:
        raise _not_over(context, plan, error) from None
    except GenesysError as error:
        error.add("The write was accepted before that, only the wait for the rebuild broke off.")
        raise
    context.result_fields["rebuild"] = "finished"
    return seen.found


def read_past_rebuild(context: Context, current: RemoteObject) -> RemoteObject | None:
    """Reads a schema again after a conflict or a lost answer: only when what was written shows (S0.5).

    A read that has a new ETag and shows the old indexes still would make the next write undo what was
    accepted meanwhile. Raises OutcomeUnknown where it does not show within C(wait_timeout).
    """
    resource = context.resource
    fresh = by_id(context.client, resource, context.desired.id)
    if fresh is None or fresh.etag is None or fresh.etag == current.etag:
        return fresh
    grown_at: list[float] = []

    def shows(seen: _Seen) -> bool:
        if seen.version <= _version(current.body):
            return False
        grown_at.append(time.monotonic())
        if resource.without_server_fields(seen.found.body) != resource.without_server_fields(current.body):
            return True
        return time.monotonic() - grown_at[0] > _CONTENT_FOLLOWS

    try:
        return _poll(context, shows).found
    except TimedOut as error:
        raise OutcomeUnknown(
            f"The {resource.title} {current.body.get('name')!r} changed since it was read, by somebody else "
            "or by a write of this task without an answer, and the change did not show within "
            f"{context.desired.wait_timeout:g} s (wait_timeout). Nothing more was written, because that "
            "could undo it. Run again when the rebuild is over.",
            cause=error.failure or GenesysError("its rebuild was not over"),
        ) from None


def _poll(context: Context, is_done: t.Callable[[_Seen], bool]) -> _Seen:
    began = time.monotonic()

    def read(left: float) -> _Seen:
        waited, most = time.monotonic() - began, context.desired.wait_timeout
        report_progress(
            f"{context.desired.id}: waiting for the rebuild, {waited:.0f} s of at most {most:g} s"
        )
        return _read(context, left)

    return poll(
        read,
        is_done,
        timeout=context.desired.wait_timeout,
        equal_reads=_EQUAL_READS,
    )


def _read(context: Context, left: float) -> _Seen:
    resource, identifier = context.resource, context.desired.id
    found = by_id(context.client, resource, identifier, within=left)
    if found is None:
        raise NotFound(f"The {resource.title} with the id {identifier!r} was removed during its rebuild.")
    indexes, fields = found.body.get("indexes") or [], found.body.get("fields") or []
    return _Seen(_version(found.body), canonical_indexes(indexes), hints_of(fields), found)


def _version(body: Body) -> int:
    version = body.get("schemaVersion")
    return version if isinstance(version, int) else 0


def _is_as_declared(context: Context, seen: _Seen) -> bool:
    return context.plan(seen.found).action == "none"


def _not_over(context: Context, plan: Plan, error: TimedOut) -> DeadlineExceeded:
    """What a wait without success tells: the last state, what it lacks, and what to do."""
    last = t.cast("_Seen | None", error.last)
    told = [
        f"The write of the {context.resource.title} {name_of(plan)!r} was accepted, but its rebuild was not "
        f"over within {context.desired.wait_timeout:g} s (wait_timeout)."
    ]
    state = None
    if last is not None:
        state = {"schema_version": last.version, "indexes": list(last.indexes)}
        told.append(f"{_describe(last, _version(plan.before or {}))}{_lacks(context, plan, last)}.")
    if error.failure is not None:
        told.append(f"The last read failed: {error.failure}")
    told.append(
        "Nothing has to be sent again: look later with genesys_customobject_info, or raise wait_timeout."
    )
    return DeadlineExceeded(" ".join(told), cause=error.failure, last_state=state)


def _describe(last: _Seen, before: int) -> str:
    version = f"still {last.version}" if last.version <= before else f"{last.version} ({before} before)"
    shown = ", ".join(last.indexes) or "none"
    return f"The last read showed the schemaVersion {version} and the indexes {shown}"


def _lacks(context: Context, plan: Plan, last: _Seen) -> str:
    """How the last state differs from the declared one."""
    if _is_as_declared(context, last):
        agreed = last.version <= _version(plan.before or {})
        return "" if agreed else "; that is as declared, but two reads in a row did not agree"
    had = canonical_indexes((plan.before or {}).get("indexes") or [])
    wanted = canonical_indexes((plan.after or {}).get("indexes") or [])
    missing = [name for name, meaning in wanted.items() if last.indexes.get(name) != meaning]
    left = [name for name in last.indexes if name in had and name not in wanted]
    text = f"; not yet as declared: {', '.join(missing)}" if missing else ""
    text += f"; not yet removed: {', '.join(left)}" if left else ""
    return text or "; the cardinality hints are not yet as declared"
