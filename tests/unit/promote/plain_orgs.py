# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Orgs with the objects of C(unit.export.orgs), each with its defaults wherever the API allows it."""

from __future__ import annotations

import typing as t

from unit.export.orgs import seed_named, stored_platform_action
from unit.org.conftest import stored_action, stored_flow, stored_purpose, stored_schema, stored_webhook
from unit.platform.data_tables import COLUMNS, schema_of
from unit.platform.stored import TYPE
from unit.platform.triggers import END, START, seed_trigger

Wire = dict[str, t.Any]


def fill_plain_reference(org: t.Any) -> None:
    """Store the objects that C(fill_reference) stores, without their options."""
    org.simulator.rebuild(org.key, duration=0.01)
    org.seed([stored_action("on", description=""), stored_action("a/b: {{ c }}", description="")])
    org.seed([stored_purpose("Zweck äöü"), stored_purpose("1_000")], "privacy_purposes")
    org.seed([stored_schema("object-0"), stored_schema("object-1")], "customobjects")
    org.seed([{**stored_flow(name), "settings": {}} for name in ("Flow 0", "~")], "flows")
    plain = {"url": "https://hooks.example.com/plain", "headers": {}}
    org.seed([stored_webhook("Feed", target=plain)], "webhooks")


def fill_plain_platform(org: t.Any) -> None:
    """Store the objects that C(fill_platform) stores, without their options."""
    org.seed([{"name": "Löwe", "type": {"id": "basicAuth"}}], "credentials")
    types = (TYPE, "purecloud-data-actions")
    integrations = org.seed(
        [{"name": "CRM", "integrationType": {"id": type_id}} for type_id in types], "integrations"
    )
    config = {"request": {"requestUrlTemplate": "https://plain.example.com", "requestType": "GET"}}
    actions = []
    for one in integrations:
        actions.append({**stored_platform_action("Find", one["id"], category="Plain"), "config": config})
        actions[-1]["secure"] = one is integrations[0]  # frozen with the contract
    org.seed(actions, "actions")
    columns = [*COLUMNS, {"name": "null", "type": "string", "title": "null"}]
    org.seed([{"name": "Prices", "schema": schema_of(columns)}], "data_tables")
    org.seed([{"name": "Rule", "definition": "x", "integrations": ["Chat"]}], "masking_rules")
    workflow = seed_named(org)
    org.seed([{"id": "flow-1", "logLevelCharacteristics": {"level": "Base"}}], "flow_log_levels")
    for kind, name in (("workitem", "Claims"), ("contact", "Claims"), ("organization", "null")):
        schema = {"title": name, "properties": {}}
        org.seed([{"name": name, "jsonSchema": schema}], f"{kind}_schemas")
    seed_trigger(org, workflow, topicName=END, matchCriteria=[], delayBySeconds=None)
    seed_trigger(org, workflow, name="~", topicName=START, matchCriteria=[], delayBySeconds=None)
    org.seed([{"name": "S3", "integrationType": {"id": "custom-rest-actions"}}], "integrations")
    org.seed([{"name": name, "order": 0} for name in ("Full", "~")], "retention_policies")
