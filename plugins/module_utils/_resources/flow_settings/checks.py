# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Offline validation of a flow's settings and of their snapshots (S2.2, S2.8).

Private to the collection. All problems are reported at once, each with its path.
"""

from __future__ import annotations

import json
import math
import typing as t

from ..._arguments.validation import validate
from ..._findings import Findings
from ..._secrets import MASK
from .update_interval import check_default_folder

#: One entry of the configuration matrix.
_ENTRY: dict[str, dict[str, t.Any]] = {
    "key": {"type": "str", "required": True},
    "value": {"type": "raw", "required": True},
}
#: Settings in a snapshot. Another tool may have written them, so their values are restored unchecked.
_SNAPSHOT: dict[str, dict[str, t.Any]] = {
    "routing": {
        "type": "dict",
        "options": {
            "type": {"type": "str"},
            "max_wait_time": {"type": "int"},
            "scope": {"type": "dict"},
        },
    },
    "configuration_matrix": {"type": "dict"},
    "scope_directives": {
        "type": "dict",
        "options": {
            "apply_to": {"type": "list", "elements": "str"},
            "enforce_hierarchy": {"type": "bool"},
        },
    },
}


def validate_options(given: dict[str, t.Any], findings: Findings) -> dict[str, t.Any]:
    """Validate the task alone and replace C(snapshot) by the settings in it; return no result fields."""
    check_default_folder(given, findings)
    if given.get("snapshot") is not None:
        for option in _SNAPSHOT:
            if option in given:
                findings.problem(option, "excludes snapshot, which declares all settings: give one of them")
        given.update(_read_snapshot(given["snapshot"], findings))
        return {}
    for option in ("routing", "scope_directives"):
        if option in given and given[option] is None:  # null resets every option of the group
            given[option] = dict.fromkeys(_SNAPSHOT[option]["options"])
    _check_routing(given.get("routing") or {}, findings)
    matrix = given.get("configuration_matrix")
    if matrix is not None:
        given["configuration_matrix"] = _read_matrix(matrix, findings)
    return {}


def _check_routing(routing: dict[str, t.Any], findings: Findings) -> None:
    seconds = routing.get("max_wait_time")
    if seconds is not None and seconds <= 0:
        findings.problem("routing.max_wait_time", f"must be more than 0 seconds, not {seconds}")
    scope = routing.get("scope") or {}
    texts = {
        "routing.type": routing.get("type"),
        "routing.scope.type": scope.get("type"),
        "routing.scope.id": scope.get("id"),
    }
    for path, text in texts.items():
        if text is not None and not text.strip():
            findings.problem(path, "must not be empty")


def _read_matrix(matrix: dict[t.Any, t.Any], findings: Findings) -> dict[str, t.Any]:
    read: dict[str, t.Any] = {}
    for name, entry in matrix.items():
        path = f"configuration_matrix.{name}"
        if not str(name).strip():
            findings.problem("configuration_matrix", "has a parameter without a name")
        elif entry is None:
            read[str(name)] = None
        elif not isinstance(entry, dict):
            findings.problem(path, "must be a dictionary of key and value, or null to remove the parameter")
        else:
            read[str(name)] = entry = validate(_ENTRY, entry, findings, path)
            if isinstance(entry.get("key"), str) and not entry["key"].strip():
                findings.problem(f"{path}.key", "must not be empty")
            _check_value(entry.get("value"), f"{path}.value", findings)
    return read


def _check_value(value: t.Any, path: str, findings: Findings) -> None:
    """Report values that cannot be sent: non-finite numbers, and nulls, which a merge patch removes."""
    if isinstance(value, float) and not math.isfinite(value):
        findings.problem(path, f"must be a finite number, not {value}")
    elif isinstance(value, dict):
        for name, entry in value.items():
            if entry is None:
                findings.problem(f"{path}.{name}", "must not be null: the API cannot store it, omit it")
            _check_value(entry, f"{path}.{name}", findings)
    elif isinstance(value, list):
        for index, entry in enumerate(value):
            _check_value(entry, f"{path}[{index}]", findings)


def _read_snapshot(snapshot: dict[str, t.Any], findings: Findings) -> dict[str, t.Any]:
    """Return the settings in a snapshot, all of them declared; an empty dictionary if it is incomplete."""
    before = len(findings.problems)
    if MASK in json.dumps(snapshot, default=str):
        findings.problem("snapshot", f"contains a masked value ({MASK}), which cannot be restored")
    missing = [option for option in _SNAPSHOT if option not in snapshot]
    for option, spec in _SNAPSHOT.items():
        group = snapshot.get(option)
        if isinstance(group, dict):
            missing += [f"{option}.{name}" for name in spec.get("options", {}) if name not in group]
    for path in missing:
        findings.problem(f"snapshot.{path}", "is missing: give the complete snapshot of an earlier run")
    settings = {option: snapshot[option] for option in _SNAPSHOT if option in snapshot}
    read = validate(_SNAPSHOT, settings, findings, "snapshot")
    for option in ("routing", "scope_directives"):
        if read.get(option) is None:
            read[option] = dict.fromkeys(_SNAPSHOT[option]["options"])
    for name, entry in (read.get("configuration_matrix") or {}).items():
        if not isinstance(entry, dict):
            findings.problem(f"snapshot.configuration_matrix.{name}", "must be a dictionary of key and value")
    return read if len(findings.problems) == before else {}
