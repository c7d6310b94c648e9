# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tasks of every module that reads an org, for C(wrong_answers.py)."""

from __future__ import annotations

import dataclasses
import typing as t

from hostile_cases import retention_seeds
from hostile_cases.answer_options import (
    ACTION,
    FLOW,
    INDEXES,
    INTEGRATION,
    LOGIN,
    PLATFORM_ACTION,
    PURPOSE,
    RULE,
    SCHEMA,
    WEBHOOK,
)
from hostile_cases.wrong_answers import Scenario
from unit.module_runner import run_module
from unit.platform.triggers import TRIGGER, seed_trigger, seed_workflow


def _stored_action(**changes: t.Any) -> dict[str, t.Any]:
    value = {"type": "DATASET", "datasetId": "crm", "fieldId": "status"}
    rest = {"url": "https://crm.example.com", "httpMethod": "GET", "headers": {"Cookie": "s3cr3t-0003"}}
    mapping = {"name": "old", "source": "$.old", "type": "number", "default": "1"}
    leaf = {"type": "EQUALS", "value": value, "expression": "old"}
    tree = {"type": "NOT", "children": [leaf]}
    return {
        "name": "A",
        "type": "rest",
        "description": "Old",
        "restConfig": {**rest, "bodyTemplate": "x", "variableMappings": [mapping]},
        "conditions": [tree],
        **changes,
    }


def _seed_action(org: t.Any) -> None:
    org.seed([_stored_action(), _stored_action(name="Other")], "data_actions")


def _seed_purpose(org: t.Any) -> None:
    rules = {"retentionPeriod": "90d", "legalBasis": "contract", "isActive": True, "diversionIds": ["d-0"]}
    org.seed([{"name": name, "description": "Old", **rules} for name in ("P", "Other")], "privacy_purposes")


def _seed_webhook(org: t.Any) -> None:
    target = {"url": "https://hooks.example.com/old", "headers": {"X-Region": "emea"}}
    events = [{"eventType": "flow.created"}]
    hooks = [{"name": n, "enabled": True, "events": events, "target": target} for n in ("W", "Other")]
    org.seed(hooks, "webhooks")


def _seed_flow(org: t.Any) -> None:
    settings = {
        "routing": {"type": "longestAvailable", "maxWaitTime": 60, "scope": {"type": "queue", "id": "q"}},
        "configurationMatrix": {"old": {"key": "o", "value": 1}},
        "scopeDirectives": {"applyTo": ["user"], "enforceHierarchy": False},
    }
    org.seed([{"name": n, "description": "x", "version": 3, "settings": settings} for n in "FG"], "flows")


def _seed_schema(org: t.Any) -> None:
    org.simulator.rebuild(org.key, duration=0)
    fields = [
        {"name": "status", "type": "string", "maxLength": 20, "cardinalityHint": "high"},
        {"name": "fee", "type": "number"},
        {"name": "owner", "type": "reference", "referenceTo": "person"},
    ]
    indexes = [{"name": "by_fee", "fields": ["fee"], "order": "asc"}]
    schema = {"id": "ticket", "name": "ticket", "fields": fields, "indexes": indexes, "schemaVersion": 4}
    org.seed([schema], "customobjects")


def _seed_login(org: t.Any) -> None:
    fields = {"userName": "us3r-0815", "password": "pa55-0815"}
    org.seed([{"name": "L", "type": {"id": "basicAuth"}, "credentialFields": fields}], "credentials")


def _seed_credential(org: t.Any) -> None:
    _seed_login(org)
    app = {"name": "App", "integrationType": {"id": "embedded-client-app"}}
    org.seed(
        [{**app, "config": {"current": {"properties": {"url": "https://x.example.com"}}}}], "integrations"
    )


def _seed_integration(org: t.Any) -> None:
    _seed_login(org)
    current = {"properties": {"p": 0}, "notes": "Old"}
    stored = {"integrationType": {"id": "custom-rest-actions"}, "config": {"current": current}}
    org.seed([{"name": name, **stored} for name in ("I", "Other")], "integrations")


def _seed_rule(org: t.Any) -> None:
    stored = {"definition": "[0-9]{4}", "description": "Old", "integrations": ["email"]}
    org.seed([{"name": name, **stored} for name in ("R", "Other")], "masking_rules")


