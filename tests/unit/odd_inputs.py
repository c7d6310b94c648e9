# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Odd values in every place of every module's arguments, and the check of the module's result.

for case in [*sample(single_cases(), 0.02), *random_cases(100)]:
    assert case.fault(run_module(case.module, case.arguments)) is None, case
"""

from __future__ import annotations

import copy
import dataclasses
import datetime
import json
import random
import re
import typing as t

from ansible_collections.genesys.cloud.plugins.module_utils._compare.task import diff_spec
from ansible_collections.genesys.cloud.plugins.module_utils._module.audit_info import AUDIT_INFO_OPTIONS
from ansible_collections.genesys.cloud.plugins.module_utils._module.info import info_spec
from ansible_collections.genesys.cloud.plugins.module_utils._object.task import argument_spec, object_options
from ansible_collections.genesys.cloud.plugins.module_utils._org.task import org_spec
from ansible_collections.genesys.cloud.plugins.module_utils._promote.task import promote_spec
from ansible_collections.genesys.cloud.plugins.module_utils._resources import registry

Spec = dict[str, dict[str, t.Any]]
#: Keys of dictionaries, and indexes of lists.
Path = tuple[str | int, ...]

SECRET = "odd-1nput-s3cr3t"
ODD_VALUES: tuple[t.Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    7,
    2**63,
    10**400,
    1.5,
    -0.0,
    1e308,
    float("inf"),
    float("-inf"),
    float("nan"),
    "",
    " ",
    "\x00",
    "a\x00b",
    "/tmp/a\x00b",
    "\ud800",
    "x\udfffy",
    "\u202etxt.exe",
    "line\nbreak",
    "{",
    "[1",
    "[]",
    "{}",
    "null",
    "yes",
    "1e999",
    "a=b c=d",
    "$" + "{" * 50,
    "x" * 20_000,
    [],
    [None],
    [[]],
    [[[[]]]],
    [{}],
    [1, "a", None, {}],
    ["\x00", "\ud800"],
    {},
    {"": ""},
    {"a": None},
    {"\x00": "\ud800"},
    {"1": {"2": {"3": [None]}}},
    {"on": True, "true": "x"},
    {"__ansible_vault": "$ANSIBLE_VAULT;1.1;AES256\n3132"},
    {"__ansible_unsafe": "{{ 1 }}"},
    datetime.date(2026, 2, 28),
    datetime.datetime(2026, 1, 1, 12, tzinfo=datetime.UTC),
)


def _nested(depth: int) -> list[t.Any]:
    value: list[t.Any] = []
    for _level in range(depth):
        value = [value]
    return value


#: Nested more deeply than any declaration.
DEEP_VALUES = (_nested(200), {"a": _nested(200)})

_CONNECTION = {"base_url": "https://api.example.com", "access_token": SECRET, "retries": 0, "deadline": 1}
_ACTION = {"name": "A", "rest": {"url": "https://crm.example.com", "method": "GET"}}
_ENTRIES: dict[str, dict[str, t.Any]] = {
    "data_action": _ACTION,
    "privacy_purpose": {"name": "A", "retention": "180d", "legal_basis": "consent"},
    "customobject_index": {"custom_object_id": "a", "indexes": [{"name": "i", "fields": ["f"]}]},
    "flow_settings": {"name": "A", "routing": {"max_wait_time": 9}},
    "webhook": {"name": "A", "events": ["flow.updated"], "target": {"url": "https://hooks.example.com"}},
    "integration_credential": {"name": "A", "type": "basicAuth", "fields": {"userName": "u"}},
    "integration": {"name": "A", "type": "custom-rest-actions", "credentials": {"basicAuth": "A"}},
    "data_table": {"name": "A", "columns": [{"name": "c", "type": "number"}], "rows": [{"key": "k", "c": 1}]},
    "data_schema": {
        "name": "A",
        "type": "workitem",
        "fields": [
            {"name": "f", "type": "number", "minimum": 1},
            {"name": "e", "type": "enum", "options": [{"name": "o"}]},
        ],
    },
    "flow_log_level": {"name": "A", "type": "bot", "level": "All", "characteristics": {"names": True}},
    "flow_execution_data": {"enabled": True},
    "masking_rule": {"name": "A", "definition": "x", "channels": ["email"], "sample_text": "x"},
    "analytics_retention": {"retention_days": 400, "confirm": True},
    "media_retention_policy": {
        "name": "A",
        "actions": {"retention_duration": {"delete_retention": {"days": 30}}},
        "conditions": {"for_queues": ["A"], "time_allowed": {"time_zone_id": "Europe/Berlin"}},
        "media_policies": {"call_policy": {"conditions": {"directions": ["INBOUND"]}}},
    },
    "trigger": {
        "name": "A",
        "topic_name": "v2.a",
        "workflow": "W",
        "match_criteria": [{"json_path": "a", "operator": "In", "values": ["x", 1]}],
        "delay_by_seconds": 60,
    },
}


@dataclasses.dataclass(frozen=True)
class Case:
    """One module with odd values at one or more places of its arguments."""

    module: str
    spec: Spec
    base: dict[str, t.Any]
    changes: tuple[tuple[Path, t.Any], ...]

    def __str__(self) -> str:
        shown = (f"{'.'.join(map(str, path))}={value!r:.60}" for path, value in self.changes)
        return f"{self.module} {' '.join(shown)}"

    @property
    def arguments(self) -> dict[str, t.Any]:
        arguments: t.Any = copy.deepcopy(self.base)
        for path, value in self.changes:
            arguments = _with_value(arguments, path, value)
        return t.cast("dict[str, t.Any]", arguments)

    def fault(self, result: dict[str, t.Any]) -> str | None:
        """Return what is wrong with the module's result, None if nothing is."""
        text = json.dumps(result)
        if "failed with an unexpected" in str(result.get("msg")) or "Traceback" in text:
            return f"an unexpected error: {str(result.get('msg'))[:300]}"
        if SECRET in text:
            return "the result has the token"
        if not result.get("failed"):
            return None
        problems = result.get("problems")
        if problems is None and "base_url" not in result["msg"]:
            return f"a message that names no option: {str(result['msg'])[:300]}"
        unnamed = [problem for problem in problems or () if not self._names_an_option(problem)]
        return f"no option is named in {unnamed[0][:300]}" if unnamed else None

    def _names_an_option(self, problem: str) -> bool:
        name = re.split(r"[.\[: ]", problem, maxsplit=1)[0]
        return name in (*self.spec, *self.base, *(str(path[0]) for path, _value in self.changes))


