# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The org's own audit trail: its records, all pages of a query (S0.9).

Private to the collection. API: "Audit". The query is a POST that only reads.
"""

from __future__ import annotations

import datetime
import typing as t

from .._errors import ListChanged
from .._http.client import Client
from .._http.pagination import REREADS, numbered_pages
from .._model.rendering import snake_case

_PATH = "/api/v2/audit/records/query"

Record = dict[str, t.Any]


def read_audit(
    client: Client,
    *,
    entity_id: str | None = None,
    event_type: str | None = None,
    within: float | None = None,
) -> list[Record]:
    """The records of an entity, an event type or both, as the API has them, sorted by time.

    C(within) (seconds) is how long each page may take. New records may come while the pages are read; raises
    ListChanged where old ones are missing, 1 + C(REREADS) times in a row.
    """
    wanted = {"entityId": entity_id, "eventType": event_type}
    query = {key: value for key, value in wanted.items() if value is not None}

    def fetch(paging: dict[str, t.Any]) -> dict[str, t.Any]:
        body = {"query": query, "size": paging["pageSize"], "pageNumber": paging["pageNumber"]}
        reply = client.send("POST", _PATH, json=body, repeatable=True, within=within)
        return t.cast("dict[str, t.Any]", reply.data or {})

    for _turn in range(1 + REREADS):
        pages = list(numbered_pages(fetch, _PATH, 100))
        records = {record["id"]: record for page in pages for record in page.entities}
        if len(records) >= (pages[0].total or 0):
            return sorted(records.values(), key=_moment)
    raise ListChanged(
        f"The audit records changed while their pages were read, {1 + REREADS} times in a row: some are "
        "missing. Run again, or ask for one entity."
    )


def shown(record: Record) -> Record:
    """A record as modules return it."""
    return {snake_case(key): value for key, value in record.items()}


def _moment(record: Record) -> tuple[float, str]:
    """The place of a record in time; one without a time that can be read comes last."""
    text = str(record.get("timestamp"))
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        return (float("inf"), text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.UTC)
    return (moment.timestamp(), text)
