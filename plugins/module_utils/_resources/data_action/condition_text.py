# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Conditions as one line of text and back: C(crm.status == "active" and crm.priority > 5) (feature S0.3).

Private to the collection. C(parse) reads a line (its grammar is in C(_condition_parser)), C(show) writes the
line of a tree. parse(show(tree)) is tree again, whatever tree a line can say.
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
_JOINTS = {"AND": " and ", "OR": " or "}
# In JSON text they may stand as they are, but nobody can see them (or print half a surrogate pair).
_INVISIBLE = re.compile("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def is_json_array(text: str) -> bool:
    """Whether C(text) is a JSON array and nothing else, not even white space around it."""
    try:
        value, end = JSON.raw_decode(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, list) and end == len(text)


class _CannotSay(Exception):
    """Raised inside C(show) where the line has no words for a node."""


def show(tree: t.Any) -> str | None:
    """The line that reads back as exactly this tree; None for a tree that no line says; S0.3.

    No line says a group that has a C(value), an AND or OR of fewer than two children, an expression on
    EXISTS or none on another leaf, an IN without a JSON array, unknown keys, or a nesting beyond
    C(MAX_NESTING).
    """
    try:
        return _show(tree, 0)
    except _CannotSay:
        return None


def _show(node: t.Any, depth: int) -> str:
    if not isinstance(node, dict) or depth > MAX_NESTING:
        raise _CannotSay
    if node.get("type") in ("AND", "OR", "NOT"):
        return _show_group(node, depth)
    symbol = _SYMBOLS.get(t.cast(str, node.get("type"))) if isinstance(node.get("type"), str) else None
    value = node.get("value")
    if symbol is None or not isinstance(value, dict):
        raise _CannotSay
    if value.keys() != {"type", "dataset_id", "field_id"} or value["type"] != "DATASET":
        raise _CannotSay
    left = f"{_show_id(value['dataset_id'])}.{_show_id(value['field_id'])}"
    if symbol == "exists":
        if node.keys() != {"type", "value"}:
            raise _CannotSay
        return f"{left} exists"
    if node.keys() != {"type", "value", "expression"} or not isinstance(node["expression"], str):
        raise _CannotSay
    return f"{left} {symbol} {_show_expression(symbol, node['expression'])}"


def _show_group(node: dict[str, t.Any], depth: int) -> str:
    kind, children = node["type"], node.get("children")
    if node.keys() != {"type", "children"} or not isinstance(children, list):
        raise _CannotSay
    if kind == "NOT":
        if len(children) != 1:
            raise _CannotSay
        return f"not {_show_child(children[0], ('AND', 'OR'), depth + 1)}"
    if len(children) < 2:
        raise _CannotSay
    enclosed = ("AND", "OR") if kind == "AND" else ("OR",)
    return _JOINTS[kind].join(_show_child(child, enclosed, depth) for child in children)


def _show_child(child: t.Any, enclosed: tuple[str, ...], depth: int) -> str:
    if isinstance(child, dict) and child.get("type") in enclosed:
        return f"({_show(child, depth + 1)})"
    return _show(child, depth)


def _show_id(name: t.Any) -> str:
    if not isinstance(name, str) or not name:
        raise _CannotSay
    return name if IDENTIFIER.fullmatch(name) and name not in KEYWORDS else _quote(name)


def _show_expression(symbol: str, expression: str) -> str:
    if symbol != "in":
        return expression if LITERAL.fullmatch(expression) else _quote(expression)
    if not is_json_array(expression):
        raise _CannotSay
    return expression


def _quote(text: str) -> str:
    quoted = _INVISIBLE.sub(
        lambda match: f"\\u{ord(match.group()):04x}", json.dumps(text, ensure_ascii=False)
    )
    if (
        json.loads(quoted) != text
    ):  # two halves of a surrogate pair that stand side by side become one character
        raise _CannotSay
    return quoted
