# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Malformed arguments of every module: one value replaced by a wrong one, or several at random places."""

from __future__ import annotations

import copy
import dataclasses
import functools
import itertools
import random
import typing as t

from ansible_collections.genesys.cloud.plugins.module_utils._module.audit_info import AUDIT_INFO_OPTIONS
from ansible_collections.genesys.cloud.plugins.module_utils._module.info import info_spec
from ansible_collections.genesys.cloud.plugins.module_utils._object.task import argument_spec
from ansible_collections.genesys.cloud.plugins.module_utils._org.task import org_spec
from ansible_collections.genesys.cloud.plugins.module_utils._resources.registry import KINDS
from unit.org.conftest import action, every_kind, flow, index, purpose, webhook

Arguments = dict[str, t.Any]
Path = tuple[str | int, ...]
#: In the place of a value: the argument is removed.
MISSING = object()

WRONG: tuple[t.Any, ...] = (
    MISSING, None, True, False, 0, -1, 5, 1.5, 1e308, -1e308, float("inf"), float("-inf"), float("nan"),
    10**30, -(10**30), "", " ", "\n", "\t", "\x00", "a\x00b", "\ud800", "\udfff\ud800", "\u202e\u2066x",
    "\x1b[2J", "x", "yes", "true", "null", "~x", "0", "-1", "1e999", "NaN", "[]", "{}", '{"a": 1}', "{",
    "[1,", "a=b", "a: b", "{{ x }}", "{% raw %}", "${", "${${${", "<title>" * 50, "x" * 100_000,
    "../../x", "http://", "http://[", "//", "https://\ud800", "https://a b", "https://x:99999999",
    "https://:@/", "file:///x", "é" * 300, "\U0001f600", [], [None], [[]], [[[[]]]], [True], [1, "x"],
    [{}], [{"a": None}], ["\x00"], ["\ud800"], [float("nan")], {}, {"": None}, {"a": None},
    {"a": {"b": {"c": []}}}, {"\x00": 1}, {"\ud800": "\ud800"}, {"a": float("inf")}, {"name": None},
    {"name": []}, {"enabled": "maybe"}, {"state": "absent"}, [["a", "b"], {"c": 1}], [None, "x"],
)  # fmt: skip
#: Options with which a call may rightly wait long.
PATIENCE = frozenset(
    (
        *("timeout", "deadline", "retries", "list_lag", "wait_timeout", "audit_timeout", "wait"),
        *("min_update_interval", "on_too_soon", "state_path", "verify_audit"),
    )
)


@dataclasses.dataclass(frozen=True)
class Task:
    """A module, valid arguments for it, the paths of all its options, and the API of its org."""

    module: str
    arguments: Arguments
    options: tuple[Path, ...]
    api: str = "reference"


@dataclasses.dataclass(frozen=True)
class Malformed:
    """Arguments with wrong values: C(changes) are (path, value)."""

    module: str
    arguments: Arguments
    changes: tuple[tuple[Path, t.Any], ...]

    @property
    def may_wait(self) -> bool:
        return any(part in PATIENCE for path, _value in self.changes for part in path)

    def __str__(self) -> str:
        shown = ", ".join(f"{'.'.join(map(str, path))}={value!r:.80}" for path, value in self.changes)
        return f"{self.module}: {shown}"


def _paths(options: t.Mapping[str, t.Any], above: Path = ()) -> t.Iterator[Path]:
    """Yield the path of every option and suboption of an argument spec."""
    for name, option in options.items():
        path = (*above, name)
        yield path
        if option.get("type") == "list":
            yield (*path, 0)
            path = (*path, 0)
        yield from _paths(option.get("options") or {}, path)


