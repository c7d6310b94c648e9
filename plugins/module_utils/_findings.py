# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a check finds in the user's input: problems stop the task, warnings do not.

Private to the collection. Checks never raise at the first slip: they add to a C(Findings), so that a
task reports everything at once.
"""

from __future__ import annotations

import dataclasses
import difflib
import typing as t

_BEFORE = 60  # characters shown before and after the slip: a message must not repeat a body of 10 kB
_AFTER = 40


class Problem(t.NamedTuple):
    """One violation: where it is (C(rest.variable_mappings[3].type)), what is wrong and how to cure it."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


@dataclasses.dataclass
class Findings:
    """Everything the checks of one task found, in the order in which they found it."""

    problems: list[Problem] = dataclasses.field(default_factory=list)
    warnings: list[Problem] = dataclasses.field(default_factory=list)
    _known: set[tuple[str, Problem]] = dataclasses.field(default_factory=set, repr=False, compare=False)

    def problem(self, path: str, message: str) -> None:
        self._add("problem", self.problems, Problem(path, message))

    def warn(self, path: str, message: str) -> None:
        self._add("warning", self.warnings, Problem(path, message))

    def take(self, path: str, other: Findings, whose: str | None = None) -> None:
        """Adds what was found in a part of the input: it stands at C(path) of it all, C(whose) names it."""
        for problem in other.problems:
            self.problem(_join(path, problem.path), _with_name(problem.message, whose))
        for warning in other.warnings:
            self.warn(_join(path, warning.path), _with_name(warning.message, whose))

    def _add(self, what: str, found: list[Problem], new: Problem) -> None:
        if (what, new) not in self._known:  # two checks may see the same slip: it is reported once
            self._known.add((what, new))
            found.append(new)


def _join(path: str, below: str) -> str:
    return f"{path}.{below}" if below else path


def _with_name(message: str, whose: str | None) -> str:
    """The first line tells whose it is: what follows points at a character."""
    if whose is None:
        return message
    first, end, rest = message.partition("\n")
    return f"{first} (of {whose!r}){end}{rest}"


def explain(reason: str, text: str, position: int) -> str:
    """C(reason) with the place of the slip, and below it the line and the caret."""
    return f"{reason} (at {place_of(text, position)})\n{point_at(text, position)}"


def point_at(text: str, position: int) -> str:
    """Two indented lines: the line of C(text) that holds the 0-based C(position), and a caret under it.

    A long line is cut to the neighbourhood of the slip; a character that does not print shows as a dot.
    """
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    end = len(text) if end < 0 else end
    left, right = max(start, position - _BEFORE), min(end, position + _AFTER)
    before = ("…" if left > start else "") + text[left:position]
    after = text[position:right] + ("…" if right < end else "")
    shown = "".join(char if char.isprintable() else "·" for char in before + after)
    return f"  {shown}\n  {' ' * len(before)}^"


def place_of(text: str, position: int) -> str:
    """C(character 7), or C(line 2, character 7) in a text of several lines; both count from 1."""
    column = position - (text.rfind("\n", 0, position) + 1) + 1
    if "\n" not in text:
        return f"character {column}"
    return f"line {text.count(chr(10), 0, position) + 1}, character {column}"


def did_you_mean(word: str, known: t.Iterable[str]) -> str:
    """C(; did you mean 'x'?), or the list of what is known where nothing comes near."""
    names = sorted(known)
    near = difflib.get_close_matches(word.lower(), [name.lower() for name in names], n=1)
    for name in names:
        if near and name.lower() == near[0]:
            return f"; did you mean {name!r}?"
    return f"; known are {', '.join(names)}"
