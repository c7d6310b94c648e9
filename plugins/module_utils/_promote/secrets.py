# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets of promoted objects: given ones, copies of the source's, or those that the target has (X.3).

Private to the collection. Pure. The stages of an org have secrets of their own, so that none is copied unless
the task asks for it.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._findings import Findings, counted
from .._inventory.secret_variables import Secret, secrets_in, variable_names
from .._model.json_objects import ABSENT, get_path, set_path
from .._model.options import Options
from .._model.resource import Resource

#: The number of variables that a message names.
_SHOWN = 5


@dataclasses.dataclass(eq=False)
class SecretValues:
    """Values of secrets. C(given) has those of the task by the names of their variables.

    C(names) has the variable of each secret. C(kept) has the variables of the secrets that the target keeps
    although they differ from those of the source, or may, by list and option. C(missing) has the label of the
    object that needs a variable without a value, and whether the source shows the secret.
    """

    given: t.Mapping[str, t.Any]
    copied: bool
    names: dict[Secret, str] = dataclasses.field(default_factory=dict)
    kept: dict[tuple[str, str], list[str]] = dataclasses.field(default_factory=dict)
    missing: dict[str, tuple[str, bool]] = dataclasses.field(default_factory=dict)

    def name_all(self, entries: t.Iterable[Options]) -> None:
        """Give each secret of the entries the variable that it has in an export."""
        self.names = variable_names(secret for entry in entries for secret in secrets_in(entry))

    def fill(
        self, resource: Resource, entry: Options, source: Options, target: Options | None, label: str
    ) -> None:
        """Replace each secret of an entry with its value. Without a value, remove it.

        C(source) and C(target) are the options of the object in both orgs, None if the target has no such
        object. C(label) names the object in messages.
        """
        for field in resource.fields:
            value = get_path(entry, field.option)
            one, other = (get_path(options, field.option) for options in (source, target))
            place = (resource.definition.list_option, field.option)
            if isinstance(value, Secret):
                exists = target is not None if field.write_only else other is not ABSENT
                set_path(entry, field.option, self._value(place, value, one, other, label, exists=exists))
            elif field.headers and isinstance(value, dict):
                for header in [name for name, text in value.items() if isinstance(text, Secret)]:
                    there = other.get(header, ABSENT) if isinstance(other, dict) else ABSENT
                    exists = there is not ABSENT
                    value[header] = self._value(
                        place, value[header], one[header], there, label, exists=exists
                    )

    def _value(
        self,
        place: tuple[str, str],
        secret: Secret,
        source: t.Any,
        target: t.Any,
        label: str,
        *,
        exists: bool,
    ) -> t.Any:
        variable = self.names[secret]
        given = self.given.get(variable)
        if given is not None:
            return given
        if self.copied and source is not ABSENT:
            return source
        if not exists:
            self.missing[variable] = (label, source is not ABSENT)
        elif target is ABSENT or target != source:
            self.kept.setdefault(place, []).append(variable)
        return target

    def report(self, problems: Findings, warnings: Findings) -> None:
        """Add a problem for each missing secret, and a warning about those that the target keeps."""
        for variable, (label, is_shown) in sorted(self.missing.items()):
            cure = ", or set copy_secrets to copy it" if is_shown else ""
            problems.problem(
                f"secrets.{variable}",
                f"is required for the {label}, because the target has no such secret: give it{cure}",
            )
        for (kind, option), variables in sorted(self.kept.items()):
            warnings.warn(
                kind,
                f"the target keeps its secret {option} ({counted(len(variables))}): to change it, "
                f"give {shown(variables)} in secrets",
            )

    def unused(self) -> list[str]:
        """Return the names of the given secrets that no entry has."""
        return sorted({*self.given} - {*self.names.values()})


def shown(names: list[str]) -> str:
    """Return the first names for a message, with the number of the others."""
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


def has_text(value: t.Any, texts: t.Collection[str]) -> bool:
    """Return whether any text of a value contains one of the given texts. Keys of mappings do not count."""
    if isinstance(value, dict):
        return any(has_text(entry, texts) for entry in value.values())
    if isinstance(value, list):
        return any(has_text(entry, texts) for entry in value)
    return isinstance(value, str) and any(text in value for text in texts)
