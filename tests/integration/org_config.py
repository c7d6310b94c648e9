# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Host variables and result readers for the tests of the role org_config."""

from __future__ import annotations

import typing as t

from integration.playbook import ROOT, PlaybookRun

SITE = ROOT / "playbooks" / "site.yml"
#: The role's two tasks.
CHECK = "Check what the inventory declares"
APPLY = "Apply what the inventory declares"

Run = t.Callable[..., PlaybookRun]


def org_config_vars(org: t.Any, **more: t.Any) -> dict[str, t.Any]:
    """Return an org's host variables: connection and `more`, whose names lack the prefix `org_config_`."""
    return {f"org_config_{name}": value for name, value in {**org.connection, **more}.items()}


def action(name: str, **more: t.Any) -> dict[str, t.Any]:
    return {"name": name, "rest": {"url": f"https://crm.example.com/{name}", "method": "GET"}, **more}


def urls(org: t.Any) -> dict[str, str]:
    return {stored["name"]: stored["restConfig"]["url"] for stored in org.objects()}


def statuses(run: PlaybookRun) -> dict[str, str]:
    """Return the status of each object by its name, in the order of the result."""
    return {one["name"]: one["status"] for one in run.result(APPLY).result["objects"]}


def stored_action(
    name: str, *, description: str = "", headers: dict[str, str] | None = None
) -> dict[str, t.Any]:
    """Return a data action in the form of the API."""
    config = {
        "url": f"https://crm.example.com/{name}",
        "httpMethod": "GET",
        "headers": headers or {},
        "variableMappings": [],
    }
    return {"name": name, "type": "rest", "description": description, "restConfig": config, "conditions": []}


def environment_of(org: t.Any) -> dict[str, str]:
    """Return the environment variables of a user whose shell is set up for another org."""
    return {f"GENESYS_{name.upper()}": value for name, value in org.connection.items()}


def all_kinds(org: t.Any) -> dict[str, t.Any]:
    """Return host variables that declare one object of each kind that the role can create."""
    purpose = {"name": "Support quality", "description": "Recordings are kept for training"}
    webhook = {"name": "Feed", "enabled": False, "events": ["flow.updated"]}
    return org_config_vars(
        org,
        data_actions=[action("A")],
        privacy_purposes=[{**purpose, "retention": "180d", "legal_basis": "legitimate_interests"}],
        webhooks=[{**webhook, "target": {"url": "https://hooks.example.com/genesys"}}],
        prune={"data_actions": {"enabled": True}, "webhooks": {"enabled": True}},
    )
