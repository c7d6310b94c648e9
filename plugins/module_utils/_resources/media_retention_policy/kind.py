# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Media retention policies: which recordings an org keeps, archives, deletes and evaluates (N.4).

Private to the collection.
"""

from __future__ import annotations

import typing as t

from ..._deps import pydantic
from ..._model.desired_state import CONFLICT_OPTIONS, IDENTITY_OPTIONS, DesiredState
from ..._model.resource import ResourceKind
from . import platform
from .checks import validate_options
from .parts import ACTIONS, CONDITIONS, MEDIA, spec_of
from .retention_days import MAX_RETENTION_DAYS

OPTIONS: dict[str, dict[str, t.Any]] = {
    **IDENTITY_OPTIONS,
    "description": {"type": "str"},
    "order": {"type": "int"},
    "enabled": {"type": "bool"},
    "actions": {"type": "dict", "options": spec_of(ACTIONS)},
    "conditions": {"type": "dict", "options": spec_of(CONDITIONS)},
    "media_policies": {
        "type": "dict",
        "options": {
            medium: {
                "type": "dict",
                "options": {
                    "actions": {"type": "dict", "options": spec_of(ACTIONS)},
                    "conditions": {"type": "dict", "options": spec_of(conditions)},
                },
            }
            for medium, (_wire, conditions) in MEDIA.items()
        },
    },
    "max_retention_days": {"type": "int", "default": MAX_RETENTION_DAYS},
    **CONFLICT_OPTIONS,
    "verify": {"type": "bool", "default": True},
}


class MediaRetentionPolicy(DesiredState):
    """The desired state of a media retention policy."""

    description: str | None = None
    order: int | None = None
    enabled: bool | None = None
    actions: dict[str, t.Any] | None = None
    conditions: dict[str, t.Any] | None = None
    media_policies: dict[str, t.Any] | None = None
    max_retention_days: int = pydantic.Field(default=MAX_RETENTION_DAYS, ge=1)
    verify: bool = True


MEDIA_RETENTION_POLICY = ResourceKind(
    name="media_retention_policy",
    title="media retention policy",
    options=OPTIONS,
    model=MediaRetentionPolicy,
    profiles={"platform": platform.PLATFORM_RESOURCE},
    list_option="media_retention_policies",
    verifies=True,
    validate=validate_options,
)
