# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filters of a JSONPath, C([?(@.purpose == 'agent')]), in the dialect of Jayway JsonPath (feature S1.3).

Private to the collection. A filter is rewritten in the dialect of python-jsonpath, which then checks and
evaluates it. (A plain filter needs no check.) Errors are mapped back to the user's text. Only Jayway has
member names with signs in them, C(.['key']), C(@.list.size()), operators such as C(nin) and C(===), and
Java's regular expressions.
"""

from __future__ import annotations

import bisect
import decimal
import functools
import itertools
import json
import re
import typing as t

from ..._deps import jsonpath
from ..._findings import explain
from ..._model.json_objects import may_be_number

#: A name after a dot in a filter; names with other characters need quotes and brackets.
_NAME = r"[^\s.\[\](){}'\"`,*?=<>&|!\\^;~]+"
#: Functions of Jayway that are evaluated offline, and functions that only the platform evaluates.
COUNTING = ("size", "length")
OTHER_FUNCTIONS = (
    "append",
    "avg",
    "concat",
    "distinct",
    "first",
    "index",
    "keys",
    "last",
    "max",
    "min",
    "stddev",
    "sum",
)


@functools.cache
def _token() -> re.Pattern[str]:
    """Compile the pattern of a token at its first use, because it would slow down the import."""
    return re.compile(
        rf"""(?P<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
           | =~\s*/(?P<pattern>(?:[^/\\]|\\.)*)/(?P<flags>[A-Za-z]*)
           | \.(?P<call>[A-Za-z]\w*)\(\s*(?P<arguments>[^()]*)\)
           | (?P<dots>\.\.?)(?:(?P<star>\*)|(?P<member>{_NAME})|(?=\[))
           | (?P<number>-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)
           | (?P<word>[^\W\d]\w*)
           | (?P<operator>===|!==|==|!=|<=|>=|&&|\|\||<(?!>)|>|!)
           | (?P<root>[@$])
           | (?P<open>[(\[])
           | (?P<close>[)\]])
           | (?P<other>[,:?*]|\s+)""",
        re.VERBOSE | re.DOTALL,
    )


_LITERALS = ("true", "false", "null")
_WORDS = {"in": "in", "contains": "contains"}
# Operators that only Jayway has, each with an operator of python-jsonpath for the same operands.
_PLATFORM_WORDS = {
    "nin": "in",
    "all": "in",
    "anyof": "in",
    "noneof": "in",
    "subsetof": "in",
    "size": "==",
    "empty": "==",
}
_HINTS = {
    "and": "write &&",
    "or": "write ||",
    "not": "write !",
    "=": "compare with ==",
    "&": "write &&",
    "|": "write ||",
}
_BLANK = r"[ \n\r\t]*"
_PLACE = r"""[@$](?:\[(?:"[^"\\]*"|0|[1-9][0-9]{0,8})\])*"""
_VALUE = r"""(?:"[^"\\]*"|-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?|true|false|null)"""
_TEST = rf"{_PLACE}{_BLANK}(?:(?:==|!=|<=|>=|<|>){_BLANK}(?:{_PLACE}|{_VALUE}){_BLANK})?"
#: Rewritten filters that are valid and plain, as most are; they are checked without python-jsonpath.
_PLAIN = re.compile(rf"\({_BLANK}{_TEST}(?:(?:&&|\|\|){_BLANK}{_TEST})*\)")
_MAX_NESTING = 50
_CLOSING = {"(": ")", "[": "]"}


class JsonPathError(ValueError):
    """A path that cannot be parsed; the message ends with the path and a caret at C(position)."""

    def __init__(self, reason: str, text: str, position: int) -> None:
        self.position = position
        super().__init__(explain(reason, text, position))


class NotEvaluable(Exception):
    """A valid path that only the platform can evaluate; the message gives the reason."""


Pieces = tuple[tuple[str, int], ...]


class Filter(t.NamedTuple):
    """A filter as C(pieces) for python-jsonpath; C(unknown) names a part that only the platform evaluates."""

    text: str
    pieces: Pieces
    unknown: str | None

    def select(self, items: list[t.Any], document: t.Any) -> list[t.Any]:
        """Return the C(items) that the filter accepts; C(document) is its C($). Raise NotEvaluable."""
        node = jsonpath.JSONPathMatch(
            filter_context={}, obj=items, parent=None, path="$", parts=(), root=document
        )
        compiled = _compile(self.text, self.pieces)
        try:
            return [match.obj for match in compiled.segments[0].resolve([node])]
        except (jsonpath.JSONPathError, RecursionError) as error:
            raise NotEvaluable(f"its filter cannot be evaluated: {_reason(error)}") from None


def read_filter(text: str, start: int) -> tuple[Filter, int]:
    """Return the filter with its opening parenthesis at C(start), and the offset after the closing one.

    Raise JsonPathError.
    """
    pieces: list[tuple[str, int]] = []  # text for python-jsonpath, and its origin in the user's text
    roots: dict[int, int] = {}  # nesting -> index of the piece where the current path began
    opened: list[tuple[str, int]] = []
    unknown: str | None = None
    position = start
    while not pieces or opened:
        match = _token().match(text, position)
        if match is None:
            raise _unreadable(text, position, opened)
        kind, token = t.cast(str, match.lastgroup), match.group()
        if kind == "open":
            opened.append((token, position))
            if len(opened) > _MAX_NESTING:
                raise JsonPathError("the filter is nested too deeply", text, position)
        elif kind == "close":
            if _CLOSING[opened.pop()[0]] != token:
                raise JsonPathError(f"this {token!r} closes no bracket that is open here", text, position)
        elif kind == "root":
            roots[len(opened)] = len(pieces)
        elif kind == "arguments":
            unknown = _read_call(text, position, match, pieces, roots.get(len(opened))) or unknown
            position = match.end()
            continue
        elif kind == "word" and token.lower() in _PLATFORM_WORDS:
            unknown = f"the operator {token}"
        elif kind == "flags" and not _is_regex(match["pattern"]):
            unknown = "Java's regular expression"
        pieces.append((_rewrite(text, position, kind, match), position))
        position = match.end()
    parsed = Filter(text, tuple(pieces), unknown)
    if not _PLAIN.fullmatch(_joined(parsed.pieces)):
        _compile(text, parsed.pieces)
    return parsed, position


def _read_call(
    text: str, position: int, call: re.Match[str], pieces: list[tuple[str, int]], root: int | None
) -> str | None:
    """Rewrite C(@.list.size()) as C(length(@.list)); return a function that only the platform evaluates."""
    name = call["call"]
    if root is None or name not in COUNTING + OTHER_FUNCTIONS:
        raise JsonPathError(f"{name}() is not a function of the platform's JSONPath", text, position + 1)
    if name in COUNTING and call["arguments"]:
        raise JsonPathError(
            f"{name}() takes no arguments in its parentheses", text, call.start("arguments") - 1
        )
    pieces.insert(root, ("length(", position))
    pieces.append((")", position))
    return None if name in COUNTING else f"the function {name}()"


def _rewrite(text: str, position: int, kind: str, match: re.Match[str]) -> str:
    token = match.group()
    if kind == "string":
        return _quote(re.sub(r"\\(.)", _unescape, token[1:-1], flags=re.DOTALL))
    if kind == "flags":
        pattern = match["pattern"] if _is_regex(match["pattern"]) else "."
        return f"=~ /{pattern}/{''.join(sorted(set(match['flags']) & set('ims')))}"
    if kind in ("dots", "star", "member"):
        step = "[*]" if kind == "star" else f"[{_quote(match['member'])}]" if kind == "member" else ""
        return step if match["dots"] == "." else f"..{step}"
    if kind == "word":
        word = token.lower()
        if word in _WORDS or word in _PLATFORM_WORDS:
            return f" {_WORDS.get(word) or _PLATFORM_WORDS[word]} "
        if token not in _LITERALS:
            hint = _HINTS.get(word, f"a field begins with @, as in @.{token}, a text needs quotes")
            raise JsonPathError(f"unexpected {token!r} in a filter: {hint}", text, position)
    return token[:2] if kind == "operator" else token


def _unescape(match: re.Match[str]) -> str:
    return {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}.get(match[1], match[1])


def _quote(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)


def _is_regex(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        return False
    return True


def _unreadable(text: str, position: int, opened: list[tuple[str, int]]) -> JsonPathError:
    if position == len(text):
        bracket, where = opened[-1]
        noun = "parenthesis" if bracket == "(" else "bracket"
        return JsonPathError(f"this {noun} is not closed", text, where)
    char = text[position]
    if char in "'\"":
        return JsonPathError("this text is not closed", text, position)
    hint = f": {_HINTS[char]}" if char in _HINTS else ""
    return JsonPathError(f"unexpected {char!r} in a filter{hint}", text, position)


def _joined(pieces: Pieces) -> str:
    return "".join(piece for piece, _position in pieces)


@functools.lru_cache(maxsize=1024)
def _compile(text: str, pieces: Pieces) -> t.Any:
    try:
        return _environment().compile(f"$[?{_joined(pieces)}]")
    except (RecursionError, OverflowError, ValueError):
        reason = "the filter is nested too deeply or has a number out of range"
        raise JsonPathError(reason, text, pieces[0][1]) from None
    except jsonpath.JSONPathError as error:
        token = error.token
        index = token.index - len("$[?") if token is not None and token.index >= 0 else None
        raise JsonPathError(f"the filter is wrong: {_reason(error)}", text, _origin(pieces, index)) from None


def _origin(pieces: Pieces, index: int | None) -> int:
    """Return the position in the user's text for C(index) in the rewritten filter; None means its end."""
    starts = list(itertools.accumulate((len(piece) for piece, _position in pieces[:-1]), initial=0))
    number = len(pieces) - 1 if index is None else bisect.bisect_right(starts, max(index, 0)) - 1
    return pieces[number][1]


def _reason(error: Exception) -> str:
    return str(error.args[0]) if error.args else type(error).__name__


@functools.cache
def _environment() -> t.Any:
    class Lexer(jsonpath.Lexer):
        """Lexer without the operators C(and), C(or) and C(not), which the platform lacks.

        Rewritten names are always quoted. The library's pattern for unquoted names covers all of Unicode and
        is slow to compile.
        """

        key_pattern = "[a-z]+"
        logical_not_pattern = "!"
        logical_and_pattern = "&&"
        logical_or_pattern = r"\|\|"

    class Environment(jsonpath.JSONPathEnvironment):
        lexer_class = Lexer

        def compare(self, left: object, operator: str, right: object) -> bool:
            """Compare as Jayway: a number with a text by value; values that cannot be compared give false."""
            if operator in ("==", "!=") and _is_number(left) != _is_number(right):
                texts = [value for value in (left, right) if isinstance(value, str)]
                numbers = [value for value in (left, right) if _is_number(value)]
                if texts and numbers:
                    return (_as_number(texts[0]) == decimal.Decimal(str(numbers[0]))) == (operator == "==")
            try:
                return bool(super().compare(left, operator, right))
            except TypeError:
                return False

    return Environment(well_typed=False)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _as_number(text: str) -> decimal.Decimal | None:
    if not may_be_number(text):
        return None
    try:
        number = decimal.Decimal(text)
    except decimal.InvalidOperation:
        return None
    return number if number.is_finite() else None
