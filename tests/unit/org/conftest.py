# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Entries of every kind, objects that match them, and a runner of genesys_org_config."""

from __future__ import annotations

import collections
import typing as t

import pytest

from unit.module_runner import run_module

Entry = dict[str, t.Any]

ACTIONS = "/api/v2/architect/data-actions"
PURPOSES = "/api/v2/privacy/purposes"
SCHEMAS = "/api/v2/data-gateway/customobjects/schemas"
FLOWS = "/api/v2/architect/flows"
RELOAD = "/api/v2/architect/flows/reload"
WEBHOOKS = "/api/v2/platform/webhooks"
ORGANIZATION = "/api/v2/organizations/me"
#: Prefixes of the kinds' paths, in the order of writing.
ORDER = (ACTIONS, PURPOSES, SCHEMAS, FLOWS, WEBHOOKS)


def action(name: str, **more: t.Any) -> Entry:
    rest = {"url": f"https://crm.example.com/{name.replace(' ', '-')}", "method": "GET"}
    return {"name": name, "description": f"About {name}", "rest": rest, **more}


def purpose(name: str, **more: t.Any) -> Entry:
    return {
        "name": name,
        "description": f"About {name}",
        "retention": "180d",
        "legal_basis": "consent",
        **more,
    }


def index(identifier: str, **more: t.Any) -> Entry:
    return {"custom_object_id": identifier, "indexes": [{"name": "by_status", "fields": ["status"]}], **more}


def flow(name: str, wait_time: int = 90, **more: t.Any) -> Entry:
    return {"name": name, "routing": {"max_wait_time": wait_time}, **more}


def webhook(name: str, **more: t.Any) -> Entry:
    target = {"url": "https://hooks.example.com/genesys", "headers": {"X-Region": "emea"}}
    return {"name": name, "enabled": False, "events": ["flow.updated"], "target": target, **more}


def stored_flow(name: str) -> Entry:
    settings = {"routing": {"type": "longestAvailable", "maxWaitTime": 60}, "configurationMatrix": {}}
    return {"name": name, "description": "a line", "version": 3, "settings": settings}


def stored_schema(identifier: str) -> Entry:
    fields = [{"name": "status", "type": "string", "maxLength": 20}, {"name": "fee", "type": "number"}]
    return {"id": identifier, "name": identifier, "fields": fields, "indexes": [], "schemaVersion": 4}


def stored_action(name: str, **more: t.Any) -> Entry:
    """Return the stored form of C(action)."""
    rest = {
        "url": f"https://crm.example.com/{name.replace(' ', '-')}",
        "httpMethod": "GET",
        "headers": {},
        "variableMappings": [],
    }
    body = {"type": "rest", "description": f"About {name}", "restConfig": rest, "conditions": []}
    return {"name": name, **body, **more}


def stored_purpose(name: str, **more: t.Any) -> Entry:
    """Return the stored form of C(purpose)."""
    rules = {"retentionPeriod": "180d", "legalBasis": "consent", "isActive": True, "diversionIds": []}
    return {"name": name, "description": f"About {name}", **rules, **more}


def stored_webhook(name: str, **more: t.Any) -> Entry:
    """Return the stored form of C(webhook)."""
    target = {"url": "https://hooks.example.com/genesys", "headers": {"X-Region": "emea"}}
    return {
        "name": name,
        "enabled": False,
        "events": [{"eventType": "flow.updated"}],
        "target": target,
        **more,
    }


def every_kind(count: int = 2) -> dict[str, list[Entry]]:
    """Return a configuration with C(count) entries of each kind."""
    numbers = range(count)
    return {
        "data_actions": [action(f"Action {number}") for number in numbers],
        "privacy_purposes": [purpose(f"Purpose {number}") for number in numbers],
        "customobject_indexes": [index(f"object-{number}") for number in numbers],
        "flow_settings": [flow(f"Flow {number}") for number in numbers],
        "webhooks": [webhook(f"Webhook {number}") for number in numbers],
    }


def requests(org: t.Any) -> list[str]:
    """Return the requests in the form C(GET /api/v2/...), without the requests for tokens."""
    return [
        f"{entry['method']} {entry['path']}"
        for entry in org.log()
        if not entry["path"].endswith("/oauth/token")
    ]


def request_counts(org: t.Any) -> collections.Counter[str]:
    return collections.Counter(requests(org))


def plans_by_name(result: dict[str, t.Any]) -> dict[str, str]:
    """Return the plan of each object by its name or id."""
    return {one["name"] or one["id"]: one["plan"] for one in result["objects"]}


def statuses(result: dict[str, t.Any]) -> dict[str, str]:
    return {one["name"] or one["id"]: one["status"] for one in result["objects"]}


def totals(result: dict[str, t.Any]) -> dict[str, int]:
    """Return the totals that are not 0."""
    return {what: number for what, number in result["totals"].items() if number}


@pytest.fixture
def seeded_org(org):
    """Seed three flows and three schemas, which the module cannot create; their rebuilds take 0.02 s."""
    org.simulator.rebuild(org.key, duration=0.02)
    org.seed([stored_flow(f"Flow {number}") for number in range(3)], "flows")
    org.seed([stored_schema(f"object-{number}") for number in range(3)], "customobjects")
    return org


@pytest.fixture
def converge(org):
    """Return a runner of genesys_org_config: converge({"webhooks": [...]}, prune={...}, diff=True)."""

    def run(
        config: dict[str, list[Entry]] | None = None,
        *,
        check_mode: bool = False,
        diff: bool = False,
        **options: t.Any,
    ) -> dict[str, t.Any]:
        arguments = {**org.connection, "_ansible_diff": diff, **options}
        if config is not None:
            arguments["config"] = config
        return run_module("genesys_org_config", arguments, check_mode=check_mode)

    return run


#: Every write changes these fields, so two equal states still differ in them.
_VOLATILE = ("id", "etag", "version", "schemaVersion", "dateModified", "dateCreated", "modifiedDate")
_KINDS = ("data_actions", "privacy_purposes", "customobjects", "flows", "webhooks")


def state_of(org: t.Any) -> dict[str, list[Entry]]:
    """Return the org's objects by kind, without ids, versions and dates."""
    dates = ("createdDate", "lastUpdated")
    return {
        kind: sorted(
            (
                {key: value for key, value in stored.items() if key not in (*_VOLATILE, *dates)}
                for stored in org.objects(kind)
            ),
            key=lambda stored: str(stored["name"]),
        )
        for kind in _KINDS
    }
