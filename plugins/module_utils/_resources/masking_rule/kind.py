# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Masking rules of data privacy: definition, channels and state (N.3).

Private to the collection.
"""

from __future__ import annotations

import typing as t

from ..._findings import Findings
from ..._model.desired_state import CONFLICT_OPTIONS, IDENTITY_OPTIONS, DesiredState
from ..._model.resource import ResourceKind
from ..known_values import spelled
from . import platform

DIRECTIONS = ("inbound", "outbound")

OPTIONS: dict[str, dict[str, t.Any]] = {
    **IDENTITY_OPTIONS,
    "description": {"type": "str"},
    "definition": {"type": "str"},
    "substitute_character": {"type": "str"},
    "enabled": {"type": "bool"},
    "direction": {"type": "str"},
    "channels": {"type": "list", "elements": "str"},
    "sample_text": {"type": "str"},
    **CONFLICT_OPTIONS,
    "verify": {"type": "bool", "default": True},
}


class MaskingRule(DesiredState):
    """The desired state of a masking rule."""

    description: str | None = None
    definition: str | None = None
    substitute_character: str | None = None
    enabled: bool | None = None
    direction: str | None = None
    channels: list[str] | None = None
    sample_text: str | None = None
    verify: bool = True


def validate_options(given: dict[str, t.Any], findings: Findings) -> dict[str, t.Any]:
    """Validate the task alone."""
    spelled(given, "direction", DIRECTIONS, findings)
    for option in ("definition", "sample_text"):
        if isinstance(given.get(option), str) and not given[option].strip():
            findings.problem(option, "must not be empty")
    character = given.get("substitute_character")
    if isinstance(character, str) and len(character) != 1:
        findings.problem("substitute_character", f"must be one character, not {len(character)}")
    for index, channel in enumerate(given.get("channels") or []):
        if isinstance(channel, str) and not channel.strip():
            findings.problem(f"channels[{index}]", "must not be empty")
    return {}


MASKING_RULE = ResourceKind(
    name="masking_rule",
    title="masking rule",
    options=OPTIONS,
    model=MaskingRule,
    profiles={"platform": platform.PLATFORM_RESOURCE},
    list_option="masking_rules",
    verifies=True,
    validate=validate_options,
)
