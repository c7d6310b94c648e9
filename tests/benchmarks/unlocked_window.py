# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window of kinds without a lock: the time between the last read of an object and its write.

A change by another client in this time is lost. The times are those at which the simulator gets the requests.
"""

from __future__ import annotations

import itertools
import pathlib
import typing as t

from integration.module_process import Process

from .figures import Figure, Row, median
from .measured_org import MeasuredOrg

_PATHS = {"privacy_purposes": "/api/v2/privacy/purposes", "webhooks": "/api/v2/platform/webhooks"}


def measure(org: MeasuredOrg, folder: pathlib.Path, objects: int = 100) -> tuple[list[Row], list[Figure]]:
    """Change objects of each kind in one run, with one thread and with eight, without and with a journal.

    A journal's line is written to the disk before each write, which makes the window longer.
    """
    rows: list[Row] = []
    figures: list[Figure] = []
    for kind, threads, journals in itertools.product(_PATHS, (1, 8), (False, True)):
        org.fill({kind: [_stored(kind, number) for number in range(objects)]})
        declared = [_declared(kind, number) for number in range(objects)]
        options = {} if journals else {"journal": None, "journal_password": None}
        process = Process(org, folder / f"window-{kind}-{threads}-{journals}")
        result = process.finish(config={kind: declared}, concurrency=threads, **options)
        assert result["totals"]["updated"] == objects, result["msg"]
        windows = _windows(org, _PATHS[kind])
        middle, longest = median(windows), max(windows)
        journal = "with" if journals else "without"
        rows.append(
            {"kind": kind, "threads": threads, "journal": journal, "median ms": middle, "longest ms": longest}
        )
        what = f"{kind}, {threads} threads, {journal} a journal: median window"
        figures.append(Figure(what, middle, 50 if journals else 25, "ms"))
    return rows, figures


def _windows(org: MeasuredOrg, path: str) -> list[float]:
    """Return the window of each object [ms]."""
    read_at: dict[str, float] = {}
    windows = []
    for entry in org.log():
        item = pathlib.PurePosixPath(entry["path"])
        if str(item.parent) == path and entry["method"] == "GET":
            read_at[item.name] = entry["time"]
        elif str(item.parent) == path and entry["method"] == "PUT":
            windows.append((entry["time"] - read_at[item.name]) * 1000)
    return windows


def _stored(kind: str, number: int) -> dict[str, t.Any]:
    if kind == "webhooks":
        target = {"url": "https://hooks.example.com", "headers": {}}
        return {
            "name": f"W {number}",
            "enabled": False,
            "events": [{"eventType": "flow.updated"}],
            "target": target,
        }
    return {"name": f"P {number}", "description": "d", "retentionPeriod": "180d", "legalBasis": "consent"} | {
        "isActive": True,
        "diversionIds": [],
    }


def _declared(kind: str, number: int) -> dict[str, t.Any]:
    if kind == "webhooks":
        return {"name": f"W {number}", "enabled": True}
    return {"name": f"P {number}", "retention": "30d"}
