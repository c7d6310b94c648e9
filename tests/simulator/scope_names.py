# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The names of OAuth scopes or permissions: which exist, and which other names mean the same."""

from __future__ import annotations

import dataclasses
import typing as t


@dataclasses.dataclass(frozen=True)
class ScopeNames:
    """The names that a client can hold; C(aliases) maps other names to them.

    C(noun) is "scope" or "permission".
    """

    known: frozenset[str]
    aliases: t.Mapping[str, str] = dataclasses.field(default_factory=dict)
    noun: str = "scope"

    def __contains__(self, name: str) -> bool:
        return name in self.known or name in self.aliases

    def canonical(self, names: t.Iterable[str]) -> frozenset[str]:
        """Replace aliases by the scopes that they mean."""
        return frozenset(self.aliases.get(name, name) for name in names)

    def held(self, names: t.Iterable[str] | None) -> frozenset[str]:
        """Return the names of a client, without aliases; None gives all names."""
        return self.known if names is None else self.canonical(names)

    def granted(self, requested: t.Sequence[str], held: frozenset[str]) -> list[str]:
        """Return the requested names whose scope is held, in the order and the spelling of the request."""
        return [name for name in dict.fromkeys(requested) if self.aliases.get(name, name) in held]
