# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests that no name or id of an org forges a line, a color or a name where it is shown."""

from __future__ import annotations

import json
import unicodedata
import xml.etree.ElementTree as ET

import pytest
from ansible.utils.display import Display

from ansible_collections.genesys.cloud.plugins.module_utils._printable import (
    printable,
    printable_json,
    printable_lines,
    printable_values,
)
from ansible_collections.genesys.cloud.plugins.plugin_utils import _fast_lane_progress
from ansible_collections.genesys.cloud.plugins.plugin_utils._drift import Comparison, OrgDrift
from ansible_collections.genesys.cloud.plugins.plugin_utils._drift_reports import (
    to_json,
    to_junit,
    to_markdown,
)
from ansible_collections.genesys.cloud.plugins.plugin_utils._field_differences import Difference
from ansible_collections.genesys.cloud.plugins.plugin_utils._run_summary import OrgSummary, render_table
from unit.module_runner import run_module, warnings_of

#: Colors, a forged line, text that runs backwards, a title of the terminal, and characters without width.
EVIL = "a\x1b[31mb\r\nok: [prod]\u202egnp.exe\u2066\u200b\x9b1mc\u2028\x07\x7f\ufeff\u3164\U000e0041"
FORBIDDEN = [char for char in EVIL if not char.isascii() or not char.isprintable()]
URL = "https://hooks.example.com/in"


def forged(text):
    """Return the forbidden characters in a text, without the line breaks of the text itself."""
    return [char for char in FORBIDDEN if char in text and char != "\n"] + (
        ["a forged line"] if "\nok: [prod]" in text else []
    )


@pytest.mark.parametrize(
    "text", ["", "Zürich", "日本\u3000語", "naïve\xa0name", "Привет", "a😀b", "שלום", "a\\u202e", "❤\ufe0f"]
)
def test_ordinary_texts_are_shown_as_they_are(text):
    assert printable(text) == printable_lines(text) == printable_values(text) == text
    assert json.loads(printable_json(text)) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[0m", "a\\x1b[0m"),
        ("a\r\nb\t", "a\\r\\nb\\t"),
        ("\u202ea\u2066b", "\\u202ea\\u2066b"),
        ("a\u200bb\ufeff\xad", "a\\u200bb\\ufeff\\xad"),
        ("\x9b1m\x85", "\\x9b1m\\x85"),
        ("\ud800", "\\ud800"),
        ("\u3164\ufe00\U000e0100\U000e0041", "\\u3164\\ufe00\\U000e0100\\U000e0041"),
    ],
)
def test_other_characters_are_escaped(text, shown):
    assert printable(text) == shown


