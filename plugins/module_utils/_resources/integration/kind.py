# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Integrations: their type, state and configuration, with credentials by slot and name (P.7).

Private to the collection.
"""

from __future__ import annotations

import typing as t

from ..._findings import Findings
from ..._model.desired_state import CONFLICT_OPTIONS, IDENTITY_OPTIONS, DesiredState
from ..._model.json_objects import is_finite
from ..._model.resource import ResourceKind
from . import platform

OPTIONS: dict[str, dict[str, t.Any]] = {
    **IDENTITY_OPTIONS,
    "type": {"type": "str"},
    "intended_state": {"type": "str", "choices": ["ENABLED", "DISABLED"]},
    "notes": {"type": "str"},
    "properties": {"type": "dict"},
    "advanced": {"type": "dict"},
    # Names and ids of credentials, which are no secrets.
    "credentials": {"type": "dict", "no_log": False},
    **CONFLICT_OPTIONS,
    "verify": {"type": "bool", "default": True},
    "wait": {"type": "bool", "default": True},
}


class Integration(DesiredState):
    """The desired state of an integration. C(credentials) has a reference for each slot."""

    type: str | None = None
    intended_state: str | None = None
    notes: str | None = None
    properties: dict[str, t.Any] | None = None
    advanced: dict[str, t.Any] | None = None
    credentials: dict[str, t.Any] | None = None
    verify: bool = True
    wait: bool = True


def validate_options(given: dict[str, t.Any], findings: Findings) -> dict[str, t.Any]:
    """Validate the task alone, and put each reference to a credential into its long form."""
    if given.get("type") is not None and not given["type"].strip():
        findings.problem("type", "must not be empty")
    for option in ("properties", "advanced"):
        if not is_finite(given.get(option)):
            findings.problem(option, "must have finite numbers only, as JSON does")
    slots = given.get("credentials")
    if slots:
        given["credentials"] = {
            str(slot): _reference(value, f"credentials.{slot}", findings) for slot, value in slots.items()
        }
    return {}


def _reference(value: t.Any, path: str, findings: Findings) -> dict[str, str] | None:
    """Return a reference as C({id}) or C({name}), None for an empty slot."""
    if value is None:
        return None
    named = {"name": value} if isinstance(value, str) else value
    if isinstance(named, dict) and named and set(named) <= {"id", "name"}:
        given = {key: text for key, text in named.items() if text is not None}
        if given and all(isinstance(text, str) and text.strip() for text in given.values()):
            return given
    findings.problem(path, "must be the name of a credential, or a dictionary with its id or its name")
    return None


INTEGRATION = ResourceKind(
    name="integration",
    title="integration",
    options=OPTIONS,
    model=Integration,
    profiles={"platform": platform.PLATFORM_RESOURCE},
    identity=("name", "type"),
    list_option="integrations",
    prunable=True,
    prune_by=("types", "integrationType.id"),
    verifies=True,
    waits=True,
    validate=validate_options,
)
