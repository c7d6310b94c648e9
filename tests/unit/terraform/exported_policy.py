# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The block of a media retention policy as the vendor's Terraform provider exports it.

The provider has no attribute for the participation of the customer, and not all units of an assignment's
interval. Its exporter does not know that the action of all media that exports recordings refers to an
integration, so that this id stays.
"""

from __future__ import annotations

import typing as t

Tree = dict[str, t.Any]
Ids = t.Mapping[str, str]

_MEDIA = {"call": "callPolicy", "chat": "chatPolicy", "email": "emailPolicy", "message": "messagePolicy"}


def policy_block(policy: Tree, ids: Ids) -> Tree:
    """Return the content of a block. C(ids) has references by ids, and the names of survey forms."""
    media = policy.get("mediaPolicies") or {}
    blocks = {
        f"{name}_policy": _only({part: _PARTS[part](media[wire].get(part), ids) for part in _PARTS})
        for name, wire in _MEDIA.items()
        if media.get(wire)
    }
    actions = _PARTS["actions"](policy.get("actions"), ids)
    if actions and actions[0]["integration_export"]:
        actions[0]["integration_export"][0]["integration_id"] = _id(policy["actions"]["integrationExport"])
    return {
        "order": policy["order"],
        "enabled": policy["enabled"],
        "conditions": _PARTS["conditions"](policy.get("conditions"), ids),
        "actions": actions,
        "media_policies": _only(blocks) if blocks else None,
        "policy_errors": None,
    }


def _id(wire: Tree) -> str:
    return str(wire["integration"]["id"])


def _only(content: Tree) -> list[Tree]:
    return [content]


def _reference(wire: Tree | None, ids: Ids) -> str | None:
    return ids[wire["id"]] if wire else None


def _references(wires: list[Tree] | None, ids: Ids) -> list[str] | None:
    return [ids[one["id"]] for one in wires or ()] or None


def _renamed(wire: Tree | None, **names: str) -> list[Tree] | None:
    """Return a block with the attributes C(names). A number that is 0 is null, as the exporter has it."""
    return wire and _only({name: wire.get(key) or None for name, key in names.items()})


def _conditions(wire: Tree | None, ids: Ids) -> list[Tree] | None:
    if not wire:
        return None
    allowed = wire.get("timeAllowed")
    slots = [
        {"start_time": one["startTime"], "stop_time": one["stopTime"], "day": one["day"]}
        for one in (allowed or {}).get("timeSlots") or ()
    ]
    duration = _renamed(
        wire.get("duration"),
        duration_target="durationTarget",
        duration_mode="durationMode",
        duration_operator="durationOperator",
        duration_range="durationRange",
    )
    return _only(
        {
            "for_user_ids": _references(wire.get("forUsers"), ids),
            "for_queue_ids": _references(wire.get("forQueues"), ids),
            "wrapup_code_ids": _references(wire.get("wrapupCodes"), ids),
            "language_ids": _references(wire.get("languages"), ids),
            "team_ids": _references(wire.get("teams"), ids),
            "date_ranges": wire.get("dateRanges") or None,
            "directions": wire.get("directions") or None,
            "media_types": wire.get("mediaTypes") or None,
            "duration": duration,
            "time_allowed": allowed
            and _only(
                {
                    "time_slots": slots or None,
                    "time_zone_id": allowed.get("timeZoneId"),
                    "empty": allowed.get("empty", False),
                }
            ),
        }
    )


def _retention(wire: Tree | None) -> Tree:
    wire = wire or {}
    return {
        "archive_retention": _renamed(
            wire.get("archiveRetention"), days="days", storage_medium="storageMedium"
        ),
        "delete_retention": _renamed(wire.get("deleteRetention"), days="days"),
    }


def _assignments(wire: Tree, ids: Ids) -> Tree:
    """Return the lists of assignments, each a block."""

    def form(one: Tree) -> Tree:
        return {"evaluation_form_id": _reference(one.get("evaluationForm"), ids)}

    def evaluators(one: Tree) -> Tree:
        return {**form(one), "evaluator_ids": _references(one.get("evaluators"), ids)}

    def metered(one: Tree, *units: str) -> Tree:
        interval = _renamed(one.get("timeInterval"), **{unit: unit for unit in units})
        return {
            **evaluators(one),
            "max_number_evaluations": one.get("maxNumberEvaluations"),
            "time_interval": interval,
        }

    return {
        "assign_evaluations": [
            {**form(one), "user_id": _reference(one.get("user"), ids)}
            for one in wire.get("assignEvaluations") or ()
        ],
        "assign_metered_evaluations": [
            {**metered(one, "days", "hours"), "assign_to_active_user": one.get("assignToActiveUser", False)}
            for one in wire.get("assignMeteredEvaluations") or ()
        ],
        "assign_metered_assignment_by_agent": [
            {**metered(one, "months", "weeks", "days"), "time_zone": one.get("timeZone")}
            for one in wire.get("assignMeteredAssignmentByAgent") or ()
        ],
        "assign_calibrations": [
            {
                **evaluators(one),
                "calibrator_id": _reference(one.get("calibrator"), ids),
                "expert_evaluator_id": _reference(one.get("expertEvaluator"), ids),
            }
            for one in wire.get("assignCalibrations") or ()
        ],
        "assign_surveys": [
            {
                "survey_form_name": _reference(one.get("surveyForm"), ids),
                "flow_id": _reference(one.get("flow"), ids),
                "invite_time_interval": one.get("inviteTimeInterval"),
                "sending_user": one.get("sendingUser"),
                "sending_domain": one["sendingDomain"],
            }
            for one in wire.get("assignSurveys") or ()
        ],
    }


def _actions(wire: Tree | None, ids: Ids) -> list[Tree] | None:
    if not wire:
        return None
    screen, export = wire.get("initiateScreenRecording"), wire.get("integrationExport")
    recording = screen and {"record_acw": screen.get("recordACW", False), **_retention(screen)}
    exported = export and {
        "integration_id": ids[_id(export)],
        "should_export_screen_recordings": export.get("shouldExportScreenRecordings", False),
    }
    return _only(
        {
            "retain_recording": wire.get("retainRecording", False),
            "delete_recording": wire.get("deleteRecording", False),
            "always_delete": wire.get("alwaysDelete", False),
            "retention_duration": wire.get("retentionDuration")
            and _only(_retention(wire["retentionDuration"])),
            "initiate_screen_recording": recording and _only(recording),
            "integration_export": exported and _only(exported),
            "media_transcriptions": None,
            **{name: blocks or None for name, blocks in _assignments(wire, ids).items()},
        }
    )


_PARTS: dict[str, t.Callable[[Tree | None, Ids], list[Tree] | None]] = {
    "conditions": _conditions,
    "actions": _actions,
}