_REPORTS = {
    "audit_log": "audit.jsonl",
    "journal": "journal.jsonl",
    "journal_password": "k",
    "notify": {"url": "http://127.0.0.1:9/", "on": ["rolled_back"], "headers": {"X-A": "b"}},
}
_VALID: dict[str, Arguments] = {
    "data_action": {
        **action("A"),
        "conditions": ['crm.status == "active" and crm.priority > 5'],
        "dataset_dependencies": {"crm": ["orders"]},
    },
    "privacy_purpose": {**purpose("P"), "diversion_ids": ["d-1"], "name_rule": "P.*"},
    "customobject_index": index("object-0", verify_query={"field": "status", "value": "x"}, wait=False),
    "flow_settings": {
        **flow("Flow 0"),
        "configuration_matrix": {"a": {"key": "k", "value": 1}},
        "scope_directives": {"apply_to": ["queue"], "enforce_hierarchy": True},
        "verify_dependencies": False,
    },
    "webhook": webhook("W"),
    "integration_credential": {
        "name": "L",
        "type": "basicAuth",
        "fields": {"userName": "u", "password": "p"},
        "update_secret": "when_changed",
        "state_path": "secrets",
    },
    "integration": {
        "name": "I",
        "type": "custom-rest-actions",
        "intended_state": "ENABLED",
        "properties": {"a": [1]},
        "credentials": {"basicAuth": "L"},
    },
    "flow_log_level": {
        "name": "F",
        "type": "bot",
        "level": "All",
        "characteristics": {"names": False, "event_error": True},
    },
    "flow_execution_data": {"enabled": True},
    "data_table": {
        "name": "table",
        "division": "Home",
        "description": "d",
        "key_title": "Key",
        "columns": [{"name": "c", "type": "number", "title": "C", "default": 1}],
        "rows": [{"key": "k", "c": 1}],
        "prune_rows": {"enabled": True, "protect": ["x*"], "max": 1},
        "bulk_threshold": 5,
        "on_conflict": "fail",
        "verify": True,
    },
    "data_schema": {
        "name": "S",
        "type": "workitem",
        "description": "d",
        "enabled": False,
        "fields": [
            {"name": "t", "type": "text", "title": "T", "min_length": 1, "max_length": 9},
            {"name": "n", "type": "number", "minimum": 1, "maximum": 2.5},
            {"name": "e", "type": "enum", "options": [{"name": "o", "title": "O", "disabled": True}]},
            {"name": "g", "type": "tag", "min_items": 1, "unique_items": True, "item_max_length": 9},
        ],
    },
    "analytics_retention": {"retention_days": 400, "confirm": True},
    "media_retention_policy": {
        "name": "P",
        "enabled": True,
        "actions": {"retention_duration": {"delete_retention": {"days": 30}}},
        "conditions": {"for_queues": ["Q"], "date_ranges": ["2026-01-01/2026-02-01"]},
        "media_policies": {"call_policy": {"conditions": {"directions": ["INBOUND"], "teams": ["T"]}}},
    },
    "masking_rule": {
        "name": "R",
        "definition": "[0-9]{4}",
        "substitute_character": "*",
        "direction": "inbound",
        "channels": ["email"],
        "sample_text": "1234",
    },
    "trigger": {
        "name": "T",
        "topic_name": "v2.topic",
        "workflow": "W",
        "data_format": "Json",
        "match_criteria": [{"json_path": "a", "operator": "Equal", "value": 1}],
        "event_ttl_seconds": 10,
        "on_topic_change": "replace",
    },
}


@functools.cache
def tasks() -> tuple[Task, ...]:
    """Return a task for each module that connects to an org."""
    found = []
    for kind in KINDS:
        spec = argument_spec(kind)
        api, valid = next(iter(kind.profiles)), {**_VALID[kind.name], **_REPORTS}
        found.append(Task(f"genesys_{kind.name}", valid, tuple(_paths(spec)), api))
        found.append(Task(_info_module(kind.name), {}, tuple(_paths(info_spec(kind))), api))
    found.append(Task("genesys_audit_info", {"wait_timeout": 0.1}, tuple(_paths(AUDIT_INFO_OPTIONS))))
    lists = {kind.list_option: [_VALID[kind.name]] for kind in KINDS if "platform" in kind.profiles}
    found.append(
        Task("genesys_org_config", {"config": lists, **_REPORTS}, tuple(_entries("platform")), "platform")
    )
    prune = {"webhooks": {"enabled": False, "protect": ["manual-*"], "max": 3}}
    whole = {"config": every_kind(1), "prune": prune, **_REPORTS}
    found.append(Task("genesys_org_config", whole, (*_paths(org_spec()), *_entries("reference"))))
    return tuple(found)


