# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The round trip of triggers between the module and the vendor's SDK."""

from __future__ import annotations

import typing as t

from unit.platform.round_trips import Change, Options, RoundTrip, Sdk
from unit.platform.triggers import TRIGGER as OPTIONS
from unit.platform.triggers import seed_workflow

_KEPT = ("version", "enabled", "target", "match_criteria", "name", "topic_name")
_KEPT += ("event_ttl_seconds", "delay_by_seconds", "description")


def _prepare(org: t.Any) -> Options:
    seed_workflow(org, "Other")
    seed_workflow(org)
    return {**OPTIONS, "description": "By Ansible", "data_format": "Json", "enabled": False}


def _api(sdk: Sdk) -> t.Any:
    return sdk.package.ProcessAutomationApi(sdk.api.api_client)


def _read(sdk: Sdk, object_id: str) -> Options:
    one = _api(sdk).get_processautomation_trigger(object_id)
    (listed,) = [
        found for found in _api(sdk).get_processautomation_triggers().entities if found.id == object_id
    ]
    assert listed.to_dict() == one.to_dict()
    return dict(one.to_dict())


def _expected(org: t.Any, options: Options) -> Options:
    keys = ("name", "description", "topic_name", "enabled", "delay_by_seconds")
    target = {
        "type": "Workflow",
        "id": org.named(options["workflow"], "flows")["id"],
        "workflow_target_settings": {"data_format": options["data_format"]},
    }
    criteria = [{"value": None, "values": None, **one} for one in options["match_criteria"]]
    return {**{key: options[key] for key in keys}, "target": target, "match_criteria": criteria}


def _put(change: Change) -> Change:
    """Return the change as an update of the whole trigger. C(change) gets its body in place of the id."""

    def put(sdk: Sdk, object_id: str, value: t.Any) -> None:
        one = _api(sdk).get_processautomation_trigger(object_id)
        body = sdk.model("UpdateTriggerRequest", **{name: getattr(one, name) for name in _KEPT})
        change(sdk, t.cast("str", body), value)
        _api(sdk).put_processautomation_trigger(object_id, body)

    return put


def _set(field: str) -> Change:
    return _put(lambda sdk, body, value: setattr(body, field, value))


def _set_workflow(sdk: Sdk, body: t.Any, value: str) -> None:
    body.target.id = sdk.org.named(value, "flows")["id"]


def _set_format(sdk: Sdk, body: t.Any, value: str) -> None:
    body.target.workflow_target_settings = sdk.model("WorkflowTargetSettings", data_format=value)


def _set_criterion(sdk: Sdk, body: t.Any, value: t.Any) -> None:
    body.match_criteria = [sdk.model("MatchCriteria", json_path="a", operator="Equal", value=value)]


TRIGGER = RoundTrip(
    module="trigger",
    prepare=_prepare,
    read=_read,
    expected=_expected,
    set_by_api=frozenset({"id", "version", "self_uri"}),
    changes={
        "name": (_set("name"), "Renamed"),
        "description": (_set("description"), "By the SDK"),
        "workflow": (_put(_set_workflow), "Other"),
        "data_format": (_put(_set_format), "TopLevelPrimitives"),
        "enabled": (_set("enabled"), True),
        "match_criteria": (_put(_set_criterion), 1),
        "delay_by_seconds": (_set("delay_by_seconds"), 90),
    },
    # The API has either a time to live or a delay, which the task gives.
    unchangeable=frozenset({"topic_name", "event_ttl_seconds"}),
)
