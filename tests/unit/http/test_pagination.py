# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of whole lists by page number and by continuation token (S2.1, S3.2)."""

from __future__ import annotations

import dataclasses
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.genesys.cloud.plugins.module_utils import _errors as errors
from ansible_collections.genesys.cloud.plugins.module_utils._api.profile import NumberedPaging, TokenPaging
from ansible_collections.genesys.cloud.plugins.module_utils._api.reference import CONTINUED, NUMBERED
from ansible_collections.genesys.cloud.plugins.module_utils._http.pagination import list_objects
from unit.scripted_server import Answer, ReceivedRequest

PATH = "/api/v2/privacy/purposes"
PAIRS = dataclasses.replace(NUMBERED, page_size=2)


def objects(count, start=0):
    return [{"id": f"id-{number}", "name": f"n{number}"} for number in range(start, start + count)]


def numbered_pages(stored, **wrong):
    """Return a responder that serves a list as the API does; C(wrong) replaces fields of every page."""

    def respond(request: ReceivedRequest) -> Answer:
        size, number = int(request.query["pageSize"]), int(request.query["pageNumber"])
        now = stored() if callable(stored) else stored
        page = now[size * (number - 1) : size * number]
        body = {
            "entities": page,
            "pageNumber": number,
            "total": len(now),
            "pageCount": -(-len(now) // size),
        } | wrong
        return Answer(body={name: value for name, value in body.items() if value is not ...})

    return respond


@pytest.mark.parametrize(("count", "requests"), [(0, 1), (1, 1), (99, 1), (100, 1), (101, 2), (250, 3)])
def test_every_page_and_not_one_request_more(server, client, count, requests):
    server.respond(numbered_pages(objects(count)))
    assert client.list(PATH, NUMBERED) == objects(count)
    assert len(server.calls) == requests
    assert {call.query["pageSize"] for call in server.calls} == {"100"}


def test_parameters_of_the_caller_go_with_every_page(server, client):
    server.respond(numbered_pages(objects(5)))
    client.list(PATH, PAIRS, {"name": "a & b", "expand": None})
    assert [call.query for call in server.calls] == [
        {"name": "a & b", "pageSize": "2", "pageNumber": str(number)} for number in (1, 2, 3)
    ]


@pytest.mark.parametrize("total", [..., None, "5", -1, True, 2.5])
@pytest.mark.parametrize("page_count", [..., None, "3", 3])
def test_without_a_usable_total_the_list_is_still_whole(server, client, total, page_count):
    server.respond(numbered_pages(objects(5), total=total, pageCount=page_count))
    assert client.list(PATH, PAIRS) == objects(5)


def test_smaller_pages_than_asked_for(server, client):
    def respond(request: ReceivedRequest) -> Answer:
        number = int(request.query["pageNumber"])
        return Answer(body={"entities": objects(5)[2 * number - 2 : 2 * number], "total": 5})

    server.respond(respond)
    assert client.list(PATH, NUMBERED) == objects(5)


def test_a_list_that_changes_once_is_read_again(server, client):
    """Check an object that appears at the front: one object repeats, and the total grows."""
    states = itertools.chain([objects(4)], itertools.repeat(objects(1, start=9) + objects(4)))
    server.respond(numbered_pages(lambda: next(states)))
    assert client.list(PATH, PAIRS) == objects(1, start=9) + objects(4)


def test_an_object_lost_between_pages_is_noticed(server, client):
    """Check an object that disappears from the front: one object is skipped, and the total shrinks."""
    states = itertools.chain([objects(4)], itertools.repeat(objects(3, start=1)))
    server.respond(numbered_pages(lambda: next(states)))
    assert client.list(PATH, PAIRS) == objects(3, start=1)


def test_a_list_that_never_holds_still_is_an_error_in_the_end(server, client):
    counter = itertools.count(3)
    server.respond(numbered_pages(lambda: objects(next(counter))))
    with pytest.raises(errors.ListChanged, match="4 times in a row"):
        client.list(PATH, PAIRS)


def test_a_total_that_is_never_reached_is_an_error_in_the_end(server, client):
    server.respond(numbered_pages(objects(3), total=7))
    with pytest.raises(errors.ListChanged):
        client.list(PATH, NUMBERED)
    assert len(server.calls) == 4 * 2


def test_a_server_that_ignores_the_page_number_does_not_loop(server, client):
    server.respond(lambda request: Answer(body={"entities": objects(2)}))
    assert client.list(PATH, NUMBERED) == objects(2)
    assert len(server.calls) == 2


@pytest.mark.parametrize(
    "body", [{}, {"total": 1}, {"entities": {"a": 1}}, {"entities": [1]}, {"entities": [{"name": "x"}]}]
)
def test_a_page_that_is_none_is_an_error(server, client, body):
    server.script(Answer(body=body), Answer(body=body))
    for paging in (NUMBERED, CONTINUED):
        with pytest.raises(errors.MalformedResponse, match=PATH):
            client.list(PATH, paging)


@pytest.mark.parametrize("body", [{"entities": None}, {"entities": None, "total": 0}])
def test_a_page_without_entries_is_empty(server, client, body):
    server.script(Answer(body=body), Answer(body=body))
    assert [client.list(PATH, paging) for paging in (NUMBERED, CONTINUED)] == [[], []]


def test_an_empty_page_may_lack_its_entries(server, client):
    server.script(Answer(body={"total": 0, "pageCount": 0}))
    assert client.list(PATH, NUMBERED) == []


@pytest.mark.parametrize("answer", [Answer(204), Answer(202, b"")])
def test_a_list_needs_a_body(server, client, answer):
    server.script(answer, answer)
    for paging in (NUMBERED, CONTINUED):
        with pytest.raises(errors.MalformedResponse, match=PATH):
            client.list(PATH, paging)


def test_pages_are_repeated_like_any_get(server, client):
    server.script(
        Answer(body={"entities": objects(2), "total": 3}),
        Answer(drop=True),
        Answer(503),
        Answer(body={"entities": objects(1, start=2), "total": 3}),
    )
    assert client.list(PATH, PAIRS) == objects(3)


def test_continuation_tokens_are_followed_to_the_end(server, client):
    server.script(
        Answer(body={"entities": objects(2), "continuationToken": "a/b+c="}),
        Answer(body={"entities": [], "continuationToken": "second"}),
        Answer(body={"entities": objects(2, start=1), "continuationToken": ""}),
    )
    assert client.list(PATH, CONTINUED, {"expand": "settings"}) == objects(3)
    assert [call.query.get("continuationToken") for call in server.calls] == [None, "a/b+c=", "second"]
    assert all(call.query["expand"] == "settings" for call in server.calls)


@pytest.mark.parametrize("token", ["same", 7, ["x"]])
def test_a_continuation_token_that_leads_nowhere_is_an_error(server, client, token):
    server.respond(lambda request: Answer(body={"entities": objects(1), "continuationToken": token}))
    with pytest.raises(errors.MalformedResponse, match="continuation token"):
        client.list(PATH, CONTINUED)
    assert len(server.calls) <= 2


@pytest.mark.parametrize(
    ("paging", "page"),
    [
        (
            NumberedPaging(
                size_param="take",
                number_param="page",
                entities_key="items",
                total_key="count",
                page_count_key=None,
                id_key="key",
            ),
            {"count": 1},
        ),
        (
            TokenPaging(
                size_param="take",
                token_param="after",
                entities_key="items",
                next_token=lambda page: None,
                id_key="key",
            ),
            {},
        ),
    ],
)
def test_the_keys_of_a_page_are_those_of_the_paging(server, client, paging, page):
    server.script(Answer(body={"items": [{"key": "a"}, {"key": "a"}], **page}))
    assert client.list(PATH, paging) == [{"key": "a"}]
    assert server.calls[0].query["take"] == "100"
    server.script(Answer(body={"items": [{"id": "a"}], **page}))
    with pytest.raises(errors.MalformedResponse, match="not an object with an id"):
        client.list(PATH, paging)


VALUES = st.none() | st.booleans() | st.integers(-2, 5) | st.text(max_size=3)
ENTITIES = st.lists(st.fixed_dictionaries({"id": st.sampled_from(["a", "b", "c", "d"])}) | VALUES, max_size=4)
BODIES = st.fixed_dictionaries(
    {},
    optional={
        "entities": ENTITIES | VALUES,
        "total": VALUES,
        "pageCount": VALUES,
        "continuationToken": VALUES,
    },
)


@settings(max_examples=200, deadline=None)
@given(st.lists(BODIES, min_size=1, max_size=5))
def test_any_pages_end_in_a_list_or_an_error(bodies):
    for paging in (NUMBERED, CONTINUED):
        pages = itertools.cycle(bodies)
        try:
            found = list_objects(lambda params, pages=pages: next(pages), PATH, paging)
        except (errors.MalformedResponse, errors.ListChanged):
            continue
        ids = [entity["id"] for entity in found]
        assert len(ids) == len(set(ids))