def _entries(api: str) -> t.Iterator[Path]:
    """Yield the path of every option of the entries of C(config) for one API."""
    for kind in KINDS:
        if api in kind.profiles:
            for path in _paths(argument_spec(kind)):
                if path[0] in kind.options:
                    yield ("config", kind.list_option, 0, *path)


def api_of(number: int) -> str:
    """Return the API that the task of a case uses."""
    return tasks()[number % len(tasks())].api


def _info_module(kind: str) -> str:
    return {
        "customobject_index": "genesys_customobject_info",
        "flow_settings": "genesys_flow_info",
    }.get(kind, f"genesys_{kind}_info")


def malformed(number: int, chance: random.Random, connection: Arguments) -> Malformed:
    """Return the arguments of one case. Two thirds have one wrong value, each option in turn."""
    everything = tasks()
    task, turn = everything[number % len(everything)], number // len(everything)
    arguments = copy.deepcopy({**connection, "api_profile": task.api, **task.arguments})
    if turn % 3:
        turn = turn // 3 * 2 + turn % 3 - 1
        path = task.options[turn % len(task.options)]
        wrong = WRONG[(turn // len(task.options) + turn) % len(WRONG)]
        changes = [(path, wrong)]
    else:
        places = (*task.options, *_leaves(arguments))
        changes = [(chance.choice(places), _random_value(chance)) for _turn in range(chance.randrange(1, 7))]
    for path, wrong in changes:
        replace(arguments, path, copy.deepcopy(wrong) if wrong is not MISSING else wrong)
    return Malformed(task.module, arguments, tuple(changes))


def _leaves(value: t.Any, above: Path = ()) -> t.Iterator[Path]:
    entries = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, entry in entries:
        yield (*above, key)
        yield from _leaves(entry, (*above, key))


def _random_value(chance: random.Random, depth: int = 0) -> t.Any:
    """Return a wrong value, sometimes inside other structures."""
    draw = chance.random()
    if depth > 3 or draw < 0.6:
        return chance.choice(WRONG if depth == 0 else WRONG[1:])
    if draw < 0.8:
        return [_random_value(chance, depth + 1) for _turn in range(chance.randrange(3))]
    keys = ("name", "id", "state", "url", "x", "", "headers", "type", "fields", "order")
    return {chance.choice(keys): _random_value(chance, depth + 1) for _turn in range(chance.randrange(3))}


def replace(arguments: Arguments, path: Path, wrong: t.Any) -> None:
    """Set a value at a path, and make the structures above it if they are absent."""
    place: t.Any = arguments
    for key, following in itertools.pairwise(path):
        fresh: t.Any = [] if isinstance(following, int) else {}
        if isinstance(place, dict):
            if not isinstance(place.get(key), (dict, list)):
                place[key] = fresh
            place = place[key]
        elif isinstance(place, list) and isinstance(key, int):
            if key >= len(place):
                place.append(fresh)
            key = min(key, len(place) - 1)
            if not isinstance(place[key], (dict, list)):
                place[key] = fresh
            place = place[key]
        else:
            return
    last = path[-1]
    if isinstance(place, dict):
        if wrong is MISSING:
            place.pop(last, None)
        else:
            place[last] = wrong
    elif isinstance(place, list) and isinstance(last, int) and wrong is not MISSING:
        place[last : last + 1] = [wrong]
