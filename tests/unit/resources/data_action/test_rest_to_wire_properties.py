# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Property tests of the two ways between the options of a data action and the wire form (P.10)."""

from __future__ import annotations

import json
import typing as t

from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action import json_text
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.definition_shape import (
    part,
)
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.inputs import (
    INPUT_TYPES,
)
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.jsonpath import (
    is_indefinite,
)
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.rest_table import (
    OUTPUT,
    PATHS,
    TEMPLATE,
)
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.rest_to_wire import (
    METHODS,
    RESERVED,
)
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.variable_mappings import (
    TYPES,
)
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.wire_to_rest import (
    from_wire,
    template_from_wire,
)
from unit.resources.data_action.definition_findings import converted

NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9_-]{0,9}", fullmatch=True).filter(lambda name: name not in RESERVED)
PIECES = st.one_of(
    st.text(alphabet="aß /{}\"'?&=:@%.,-\n", max_size=8),
    NAMES.map("${{{}}}".format),
    NAMES.map("$!{{{}}}".format),
    NAMES.map("${{{}.replace(' ', '%20')}}".format),
    NAMES.map("$esc.url(${{{}}})".format),
    st.sampled_from(
        ["${input.rawRequest}", "$input.abc", "\\${no}", "## ${no}\n", "#[[ ${no} ]]#", "#if($a)b#end"]
    ),
)
TEXTS = st.lists(PIECES, max_size=6).map("".join)
VALUES = {
    "string": st.text(max_size=5),
    "integer": st.integers(-5, 5),
    "number": st.one_of(st.integers(-5, 5), st.floats(allow_nan=False, allow_infinity=False)),
    "boolean": st.booleans(),
}


@st.composite
def entries(draw: t.Any) -> dict[str, t.Any]:
    kind = draw(st.sampled_from(sorted(INPUT_TYPES)))
    entry = {"name": draw(NAMES), "type": kind, "required": draw(st.booleans())}
    if draw(st.booleans()):
        entry["default"] = draw(VALUES[kind])
    if draw(st.booleans()):
        entry["description"] = draw(st.text(max_size=5))
    return entry


@st.composite
def mappings(draw: t.Any) -> dict[str, t.Any]:
    source = draw(
        st.sampled_from(["$.a", "$['b c']", "$.a[*]", "$..c", "$.a[?(@.b=='c')].d", "d.e", "$.f[-1]"])
    )
    several = is_indefinite(source)
    # The object of the API says array for json of several values, so the way back says so too.
    kind = draw(st.sampled_from(sorted(set(TYPES) - ({"json"} if several else set()))))
    mapping = {"name": draw(NAMES), "source": source, "type": kind}
    if draw(st.booleans()):
        mapping["default"] = draw(
            st.text(max_size=6)
            if kind == "string" and not several
            else st.sampled_from(["0", "[]", '"a"', "null", "{}", "-1.50", " [1]"])
        )
    return mapping


def distinct(one: st.SearchStrategy[dict[str, t.Any]]) -> st.SearchStrategy[list[dict[str, t.Any]]]:
    return st.lists(one, max_size=4, unique_by=lambda entry: entry["name"])


RESTS = st.fixed_dictionaries(
    {},
    optional={
        "url": TEXTS,
        "method": st.sampled_from(METHODS),
        "headers": st.dictionaries(NAMES, TEXTS, max_size=3),
        "body": TEXTS,
        "inputs": distinct(entries()),
        "variable_mappings": distinct(mappings()),
    },
)


@settings(max_examples=400, deadline=None)
@given(RESTS)
def test_any_options_come_back(rest):
    wire = converted(rest)[0]
    back = from_wire(wire)
    assert back is not None
    assert converted(back)[0] == wire
    for option in {"method", "inputs", "variable_mappings"} & set(rest):
        assert back[option] == rest[option]


@settings(max_examples=400, deadline=None)
@given(RESTS)
def test_the_templates_of_any_options_are_json(rest):
    wire = converted(rest)[0]
    for text in (part(wire, "config.response.translationMapDefaults") or {}).values():
        assert json_text.is_json(text)
    template = part(wire, TEMPLATE)
    if template not in (None, "${rawResult}"):
        for name in part(wire, PATHS):
            template = template.replace(f"$esc.jsonEncode(${{{name}}})", "0").replace(f"${{{name}}}", "0")
        assert set(json.loads(template)) == set(part(wire, PATHS)) == set(part(wire, OUTPUT)["properties"])


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.text(alphabet="${}!input.aesc()# \n'\"\\|"))
def test_a_template_means_the_same_after_both_ways(piece, text):
    for template in (piece, text, piece + text):
        wire = converted({"body": template})[0]["config"]["request"]["requestTemplate"]
        short = template_from_wire(wire)
        assert converted({"body": short})[0]["config"]["request"]["requestTemplate"] == wire
