# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The round trip of a data table and its rows between the module and the vendor's SDK, as data."""

from __future__ import annotations

import copy
import typing as t

from unit.platform.data_tables import COLUMNS
from unit.platform.round_trips import Change, Options, RoundTrip, Sdk

ROWS = [
    {"key": "a b", "text": "t", "count": 3, "price": 1.5, "sold": True},
    {"key": "1", "text": "", "count": 0, "price": 0, "sold": False},
]


def _api(sdk: Sdk) -> t.Any:
    return sdk.package.ArchitectApi(sdk.api.api_client)


def _prepare(org: t.Any) -> Options:
    org.seed([{"name": "Sales"}], "divisions")
    return {
        "name": "Prices",
        "division": "Sales",
        "description": "By Ansible",
        "key_title": "SKU",
        "columns": copy.deepcopy(COLUMNS),
        "rows": copy.deepcopy(ROWS),
    }


def _read(sdk: Sdk, object_id: str) -> Options:
    table = _api(sdk).get_flows_datatable(object_id, expand="schema")
    rows = _api(sdk).get_flows_datatable_rows(object_id, showbrief=False).entities
    schema = table.schema
    shown = ("type", "title", "default", "theirs")
    described = {
        name: {key: one[key] for key in shown if key in one} for name, one in schema.properties.items()
    }
    return {
        "name": table.name,
        "division": table.division.name,
        "description": table.description,
        "closed": (schema.additional_properties, schema.required, schema.type),
        "key_title": described.pop("key")["title"],
        "columns": [{"name": name, **one} for name, one in described.items()],
        "rows": sorted(rows, key=lambda row: str(row["key"])),
    }


def _expected(org: t.Any, options: Options) -> Options:
    rows = sorted(options["rows"], key=lambda row: str(row["key"]))
    return {**options, "rows": rows, "closed": (False, ["key"], "object")}


def _put(change: t.Callable[[t.Any, t.Any], None]) -> Change:
    """Return the change that reads a table with its schema, changes it and writes it."""

    def put(sdk: Sdk, object_id: str, value: t.Any) -> None:
        table = _api(sdk).get_flows_datatable(object_id, expand="schema")
        change(table, value)
        _api(sdk).put_flows_datatable(object_id, body=table)

    return put


def _set(field: str) -> Change:
    return _put(lambda table, value: setattr(table, field, value))


def _change_column(name: str) -> Change:
    return _put(lambda table, value: table.schema.properties[name].update(value))


def _move(sdk: Sdk, object_id: str, value: t.Any) -> None:
    """Move a table to the home division."""
    (home,) = [one for one in sdk.org.objects("divisions") if one["name"] == value]
    division = sdk.model("WritableDivision", id=home["id"])
    _set("division")(sdk, object_id, division)


def _put_row(sdk: Sdk, object_id: str, value: t.Any) -> None:
    _api(sdk).put_flows_datatable_row(object_id, value["key"], body=value)


def _add_row(sdk: Sdk, object_id: str, value: t.Any) -> None:
    _api(sdk).post_flows_datatable_rows(object_id, value)


DATA_TABLE = RoundTrip(
    module="data_table",
    prepare=_prepare,
    read=_read,
    expected=_expected,
    set_by_api=frozenset(),
    changes={
        "name": (_set("name"), "Renamed"),
        "division": (_move, "Home"),
        "description": (_set("description"), "Theirs"),
        "key_title": (_change_column("key"), {"title": "Theirs"}),
        "columns": (_change_column("count"), {"title": "Theirs", "default": 8}),
        "rows": (_put_row, {**ROWS[0], "text": "theirs", "price": 2.25}),
    },
    additions={"rows": (_add_row, {"key": "theirs", "text": "x", "count": 1, "price": 1, "sold": True})},
)
