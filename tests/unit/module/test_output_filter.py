# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of hiding any number of secrets in results as Ansible hides its own (S1.7)."""

from __future__ import annotations

import string

from ansible.module_utils.common.parameters import remove_values
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.genesys.cloud.plugins.module_utils._module.ansible_module import (
    PART,
    WHOLE,
    OutputFilter,
)

TEXTS = st.text("abc-1", max_size=12)


def test_a_secret_is_hidden_whole_and_within_texts_at_any_depth():
    hide = OutputFilter({"Bearer s3cret", "s3cret", "4711"})
    given = {"s3cret": ["s3cret", "a Bearer s3cret here", {"n": 47110, "m": 4711.5, "ok": [True, None, 1]}]}
    assert hide(given) == {
        "s3cret": [WHOLE, f"a {PART} here", {"n": WHOLE, "m": WHOLE, "ok": [True, None, 1]}],
    }


def test_without_secrets_nothing_changes():
    value = {"a": ["b", 1, 2.5, True, None]}
    assert OutputFilter(set())(value) is value
    assert OutputFilter({""})(value) is value


def test_secrets_with_the_same_beginning_are_distinguished():
    hide = OutputFilter({"token-abcdefgh", "token-abcdefgh-longer", "token-xyz"})
    assert hide("1 token-abcdefgh-longer 2 token-abcdefgh 3 token-xy") == f"1 {PART} 2 {PART} 3 token-xy"


@given(secrets=st.sets(TEXTS.filter(bool), max_size=4), text=TEXTS)
def test_no_secret_is_left_and_where_ansible_sees_none_nothing_changes(secrets, text):
    shown = OutputFilter(secrets)(text)
    if remove_values(text, secrets) == text:
        assert shown == text
    else:
        assert shown != text
        assert text not in secrets or shown == WHOLE
        assert shown == WHOLE or not any(secret in part for part in shown.split(PART) for secret in secrets)


def test_thousands_of_secrets_cost_little_more_than_one():
    secrets = {f"Bearer {letter}{number}-s3cret" for letter in string.ascii_letters for number in range(200)}
    texts = [f"{letter}-{number}" for letter in string.ascii_letters for number in range(50)]
    hide = OutputFilter(secrets)
    assert hide([*texts, "Bearer Q199-s3cret"]) == [*texts, WHOLE]
    assert len(hide._by_prefix) < len(secrets)
