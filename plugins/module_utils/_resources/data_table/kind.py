# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Data tables: their columns and rows (N.6, N.7).

Private to the collection.
"""

from __future__ import annotations

import typing as t

from ..._findings import Findings
from ..._model.desired_state import CONFLICT_OPTIONS, IDENTITY_OPTIONS, DesiredState
from ..._model.resource import ResourceKind
from . import columns, platform, rows, rows_file, values

OPTIONS: dict[str, dict[str, t.Any]] = {
    **IDENTITY_OPTIONS,
    "division": {"type": "str"},
    "description": {"type": "str"},
    # The title of the column of keys, which is no secret.
    "key_title": {"type": "str", "no_log": False},
    "columns": {
        "type": "list",
        "elements": "dict",
        "options": {
            "name": {"type": "str", "required": True},
            "type": {"type": "str", "choices": list(values.TYPES), "required": True},
            "title": {"type": "str"},
            "default": {"type": "raw"},
        },
    },
    "rows": {"type": "list", "elements": "dict"},
    "rows_path": {"type": "path"},
    "prune_rows": {
        "type": "dict",
        "options": {
            "enabled": {"type": "bool", "default": False},
            "protect": {"type": "list", "elements": "str", "default": []},
            "max": {"type": "int", "default": 10},
        },
    },
    "bulk_threshold": {"type": "int"},
    **CONFLICT_OPTIONS,
    "verify": {"type": "bool", "default": True},
}


class DataTable(DesiredState):
    """The desired state of a data table. C(rows) are those of the option or of the file C(rows_path)."""

    division: str | None = None
    description: str | None = None
    key_title: str | None = None
    columns: list[dict[str, t.Any]] | None = None
    rows: list[dict[str, t.Any]] | None = None
    rows_path: str | None = None
    prune_rows: dict[str, t.Any] | None = None
    bulk_threshold: int | None = None
    verify: bool = True


def validate_options(given: dict[str, t.Any], findings: Findings) -> dict[str, t.Any]:
    """Validate the task alone, and read the file of rows."""
    for option in ("name", "key_title", "division"):
        if isinstance(given.get(option), str) and len(given[option]) > columns.LONGEST_NAME:
            findings.problem(option, f"has more than {columns.LONGEST_NAME} characters")
    for option in ("rows", "rows_path"):
        if option in given and given[option] is None:
            findings.problem(option, "cannot be null: omit it, or give an empty list of rows")
    if "columns" in given and given["columns"] is None:
        given["columns"] = []
    _check_columns(given.get("columns") or [], findings)
    _check_rows(given, findings)
    rule = given.get("prune_rows") or {}
    if rule.get("max") is not None and rule["max"] < 0:
        findings.problem("prune_rows.max", f"must be 0 or more, not {rule['max']}")
    if rule.get("enabled") and given.get("rows") is None and not findings.problems:
        findings.problem(
            "prune_rows", "would remove every row, because no rows are given: give rows or rows_path"
        )
    threshold = given.get("bulk_threshold")
    if threshold is not None and threshold < 1:
        findings.problem("bulk_threshold", f"must be 1 or more, not {threshold}")
    return {}


def _check_columns(given: list[t.Any], findings: Findings) -> None:
    seen: set[str] = set()
    if len(given) > columns.MOST_COLUMNS:
        findings.problem("columns", f"has {len(given)} columns, and a data table has {columns.MOST_COLUMNS}")
    for index, column in enumerate(given):
        place = f"columns[{index}]"
        if not isinstance(column, dict) or not isinstance(column.get("name"), str):
            continue  # reported by the check of the option's type
        name, kind = column["name"], column.get("type")
        if name == columns.KEY:
            findings.problem(f"{place}.name", "must not be 'key', which every data table has: see key_title")
        elif not name.strip() or len(name) > columns.LONGEST_NAME:
            findings.problem(f"{place}.name", f"must have 1 to {columns.LONGEST_NAME} characters")
        elif name in seen:
            findings.problem(f"{place}.name", f"{name!r} is declared twice")
        seen.add(name)
        if kind in values.TYPES:
            _check_default(kind, column.get("default"), f"{place}.default", findings)


def _check_default(kind: str, default: t.Any, place: str, findings: Findings) -> None:
    try:
        converted = values.convert(kind, default)
    except ValueError as error:
        findings.problem(place, str(error))
        return
    if kind == "number" and isinstance(converted, str):
        findings.problem(place, f"has more than {values.SAFE_DIGITS} digits, which the API would not keep")


def _check_rows(given: dict[str, t.Any], findings: Findings) -> None:
    """Check the rows of the option or of the file. Their values are checked if the task has the columns."""
    option = "rows"
    if given.get("rows_path") is not None:
        if given.get("rows") is not None:
            findings.problem("rows_path", "excludes rows: give one of them")
            return
        option, given["rows"] = "rows_path", rows_file.read_rows(given["rows_path"], findings)
    if given.get("rows") is None:
        given.pop("rows", None)
        return
    given["rows"] = rows.check_keys(given["rows"], option, findings)
    known = given.get("columns")
    if known and all(map(_is_complete, known)):
        # Warnings come from the check before the plan, which all tasks have.
        checked = Findings()
        rows.check_values(given["rows"], known, option, checked)
        for problem in checked.problems:
            findings.problem(*problem)


def _is_complete(column: t.Any) -> bool:
    """Return whether a column has a name and a type. Anything else is a problem that is reported already."""
    return (
        isinstance(column, dict)
        and isinstance(column.get("name"), str)
        and column.get("type") in values.TYPES
    )


DATA_TABLE = ResourceKind(
    name="data_table",
    title="data table",
    options=OPTIONS,
    model=DataTable,
    profiles={"platform": platform.PLATFORM_RESOURCE},
    list_option="data_tables",
    prunable=True,
    verifies=True,
    validate=validate_options,
)
