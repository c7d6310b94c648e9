# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One inventory and one playbook for five orgs: three of the reference API, two of the platform API.

Each org has one object of every kind that its API has, from the dry run to the rollback.
"""

from __future__ import annotations

import json
import pathlib
import typing as t

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._resources.registry import KINDS
from integration.org_config import APPLY, org_config_vars
from integration.playbook import ROOT, PlaybookRun

SITE, CHECK, ROLLBACK = (ROOT / "playbooks" / f"{name}.yml" for name in ("site", "check", "rollback"))
MAIN = {"name": "Main", "type": "inboundcall"}
REST = {"url": "https://crm.example.com/customers/${id}", "method": "GET"}
#: API -> name of a list in the role and in results -> its only entry.
ENTRIES: dict[str, dict[str, dict[str, t.Any]]] = {
    "reference": {
        "data_actions": {"name": "Find", "rest": REST},
        "privacy_purposes": {
            "name": "Quality",
            "description": "Recordings are kept for training",
            "retention": "180d",
            "legal_basis": "legitimate_interests",
        },
        "customobject_indexes": {
            "custom_object_id": "contract",
            "indexes": [{"name": "by_status", "fields": ["status"], "order": "asc"}],
        },
        "flow_settings": {"name": "Main", "routing": {"max_wait_time": 30}},
        "webhooks": {
            "name": "Feed",
            "enabled": False,
            "events": ["flow.updated"],
            "target": {"url": "https://hooks.example.com/genesys"},
        },
    },
    "platform": {
        "integration_credentials": {
            "name": "Login",
            "type": "basicAuth",
            "fields": {"userName": "svc", "password": "not-for-eyes-71c0"},
        },
        "integrations": {
            "name": "CRM",
            "type": "custom-rest-actions",
            "intended_state": "ENABLED",
            "credentials": {"basicAuth": "Login"},
        },
        "data_actions": {"name": "Find", "integration": "CRM", "category": "CRM", "rest": REST},
        "data_tables": {
            "name": "Shops",
            "columns": [{"name": "open", "type": "boolean"}],
            "rows": [{"key": "oslo", "open": True}],
        },
        "flow_log_levels": {**MAIN, "level": "All"},
        "flow_execution_data": {"enabled": True},
        "masking_rules": {"name": "Card", "definition": "[0-9]{16}", "channels": ["email"]},
        "media_retention_policies": {
            "name": "Calls of sales",
            "order": 1,
            "enabled": True,
            "actions": {"retention_duration": {"delete_retention": {"days": 180}}},
            "conditions": {"for_queues": ["Sales"], "directions": ["INBOUND"]},
        },
        "analytics_retention": {"retention_days": 730, "confirm": True},
        "data_schemas": {
            "name": "Claim",
            "type": "workitem",
            "fields": [{"name": "amount_number", "type": "number", "minimum": 0}],
        },
        "triggers": {
            "name": "Survey",
            "topic_name": "v2.detail.events.conversation.{id}.customer.end",
            "workflow": "Send survey",
            "match_criteria": [{"json_path": "mediaType", "operator": "Equal", "value": "VOICE"}],
        },
    },
}
#: Kind in the simulator -> objects that the role does not create.
SEEDED: dict[str, dict[str, list[dict[str, t.Any]]]] = {
    "reference": {
        "flows": [{"id": "main", "name": "Main", "settings": {"routing": {"type": "broadcast"}}}],
        "customobjects": [
            {"id": "contract", "name": "Contract", "fields": [{"name": "status", "type": "string"}]}
        ],
    },
    "platform": {
        "flows": [
            {"name": "Main"},
            {"name": "Send survey", "type": "WORKFLOW", "publishedVersion": {"id": "1.0"}},
        ],
        "queues": [{"name": "Sales"}],
    },
}
APIS = {"dev": "reference", "test": "reference", "prod": "reference", "eu": "platform", "us": "platform"}
#: API -> kinds in the simulator whose objects the role writes.
WRITTEN = {
    "reference": ("data_actions", "privacy_purposes", "customobjects", "flows", "webhooks"),
    "platform": (
        "credentials",
        "integrations",
        "actions",
        "data_tables",
        "data_table_rows",
        "flow_log_levels",
        "execution_data",
        "masking_rules",
        "retention_policies",
        "analytics_retention",
        "workitem_schemas",
        "triggers",
    ),
}
#: A mistake in one entry of each API: list -> options that change.
MISTAKE = {
    "reference": {"privacy_purposes": {"retention": "1d"}},
    "platform": {"masking_rules": {"channels": ["sms"]}},
}

Hosts = dict[str, dict[str, t.Any]]


@pytest.fixture
def orgs(new_org: t.Callable[..., t.Any]) -> dict[str, t.Any]:
    created = {host: new_org(api=api) for host, api in APIS.items()}
    for host, org in created.items():
        for kind, objects in SEEDED[APIS[host]].items():
            org.seed(objects, kind)
    return created


@pytest.fixture
def run(
    playbook: t.Callable[..., PlaybookRun], orgs: dict[str, t.Any], tmp_path: pathlib.Path
) -> t.Callable[..., PlaybookRun]:
    """Return a function that runs a playbook over all orgs, with the journals of the rollout of its name."""

    def start(
        book: t.Any, rollout: str, mistake: bool = False, returncode: int = 0, **options: t.Any
    ) -> PlaybookRun:
        journal = f"{tmp_path}/{rollout}-{{{{ inventory_hostname }}}}.jsonl"
        done = playbook(
            book,
            inventory=_inventory(orgs, journal, MISTAKE if mistake else {}),
            extra_vars={"drift_check_folder": str(tmp_path / "reports")},
            **options,
        )
        assert done.returncode == returncode, done.output
        assert "not-for-eyes" not in done.output
        return done

    return start


def _inventory(orgs: dict[str, t.Any], journal: str, changes: dict[str, t.Any]) -> Hosts:
    return {
        host: org_config_vars(
            org,
            journal=journal,
            **{
                name: [{**entry, **changes.get(APIS[host], {}).get(name, {})}]
                for name, entry in ENTRIES[APIS[host]].items()
            },
        )
        for host, org in orgs.items()
    }


def test_every_kind_is_declared() -> None:
    for api, lists in ENTRIES.items():
        assert set(lists) == {kind.list_option for kind in KINDS if api in kind.profiles}


def test_five_orgs_of_two_apis_from_the_dry_run_to_the_rollback(
    run: t.Callable[..., PlaybookRun], orgs: dict[str, t.Any], tmp_path: pathlib.Path
) -> None:
    every = {host: len(ENTRIES[api]) for host, api in APIS.items()}
    assert _changes(run(SITE, "first", check=True, diff=True)) == every
    assert _changes(run(SITE, "first")) == every
    assert _changes(run(SITE, "second")) == dict.fromkeys(APIS, 0)
    run(CHECK, "gate")

    converged = _contents(orgs)
    _edit(orgs["prod"], "privacy_purposes", "Quality", {"retentionPeriod": "30d"})
    _edit(orgs["us"], "masking_rules", "Card", {"definition": "[0-9]{12}"})
    drifted = {**dict.fromkeys(APIS, 0), "prod": 1, "us": 1}
    run(CHECK, "gate", returncode=2)
    report = json.loads((tmp_path / "reports" / "drift.json").read_text(encoding="utf-8"))
    assert report["counts"] == {"in_sync": 3, "drifted": 2, "not_judged": 0}
    assert _changes(run(SITE, "repair")) == drifted
    assert _contents(orgs) == converged

    assert _changes(run(SITE, "mistake", mistake=True)) == dict.fromkeys(APIS, 1)
    assert all(_contents(orgs)[host] != contents for host, contents in converged.items())
    run(ROLLBACK, "mistake")
    assert _contents(orgs) == converged


def _edit(org: t.Any, kind: str, name: str, patch: dict[str, t.Any]) -> None:
    """Change an object as a person would by hand."""
    org.edit(org.named(name, kind)["id"], patch, kind)


def _changes(done: PlaybookRun) -> dict[str, int]:
    """Return host -> number of objects that the run changed or would change."""
    return {
        one.host: sum(changed["changed"] for changed in one.result["objects"]) for one in done.results(APPLY)
    }


def _contents(orgs: dict[str, t.Any]) -> dict[str, t.Any]:
    """Return host -> kind -> objects, without the fields that differ after every write."""
    served = ("etag", "version", "dateModified", "modifiedDate", "schemaVersion", "lastUpdated")
    return {
        host: {
            kind: [
                {key: value for key, value in one.items() if key not in served} for one in org.objects(kind)
            ]
            for kind in WRITTEN[org.api]
        }
        for host, org in orgs.items()
    }
