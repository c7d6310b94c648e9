# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Findings of the checks of the user's input: problems, which fail the task, and warnings.

Private to the collection. A check adds to a C(Findings) instead of raising, so that a task reports all its
problems at once.
"""

from __future__ import annotations

import dataclasses
import difflib
import typing as t

from ._printable import printable

# Characters shown before and after an error: a message must not repeat a body of 10 kB.
_BEFORE = 60
_AFTER = 40
#: Characters of a wrong text that a message repeats at most.
_LONGEST_SHOWN = 60


class Problem(t.NamedTuple):
    """One finding: C(path) as in C(rest.variable_mappings[3].type), C(message) with reason and remedy."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


@dataclasses.dataclass
class Findings:
    """All findings of one task, in the order of the checks."""

    problems: list[Problem] = dataclasses.field(default_factory=list)
    warnings: list[Problem] = dataclasses.field(default_factory=list)
    _known: set[tuple[str, Problem]] = dataclasses.field(default_factory=set, repr=False, compare=False)

    def problem(self, path: str, message: str) -> None:
        self._add("problem", self.problems, Problem(path, message))

    def warn(self, path: str, message: str) -> None:
        self._add("warning", self.warnings, Problem(path, message))

    def take(self, path: str, other: Findings, name: str | None = None) -> None:
        """Add the findings of a part of the input, which is at C(path) of the whole and named C(name)."""
        for problem in other.problems:
            self.problem(_join(path, problem.path), _with_name(problem.message, name))
        for warning in other.warnings:
            self.warn(_join(path, warning.path), _with_name(warning.message, name))

    def _add(self, severity: str, reported: list[Problem], new: Problem) -> None:
        if (severity, new) not in self._known:  # two checks may find the same error
            self._known.add((severity, new))
            reported.append(new)


def _join(path: str, below: str) -> str:
    return f"{path}.{below}" if below else path


def _with_name(message: str, name: str | None) -> str:
    """Return the message with the name in its first line; later lines point at a character."""
    if name is None:
        return message
    first, end, rest = message.partition("\n")
    return f"{first} (of {name!r}){end}{rest}"


def explain(reason: str, text: str, position: int) -> str:
    """Return C(reason) with the position, and below it the line of C(text) with a caret."""
    return f"{reason} (at {describe_position(text, position)})\n{point_at(text, position)}"


def point_at(text: str, position: int) -> str:
    """Return two indented lines: the line of C(text) at the 0-based C(position), and a caret under it.

    Long lines are cut around the position. Unprintable characters become dots.
    """
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    end = len(text) if end < 0 else end
    left, right = max(start, position - _BEFORE), min(end, position + _AFTER)
    before = ("…" if left > start else "") + text[left:position]
    after = text[position:right] + ("…" if right < end else "")
    shown = "".join(char if char.isprintable() else "·" for char in before + after)
    return f"  {shown}\n  {' ' * len(before)}^"


def describe_position(text: str, position: int) -> str:
    """Return the place of a problem in a text: C(character 7) or C(line 2, character 7), counted from 1."""
    column = position - (text.rfind("\n", 0, position) + 1) + 1
    if "\n" not in text:
        return f"character {column}"
    return f"line {text.count(chr(10), 0, position) + 1}, character {column}"


def describe_value(value: object) -> str:
    """Return the words for a wrong value in a message. A text is cut, a structure is not repeated."""
    if isinstance(value, str):
        return f"the text {value!r}" if len(value) <= _LONGEST_SHOWN else f"a text of {len(value)} characters"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (dict, list)):
        return "a dictionary" if isinstance(value, dict) else "a list"
    return str(value)


def counted(number: int, noun: str = "object") -> str:
    """Return a number with its noun, which has an s in the plural, such as C(2 objects)."""
    return f"{number} {noun}{'s' * (number != 1)}"


def did_you_mean(word: str, known: t.Iterable[str]) -> str:
    """Return C(; did you mean 'x'?), or the list of known names if none is similar."""
    names = sorted(known)
    near = difflib.get_close_matches(word.lower(), [name.lower() for name in names], n=1)
    for name in names:
        if near and name.lower() == near[0]:
            return f"; did you mean {name!r}?"
    return f"; known are {', '.join(map(printable, names))}"
