# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Figures with their targets, and the report that shows them."""

from __future__ import annotations

import dataclasses
import datetime
import json
import os
import pathlib
import platform
import statistics
import sys
import typing as t

from integration.playbook import ROOT

FOLDER = ROOT / ".cache" / "bench"
Row = dict[str, t.Any]


@dataclasses.dataclass(frozen=True)
class Figure:
    """A measured value and its target, which is an upper bound or, with C(at_least), a lower bound."""

    what: str
    measured: float
    target: float
    unit: str = ""
    at_least: bool = False

    @property
    def met(self) -> bool:
        return self.measured >= self.target if self.at_least else self.measured <= self.target

    def as_row(self) -> Row:
        sign = ">=" if self.at_least else "<="
        return {
            "what": self.what,
            "measured": f"{number(self.measured)} {self.unit}".strip(),
            "target": f"{sign} {number(self.target)} {self.unit}".strip(),
            "": "met" if self.met else "MISSED",
        }


def number(value: float) -> str:
    """Format a number with about three significant digits, whole numbers completely."""
    if value == int(value) or abs(value) >= 100:
        return str(round(value))
    return f"{value:.{2 if abs(value) >= 0.1 else 4}f}"


def median(values: t.Sequence[float]) -> float:
    return statistics.median(values)


def table(title: str, rows: t.Sequence[Row]) -> str:
    """Format rows as a table with column names. Columns with numbers are aligned to the right."""
    if not rows:
        return ""
    names = list(dict.fromkeys(name for row in rows for name in row))
    cells = [[_cell(row.get(name)) for name in names] for row in rows]
    widths = [max(len(line[column]) for line in [names, *cells]) for column in range(len(names))]
    right = [any(isinstance(row.get(name), (int, float)) for row in rows) for name in names]

    def line(texts: list[str]) -> str:
        padded = [
            text.rjust(width) if to_right else text.ljust(width)
            for text, width, to_right in zip(texts, widths, right, strict=True)
        ]
        return "  ".join(padded).rstrip()

    return "\n".join([title, line(names), "  ".join("-" * width for width in widths), *map(line, cells)])


def _cell(value: t.Any) -> str:
    if value is None:
        return ""
    return number(value) if isinstance(value, (int, float)) else str(value)


def environment() -> Row:
    """Return date and machine of the measurement. C(load) is the load average before it."""
    return {
        "date": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "machine": platform.machine(),
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 2),
    }


def report(name: str, rows: t.Mapping[str, t.Sequence[Row]], figures: t.Sequence[Figure]) -> pathlib.Path:
    """Print the tables, write them as JSON and return the path of the file."""
    for title, lines in rows.items():
        print(f"\n{table(title, lines)}")
    print(f"\n{table('Figures', [figure.as_row() for figure in figures])}\n", flush=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{name}.json"
    results = [{**dataclasses.asdict(figure), "met": figure.met} for figure in figures]
    content = {**environment(), "tables": rows, "figures": results}
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return path


def progress(text: str) -> None:
    """Print the progress of the measurement to standard error."""
    print(f"  {text}", file=sys.stderr, flush=True)
