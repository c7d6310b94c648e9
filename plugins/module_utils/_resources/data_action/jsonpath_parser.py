# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Parser of a JSONPath in the platform's dialect, Jayway JsonPath (feature S1.3).

Private to the collection. The grammar:

    path     := "$" segment* | name segment* | bracket segment*
    segment  := ("." | "..") (name | "*" | bracket) | bracket | "." function "(" ... ")" at the end
    bracket  := "[" (quoted name, ... | index, ... | start:end | "*" | "?(" filter ")") "]"

A path without C($) gets C($.) in front, so C(.total) is C($..total), a deep scan.
"""

from __future__ import annotations

import dataclasses
import functools
import re
import typing as t

from .jsonpath_filter import COUNTING, OTHER_FUNCTIONS, JsonPathError, read_filter

# Jayway accepts any other character too, but these are more often slips than names.
_NAME = re.compile(r"[^\s.\[\](){}'\"`,*?\\]+")
_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"", re.DOTALL)
_SLICE = re.compile(r"(-?[0-9]{1,9})?:(-?[0-9]{1,9})?(?::(-?[0-9]{1,9})?)?")
_INDEXES = re.compile(r"-?[0-9]{1,9}(?:\s*,\s*-?[0-9]{1,9})*")
_SPACE = re.compile(r"\s*")
_END = re.compile(r"\s*\]")
_CALL = re.compile(r"\(\s*\)")
_STRING = r'"(?:[^"\\]|\\.)*"'
_CALL_WITH_ARGUMENTS = re.compile(rf"""\((?:[^()"]|{_STRING}|\((?:[^()"]|{_STRING})*\))*\)""", re.DOTALL)


class Step(t.NamedTuple):
    """One selection: C(kind) is names, indexes, slice, wildcard or filter; C(deep) is true after two dots."""

    kind: str
    argument: t.Any
    deep: bool

    @property
    def singular(self) -> bool:
        """Return whether the step selects one value at most."""
        return self.kind in ("names", "indexes") and len(self.argument) == 1 and not self.deep


@dataclasses.dataclass(frozen=True)
class Path:
    """A parsed path; C(unknown) names a function or operator that only the platform evaluates."""

    steps: tuple[Step, ...]
    function: str | None
    warnings: tuple[str, ...]
    unknown: str | None


@functools.lru_cache(maxsize=8192)
def parse(source: str) -> Path:
    """Parse a path. Raise JsonPathError, whose message ends with a caret under the error."""
    return _Parser(source).path()


class _Parser:
    """Parser of one text in one pass; C(_at) is the offset of the next character."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._end = len(text.rstrip())
        self._steps: list[Step] = []
        self._function: str | None = None
        self._warnings: list[str] = []
        self._unknown: str | None = None

    def path(self) -> Path:
        self._skip_space()
        if self._at >= self._end:
            raise JsonPathError("the path is empty", self._text, 0)
        if self._char() == "$":
            self._at += 1
        else:
            self._warn_of_missing_root()
            self._segment(after_dot=True)
        while self._at < self._end:
            self._segment(after_dot=False)
        if self._text[self._end :].strip(" "):
            raise self._error("the platform finds nothing with a line break or tab at the end; remove it")
        if self._function in COUNTING and any(not step.singular for step in self._steps):
            counted = (
                "all fields and elements of the matches"
                if self._steps[0].deep
                else "the fields of each match"
            )
            self._warnings.append(f"{self._function}() counts {counted}, not the matches")
        return Path(tuple(self._steps), self._function, tuple(self._warnings), self._unknown)

    def _segment(self, *, after_dot: bool) -> None:
        deep = False
        start = self._at
        if self._char() == ".":
            self._at += 1
            deep = after_dot or self._char() == "."
            if self._char() == "." and not after_dot:
                self._at += 1
            after_dot = True
        char = self._char()
        if char == "[":
            self._bracket(deep)
        elif not after_dot:
            raise self._misplaced('expected "." or "["')
        elif char == "*":
            self._at += 1
            self._steps.append(Step("wildcard", None, deep))
        else:
            self._name_or_function(deep, start)

    def _name_or_function(self, deep: bool, start: int) -> None:
        match = _NAME.match(self._text, self._at, self._end)
        if match is None or (match.group() == "@" and start == self._at):
            if self._at >= self._end:
                raise self._error("the path ends with a dot", start)
            raise self._misplaced('expected a name, "*" or "["')
        name = match.group()
        if self._text.startswith("(", match.end()):
            self._call(name, deep, match.end())
            return
        if name in ("$", "@"):
            self._warnings.append(f"the platform reads {name} after a dot as the name of a field")
        self._at = match.end()
        self._steps.append(Step("names", (name,), deep))

    def _call(self, name: str, deep: bool, opening: int) -> None:
        if name not in COUNTING + OTHER_FUNCTIONS:
            known = ", ".join(f"{known}()" for known in COUNTING)
            raise self._error(f"{name}() is not a function of the platform's JSONPath; known are {known}")
        counts = name in COUNTING
        match = (_CALL if counts else _CALL_WITH_ARGUMENTS).match(self._text, opening, self._end)
        if match is None:
            reason = (
                "takes no arguments in its parentheses" if counts else "has parentheses that are not closed"
            )
            raise self._error(f"{name}() {reason}", opening)
        if deep:
            raise self._error(f"{name}() must follow exactly one dot")
        self._at = match.end()
        if self._at < self._end:
            raise self._error(f"{name}() must be at the end of the path")
        self._function = name
        if name not in COUNTING:
            self._unknown = f"the function {name}()"

    def _bracket(self, deep: bool) -> None:
        opening = self._at
        self._at += 1
        self._skip_space()
        char = self._char()
        if char in ("'", '"'):
            step = Step("names", self._quoted_names(opening), deep)
        elif char == "*":
            self._at += 1
            step = Step("wildcard", None, deep)
        elif char == "?":
            step = Step("filter", self._filter(), deep)
        elif char == "-" or char == ":" or char.isdigit():
            step = self._positions(deep)
        elif char == "":
            raise self._error("this bracket is not closed", opening)
        else:
            raise self._no_selection(opening)
        match = _END.match(self._text, self._at, self._end)
        if match is None:
            self._skip_space()
            if self._at >= self._end:
                raise self._error("this bracket is not closed", opening)
            raise self._error(f'expected "]", found {self._char()!r}')
        self._at = match.end()
        self._steps.append(step)

    def _quoted_names(self, opening: int) -> tuple[str, ...]:
        names: list[str] = []
        while True:
            match = _QUOTED.match(self._text, self._at, self._end)
            if match is None:
                if self._char() in ("'", '"'):
                    raise self._error("this quoted name is not closed")
                if self._at >= self._end:
                    raise self._error("this bracket is not closed", opening)
                raise self._error("expected a quoted name after the comma")
            names.append(
                re.sub(r"\\(.)", r"\1", match[1] if match[1] is not None else match[2], flags=re.DOTALL)
            )
            self._at = match.end()
            self._skip_space()
            if self._char() != ",":
                return tuple(names)
            self._at += 1
            self._skip_space()

    def _positions(self, deep: bool) -> Step:
        match = _SLICE.match(self._text, self._at, self._end)
        if match is not None:
            start, end, step = (None if part is None else int(part) for part in match.groups())
            if start is None and end is None:
                raise self._error("a slice has a start, an end or both, as in [0:5]")
            if start is not None and start >= 0 and end is not None and end < 0:
                self._warnings.append(f"the platform selects nothing with [{match.group()}]")
            if step is not None:
                self._warnings.append("the platform ignores the step of a slice")
            self._at = match.end()
            return Step("slice", (start, end), deep)
        match = _INDEXES.match(self._text, self._at, self._end)
        if match is None:
            raise self._error("expected an index such as 0 or -1, or a slice such as 0:5")
        self._at = match.end()
        return Step("indexes", tuple(int(index) for index in match.group().split(",")), deep)

    def _filter(self) -> t.Any:
        self._at += 1
        self._skip_space()
        if self._char() != "(":
            raise self._error("a filter needs parentheses: [?(...)]")
        compiled, self._at = read_filter(self._text, self._at)
        self._skip_space()
        if self._char() in ("&", "|"):
            raise self._error("one pair of parentheses must enclose the whole filter: [?(... && ...)]")
        self._unknown = compiled.unknown or self._unknown
        return compiled

    def _no_selection(self, opening: int) -> JsonPathError:
        name = _NAME.match(self._text, self._at, self._end)
        if self._char() == "]":
            return self._error("nothing is selected by these brackets", opening)
        if self._char() == "(":
            return self._error("scripts are not supported; the last element is [-1]")
        if name is not None and name.group() != "@":
            return self._error(f"a name in brackets needs quotes: ['{name.group()}']")
        return self._error("expected a quoted name, an index, a slice, * or ?( in brackets")

    def _warn_of_missing_root(self) -> None:
        rest = self._text[self._at : self._end]
        if rest.startswith("."):
            read_as = f"the platform reads $.{rest}, a deep scan whose result is an array"
            self._warnings.append(f"the path has no $: {read_as}; for one value write ${rest}")
        else:
            self._warnings.append(f"the path has no $: write ${'' if rest.startswith('[') else '.'}{rest}")

    def _misplaced(self, expected: str) -> JsonPathError:
        char = self._char()
        if char in ("]", ")"):
            return self._error(f"this {char!r} closes no bracket that is open here")
        if char.isspace():
            return self._error("a name with blanks needs brackets and quotes: ['my name']")
        if char in ("'", '"'):
            return self._error("a quoted name needs brackets: ['name']")
        if char == "(":
            return self._error("expected the name of a function before this parenthesis")
        if char == ".":
            return self._error("there is one dot too many")
        return self._error(f"{expected}, found {char!r}")

    def _error(self, reason: str, position: int | None = None) -> JsonPathError:
        return JsonPathError(reason, self._text, self._at if position is None else position)

    def _char(self) -> str:
        return self._text[self._at] if self._at < self._end else ""

    def _skip_space(self) -> None:
        self._at = t.cast("re.Match[str]", _SPACE.match(self._text, self._at)).end()
