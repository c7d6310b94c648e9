# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The parts of a retention policy as data: actions, conditions, and the values of each (N.4).

Private to the collection. The options, their checks and all conversions are made from these tables.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .. import named_objects as named

#: The form of a part: one value, a set of texts, one reference or several, an object, a set of objects.
Form = t.Literal["text", "number", "flag", "texts", "reference", "references", "group", "groups"]


@dataclasses.dataclass(frozen=True, eq=False)
class Part:
    """One part of a policy: the names of its option and in the API, and its form.

    C(default) is the value that a missing one means. C(known) are the values of an enumeration. C(parts) are
    those of an object. C(format) names the check of a text. C(target) is the kind of object that a reference
    names: a text stands for a kind with a lookup of its own.
    """

    option: str
    wire: str
    form: Form = "text"
    default: t.Any = None
    known: tuple[str, ...] = ()
    target: named.NamedKind | t.Literal["survey flow", "integration"] | None = None
    parts: tuple[Part, ...] = ()
    required: bool = False
    format: t.Literal["", "date range", "time"] = ""


def _days(option: str, wire: str, *more: Part) -> Part:
    return Part(option, wire, "group", parts=(Part("days", "days", "number"), *more))


_ARCHIVE = _days(
    "archive_retention",
    "archiveRetention",
    Part("storage_medium", "storageMedium", default="CLOUDARCHIVE", known=("CLOUDARCHIVE",)),
)
_DELETE = _days("delete_retention", "deleteRetention")
_FORM = Part("evaluation_form", "evaluationForm", "reference", target=named.EVALUATION_FORM, required=True)
_EVALUATORS = Part("evaluators", "evaluators", "references", target=named.USER)
_MOST = Part("max_number_evaluations", "maxNumberEvaluations", "number")
_INTERVAL = Part(
    "time_interval",
    "timeInterval",
    "group",
    parts=tuple(Part(unit, unit, "number", default=0) for unit in ("months", "weeks", "days", "hours")),
)

ACTIONS: tuple[Part, ...] = (
    Part("retain_recording", "retainRecording", "flag", default=True),
    Part("delete_recording", "deleteRecording", "flag", default=False),
    Part("always_delete", "alwaysDelete", "flag", default=False),
    Part("retention_duration", "retentionDuration", "group", parts=(_ARCHIVE, _DELETE)),
    Part(
        "initiate_screen_recording",
        "initiateScreenRecording",
        "group",
        parts=(Part("record_acw", "recordACW", "flag", default=False), _ARCHIVE, _DELETE),
    ),
    Part(
        "integration_export",
        "integrationExport",
        "group",
        parts=(
            Part("integration", "integration", "reference", target="integration", required=True),
            Part("should_export_screen_recordings", "shouldExportScreenRecordings", "flag", default=True),
        ),
    ),
    Part(
        "assign_evaluations",
        "assignEvaluations",
        "groups",
        parts=(_FORM, Part("user", "user", "reference", target=named.USER)),
    ),
    Part(
        "assign_metered_evaluations",
        "assignMeteredEvaluations",
        "groups",
        parts=(
            _FORM,
            _EVALUATORS,
            _MOST,
            Part("assign_to_active_user", "assignToActiveUser", "flag", default=False),
            _INTERVAL,
        ),
    ),
    Part(
        "assign_metered_assignment_by_agent",
        "assignMeteredAssignmentByAgent",
        "groups",
        parts=(_FORM, _EVALUATORS, _MOST, _INTERVAL, Part("time_zone", "timeZone")),
    ),
    Part(
        "assign_calibrations",
        "assignCalibrations",
        "groups",
        parts=(
            _FORM,
            Part("calibrator", "calibrator", "reference", target=named.USER),
            _EVALUATORS,
            Part("expert_evaluator", "expertEvaluator", "reference", target=named.USER),
        ),
    ),
    Part(
        "assign_surveys",
        "assignSurveys",
        "groups",
        parts=(
            Part("survey_form", "surveyForm", "reference", target=named.SURVEY_FORM, required=True),
            Part("flow", "flow", "reference", target="survey flow"),
            Part("invite_time_interval", "inviteTimeInterval", default="R1/P0M"),
            Part("sending_user", "sendingUser"),
            Part("sending_domain", "sendingDomain", required=True),
        ),
    ),
)

