# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the desired states of all kinds have in common: the options and the model's base.

Private to the collection.
"""

from __future__ import annotations

import typing as t

from .._deps import MISSING, pydantic

#: How most kinds are found, and what is wanted of the object.
IDENTITY_OPTIONS: dict[str, dict[str, t.Any]] = {
    "name": {"type": "str"},
    "id": {"type": "str"},
    "state": {"type": "str", "choices": ["present", "absent", "validated"], "default": "present"},
}
#: What happens when somebody else writes at the same time (S0.5).
CONFLICT_OPTIONS: dict[str, dict[str, t.Any]] = {
    "on_conflict": {"type": "str", "choices": ["fail", "overwrite"], "default": "fail"},
}


class DeferredModel(pydantic.BaseModel):
    """The base of every model. It is built when it is used first: most processes need those of one kind."""

    model_config: t.ClassVar[t.Any] = {"defer_build": True}


class DesiredState(DeferredModel):
    """The base of every kind's model: identity, state, and the answer to conflicts."""

    name: str | None = None
    id: str | None = None
    state: str = "present"
    on_conflict: str = "fail"
    rollback_on_failure: bool = False  # offered by kinds whose updates can be undone (S2.8)

    @pydantic.field_validator("name", "id")
    @classmethod
    def _not_blank(cls, value: str | None) -> str | None:
        if value is not None and not value.strip():
            raise ValueError("must not be empty")
        return value

    def given(self, option: str) -> bool:
        """Whether the task names the option, be it as null."""
        return option in self.model_fields_set


def build_models() -> None:
    """Builds the models of all kinds that were imported: once, for all processes that are forked then."""
    waiting = [] if MISSING else [DeferredModel]
    while waiting:
        model = waiting.pop()
        model.model_rebuild()
        waiting += model.__subclasses__()
