# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter merge_entries: merged entries and problems of an inventory's lists (C.3)."""

from __future__ import annotations

import copy
import typing as t

import pytest
from ansible.errors import AnsibleFilterError
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.genesys.cloud.plugins.filter.merge_entries import merge_entries


def entries(**lists: t.Any) -> list[t.Any]:
    result = merge_entries(lists)
    assert result["problems"] == []
    return result["entries"]


def problems(**lists: t.Any) -> list[str]:
    return merge_entries(lists)["problems"]


def test_a_later_entry_takes_the_place_of_the_whole_earlier_one() -> None:
    base = [{"name": "A", "description": "base", "rest": {"url": "u"}}, {"name": "B"}, {"name": "C"}]
    assert entries(base=base, host=[{"name": "A", "description": "host"}]) == [
        {"name": "A", "description": "host"},
        {"name": "B"},
        {"name": "C"},
    ]


def test_the_host_wins_over_the_group_and_the_group_over_the_base() -> None:
    merged = entries(
        base=[{"name": "A", "state": "base"}, {"name": "B", "state": "base"}, {"name": "C", "state": "base"}],
        group=[{"name": "A", "state": "group"}, {"name": "B", "state": "group"}],
        host=[{"name": "A", "state": "host"}, {"name": "D", "state": "host"}],
    )
    assert merged == [
        {"name": "A", "state": "host"},
        {"name": "B", "state": "group"},
        {"name": "C", "state": "base"},
        {"name": "D", "state": "host"},
    ]


def test_the_id_matches_where_the_names_differ() -> None:
    assert entries(base=[{"id": "1", "name": "A"}], host=[{"id": "1", "name": "renamed"}]) == [
        {"id": "1", "name": "renamed"}
    ]


def test_the_name_matches_where_only_one_has_an_id() -> None:
    assert entries(base=[{"id": "1", "name": "A"}], host=[{"name": "A"}]) == [{"name": "A"}]


def test_a_number_as_name_is_the_same_as_its_text() -> None:
    assert entries(base=[{"name": 404}], host=[{"name": "404", "state": "absent"}]) == [
        {"name": "404", "state": "absent"}
    ]


def test_names_differ_by_case() -> None:
    assert entries(base=[{"name": "orders"}], host=[{"name": "Orders"}]) == [
        {"name": "orders"},
        {"name": "Orders"},
    ]


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ({"name": "A"}, "the same name 'A' as base[0]"),
        ({"id": "1"}, "the same id '1' as base[0]"),
        ({"name": "B", "id": "1"}, "the same id '1' as base[0]"),
        ({"name": "A", "id": "1"}, "the same name 'A' as base[0] and the same id '1' as base[0]"),
    ],
)
def test_a_duplicate_within_one_list_is_named(second: dict[str, str], expected: str) -> None:
    assert problems(base=[{"name": "A", "id": "1"}, {"name": "X"}, second]) == [
        f"base[2]: has {expected}; remove one of them"
    ]


def test_each_of_three_equal_entries_after_the_first_is_named() -> None:
    found = problems(base=[{"name": "A"}] * 3)
    assert [text.split(":")[0] for text in found] == ["base[1]", "base[2]"]


def test_every_mistake_of_every_list_is_reported_at_once() -> None:
    found = problems(
        base=[{"name": "A"}, {"name": "A"}, {"rest": {}}, "Orders", None],
        group={"name": "B"},
        host=[
            {"name": "", "id": None},
            {"name": "C", "base_url": "https://x.example", "client_secret": "s3cret"},
        ],
    )
    assert [text.split(":")[0] for text in found] == [
        "base[1]",
        "base[2]",
        "base[3]",
        "base[4]",
        "group",
        "host[0]",
        "host[1]",
    ]
    assert "set name or id" in found[1] and "set name or id" in found[5]
    assert "must be a mapping of module options, not str" in found[2]
    assert "must be a list of entries, not dict" in found[4]
    assert (
        "connection options belong to the host, not to an entry; remove base_url, client_secret" in found[6]
    )
    assert "s3cret" not in str(found)


