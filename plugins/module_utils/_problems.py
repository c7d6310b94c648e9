# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a check finds in the user's input: problems stop the task, warnings do not.

Private to the collection. Checks never raise at the first slip: they add to a C(Findings), so that a
task reports everything at once.
"""

from __future__ import annotations

import dataclasses
import typing as t


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

    def problem(self, path: str, message: str) -> None:
        self._add(self.problems, Problem(path, message))

    def warn(self, path: str, message: str) -> None:
        self._add(self.warnings, Problem(path, message))

    @staticmethod
    def _add(found: list[Problem], new: Problem) -> None:
        if new not in found:  # two checks may see the same slip: it is reported once
            found.append(new)