_USERS = Part("for_users", "forUsers", "references", target=named.USER)
_QUEUES = Part("for_queues", "forQueues", "references", target=named.QUEUE)
_WRAPUP_CODES = Part("wrapup_codes", "wrapupCodes", "references", target=named.WRAPUP_CODE)
_LANGUAGES = Part("languages", "languages", "references", target=named.LANGUAGE)
_TEAMS = Part("teams", "teams", "references", target=named.TEAM)
_DIRECTIONS = Part("directions", "directions", "texts", known=("INBOUND", "OUTBOUND"))
_DATES = Part("date_ranges", "dateRanges", "texts", format="date range")
_TIMES = Part(
    "time_allowed",
    "timeAllowed",
    "group",
    parts=(
        Part(
            "time_slots",
            "timeSlots",
            "groups",
            parts=(
                Part("start_time", "startTime", required=True, format="time"),
                Part("stop_time", "stopTime", required=True, format="time"),
                Part("day", "day", "number", required=True),
            ),
        ),
        Part("time_zone_id", "timeZoneId"),
    ),
)
_DURATION = Part(
    "duration",
    "duration",
    "group",
    parts=(
        Part("duration_target", "durationTarget", known=("DURATION", "DURATION_RANGE")),
        Part("duration_mode", "durationMode", known=("Between", "Over", "Under")),
        Part("duration_operator", "durationOperator"),
        Part("duration_range", "durationRange"),
    ),
)
_CUSTOMERS = Part("customer_participation", "customerParticipation", known=("YES", "NO"))
_OF_ALL_MEDIA = (_USERS, _QUEUES, _WRAPUP_CODES, _TEAMS, _DATES, _TIMES)

CONDITIONS: tuple[Part, ...] = (
    *_OF_ALL_MEDIA,
    _DIRECTIONS,
    _DURATION,
    Part("media_types", "mediaTypes", "texts", known=("CALL", "CHAT")),
    _CUSTOMERS,
)
#: Medium -> its name in the API and the conditions that it has.
MEDIA: dict[str, tuple[str, tuple[Part, ...]]] = {
    "call_policy": ("callPolicy", (*_OF_ALL_MEDIA, _LANGUAGES, _DIRECTIONS, _DURATION)),
    "chat_policy": ("chatPolicy", (*_OF_ALL_MEDIA, _LANGUAGES, _DURATION)),
    "email_policy": ("emailPolicy", (*_OF_ALL_MEDIA, _LANGUAGES, _CUSTOMERS)),
    "message_policy": ("messagePolicy", (*_OF_ALL_MEDIA, _LANGUAGES, _CUSTOMERS)),
}


class Block(t.NamedTuple):
    """A block of parts: its dotted path in the options and in the API's object."""

    option: str
    wire: str
    parts: tuple[Part, ...]


BLOCKS: tuple[Block, ...] = (
    Block("actions", "actions", ACTIONS),
    Block("conditions", "conditions", CONDITIONS),
    *(
        Block(f"media_policies.{medium}.{name}", f"mediaPolicies.{wire}.{name}", parts)
        for medium, (wire, conditions) in MEDIA.items()
        for name, parts in (("actions", ACTIONS), ("conditions", conditions))
    ),
)


def spec_of(parts: tuple[Part, ...]) -> dict[str, dict[str, t.Any]]:
    """Return the argument spec of parts."""
    return {part.option: _option(part) for part in parts}


def _option(part: Part) -> dict[str, t.Any]:
    kinds: dict[Form, dict[str, t.Any]] = {
        "text": {"type": "str"},
        "number": {"type": "int"},
        "flag": {"type": "bool"},
        "texts": {"type": "list", "elements": "str"},
        "reference": {"type": "str"},
        "references": {"type": "list", "elements": "str"},
        "group": {"type": "dict"},
        "groups": {"type": "list", "elements": "dict"},
    }
    option = dict(kinds[part.form])
    if part.parts:
        option["options"] = spec_of(part.parts)
    return {**option, "required": True} if part.required else option
