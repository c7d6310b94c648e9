# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Patterns for the names of the objects of an org: which of them a task takes (X.1, X.3).

Private to the collection. Pure.
"""

from __future__ import annotations

import dataclasses
import fnmatch
import typing as t

from .._findings import Findings
from .._model.json_objects import Body
from .._model.resource import Resource
from .._printable import printable

#: An object with the form of its kind.
Named = tuple[Resource, Body]


@dataclasses.dataclass(frozen=True)
class NamePatterns:
    """Objects whose names fit one of C(names) and none of C(exclude). Kinds without names have their ids."""

    names: t.Sequence[str]
    exclude: t.Sequence[str]

    def fit(self, resource: Resource, body: Body) -> bool:
        """Return whether the task takes an object."""
        return _fits(_shown_name(resource, body), self.names) and not self.excludes(resource, body)

    def excludes(self, resource: Resource, body: Body) -> bool:
        """Return whether the task leaves an object alone, also where another object needs it."""
        return _fits(_shown_name(resource, body), self.exclude)

    def warn_of_unused(
        self, objects: t.Iterable[Named], findings: Findings, others: t.Iterable[Named] = ()
    ) -> None:
        """Warn of each pattern that fits no object, because the task takes other objects than expected.

        C(others) are objects that C(exclude) may mean too.
        """
        known = [_shown_name(resource, body) for resource, body in objects]
        also_known = [*known, *(_shown_name(resource, body) for resource, body in others)]
        for option, patterns, names in (("names", self.names, known), ("exclude", self.exclude, also_known)):
            for index, pattern in enumerate(patterns):
                if pattern != "*" and not any(fnmatch.fnmatchcase(name, pattern) for name in names):
                    shown = printable(repr(pattern))
                    findings.warn(
                        f"{option}[{index}]", f"no object of these kinds has a name that fits {shown}"
                    )


def _fits(name: str, patterns: t.Iterable[str]) -> bool:
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)


def _shown_name(resource: Resource, body: Body) -> str:
    """Return the text that patterns are compared with."""
    return str(body.get("name") if resource.named_by and body.get("name") is not None else body["id"])
