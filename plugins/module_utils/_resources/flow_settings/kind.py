# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings of flows: routing, configuration matrix, scope directives (features S2.1 to S2.8).

Private to the collection. Flows are neither created nor removed.
"""

from __future__ import annotations

import typing as t

from ..._deps import pydantic
from ..._model.desired_state import CONFLICT_OPTIONS, IDENTITY_OPTIONS, DeferredModel, DesiredState
from ..._model.resource import ResourceKind
from . import reference
from .checks import validate_options

OPTIONS: dict[str, dict[str, t.Any]] = {
    **IDENTITY_OPTIONS,
    "state": {"type": "str", "choices": ["present", "validated"], "default": "present"},
    "routing": {
        "type": "dict",
        "options": {
            "type": {"type": "str"},
            "max_wait_time": {"type": "int"},
            "scope": {
                "type": "dict",
                "options": {
                    "type": {"type": "str", "required": True},
                    "id": {"type": "str", "required": True},
                },
            },
        },
    },
    # no_log=False because parameters have an option named key, which is not secret.
    "configuration_matrix": {"type": "dict", "no_log": False},
    "matrix_strategy": {"type": "str", "choices": ["merge", "replace"], "default": "merge"},
    "scope_directives": {
        "type": "dict",
        "options": {
            "apply_to": {"type": "list", "elements": "str", "choices": sorted(reference.TARGETS)},
            "enforce_hierarchy": {"type": "bool"},
        },
    },
    "snapshot": {"type": "dict", "no_log": False},
    **CONFLICT_OPTIONS,
    "min_update_interval": {"type": "float", "default": 0.0},
    "on_too_soon": {"type": "str", "choices": ["fail", "wait"], "default": "fail"},
    "wait_timeout": {"type": "float", "default": 300.0},
    "state_path": {"type": "path"},
    "verify_dependencies": {"type": "bool", "default": True},
    "verify": {"type": "bool", "default": True},
    "reload": {"type": "bool", "default": True},
    "on_reload_failure": {"type": "str", "choices": ["fail", "warn"], "default": "fail"},
    "rollback_on_failure": {"type": "bool", "default": True},
}

_LONGEST = 86_400 * 366  # seconds


class Routing(DeferredModel):
    """Routing settings of a flow; a scope is declared with all its fields."""

    type: str | None = None
    max_wait_time: int | None = None
    scope: dict[str, t.Any] | None = None


class ScopeDirectives(DeferredModel):
    """Targets that a flow's settings apply to."""

    apply_to: list[str] | None = None
    enforce_hierarchy: bool | None = None


class FlowSettings(DesiredState):
    """The desired settings of a flow, from the task's options or from a snapshot."""

    routing: Routing | None = None
    configuration_matrix: dict[str, t.Any] | None = None
    matrix_strategy: str = "merge"
    scope_directives: ScopeDirectives | None = None
    snapshot: dict[str, t.Any] | None = None
    min_update_interval: float = pydantic.Field(default=0.0, ge=0, le=_LONGEST, allow_inf_nan=False)
    on_too_soon: str = "fail"
    wait_timeout: float = pydantic.Field(default=300.0, ge=0, le=_LONGEST, allow_inf_nan=False)
    state_path: str | None = None
    verify_dependencies: bool = True
    verify: bool = True
    reload: bool = True
    on_reload_failure: str = "fail"
    rollback_on_failure: bool = True


FLOW_SETTINGS = ResourceKind(
    name="flow_settings",
    title="flow",
    options=OPTIONS,
    model=FlowSettings,
    profiles={"reference": reference.REFERENCE_RESOURCE},
    list_option="flow_settings",
    verifies=True,
    rolls_back_on_failure=True,
    validate=validate_options,
)
