# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads whole lists: by page number or by continuation token (API: Common rules; S2.1, S3.2).

Private to the collection. Knows neither HTTP nor retries: a C(Fetch) takes query parameters and returns
the decoded body of one page.
"""

from __future__ import annotations

import dataclasses
import typing as t
from collections.abc import Callable, Iterable, Iterator

from .._errors import ListChanged, MalformedAnswer

Fetch = Callable[[dict[str, t.Any]], dict[str, t.Any]]

#: How often a list that changed while its pages were read is read again.
REREADS = 3
#: A million objects: beyond it a server counts up for ever.
MOST_PAGES = 10_000


@dataclasses.dataclass(frozen=True)
class NumberedPaging:
    """Lists by page numbers, which begin with 1: the names of their query parameters."""

    size_param: str = "pageSize"
    number_param: str = "pageNumber"
    page_size: int = 100


#: How most lists are read.
NUMBERED = NumberedPaging()


def continuation_token(body: dict[str, t.Any]) -> t.Any:
    """Return the token of the next page from the key C(continuationToken)."""
    return body.get("continuationToken")


@dataclasses.dataclass(frozen=True)
class TokenPaging:
    """Lists by a token or cursor: the names of their query parameters.

    C(next_token) reads the token of the next page from a page; None or "" ends the list.
    """

    size_param: str = "pageSize"
    token_param: str = "continuationToken"
    page_size: int = 100
    next_token: Callable[[dict[str, t.Any]], t.Any] = continuation_token


#: How lists with continuation tokens are read.
CONTINUED = TokenPaging()


class Page(t.NamedTuple):
    """One page; C(total) and C(page_count) are None where the server gives no whole number."""

    entities: list[dict[str, t.Any]]
    total: int | None
    page_count: int | None


def list_objects(fetch: Fetch, path: str, paging: NumberedPaging | TokenPaging) -> list[dict[str, t.Any]]:
    """Return every object of a list once, in the server's order."""
    if isinstance(paging, TokenPaging):
        return list_token(fetch, path, paging)
    return list_numbered(fetch, path, paging)


def list_numbered(fetch: Fetch, path: str, paging: NumberedPaging = NUMBERED) -> list[dict[str, t.Any]]:
    """Every object once, in the server's order.

    Raises MalformedAnswer for a page that is none, ListChanged when the pages of 1 + C(REREADS) readings
    did not fit together.
    """
    for _turn in range(1 + REREADS):
        entities = merge(numbered_pages(fetch, path, paging))
        if entities is not None:
            return entities
    raise list_changed(path)


def list_changed(path: str) -> ListChanged:
    return ListChanged(
        f"The list {path} changed while its pages were read, {1 + REREADS} times in a row: total and objects "
        "do not agree. Run again when nothing else writes to the org."
    )


def numbered_pages(fetch: Fetch, path: str, paging: NumberedPaging = NUMBERED) -> Iterator[Page]:
    """The pages from the first to the last, one request each."""
    seen: set[str] = set()
    for number in range(1, MOST_PAGES + 1):
        page = numbered_page(fetch, path, paging, number)
        yield page
        before = len(seen)
        seen.update(entity["id"] for entity in page.entities)
        if len(seen) == before:
            return
        if page.total is not None:
            if len(seen) >= page.total:
                return
        elif page.page_count is not None and number >= page.page_count:
            return
    raise endless(path)


def numbered_page(fetch: Fetch, path: str, paging: NumberedPaging, number: int = 1) -> Page:
    """One page by its number, which begins with 1."""
    return _page(fetch({paging.size_param: paging.page_size, paging.number_param: number}), path)


def pages_after(first: Page) -> int | None:
    """How many pages follow the first one; None where the server does not tell."""
    if first.total is None:
        return None
    if not first.entities:
        return 0  # whatever the total says, C(merge) judges it
    return -(-first.total // len(first.entities)) - 1 if first.total > len(first.entities) else 0


def endless(path: str) -> MalformedAnswer:
    return MalformedAnswer(f"The list {path} does not end after {MOST_PAGES} pages.")


def merge(pages: Iterable[Page]) -> list[dict[str, t.Any]] | None:
    """The objects of all pages, each once; None where the pages do not fit together."""
    entities: dict[str, dict[str, t.Any]] = {}
    totals: set[int | None] = set()
    for page in pages:
        totals.add(page.total)
        for entity in page.entities:
            entities.setdefault(entity["id"], entity)
    fits = len(totals) == 1 and totals <= {None, len(entities)}
    return list(entities.values()) if fits else None


def list_token(fetch: Fetch, path: str, paging: TokenPaging = CONTINUED) -> list[dict[str, t.Any]]:
    """Every object once, in the server's order.

    Raises MalformedAnswer for a page that is none, and for a token that comes a second time.
    """
    entities: dict[str, dict[str, t.Any]] = {}
    for page in token_pages(fetch, path, paging):
        for entity in page.entities:
            entities.setdefault(entity["id"], entity)
    return list(entities.values())


def token_pages(fetch: Fetch, path: str, paging: TokenPaging = CONTINUED) -> Iterator[Page]:
    """The pages from the first to the last, one request each."""
    tokens: set[str] = set()
    params: dict[str, t.Any] = {paging.size_param: paging.page_size}
    for _turn in range(MOST_PAGES):
        body = fetch(params)
        yield _page(body, path)
        token = paging.next_token(body)
        if token in (None, ""):
            return
        if not isinstance(token, str) or token in tokens:
            raise MalformedAnswer(
                f"The list {path} does not end: its continuation token is no text, or came twice."
            )
        tokens.add(token)
        params = {paging.size_param: paging.page_size, paging.token_param: token}
    raise endless(path)


def _page(body: dict[str, t.Any], path: str) -> Page:
    entities = body.get("entities")
    if not isinstance(entities, list):
        raise MalformedAnswer(
            f"The list {path} came without entities: check that base_url is that of the API."
        )
    for entity in entities:
        if not isinstance(entity, dict) or not isinstance(entity.get("id"), str) or not entity["id"]:
            raise MalformedAnswer(f"The list {path} has an entry that is no object with an id.")
    return Page(entities, _count(body.get("total")), _count(body.get("pageCount")))


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
