# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests that the table of docs/data-actions.md is that of the code (P.10)."""

from __future__ import annotations

import json
import pathlib
import re
import typing as t

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.rest_table import ROWS, Row

PAGE = pathlib.Path(__file__).resolve().parents[3] / "docs" / "data-actions.md"
_TABLE = re.compile(r"<!-- table -->\n(.*?)<!-- end of table -->\n", re.DOTALL)


def shown(value: t.Any) -> str:
    """Return a value as one cell of a table."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return "`" + text.replace("|", "\\|") + "`"


def example(row: Row) -> str:
    """Return the example of a row without what its option says."""
    (option, value), *_more = row.example.items()
    if option != "variable_mappings":
        return shown(value)
    (mapping,) = value
    return shown(", ".join(f"{key}: {one}" for key, one in mapping.items() if key != "name"))


def table() -> str:
    """Return the table as Markdown."""
    lines = [
        "| option of `rest` | place in the API's object | conversion | example | becomes | inferred |",
        "|---|---|---|---|---|---|",
    ]
    for row in ROWS:
        inferred = "yes" if row.inferred else ""
        cells = (
            shown(row.option),
            shown(row.place),
            row.conversion,
            example(row),
            shown(row.result),
            inferred,
        )
        lines.append(f"| {' | '.join(cells)} |".replace("|  |", "| |"))
    return "\n".join(lines) + "\n"


def test_the_page_has_the_table_of_the_code():
    (found,) = _TABLE.findall(PAGE.read_text(encoding="utf-8"))
    assert found == table(), f"The table must be:\n{table()}"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.option)
def test_every_inferred_part_is_marked(row):
    (line,) = [line for line in table().splitlines() if line.startswith(f"| `{row.option}` |")]
    assert line.endswith("| yes |") is row.inferred
