# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Offline checks of a retention policy's options: enumerations, dates, times and days (N.4).

Private to the collection. Pure.
"""

from __future__ import annotations

import datetime
import re
import typing as t

from ..._findings import Findings
from ..known_values import spelled
from .blocks import given_value
from .parts import BLOCKS, MEDIA, Part
from .retention_days import declared_actions, violations

_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,3}))?)?", re.ASCII)


def validate_options(given: dict[str, t.Any], findings: Findings) -> dict[str, t.Any]:
    """Validate the task alone, and put its texts into the API's form."""
    reset_media(given)
    for option in ("enabled", "order"):
        if option in given and given[option] is None:
            findings.problem(
                option, "cannot be null: the API has no default for it. Omit it, or give a value"
            )
    if isinstance(given.get("order"), int) and given["order"] < 0:
        findings.problem("order", f"must be at least 0, not {given['order']}")
    for block in BLOCKS:
        value = given_value(given, block.option)
        if isinstance(value, dict):
            _check(block.parts, value, block.option, findings)
    if given.get("state") != "absent":  # a policy that breaks the rules can be removed
        for path, message in violations(declared_actions(given), given.get("max_retention_days")):
            findings.problem(path, message)
    return {}


def reset_media(given: dict[str, t.Any]) -> None:
    """Write out a null for a medium or for all media, so that it resets each block of them."""
    if "media_policies" not in given:
        return
    if given["media_policies"] is None:
        given["media_policies"] = dict.fromkeys(MEDIA)
    media = given["media_policies"]
    for medium, value in media.items() if isinstance(media, dict) else ():
        if value is None:
            media[medium] = {"actions": None, "conditions": None}


def _check(parts: tuple[Part, ...], given: dict[str, t.Any], path: str, findings: Findings) -> None:
    for part in parts:
        value, place = given.get(part.option), f"{path}.{part.option}"
        if value is None:
            continue
        if part.form in ("texts", "references"):
            given[part.option] = [
                _text(part, one, f"{place}[{index}]", findings) for index, one in enumerate(value)
            ]
        elif part.form in ("text", "reference"):
            given[part.option] = _text(part, value, place, findings)
        elif part.form == "number":
            _check_number(part, value, place, findings)
        elif part.form == "group":
            _check(part.parts, value, place, findings)
        elif part.form == "groups":
            for index, one in enumerate(value):
                if isinstance(one, dict):
                    _check(part.parts, one, f"{place}[{index}]", findings)
                    _check_order_of_times(one, f"{place}[{index}]", findings)


def _text(part: Part, value: t.Any, place: str, findings: Findings) -> t.Any:
    """Return a text in the API's form. Add a problem for an empty one or one of a wrong format."""
    if not isinstance(value, str):  # reported already
        return value
    if not value.strip():
        findings.problem(place, "must not be empty")
    elif part.known:
        values, own = {"": value}, Findings()
        spelled(values, "", part.known, own)
        findings.take(place, own)
        return values[""]
    elif part.format == "time":
        return _time(value, place, findings)
    elif part.format == "date range":
        _check_date_range(value, place, findings)
    return value


def _time(value: str, place: str, findings: Findings) -> str:
    match = _TIME.fullmatch(value.strip())
    if match is None:
        findings.problem(place, f"{value!r} is not a time of day: write it in quotes, such as '08:30'")
        return value
    hours, minutes, seconds, fraction = match.groups(default="")
    return f"{int(hours):02}:{minutes}:{seconds or '00'}.{fraction.ljust(3, '0')}"


def _check_order_of_times(slot: dict[str, t.Any], place: str, findings: Findings) -> None:
    """Add a problem for a slot of time that ends before it begins. Its times are in the API's form."""
    start, stop = slot.get("start_time"), slot.get("stop_time")
    times = [one for one in (start, stop) if isinstance(one, str) and _TIME.fullmatch(one)]
    if len(times) == 2 and times[1] < times[0]:
        findings.problem(
            f"{place}.stop_time",
            f"{stop!r} is before start_time, which is {start!r}: end a slot that lasts over midnight at "
            "'23:59:59.999', and give another slot for the next day",
        )


def _check_date_range(value: str, place: str, findings: Findings) -> None:
    try:
        start, end = (datetime.datetime.fromisoformat(one) for one in value.split("/"))
        in_order = (start.tzinfo is None) == (end.tzinfo is None) and start < end
    except ValueError:
        in_order = False
    if not in_order:
        findings.problem(
            place,
            f"{value!r} is not a range of dates: write start/end in ISO 8601, the earlier one first, such as "
            "2026-01-01T00:00:00.000Z/2026-02-01T00:00:00.000Z",
        )


def _check_number(part: Part, value: int, place: str, findings: Findings) -> None:
    if part.option == "day" and not 1 <= value <= 7:
        findings.problem(place, f"must be 1 (Monday) to 7 (Sunday), not {value}")
    elif value < 0:
        findings.problem(place, f"must not be negative, not {value}")
