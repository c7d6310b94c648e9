# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The levels of flow logs, and the characteristics that each level has by itself."""

from __future__ import annotations

import typing as t

from ..errors import Detail, bad_request
from ..store import Wire
from .bodies import Body

Level = t.Literal["Unknown", "Disabled", "Base", "Notes", "VerboseNotes", "All"]
#: The levels that a setting can have, from the lowest to the highest.
LEVELS = ("Disabled", "Base", "Notes", "VerboseNotes", "All")
#: The level of an org without a setting.
BASE = "Base"
#: Each characteristic with its lowest level and the characteristic that it depends on.
CHARACTERISTICS: dict[str, tuple[str, str | None]] = {
    "executionItems": ("Base", None),
    "executionInputOutputs": ("VerboseNotes", "executionItems"),
    "communications": ("All", None),
    "eventError": ("Base", None),
    "eventWarning": ("Notes", None),
    "eventOther": ("All", None),
    "variables": ("Notes", None),
    "names": ("Notes", None),
}


class CharacteristicsBody(Body):
    execution_items: bool | None = None
    execution_input_outputs: bool | None = None
    communications: bool | None = None
    event_error: bool | None = None
    event_warning: bool | None = None
    event_other: bool | None = None
    variables: bool | None = None
    names: bool | None = None


class LevelBody(Body):
    level: Level
    characteristics: CharacteristicsBody | None = None


class SettingBody(Body):
    """The body of each write of a setting."""

    log_level_characteristics: LevelBody


def of_level(level: str) -> dict[str, bool]:
    """Return the characteristics that a level has by itself."""
    rank = LEVELS.index(level)
    return {name: rank >= LEVELS.index(lowest) for name, (lowest, _needed) in CHARACTERISTICS.items()}


def setting(body: LevelBody, kept: dict[str, bool] | None) -> Wire:
    """Return the stored form of a level with its characteristics.

    Characteristics that the body lacks are those of the level, or C(kept). Raise 400 for a level that cannot
    be set, and for a characteristic that is enabled below its level or without the one that it depends on.
    """
    if body.level not in LEVELS:
        raise bad_request(
            "The log level cannot be set.",
            [Detail("logLevelCharacteristics.level", "invalid.value", f"cannot be {body.level}.")],
        )
    own = of_level(body.level) if kept is None else kept
    given = body.characteristics.model_dump(by_alias=True, exclude_none=True) if body.characteristics else {}
    whole = {**own, **given}
    problems = []
    for name in (name for name, enabled in given.items() if enabled):
        lowest, needed = CHARACTERISTICS[name]
        field = f"logLevelCharacteristics.characteristics.{name}"
        if LEVELS.index(body.level) < LEVELS.index(lowest):
            problems.append(Detail(field, "invalid.value", f"needs the level {lowest}."))
        elif needed is not None and not whole[needed]:
            problems.append(Detail(field, "invalid.value", f"needs {needed}."))
    if problems:
        raise bad_request("The characteristics are not valid.", problems)
    return {"level": body.level, "characteristics": whole}


def definitions() -> Wire:
    """Return the levels with their characteristics, and what each characteristic needs."""
    return {
        "logLevels": [{"level": level, "characteristics": of_level(level)} for level in LEVELS],
        "characteristics": [
            {
                "id": name,
                "minimumLevel": lowest,
                **({"dependsOn": {needed: True}} if needed is not None else {}),
            }
            for name, (lowest, needed) in CHARACTERISTICS.items()
        ],
    }
