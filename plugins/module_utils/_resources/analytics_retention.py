# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The retention of an org's analytics data, which is never cleared after it was set (N.5).

Private to the collection. The API refuses a value below the days after which a media retention policy or
an existing recording is deleted.
"""

from __future__ import annotations

import typing as t

from .._api.platform import NUMBERED
from .._engine.context import Context
from .._engine.received_objects import check_type
from .._errors import Conflict, InputError, NotFound, StaleObject
from .._findings import Findings
from .._http.client import Client, Response
from .._model.comparison import Comparison
from .._model.desired_state import CONFLICT_OPTIONS, DesiredState
from .._model.endpoint import Endpoint, ObjectWrite
from .._model.json_objects import ABSENT, REQUIRED, Body
from .._model.json_type import TEXT, WHOLE_NUMBER, list_of, object_of
from .._model.options import KnownObjects, NotExpressible, Options, options_of
from .._model.plan import Plan
from .._model.resource import Field, Resource, ResourceKind
from .media_retention_policy.platform import PATH as POLICIES
from .media_retention_policy.retention_days import longest_deletion

_PATH = "/api/v2/analytics/dataretention/settings"
#: The id and the name of the setting in canonical form.
_ONLY = "organization"
#: The canonical value of an org that has no retention.
UNSET = 0
_LEAST, _MOST = 90, 1827  # 5 years with two leap days [days]
_LISTED = list_of(object_of({"id": TEXT, "name": TEXT}, ["id"]))
_SHOWN = 5

OPTIONS: dict[str, dict[str, t.Any]] = {
    "state": {"type": "str", "choices": ["present", "validated"], "default": "present"},
    "retention_days": {"type": "int", "required": True},
    "confirm": {"type": "bool", "default": False},
    **CONFLICT_OPTIONS,
    "verify": {"type": "bool", "default": True},
}


class AnalyticsRetention(DesiredState):
    """The desired retention of analytics data."""

    retention_days: int | None = None
    confirm: bool = False
    verify: bool = True


def validate_options(given: dict[str, t.Any], findings: Findings) -> dict[str, t.Any]:
    """Validate the task alone."""
    days = given.get("retention_days")
    if isinstance(days, int) and not _LEAST <= days <= _MOST:
        findings.problem("retention_days", f"is {days} days and must be {_LEAST} to {_MOST} (5 years)")
    return {}


def _never_cleared(current: t.Any, declared: t.Any) -> t.Any:
    """Return the declared days. A rollback to an org without a retention keeps the current ones."""
    return current if declared in (UNSET, ABSENT) else declared


RETENTION_DAYS = Field(
    "retention_days",
    "retentionDays",
    REQUIRED,
    from_wire=lambda days: days or None,
    combine=_never_cleared,
    json_type=WHOLE_NUMBER,
)


def decode(raw: Body) -> Body:
    """Return the setting in canonical form."""
    days = raw.get(RETENTION_DAYS.wire)
    return {**raw, "id": _ONLY, "name": _ONLY, RETENTION_DAYS.wire: UNSET if days is None else days}


def read(client: Client, object_id: str, within: float | None) -> Response:
    """Read the setting. Raise NotFound if the org has none."""
    response = client.get(_PATH, allow_missing=True, within=within)
    if response is None:
        raise NotFound(
            f"The org has no setting for the retention of analytics data: {_PATH} was answered 404. Check "
            "base_url and api_profile."
        )
    return response


def send(write: ObjectWrite) -> Response:
    """Set the retention. A 409 does not mean a concurrent change, because the setting has no version."""
    try:
        return write.send("PUT", _PATH, write.body, repeatable=write.repeatable)
    except StaleObject as error:
        _call, status, words = error.message.partition(f" ({error.status}")
        refused = Conflict(
            f"PUT {_PATH} was refused{status}{words}",
            status=error.status,
            code=error.code,
            details=error.details,
            correlation_id=error.correlation_id,
            advice="The API refuses a retention that is shorter than that of a media retention policy or of "
            "an existing recording: give more days, or shorten those first.",
        )
        refused.perhaps_written = error.perhaps_written
        raise refused from None


def update_body(context: Context, plan: Plan) -> Body:
    return {RETENTION_DAYS.wire: (plan.after or {})[RETENTION_DAYS.wire]}


def preflight(context: Context, plan: Plan) -> None:
    """Refuse a change without confirmation, and one that media retention policies stand in the way of."""
    if plan.action != "update":
        return
    before, days = RETENTION_DAYS.of(plan.before or {}), RETENTION_DAYS.of(plan.after or {})
    findings = Findings()
    if not context.desired.confirm:
        shown = "not set" if before == UNSET else f"{before} days"
        findings.problem(
            "confirm",
            f"must be true to change the retention of analytics data from {shown} to {days} days: the API "
            "deletes older data, and never clears the retention again",
        )
    in_the_way = _policies_in_the_way(context, days)
    if in_the_way:
        named = ", ".join(map(repr, in_the_way[:_SHOWN])) + (
            " and others" if len(in_the_way) > _SHOWN else ""
        )
        findings.problem(
            "retention_days",
            f"is shorter than the time after which media retention policies delete recordings: {named}. Give "
            f"more than {days} days, or change or remove these policies in an earlier task",
        )
    if findings.problems:
        raise InputError(findings, "with the retention of analytics data, nothing was written")


def _policies_in_the_way(context: Context, days: int) -> list[str]:
    """Return the names of the policies that delete recordings later than after C(days).

    The changes of policies in the same run count, but not the removals, which come last in a run.
    """
    listed = context.client.list(POLICIES, NUMBERED, {"deleteDaysThreshold": str(days)})
    check_type(_LISTED, listed, f"The list {POLICIES}", "media retention policy")
    names = {str(one["id"]): str(one.get("name")) for one in listed}
    for key, after in context.run_cache.planned("media_retention_policy").items():
        place = key if isinstance(key, str) else f"new {key}"
        if after is not None:
            names.pop(place, None)
            if longest_deletion(after) > days:
                names[place] = str(after.get("name"))
    return sorted(names.values())


def unrestorable(plan: Plan) -> dict[str, str]:
    """Return the clause about a first retention, which a rollback cannot clear."""
    if plan.action != "update" or RETENTION_DAYS.of(plan.before or {}) != UNSET:
        return {}
    return {"retention_days": "keeps its retention, because the API never clears it"}


def to_options(resource: Resource, body: Body, known: KnownObjects) -> Options:
    """Return the options of the retention without C(confirm): a person confirms each loss of data.

    Raise NotExpressible if the org has no retention.
    """
    if RETENTION_DAYS.of(body) == UNSET:
        raise NotExpressible("is not set in this org")
    return options_of(resource, body, known)


PLATFORM_RESOURCE = Resource(
    endpoint=Endpoint(
        path=_PATH,
        paging=None,
        item_path=lambda quoted_id: _PATH,
        read=read,
        locking=None,
        decode=decode,
        send=send,
        unrestorable=unrestorable,
    ),
    fields=(RETENTION_DAYS,),
    server_owned=("id", "name", "dateCreated", "dateModified"),
    other_types={"dateCreated": TEXT, "dateModified": TEXT},
    other_paths=(POLICIES,),
    creatable=False,
    preflight=preflight,
    update_body=update_body,
    to_options=to_options,
    comparison=Comparison(),
)
ANALYTICS_RETENTION = ResourceKind(
    name="analytics_retention",
    title="retention of analytics data",
    options=OPTIONS,
    model=AnalyticsRetention,
    profiles={"platform": PLATFORM_RESOURCE},
    identity=(),
    only_id=_ONLY,
    list_option="analytics_retention",
    verifies=True,
    validate=validate_options,
)
