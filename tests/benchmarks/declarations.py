# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The declarations of the measured orgs, with objects of ordinary size.

A declaration is a value of the option C(config) of genesys_org_config: kind -> entries.
"""

from __future__ import annotations

import copy
import typing as t

Entry = dict[str, t.Any]
Config = dict[str, list[Entry]]
#: The name of a kind in the simulator -> stored objects.
Objects = dict[str, list[dict[str, t.Any]]]

#: Kinds whose objects a declaration can remove.
REMOVABLE = ("data_actions", "privacy_purposes", "webhooks")
#: For a change of 5 % of the objects.
CHANGED_ONE_IN = 20


def data_actions(count: int) -> Config:
    return {"data_actions": [_data_action(number) for number in range(count)]}


def mixed(count: int) -> Config:
    """Return a declaration with every kind. Most objects are data actions. C(count) must be at least 20."""
    few = count // 10
    return {
        "data_actions": [_data_action(number) for number in range(count - 4 * few)],
        "privacy_purposes": [_privacy_purpose(number) for number in range(few)],
        "customobject_indexes": [_customobject_index(number) for number in range(few)],
        "flow_settings": [_flow_settings(number) for number in range(few)],
        "webhooks": [_webhook(number) for number in range(few)],
    }


def prerequisites(config: Config) -> Objects:
    """Return the flows and schemas that a declaration needs, because modules do not create them."""
    return {
        "flows": [_flow(entry["name"]) for entry in config.get("flow_settings", [])],
        "customobjects": [
            _schema(entry["custom_object_id"]) for entry in config.get("customobject_indexes", [])
        ],
    }


def changed(config: Config) -> tuple[Config, int]:
    """Return the declaration with 5 % of its objects changed, at least one of each kind, and their number."""
    config = copy.deepcopy(config)
    count = 0
    for kind, entries in config.items():
        for entry in entries[::CHANGED_ONE_IN]:
            _change(kind, entry)
            count += 1
    return config, count


def removed(config: Config) -> Config:
    """Return the declaration that removes all objects of the removable kinds."""
    return {
        kind: [{"name": entry["name"], "state": "absent"} for entry in entries]
        for kind, entries in config.items()
        if kind in REMOVABLE
    }


def count(config: Config) -> int:
    return sum(map(len, config.values()))


def _data_action(number: int) -> Entry:
    url = f"https://crm.example.com/v1/accounts/${{account_id}}/orders-{number:04d}"
    writes = number % 4 == 0
    # In real orgs a quarter of the data actions have a filter.
    open_ids = f"$.orders[?(@.age < {number})].id" if number % 4 == 1 else "$.orders[*].id"
    return {
        "name": f"Orders {number:04d}: latest of an account",
        "description": f"The latest orders of an account, as the flows of line {number % 7} read them out.",
        "rest": {
            "url": url if writes else f"{url}?limit=25&since=${{since}}",
            "method": "POST" if writes else "GET",
            "headers": {
                "Accept": "application/json",
                "Authorization": "Bearer ${access_token}",
                "X-Request-Source": "contact-centre",
            },
            "body": '{"since": "${since}", "states": ["open", "shipped"], "limit": 25}' if writes else "",
            "variable_mappings": [
                {"name": "OrderCount", "source": "$.page.total", "type": "integer", "default": "0"},
                {"name": "LatestState", "source": "$.orders[0].state", "type": "string", "default": "none"},
                {"name": "OpenIds", "source": open_ids, "type": "array"},
                {"name": "Balance", "source": "$.account.balance.amount", "type": "number"},
            ],
        },
        "conditions": [f'crm.status == "active" and (crm.priority > {number % 9} or orders.open exists)'],
    }


def _privacy_purpose(number: int) -> Entry:
    return {
        "name": f"Support Analytics {number:03d}",
        "description": "Interactions with the support, kept for quality assurance and audits",
        "retention": "180d",
        "legal_basis": "legitimate_interests",
    }


def _customobject_index(number: int) -> Entry:
    return {
        "custom_object_id": f"contract-{number:03d}",
        "indexes": [
            {"name": "by_customer", "fields": ["customer", "status"], "order": ["asc", "desc"]},
            {"name": "by_fee", "fields": ["fee"], "order": "desc"},
        ],
    }


def _flow_settings(number: int) -> Entry:
    return {
        "name": f"Inbound: line {number:03d}",
        "routing": {"type": "longestAvailable", "max_wait_time": 300},
        "configuration_matrix": {"survey": {"key": "survey_after_call", "value": True}},
    }


def _webhook(number: int) -> Entry:
    return {
        "name": f"Audit sync {number:03d}",
        "enabled": False,  # a delivery would find no listener
        "events": ["data.action.created", "data.action.updated"],
        "target": {"url": "https://audit.example.com/genesys", "headers": {"X-Source": "genesys"}},
    }


def _change(kind: str, entry: Entry) -> None:
    if kind in ("data_actions", "privacy_purposes"):
        entry["description"] = "Changed by the measurement."
    elif kind == "customobject_indexes":
        entry["indexes"][1]["order"] = "asc"
    elif kind == "flow_settings":
        entry["routing"]["max_wait_time"] = 600
    else:
        entry["events"] = ["data.action.deleted"]


def _flow(name: str) -> dict[str, t.Any]:
    settings = {"routing": {"type": "skillsBased", "maxWaitTime": 60}, "configurationMatrix": {}}
    return {"name": name, "description": "An inbound flow", "settings": settings}


def _schema(identifier: str) -> dict[str, t.Any]:
    return {
        "id": identifier,
        "name": identifier,
        "description": "A contract",
        "fields": [
            {"name": "customer", "type": "string", "maxLength": 12},
            {"name": "status", "type": "string", "maxLength": 20},
            {"name": "fee", "type": "number"},
        ],
        "indexes": [],
        "customFields": [],
    }
