# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests that each row of `make hostile` can fail: what it judges by finds planted faults, and only these."""

from __future__ import annotations

import base64
import json
import random

import pytest

from hostile.clients import Outcome, found_exception
from hostile.conflicts import KINDS, lost_updates
from hostile.kills import journal_problems, unlogged
from hostile.malformed import MISSING, WRONG, malformed, replace, tasks
from hostile.rows import ROWS, Row
from hostile.secret_cases import secret_case, secrets_in_files, shown_secret
from hostile.whole_orgs import Writes, touched
from unit.module.test_canaries import CANARY

ACTION, FLOW, SCHEMA, INTEGRATION = KINDS


def row(count: int, weight: int = 1) -> Row:
    return Row("name", "what", "wanted", count, "runner", weight=weight)


@pytest.mark.parametrize(("share", "count"), [(1, 10), (2, 10), (0.2, 2), (0.001, 1)])
def test_a_share_is_the_same_part_of_all_cases_each_time(share, count):
    chosen = row(10).chosen(share)
    assert len(set(chosen)) == count and set(chosen) <= set(range(10))
    assert row(10).chosen(share) == chosen == row(100, weight=10).chosen(share)


def test_names_of_rows_are_unique():
    assert len({one.name for one in ROWS}) == len(ROWS)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("AttributeError: 'str' object has no attribute 'get'", True),
        ("Traceback (most recent call last):", True),
        ("a KeyError in a message", True),
        ("The server answered with an error: ValueErrors are no word.", False),
        ("name: must be text", False),
    ],
)
def test_exceptions_are_found(text, shown):
    assert (found_exception(text) is not None) is shown
    assert (Outcome({"failed": True, "msg": text}, "", 0).exception is not None) is shown


def test_the_exception_of_a_result_is_found():
    assert Outcome({"failed": True, "exception": "x"}, "", 0).exception is not None
    assert Outcome(None, "a traceback", 0).exception == "a traceback"


@pytest.mark.parametrize("kind", [ACTION, SCHEMA])
def test_a_write_that_reverts_another_part_is_a_lost_update(kind):
    first, writes = kind.make(), []
    body = json.loads(json.dumps(first))
    for part, revision in ((0, 1), (1, 1), (0, 2)):
        body = json.loads(json.dumps(body))
        place = body
        for key in kind.parts[part].path[:-1]:
            place = place[key]
        if isinstance(place, list):
            place[part] = kind.parts[part].stored(revision)
        else:
            place[kind.parts[part].path[-1]] = kind.parts[part].stored(revision)
        writes.append(body)
    assert list(lost_updates(kind, first, writes)) == []
    stale = {**writes[0], "x": 1}
    for key in kind.parts[0].path[:1]:
        stale[key] = json.loads(json.dumps(writes[2][key]))
    if kind is SCHEMA:
        stale["indexes"][0], stale["indexes"][1] = kind.parts[0].stored(3), kind.parts[1].stored(0)
    else:
        stale["description"] = "r3"
    assert len(list(lost_updates(kind, first, [*writes, stale]))) == 1


def test_a_configuration_that_reverts_another_one_is_seen_and_a_state_is_none():
    first = INTEGRATION.make()
    config = {**first["config"]["current"]}
    ours = INTEGRATION.seen({**config, "notes": "r1"})
    state = INTEGRATION.seen({"intendedState": "ENABLED"})
    theirs = INTEGRATION.seen({**config, "notes": "r1", "properties": {"p3": [1]}})
    assert list(lost_updates(INTEGRATION, first, [ours, state, theirs])) == []
    stale = INTEGRATION.seen({**config, "notes": "r2"})
    assert len(list(lost_updates(INTEGRATION, first, [ours, state, theirs, stale]))) == 1


