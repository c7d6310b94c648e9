# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists that come in pages, by page number or by continuation token (S2.1, S3.2).

Private to the collection. HTTP and retries are left to the C(Fetch) callable, which takes query parameters
and returns the decoded body of one page.
"""

from __future__ import annotations

import typing as t
from collections.abc import Callable, Iterable, Iterator

from .._api.profile import NumberedPaging, TokenPaging
from .._errors import ListChanged, MalformedResponse
from .._retry_policy import LIST_CHANGES, RetryLoop

Fetch = Callable[[dict[str, t.Any]], dict[str, t.Any]]

#: Limit against a server that always announces a next page; a million objects.
MOST_PAGES = 10_000


class Page(t.NamedTuple):
    """One page of a list. C(total) and C(page_count) are None where the API gives no whole number."""

    entities: list[dict[str, t.Any]]
    total: int | None
    page_count: int | None


def list_objects(fetch: Fetch, path: str, paging: NumberedPaging | TokenPaging) -> list[dict[str, t.Any]]:
    """Return each object of a list once, in the API's order."""
    if isinstance(paging, TokenPaging):
        return list_token(fetch, path, paging)
    return list_numbered(fetch, path, paging)


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


def _entities(
    body: dict[str, t.Any], path: str, paging: NumberedPaging | TokenPaging
) -> list[dict[str, t.Any]]:
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


def _is_empty_page(body: dict[str, t.Any], paging: NumberedPaging | TokenPaging) -> bool:
    """Return whether a body without entries is that of a page, which some APIs send for an empty list.

    Any other body would be read as an org without objects.
    """
    if paging.entities_key in body:
        return True  # null
    return isinstance(paging, NumberedPaging) and _count(body.get(paging.total_key or "")) == 0


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
