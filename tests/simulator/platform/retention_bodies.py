# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bodies of media retention policies. The server stores fields that these models do not have too."""

from __future__ import annotations

import typing as t

import pydantic

from .bodies import Body


class Part(Body):
    """A part of a policy. Its unknown fields are stored: conditions that came later."""

    model_config = pydantic.ConfigDict(extra="allow")


class Reference(Part):
    id: str


class Days(Part):
    days: int = pydantic.Field(ge=1)


class Archive(Days):
    storage_medium: t.Literal["CLOUDARCHIVE"] = "CLOUDARCHIVE"


class Retention(Part):
    archive_retention: Archive | None = None
    delete_retention: Days | None = None


class ScreenRecording(Retention):
    record_acw: bool | None = pydantic.Field(default=None, alias="recordACW")


class Export(Part):
    integration: Reference
    should_export_screen_recordings: bool = True


class Evaluation(Part):
    evaluation_form: Reference | None = None
    user: Reference | None = None


class Metered(Part):
    evaluators: list[Reference] = pydantic.Field(default_factory=list)
    max_number_evaluations: int | None = None
    evaluation_form: Reference | None = None


class Calibration(Part):
    calibrator: Reference | None = None
    evaluators: list[Reference] = pydantic.Field(default_factory=list)
    evaluation_form: Reference | None = None
    expert_evaluator: Reference | None = None


class Survey(Part):
    survey_form: Reference | None = None
    flow: Reference | None = None
    sending_domain: str


class Actions(Part):
    retain_recording: bool = True
    delete_recording: bool = False
    always_delete: bool = False
    assign_evaluations: list[Evaluation] | None = None
    assign_metered_evaluations: list[Metered] | None = None
    assign_metered_assignment_by_agent: list[Metered] | None = None
    assign_calibrations: list[Calibration] | None = None
    assign_surveys: list[Survey] | None = None
    retention_duration: Retention | None = None
    initiate_screen_recording: ScreenRecording | None = None
    integration_export: Export | None = None


class Slot(Part):
    start_time: str = pydantic.Field(pattern=r"^\d\d:\d\d:\d\d\.\d{3}$")
    stop_time: str = pydantic.Field(pattern=r"^\d\d:\d\d:\d\d\.\d{3}$")
    day: int = pydantic.Field(ge=1, le=7)


class TimeAllowed(Part):
    time_slots: list[Slot] = pydantic.Field(default_factory=list)
    time_zone_id: str | None = None
    empty: bool | None = None


class Duration(Part):
    duration_target: t.Literal["DURATION", "DURATION_RANGE"] | None = None
    duration_mode: t.Literal["Between", "Over", "Under"] | None = None


class Conditions(Part):
    for_users: list[Reference] | None = None
    for_queues: list[Reference] | None = None
    wrapup_codes: list[Reference] | None = None
    languages: list[Reference] | None = None
    teams: list[Reference] | None = None
    directions: list[t.Literal["INBOUND", "OUTBOUND"]] | None = None
    media_types: list[t.Literal["CALL", "CHAT"]] | None = None
    date_ranges: list[str] | None = None
    customer_participation: t.Literal["YES", "NO"] | None = None
    time_allowed: TimeAllowed | None = None
    duration: Duration | None = None


class MediaPolicy(Part):
    actions: Actions | None = None
    conditions: Conditions | None = None


class MediaPolicies(Part):
    call_policy: MediaPolicy | None = None
    chat_policy: MediaPolicy | None = None
    email_policy: MediaPolicy | None = None
    message_policy: MediaPolicy | None = None


class PolicyBody(Body):
    name: str = pydantic.Field(min_length=1)
    order: int | None = None
    description: str | None = None
    enabled: bool | None = None
    media_policies: MediaPolicies | None = None
    conditions: Conditions | None = None
    actions: Actions | None = None


class StateBody(Body):
    enabled: bool
