# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a run did to each org, counted from task results, and the table that says so (C.4).

Private to the collection. Pure: knows neither Ansible nor where the table is shown.
"""

from __future__ import annotations

import collections.abc
import dataclasses
import typing as t

from ansible_collections.genesys.cloud.plugins.module_utils._events import COUNTED_AS

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

#: Shown only where there is any.
_OPTIONAL_COLUMN = "rolled back"


@dataclasses.dataclass
class OrgSummary:
    """One org's figures, or those of all. C(not_reached) is how many orgs nothing was done for."""

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
        return bool(self.created or self.updated or self.deleted or self.rolled_back)

    def add_result(self, result: t.Any, *, failed: bool, info: bool) -> None:
        """Counts a result of one of the modules; of a whole org each object. A loop's items come one by one.

        C(failed) is what Ansible says of the result; objects say it themselves. Objects that were not begun,
        because another one failed, count nowhere. A result hidden by C(no_log) that changed something counts
        as updated. Info modules count only what they cost.
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
    """The table's rows as texts of one width, each with the summary it shows; None for head and rule.

    The orgs come in the order of their names, those not reached last, and then the sums.
    """
    total = OrgSummary()
    for summary in summaries.values():
        total.add(summary)
    count = f"{len(summaries)} org{'' if len(summaries) == 1 else 's'}"
    ordered = sorted(summaries.items(), key=lambda entry: (entry[1].not_reached, entry[0]))
    columns = [column for column in COLUMNS if column != _OPTIONAL_COLUMN or total.rolled_back]
    rows: list[tuple[list[str], OrgSummary | None]] = [(["org", *columns], None)]
    rows += [([name, *_org_cells(summary, columns)], summary) for name, summary in ordered]
    rows.append(([count, *_cells(total, columns)], total))
    widths = [max(len(row[index]) for row, _summary in rows) for index in range(len(columns) + 1)]
    table = [(_aligned_row(row, widths), summary) for row, summary in rows]
    rule: tuple[str, OrgSummary | None] = ("-" * len(table[0][0]), None)
    return [table[0], rule, *table[1:-1], rule, table[-1]]


def _org_cells(summary: OrgSummary, columns: list[str]) -> list[str]:
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
