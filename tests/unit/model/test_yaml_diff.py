# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Diffs as YAML text: the text has the values of the diff, its lines are readable (P.13)."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.genesys.cloud.plugins.module_utils._model.yaml_diff import to_yaml

# Texts of a diff have no character that Ansible's terminal could misread, but line breaks and tabs.
TEXTS = st.text(st.sampled_from(" \t\n#:-|>${}[]\"'\\&*!%@`,?yné0"), max_size=12)
VALUES = st.recursive(
    TEXTS | st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(TEXTS, VALUES, max_size=4))
def test_the_text_has_the_values(value):
    assert (yaml.safe_load(to_yaml(value)) or {}) == value
    assert (yaml.safe_load(to_yaml(value, list(value))) or {}) == value


@pytest.mark.parametrize("ending", ["", "\n", "\n\n\n"])
def test_a_template_is_a_block(ending):
    text = to_yaml({"body": f"  {{\n\n#if($x)\n  a\n}}{ending}"})
    assert text.startswith("body: |2") and "\n  #if($x)\n    a\n  }\n" in text
    assert yaml.safe_load(text) == {"body": f"  {{\n\n#if($x)\n  a\n}}{ending}"}


def test_each_line_of_a_frozen_field_is_marked_and_no_other():
    value = {"a": {"schema": {"type": "object", "required": ["x"]}, "url": "u"}, "secure": False}
    assert to_yaml(value, ["a.schema", "secure"]) == (
        "a:\n  schema:  # frozen\n    required:  # frozen\n      - x  # frozen\n    type: object  # frozen\n"
        "  url: u\nsecure: false  # frozen\n"
    )
