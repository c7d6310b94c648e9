# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A data action in the form of the options and of the API, and an integration that has it."""

from __future__ import annotations

import copy
import typing as t

import pytest

TYPE = "custom-rest-actions"
PATH = "/api/v2/integrations/actions"
DEFINITION: dict[str, t.Any] = {
    "contract": {
        "input": {"inputSchema": {"type": "object", "properties": {"id": {"type": "string"}}}},
        "output": {"successSchema": {"type": "object", "properties": {"tier": {"type": "string"}}}},
    },
    "config": {
        "request": {
            "requestUrlTemplate": "https://crm.example.com/c/${input.id}",
            "requestType": "POST",
            "requestTemplate": '{"id": "${input.id}"}',
            "headers": {"Accept": "application/json"},
        },
        "response": {
            "translationMap": {"tier": "$.tier"},
            "translationMapDefaults": {"tier": '"none"'},
            "successTemplate": '{"tier": ${tier}}',
        },
    },
}
#: Both forms in which the API shows templates.
FORMS = pytest.mark.parametrize("form", ["inline", "uri"])
FIND = {"name": "Find", "integration": "CRM", "category": "C", "definition": DEFINITION}


def changed(path: str, value: t.Any) -> dict[str, t.Any]:
    """Return the definition with another value at a dotted path; None removes it."""
    whole = copy.deepcopy(DEFINITION)
    *parents, last = path.split(".")
    place = whole
    for key in parents:
        place = place[key]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return whole


def integration(tasks: t.Any, name: str = "CRM", kind: str = TYPE) -> str:
    """Store an integration. Return its id."""
    (stored,) = tasks.org.seed([{"name": name, "integrationType": {"id": kind}}], "integrations")
    return str(stored["id"])


def action(tasks: t.Any, integration_id: str, **fields: t.Any) -> dict[str, t.Any]:
    """Store a data action as another client has made it."""
    wire = {"name": "Find", "category": "C", "integrationId": integration_id, **copy.deepcopy(DEFINITION)}
    (stored,) = tasks.org.seed([{**wire, **fields}], "actions")
    return t.cast("dict[str, t.Any]", stored)


def stored(tasks: t.Any) -> list[dict[str, t.Any]]:
    """Return the data actions of the org as the API has them."""
    return t.cast("list[dict[str, t.Any]]", tasks.org.objects("actions"))


def patches(tasks: t.Any) -> list[dict[str, t.Any]]:
    """Return the updates that the org got, as log entries."""
    return t.cast("list[dict[str, t.Any]]", tasks.org.log(method="PATCH"))
