# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Helpers for tests of definitions: a small valid one, and the findings about options by path."""

from __future__ import annotations

import copy
import typing as t

from ansible_collections.genesys.cloud.plugins.module_utils._findings import Findings
from ansible_collections.genesys.cloud.plugins.module_utils._model.json_objects import Body, set_path
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.definition import (
    platform_definition,
)
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.rest_to_wire import (
    to_wire,
)

DEFINITION: dict[str, t.Any] = {
    "name": "Get Customer",
    "category": "CRM",
    "secure": False,
    "contract": {
        "input": {"inputSchema": {"type": "object", "properties": {"id": {"type": "string"}}}},
        "output": {"successSchema": {"type": "object", "properties": {"tier": {"type": "string"}}}},
    },
    "config": {
        "timeoutSeconds": 10,
        "request": {
            "requestUrlTemplate": "https://crm.example.com/c/${input.id}",
            "requestTemplate": "${input.rawRequest}",
            "requestType": "GET",
            "headers": {"Accept": "application/json"},
        },
        "response": {
            "translationMap": {"tier": "$.tier"},
            "translationMapDefaults": {"tier": '"none"'},
            "successTemplate": '{"tier": ${tier}}',
        },
    },
}


class Judged(t.NamedTuple):
    """The result of a task with its problems and warnings, each message by its path."""

    wire: Body
    problems: dict[str, str]
    warnings: dict[str, str]


def judge(definition: t.Any = None, **beside: t.Any) -> Judged:
    findings = Findings()
    given = {"definition": definition, **beside} if definition is not None else beside
    wire = platform_definition(given, findings)
    return Judged(
        wire,
        {problem.path: problem.message for problem in findings.problems},
        {warning.path: warning.message for warning in findings.warnings},
    )


def changed(path: str, value: t.Any, definition: dict[str, t.Any] | None = None) -> dict[str, t.Any]:
    """Return a copy of a definition with another value at a dotted path."""
    body = copy.deepcopy(DEFINITION if definition is None else definition)
    set_path(body, path, value)
    return body


def converted(rest: dict[str, t.Any]) -> tuple[dict[str, t.Any], dict[str, str], dict[str, str]]:
    """Return the wire object, the problems and the warnings by path."""
    findings = Findings()
    wire = to_wire(copy.deepcopy(rest), findings)
    return (
        wire,
        {problem.path: problem.message for problem in findings.problems},
        {warning.path: warning.message for warning in findings.warnings},
    )