def _seed_triggers(org: t.Any) -> None:
    workflow = seed_workflow(org)
    for name in (TRIGGER["name"], "Other"):
        seed_trigger(org, workflow, name=name, description="Old", enabled=False)


def _seed_platform_flow(org: t.Any) -> None:
    org.seed([{"id": "f-1", "name": "F"}, {"id": "f-2", "name": "F", "type": "BOT"}], "flows")


def _seed_level(org: t.Any) -> None:
    _seed_platform_flow(org)
    org.seed(
        [{"id": one, "logLevelCharacteristics": {"level": "Base"}} for one in ("f-1", "f-2")],
        "flow_log_levels",
    )


def _seed_platform_action(org: t.Any) -> None:
    _seed_integration(org)
    config = {
        "timeoutSeconds": 5,
        "request": {
            "requestUrlTemplate": "https://x.example.com",
            "requestType": "GET",
            "headers": {"X": "y"},
        },
        "response": {"translationMap": {"old": "$.old"}, "successTemplate": '{"old": ${old}}'},
    }
    wire = {
        "category": "Old",
        "integrationId": org.named("I", "integrations")["id"],
        "contract": PLATFORM_ACTION["definition"]["contract"],
        "config": config,
    }
    org.seed([{"name": name, **wire} for name in ("A", "Other")], "actions")


def _id_of(kind: str, name: str) -> t.Callable[[t.Any], str]:
    """Return an option whose value is the id of an object of the org."""
    return lambda org: str(org.named(name, kind)["id"])


def _org_id(org: t.Any) -> str:
    return str(org.id)


def _crud(
    name: str, kind: str, options: dict[str, t.Any], seed: t.Callable[[t.Any], None]
) -> t.Iterator[Scenario]:
    module, object_id = f"genesys_{name}", _id_of(kind, options["name"])
    yield Scenario(f"{name} create", module, options)
    yield Scenario(f"{name} update", module, options, seed)
    yield Scenario(f"{name} update by id", module, {**options, "id": object_id}, seed)
    yield Scenario(f"{name} remove", module, {"name": options["name"], "state": "absent"}, seed)
    yield Scenario(f"{name} remove by id", module, {"id": object_id, "state": "absent"}, seed)
    yield from _info(f"{name}_info", kind, options["name"], seed)


def _info(name: str, kind: str, object_name: str, seed: t.Callable[[t.Any], None]) -> t.Iterator[Scenario]:
    module = f"genesys_{name}"
    yield Scenario(f"{name} all", module, {}, seed)
    yield Scenario(f"{name} by name", module, {"name": object_name, "organization": _org_id}, seed)
    yield Scenario(f"{name} by id", module, {"id": _id_of(kind, object_name)}, seed)


def scenarios() -> t.Iterator[Scenario]:
    """Yield the scenarios of all kinds."""
    yield from _crud("data_action", "data_actions", ACTION, _seed_action)
    yield from _crud("privacy_purpose", "privacy_purposes", PURPOSE, _seed_purpose)
    yield from _crud("webhook", "webhooks", {**WEBHOOK, "list_lag": 0}, _seed_webhook)
    flow_id = _id_of("flows", "F")
    yield Scenario("flow update", "genesys_flow_settings", FLOW, _seed_flow)
    by_id = {**FLOW, "id": flow_id, "organization": _org_id}
    yield Scenario("flow update by id", "genesys_flow_settings", by_id, _seed_flow)
    yield from _info("flow_info", "flows", "F", _seed_flow)
    yield Scenario("indexes update", "genesys_customobject_index", INDEXES, _seed_schema)
    yield Scenario(
        "customobject_info", "genesys_customobject_info", {"custom_object_id": "ticket"}, _seed_schema
    )
    yield Scenario(
        "audit_info",
        "genesys_audit_info",
        {"event_type": "data.action.created", "wait_timeout": 20},
        _seed_audit,
    )
    yield Scenario("org update", "genesys_org_config", {"config": _CONFIG, "list_lag": 0}, _seed_all)
    prune = {"config": {"webhooks": []}, "prune": {"webhooks": {"enabled": True}}, "list_lag": 0}
    yield Scenario("org prune", "genesys_org_config", prune, _seed_webhook)
    yield from _platform_scenarios()


