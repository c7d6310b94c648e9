# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Objects that the collection does not manage and other kinds name, such as users and queues (N.4).

Private to the collection. A text in the form of a UUID is the id of an object, and costs no request.
"""

from __future__ import annotations

import dataclasses
import re
import typing as t

from .._api.platform import LINKED, NUMBERED
from .._api.profile import AnyPaging
from .._engine.received_objects import check_type
from .._engine.run_cache import RunCache
from .._errors import Ambiguous, NotFound
from .._http.client import Client
from .._model.json_objects import Body, only_keys
from .._model.json_type import TEXT, list_of, object_of

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_LISTED = object_of({"id": TEXT, "name": TEXT, "email": TEXT, "contextId": TEXT, "state": TEXT}, ["id"])
_SEARCH = "/api/v2/users/search"
_FOUND = object_of({"results": list_of(_LISTED)})
#: The number of users that one search returns.
_MOST_FOUND = 100


@dataclasses.dataclass(frozen=True, eq=False)
class NamedKind:
    """A kind of objects that others name: its title, the path and the paging of its list.

    C(keys) are the fields of an object that a reference has. C(params) go with every list.
    """

    title: str
    path: str
    paging: AnyPaging = NUMBERED
    keys: tuple[str, ...] = ("id", "name")
    params: t.Mapping[str, str] = dataclasses.field(default_factory=dict)


_OF_FORM = ("id", "name", "contextId")
USER = NamedKind("user", _SEARCH, keys=("id", "name", "email"))
QUEUE = NamedKind("queue", "/api/v2/routing/queues")
WRAPUP_CODE = NamedKind("wrap-up code", "/api/v2/routing/wrapupcodes")
LANGUAGE = NamedKind("language", "/api/v2/routing/languages")
TEAM = NamedKind("team", "/api/v2/teams", LINKED)
EVALUATION_FORM = NamedKind(
    "published evaluation form",
    "/api/v2/quality/publishedforms/evaluations",
    keys=_OF_FORM,
    params={"onlyLatestPerContext": "true"},
)
SURVEY_FORM = NamedKind(
    "published survey form",
    "/api/v2/quality/publishedforms/surveys",
    keys=_OF_FORM,
    params={"onlyLatestEnabledPerContext": "true"},
)
#: The path of a search, which is a POST without an effect.
SEARCH_PATHS = (_SEARCH,)
LIST_PATHS = tuple(kind.path for kind in (QUEUE, WRAPUP_CODE, LANGUAGE, TEAM, EVALUATION_FORM, SURVEY_FORM))


def is_id(text: str) -> bool:
    """Return whether a text has the form of an id."""
    return _UUID.fullmatch(text) is not None


def find_named(client: Client, run_cache: RunCache, kind: NamedKind, text: str) -> Body:
    """Return the object with a name, with the fields of a reference. Raise NotFound and Ambiguous.

    A user is named by the email address too. Each name is looked for once in a run.
    """
    key = f"{kind.title} {text!r}"
    found = run_cache.get_or_compute(key, lambda: _matching(client, run_cache, kind, text))
    if len(found) > 1:
        raise Ambiguous(kind.title, repr(text), [str(one["id"]) for one in found])
    if not found:
        also = " or the email address" if kind is USER else ""
        raise NotFound(
            f"there is no {kind.title} {text!r} in this org, or the client has no access to it. Correct the "
            f"name{also}, which must match exactly, or give the id"
        )
    return dict(found[0])


def _matching(client: Client, run_cache: RunCache, kind: NamedKind, text: str) -> list[Body]:
    listed = _searched(client, text) if kind is USER else _listed(client, run_cache, kind, text)
    field = "email" if kind is USER and "@" in text else "name"

    def fits(body: Body) -> bool:
        # The domain of an email address has no letter case, and directories store it in any.
        value = str(body.get(field))
        return value.lower() == text.lower() if field == "email" else value == text

    return [
        t.cast("Body", only_keys(body, kind.keys))
        for body in listed
        if fits(body) and body.get("state") != "deleted"
    ]


def _searched(client: Client, text: str) -> list[Body]:
    """Return the users of a name or an email address. A list of all users would be very long."""
    field = "email" if "@" in text else "name"
    criterion = {"type": "EXACT", "fields": [field], "value": text}
    body = {"pageSize": _MOST_FOUND, "pageNumber": 1, "query": [criterion]}
    answer: t.Any = client.send("POST", _SEARCH, json=body, repeatable=True).data
    check_type(_FOUND, answer, f"POST {_SEARCH}", "result of a search")
    return list(answer.get("results") or [])


def _listed(client: Client, run_cache: RunCache, kind: NamedKind, text: str) -> list[Body]:
    """Return the objects among which a name is looked for: all of them if a run looks for many names."""

    def read(params: t.Mapping[str, str]) -> list[Body]:
        listed = client.list(kind.path, kind.paging, {**kind.params, **params})
        for body in listed:
            check_type(_LISTED, body, f"The list {kind.path}", kind.title)
        return listed

    if run_cache.seeks_many(kind.path, text):
        return run_cache.get_or_compute(f"all of {kind.path}", lambda: read({}))
    return read({"name": text})