def _with_value(arguments: t.Any, path: Path, value: t.Any) -> t.Any:
    """Return the arguments with the value at the path; missing dictionaries and lists are made."""
    if not path:
        return value
    key, *rest = path
    if isinstance(key, int):
        inner = arguments[key] if isinstance(arguments, list) and len(arguments) > key else None
        return [_with_value(inner, tuple(rest), value)]
    holder = arguments if isinstance(arguments, dict) else {}
    return {**holder, key: _with_value(holder.get(key), tuple(rest), value)}


def places(spec: Spec, before: Path = ()) -> t.Iterator[Path]:
    """Yield the path of every option, of the first element of every list, and of an unknown option."""
    for name, option in spec.items():
        here = (*before, name)
        yield here
        if option.get("type") == "list":
            here = (*here, 0)
            yield here
        if "options" in option:
            yield from places(option["options"], here)
    yield (*before, "no_such_option")


def _modules() -> t.Iterator[tuple[str, Spec, Spec, dict[str, t.Any], Path]]:
    """Yield each module with its spec, the spec to walk, valid arguments, and the place of that spec."""
    for kind, profile in [(one, profile) for one in registry.KINDS for profile in one.profiles]:
        spec, info = argument_spec(kind), info_spec(kind)
        connection = {**_CONNECTION, "api_profile": profile}
        valid = {**connection, **_ENTRIES[kind.name]}
        # No case sends a request: resource modules have state validated, the others an unknown option.
        yield f"genesys_{kind.name}", spec, spec, {**valid, "state": "validated"}, ()
        yield _info_name(kind.name), info, info, {**connection, "no_request": 1}, ()
        config = {"state": "validated", "config": {kind.list_option: [_ENTRIES[kind.name]]}}
        entry = ("config", kind.list_option, 0)
        yield "genesys_org_config", org_spec(), object_options(kind), {**connection, **config}, entry
    config = {"state": "validated", "config": {"data_actions": [_ACTION]}}
    yield "genesys_org_config", org_spec(), org_spec(), {**_CONNECTION, **config}, ()
    other = {"other": {**_CONNECTION, "base_url": "https://other.example.com"}, "no_request": 1}
    yield "genesys_org_diff", diff_spec(), diff_spec(), {**_CONNECTION, **other}, ()
    source = {"source": {**_CONNECTION, "base_url": "https://other.example.com"}, "no_request": 1}
    yield "genesys_org_promote", promote_spec(), promote_spec(), {**_CONNECTION, **source}, ()
    yield "genesys_audit_info", AUDIT_INFO_OPTIONS, AUDIT_INFO_OPTIONS, {**_CONNECTION, "no_request": 1}, ()


def _info_name(kind: str) -> str:
    names = {"customobject_index": "customobject", "flow_settings": "flow"}
    return f"genesys_{names.get(kind, kind)}_info"


def single_cases() -> list[Case]:
    """Return a case for each place of each module and each odd value."""
    return _cases(ODD_VALUES)


def deep_cases() -> list[Case]:
    """Return a case for each place of each module and each very deep value."""
    return _cases(DEEP_VALUES)


def _cases(values: tuple[t.Any, ...]) -> list[Case]:
    return [
        Case(module, spec, base, ((path, value),))
        for module, spec, walked, base, before in _modules()
        for path in places(walked, before)
        for value in values
    ]


def random_cases(count: int, seed: int = 12) -> t.Iterator[Case]:
    """Yield cases with odd values at two to five places at once, the same ones for the same seed."""
    chosen = random.Random(seed)
    modules = [(*known, list(places(known[2], known[4]))) for known in _modules()]
    for _case in range(count):
        module, spec, _walked, base, _before, paths = chosen.choice(modules)
        changed = chosen.sample(paths, min(len(paths), chosen.randint(2, 5)))
        yield Case(module, spec, base, tuple((path, chosen.choice(ODD_VALUES)) for path in changed))


def sample(cases: list[Case], share: float, seed: int = 12) -> list[Case]:
    """Return a part of the cases, the same one for the same seed."""
    chosen = random.Random(seed).sample(cases, max(1, round(len(cases) * min(1.0, share))))
    return sorted(chosen, key=str)
