# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Common options of the resource kinds, and the base classes of their pydantic models.

Private to the collection.
"""

from __future__ import annotations

import typing as t

from .._deps import MISSING, pydantic

#: Options that identify an object of most kinds, and its state.
IDENTITY_OPTIONS: dict[str, dict[str, t.Any]] = {
    "name": {"type": "str"},
    "id": {"type": "str"},
    "state": {"type": "str", "choices": ["present", "absent", "validated"], "default": "present"},
}
#: Option for a conflict with a concurrent change (S0.5).
CONFLICT_OPTIONS: dict[str, dict[str, t.Any]] = {
    "on_conflict": {"type": "str", "choices": ["fail", "overwrite"], "default": "fail"},
}


class DeferredModel(pydantic.BaseModel):
    """Base class of every model, built at its first use, because most processes use one kind only."""

    model_config: t.ClassVar[t.Any] = {"defer_build": True}


class DesiredState(DeferredModel):
    """Base class of the model of every kind: identity, state and conflict handling."""

    name: str | None = None
    id: str | None = None
    state: str = "present"
    on_conflict: str = "fail"
    rollback_on_failure: bool = False  # an option of the kinds that can roll back updates (S2.8)

    @pydantic.field_validator("name", "id")
    @classmethod
    def _not_blank(cls, value: str | None) -> str | None:
        if value is not None and not value.strip():
            raise ValueError("must not be empty")
        return value

    @property
    def replaces(self) -> bool:
        """Return whether changes that the API refuses replace the object by a new one."""
        return False

    def given(self, option: str) -> bool:
        """Return whether the task gives the option, also if its value is null."""
        return option in self.model_fields_set


def build_models() -> None:
    """Build the models of all imported kinds, so that processes forked later need not do it."""
    pending = [] if MISSING else [DeferredModel]
    while pending:
        model = pending.pop()
        model.model_rebuild()
        pending += model.__subclasses__()
