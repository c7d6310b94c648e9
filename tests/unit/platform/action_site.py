# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Data actions, integrations and consuming flows of a simulated org."""

from __future__ import annotations

import copy
import typing as t

PATH = "/api/v2/integrations/actions"
NAME = "Find customer"
IN = {"type": "object", "properties": {"id": {"type": "string"}}, "required": ["id"]}
OUT = {"type": "object", "properties": {"tier": {"type": "string", "maxLength": 10}}}
#: The input of another contract.
OTHER_IN = {"type": "object", "properties": {"phone": {"type": "string"}}}
CONFIG = {
    "timeoutSeconds": 10,
    "request": {
        "requestUrlTemplate": "https://crm.example.com/c/${input.id}",
        "requestType": "GET",
        "headers": {"Accept": "application/json"},
        "requestTemplate": "${input.rawRequest}",
    },
    "response": {
        "translationMap": {"tier": "$.tier"},
        "translationMapDefaults": {},
        "successTemplate": '{"tier": ${tier}}',
    },
}


def contract(inputs: t.Any = None) -> dict[str, t.Any]:
    schema = IN if inputs is None else inputs
    return {"input": {"inputSchema": schema}, "output": {"successSchema": OUT}}


def definition(inputs: t.Any = None, **request: t.Any) -> dict[str, t.Any]:
    """Return a definition whose URL has its first input. C(request) are other values of its request."""
    config = copy.deepcopy(CONFIG)
    name = next(iter((IN if inputs is None else inputs)["properties"]))
    config["request"]["requestUrlTemplate"] = f"https://crm.example.com/c/${{input.{name}}}"
    config["request"] |= request
    return {"contract": contract(inputs), "config": config}


def options(inputs: t.Any = None, **given: t.Any) -> dict[str, t.Any]:
    """Return the options of a task for the data action."""
    request = given.pop("request", {})
    base = {"name": NAME, "integration": "CRM", "category": "CRM"}
    return {**base, "definition": definition(inputs, **request), **given}


def seed_integration(
    tasks: t.Any, name: str = "CRM", state: str = "ENABLED", kind: str = "custom-rest-actions"
) -> str:
    given = {"name": name, "integrationType": {"id": kind}, "intendedState": state}
    (stored,) = tasks.org.seed([{**given, "config": {"current": {}}}], "integrations")
    return str(stored["id"])


def seed_action(tasks: t.Any, **fields: t.Any) -> dict[str, t.Any]:
    """Store the data action as another client has made it, in an integration of its own if none is given."""
    if "integrationId" not in fields:
        fields["integrationId"] = seed_integration(tasks)
    given = {"name": NAME, "category": "CRM", **definition(), **fields}
    (stored,) = tasks.org.seed([given], "actions")
    return t.cast("dict[str, t.Any]", stored)


def seed_draft(tasks: t.Any, **fields: t.Any) -> dict[str, t.Any]:
    """Store a draft as another client has made it."""
    (stored,) = tasks.org.seed([{"name": NAME, "category": "CRM", **definition(), **fields}], "action_drafts")
    return t.cast("dict[str, t.Any]", stored)


def seed_consumers(tasks: t.Any, action_id: str, count: int = 3) -> list[dict[str, str]]:
    """Store flows that consume an action. Return them as a result has them."""
    flows = [
        {
            "flowId": f"flow-{number}",
            "name": f"Flow {number}",
            "type": "INBOUNDCALLFLOW",
            "version": f"{number}.0",
            "resourceId": action_id,
        }
        for number in range(1, count + 1)
    ]
    tasks.org.seed(flows, "consumers")
    return [
        {"type": flow["type"], "name": flow["name"], "version": flow["version"], "id": flow["flowId"]}
        for flow in flows
    ]


def stored_names(tasks: t.Any) -> dict[str, str]:
    """Return the stored data actions, id by name."""
    return {one["name"]: one["id"] for one in tasks.org.objects("actions")}
