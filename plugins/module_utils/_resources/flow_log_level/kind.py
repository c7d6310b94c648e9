# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Log levels of flows, and the default of the org: level and characteristics (N.1).

Private to the collection.
"""

from __future__ import annotations

import typing as t

from ..._findings import Findings
from ..._model.desired_state import CONFLICT_OPTIONS, IDENTITY_OPTIONS, DesiredState
from ..._model.resource import ResourceKind
from ..flow import TYPES
from ..known_values import spelled
from . import platform

LEVELS = ("Disabled", "Base", "Notes", "VerboseNotes", "All")
#: The level that a removed default leaves.
RESET_LEVEL = "Base"
CHARACTERISTICS = (
    "executionItems",
    "executionInputOutputs",
    "communications",
    "eventError",
    "eventWarning",
    "eventOther",
    "variables",
    "names",
)

OPTIONS: dict[str, dict[str, t.Any]] = {
    **IDENTITY_OPTIONS,
    "type": {"type": "str"},
    "default": {"type": "bool", "default": False},
    "level": {"type": "str"},
    "characteristics": {"type": "dict"},
    **CONFLICT_OPTIONS,
    "verify": {"type": "bool", "default": True},
}


class FlowLogLevel(DesiredState):
    """The desired log level of a flow or of the org."""

    type: str | None = None
    default: bool = False
    level: str | None = None
    characteristics: dict[str, bool] | None = None
    verify: bool = True


def validate_options(given: dict[str, t.Any], findings: Findings) -> dict[str, t.Any]:
    """Validate the task alone. The removal of the default becomes its first level, which the API has then."""
    spelled(given, "type", TYPES, findings)
    spelled(given, "level", LEVELS, findings)
    if given.get("id") is None and given.get("name") is not None and given.get("type") is None:
        findings.problem("type", "is required with name: a name of a flow is unique within its type only")
    characteristics = given.get("characteristics")
    if characteristics is not None:
        given["characteristics"] = _read_characteristics(characteristics, findings)
    if given.get("id") == platform.DEFAULT and given.get("state") == "absent":
        given |= {"state": "present", "level": RESET_LEVEL, "characteristics": None}
    return {}


def _read_characteristics(given: dict[t.Any, t.Any], findings: Findings) -> dict[str, bool]:
    """Return the characteristics by the API's names. Names are also taken in snake_case."""
    known = {one.lower(): one for one in CHARACTERISTICS}
    read: dict[str, bool] = {}
    for key, value in given.items():
        path, name = f"characteristics.{key}", known.get(str(key).replace("_", "").lower(), str(key))
        if not isinstance(value, bool):
            findings.problem(path, "must be true or false")
        elif name in read:
            findings.problem(path, f"is given twice: {name} means the same")
        else:
            read[name] = value
        if name not in CHARACTERISTICS:
            findings.warn(path, "is not known to this version and goes to the API as it is")
    return read


FLOW_LOG_LEVEL = ResourceKind(
    name="flow_log_level",
    title="flow log level",
    options=OPTIONS,
    model=FlowLogLevel,
    profiles={"platform": platform.PLATFORM_RESOURCE},
    identity=("name", "type"),
    named_ids={"default": platform.DEFAULT},
    list_option="flow_log_levels",
    verifies=True,
    validate=validate_options,
)
