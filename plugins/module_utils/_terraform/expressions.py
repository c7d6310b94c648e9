# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts of Terraform's JSON syntax: their escapes, and the expressions in them.

Private to the collection. Pure. C($${) and C(%%{) are the escaped forms of C(${) and C(%{).
"""

from __future__ import annotations

import dataclasses
import re
import typing as t

_TOKEN = re.compile(r"\$\$\{|%%\{|\$\{|%\{")
_BRACES = re.compile(r'[{}]|"(?:[^"\\]|\\.)*"')
_REFERENCE = re.compile(r"((?:data\.)?[A-Za-z_][\w-]*\.[\w-]+)\.(\w+)")
_VARIABLE = re.compile(r"var\.([\w-]+)")
_LITERAL = re.compile(r'"(?:[^"\\]|\\.)*"')


@dataclasses.dataclass(frozen=True)
class Expression:
    """An expression in a text, without C(${) and C(})."""

    source: str

    @property
    def variable(self) -> str | None:
        """Return the name of the Terraform variable that is the whole expression, else None."""
        found = _VARIABLE.fullmatch(self.source)
        return found[1] if found else None

    @property
    def reference(self) -> tuple[str, str] | None:
        """Return address and attribute of the block that is the whole expression, else None."""
        found = _REFERENCE.fullmatch(self.source)
        if found is None or found[1].startswith(("var.", "local.", "module.", "each.", "path.", "self.")):
            return None
        return found[1], found[2]

    def __str__(self) -> str:
        """Return the expression without its literal texts, which may be secrets."""
        return "${" + _LITERAL.sub('"…"', self.source) + "}"


def parts_of(text: str) -> list[str | Expression]:
    """Return the literal parts of a text, without escapes, and its expressions.

    Raise ValueError with the end of a sentence for a text that Terraform refuses, and for directives.
    """
    parts: list[str | Expression] = []
    literal, position = "", 0
    while token := _TOKEN.search(text, position):
        literal += text[position : token.start()]
        position = token.end()
        if len(token[0]) == 3:
            literal += token[0][1:]
        elif token[0] == "%{":
            raise ValueError("has a directive %{…}, which only Terraform can evaluate")
        else:
            end = _end_of_expression(text, position)
            parts += [*([literal] if literal else []), Expression(text[position:end].strip())]
            literal, position = "", end + 1
    literal += text[position:]
    return [*parts, literal] if literal or not parts else parts


def _end_of_expression(text: str, position: int) -> int:
    """Return the place of the brace that ends the expression at a place."""
    depth = 1
    for found in _BRACES.finditer(text, position):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0:
            return found.start()
    raise ValueError("has ${ without its }")


def escaped(text: str) -> str:
    """Return a text as Terraform's JSON syntax has it."""
    return text.replace("${", "$${").replace("%{", "%%{")


def shown(value: t.Any) -> str:
    """Return a short description of a value of a wrong type, without the value."""
    names = {dict: "an object", list: "a list", str: "text", bool: "true or false", type(None): "null"}
    return next((name for kind, name in names.items() if isinstance(value, kind)), "a number")
