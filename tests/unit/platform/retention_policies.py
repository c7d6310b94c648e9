# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Media retention policies for tests: the objects that they name, and a policy with every option."""

from __future__ import annotations

import typing as t

PATH = "/api/v2/recording/mediaretentionpolicies"
INTERVAL = {"months": 1, "weeks": 2, "days": 3, "hours": 4}
ARCHIVE = {"days": 30, "storage_medium": "CLOUDARCHIVE"}
ACTIONS: dict[str, t.Any] = {
    "retain_recording": False,
    "delete_recording": True,
    "always_delete": True,
    "retention_duration": {"archive_retention": ARCHIVE, "delete_retention": {"days": 400}},
    "initiate_screen_recording": {
        "record_acw": True,
        "archive_retention": {"days": 10, "storage_medium": "CLOUDARCHIVE"},
        "delete_retention": {"days": 60},
    },
    "integration_export": {"integration": "S3", "should_export_screen_recordings": False},
    "assign_evaluations": [{"evaluation_form": "Quality", "user": "anna@example.com"}],
    "assign_metered_evaluations": [
        {
            "evaluation_form": "Quality",
            "evaluators": ["anna@example.com", "carl@example.com"],
            "max_number_evaluations": 2,
            "assign_to_active_user": True,
            "time_interval": INTERVAL,
        }
    ],
    "assign_metered_assignment_by_agent": [
        {
            "evaluation_form": "Quality",
            "evaluators": ["carl@example.com"],
            "max_number_evaluations": 1,
            "time_interval": INTERVAL,
            "time_zone": "Europe/Berlin",
        }
    ],
    "assign_calibrations": [
        {
            "evaluation_form": "Quality",
            "calibrator": "anna@example.com",
            "evaluators": ["carl@example.com"],
            "expert_evaluator": "anna@example.com",
        }
    ],
    "assign_surveys": [
        {
            "survey_form": "Happy",
            "flow": "Invite",
            "invite_time_interval": "R2/P1D",
            "sending_user": "survey",
            "sending_domain": "example.com",
        }
    ],
}
_OF_ALL_MEDIA: dict[str, t.Any] = {
    "for_users": ["anna@example.com"],
    "for_queues": ["Sales", "Service"],
    "wrapup_codes": ["Solved"],
    "teams": ["North"],
    "date_ranges": ["2026-01-01T00:00:00.000Z/2026-02-01T00:00:00.000Z"],
    "time_allowed": {
        "time_slots": [{"start_time": "08:00:00.000", "stop_time": "18:30:00.000", "day": 1}],
        "time_zone_id": "Europe/Berlin",
    },
}
_DURATION = {
    "duration_target": "DURATION",
    "duration_mode": "Over",
    "duration_operator": "GT",
    "duration_range": "60",
}
CONDITIONS: dict[str, t.Any] = {
    **_OF_ALL_MEDIA,
    "directions": ["INBOUND", "OUTBOUND"],
    "duration": _DURATION,
    "media_types": ["CALL"],
    "customer_participation": "YES",
}
#: A policy with every option.
FULL: dict[str, t.Any] = {
    "name": "Full",
    "description": "All of it",
    "order": 3,
    "enabled": True,
    "actions": ACTIONS,
    "conditions": CONDITIONS,
    "media_policies": {
        "call_policy": {
            "actions": ACTIONS,
            "conditions": {
                **_OF_ALL_MEDIA,
                "languages": ["English"],
                "directions": ["OUTBOUND"],
                "duration": _DURATION,
            },
        },
        "chat_policy": {
            "actions": {"always_delete": True, "retain_recording": True, "delete_recording": False},
            "conditions": {**_OF_ALL_MEDIA, "languages": ["English"], "duration": _DURATION},
        },
        "email_policy": {
            "actions": {"always_delete": True, "retain_recording": True, "delete_recording": False},
            "conditions": {**_OF_ALL_MEDIA, "languages": ["English"], "customer_participation": "NO"},
        },
        "message_policy": {
            "actions": {"always_delete": False, "retain_recording": False, "delete_recording": True},
            "conditions": {**_OF_ALL_MEDIA, "languages": ["English"], "customer_participation": "NO"},
        },
    },
    "max_retention_days": 1000,
}


def seed_names(org: t.Any) -> dict[str, str]:
    """Store the objects that C(FULL) names. Return their ids."""
    seeded = {
        "user": org.seed([{"name": "Anna", "email": "anna@example.com"}], "users"),
        "other user": org.seed([{"name": "Carl", "email": "carl@example.com"}], "users"),
        "queue": org.seed([{"name": "Sales"}], "queues"),
        "other queue": org.seed([{"name": "Service"}], "queues"),
        "code": org.seed([{"name": "Solved"}], "wrapup_codes"),
        "language": org.seed([{"name": "English"}], "languages"),
        "team": org.seed([{"name": "North"}], "teams"),
        "evaluation form": org.seed(
            [{"name": "Quality", "contextId": "context-of-quality"}], "evaluation_forms"
        ),
        "survey form": org.seed([{"name": "Happy", "contextId": "context-of-happy"}], "survey_forms"),
        "flow": org.seed([{"name": "Invite", "type": "SURVEYINVITE"}], "flows"),
        "integration": org.seed(
            [{"name": "S3", "integrationType": {"id": "custom-rest-actions"}}], "integrations"
        ),
    }
    return {name: str(objects[0]["id"]) for name, objects in seeded.items()}


def policies(org: t.Any) -> list[dict[str, t.Any]]:
    """Return the stored policies of an org."""
    return list(org.objects("retention_policies"))
