# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The query that tells whether an index serves (S4.7).

Private to the collection. API: "Custom objects": a query only reads; a missing C(indexUsed) means unknown,
not no. The queried value may be personal data: no message or warning repeats it.
"""

from __future__ import annotations

import time
import typing as t

from ..._engine.context import Context
from ..._errors import IndexNotUsed
from ..._model.plan import Plan, name_of
from .rules import advise_after_full_scan

_PATH = "/api/v2/data-gateway/customobjects/queries"
#: Records per page, and pages that are read at most: the query measures, it does not export.
_LIMIT = 100
_MOST_PAGES = 10


def verify_query(context: Context, plan: Plan, schema: dict[str, t.Any]) -> None:
    """Runs the task's query, notes C(verification), and says what to do after a full scan.

    Raises IndexNotUsed where the task wants a full scan to fail it.
    """
    wanted = context.desired.verify_query
    if context.result_fields.get("rebuild") == "pending":
        context.findings.warn("verify_query", "was not run, because the task does not wait for the rebuild")
        return
    query = {"type": "term", "field": wanted.field, "value": wanted.value}
    verification = _run(context, {"customObjectId": schema["id"], "query": query, "limit": _LIMIT})
    context.result_fields["verification"] = {"field": wanted.field, **verification}
    if verification["index_used"] is not False:
        return
    text = (
        f"A query on the field {wanted.field!r} of the {context.resource.title} {name_of(plan)!r} used no "
        f"index, it read every record ({verification['latency_ms']} ms). "
        f"{advise_after_full_scan(wanted.field, schema)}"
    )
    if wanted.on_full_scan == "fail":
        raise IndexNotUsed(text)
    context.findings.warn("verify_query", text)


def _run(context: Context, body: dict[str, t.Any]) -> dict[str, t.Any]:
    """All pages, up to C(_MOST_PAGES): C(index_used) is False when one of them was a full scan."""
    started = time.monotonic()
    pages: list[dict[str, t.Any]] = []
    tokens: list[str | None] = [None]
    while len(pages) < _MOST_PAGES:
        asked = body if tokens[-1] is None else {**body, "pageToken": tokens[-1]}
        pages.append(context.client.send("POST", _PATH, json=asked, repeatable=True).data or {})
        token = pages[-1].get("nextPageToken")
        if not token or token in tokens:  # a token that comes back would never end
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