def test_an_entry_that_means_two_objects_is_refused() -> None:
    found = problems(base=[{"name": "A"}, {"id": "1"}], host=[{"name": "A", "id": "1"}])
    assert found == ["host[0]: its name and id belong to two entries, base[0] and base[1]; keep one"]


def test_two_entries_that_replace_the_same_one_are_refused() -> None:
    found = problems(base=[{"name": "A", "id": "1"}], host=[{"name": "A"}, {"id": "1"}])
    assert found == ["host[1]: replaces base[0], and so does host[0]; remove one of them"]


def test_the_input_must_be_a_mapping() -> None:
    with pytest.raises(AnsibleFilterError, match="needs a mapping of lists, not list"):
        merge_entries([{"name": "A"}])  # type: ignore[arg-type]


def test_strict_fails_with_all_problems() -> None:
    lists = {"base": [{"name": "A"}, {"name": "A"}], "host": "Orders"}
    with pytest.raises(AnsibleFilterError) as caught:
        merge_entries(lists, strict=True)
    assert str(caught.value).splitlines()[1:] == problems(**lists)
    assert merge_entries({"base": [{"name": "A"}]}, strict=True)["entries"] == [{"name": "A"}]


def test_thousands_of_entries_cost_little() -> None:
    """Quadratic time would take minutes here."""
    base = [{"name": f"A{number}", "id": f"{number}"} for number in range(20_000)]
    host = [{"id": f"{number}", "name": f"B{number}"} for number in range(20_000)]
    assert entries(base=base, host=host) == host


names = st.lists(st.sampled_from("ABCDEFG"), unique=True)


@given(base=names, group=names, host=names)
def test_every_name_is_there_once_from_the_last_list_that_has_it(
    base: list[str], group: list[str], host: list[str]
) -> None:
    lists = {
        level: [{"name": name, "from": level} for name in given_names]
        for level, given_names in (("base", base), ("group", group), ("host", host))
    }
    untouched = copy.deepcopy(lists)
    merged = entries(**lists)
    expected = {entry["name"]: entry for level in lists.values() for entry in level}
    assert {entry["name"]: entry for entry in merged} == expected
    assert len(merged) == len(expected)
    assert [entry["name"] for entry in merged] == list(dict.fromkeys(base + group + host))
    assert lists == untouched


def test_other_kinds_have_other_identities():
    """A custom object is identified by its id and has no name (C.3)."""
    below = {"custom_object_id": "contract", "indexes": [{"name": "a"}]}
    above = {"custom_object_id": "contract", "indexes": []}
    merged = merge_entries({"all": [below, {"name": "no id"}], "host": [above]}, ["custom_object_id"])
    assert merged["entries"] == [above]
    assert merged["problems"] == ["all[1]: does not identify an object; set custom_object_id"]


def test_without_identities_all_entries_mean_the_only_object() -> None:
    lists = {"base": [{"enabled": False}], "host": [{"enabled": True}]}
    assert merge_entries(lists, []) == {"entries": [{"enabled": True}], "problems": []}
    (problem,) = merge_entries({"base": [{"enabled": False}, {"enabled": True}]}, [])["problems"]
    assert problem == "base[1]: has the same object as base[0]; remove one of them"


def test_a_boolean_names_an_object_only_if_it_is_true() -> None:
    identities = ["name", "default"]
    named = [{"name": "A", "default": False}, {"name": "B", "default": False}]
    assert merge_entries({"base": named}, identities) == {"entries": named, "problems": []}
    merged = merge_entries({"base": [{"default": True, "level": 1}], "host": [{"default": True}]}, identities)
    assert merged == {"entries": [{"default": True}], "problems": []}
    (problem,) = merge_entries({"base": [{"default": False}]}, identities)["problems"]
    assert problem == "base[0]: does not identify an object; set name or default"
