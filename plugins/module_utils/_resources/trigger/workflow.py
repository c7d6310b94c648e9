# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The workflow of a trigger: a flow by name or id, and whether the API may not know it yet (N.9).

Private to the collection. The collection writes no flows, so other clients make the workflows.
"""

from __future__ import annotations

import datetime
import typing as t

from ..._engine.context import Context
from ..._engine.run_cache import RunCache
from ..._errors import InputError
from ..._findings import Findings
from ..._http.client import Client
from ..._model.json_objects import Body
from ..._model.options import KnownObjects
from ..flow import find_flow, unique_name
from ..named_objects import is_id

TYPE = "workflow"
#: The age of a published version up to which the API may not know its workflow yet [s]. The server's date
#: of a response and the date of the version may come from different clocks.
_NEW_FOR = 300.0


def id_of(context: Context, reference: str) -> str:
    """Return the id of the workflow with a name. An id is returned as it is. Raise NotFound and Ambiguous."""
    if is_id(reference):
        return reference
    if "workflow" not in context.scratch:
        found = find_flow(context.client, context.run_cache, None, reference, TYPE)
        context.scratch["workflow"] = str(found["id"])
    return str(context.scratch["workflow"])


def reference_to(known: KnownObjects, workflow_id: str) -> str:
    """Return the name of a workflow if it means no other one, else its id."""

    def look_up(client: Client, run_cache: RunCache) -> str:
        name = unique_name(client, run_cache, workflow_id, TYPE)
        return workflow_id if name is None or is_id(name) else name

    return known.text_of(workflow_id, look_up)


def check_workflow(context: Context, workflow_id: str) -> None:
    """Read the workflow that a write refers to. Raise NotFound, and InputError for a flow of another type.

    Warn if it cannot run. Remember one that was just published: the API may refuse it for a while.
    """
    flow = context.run_cache.get_or_compute(
        f"workflow {workflow_id}",
        lambda: find_flow(context.client, context.run_cache, workflow_id, None, None),
    )
    name = flow.get("name")
    if flow.get("type") not in (None, TYPE):
        findings = Findings()
        findings.problem("workflow", f"{name!r} is a flow of the type {flow['type']}, not a workflow")
        raise InputError(findings, "with the trigger, nothing was written")
    if flow.get("active") is False or not flow.get("publishedVersion"):
        state = "inactive" if flow.get("active") is False else "not published"
        context.findings.warn(
            "workflow", f"{name!r} is {state}: the API may refuse the trigger, or start nothing"
        )
    if _was_just_published(flow, context.client.server_time):
        context.run_cache.record_new(workflow_id)


def _was_just_published(flow: Body, now: datetime.datetime) -> bool:
    version = flow.get("publishedVersion")
    if not isinstance(version, dict):
        return False
    published = _seconds(version.get("datePublished") or version.get("dateCreated"))
    return published is not None and published > now.timestamp() - _NEW_FOR


def _seconds(date: t.Any) -> float | None:
    """Return a date as seconds since 1970. The API has ISO 8601 texts and milliseconds."""
    if isinstance(date, int):
        return date / 1000
    try:
        return datetime.datetime.fromisoformat(str(date)).timestamp()
    except ValueError:
        return None
