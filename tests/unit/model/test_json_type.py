# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the types of JSON values, and of the types that every kind declares."""

from __future__ import annotations

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._model.json_type import (
    ANY,
    BOOLEAN,
    NUMBER,
    TEXT,
    WHOLE_NUMBER,
    canonical_type,
    either,
    find_fault,
    list_of,
    map_of,
    object_of,
)
from ansible_collections.genesys.cloud.plugins.module_utils._resources.registry import KINDS

NODE = object_of({"type": TEXT})
NODE.keys["children"] = list_of(NODE)


@pytest.mark.parametrize(
    ("kind", "value", "fault"),
    [
        (TEXT, "x", None),
        (TEXT, 1, ("", "must be a string, not a whole number")),
        (WHOLE_NUMBER, True, ("", "must be a whole number, not a boolean")),
        (NUMBER, 1, None),
        (BOOLEAN, 0, ("", "must be a boolean, not a whole number")),
        (ANY, None, None),
        (list_of(TEXT), ["a", None], ("[1]", "must be a string, not null")),
        (map_of(TEXT), {"a": "b", "c": []}, ("c", "must be a string, not a list")),
        (object_of({"a": TEXT}), {"a": None, "b": 1}, None),
        (object_of({"a": TEXT}, ["a"]), {}, ("a", "is missing or null")),
        (
            object_of({"a": list_of(map_of(BOOLEAN))}),
            {"a": [{"x": 1}]},
            ("a[0].x", "must be a boolean, not a whole number"),
        ),
        (either(TEXT, list_of(TEXT)), ["a", 1], ("[1]", "must be a string, not a whole number")),
        (either(TEXT, list_of(TEXT)), {}, ("", "must be a string or a list, not an object")),
        (
            NODE,
            {"children": [{"children": [{"type": 1}]}]},
            ("children[0].children[0].type", "must be a string, not a whole number"),
        ),
        (
            canonical_type({"a.b": TEXT, "a": ANY}),
            {"id": "x", "a": "y"},
            ("a", "must be an object, not a string"),
        ),
        (
            canonical_type({}),
            {"id": "x", "version": "1"},
            ("version", "must be a whole number, not a string"),
        ),
    ],
)
def test_the_first_fault_is_found_with_its_place(kind, value, fault):
    assert find_fault(kind, value) == fault


@pytest.mark.parametrize(
    "resource",
    [resource for kind in KINDS for resource in kind.profiles.values()],
    ids=lambda resource: resource.kind,
)
def test_every_field_and_every_value_of_the_server_has_a_type(resource):
    assert [field.option for field in resource.fields if field.json_type is ANY] == []
    assert [key for key in resource.server_owned if key not in resource.json_type.keys] == []
