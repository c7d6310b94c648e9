# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages by number and by cursor, and the odd ends of lists."""

from __future__ import annotations

import httpx
import pytest

TYPES = "/api/v2/integrations/types"
LISTING = "/api/v2/integrations/credentials/listing"
INTEGRATIONS = "/api/v2/integrations"


@pytest.fixture
def seven(platform_org):
    """Seed seven credentials c1 to c7 and seven integrations i1 to i7."""
    names = range(1, 8)
    platform_org.seed(
        [{"id": f"c{number}", "name": f"C{number}", "type": {"id": "userDefined"}} for number in names],
        "credentials",
    )
    platform_org.seed(
        [
            {"id": f"i{number}", "name": f"I{number}", "integrationType": {"id": "custom-rest-actions"}}
            for number in names
        ],
        "integrations",
    )


def ids(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [entity["id"] for entity in answer.json()["entities"]]


def test_pages_by_number_end_with_an_empty_page(platform, seven):
    pages = [platform.get(INTEGRATIONS, params={"pageSize": 3, "pageNumber": n}) for n in (1, 2, 3, 4)]
    assert [ids(page) for page in pages] == [["i1", "i2", "i3"], ["i4", "i5", "i6"], ["i7"], []]
    first, third, fourth = (pages[index].json() for index in (0, 2, 3))
    assert (first["total"], first["pageCount"], first["pageNumber"]) == (7, 3, 1)
    assert first["nextUri"] == f"{INTEGRATIONS}?pageSize=3&pageNumber=2"
    assert first["lastUri"] == f"{INTEGRATIONS}?pageSize=3&pageNumber=3"
    assert "previousUri" not in first
    assert "nextUri" not in third and "nextUri" not in fourth


def test_the_uris_of_pages_keep_the_filters(platform, seven):
    first = platform.get(INTEGRATIONS, params={"pageSize": 3, "integrationType": "custom-rest-actions"})
    assert "integrationType=custom-rest-actions" in first.json()["nextUri"]
    assert ids(platform.get(first.json()["nextUri"])) == ["i4", "i5", "i6"]


def test_pages_by_cursor_end_without_a_next_uri_and_have_no_total(platform, seven):
    found, uri, uris = [], f"{LISTING}?pageSize=3", 0
    while uri:
        page = platform.get(uri)
        assert "total" not in page.json()
        found += ids(page)
        uri, uris = page.json().get("nextUri"), uris + 1
    assert found == [f"c{number}" for number in range(1, 8)]
    assert uris == 3
    back = page.json()["previousUri"]
    assert ids(platform.get(back)) == ["c4", "c5", "c6"]


def test_a_cursor_may_be_the_id_of_the_last_object(platform, seven):
    assert ids(platform.get(LISTING, params={"after": "c5"})) == ["c6", "c7"]
    assert platform.get(LISTING, params={"after": "!"}).status_code == 400


def test_changes_between_two_pages_neither_repeat_nor_skip(platform, platform_org, seven):
    following = platform.get(LISTING, params={"pageSize": 3}).json()["nextUri"]
    platform_org.delete("c2", "credentials")
    assert ids(platform.get(following)) == ["c4", "c5", "c6"]


def test_the_largest_pages(platform, platform_org):
    assert platform.get(LISTING, params={"pageSize": 200}).status_code == 200
    assert platform.get(LISTING, params={"pageSize": 201}).status_code == 400
    assert platform.get(TYPES, params={"pageSize": 101}).status_code == 400
    platform_org.platform(page_size_over_limit="capped")
    assert platform.get(TYPES, params={"pageSize": 101}).json()["pageSize"] == 100


def test_a_page_may_be_too_large_for_the_answer(platform, platform_org):
    platform_org.platform(largest_page=50)
    refused = platform.get(TYPES, params={"pageSize": 100})
    assert (refused.status_code, refused.json()["code"]) == (400, "response.entity.too.large")
    assert platform.get(TYPES, params={"pageSize": 50}).status_code == 200


def test_the_ends_of_lists_in_other_forms(client, platform_org, seven):
    connection = client(platform_org, checked=False)
    for given, last in (("null", None), ("empty", "")):
        platform_org.platform(last_next_uri=given)
        assert connection.get(LISTING).json()["nextUri"] == last
        assert connection.get(TYPES).json()["nextUri"] == last
    platform_org.platform(empty_entities="null")
    assert connection.get(TYPES, params={"pageNumber": 9}).json()["entities"] is None
    platform_org.platform(empty_entities="absent")
    assert "entities" not in connection.get(TYPES, params={"pageNumber": 9}).json()
    assert len(connection.get(TYPES).json()["entities"]) > 0


def test_a_next_uri_may_never_end(platform, platform_org, seven):
    platform_org.platform(endless_next_uri=True)
    uri, pages = f"{LISTING}?pageSize=5", []
    for _turn in range(5):
        page = platform.get(uri)
        pages.append(ids(page))
        uri = page.json()["nextUri"]
    assert pages == [["c1", "c2", "c3", "c4", "c5"], ["c6", "c7"], [], [], []]
    uri = f"{INTEGRATIONS}?pageSize=5"
    for _turn in range(4):
        page = platform.get(uri)
        uri = page.json()["nextUri"]
    assert (ids(page), uri.endswith("pageNumber=5")) == ([], True)


def test_a_list_may_lose_objects_that_it_counts(platform, platform_org, seven):
    platform_org.platform(lists_lose_after=4)
    pages = [platform.get(INTEGRATIONS, params={"pageSize": 3, "pageNumber": n}) for n in (1, 2, 3)]
    assert [ids(page) for page in pages] == [["i1", "i2", "i3"], ["i4"], []]
    assert [page.json()["total"] for page in pages] == [7, 7, 7]


def test_an_empty_expand_is_no_expand_and_lists_come_in_two_forms(platform, seven):
    assert ids(platform.get(INTEGRATIONS, params={"expand": ""})) == [f"i{number}" for number in range(1, 8)]
    assert ids(platform.get(INTEGRATIONS, params={"ids": "i1,i3"})) == ["i1", "i3"]
    assert ids(platform.get(INTEGRATIONS, params={"ids": ["i1", "i3"]})) == ["i1", "i3"]
    many = ",".join(f"x{number}" for number in range(101))
    assert platform.get(INTEGRATIONS, params={"ids": many}).status_code == 400
