# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pydantic models for the data of the control API and of seed files."""

from __future__ import annotations

import typing as t

import pydantic

Positive = t.Annotated[float, pydantic.Field(gt=0)]
Seconds = t.Annotated[float, pydantic.Field(ge=0)]
Count = t.Annotated[int, pydantic.Field(ge=0)]
Key = t.Annotated[str, pydantic.Field(min_length=1)]
Wire = dict[str, t.Any]


class SetupError(ValueError):
    """Invalid data; the message names every invalid field."""


class StrictModel(pydantic.BaseModel):
    """A model with strict types in which an unknown key is an error."""

    model_config = pydantic.ConfigDict(extra="forbid", strict=True)

    @classmethod
    def read(cls, given: t.Any, context: t.Any = None) -> t.Self:
        """Validate data; C(context) is for the validators. Raise SetupError with every fault."""
        try:
            return cls.model_validate(given, context=context)
        except pydantic.ValidationError as error:
            places = [
                f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"
                for fault in error.errors(include_url=False)
            ]
            raise SetupError(f"{cls.__name__}: {'; '.join(places)}") from error


class RateLimitSetup(StrictModel):
    """A number of requests in a window [s]."""

    allowed: Count
    window: Positive
