# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The routers of users, queues, wrap-up codes, languages, teams and forms, which clients here only read."""

from __future__ import annotations

import typing as t

import pydantic
from starlette.responses import Response
from starlette.routing import Route

from ..call import Call, json_response
from ..orgs import Org
from ..store import Kind, Stored, Wire
from . import queries, visibility
from .bodies import Body, read_body
from .paging import cursor_page, numbered_page
from .permissions import (
    SEARCH_USERS,
    VIEW_EVALUATION_FORM,
    VIEW_QUEUE,
    VIEW_SURVEY_FORM,
    VIEW_TEAM,
    VIEW_WRAPUP_CODE,
)
from .routing import route


def _form(wire: Wire) -> Wire:
    """Fill in what a seeded form lacks. All versions of a form have the id of its context."""
    return {"published": True, "contextId": f"context-of-{wire['id']}", **wire}


USERS = Kind(name="users", path="/api/v2/users", complete=lambda wire: {"state": "active", **wire})
QUEUES = Kind(name="queues", path="/api/v2/routing/queues")
WRAPUP_CODES = Kind(name="wrapup_codes", path="/api/v2/routing/wrapupcodes")
LANGUAGES = Kind(
    name="languages",
    path="/api/v2/routing/languages",
    complete=lambda wire: {"state": "active", "version": "1", **wire},
)
TEAMS = Kind(name="teams", path="/api/v2/teams")
EVALUATION_FORMS = Kind(
    name="evaluation_forms", path="/api/v2/quality/publishedforms/evaluations", complete=_form
)
SURVEY_FORMS = Kind(
    name="survey_forms",
    path="/api/v2/quality/publishedforms/surveys",
    complete=lambda wire: {"disabled": False, **_form(wire)},
)
KINDS = (USERS, QUEUES, WRAPUP_CODES, LANGUAGES, TEAMS, EVALUATION_FORMS, SURVEY_FORMS)

#: The parameters that leave only the latest version of each form.
_LATEST = ("onlyLatestPerContext", "onlyLatestEnabledPerContext")


class Criterion(Body):
    """A criterion of a search. The simulator has those of exact values alone."""

    type: t.Literal["EXACT"]
    fields: list[t.Literal["name", "email", "id"]]
    value: str


class SearchBody(Body):
    query: list[Criterion]
    page_size: int = pydantic.Field(default=25, ge=1, le=100)
    page_number: int = pydantic.Field(default=1, ge=1)


def routes() -> list[Route]:
    return [
        route(QUEUES.path, GET=(_list_of(QUEUES, _matches_wildcard), VIEW_QUEUE)),
        route(WRAPUP_CODES.path, GET=(_list_of(WRAPUP_CODES, _contains), VIEW_WRAPUP_CODE)),
        route(LANGUAGES.path, GET=(_list_of(LANGUAGES, _contains), ())),
        route(TEAMS.path, GET=(list_teams, VIEW_TEAM)),
        route(f"{USERS.path}/search", POST=(search_users, SEARCH_USERS)),
        route(EVALUATION_FORMS.path, GET=(_list_of(EVALUATION_FORMS, _contains), VIEW_EVALUATION_FORM)),
        route(SURVEY_FORMS.path, GET=(_list_of(SURVEY_FORMS, _contains), VIEW_SURVEY_FORM)),
    ]


def _matches_wildcard(name: str, wanted: str) -> bool:
    """Return whether a name equals a text in any letter case, with an asterisk at its beginning or end."""
    if wanted.startswith("*") and wanted.endswith("*"):
        return wanted.strip("*") in name
    if wanted.startswith("*"):
        return name.endswith(wanted[1:])
    return name.startswith(wanted[:-1]) if wanted.endswith("*") else name == wanted


def _contains(name: str, wanted: str) -> bool:
    return wanted in name


def _list_of(kind: Kind, fits: t.Callable[[str, str], bool]) -> t.Callable[[Call], Response]:
    """Return the handler of a list by page number. C(fits) gets a name and the text of the filter."""

    def handle(call: Call) -> Response:
        ids, name = queries.values(call, "id"), queries.text(call, "name").lower()
        found = [
            stored
            for stored in visibility.listed(call, kind)
            if (not ids or stored.id in ids) and (not name or fits(str(stored.wire["name"]).lower(), name))
        ]
        if any(queries.flag(call, flag) for flag in _LATEST):
            found = list({stored.wire.get("contextId"): stored for stored in found}.values())
        return numbered_page(call, found, lambda stored: shown(kind, stored))

    return handle


def list_teams(call: Call) -> Response:
    name = queries.text(call, "name").lower()
    found = [
        stored
        for stored in visibility.listed(call, TEAMS)
        if str(stored.wire["name"]).lower().startswith(name)
    ]
    return cursor_page(call, found, lambda stored: shown(TEAMS, stored))


def search_users(call: Call) -> Response:
    """Return the users that fit all criteria. Values are compared in any letter case."""
    body = read_body(call, SearchBody)

    def fits(wire: Wire) -> bool:
        return all(
            any(str(wire.get(field, "")).lower() == one.value.lower() for field in one.fields)
            for one in body.query
        )

    found = [stored for stored in visibility.listed(call, USERS) if fits(stored.wire)]
    start = (body.page_number - 1) * body.page_size
    return json_response(
        {
            "total": len(found),
            "pageCount": -(-len(found) // body.page_size),
            "pageSize": body.page_size,
            "pageNumber": body.page_number,
            "types": ["users"],
            "results": [shown(USERS, one) for one in found[start : start + body.page_size]],
        }
    )


def shown(kind: Kind, stored: Stored) -> Wire:
    return {**stored.wire, "selfUri": f"{kind.path}/{stored.id}"}


def expanded(org: Org, kind: Kind, object_id: str) -> Wire | None:
    """Return an object as another one that names it shows it, None if it does not exist."""
    stored = org[kind].get(object_id)
    return None if stored is None else shown(kind, stored)
