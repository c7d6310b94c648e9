# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Offline checks and evaluation of a JSONPath in the platform's dialect, Jayway (features S1.3, S1.4).

Private to the collection. Jayway differs from RFC 9535:

- A path without C($) gets C($.) in front.
- A filter on an object tests the object, not its fields. A number equals a text with the same value.
- A filter after two dots tests every object once. An array is tested too, and selects its elements.
- Slices have no step. C([0:-1]) is empty: after a start, a negative end does not count from the end.
- C(['a','b']) at the end of a path selects one object.
- C(size()) and C(length()) count elements or fields. The count of a scalar is null. After an indefinite path
  there is one count for each match, after a deep scan their sum.
- In an indefinite path, an index that does not exist selects nothing. A missing name before the first
  indefinite step makes the path missing.
"""

from __future__ import annotations

import collections.abc
import typing as t

from .jsonpath_filter import JsonPathError, NotEvaluable
from .jsonpath_parser import Path, Step, parse

__all__ = ["Evaluation", "JsonPathError", "NotEvaluable", "check", "evaluate", "is_indefinite"]


class Evaluation(t.NamedTuple):
    """Result of a path. C(values) of a definite path has one element, or none if the path is C(missing).

    The result of an indefinite path (wildcard, slice, filter, deep scan, several indexes) is an array, empty
    without a match. It is C(missing) only if the part before its first indefinite step is missing.
    """

    values: list[t.Any]
    indefinite: bool
    missing: bool


def check(source: t.Any) -> tuple[str | None, str | None]:
    """Return C((error, warning)) for a JSONPath, None for each that does not apply (S1.3).

    An error ends with the path and a caret. A warning names parts that the platform reads unexpectedly, or
    that are not checked offline.
    """
    if not isinstance(source, str):
        return "a JSONPath is text", None
    try:
        path = parse(source)
    except JsonPathError as error:
        return str(error), None
    warnings = list(path.warnings)
    if path.unknown:
        warnings.append(f"{path.unknown} is not checked offline")
    return None, "; ".join(warnings) or None


def evaluate(source: str, document: t.Any) -> Evaluation:
    """Evaluate a path in a JSON document (S1.4).

    Raise JsonPathError, and NotEvaluable for functions and operators that only the platform evaluates.
    """
    path = parse(source)
    if path.unknown:
        raise NotEvaluable(f"{path.unknown} is evaluated only by the platform")
    last = len(path.steps) - 1 if path.function is None else -1
    singular = _singular_steps(path)
    indefinite = not all(singular)
    values = [document]
    definite = True  # whether all steps before the current one are
    for number, step in enumerate(path.steps):
        selected: list[t.Any] = []
        for value in _descendants(values) if step.deep else values:
            matches = _select(step, value, document, number == last)
            if matches is None and definite and not step.deep:
                return Evaluation([], indefinite, missing=True)
            selected.extend(matches or ())
        values = selected
        definite = definite and singular[number]
    if path.function is not None:
        if path.steps and path.steps[0].deep:
            return Evaluation([sum(_count(value) or 0 for value in values)], indefinite=False, missing=False)
        values = [_count(value) for value in values]
    return Evaluation(values, indefinite, missing=not indefinite and not values)


def is_indefinite(source: str) -> bool:
    """Return whether the result of a path is an array of matches. Raise JsonPathError."""
    path = parse(source)
    summed = path.function is not None and path.steps and path.steps[0].deep
    return not summed and not all(_singular_steps(path))


def _singular_steps(path: Path) -> list[bool]:
    """Return for each step whether it selects one value. Several names at the end select one object."""
    last = len(path.steps) - 1 if path.function is None else -1
    return [
        step.singular or (number == last and step.kind == "names" and not step.deep)
        for number, step in enumerate(path.steps)
    ]


def _select(step: Step, value: t.Any, document: t.Any, last: bool) -> list[t.Any] | None:
    """Return the values that a step selects from one value; None if it does not apply to the value."""
    is_object, is_array = isinstance(value, collections.abc.Mapping), isinstance(value, list)
    if step.kind == "names":
        if not is_object:
            return None
        fields = {name: value[name] for name in step.argument if name in value}
        if last and len(step.argument) > 1:
            return [fields]
        return list(fields.values()) if fields or len(step.argument) > 1 else None
    if step.kind == "wildcard":
        return list(value.values()) if is_object else list(value) if is_array else []
    if step.kind == "filter":
        if not is_object and not is_array:
            return None
        if is_array and step.deep:
            return _scanned_elements(step, value, document, last)
        return step.argument.select(value if is_array else [value], document)
    if not is_array:
        return None
    positions = step.argument if step.kind == "indexes" else _slice(len(value), *step.argument)
    return [value[position] for position in positions if -len(value) <= position < len(value)]


def _scanned_elements(step: Step, array: list[t.Any], document: t.Any, last: bool) -> list[t.Any]:
    """Return the elements that a filter after two dots selects from an array.

    A deep scan tests every object and array itself, so an object of an array is not tested a second time.
    """
    if not step.argument.select([array], document):
        return []
    return list(step.argument.select(array, document)) if last else array


def _slice(length: int, start: int | None, end: int | None) -> range:
    if start is None:
        end = t.cast(int, end)
        return range(min(length, end if end >= 0 else length + end))
    if end is None:
        return range(max(0, start if start >= 0 else length + start), length)
    return range(start, min(length, end))


def _descendants(values: list[t.Any]) -> t.Iterator[t.Any]:
    """Yield the objects and arrays among the values and inside them, parents before children."""
    pending = values[::-1]
    while pending:
        value = pending.pop()
        if isinstance(value, (collections.abc.Mapping, list)):
            yield value
            children = value.values() if isinstance(value, collections.abc.Mapping) else value
            pending.extend(reversed(list(children)))


def _count(value: t.Any) -> int | None:
    return len(value) if isinstance(value, (collections.abc.Mapping, list)) else None
