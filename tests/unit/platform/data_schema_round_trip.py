# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The round trip of a data schema between the module and the vendor's SDK, as data."""

from __future__ import annotations

import copy
import typing as t

from unit.platform.data_schemas import FIELDS, PROPERTIES
from unit.platform.round_trips import Change, Options, RoundTrip, Sdk


def _api(sdk: Sdk) -> t.Any:
    return sdk.package.TaskManagementApi(sdk.api.api_client)


def _prepare(org: t.Any) -> Options:
    return {
        "name": "Claims",
        "type": "workitem",
        "description": "By Ansible",
        "enabled": True,
        "fields": copy.deepcopy(FIELDS),
    }


def _read(sdk: Sdk, object_id: str) -> Options:
    one: Options = _api(sdk).get_taskmanagement_workitems_schema(object_id).to_dict()
    return one


def _expected(org: t.Any, options: Options) -> Options:
    return {
        "name": options["name"],
        "enabled": options["enabled"],
        "applies_to": ["WORKITEM"],
        "json_schema": {
            "schema": "http://json-schema.org/draft-04/schema#",
            "title": options["name"],
            "description": options["description"],
            "properties": PROPERTIES,
        },
    }


def _put(change: t.Callable[[t.Any, t.Any], None]) -> Change:
    """Return the change that reads a schema, changes it and writes it as its next version."""

    def put(sdk: Sdk, object_id: str, value: t.Any) -> None:
        one = _api(sdk).get_taskmanagement_workitems_schema(object_id)
        change(one, value)
        _api(sdk).put_taskmanagement_workitems_schema(object_id, one)

    return put


def _set_name(one: t.Any, value: t.Any) -> None:
    one.name = one.json_schema.title = value


def _set_description(one: t.Any, value: t.Any) -> None:
    one.json_schema.description = value


def _set_enabled(one: t.Any, value: t.Any) -> None:
    one.enabled = value


def _set_properties(one: t.Any, value: t.Any) -> None:
    for name, changed in value.items():
        one.json_schema.properties[name] |= changed


DATA_SCHEMA = RoundTrip(
    module="data_schema",
    prepare=_prepare,
    read=_read,
    expected=_expected,
    set_by_api=frozenset(
        {
            "id",
            "version",
            "created_by.id",
            "created_by.name",
            "created_by.self_uri",
            "date_created",
            "self_uri",
        }
    ),
    changes={
        "name": (_put(_set_name), "Renamed"),
        "description": (_put(_set_description), "Theirs"),
        "enabled": (_put(_set_enabled), False),
        "fields": (
            _put(_set_properties),
            {
                "text": {"title": "Theirs", "maxLength": 7},
                "tag": {"items": {"minLength": 2, "maxLength": 3}, "uniqueItems": False},
                "enum": {
                    "_enumProperties": {
                        "gold": {"title": "G", "_disabled": True},
                        "silver": {"title": "silver", "_disabled": False},
                    }
                },
            },
        ),
    },
    additions={"fields": (_put(_set_properties), {"date": {"minimum": 5, "theirs": [1]}})},
    unchangeable=frozenset({"type"}),
)