def test_objects_of_the_other_run_are_watched():
    theirs = {"kind": "webhooks", "name": "W", "id": "1", "enabled": True}
    ours = {**theirs, "id": "2"}
    post = (0, "POST", {"name": "W", "enabled": True})
    put = (1, "PUT", {"name": "W", "enabled": False})
    before = {"1": theirs, "2": ours}
    writes = {"2": Writes((post,))}
    assert list(touched(before, {"1": theirs}, writes, run=0)) == []
    assert len(list(touched(before, {}, writes, run=0))) == 1
    assert len(list(touched(before, {"1": {**theirs, "enabled": False}}, writes, run=0))) == 1
    changed = {"2": {**ours, "enabled": False}}
    assert len(list(touched(changed, {}, {"2": Writes((post, put))}, run=0))) == 1
    assert list(touched({"2": ours}, {}, {"2": Writes((post, put))}, run=0)) == []  # they changed it back


def test_broken_journals_are_found(tmp_path):
    journal = tmp_path / "journal"
    assert list(journal_problems(journal, killed=False)) == []
    journal.write_bytes(b'{"a": 1}\n{"b"')
    assert list(journal_problems(journal, killed=True)) == []
    assert len(list(journal_problems(journal, killed=False))) == 1
    journal.write_bytes(b'{"a": 1}{\n{"b": 1}\n')
    assert len(list(journal_problems(journal, killed=True))) == 1


def test_confirmed_writes_without_a_line_of_the_audit_log_are_found(tmp_path):
    journal, log = tmp_path / "journal", tmp_path / "log"
    intent = {"run": "r", "number": 1, "kind": "webhook", "name": "W", "action": "create"}
    outcome = {"run": "r", "number": 1, "outcome": "applied"}
    journal.write_text(f"{json.dumps(intent)}\n")
    assert unlogged(journal, log) == []
    journal.write_text(f"{json.dumps(intent)}\n{json.dumps(outcome)}\n")
    assert unlogged(journal, log) == ["webhook 'W'"]
    log.write_text('{"kind": "webhook", "name": "W"}\n')
    assert unlogged(journal, log) == []


@pytest.mark.parametrize(
    "text",
    [
        CANARY,
        CANARY.upper(),
        CANARY.replace("-", "%2D"),
        CANARY[4:],
        base64.b64encode(CANARY.encode()).decode(),
        base64.b64encode(f"client:{CANARY}".encode()).decode(),
        base64.b64encode(f"clients:{CANARY}".encode()).decode(),
    ],
)
def test_secrets_are_found_in_every_encoding(text, tmp_path):
    assert shown_secret(f"a {text} b") is not None
    (tmp_path / "log").write_text(text)
    assert len(list(secrets_in_files(tmp_path))) == 1
    assert list(secrets_in_files(tmp_path, ("log",))) == []


def test_every_case_has_a_secret():
    for number in range(0, 5000, 7):
        _label, _module, arguments = secret_case(number)
        shown = json.dumps(arguments, ensure_ascii=False)
        assert shown_secret(shown) is not None


def test_a_wrong_value_is_put_at_any_path():
    arguments = {"a": {"b": [1, {"c": 2}]}}
    replace(arguments, ("a", "b", 1, "c"), 3)
    replace(arguments, ("a", "b", 0), MISSING)
    replace(arguments, ("x", 0, "y"), None)
    replace(arguments, ("a", "z"), MISSING)
    assert arguments == {"a": {"b": [1, {"c": 3}]}, "x": [{"y": None}]}


def test_cases_are_the_same_each_time_and_reach_every_option():
    def cases(numbers):
        return [malformed(number, random.Random(f"1/{number}"), {"base_url": "x"}) for number in numbers]

    assert list(map(str, cases(range(300)))) == list(map(str, cases(range(300))))
    reached = {(one.module, one.changes[0][0]) for one in cases(range(50_000))}
    for task in tasks():
        assert {(task.module, path) for path in task.options} <= reached
    assert len(WRONG) > 70
