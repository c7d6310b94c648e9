# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The flows that consume a data action, by the API's dependency tracking (P.13, P.15).

Private to the collection.
"""

from __future__ import annotations

import dataclasses
import json
import typing as t

from ..._api.platform import NUMBERED
from ..._engine.context import Context
from ..._engine.run_cache import RunCache
from ..._errors import GenesysError, PermissionDenied
from ..._http.client import Client
from ..._http.pagination import list_objects
from ..._model.json_objects import Body
from ..._model.plan import Plan, name_of
from ..._printable import printable

TRACKING = "/api/v2/architect/dependencytracking"
CONSUMING = f"{TRACKING}/consumingresources"
BUILD = f"{TRACKING}/build"
_OPERATIONAL = "OPERATIONAL"
_SHOWN = 20
#: A flow has a row for each of its versions, and counts are estimates.
_ROWS = dataclasses.replace(NUMBERED, id_key="row", total_key=None, page_count_key=None)


class Consumers(t.NamedTuple):
    """The flow versions that consume a data action, C([{type, name, version, id}]).

    C(doubt) is the reason for which the list may be incomplete, empty if there is none.
    """

    flows: list[dict[str, str]]
    doubt: str = ""

    def __str__(self) -> str:
        """Return the flow versions for a message, and the doubt."""
        shown = [f"{flow['type']} {flow['name']!r} (version {flow['version']})" for flow in self.flows]
        more = f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else ""
        listed = f"{', '.join(map(printable, shown[:_SHOWN]))}{more}" or "none is known"
        return f"{listed}. {self.doubt}" if self.doubt else listed


class Consumed(GenesysError):
    """A data action that flows consume or may consume. C(consumers) is a field of the result."""

    def __init__(self, message: str, consumers: Consumers) -> None:
        super().__init__(message, consumers=consumers.flows)


def find_consumers(client: Client, run_cache: RunCache, action: Body) -> Consumers:
    """Return the consumers of a data action, C(action) in canonical form or as a list has it."""
    kind = "SECUREACTION" if action.get("secure") else "DATAACTION"
    return consumers_of(client, run_cache, action["id"], kind)


def consumers_of(client: Client, run_cache: RunCache, object_id: str, object_type: str) -> Consumers:
    """Return the consumers of an object of a type of dependency tracking.

    A missing permission is no error here but the doubt, because the caller decides whether it matters.
    """
    params = {"id": object_id, "objectType": object_type}
    fetch = client.page_fetcher(CONSUMING, params)

    def fetch_rows(paging: dict[str, t.Any]) -> dict[str, t.Any]:
        page = fetch(paging)
        rows = page.get("entities")
        if not isinstance(rows, list):
            return page
        return {**page, "entities": [_with_key(row) if isinstance(row, dict) else row for row in rows]}

    try:
        status = _tracking_status(client, run_cache)
        rows = list_objects(fetch_rows, CONSUMING, _ROWS)
    except PermissionDenied as error:
        return Consumers([], f"The flows that consume it are not known: {str(error).rstrip('.')}")
    flows = [
        {key: str(row.get(key) or "") for key in ("type", "name", "version", "id")}
        for row in rows
        if row.get("deleted") is not True
    ]
    flows.sort(key=lambda flow: (flow["name"], flow["type"], flow["version"]))
    if status == _OPERATIONAL:
        return Consumers(flows)
    return Consumers(
        flows,
        f"Dependency tracking has the status {printable(status)} and not {_OPERATIONAL}, so there may be "
        "flows that it does not show",
    )


def _with_key(row: Body) -> Body:
    return {**row, "row": json.dumps([row.get(key) for key in ("id", "type", "version")])}


def _tracking_status(client: Client, run_cache: RunCache) -> str:
    """Return the status of the dependency data, which the objects of a run share for C(list_lag)."""

    def read() -> str:
        return str((client.get(BUILD).data or {}).get("status"))

    _read_at, status = run_cache.get_or_compute_recent("dependency tracking", read, max_age=client.list_lag)
    return status


def reason_to_keep(client: Client, run_cache: RunCache, action: Body) -> str:
    """Return why a replaced data action has to stay: flows consume it, or that is not known."""
    consumers = find_consumers(client, run_cache, action)
    if consumers.flows:
        return f"flows consume it: {consumers}"
    return consumers.doubt


def refuse_removal(context: Context, plan: Plan) -> None:
    """Raise Consumed if flows consume the data action, or if that is not known.

    With the option C(force) only warn. A rollback removes a data action of which the consumers are not known.
    """
    consumers = find_consumers(context.client, context.run_cache, plan.before or {})
    if not consumers.flows and not consumers.doubt:
        return
    label = f"The data action {name_of(plan)!r} (id {(plan.before or {})['id']})"
    context.result_fields["consumers"] = consumers.flows
    if context.desired.force:
        context.findings.warn("force", f"{label} is removed although flows may consume it: {consumers}")
    elif consumers.flows:
        cure = "" if context.is_rollback else ", or set force to true, which breaks them"
        raise Consumed(
            f"{label} was not removed, because flows consume it: {consumers}. Change these flows and publish "
            f"them first{cure}.",
            consumers,
        )
    elif context.is_rollback:
        context.findings.warn("", f"{label} is removed by the rollback. {consumers.doubt}")
    else:
        raise Consumed(
            f"{label} was not removed, because it is not known whether flows consume it. {consumers.doubt}. "
            "Run again later, or set force to true to remove it in any case.",
            consumers,
        )
