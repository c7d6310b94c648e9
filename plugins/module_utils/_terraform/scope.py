# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The scope of a configuration: values of its variables, and ids that stand for its blocks.

Private to the collection.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._findings import Findings
from .document import Document
from .expressions import Expression, parts_of

#: The beginning of the id of a block whose id in the org is not known. The address of the block follows.
_SYMBOLIC = "\0"


def symbolic_id(address: str) -> str:
    """Return the id that stands for the block with an address."""
    return f"{_SYMBOLIC}{address}"


def address_of(value: t.Any) -> str | None:
    """Return the address of the block that a symbolic id stands for, None for any other value."""
    return value[1:] if isinstance(value, str) and value.startswith(_SYMBOLIC) else None


@dataclasses.dataclass(frozen=True)
class Scope:
    """The context of all blocks of one configuration, with the user's values of variables and ids."""

    document: Document
    variables: t.Mapping[str, t.Any]
    ids: t.Mapping[str, str]
    findings: Findings
    #: Returns whether the user leaves out the block or the attribute with an address.
    ignores: t.Callable[[str], bool] = lambda address: False
    #: Texts that must not be printed.
    secrets: set[str] = dataclasses.field(default_factory=set)

    def id_of(self, address: str) -> str:
        """Return the id of a block, a symbolic one if the user gives none."""
        return self.ids.get(address) or symbolic_id(address)

    def text(self, text: str, path: str) -> t.Any:
        """Return the value of a text: without escapes, with the values of variables. None after a problem."""
        try:
            parts = parts_of(text)
        except ValueError as error:
            self.findings.problem(path, str(error))
            return None
        values = [self._evaluated(part, path) if isinstance(part, Expression) else part for part in parts]
        if len(values) == 1:
            return values[0]
        if any(not isinstance(value, (str, int, float)) or isinstance(value, bool) for value in values):
            if all(value is not None for value in values):
                self.findings.problem(path, "has a variable in a text whose value is neither text nor number")
            return None
        return "".join(map(str, values))

    def is_sensitive(self, name: str) -> bool:
        """Return whether a variable is declared as sensitive."""
        return self.document.variables.get(name, {}).get("sensitive") in (True, "true")

    def _evaluated(self, expression: Expression, path: str) -> t.Any:
        name = expression.variable
        if name is None:
            self.findings.problem(
                path, f"has {expression}, which only Terraform can evaluate: write its value into the export"
            )
            return None
        if self.is_sensitive(name):
            self.findings.problem(
                path,
                f"has {expression}, which is sensitive and must not be in a file: put it into a header or a "
                "credential in Terraform first",
            )
            return None
        value = self.variables.get(name, self.document.variables.get(name, {}).get("default"))
        if value is None:
            self.findings.problem(path, f"has {expression}: give its value as variables.{name}")
        return value


def is_id(text: str) -> bool:
    """Return whether a text can be the id of an object."""
    return text.isprintable() and bool(text.strip())
