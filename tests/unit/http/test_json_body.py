# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the limits within which the JSON of responses is read."""

from __future__ import annotations

import json

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._http.json_body import (
    MOST_LEVELS,
    UnusableJson,
    parse_json,
)


@pytest.mark.parametrize(
    "value",
    [{}, [], "text", 1.5, 10**30, {"a": "😀 \U0010ffff"}, [{"b": [None, True]}] * 200],
)
def test_values_are_read_as_they_are(value):
    assert parse_json(json.dumps(value).encode()) == value
    assert parse_json(json.dumps(value, ensure_ascii=False).encode("utf-16")) == value


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"a": ', b"\xff\xfe\xfa", b'{"a": "\xed\xa0\x80"}'])
def test_other_texts_are_no_json(body):
    assert parse_json(body) is None


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"[" * (MOST_LEVELS + 1) + b"]" * (MOST_LEVELS + 1), "nested"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "nested"),
        (b'{"a": NaN}', "NaN"),
        (b'{"a": [-Infinity]}', "-Infinity"),
        (b'{"a": 1e999}', "range"),
        (b'{"a": "\\ud800"}', "surrogate"),
        (b'{"\\uDFFF": 1}', "surrogate"),
    ],
)
def test_what_cannot_be_sent_back_is_refused(body, reason):
    with pytest.raises(UnusableJson, match=reason):
        parse_json(body)


def test_brackets_in_texts_are_no_levels():
    value = {"a": "[" * 500, "b": [{"c": "{"}] * 150}
    assert parse_json(json.dumps(value).encode()) == value


def test_the_deepest_value_is_read():
    assert parse_json(b"[" * MOST_LEVELS + b"]" * MOST_LEVELS) is not None
