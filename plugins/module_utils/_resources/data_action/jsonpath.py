# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks and evaluates a JSONPath offline as the platform would (Jayway JsonPath; features S1.3, S1.4).

Private to the collection. Where Jayway differs from RFC 9535, it is followed:

- a path without C($) is read with C($.) in front;
- a filter on an object tests the object, not its fields; a number equals a text with the same value;
- slices have no step, and C([0:-1]) is empty: behind a start, a negative end does not count from the end;
- C(['a','b']) at the end makes one object; C(size()) and C(length()) count elements or fields, of a scalar
  they give null, behind an indefinite path one count for each match, behind a deep scan their sum;
- an index that does not exist leaves an indefinite path empty, a missing name before it makes it missing.
"""

from __future__ import annotations

import collections.abc
import typing as t

from .jsonpath_filter import JsonPathError, NotEvaluable
from .jsonpath_parser import Step, parse

__all__ = ["Evaluation", "JsonPathError", "NotEvaluable", "check", "evaluate"]


class Evaluation(t.NamedTuple):
    """What a path gives. Of a definite path C(values) has one element, or none: then it is C(missing).

    An indefinite path (wildcard, slice, filter, deep scan, several indexes) gives an array, empty where
    nothing matches; it is C(missing) only where the part before its first indefinite step is.
    """

    values: list[t.Any]
    indefinite: bool
    missing: bool


def check(source: t.Any) -> tuple[str | None, str | None]:
    """C((error, warning)), each None where there is nothing to say (S1.3).

    An error ends with the path and a caret under the slip. What the platform would read in a way that one
    may not expect is a warning.
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
    """What the path gives in a JSON document (S1.4).

    Raises JsonPathError, and NotEvaluable for what only the platform evaluates.
    """
    path = parse(source)
    if path.unknown:
        raise NotEvaluable(f"{path.unknown} is evaluated only by the platform")
    last = len(path.steps) - 1 if path.function is None else -1
    singular = [_is_singular(step, number == last) for number, step in enumerate(path.steps)]
    indefinite = not all(singular)
    values = [document]
    definite = True  # so far
    for number, step in enumerate(path.steps):
        selected: list[t.Any] = []
        for value in _descendants(values) if step.deep else values:
            found = _select(step, value, document, number == last)
            if found is None and definite and not step.deep:
                return Evaluation([], indefinite, missing=True)
            selected.extend(found or ())
        values = selected
        definite = definite and singular[number]
    if path.function is not None:
        if path.steps and path.steps[0].deep:
            return Evaluation([sum(_count(value) or 0 for value in values)], indefinite=False, missing=False)
        values = [_count(value) for value in values]
    return Evaluation(values, indefinite, missing=not indefinite and not values)


def _is_singular(step: Step, last: bool) -> bool:
    """Whether the step gives one value at most; several names at the end of a path make one object."""
    return step.singular or (last and step.kind == "names" and not step.deep)


def _select(step: Step, value: t.Any, document: t.Any, last: bool) -> list[t.Any] | None:
    """What one step selects from one value; None where it cannot be applied to it."""
    is_object, is_array = isinstance(value, collections.abc.Mapping), isinstance(value, list)
    if step.kind == "names":
        if not is_object:
            return None
        found = {name: value[name] for name in step.argument if name in value}
        if last and len(step.argument) > 1:
            return [found]
        return list(found.values()) if found or len(step.argument) > 1 else None
    if step.kind == "wildcard":
        return list(value.values()) if is_object else list(value) if is_array else []
    if step.kind == "filter":
        if not is_object and not is_array:
            return None
        return step.argument.select(value if is_array else [value], document)
    if not is_array:
        return None
    positions = step.argument if step.kind == "indexes" else _slice(len(value), *step.argument)
    return [value[position] for position in positions if -len(value) <= position < len(value)]


def _slice(length: int, start: int | None, end: int | None) -> range:
    if start is None:
        end = t.cast(int, end)
        return range(min(length, end if end >= 0 else length + end))
    if end is None:
        return range(max(0, start if start >= 0 else length + start), length)
    return range(start, min(length, end))


def _descendants(values: list[t.Any]) -> t.Iterator[t.Any]:
    """Every object and array in the values, themselves included, parents before children."""
    waiting = values[::-1]
    while waiting:
        value = waiting.pop()
        if isinstance(value, (collections.abc.Mapping, list)):
            yield value
            children = value.values() if isinstance(value, collections.abc.Mapping) else value
            waiting.extend(reversed(list(children)))


def _count(value: t.Any) -> int | None:
    return len(value) if isinstance(value, (collections.abc.Mapping, list)) else None
