# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The requests of the baseline process, made from the requests of a module in the log of the simulator."""

from __future__ import annotations

import typing as t
import urllib.parse

from .declarations import Objects

Logged = dict[str, t.Any]


def request_stages(log: t.Sequence[Logged], after: Objects) -> list[list[dict[str, t.Any]]]:
    """Return the requests of a run without token requests, in stages: reads, writes, reads after the writes.

    C(after) are the objects of the org after the run, because a created object has another id in every run.
    Requests of one stage are sent concurrently, which is never slower than their order in the run.
    """
    new = _created(log, after)
    requests = [(entry, _request(entry, new)) for entry in log if not entry["path"].endswith("/oauth/token")]
    writes = [number for number, (entry, _answer) in enumerate(requests) if entry["method"] != "GET"]
    first_write = writes[0] if writes else len(requests)
    request_lists: tuple[list[dict[str, t.Any]], ...] = ([], [], [])
    for number, (entry, request) in enumerate(requests):
        stage = 0 if number < first_write else 1 if entry["method"] != "GET" else 2
        request_lists[stage].append(request)
    return [stage for stage in request_lists if stage]


def _created(log: t.Sequence[Logged], after: Objects) -> dict[str, str]:
    """Return id -> name of the objects that a POST of the log created."""
    names = {entry["body"]["name"] for entry in log if _creates(entry)}
    return {
        stored["id"]: stored["name"]
        for objects in after.values()
        for stored in objects
        if stored.get("name") in names
    }


def _creates(entry: Logged) -> bool:
    return entry["method"] == "POST" and isinstance(entry["body"], dict) and "name" in entry["body"]


def _request(entry: Logged, new: dict[str, str]) -> dict[str, t.Any]:
    path = entry["path"]
    request: dict[str, t.Any] = {"method": entry["method"]}
    identifier = path.rpartition("/")[2]
    if identifier in new:
        request["of"] = new[identifier]
        path = path.replace(identifier, "{id}")
    if entry["query"]:
        path += f"?{urllib.parse.urlencode(entry['query'])}"
    request["path"] = path
    if entry["body"] is not None:
        request["body"] = entry["body"]
    if "if-match" in entry["request_headers"]:
        request["etag"] = entry["request_headers"]["if-match"]
    if _creates(entry):
        request["creates"] = entry["body"]["name"]
    return request
