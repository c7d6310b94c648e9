# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of a data table: their canonical form, the declared ones, and those to prune (N.7).

Private to the collection. The canonical form is C({key: {column: value}}). A declared row has all values of
the row: a column that it lacks has the value false, "" or 0, or the default of the column.
"""

from __future__ import annotations

import fnmatch
import typing as t

from ..._findings import Findings, counted, did_you_mean
from ..._model.json_objects import ABSENT, exact, merge_keys
from ..._model.json_type import ANY, map_of
from ..._model.options import add_missing, named_pairs, reset_missing
from ..._model.resource import Field
from ..._printable import printable
from . import values
from .columns import KEY, Column

MOST_ROWS = 5000
_SHOWN = 20

Row = dict[str, t.Any]
Rows = dict[str, Row]


def from_wire(columns: list[Column], raw: t.Mapping[str, t.Any]) -> Row:
    """Return the values of one row as the API has it, without its key."""
    kinds = {column["name"]: column["type"] for column in columns}
    return {
        name: values.from_wire(kinds.get(name), value)
        for name, value in raw.items()
        if name != KEY and value is not None
    }


def to_wire(columns: list[Column], key: str, row: Row) -> dict[str, t.Any]:
    """Return a row with its key and all values."""
    return {
        KEY: key,
        **{
            column["name"]: values.to_wire(column["type"], row.get(column["name"], default_of(column)))
            for column in columns
        },
    }


def to_option(columns: list[Column], row: Row) -> Row:
    """Return a row of the option without the values that a new row has by itself."""
    defaults = {column["name"]: exact(default_of(column)) for column in columns}
    return {name: value for name, value in row.items() if name == KEY or exact(value) != defaults.get(name)}


def default_of(column: Column) -> t.Any:
    """Return the value of a column in a new row that does not give one."""
    return column.get("default", values.ZERO[column["type"]])


def is_unset(column: Column, value: t.Any) -> bool:
    """Return whether a value may be that of a row without one: false, "" or 0, or the default."""
    return value is ABSENT or values.is_zero(value) or exact(value) == exact(column.get("default"))


def comparable(rows: t.Any) -> t.Any:
    """Return rows as they are compared: without values that the API gives to a row without a value."""
    if not isinstance(rows, dict):
        return rows
    return {
        key: {name: exact(value) for name, value in row.items() if not values.is_zero(value)}
        for key, row in rows.items()
    }


def same_row(one: Row, other: Row) -> bool:
    return bool(comparable({"": one}) == comparable({"": other}))


def check_keys(given: list[t.Any], option: str, findings: Findings) -> list[Row]:
    """Return the declared rows with texts as keys. Add a problem for each wrong or repeated key."""
    if len(given) > MOST_ROWS:
        findings.problem(option, f"has {len(given)} rows, and a data table holds {MOST_ROWS}")
    first: dict[str, int] = {}
    checked = []
    for index, row in enumerate(given):
        place = f"{option}[{index}]"
        if not isinstance(row, dict):
            continue  # reported by the check of the option's type
        if row.get(KEY) is None:
            findings.problem(f"{place}.{KEY}", "is required")
            continue
        try:
            key = values.convert_key(row[KEY])
        except ValueError as error:
            findings.problem(f"{place}.{KEY}", str(error))
            continue
        if key in first:
            findings.problem(f"{place}.{KEY}", f"{key!r} is declared twice, first in {option}[{first[key]}]")
        first.setdefault(key, index)
        checked.append({**{str(name): value for name, value in row.items()}, KEY: key})
    return checked


def check_values(given: list[Row], columns: list[Column], option: str, findings: Findings) -> Rows:
    """Return the given values of the declared rows by key. Add a problem for each wrong one."""
    kinds = {column["name"]: column["type"] for column in columns}
    rows: Rows = {}
    for index, row in enumerate(given):
        converted = rows.setdefault(row[KEY], {})
        for name, value in row.items():
            place = f"{option}[{index}].{name}"
            if name == KEY:
                continue
            if name not in kinds:
                findings.problem(place, f"is no column of the data table{did_you_mean(name, kinds)}")
                continue
            if kinds[name] == "number" and values.may_be_rounded(value):
                findings.warn(
                    place,
                    f"{value!r} has more than {values.SAFE_DIGITS} digits, and YAML may have rounded it: "
                    "quote the number to keep its digits",
                )
            try:
                new = values.convert(kinds[name], value)
            except ValueError as error:
                findings.problem(place, str(error))
                continue
            if new is not None:
                converted[name] = new
    return rows


def resolved(
    desired: t.Any, columns: list[Column], current: t.Any, findings: Findings
) -> dict[str, Row | None]:
    """Return the declared rows with all their values, and None for each row that they prune.

    A column that a row does not give keeps its current value if that may be the one of an unset column.
    """
    option = "rows" if desired.rows_path is None else "rows_path"
    known = current if isinstance(current, dict) else {}
    rows: dict[str, Row | None] = {}
    for key, given in check_values(desired.rows, columns, option, findings).items():
        old, row = known.get(key), dict(given)
        for column in columns:
            name = column["name"]
            if name in row:
                continue
            value = ABSENT if old is None else old.get(name, ABSENT)
            if old is None or not is_unset(column, value):
                row[name] = default_of(column)
            elif value is not ABSENT:
                row[name] = value
        rows[key] = row
    return {**rows, **dict.fromkeys(_to_prune(desired, known, rows, findings))}


def _to_prune(
    desired: t.Any, known: t.Mapping[str, Row], rows: t.Container[str], findings: Findings
) -> list[str]:
    rule = desired.prune_rows or {}
    if not rule.get("enabled"):
        return []
    keys = [
        key
        for key in known
        if key not in rows and not any(fnmatch.fnmatchcase(key, glob) for glob in rule.get("protect") or ())
    ]
    if len(keys) > rule["max"]:
        shown = ", ".join(map(repr, keys[:_SHOWN]))
        more = f" and {len(keys) - _SHOWN} more" if len(keys) > _SHOWN else ""
        findings.problem(
            "prune_rows.max",
            f"{len(keys)} rows would be removed, more than {rule['max']}: {shown}{more}. Declare or protect "
            "the rows that should stay, or raise max",
        )
    return keys


def _as_options(rows: t.Any) -> t.Any:
    """Return rows as the option has them, in the order of their keys."""
    return [{KEY: key, **rows[key]} for key in sorted(rows)] if isinstance(rows, dict) else rows


def _in_order(rows: t.Any) -> t.Any:
    """Return rows by key, for a diff."""
    return {key: rows[key] for key in sorted(rows)} if isinstance(rows, dict) else rows


def take_away(entry: dict[str, t.Any], present: t.Mapping[str, t.Any]) -> list[str]:
    """Declare the columns too that only the present table has, which nothing can remove. Return them.

    Columns of both get the title and the default of a new column, where the entry has none. Rows that only
    the present table has are left to C(prune_rows). Return their number.
    """
    for column, there in named_pairs(entry.get("columns"), present.get("columns")):
        column.setdefault("title", column["name"])
        reset_missing(column, there)
    columns = [f"the column {printable(repr(name))}" for name in add_missing(entry, present, "columns")]
    keys = {row[KEY] for row in present.get("rows") or []}
    if keys and entry.get("rows") is None:
        entry["rows"] = []
    others = keys - {row[KEY] for row in entry.get("rows") or []}
    return [*columns, *([f"{counted(len(others), 'row')}, unless prune_rows removes them"] if others else [])]


#: The hook C(resolve) replaces the declared rows, because their values depend on the columns.
ROWS = Field(
    "rows",
    "rows",
    to_wire=lambda rows, desired: {},
    from_wire=_as_options,
    display=_in_order,
    canonical=comparable,
    combine=merge_keys,
    optional=True,
    json_type=map_of(map_of(ANY)),
)
