# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of identities of several parts: the index that bulk reads and rollbacks share, and messages."""

from __future__ import annotations

import dataclasses

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._engine.lookup import (
    IdentityIndex,
    reject_duplicate_name,
    show_identity,
)
from ansible_collections.genesys.cloud.plugins.module_utils._errors import InputError
from ansible_collections.genesys.cloud.plugins.module_utils._model.plan import Plan, from_list
from unit.second_profile.letter_profile import LETTER

BODIES = [
    {"id": "1", "name": "A", "folder": "inbox"},
    {"id": "2", "name": "A", "folder": "archive"},
    {"id": "3", "name": "B", "folder": "inbox"},
    {"id": "4", "name": ["A"], "folder": "inbox"},
    {"id": "5", "name": {"A": "B"}, "folder": "inbox"},
    {"id": "6", "folder": "inbox"},
    {"id": "7", "name": "A", "folder": ["inbox"]},
]


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (("A", "inbox"), "1"),
        (("A", None), "127"),
        (("C", "inbox"), ""),
        ((["A"], "inbox"), "4"),
        (({"A": "B"}, None), "5"),
        ((None, "archive"), "2"),
        ((None, None), "1234567"),
    ],
)
def test_objects_of_an_identity(wanted, ids):
    index = IdentityIndex(LETTER.profiles["desk"], [from_list(body) for body in BODIES])
    assert "".join(sorted(one.body["id"] for one in index.matching(wanted))) == ids


def test_an_identity_is_shown_by_its_given_parts():
    assert show_identity(("A",)) == "'A'"
    assert show_identity(("A", "inbox")) == "'A', 'inbox'"
    assert show_identity(("A", None)) == "'A'"


class ListClient:
    """A client whose lists have one letter, in the API's form."""

    def list(self, path, paging, params):
        return [{"id": "1", "label": "A", "box": "inbox"}]


def test_a_taken_identity_is_shown_by_its_given_parts():
    stored = dataclasses.replace(LETTER.profiles["desk"], unique_names=False)
    resource = dataclasses.replace(LETTER, profiles={"desk": stored}).profiles["desk"]
    before = {"id": "2", "name": "B", "folder": "inbox"}
    with pytest.raises(InputError, match=r"^name: 'A', 'inbox' is taken by another letter \(id 1\)"):
        reject_duplicate_name(ListClient(), resource, Plan("update", before, {**before, "name": "A"}))
    reject_duplicate_name(ListClient(), resource, Plan("update", before, {**before, "folder": "archive"}))
