# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The router of audit queries: realtime for the last 14 days, and asynchronous: C(/api/v2/audits/query)."""

from __future__ import annotations

import datetime
import math
import typing as t
import uuid

import pydantic
from starlette.responses import Response
from starlette.routing import Route

from ..call import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, Call, json_response
from ..errors import ApiError, Detail, bad_request, not_found
from ..store import Wire, timestamp
from . import queries
from .audit_records import RECORDS, mapping, services
from .bodies import Body, read_body
from .paging import page_size
from .permissions import VIEW_AUDIT
from .routing import route
from .switches import switches

PATH = "/api/v2/audits/query"
REALTIME_DAYS = 14
MAX_RESULTS_PAGE = 500


class Filter(Body):
    property: t.Literal["UserId", "TrusteeOrganizationId", "ClientId", "Action", "EntityType", "EntityId"]
    value: str


class Sort(Body):
    name: t.Literal["Timestamp"]
    sort_order: t.Literal["ascending", "descending"]


class QueryBody(Body):
    """A query. C(interval) is the two ends of a time span in ISO 8601, joined by a slash."""

    interval: str
    service_name: str | None = None
    filters: list[Filter] | None = None
    sort: list[Sort] | None = None


class RealtimeBody(QueryBody):
    page_number: int = pydantic.Field(1, ge=1)
    page_size: int = pydantic.Field(DEFAULT_PAGE_SIZE, ge=1, le=MAX_PAGE_SIZE)


class Started:
    """An asynchronous query: its description, its records, and the reads until it ends."""

    def __init__(self, shown: Wire, records: list[Wire], reads_left: int) -> None:
        self.shown = shown
        self.records = records
        self.reads_left = reads_left


class StartedQueries:
    """The asynchronous queries of one org by id."""

    def __init__(self) -> None:
        self.by_id: dict[str, Started] = {}


def routes() -> list[Route]:
    one = PATH + "/{transactionId}"
    return [
        route(PATH, POST=(start, VIEW_AUDIT)),
        route(f"{PATH}/realtime", POST=(realtime, VIEW_AUDIT)),
        route(f"{PATH}/realtime/servicemapping", GET=(realtime_services, VIEW_AUDIT)),
        route(f"{PATH}/servicemapping", GET=(all_services, VIEW_AUDIT)),
        route(one, GET=(status, VIEW_AUDIT)),
        route(f"{one}/results", GET=(results, VIEW_AUDIT)),
    ]


def realtime_services(call: Call) -> Response:
    return json_response(mapping(call.org, realtime=True))


def all_services(call: Call) -> Response:
    return json_response(mapping(call.org, realtime=False))


def realtime(call: Call) -> Response:
    """Return a page of the records. A page past the end is empty."""
    body = read_body(call, RealtimeBody)
    first, _last = interval_of(body)
    oldest = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=REALTIME_DAYS)
    if first < oldest:
        raise _refused("interval", f"begins more than {REALTIME_DAYS} days ago.")
    found = matching(call, body, realtime=True)
    size, number = body.page_size, body.page_number
    return json_response(
        {
            "entities": [shown(call, one) for one in found[(number - 1) * size : number * size]],
            "pageNumber": number,
            "pageSize": size,
            "pageCount": math.ceil(len(found) / size),
            "total": len(found),
        }
    )


def start(call: Call) -> Response:
    """Start a query of the records that are there."""
    body = read_body(call, QueryBody)
    if body.service_name is None and switches(call.org).audit_query_without_service == "refused":
        raise _refused("serviceName", "is required.")
    given = body.model_dump(by_alias=True, exclude_none=True)
    query_id, found = str(uuid.uuid4()), matching(call, body, realtime=False)
    described = {"id": query_id, "startDate": timestamp(), **given}
    query = Started(described, found, switches(call.org).reads_until_audited)
    call.org.state(StartedQueries).by_id[query_id] = query
    return json_response({**described, "state": "Queued"})


def status(call: Call) -> Response:
    query = _query(call)
    running = query.reads_left > 0
    query.reads_left -= 1
    state = "Running" if running else switches(call.org).audit_query_outcome
    return json_response({**query.shown, "state": state})


def results(call: Call) -> Response:
    """Return the page at a cursor. The last page has no cursor."""
    query = _query(call)
    if query.reads_left > 0 or switches(call.org).audit_query_outcome != "Succeeded":
        raise ApiError(409, "general.conflict", "The query has no results.")
    size, given = page_size(call, MAX_RESULTS_PAGE), call.query.get("cursor", "0")
    if not given.isdecimal():
        raise _refused("cursor", "is no cursor.")
    end = int(given) + size
    page: Wire = {
        "id": query.shown["id"],
        "pageSize": size,
        "entities": [shown(call, one) for one in query.records[int(given) : end]],
    }
    if end < len(query.records):
        page["cursor"] = str(end)
    return json_response(page)


def matching(call: Call, body: QueryBody, *, realtime: bool) -> list[Wire]:
    """Return the visible records of a query, the newest first unless it is sorted otherwise."""
    first, last = interval_of(body)
    known = services(call.org, realtime=realtime)
    if body.service_name is not None and body.service_name not in known:
        raise _refused("serviceName", f"must be one of {', '.join(known)}.")
    found = [
        stored.wire
        for stored in call.org[RECORDS].listed()
        if first <= _moment(stored.wire["eventDate"]) < last
        and stored.wire["serviceName"] in known
        and body.service_name in (None, stored.wire["serviceName"])
        and all(_value(stored.wire, one.property) == one.value for one in body.filters or [])
    ]
    ascending = bool(body.sort) and body.sort is not None and body.sort[0].sort_order == "ascending"
    return sorted(found, key=lambda wire: _moment(wire["eventDate"]), reverse=not ascending)


def interval_of(body: QueryBody) -> tuple[datetime.datetime, datetime.datetime]:
    """Return the two ends of a query's interval. Raise 400 for another text and for an empty interval."""
    first, separator, last = body.interval.partition("/")
    try:
        if separator and _moment(first) < _moment(last):
            return _moment(first), _moment(last)
    except (ValueError, TypeError):
        pass
    raise _refused("interval", "must be two times in ISO 8601 joined by a slash.")


def shown(call: Call, wire: Wire) -> Wire:
    """Return a record. The name of its user is there only if the query asks for it."""
    if "user" not in wire or "user" in queries.values(call, "expand"):
        return wire
    return {**wire, "user": {"id": wire["user"]["id"]}}


def _value(wire: Wire, name: str) -> t.Any:
    return {
        "UserId": wire.get("user", {}).get("id"),
        "ClientId": wire.get("client", {}).get("id"),
        "Action": wire["action"],
        "EntityType": wire["entityType"],
        "EntityId": wire["entity"]["id"],
    }.get(name)


def _moment(text: str) -> datetime.datetime:
    moment = datetime.datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)


def _query(call: Call) -> Started:
    query = call.org.state(StartedQueries).by_id.get(call.path_params["transactionId"])
    if query is None:
        raise not_found(f"The audit query {call.path_params['transactionId']}")
    return query


def _refused(field: str, sentence: str) -> ApiError:
    return bad_request("The audit query is not valid.", [Detail(field, "invalid.value", sentence)])