def test_control_and_format_characters_are_all_escaped():
    every = [chr(number) for number in range(0x110000)]
    kept = [char for char in every if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
    assert len(kept) > 2000
    assert [char for char in kept if printable(char) == char] == []


def test_lines_of_a_message_stay():
    assert printable_lines("2 problems:\n- a\tb\n- \x1b") == "2 problems:\n- a\tb\n- \\x1b"
    assert printable_values({"a\x1b": ["b\x1b", 1, None, ("\x07",)]}) == {
        "a\\x1b": ["b\\x1b", 1, None, ["\\x07"]]
    }


def test_json_keeps_the_true_value():
    value = {EVIL: [EVIL, 1, {"a": "\ud800"}]}
    for options in ({}, {"indent": 2}):
        text = printable_json(value, **options)
        assert json.loads(text) == value and not forged(text)


def stored(**changes):
    target = {"url": URL, "headers": {"X-Note": EVIL}}
    return {
        "name": EVIL,
        "enabled": True,
        "events": [{"eventType": "flow.updated"}],
        "target": target,
        **changes,
    }


def test_messages_and_diffs_escape_and_records_do_not(org, tmp_path):
    (hook,) = org.seed([stored()], "webhooks")
    log = tmp_path / "changes.jsonl"
    target = {"url": f"{URL}/new"}
    options = {
        "id": hook["id"],
        "target": target,
        "audit_log": str(log),
        "journal": str(tmp_path / "journal"),
    }
    result = run_module("genesys_webhook", {**org.connection, **options})
    assert result["changed"] and result["record"]["name"] == EVIL
    assert not forged(json.dumps(result["diff"], ensure_ascii=False))
    assert not forged(result["diff"]["before_header"])
    line = log.read_text("utf-8")
    assert line.count("\n") == 1 and not forged(line) and json.loads(line)["name"] == EVIL
    assert org.objects("webhooks")[0]["name"] == EVIL


def test_an_ambiguous_name_is_shown_escaped(org):
    org.seed([stored(), stored()], "webhooks")
    result = run_module("genesys_webhook", {**org.connection, "name": EVIL, "target": {"url": URL}})
    assert "is ambiguous" in result["msg"] and not forged(result["msg"])


def test_ids_of_a_server_are_shown_escaped(org):
    org.seed([stored(id=f"1{EVIL}"), stored(id=f"2{EVIL}")], "webhooks")
    result = run_module("genesys_webhook", {**org.connection, "name": EVIL, "target": {"url": URL}})
    assert "is ambiguous" in result["msg"] and not forged(result["msg"])


def test_fields_of_a_server_are_shown_escaped(org):
    org.seed([stored(target={"url": URL, "headers": {EVIL: [1]}})], "webhooks")
    result = run_module("genesys_webhook", {**org.connection, "name": EVIL, "target": {"url": URL}})
    assert "must be a string, not a list" in result["msg"] and not forged(result["msg"])


def test_errors_of_a_whole_org_are_shown_escaped(org):
    org.seed([stored(), stored()], "webhooks")
    config = {"webhooks": [{"name": EVIL, "enabled": False}]}
    result = run_module("genesys_org_config", {**org.connection, "config": config})
    assert "is ambiguous" in result["msg"] and not forged(result["msg"])
    assert not forged(result["objects"][0]["error"]) and result["objects"][0]["name"] == EVIL


def test_warnings_are_shown_escaped(org, tmp_path):
    hook = stored(target={"url": f"{URL}?token=s3cr3t-0001", "headers": {}})
    (hook,) = org.seed([hook], "webhooks")
    options = {"id": hook["id"], "state": "absent", "journal": str(tmp_path / "journal")}
    result = run_module("genesys_webhook", {**org.connection, **options})
    (warning,) = warnings_of(result)
    assert "journal" in warning and not forged(warning)


DRIFT = OrgDrift(
    EVIL,
    (
        Comparison("webhooks", EVIL, "drifted", "update", (Difference(f"x.{EVIL}", EVIL, [EVIL]),), id=EVIL),
        Comparison("webhooks", EVIL, "not_judged", "none", message=f"failed\n- {EVIL}"),
    ),
    (f"problem of {EVIL!r}",),
)


@pytest.mark.parametrize("render", [to_json, to_junit, to_markdown])
def test_drift_reports_escape(render):
    report = render([DRIFT])
    assert [char for char in FORBIDDEN if char in report and char not in "\n"] == []
    if render is to_junit:
        suite = ET.fromstring(report)[0]
        assert suite.get("name") == printable(EVIL)
    if render is to_json:
        assert json.loads(report)["orgs"][0]["objects"][0]["name"] == EVIL


def test_the_message_of_a_drift_report_escapes():
    assert [char for char in FORBIDDEN if char in DRIFT.summary() and char != "\n"] == []


def test_the_summary_of_a_run_escapes():
    rows = [text for text, _summary in render_table({EVIL: OrgSummary(), "b": OrgSummary()})]
    assert len({len(row) for row in rows}) == 1
    assert not any(forged(row) or "\n" in row for row in rows)


def test_progress_lines_escape(monkeypatch):
    shown = []
    monkeypatch.setattr(Display, "display", lambda self, text, *args, **options: shown.append(text))
    monkeypatch.setattr(_fast_lane_progress, "INTERVAL", -1.0)
    _fast_lane_progress.ProgressDisplay(EVIL)(f"{EVIL}: waiting")
    assert shown == [f"[{printable(EVIL)}] {printable(EVIL)}: waiting"]
