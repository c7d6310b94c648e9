# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Summary of a run for each org, counted from task results, and its table (C.4).

Private to the collection. Pure: imports nothing of Ansible and returns the table as text.
"""

from __future__ import annotations

import collections.abc
import dataclasses
import typing as t

from ansible_collections.genesys.cloud.plugins.module_utils._model.plan import COUNTED_AS
from ansible_collections.genesys.cloud.plugins.module_utils._printable import printable

COLUMNS = (
    "created",
    "updated",
    "deleted",
    "rolled back",
    "unchanged",
    "failed",
    "not reached",
    "seconds",
    "requests",
    "retries",
)

#: This column is shown only if an object was rolled back.
_OPTIONAL_COLUMN = "rolled back"


@dataclasses.dataclass
class OrgSummary:
    """Figures of one org or of all orgs. C(not_reached) is the number of orgs that the run did not reach."""

    created: int = 0
    updated: int = 0
    deleted: int = 0
    rolled_back: int = 0
    unchanged: int = 0
    failed: int = 0
    not_reached: int = 0
    seconds: float = 0.0
    requests: int = 0
    retries: int = 0

    @property
    def changed(self) -> bool:
        """Return whether any object was created, updated, deleted or rolled back."""
        return bool(self.created or self.updated or self.deleted or self.rolled_back)

    def add_result(self, result: t.Any, *, failed: bool, info: bool) -> None:
        """Count the result of a module: one object, or each object of a whole org.

        C(failed) is Ansible's status of the whole task. The result of a loop is not counted, because its
        items are passed one by one. Objects that were skipped after another one failed are not counted. A
        result that C(no_log) hides counts as updated if it changed something. Of an info module, only
        failures, requests and retries are counted.
        """
        if not isinstance(result, collections.abc.Mapping):
            return
        items = result.get("results")
        if isinstance(items, list):
            if failed and not items:
                self.failed += 1
            return
        self._add_cost(result.get("api"))
        totals = result.get("totals")
        if isinstance(totals, collections.abc.Mapping):
            self._add_totals(totals)
            if failed and not totals.get("failed"):
                self.failed += 1
        elif failed:
            self.failed += 1
        elif not result.get("skipped") and not info:
            assumed = "update" if result.get("changed") else "none"
            field = COUNTED_AS.get(str(result.get("plan", assumed)), COUNTED_AS[assumed])
            setattr(self, field, getattr(self, field) + 1)

    def add(self, other: OrgSummary) -> None:
        """Add the figures of C(other)."""
        for field in dataclasses.fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))

    def _add_totals(self, totals: t.Mapping[str, t.Any]) -> None:
        for name in (*COUNTED_AS.values(), "failed", "rolled_back"):
            if isinstance(totals.get(name), int):
                setattr(self, name, getattr(self, name) + totals[name])

    def _add_cost(self, api: t.Any) -> None:
        if isinstance(api, collections.abc.Mapping):
            for name in ("requests", "retries"):
                if isinstance(api.get(name), int):
                    setattr(self, name, getattr(self, name) + api[name])


def render_table(summaries: t.Mapping[str, OrgSummary]) -> list[tuple[str, OrgSummary | None]]:
    """Render the table's rows, all of one width, each with its summary (None for the head and the rules).

    Orgs are sorted by name. Orgs that were not reached come after them, the sums come last.
    """
    total = OrgSummary()
    for summary in summaries.values():
        total.add(summary)
    count = f"{len(summaries)} org{'' if len(summaries) == 1 else 's'}"
    ordered = sorted(summaries.items(), key=lambda entry: (entry[1].not_reached, entry[0]))
    columns = [column for column in COLUMNS if column != _OPTIONAL_COLUMN or total.rolled_back]
    rows: list[tuple[list[str], OrgSummary | None]] = [(["org", *columns], None)]
    rows += [([printable(name), *_org_cells(summary, columns)], summary) for name, summary in ordered]
    rows.append(([count, *_cells(total, columns)], total))
    widths = [max(len(row[index]) for row, _summary in rows) for index in range(len(columns) + 1)]
    table = [(_aligned_row(row, widths), summary) for row, summary in rows]
    rule: tuple[str, OrgSummary | None] = ("-" * len(table[0][0]), None)
    return [table[0], rule, *table[1:-1], rule, table[-1]]


def _org_cells(summary: OrgSummary, columns: list[str]) -> list[str]:
    """Return an org's cells: figures if it was reached, else only that it was not."""
    if summary.not_reached:
        return ["yes" if column == "not reached" else "-" for column in columns]
    figures = zip(columns, _cells(summary, columns), strict=True)
    return ["-" if column == "not reached" else text for column, text in figures]


def _cells(summary: OrgSummary, columns: list[str]) -> list[str]:
    values = [getattr(summary, column.replace(" ", "_")) for column in columns]
    return [f"{value:.1f}" if isinstance(value, float) else str(value) for value in values]


def _aligned_row(row: list[str], widths: list[int]) -> str:
    name, *cells = row
    return "  ".join(
        [name.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True))]
    )
