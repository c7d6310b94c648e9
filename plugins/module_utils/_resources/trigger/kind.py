# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Process automation triggers: topic, workflow, match criteria and timing (N.9).

Private to the collection.
"""

from __future__ import annotations

import typing as t

from ..._deps import pydantic
from ..._findings import Findings
from ..._model.desired_state import CONFLICT_OPTIONS, IDENTITY_OPTIONS, DesiredState
from ..._model.resource import ResourceKind
from ..known_values import spelled
from . import platform
from .criteria import check_criteria

DATA_FORMATS = ("Json", "TopLevelPrimitives")
_LONGEST_DESCRIPTION = 512
_SHORTEST_TTL = 10
_DELAYS = range(60, 901)

OPTIONS: dict[str, dict[str, t.Any]] = {
    **IDENTITY_OPTIONS,
    "description": {"type": "str"},
    "topic_name": {"type": "str"},
    "workflow": {"type": "str"},
    "data_format": {"type": "str"},
    "enabled": {"type": "bool"},
    "match_criteria": {
        "type": "list",
        "elements": "dict",
        "options": {
            "json_path": {"type": "str", "required": True},
            "operator": {"type": "str", "required": True},
            "value": {"type": "raw"},
            "values": {"type": "list", "elements": "raw"},
        },
    },
    "event_ttl_seconds": {"type": "int"},
    "delay_by_seconds": {"type": "int"},
    "on_topic_change": {"type": "str", "choices": ["fail", "replace"], "default": "fail"},
    **CONFLICT_OPTIONS,
    "verify": {"type": "bool", "default": True},
}


class Trigger(DesiredState):
    """The desired state of a trigger. C(workflow) is a name or an id."""

    description: str | None = pydantic.Field(default=None, max_length=_LONGEST_DESCRIPTION)
    topic_name: str | None = None
    workflow: str | None = None
    data_format: str | None = None
    enabled: bool | None = None
    match_criteria: list[dict[str, t.Any]] | None = None
    event_ttl_seconds: int | None = None
    delay_by_seconds: int | None = None
    on_topic_change: str = "fail"
    verify: bool = True

    @property
    def replaces(self) -> bool:
        """Return whether a change of the topic replaces the trigger by a new one."""
        return self.on_topic_change == "replace"


def validate_options(given: dict[str, t.Any], findings: Findings) -> dict[str, t.Any]:
    """Validate the task alone."""
    spelled(given, "data_format", DATA_FORMATS, findings)
    for option in ("topic_name", "workflow"):
        if isinstance(given.get(option), str) and not given[option].strip():
            findings.problem(option, "must not be empty")
    check_criteria(given.get("match_criteria") or [], findings)
    ttl, delay = (given.get(option) for option in ("event_ttl_seconds", "delay_by_seconds"))
    if isinstance(ttl, int) and ttl < _SHORTEST_TTL:
        findings.problem("event_ttl_seconds", f"must be {_SHORTEST_TTL} or more, not {ttl}")
    if isinstance(delay, int) and delay not in _DELAYS:
        findings.problem("delay_by_seconds", f"must be from {_DELAYS[0]} to {_DELAYS[-1]}, not {delay}")
    if ttl is not None and delay is not None:
        findings.problem("delay_by_seconds", "excludes event_ttl_seconds: give one of them")
    return {}


TRIGGER = ResourceKind(
    name="trigger",
    title="trigger",
    options=OPTIONS,
    model=Trigger,
    profiles={"platform": platform.PLATFORM_RESOURCE},
    list_option="triggers",
    prunable=True,
    verifies=True,
    validate=validate_options,
)
