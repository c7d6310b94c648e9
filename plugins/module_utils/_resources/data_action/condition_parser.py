# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Parser of a condition in one line of text: C(crm.status == "active" and crm.priority > 5) (feature S0.3).

Private to the collection. The grammar:

    line       := factors ("or" factors)*
    factors    := operand ("and" operand)*
    operand    := "not" operand | "(" line ")" | comparison
    comparison := id "." id ("exists" | "in" JSON-array | operator literal)
    id         := identifier | JSON-string
    literal    := JSON-string | JSON-number | "true" | "false"

Chained operands become one node (C(a and b and c) has three children), parentheses become child nodes. The
platform stores every expression as text: the content of a string, the literal of a number, boolean or array.
"""

from __future__ import annotations

import functools
import json
import re
import typing as t

from ..._findings import explain

#: Operators of a line, with the types of their leaves.
OPERATORS = {
    "==": "EQUALS",
    "!=": "NOT_EQUALS",
    ">": "GREATER_THAN",
    ">=": "GREATER_THAN_OR_EQUALS",
    "<": "LESS_THAN",
    "<=": "LESS_THAN_OR_EQUALS",
    "contains": "CONTAINS",
    "starts_with": "STARTS_WITH",
    "ends_with": "ENDS_WITH",
    "in": "IN",
    "exists": "EXISTS",
}
#: Allowed depth of nested parentheses and negations; the limit protects the stack.
MAX_NESTING = 50

_CONNECTIVES = frozenset({"and", "or", "not"})
_NUMBER = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"
LITERAL = re.compile(rf"{_NUMBER}|true|false")
IDENTIFIER = re.compile(r"[^\W\d]\w*")
KEYWORDS = _CONNECTIVES | {"true", "false", *OPERATORS}


@functools.cache
def _token() -> re.Pattern[str]:
    """Compile the pattern of a token at its first use, because it would slow down the import."""
    return re.compile(
        rf"""(?P<number>{_NUMBER}(?![\w.]))
           | (?P<word>[^\W\d]\w*)
           | (?P<operator>==|!=|>=|<=|>|<)
           | (?P<sign>[.()\["])""",
        re.VERBOSE,
    )


_SPACE = re.compile(r"\s*")
_HINTS = {
    "=": "compare with ==",
    "&": 'write "and"',
    "|": 'write "or"',
    "!": 'write "not"',
    "'": "write texts in double quotes",
}


def _refuse_constant(name: str) -> t.NoReturn:
    raise ValueError(f"{name} is not JSON")


# Numbers stay text: Python refuses to convert very long ones, and their values are not needed.
JSON = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=_refuse_constant)


def _json_error(error: json.JSONDecodeError) -> tuple[str, int]:
    """Return the reason and the 0-based position of a JSON error, the same in every Python version.

    Python 3.13 points at a trailing comma. Older versions point at the bracket after it.
    """
    if not error.msg.startswith("Illegal trailing comma"):
        return error.msg.removesuffix(" starting at").removesuffix(" at"), error.pos
    bracket = t.cast("re.Match[str]", _SPACE.match(error.doc, error.pos + 1)).end()
    wanted = "value" if error.doc[bracket] == "]" else "property name enclosed in double quotes"
    return f"Expecting {wanted}", bracket


class ConditionSyntaxError(ValueError):
    """A line that cannot be parsed; the message ends with the line and a caret under the error.

    C(position) is the 0-based offset of the error in the text.
    """

    def __init__(self, reason: str, text: str, position: int) -> None:
        self.position = position
        super().__init__(explain(reason, text, position))


class _Token(t.NamedTuple):
    kind: str  #: number, word, operator, sign, or end
    text: str
    start: int
    end: int


@functools.lru_cache(maxsize=4096)
def parse(text: str) -> dict[str, t.Any]:
    """Parse a line into its condition tree, in option terms (snake_case) (S0.3).

    The tree is cached and shared between equal lines: callers must not change it. Raise ConditionSyntaxError.
    """
    parser = _Parser(text)
    if parser.token.kind == "end":
        raise ConditionSyntaxError("the condition is empty", text, 0)
    tree = parser.line(0)
    if parser.token.kind != "end":
        raise parser.error('expected "and", "or" or the end of the condition')
    return tree


class _Parser:
    """Recursive descent parser of one text; C(token) is the next token to read."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._end = 0  # end of the last JSON value
        self.token = self._scan(0)

    def line(self, depth: int) -> dict[str, t.Any]:
        """Parse up to the end or a closing parenthesis, at C(depth) levels of nesting."""
        alternatives = []
        factors = []
        while True:
            factors.append(self._operand(depth))
            if self._take("and"):
                continue
            alternatives.append(_group("AND", factors))
            factors = []
            if not self._take("or"):
                return _group("OR", alternatives)

    def error(self, reason: str, position: int | None = None) -> ConditionSyntaxError:
        """Return the error at C(position), by default at the next token, which the message then names."""
        if position is None:
            position = self.token.start
            token = "the end" if self.token.kind == "end" else repr(self.token.text)
            reason = f"{reason}, found {token}"
        return ConditionSyntaxError(reason, self._text, position)

    def _operand(self, depth: int) -> dict[str, t.Any]:
        negations = 0
        opening = self.token.start
        while self._take("not"):
            negations += 1
            if depth + negations > MAX_NESTING:
                raise self.error(f"parentheses and negations nest deeper than {MAX_NESTING}", opening)
            opening = self.token.start
        depth += negations
        if self._take("("):
            if depth == MAX_NESTING:
                raise self.error(f"parentheses and negations nest deeper than {MAX_NESTING}", opening)
            node = self.line(depth + 1)
            if not self._take(")"):
                if self.token.kind == "end":
                    raise self.error("this parenthesis is not closed", opening)
                raise self.error('expected "and", "or" or ")"')
        else:
            node = self._comparison()
        for _negation in range(negations):
            node = {"type": "NOT", "children": [node]}
        return node

    def _comparison(self) -> dict[str, t.Any]:
        if self.token.text in _CONNECTIVES or (self.token.kind != "word" and self.token.text != '"'):
            raise self.error("expected a comparison such as dataset.field == 5")
        dataset = self._id("dataset")
        if not self._take("."):
            raise self.error('expected "." and the field after the dataset (dataset.field)')
        field = self._id("field")
        leaf: dict[str, t.Any] = {
            "type": self._operator(),
            "value": {"type": "DATASET", "dataset_id": dataset, "field_id": field},
        }
        if leaf["type"] == "IN":
            leaf["expression"] = self._array()
        elif leaf["type"] != "EXISTS":
            leaf["expression"] = self._literal()
        return leaf

    def _id(self, role: str) -> str:
        if self.token.kind == "word":
            return self._next().text
        if self.token.text != '"':
            raise self.error(f"expected a {role} id (in double quotes unless it is an identifier)")
        start = self.token.start
        name = t.cast(str, self._json())
        if not name:
            raise self.error(f"a {role} id is never empty", start)
        return name

    def _operator(self) -> str:
        name = OPERATORS.get(self.token.text)
        if name is None:
            lower = self.token.text.lower()
            hint = f' (did you mean "{lower}"?)' if lower in OPERATORS else ""
            raise self.error(f"expected an operator: {' '.join(OPERATORS)}{hint}")
        self._next()
        return name

    def _literal(self) -> str:
        if self.token.kind == "number" or self.token.text in ("true", "false"):
            return self._next().text
        if self.token.text == '"':
            return t.cast(str, self._json())
        if self.token.text == "[":
            raise self.error('a list is allowed only after "in"', self.token.start)
        if self.token.text == "null":
            raise self.error('null is not a value: write "not dataset.field exists"', self.token.start)
        raise self.error('expected a value: a text in double quotes, a number, "true" or "false"')

    def _array(self) -> str:
        """Return the array as written, so that its numbers keep their digits."""
        if self.token.text != "[":
            raise self.error('expected a JSON array such as ["a", "b"] after "in"')
        start = self.token.start
        self._json()
        return self._text[start : self._end]

    def _json(self) -> t.Any:
        """Read the JSON value that begins at the next token."""
        start = self.token.start
        try:
            value, self._end = JSON.raw_decode(self._text, start)
        except json.JSONDecodeError as error:
            reason, position = _json_error(error)
            raise self.error(f"this is not JSON: {reason}", position) from None
        except ValueError as error:
            raise self.error(str(error), start) from None
        except RecursionError:
            raise self.error("this array is nested too deeply", start) from None
        self.token = self._scan(self._end)
        return value

    def _take(self, text: str) -> bool:
        if self.token.text != text:
            return False
        self._next()
        return True

    def _next(self) -> _Token:
        token = self.token
        self.token = self._scan(token.end)
        return token

    def _scan(self, position: int) -> _Token:
        start = t.cast("re.Match[str]", _SPACE.match(self._text, position)).end()
        if start == len(self._text):
            return _Token("end", "", start, start)
        match = _token().match(self._text, start)
        if match is None:
            char = self._text[start]
            reason = f"unexpected character {char!r}"
            if char in _HINTS:
                reason = f"{reason}: {_HINTS[char]}"
            elif self._text[start : start + 2].strip("-")[:1].isdigit():
                reason = "this is not a JSON number (an id that is not an identifier needs double quotes)"
            else:
                reason = f"{reason} (an id that is not an identifier needs double quotes)"
            raise ConditionSyntaxError(reason, self._text, start)
        return _Token(t.cast(str, match.lastgroup), match.group(), start, match.end())


def _group(kind: str, nodes: list[dict[str, t.Any]]) -> dict[str, t.Any]:
    return nodes[0] if len(nodes) == 1 else {"type": kind, "children": nodes}
