# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Round trips of flow settings and masking rules between the modules and the vendor's SDK, as data."""

from __future__ import annotations

import typing as t

from unit.platform.round_trips import Change, Options, RoundTrip, Sdk

_EXPAND = ["name", "type", "logLevelCharacteristics.characteristics"]


def _architect(sdk: Sdk) -> t.Any:
    return sdk.package.ArchitectApi(sdk.api.api_client)


def _settings(sdk: Sdk) -> t.Any:
    return sdk.package.SettingsApi(sdk.api.api_client)


def _privacy(sdk: Sdk) -> t.Any:
    return sdk.package.DataPrivacyApi(sdk.api.api_client)


def _prepare_level(org: t.Any) -> Options:
    org.seed([{"name": "Main"}], "flows")
    own = {"names": False}
    return {"name": "Main", "type": "inboundcall", "level": "VerboseNotes", "characteristics": own}


def _level_of(sdk: Sdk, object_id: str) -> t.Any:
    return _architect(sdk).get_flow_instances_settings_loglevels(object_id, expand=_EXPAND)


def _read_level(sdk: Sdk, object_id: str) -> Options:
    one = _level_of(sdk, object_id)
    shown = one.log_level_characteristics.characteristics.to_dict()
    return {
        "name": one.name,
        "type": one.type,
        "level": one.log_level_characteristics.level,
        "characteristics": shown,
    }


def _expected_level(org: t.Any, options: Options) -> Options:
    of_level = {"execution_items", "execution_input_outputs", "event_error", "event_warning", "variables"}
    others = {"communications", "event_other", "names"}
    return {**options, "characteristics": {**dict.fromkeys(of_level, True), **dict.fromkeys(others, False)}}


def _put_level(part: str) -> Change:
    """Return the change of the level, with all characteristics as they are, or of some characteristics."""

    def change(sdk: Sdk, object_id: str, value: t.Any) -> None:
        now = _level_of(sdk, object_id).log_level_characteristics
        if part == "level":
            now.level = value
        else:
            for name, given in value.items():
                setattr(now.characteristics, name, given)
        body = sdk.model("FlowLogLevelRequest", log_level_characteristics=now)
        _architect(sdk).put_flow_instances_settings_loglevels(object_id, body)

    return change


FLOW_LOG_LEVEL = RoundTrip(
    module="flow_log_level",
    prepare=_prepare_level,
    read=_read_level,
    expected=_expected_level,
    set_by_api=frozenset(),
    changes={
        # First, because a change of the level resets the characteristics that the task does not give.
        "characteristics": (_put_level("characteristics"), {"names": True}),
        "level": (_put_level("level"), "All"),
    },
    additions={"characteristics": (_put_level("characteristics"), {"variables": False})},
    unchangeable=frozenset({"id", "name", "type"}),
)


def _read_switch(sdk: Sdk, object_id: str) -> Options:
    newer = _settings(sdk).get_settings_executiondata()
    older = _architect(sdk).get_flows_instances_settings_executiondata()
    return {"enabled": newer.enabled, "older_path": older.enabled}


def _patch_switch(sdk: Sdk, object_id: str, value: t.Any) -> None:
    _settings(sdk).patch_settings_executiondata(sdk.model("ExecutionDataSettingsRequest", enabled=value))


FLOW_EXECUTION_DATA = RoundTrip(
    module="flow_execution_data",
    prepare=lambda org: {"enabled": True},
    read=_read_switch,
    expected=lambda org, options: {"enabled": True, "older_path": True},
    set_by_api=frozenset(),
    changes={"enabled": (_patch_switch, False)},
    by_id=False,
)


def _prepare_rule(org: t.Any) -> Options:
    return {
        "name": "Card",
        "description": "All cards",
        "definition": "[0-9]{16}",
        "substitute_character": "*",
        "enabled": True,
        "direction": "outbound",
        "channels": ["webmessaging", "email"],
    }


def _expected_rule(org: t.Any, options: Options) -> Options:
    same = {key: value for key, value in options.items() if key != "channels"}
    return {**same, "integrations": options["channels"], "type": "Custom"}


def _patch_rule(field: str) -> Change:
    """Return the change of one field of a rule, whose other fields go with it."""

    def change(sdk: Sdk, object_id: str, value: t.Any) -> None:
        one = _privacy(sdk).get_dataprivacy_maskingrule(object_id)
        setattr(one, field, value)
        _privacy(sdk).patch_dataprivacy_maskingrule(object_id, body=one)

    return change


MASKING_RULE = RoundTrip(
    module="masking_rule",
    prepare=_prepare_rule,
    read=lambda sdk, object_id: t.cast(
        "Options", _privacy(sdk).get_dataprivacy_maskingrule(object_id).to_dict()
    ),
    expected=_expected_rule,
    set_by_api=frozenset({"id", "date_created", "date_modified"}),
    changes={
        "name": (_patch_rule("name"), "Renamed"),
        "description": (_patch_rule("description"), ""),
        "definition": (_patch_rule("definition"), "[0-9]{4}"),
        "substitute_character": (_patch_rule("substitute_character"), "X"),
        "enabled": (_patch_rule("enabled"), False),
        "direction": (_patch_rule("direction"), "inbound"),
        "channels": (_patch_rule("integrations"), ["webmessaging"]),
    },
)
