# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The round trip of media retention policies between the module and the vendor's SDK, as data."""

from __future__ import annotations

import re
import typing as t

from unit.platform.retention_policies import FULL, seed_names
from unit.platform.round_trips import Change, Options, RoundTrip, Sdk

#: Keys that the module writes without an option: they follow from another one.
_DERIVED = {"evaluationContextId", "empty"}


def _recording(sdk: Sdk) -> t.Any:
    return sdk.package.RecordingApi(sdk.api.api_client)


def _prepare(org: t.Any) -> Options:
    seed_names(org)
    return FULL


def _read(sdk: Sdk, object_id: str) -> Options:
    """Return a policy as the SDK has it, with the objects that it names by email address or name."""
    one = _recording(sdk).get_recording_mediaretentionpolicy(object_id)
    return t.cast("Options", _named(sdk.api.api_client.sanitize_for_serialization(one)))


def _named(value: t.Any) -> t.Any:
    if isinstance(value, list):
        return [_named(one) for one in value]
    if not isinstance(value, dict):
        return value
    if "selfUri" in value and "createdDate" not in value:
        return value.get("email") or value["name"]
    return {key: _named(one) for key, one in value.items() if key not in _DERIVED}


def _expected(org: t.Any, options: Options) -> Options:
    """Return the options with the API's names."""
    wanted = {key: value for key, value in options.items() if key != "max_retention_days"}
    return t.cast("Options", _camel(wanted))


def _camel(value: t.Any) -> t.Any:
    if isinstance(value, list):
        return [_camel(one) for one in value]
    if not isinstance(value, dict):
        return value
    names = {key: re.sub(r"_(\w)", lambda match: match[1].upper(), key) for key in value}
    return {"recordACW" if name == "recordAcw" else name: _camel(value[key]) for key, name in names.items()}


def _put(path: str) -> Change:
    """Return the change of the attribute at a dotted path, by a PUT of the policy that was read."""

    def change(sdk: Sdk, object_id: str, value: t.Any) -> None:
        policy = _recording(sdk).get_recording_mediaretentionpolicy(object_id)
        *parents, last = path.split(".")
        holder = policy
        for name in parents:
            holder = getattr(holder, name)
        setattr(holder, last, value(sdk) if callable(value) else value)
        _recording(sdk).put_recording_mediaretentionpolicy(object_id, body=policy)

    return change


def _patch_state(sdk: Sdk, object_id: str, value: bool) -> None:
    update = sdk.model("PolicyUpdate", enabled=value)
    _recording(sdk).patch_recording_mediaretentionpolicy(object_id, update)


def _durations(sdk: Sdk) -> t.Any:
    delete = sdk.model("DeleteRetention", days=7)
    return sdk.model("RetentionDuration", delete_retention=delete)


def _of_medium(medium: str, block: str, attribute: str, value: t.Any) -> tuple[Change, t.Any]:
    return _put(f"media_policies.{medium}_policy.{block}.{attribute}"), value


RETENTION_POLICY = RoundTrip(
    module="media_retention_policy",
    prepare=_prepare,
    read=_read,
    expected=_expected,
    set_by_api=frozenset({"id", "selfUri", "createdDate", "modifiedDate"}),
    changes={
        "name": (_put("name"), "Renamed"),
        "description": (_put("description"), ""),
        "order": (_put("order"), 4),
        "enabled": (_patch_state, False),
        "actions": (_put("actions.retention_duration"), _durations),
        "conditions": (_put("conditions.directions"), ["INBOUND"]),
        "media_policies.call_policy.actions": _of_medium("call", "actions", "assign_evaluations", []),
        "media_policies.call_policy.conditions": _of_medium("call", "conditions", "languages", []),
        "media_policies.chat_policy.actions": _of_medium("chat", "actions", "always_delete", False),
        "media_policies.chat_policy.conditions": _of_medium("chat", "conditions", "teams", []),
        "media_policies.email_policy.actions": _of_medium("email", "actions", "always_delete", False),
        "media_policies.email_policy.conditions": _of_medium(
            "email", "conditions", "customer_participation", "YES"
        ),
        "media_policies.message_policy.actions": _of_medium("message", "actions", "delete_recording", False),
        "media_policies.message_policy.conditions": _of_medium("message", "conditions", "for_users", []),
    },
    additions={
        "media_policies.email_policy.actions": _of_medium(
            "email", "actions", "retention_duration", _durations
        )
    },
)
