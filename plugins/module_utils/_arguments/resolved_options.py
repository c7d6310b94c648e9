# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values of the connection options, from the task or from its environment variables.

Private to the collection.
"""

from __future__ import annotations

import re
import typing as t
from collections.abc import Mapping, Sequence

from .._findings import Findings
from .validation import validate


def variable_of(name: str) -> str:
    """Return the environment variable of a connection option."""
    return f"GENESYS_{name.upper()}"


class ResolvedOptions:
    """Typed values of the connection options, each with a label that has its source (task or environment).

    C(groups) are options for which the environment does not count if the task gives one of their group.
    C(environ) is None for options that have no environment variables.
    """

    def __init__(
        self,
        spec_of: Mapping[str, dict[str, t.Any]],
        groups: Sequence[tuple[str, ...]],
        given: Mapping[str, t.Any],
        environ: Mapping[str, str] | None,
        findings: Findings,
    ) -> None:
        self.has_environment = environ is not None
        environ = environ or {}
        self._groups = groups
        self._findings = findings
        self._values: dict[str, t.Any] = {}
        self._labels: dict[str, str] = {}
        self.ignored: set[str] = set()
        for name, spec in spec_of.items():
            label, raw = name, _present(given.get(name))
            if name == "organization" and raw is None and given.get(name) is not None:
                self.problem(
                    name, "must not be empty: give the name or the id of the org, or omit the option"
                )
            elif raw is None:
                raw = _present(environ.get(variable_of(name)))
                label = f"{name} (from {variable_of(name)})"
                if raw is not None and self._task_gives_group_of(name, given):
                    self.ignored.add(name)
                    raw = None
            if raw is not None:
                self._labels[name] = label
                self._convert(name, spec, raw)
            elif "default" in spec:
                self._values[name] = spec["default"]

    def _task_gives_group_of(self, name: str, given: Mapping[str, t.Any]) -> bool:
        group = next((group for group in self._groups if name in group), ())
        return any(_present(given.get(other)) is not None for other in group)

    def _convert(self, name: str, spec: dict[str, t.Any], raw: t.Any) -> None:
        if spec["type"] == "list" and isinstance(raw, str):
            raw = [part for part in re.split(r"[,\s]+", raw) if part]
        label = self._labels[name]
        typed = {key: value for key, value in spec.items() if key not in ("fallback", "default")}
        converted = validate({label: typed}, {label: raw}, self._findings)
        if label in converted:
            self._values[name] = converted[label]

    def given(self, name: str) -> bool:
        """Return whether task or environment gave the option, even if its value has the wrong type."""
        return name in self._labels

    def value(self, name: str) -> t.Any:
        return self._values.get(name)

    def label(self, name: str) -> str:
        return self._labels.get(name, name)

    def with_environment(self, text: str) -> str:
        """Return a part of a message that names environment variables, "" where they do not count."""
        return text if self.has_environment else ""

    def problem(self, name: str, message: str) -> None:
        self._findings.problem(self.label(name), message)

    def warn(self, name: str, message: str) -> None:
        self._findings.warn(self.label(name), message)


def _present(raw: t.Any) -> t.Any:
    if isinstance(raw, str):
        raw = raw.strip()
    return None if raw in ("", None) or raw == [] else raw