def _platform_scenarios() -> t.Iterator[Scenario]:
    found = [
        *_crud("integration", "integrations", INTEGRATION, _seed_integration),
        *_crud("integration_credential", "credentials", LOGIN, _seed_credential),
        *_crud("masking_rule", "masking_rules", RULE, _seed_rule),
        *_crud(
            "media_retention_policy",
            "retention_policies",
            retention_seeds.POLICY,
            retention_seeds.seed_policy,
        ),
        *_crud("trigger", "triggers", {**TRIGGER, "enabled": True, "list_lag": 0}, _seed_triggers),
        *_flow_scenarios(),
        *_schema_scenarios(),
        *_platform_actions(),
        Scenario("platform org create", "genesys_org_config", {"config": _PLATFORM_CONFIG, "list_lag": 0}),
        Scenario(
            "platform org update",
            "genesys_org_config",
            {"config": _PLATFORM_CONFIG, "organization": _org_id},
            _seed_platform_action,
        ),
    ]
    for one in found:
        # The task names a credential, an integration or a flow, which has to exist before it.
        first = {"integration create": _seed_login, "platform data_action create": _seed_integration}
        first["flow_log_level create"] = _seed_platform_flow
        first["media_retention_policy create"] = retention_seeds.seed_named
        first["trigger create"] = seed_workflow
        seed = first.get(one.name, one.seed)
        yield dataclasses.replace(one, seed=seed, api="platform")


def _flow_scenarios() -> t.Iterator[Scenario]:
    level, module = {"name": "F", "type": "inboundcall", "level": "All"}, "genesys_flow_log_level"
    yield Scenario("flow_log_level create", module, {**level, "list_lag": 0})
    yield Scenario("flow_log_level update", module, level, _seed_level)
    yield Scenario("flow_log_level remove by id", module, {"id": "f-1", "state": "absent"}, _seed_level)
    yield Scenario("flow_log_level of the org", module, {"default": True, "level": "All"})
    yield Scenario("flow_log_level_info all", f"{module}_info", {}, _seed_level)
    yield Scenario("platform flow_info all", "genesys_flow_info", {}, _seed_level)
    yield Scenario("flow_execution_data update", "genesys_flow_execution_data", {"enabled": True})
    yield Scenario(
        "analytics_retention", "genesys_analytics_retention", {"retention_days": 400, "confirm": True}
    )
    yield Scenario("analytics_retention_info", "genesys_analytics_retention_info", {})
    yield Scenario("flow_execution_data_info", "genesys_flow_execution_data_info", {})


def _seed_data_schema(org: t.Any) -> None:
    described = {"description": "Old", "properties": {"n": {"allOf": [{"$ref": "#/definitions/number"}]}}}
    org.seed([{"id": one, "name": one, "jsonSchema": described} for one in "ST"], "workitem_schemas")


def _schema_scenarios() -> t.Iterator[Scenario]:
    module, removal = "genesys_data_schema", {"id": "workitem:S", "state": "absent"}
    yield Scenario("data_schema create", module, {**SCHEMA, "enabled": False, "list_lag": 0})
    yield Scenario("data_schema update", module, {**SCHEMA, "description": "New"}, _seed_data_schema)
    yield Scenario("data_schema remove by id", module, removal, _seed_data_schema)
    yield Scenario("data_schema_info all", f"{module}_info", {}, _seed_data_schema)


def _platform_actions() -> t.Iterator[Scenario]:
    for one in _crud("data_action", "actions", PLATFORM_ACTION, _seed_platform_action):
        yield dataclasses.replace(one, name=f"platform {one.name}")


_PLATFORM_CONFIG = {
    "integration_credentials": [{key: LOGIN[key] for key in LOGIN if key != "list_lag"}],
    "integrations": [{key: INTEGRATION[key] for key in INTEGRATION if key != "list_lag"}],
    "data_actions": [{key: PLATFORM_ACTION[key] for key in PLATFORM_ACTION if key != "list_lag"}],
}
_CONFIG = {
    "data_actions": [ACTION, {**ACTION, "name": "New"}],
    "privacy_purposes": [PURPOSE, {**PURPOSE, "name": "Other"}],
    "webhooks": [WEBHOOK],
    "flow_settings": [FLOW],
    "customobject_indexes": [INDEXES],
}


def _seed_all(org: t.Any) -> None:
    for seed in (_seed_action, _seed_purpose, _seed_webhook, _seed_flow, _seed_schema):
        seed(org)


def _seed_audit(org: t.Any) -> None:
    run_module("genesys_data_action", {**org.connection, **ACTION})
