# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of values that differ between stages, such as hosts and names of queues (X.3).

Private to the collection. Pure. Keys of mappings are never replaced.
"""

from __future__ import annotations

import collections
import dataclasses
import fnmatch
import re
import typing as t

from .._findings import Findings, did_you_mean
from .._model.json_objects import exact
from .._model.options import Options
from .._model.resource import Resource

VALUE_OPTIONS: dict[str, dict[str, t.Any]] = {
    "from": {"type": "raw", "required": True},
    "to": {"type": "raw", "required": True},
    "match": {"type": "str", "choices": ["whole", "part"], "default": "whole"},
    "kinds": {"type": "list", "elements": "str"},
    "options": {"type": "list", "elements": "str"},
}


@dataclasses.dataclass(frozen=True, eq=False)
class Replacement:
    """One row. C(kinds) and C(options) say where it applies, None for everywhere.

    C(options) are patterns for the dotted path of a value in an entry, without the positions of lists.
    """

    value: t.Any
    to: t.Any
    part: bool
    kinds: tuple[str, ...] | None = None
    options: tuple[str, ...] | None = None

    def applies(self, kind: str, path: str) -> bool:
        """Return whether the row applies to a value at a path of an entry of a kind."""
        in_kind = self.kinds is None or kind in self.kinds
        return in_kind and (
            self.options is None or any(fnmatch.fnmatchcase(path, glob) for glob in self.options)
        )


class ValueTable:
    """The rows of a promotion in their order. C(uses) counts the values that each row has replaced."""

    def __init__(self, rows: t.Sequence[Replacement]) -> None:
        self._rows = rows
        self.uses: collections.Counter[Replacement] = collections.Counter()

    def apply(self, resource: Resource, options: Options) -> Options:
        """Return the options of an object with replaced values."""
        return t.cast("Options", self._applied(resource.definition.list_option, "", options))

    def uncounted(self) -> ValueTable:
        """Return a table of the same rows that counts its uses alone."""
        return ValueTable(self._rows)

    def unused(self) -> list[int]:
        """Return the positions of the rows that have replaced nothing."""
        return [index for index, row in enumerate(self._rows) if not self.uses[row]]

    def _applied(self, kind: str, path: str, value: t.Any) -> t.Any:
        if isinstance(value, dict):
            return {
                key: self._applied(kind, f"{path}.{key}" if path else str(key), entry)
                for key, entry in value.items()
            }
        if isinstance(value, list):
            return [self._applied(kind, path, entry) for entry in value]
        rows = [row for row in self._rows if row.applies(kind, path)]
        for row in rows:
            if not row.part and exact(value) == exact(row.value) and type(value) is type(row.value):
                self.uses[row] += 1
                return row.to
        return self._with_parts(rows, value) if isinstance(value, str) else value

    def _with_parts(self, rows: list[Replacement], text: str) -> str:
        """Return a text with replaced parts. Each character is replaced once, by the longest part there."""
        parts: dict[str, Replacement] = {}
        for row in rows:
            if row.part:
                parts.setdefault(row.value, row)
        if not parts:
            return text
        longest_first = sorted(parts, key=len, reverse=True)
        return re.sub("|".join(map(re.escape, longest_first)), lambda found: self._part(parts, found), text)

    def _part(self, parts: dict[str, Replacement], found: re.Match[str]) -> str:
        row = parts[found.group()]
        self.uses[row] += 1
        return str(row.to)


def prepare_table(given: t.Any, kinds: t.Collection[str], findings: Findings) -> ValueTable:
    """Return the table of checked rows. C(kinds) are the names of the lists of objects."""
    rows: list[Replacement] = []
    for index, row in enumerate(entry for entry in given or [] if isinstance(entry, dict)):
        path = f"values[{index}]"
        _check_row(row, path, kinds, findings)
        new = Replacement(
            value=row.get("from"),
            to=row.get("to"),
            part=row.get("match") == "part",
            kinds=None if row.get("kinds") is None else tuple(map(str, row["kinds"])),
            options=None if row.get("options") is None else tuple(map(str, row["options"])),
        )
        for number, earlier in enumerate(rows):
            if _hides(earlier, new):
                findings.problem(path, f"never applies, because values[{number}] replaces the same values")
        rows.append(new)
    return ValueTable(rows)


def _check_row(row: dict[str, t.Any], path: str, kinds: t.Collection[str], findings: Findings) -> None:
    values = {name: row.get(name) for name in ("from", "to")}
    for name, value in values.items():
        if isinstance(value, (dict, list)):
            findings.problem(f"{path}.{name}", "must be one value, not a mapping or a list")
        elif row.get("match") == "part" and name in row and not isinstance(value, str):
            findings.problem(f"{path}.{name}", "must be a text with match part")
    if row.get("match") == "part" and values["from"] == "":
        findings.problem(f"{path}.from", "must not be empty with match part")
    if "from" in row and "to" in row and exact(values["from"]) == exact(values["to"]):
        findings.problem(path, "from and to are the same value: remove the row")
    for name in ("kinds", "options"):
        if row.get(name) == []:
            findings.problem(
                f"{path}.{name}", "must have an entry, or be omitted so that the row applies to all"
            )
    for index, name in enumerate(row.get("kinds") or []):
        if name is not None and name not in kinds:
            findings.problem(f"{path}.kinds[{index}]", f"{name!r} is no kind{did_you_mean(str(name), kinds)}")


def _hides(earlier: Replacement, later: Replacement) -> bool:
    """Return whether an earlier row replaces every value of a later one."""
    same = earlier.part == later.part and exact(earlier.value) == exact(later.value)
    wider = earlier.kinds is None or (later.kinds is not None and {*later.kinds} <= {*earlier.kinds})
    return same and wider and earlier.options in (None, later.options)
