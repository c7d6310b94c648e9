# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Models of a journal's lines, by which the reader checks every key and every type.

Private to the collection. C(format.py) describes the lines. Unknown keys are errors, because a misspelt
C(masked) would turn a mask into a value.
"""

from __future__ import annotations

import datetime
import json
import typing as t

from .._api.reference import REFERENCE
from .._deps import pydantic
from .authentication import is_salt

Text = t.Annotated[str, pydantic.Field(min_length=1)]
Number = t.Annotated[int, pydantic.Field(ge=1)]
Digest = t.Annotated[str, pydantic.Field(pattern=r"^[0-9a-f]{64}$")]
Object = dict[str, t.Any]


class LineError(ValueError):
    """A line that is no line of a journal. The text names the key and the reason."""


class _Strict(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(strict=True, extra="forbid", frozen=True)


class Reference(_Strict):
    """The identification of an entry."""

    run: Text
    number: Number

    @property
    def key(self) -> tuple[str, int]:
        return self.run, self.number


class Digests(_Strict):
    """HMACs of the secrets of a line's objects, under the key with the fingerprint C(key)."""

    key: t.Annotated[str, pydantic.Field(pattern=r"^[0-9a-f]{16}$")]
    before: dict[str, Digest] = pydantic.Field(default_factory=dict)
    after: dict[str, Digest] = pydantic.Field(default_factory=dict)
    written: dict[str, Digest] = pydantic.Field(default_factory=dict)


class Line(_Strict):
    """Any line of a run. C(line) and C(mac) are there if the run has a password."""

    run: Text
    line: Number | None = None
    mac: Digest | None = None


class Header(Line):
    """The first line of a run."""

    journal: int
    time: str
    org_id: Text
    org_name: str | None
    host: str
    actor: str
    collection: str
    api_profile: str = REFERENCE.name  # earlier versions write no profile
    salt: str | None = None

    @pydantic.field_validator("time")
    @classmethod
    def _is_time(cls, value: str) -> str:
        if datetime.datetime.fromisoformat(value).tzinfo is None:
            raise ValueError("has no time zone")
        return value

    @pydantic.field_validator("salt")
    @classmethod
    def _is_salt(cls, value: str | None) -> str | None:
        if value is not None and not is_salt(value):
            raise ValueError("is no salt")
        return value


class Intent(Line):
    """A write before it is sent."""

    number: Number
    kind: str
    action: t.Literal["create", "update", "delete"]
    id: Text | None
    name: str | None
    etag: str | None
    before: Object | None
    after: Object | None
    masked: bool = False
    lacks: list[str] = pydantic.Field(default_factory=list)
    sealed: str | None = None
    hmac: Digests | None = None
    secret_headers: list[str] = pydantic.Field(default_factory=list)
    undoes: Reference | None = None

    @pydantic.model_validator(mode="after")
    def _fits_action(self) -> Intent:
        if (self.before is None) != (self.action == "create"):
            raise ValueError(f"before does not fit the action {self.action}")
        if (self.after is None) != (self.action == "delete"):
            raise ValueError(f"after does not fit the action {self.action}")
        if self.id != (None if self.before is None else self.before.get("id")):
            raise ValueError("id is not the id of the object in before")
        return self


class Outcome(Line):
    """The outcome of a write."""

    number: Number
    outcome: t.Literal["applied", "refused", "unknown"]
    id: Text | None
    etag: str | None = None
    written: Object | None
    masked: bool = False
    sealed: str | None = None
    hmac: Digests | None = None

    @pydantic.model_validator(mode="after")
    def _fits_object(self) -> Outcome:
        if self.written is not None and self.written.get("id", self.id) != self.id:
            raise ValueError("id is not the id of the object in written")
        return self


class RolledBack(Line):
    """The end of the rollback of an entry."""

    undone: Reference


def parse_object(text: bytes) -> Object:
    """Return a JSON object. Raises LineError, also for keys that occur twice and for numbers such as NaN."""
    try:
        value = json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse_constant)
    except RecursionError:
        raise LineError("it is nested too deeply") from None
    except ValueError as error:
        raise LineError(error.msg if isinstance(error, json.JSONDecodeError) else str(error)) from None
    if not isinstance(value, dict):
        raise LineError("it is no JSON object")
    return value


def parse_line(content: Object) -> Header | Intent | Outcome | RolledBack:
    """Return the line that a JSON object is. Raises LineError."""
    if "journal" in content:
        return _validated(Header, content)
    if "undone" in content:
        return _validated(RolledBack, content)
    return _validated(Outcome, content) if "outcome" in content else _validated(Intent, content)


_Model = t.TypeVar("_Model", bound=Line)


def _validated(model: type[_Model], content: Object) -> _Model:
    try:
        return model.model_validate(content)
    except pydantic.ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        path = ".".join(map(str, first["loc"]))
        message = first["msg"].removeprefix("Value error, ")
        raise LineError(f"{path}: {message}" if path else message) from None


def _unique(pairs: list[tuple[str, t.Any]]) -> Object:
    keys = dict(pairs)
    if len(keys) != len(pairs):
        raise LineError("a key occurs twice")
    return keys


def _refuse_constant(name: str) -> t.NoReturn:
    raise LineError(f"{name} is no number of JSON")
