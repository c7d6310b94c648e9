# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Property tests of merging indexes and hints, over random schemas and declarations (S4.2, S4.3)."""

from __future__ import annotations

import copy

from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.genesys.cloud.plugins.module_utils._model import plan as plan_module
from ansible_collections.genesys.cloud.plugins.module_utils._model.plan import differing_fields
from ansible_collections.genesys.cloud.plugins.module_utils._resources.customobject_index.kind import (
    CUSTOM_OBJECT_INDEX,
)

RESOURCE = CUSTOM_OBJECT_INDEX.profiles["reference"]

FIELDS = ["a", "b", "c"]
ORDER = st.sampled_from(["asc", "desc"])
HINT = st.sampled_from(["low", "medium", "high", None])


@st.composite
def an_index(draw, name):
    fields = draw(st.lists(st.sampled_from(FIELDS), min_size=1, max_size=3, unique=True))
    each = st.lists(ORDER, min_size=len(fields), max_size=len(fields))
    order = draw(st.one_of(st.none(), ORDER, each))
    return {"name": name, "fields": fields, **({} if order is None else {"order": order})}


@st.composite
def indexes(draw):
    names = draw(st.lists(st.sampled_from("pqrstu"), unique=True))
    return [draw(an_index(name)) for name in names]


@st.composite
def schemas(draw):
    fields = [{"name": name, "type": "string", "kept": 1} for name in FIELDS]
    for field in fields:
        hint = draw(HINT)
        if hint is not None:
            field["cardinalityHint"] = hint
    return {"id": "x", "name": "X", "fields": fields, "indexes": draw(indexes()), "kept": [1]}


@st.composite
def declarations(draw):
    entries = [{**entry, "state": draw(st.sampled_from(["present", "absent"]))} for entry in draw(indexes())]
    hints = draw(st.dictionaries(st.sampled_from(FIELDS), HINT))
    return {
        "custom_object_id": "x",
        "indexes": draw(st.one_of(st.none(), st.just(entries))),
        "field_optimizations": {name: {"cardinality_hint": hint} for name, hint in hints.items()},
    }


def plan(declaration, schema):
    desired = RESOURCE.model.model_validate(declaration)
    declared = plan_module.declared_fields(RESOURCE, desired)
    return plan_module.make_plan(RESOURCE, declared, "present", schema)


@given(declarations(), schemas())
def test_a_merge_is_complete_and_touches_nothing_else(declaration, schema):
    before = copy.deepcopy(schema)
    made = plan(declaration, schema)
    after = {**schema, **made.after}
    assert schema == before
    assert plan(declaration, after).action == "none", "a second run changes nothing"
    assert (made.action == "none") == (after == schema), "what is equal is kept as it is"
    stored = {index["name"]: index for index in schema["indexes"]}
    found = {index["name"]: index for index in after["indexes"]}
    assert len(found) == len(after["indexes"])
    named = {entry["name"]: entry["state"] for entry in declaration["indexes"] or []}
    assert found.keys() & named.keys() == {name for name, state in named.items() if state == "present"}
    if declaration["indexes"] is None:
        assert found == {}
    else:
        kept = stored.keys() - named.keys()
        assert {name: found[name] for name in kept} == {name: stored[name] for name in kept}
    hints = {name: given["cardinality_hint"] for name, given in declaration["field_optimizations"].items()}
    for old, new in zip(schema["fields"], after["fields"], strict=True):
        assert {**old, "cardinalityHint": 0} == {**new, "cardinalityHint": 0}
        assert new.get("cardinalityHint") == hints.get(new["name"], old.get("cardinalityHint"))


@given(schemas(), schemas())
def test_a_snapshot_can_be_restored_on_any_later_state(first, later):
    declared = plan_module.declare_all(RESOURCE, first)
    restored = plan_module.make_plan(RESOURCE, declared, "present", later)
    assert differing_fields(RESOURCE, first, restored.after) == []
