# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The syntax check of JSONPath: the dialect of Jayway (S1.3).

It has no code of the collection. A path is a C($), which may be missing, and steps. A name ends before a
blank, a dot, a bracket or a parenthesis, so it may have any other sign. A function is the last step. The
condition of a filter is parsed by python-jsonpath: in its strict mode, or with an operator that only Jayway
has (C(in), C(nin), C(contains), C(=~)) in its default mode.
"""

from __future__ import annotations

import functools
import re

import jsonpath

_STANDARD = jsonpath.JSONPathEnvironment(strict=True)
_LENIENT = jsonpath.JSONPathEnvironment()
_FUNCTIONS = (
    *("append", "avg", "concat", "distinct", "first", "index", "keys"),
    *("last", "length", "max", "min", "size", "stddev", "sum"),
)
_STRING = r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_INTEGER = r"-?[0-9]+"
_ARGUMENT = r'[^()"]|"(?:[^"\\]|\\.)*"'
_FUNCTION = re.compile(rf"\.(\w+)\((?:{_ARGUMENT}|\((?:{_ARGUMENT})*\))*\)\Z", re.DOTALL)
_FILTER_START = re.compile(r"\.{0,2}\[\s*\?\s*(?=\()")
_STEP = re.compile(
    rf"""\.\.?(?:\*|[^ .\[\]()*][^ .\[\]()]*)
       | \.{{0,2}}\[\s*(?:\*
           | {_STRING}(?:\s*,\s*{_STRING})*
           | {_INTEGER}(?:\s*,\s*{_INTEGER})*
           | {_INTEGER}:(?:{_INTEGER})? | :{_INTEGER}
           | (?:{_INTEGER})?:(?:{_INTEGER})?:(?:{_INTEGER})?)\s*\]""",
    re.VERBOSE | re.DOTALL,
)
_QUOTED = re.compile(_STRING, re.DOTALL)
_OPERATOR = re.compile(r"=~|\s(?:in|nin|contains)\s")
_CALL_IN_FILTER = re.compile(rf"\.(?:{'|'.join(_FUNCTIONS)})\([^()]*\)")
_DOT_BEFORE_BRACKET = re.compile(rf"(?P<quoted>{_STRING})|(?<!\.)\.(?=\[)", re.DOTALL)
# A name that the lenient grammar accepts and Jayway refuses.
_BARE_NAME = re.compile(r"\[\s*[A-Za-z_]")


@functools.lru_cache(maxsize=4096)
def syntax_error(source: str) -> str | None:
    """Return the syntax error of a path in one line, or None if the server accepts the path."""
    path = source.strip(" ")
    if not path:
        return "is empty."
    if not path.startswith("$"):
        path = f"$.{path}"
    end = len(path)
    function = _FUNCTION.search(path)
    if function is not None and function[1] in _FUNCTIONS:
        end = function.start()
    position = 1
    while position < end:
        condition = _FILTER_START.match(path, position, end)
        if condition is not None:
            closing = _closing_parenthesis(path, condition.end(), end)
            problem = _filter_error(path[condition.end() : closing])
            if problem is not None:
                return f"is not a JSONPath: {problem}."
            position = _skip_bracket(path, closing)
            if position < 0:
                return f"is not a JSONPath: a filter at position {condition.start()} is not closed."
            continue
        step = _STEP.match(path, position, end)
        if step is None:
            return f"is not a JSONPath: unexpected {path[position]!r} at position {position}."
        position = step.end()
    return None


def _closing_parenthesis(path: str, start: int, end: int) -> int:
    """Return the offset after the parenthesis that closes the one at C(start), C(end) if there is none."""
    blank = _QUOTED.sub(lambda found: "_" * len(found[0]), path[start:end])
    depth = 0
    for offset, char in enumerate(blank):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return start + offset + 1
    return end


def _skip_bracket(path: str, position: int) -> int:
    """Return the offset after the bracket that closes a filter, -1 if something else follows."""
    while path[position : position + 1] == " ":
        position += 1
    return position + 1 if path[position : position + 1] == "]" else -1


def _filter_error(condition: str) -> str | None:
    condition = _DOT_BEFORE_BRACKET.sub(lambda found: found["quoted"] or "", condition)
    bare = _QUOTED.sub("''", condition)
    lenient = _OPERATOR.search(bare) is not None and not _BARE_NAME.search(bare)
    condition = _CALL_IN_FILTER.sub("", condition).replace("===", "==").replace("!==", "!=")
    try:
        if lenient:
            _LENIENT.compile(f"$[?{condition.replace(' nin ', ' in ')}]")
        else:
            _STANDARD.compile(f"$[?{condition}]")
    except (jsonpath.JSONPathError, RecursionError) as error:
        return (str(error.args[0]) if error.args else type(error).__name__).splitlines()[0]
    return None
