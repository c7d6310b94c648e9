# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Conditions as one line of text and back: C(crm.status == "active" and crm.priority > 5) (feature S0.3).

Private to the collection. C(parse) reads a line (grammar in C(condition_parser)), C(show) renders a tree as a
line. parse(show(tree)) equals tree for every tree that has a line.
"""

from __future__ import annotations

import json
import re
import typing as t

from .condition_parser import (
    IDENTIFIER,
    JSON,
    KEYWORDS,
    LITERAL,
    MAX_NESTING,
    OPERATORS,
    ConditionSyntaxError,
    parse,
)

__all__ = ["OPERATORS", "ConditionSyntaxError", "is_json_array", "parse", "show"]

_SYMBOLS = {name: symbol for symbol, name in OPERATORS.items()}
_CONJUNCTIONS = {"AND": " and ", "OR": " or "}
# JSON allows these characters unescaped, but they are invisible, or unprintable (half a surrogate pair).
_INVISIBLE = re.compile("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def is_json_array(text: str) -> bool:
    """Return whether C(text) is a JSON array without white space around it."""
    try:
        value, end = JSON.raw_decode(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, list) and end == len(text)


class _NotExpressible(Exception):
    """A node that has no form in a line; internal to C(show)."""


def show(tree: t.Any) -> str | None:
    """Render a tree as the line that parses into it; return None if there is no such line (S0.3).

    There is none for a group with a C(value), an AND or OR with fewer than two children, an EXISTS with an
    expression, another leaf without one, an IN without a JSON array, unknown keys, or a nesting beyond
    C(MAX_NESTING).
    """
    try:
        return _show(tree, 0)
    except _NotExpressible:
        return None


def _show(node: t.Any, depth: int) -> str:
    if not isinstance(node, dict) or depth > MAX_NESTING:
        raise _NotExpressible
    if node.get("type") in ("AND", "OR", "NOT"):
        return _show_group(node, depth)
    symbol = _SYMBOLS.get(t.cast(str, node.get("type"))) if isinstance(node.get("type"), str) else None
    value = node.get("value")
    if symbol is None or not isinstance(value, dict):
        raise _NotExpressible
    if value.keys() != {"type", "dataset_id", "field_id"} or value["type"] != "DATASET":
        raise _NotExpressible
    left = f"{_show_id(value['dataset_id'])}.{_show_id(value['field_id'])}"
    if symbol == "exists":
        if node.keys() != {"type", "value"}:
            raise _NotExpressible
        return f"{left} exists"
    if node.keys() != {"type", "value", "expression"} or not isinstance(node["expression"], str):
        raise _NotExpressible
    return f"{left} {symbol} {_show_expression(symbol, node['expression'])}"


def _show_group(node: dict[str, t.Any], depth: int) -> str:
    kind, children = node["type"], node.get("children")
    if node.keys() != {"type", "children"} or not isinstance(children, list):
        raise _NotExpressible
    if kind == "NOT":
        if len(children) != 1:
            raise _NotExpressible
        return f"not {_show_child(children[0], ('AND', 'OR'), depth + 1)}"
    if len(children) < 2:
        raise _NotExpressible
    enclosed = ("AND", "OR") if kind == "AND" else ("OR",)
    return _CONJUNCTIONS[kind].join(_show_child(child, enclosed, depth) for child in children)


def _show_child(child: t.Any, enclosed: tuple[str, ...], depth: int) -> str:
    if isinstance(child, dict) and child.get("type") in enclosed:
        return f"({_show(child, depth + 1)})"
    return _show(child, depth)


def _show_id(name: t.Any) -> str:
    if not isinstance(name, str) or not name:
        raise _NotExpressible
    return name if IDENTIFIER.fullmatch(name) and name not in KEYWORDS else _quote(name)


def _show_expression(symbol: str, expression: str) -> str:
    if symbol != "in":
        return expression if LITERAL.fullmatch(expression) else _quote(expression)
    if not is_json_array(expression):
        raise _NotExpressible
    return expression


def _quote(text: str) -> str:
    quoted = _INVISIBLE.sub(
        lambda match: f"\\u{ord(match.group()):04x}", json.dumps(text, ensure_ascii=False)
    )
    # JSON joins two adjacent halves of a surrogate pair into one character.
    if json.loads(quoted) != text:
        raise _NotExpressible
    return quoted
