# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists of all styles: numbered pages, continuation tokens, links to the next page, or one response.

Private to the collection. Features S2.1, S3.2 and P.2. HTTP and retries are left to the C(Fetch) callable,
which takes query parameters and returns the decoded body of one page.
"""

from __future__ import annotations

import dataclasses
import typing as t
import urllib.parse
from collections.abc import Callable, Iterable, Iterator

from .._api.profile import AnyPaging, LinkPaging, NoPaging, NumberedPaging, Paging, TokenPaging
from .._errors import ApiError, ListChanged, MalformedResponse
from .._retry_policy import LIST_CHANGES, RetryLoop

Fetch = Callable[[dict[str, t.Any]], dict[str, t.Any]]

#: Limit against a server that always announces a next page; a million objects.
MOST_PAGES = 10_000
#: Empty pages in a row after which a list of links has ended, although it announces a next page.
_MOST_EMPTY_PAGES = 3

P = t.TypeVar("P", bound=Paging)
T = t.TypeVar("T")


class Page(t.NamedTuple):
    """One page of a list. C(total) and C(page_count) are None where the API gives no whole number."""

    entities: list[dict[str, t.Any]]
    total: int | None
    page_count: int | None


def list_objects(fetch: Fetch, path: str, paging: AnyPaging) -> list[dict[str, t.Any]]:
    """Return each object of a list once, in the API's order.

    If the API refuses a page as too large, halve the page size and begin anew.
    """

    def read(paging: AnyPaging) -> list[dict[str, t.Any]]:
        if isinstance(paging, NumberedPaging):
            return list_numbered(fetch, path, paging)
        if isinstance(paging, TokenPaging):
            return list_token(fetch, path, paging)
        if isinstance(paging, LinkPaging):
            return list_linked(fetch, path, paging)
        return list_unpaged(fetch, path, paging)

    return with_smaller_pages(paging, read)


def with_smaller_pages(paging: P, read: Callable[[P], T]) -> T:
    """Return the result of C(read) with the largest page size that the API does not refuse as too large."""
    while True:
        try:
            return read(paging)
        except ApiError as error:
            if error.code not in paging.too_large_codes or paging.page_size == 1:
                raise
            paging = dataclasses.replace(paging, page_size=paging.page_size // 2)


def list_numbered(fetch: Fetch, path: str, paging: NumberedPaging) -> list[dict[str, t.Any]]:
    """Return each object of a list with page numbers once, in the API's order.

    Raise MalformedResponse for an invalid page, ListChanged when the pages were inconsistent in as
    many reads as C(LIST_CHANGES) allows.
    """
    reads = RetryLoop(LIST_CHANGES)
    while True:
        entities = merge(numbered_pages(fetch, path, paging), paging)
        if entities is not None:
            return entities
        if not reads.wait():
            raise list_changed(path)


def list_changed(path: str) -> ListChanged:
    """Return the error for a list whose pages stayed inconsistent."""
    return ListChanged(
        f"The list {path} changed while its pages were read, {LIST_CHANGES.attempts} times in a row: total "
        "and objects do not agree. Run again when nothing else writes to the org."
    )


def numbered_pages(fetch: Fetch, path: str, paging: NumberedPaging) -> Iterator[Page]:
    """Yield the pages in order, one request each. Raise MalformedResponse for an endless list."""
    seen: set[str] = set()
    for number in range(1, MOST_PAGES + 1):
        page = numbered_page(fetch, path, paging, number)
        yield page
        before = len(seen)
        seen.update(entity[paging.id_key] for entity in page.entities)
        if len(seen) == before:
            return
        if page.total is not None:
            if len(seen) >= page.total:
                return
        elif page.page_count is not None and number >= page.page_count:
            return
    raise endless(path)


def numbered_page(fetch: Fetch, path: str, paging: NumberedPaging, number: int = 1) -> Page:
    """Return one page by its number; the first page is 1."""
    body = fetch({paging.size_param: paging.page_size, paging.number_param: number})
    total, page_count = (
        None if key is None else _count(body.get(key)) for key in (paging.total_key, paging.page_count_key)
    )
    return Page(_entities(body, path, paging), total, page_count)


def pages_after(first: Page) -> int | None:
    """Return the number of pages that follow the first one; None if the API gives no total."""
    if first.total is None:
        return None
    if not first.entities:
        return 0  # merge() rejects a total that is not 0
    return -(-first.total // len(first.entities)) - 1 if first.total > len(first.entities) else 0


def endless(path: str) -> MalformedResponse:
    """Return the error for a list that exceeds C(MOST_PAGES)."""
    return MalformedResponse(f"The list {path} does not end after {MOST_PAGES} pages.")


def merge(pages: Iterable[Page], paging: NumberedPaging) -> list[dict[str, t.Any]] | None:
    """Return each object of the pages once; None if the pages are inconsistent."""
    entities: dict[str, dict[str, t.Any]] = {}
    totals: set[int | None] = set()
    for page in pages:
        totals.add(page.total)
        for entity in page.entities:
            entities.setdefault(entity[paging.id_key], entity)
    consistent = len(totals) == 1 and totals <= {None, len(entities)}
    return list(entities.values()) if consistent else None


def list_token(fetch: Fetch, path: str, paging: TokenPaging) -> list[dict[str, t.Any]]:
    """Return each object of a list with continuation tokens once, in the API's order.

    Raise MalformedResponse for an invalid page and for a repeated token.
    """
    entities: dict[str, dict[str, t.Any]] = {}
    for page in token_pages(fetch, path, paging):
        for entity in page.entities:
            entities.setdefault(entity[paging.id_key], entity)
    return list(entities.values())


def token_pages(fetch: Fetch, path: str, paging: TokenPaging) -> Iterator[Page]:
    """Yield the pages in order, one request each. Raise MalformedResponse for an endless list."""
    tokens: set[str] = set()
    params: dict[str, t.Any] = {paging.size_param: paging.page_size}
    for _number in range(MOST_PAGES):
        body = fetch(params)
        yield Page(_entities(body, path, paging), None, None)
        token = paging.next_token(body)
        if token in (None, ""):
            return
        if not isinstance(token, str) or token in tokens:
            raise MalformedResponse(
                f"The list {path} does not end: its continuation token is not a string, or was repeated."
            )
        tokens.add(token)
        params = {paging.size_param: paging.page_size, paging.token_param: token}
    raise endless(path)


def list_linked(fetch: Fetch, path: str, paging: LinkPaging) -> list[dict[str, t.Any]]:
    """Return each object of a list once whose pages have the URI of the next one, in the API's order.

    Raise MalformedResponse for an invalid page or URI.
    """
    entities: dict[str, dict[str, t.Any]] = {}
    size = {paging.size_param: paging.page_size}
    params: dict[str, t.Any] = dict(size)
    links: set[str] = set()
    empty = 0
    for _number in range(MOST_PAGES):
        body = fetch(params)
        page = _entities(body, path, paging)
        empty = 0 if page else empty + 1
        repeated = bool(page) and all(entity[paging.id_key] in entities for entity in page)
        for entity in page:
            entities.setdefault(entity[paging.id_key], entity)
        link = body.get(paging.link_key)
        if link in (None, "") or repeated or empty >= _MOST_EMPTY_PAGES:
            return list(entities.values())
        if not isinstance(link, str):
            raise MalformedResponse(f"The list {path} has a {paging.link_key} that is not a string.")
        if link in links:
            return list(entities.values())
        links.add(link)
        params = {**size, **dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(link).query))}
    raise endless(path)


def list_unpaged(fetch: Fetch, path: str, paging: NoPaging) -> list[dict[str, t.Any]]:
    """Return each object of a list once that comes in one response. Raise MalformedResponse, ListChanged."""
    body = fetch({})
    entities = {entity[paging.id_key]: entity for entity in _entities(body, path, paging)}
    total = None if paging.total_key is None else _count(body.get(paging.total_key))
    if total is not None and total != len(entities):
        raise ListChanged(f"The list {path} has {len(entities)} objects, and its total is {total}.")
    return list(entities.values())


def _entities(body: dict[str, t.Any], path: str, paging: Paging) -> list[dict[str, t.Any]]:
    entities = body.get(paging.entities_key)
    if entities is None and _is_empty_page(body, paging):
        return []
    if not isinstance(entities, list):
        raise MalformedResponse(
            f"The list {path} has no {paging.entities_key}: check that base_url is that of the API."
        )
    for entity in entities:
        identifier = entity.get(paging.id_key) if isinstance(entity, dict) else None
        if not isinstance(identifier, str) or not identifier:
            raise MalformedResponse(f"The list {path} has an entry that is not an object with an id.")
    return entities


def _is_empty_page(body: dict[str, t.Any], paging: Paging) -> bool:
    """Return whether a body without entries is that of a page, which some APIs send for an empty list.

    Any other body would be read as an org without objects.
    """
    if paging.entities_key in body:
        return True  # null
    total = None
    if isinstance(paging, (NumberedPaging, NoPaging)):
        total = _count(body.get(paging.total_key or ""))
    return total == 0 if total is not None else not paging.page_keys.isdisjoint(body)


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
