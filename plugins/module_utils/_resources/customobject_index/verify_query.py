# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Verification query, which shows whether an index is used (S4.7).

Private to the collection. A query only reads. A response without C(indexUsed) means unknown, not false. The
queried value may be personal data, so no message or warning contains it.
"""

from __future__ import annotations

import time
import typing as t

from ..._engine.context import Context
from ..._errors import IndexNotUsed, MalformedResponse
from ..._model.json_type import ANY, BOOLEAN, TEXT, find_fault, list_of, object_of
from ..._model.plan import Plan, name_of
from .rules import advise_after_full_scan

_PATH = "/api/v2/data-gateway/customobjects/queries"
#: Records per page.
_LIMIT = 100
#: Most pages that one verification reads: it measures the query and does not need all records.
_MOST_PAGES = 10

_PAGE = object_of({"results": list_of(ANY), "nextPageToken": TEXT, "indexUsed": BOOLEAN})


def verify_query(context: Context, plan: Plan, schema: dict[str, t.Any]) -> None:
    """Run the task's query, set the result field C(verification), and advise after a full scan.

    A full scan warns or raises IndexNotUsed, as the option C(on_full_scan) says.
    """
    option = context.desired.verify_query
    if context.result_fields.get("rebuild") == "pending":
        context.findings.warn("verify_query", "was not run, because the task does not wait for the rebuild")
        return
    query = {"type": "term", "field": option.field, "value": option.value}
    verification = _run(context, {"customObjectId": schema["id"], "query": query, "limit": _LIMIT})
    context.result_fields["verification"] = {"field": option.field, **verification}
    if verification["index_used"] is not False:
        return
    text = (
        f"A query on the field {option.field!r} of the {context.resource.title} {name_of(plan)!r} used no "
        f"index and read every record ({verification['latency_ms']} ms). "
        f"{advise_after_full_scan(option.field, schema)}"
    )
    if option.on_full_scan == "fail":
        raise IndexNotUsed(text)
    context.findings.warn("verify_query", text)


def _run(context: Context, body: dict[str, t.Any]) -> dict[str, t.Any]:
    """Query up to C(_MOST_PAGES) pages. C(index_used) is False if one of them was a full scan."""
    started = time.monotonic()
    pages: list[dict[str, t.Any]] = []
    tokens: list[str | None] = [None]
    while len(pages) < _MOST_PAGES:
        request = body if tokens[-1] is None else {**body, "pageToken": tokens[-1]}
        pages.append(_read_page(context, request))
        token = pages[-1].get("nextPageToken")
        if not token or token in tokens:  # a repeated token would repeat the pages forever
            break
        tokens.append(token)
    used = [page.get("indexUsed") for page in pages]
    return {
        "index_used": False if False in used else True if set(used) == {True} else None,
        "latency_ms": round((time.monotonic() - started) * 1000),
        "pages": len(pages),
        "matches": sum(len(page.get("results") or []) for page in pages),
        "complete": not pages[-1].get("nextPageToken"),
        "query_plan": pages[0].get("queryPlan"),
    }


def _read_page(context: Context, request: dict[str, t.Any]) -> dict[str, t.Any]:
    page: dict[str, t.Any] = context.client.send("POST", _PATH, json=request, repeatable=True).data or {}
    fault = find_fault(_PAGE, page)
    if fault is None:
        return page
    raise MalformedResponse(
        f"POST {_PATH} was answered with a page that is not as the API describes it: {fault.path} "
        f"{fault.reason}."
    )
