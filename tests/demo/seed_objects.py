# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The objects in the orgs of the demo before the first run: flows, custom objects and dependency targets."""

from __future__ import annotations

import typing as t

FLOWS: list[dict[str, t.Any]] = [
    {
        "id": "flow-residential",
        "name": "Inbound: residential support",
        "description": "Broadband and television customers",
        "settings": {
            "routing": {"type": "longestAvailable", "maxWaitTime": 300},
            "configurationMatrix": {
                "surveyAfterCall": {"key": "survey_after_call", "value": False},
                "recordingNotice": {"key": "recording_notice", "value": "short"},
            },
            "scopeDirectives": {"applyTo": ["queue"], "enforceHierarchy": False},
        },
    },
    {
        "id": "flow-business",
        "name": "Inbound: business support",
        "description": "Companies with a service level",
        "settings": {"routing": {"type": "skillsBased", "maxWaitTime": 60}, "configurationMatrix": {}},
    },
    {
        "id": "flow-outage",
        "name": "Outage hotline",
        "description": "Opened by network operations",
        "settings": {"routing": {"type": "broadcast", "maxWaitTime": 900}},
    },
    {
        "id": "flow-business-old",
        "name": "Inbound: business support (2024)",
        "description": "",
        "settings": {},
    },
]

CUSTOM_OBJECTS: list[dict[str, t.Any]] = [
    {
        "id": "broadband-contract",
        "name": "Broadband contract",
        "description": "One for each line",
        "fields": [
            {"name": "customerNumber", "type": "string", "maxLength": 12},
            {"name": "status", "type": "string", "maxLength": 20},
            {"name": "endsOn", "type": "date"},
            {"name": "monthlyFee", "type": "number"},
            {"name": "terms", "type": "json"},
        ],
        "indexes": [{"name": "idx_fee", "fields": ["monthlyFee"], "order": "asc"}],
        "customFields": [],
    },
    {
        "id": "field-visit",
        "name": "Field visit",
        "description": "A technician at a customer's home",
        "fields": [
            {"name": "contract", "type": "reference", "referenceTo": "broadband-contract"},
            {"name": "plannedFor", "type": "date"},
            {"name": "report", "type": "string", "maxLength": 4000},
        ],
        "indexes": [],
        "customFields": [],
    },
]
#: The dependency check of scope directives needs one object of each kind.
TARGETS: dict[str, list[dict[str, t.Any]]] = {
    "queues": [{"id": "queue-residential", "name": "Residential"}],
    "users": [{"id": "user-ada", "name": "Ada Berg"}],
    "teams": [{"id": "team-north", "name": "Support North"}],
}
#: The objects of an org of the platform API.
PLATFORM_OBJECTS: dict[str, list[dict[str, t.Any]]] = {
    "flows": [
        {"name": "Residential support"},
        {"name": "Send survey", "type": "WORKFLOW", "publishedVersion": {"id": "1.0"}},
    ],
    "queues": [{"name": "Residential"}],
}


def seed_org(simulator: t.Any, key: str) -> None:
    """Store the objects in an org of the reference API of the simulator."""
    for kind, objects in {"flows": FLOWS, "customobjects": CUSTOM_OBJECTS, **TARGETS}.items():
        simulator.seed(key, kind, objects)


def seed_platform_org(simulator: t.Any, key: str) -> None:
    """Store the objects in an org of the platform API of the simulator."""
    for kind, objects in PLATFORM_OBJECTS.items():
        simulator.seed(key, kind, objects)
