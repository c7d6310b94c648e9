# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window of kinds without a lock: the time between the last read of an object and its write.

A change by another client in this time is lost. The times are those at which the simulator gets the requests.
"""

from __future__ import annotations

import dataclasses
import itertools
import pathlib
import typing as t

from integration.module_process import Process

from .figures import Figure, Row, median
from .measured_org import MeasuredOrg

Wire = dict[str, t.Any]


@dataclasses.dataclass(frozen=True)
class Case:
    """A kind without a lock: its list in the option config, and objects by their numbers.

    C(stored) returns kind in the simulator -> objects, C(declared) an entry that changes the object.
    """

    api: t.Literal["reference", "platform"]
    list_option: str
    stored: t.Callable[[int], dict[str, list[Wire]]]
    declared: t.Callable[[int], Wire]


def _webhook(number: int) -> dict[str, list[Wire]]:
    target = {"url": "https://hooks.example.com", "headers": {}}
    events = [{"eventType": "flow.updated"}]
    return {"webhooks": [{"name": f"W {number}", "enabled": False, "events": events, "target": target}]}


def _purpose(number: int) -> dict[str, list[Wire]]:
    return {
        "privacy_purposes": [
            {
                "name": f"P {number}",
                "description": "d",
                "retentionPeriod": "180d",
                "legalBasis": "consent",
                "isActive": True,
                "diversionIds": [],
            }
        ]
    }


def _logged_flow(number: int) -> dict[str, list[Wire]]:
    level = {"level": "Base", "characteristics": {"executionItems": True}}
    return {
        "flows": [{"id": f"f-{number}", "name": f"F {number}"}],
        "flow_log_levels": [{"id": f"f-{number}", "logLevelCharacteristics": level}],
    }


def _masking_rule(number: int) -> dict[str, list[Wire]]:
    rule = {"name": f"M {number}", "type": "Custom", "definition": "[0-9]{16}", "enabled": False}
    return {"masking_rules": [{**rule, "description": "d", "integrations": ["email"]}]}


def _retention_policy(number: int) -> dict[str, list[Wire]]:
    return {"retention_policies": [{"name": f"R {number}", "description": "d", "conditions": {}}]}


def _table_with_a_row(number: int) -> dict[str, list[Wire]]:
    texts = {"type": "string", "title": "key", "$id": "/properties/key"}
    flag = {"type": "boolean", "title": "open", "$id": "/properties/open", "displayOrder": 0}
    schema = {
        "$schema": "http://json-schema.org/draft-04/schema#",
        "type": "object",
        "required": ["key"],
        "additionalProperties": False,
        "properties": {"key": texts, "open": flag},
    }
    return {
        "data_tables": [{"id": f"t-{number}", "name": f"T {number}", "schema": schema}],
        "data_table_rows": [{"tableId": f"t-{number}", "row": {"key": "oslo", "open": False}}],
    }


def _changed_row(number: int) -> Wire:
    columns = [{"name": "open", "type": "boolean"}]
    return {"name": f"T {number}", "columns": columns, "rows": [{"key": "oslo", "open": True}]}


CASES = (
    Case(
        "reference", "privacy_purposes", _purpose, lambda number: {"name": f"P {number}", "retention": "30d"}
    ),
    Case("reference", "webhooks", _webhook, lambda number: {"name": f"W {number}", "enabled": True}),
    Case("platform", "flow_log_levels", _logged_flow, lambda number: {"id": f"f-{number}", "level": "All"}),
    Case(
        "platform",
        "masking_rules",
        _masking_rule,
        lambda number: {"name": f"M {number}", "description": "changed"},
    ),
    Case(
        "platform",
        "media_retention_policies",
        _retention_policy,
        lambda number: {"name": f"R {number}", "description": "changed"},
    ),
    Case("platform", "data_tables", _table_with_a_row, _changed_row),
)


#: Number of threads, and whether the run has a journal.
SETTINGS = ((1, False), (1, True), (8, False), (8, True))


def measure(
    orgs: t.Mapping[str, MeasuredOrg],
    folder: pathlib.Path,
    objects: int = 100,
    settings: t.Sequence[tuple[int, bool]] = SETTINGS,
) -> tuple[list[Row], list[Figure]]:
    """Change objects of each kind in one run for each of C(settings).

    C(orgs) has an org of each API. A journal's line is written to the disk before each write, which makes the
    window longer.
    """
    rows: list[Row] = []
    figures: list[Figure] = []
    for case, (threads, journals) in itertools.product(CASES, settings):
        org, kind = orgs[case.api], case.list_option
        org.fill(_joined([case.stored(number) for number in range(objects)]))
        declared = [case.declared(number) for number in range(objects)]
        options = {} if journals else {"journal": None, "journal_password": None}
        process = Process(org, folder / f"window-{kind}-{threads}-{journals}")
        result = process.finish(config={kind: declared}, concurrency=threads, **options)
        assert result["totals"]["updated"] == objects, result["msg"]
        windows = _windows(org)
        assert len(windows) == objects, f"{len(windows)} writes"
        middle, longest = median(windows), max(windows)
        journal = "with" if journals else "without"
        rows.append(
            {"kind": kind, "threads": threads, "journal": journal, "median ms": middle, "longest ms": longest}
        )
        what = f"{kind}, {threads} threads, {journal} a journal: median window"
        figures.append(Figure(what, middle, 50 if journals else 25, "ms"))
    return rows, figures


def _joined(stored: t.Iterable[dict[str, list[Wire]]]) -> dict[str, list[Wire]]:
    joined: dict[str, list[Wire]] = {}
    for objects in stored:
        for kind, some in objects.items():
            joined.setdefault(kind, []).extend(some)
    return joined


def _windows(org: MeasuredOrg) -> list[float]:
    """Return the window of each write to a path that was read before [ms]."""
    read_at: dict[str, float] = {}
    windows = []
    for entry in org.log():
        if entry["method"] == "GET":
            read_at[entry["path"]] = entry["time"]
        elif entry["method"] in ("PUT", "PATCH") and entry["path"] in read_at:
            windows.append((entry["time"] - read_at[entry["path"]]) * 1000)
    return windows
