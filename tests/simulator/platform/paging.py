# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages of lists: by number, and by cursor."""

from __future__ import annotations

import base64
import binascii
import math
import typing as t
import urllib.parse

from starlette.responses import Response

from ..call import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, Call, json_response
from ..errors import ApiError, Detail, bad_request
from ..store import Stored, Wire
from .switches import switches

MAX_CURSOR_PAGE = 200

Show = t.Callable[[Stored], Wire]


def page_size(call: Call, largest: int) -> int:
    """Return C(pageSize). Beyond C(largest) raise 400, or cap it with the switch C(page_size_over_limit)."""
    chosen = switches(call.org)
    capped = chosen.page_size_over_limit == "capped"
    size = call.whole_number("pageSize", DEFAULT_PAGE_SIZE, None if capped else largest)
    size = min(size, largest)
    if chosen.largest_page is not None and size > chosen.largest_page:
        raise ApiError(
            400,
            "response.entity.too.large",
            "The response is larger than the maximum size. Reduce the page size and try again.",
        )
    return size


def numbered_page(
    call: Call,
    matching: t.Sequence[Stored],
    show: Show,
    *,
    uris: bool = True,
    largest: int = MAX_PAGE_SIZE,
    respond: t.Callable[[Wire], Response] = json_response,
) -> Response:
    """Return a page by number with its counts, and the URIs of its neighbours if C(uris)."""
    size = page_size(call, largest)
    number = call.whole_number("pageNumber", 1)
    pages = math.ceil(len(matching) / size)
    more = number < pages or switches(call.org).endless_next_uri
    shown = matching[: switches(call.org).lists_lose_after]
    entities = [show(stored) for stored in shown[(number - 1) * size : number * size]]
    page: Wire = {
        **_entities(call, entities),
        "pageSize": size,
        "pageNumber": number,
        "total": len(matching),
        "pageCount": pages,
    }
    if uris:
        page |= {
            "firstUri": _uri(call, size, pageNumber=1),
            "lastUri": _uri(call, size, pageNumber=max(pages, 1)),
            "selfUri": _uri(call, size, pageNumber=number),
            **_next_uri(call, _uri(call, size, pageNumber=number + 1) if more else None),
        }
        if number > 1:
            page["previousUri"] = _uri(call, size, pageNumber=number - 1)
    return respond(page)


def cursor_page(call: Call, matching: t.Sequence[Stored], show: Show) -> Response:
    """Return the page after the object that C(after) names, or before that of C(before).

    A cursor has the position of an object, so changes between two pages neither repeat nor skip an object.
    C(after) also takes the id of an object.
    """
    size = page_size(call, MAX_CURSOR_PAGE)
    after, before = (_position(call, name, matching) for name in ("after", "before"))
    left = [one for one in matching if (after is None or one.order > after)]
    if before is not None:
        left = [one for one in left if one.order < before][-size:]
    page = left[:size]
    more = bool(page) and matching[-1].order > page[-1].order
    following = _uri(call, size, after=_cursor(page[-1].order)) if more else None
    if following is None and switches(call.org).endless_next_uri:
        following = _uri(call, size, after=_cursor(page[-1].order if page else after or 0))
    body: Wire = {
        **_entities(call, [show(stored) for stored in page]),
        "selfUri": _uri(call, size),
        **_next_uri(call, following),
    }
    if page and matching[0].order < page[0].order:
        body["previousUri"] = _uri(call, size, before=_cursor(page[0].order))
    return json_response(body)


def _entities(call: Call, entities: list[Wire]) -> Wire:
    empty = switches(call.org).empty_entities
    if entities or empty == "list":
        return {"entities": entities}
    return {"entities": None} if empty == "null" else {}


def _next_uri(call: Call, uri: str | None) -> Wire:
    last = switches(call.org).last_next_uri
    if uri is None and last == "absent":
        return {}
    return {"nextUri": uri or (None if last == "null" else "")}


def _uri(call: Call, size: int, **position: t.Any) -> str:
    """Return the path of another page with the filters of this one."""
    dropped = {"pageSize", "pageNumber", "after", "before"} if position else {"pageSize", "pageNumber"}
    kept = [(name, value) for name, value in call.query.multi_items() if name not in dropped and value]
    query = urllib.parse.urlencode([*kept, ("pageSize", size), *position.items()])
    return f"{call.path}?{query}"


def _cursor(order: int) -> str:
    return base64.urlsafe_b64encode(f"at:{order}".encode()).decode().rstrip("=")


def _position(call: Call, name: str, matching: t.Sequence[Stored]) -> int | None:
    """Return the position that a cursor or an id means. Raise 400 for another text."""
    given = call.query.get(name)
    if not given:
        return None
    for stored in matching:
        if stored.id == given:
            return stored.order
    try:
        label, _separator, order = (
            base64.urlsafe_b64decode(given + "=" * (-len(given) % 4)).decode().partition(":")
        )
        if label == "at":
            return int(order)
    except (binascii.Error, ValueError):
        pass
    raise bad_request("The cursor is not valid.", [Detail(name, "invalid.value", "is no cursor.")])
