# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shapes of request bodies, which find the problems (400) of a body.

A field outside the shape is a problem unless the stored object has it at the same place: C(info.description)
of C(openapi.yaml). The argument C(stored) has the values of the stored object at that place. For a list entry
these are all entries of the stored list, because entries have no identity.
"""

from __future__ import annotations

import dataclasses
import math
import re
import typing as t

from ..errors import Detail

StoredValues = t.Sequence[t.Any]

JSON_TYPES = {
    dict: "an object",
    list: "a list",
    str: "a string",
    bool: "a boolean",
    int: "a number",
    float: "a number",
    type(None): "null",
}


class Shape(t.Protocol):
    def check(self, value: t.Any, path: str, stored: StoredValues, problems: list[Detail]) -> None:
        """Add the problems of a value to C(problems)."""


@dataclasses.dataclass(frozen=True)
class Text:
    """A string: one of C(choices) if given, "" only if C(empty), and as a whole a match of C(pattern)."""

    choices: tuple[str, ...] = ()
    empty: bool = False
    pattern: str = ""

    def check(self, value: t.Any, path: str, stored: StoredValues, problems: list[Detail]) -> None:
        if not isinstance(value, str):
            problems.append(wrong_type(path, "a string", value))
        elif self.choices and value not in self.choices:
            problems.append(Detail(path, "value.invalid", f"must be one of {', '.join(self.choices)}."))
        elif not value and not self.empty:
            problems.append(Detail(path, "value.empty", "must not be empty."))
        elif self.pattern and not re.fullmatch(self.pattern, value):
            problems.append(Detail(path, "value.invalid", f"must match {self.pattern}."))


@dataclasses.dataclass(frozen=True)
class Boolean:
    def check(self, value: t.Any, path: str, stored: StoredValues, problems: list[Detail]) -> None:
        if not isinstance(value, bool):
            problems.append(wrong_type(path, "a boolean", value))


@dataclasses.dataclass(frozen=True)
class Integer:
    """An integer from C(lowest) to C(highest)."""

    lowest: int = 0
    highest: float = math.inf

    def check(self, value: t.Any, path: str, stored: StoredValues, problems: list[Detail]) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            problems.append(wrong_type(path, "an integer", value))
        elif not self.lowest <= value <= self.highest:
            bounds = (
                f"{self.lowest} or more" if self.highest == math.inf else f"{self.lowest} to {self.highest}"
            )
            problems.append(Detail(path, "value.invalid", f"must be {bounds}."))


@dataclasses.dataclass(frozen=True)
class Scalar:
    """A string, number or boolean."""

    def check(self, value: t.Any, path: str, stored: StoredValues, problems: list[Detail]) -> None:
        if not isinstance(value, (str, int, float)):
            problems.append(wrong_type(path, "a string, number or boolean", value))


@dataclasses.dataclass(frozen=True)
class AnyJson:
    """Any JSON value."""

    def check(self, value: t.Any, path: str, stored: StoredValues, problems: list[Detail]) -> None:
        """Accept the value."""


@dataclasses.dataclass(frozen=True)
class ListOf:
    """A list whose entries have one shape."""

    of: Shape

    def check(self, value: t.Any, path: str, stored: StoredValues, problems: list[Detail]) -> None:
        if not isinstance(value, list):
            problems.append(wrong_type(path, "a list", value))
            return
        before = [entry for values in stored if isinstance(values, list) for entry in values]
        for index, entry in enumerate(value):
            self.of.check(entry, f"{path}[{index}]", before, problems)


@dataclasses.dataclass(frozen=True)
class OneOrList:
    """A value with one shape, or a list with another."""

    entry: Shape
    entries: ListOf

    def check(self, value: t.Any, path: str, stored: StoredValues, problems: list[Detail]) -> None:
        shape = self.entries if isinstance(value, list) else self.entry
        shape.check(value, path, stored, problems)


@dataclasses.dataclass(frozen=True)
class MapOf:
    """An object with any keys, whose values have one shape."""

    of: Shape

    def check(self, value: t.Any, path: str, stored: StoredValues, problems: list[Detail]) -> None:
        if not isinstance(value, dict):
            problems.append(wrong_type(path, "an object", value))
            return
        for key, entry in value.items():
            self.of.check(entry, f"{path}.{key}", values_at(stored, key), problems)


@dataclasses.dataclass(frozen=True)
class Object:
    """An object with known keys. Keys in C(ignored) may have any value."""

    required: t.Mapping[str, Shape]
    optional: t.Mapping[str, Shape] = dataclasses.field(default_factory=dict)
    ignored: frozenset[str] = frozenset()

    def check(self, value: t.Any, path: str, stored: StoredValues, problems: list[Detail]) -> None:
        if not isinstance(value, dict):
            problems.append(wrong_type(path, "an object", value))
            return
        missing = [join_path(path, key) for key in self.required if key not in value]
        problems.extend(Detail(place, "required", "is required.") for place in missing)
        for key, entry in value.items():
            shape = self.required.get(key) or self.optional.get(key)
            if shape is not None:
                shape.check(entry, join_path(path, key), values_at(stored, key), problems)
            elif key not in self.ignored and not values_at(stored, key):
                problems.append(
                    Detail(join_path(path, key), "field.unknown", "is not a field of this object.")
                )


@dataclasses.dataclass(frozen=True)
class Deferred:
    """A shape that is defined later, for recursive shapes."""

    shape: t.Callable[[], Shape]

    def check(self, value: t.Any, path: str, stored: StoredValues, problems: list[Detail]) -> None:
        self.shape().check(value, path, stored, problems)


def values_at(stored: StoredValues, key: str) -> list[t.Any]:
    return [value[key] for value in stored if isinstance(value, dict) and key in value]


def join_path(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def wrong_type(path: str, wanted: str, value: t.Any) -> Detail:
    """Return a problem that names the type, but not the value, which may be a secret."""
    return Detail(path, "type.invalid", f"must be {wanted}, not {JSON_TYPES[type(value)]}.")
