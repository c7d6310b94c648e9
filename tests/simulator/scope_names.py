# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The names of OAuth scopes: which exist, and which other names mean the same."""

from __future__ import annotations

import dataclasses
import typing as t


@dataclasses.dataclass(frozen=True)
class ScopeNames:
    """The scopes that a client can hold; C(aliases) maps other names to them."""

    known: frozenset[str]
    aliases: t.Mapping[str, str]

    def __or__(self, other: ScopeNames) -> ScopeNames:
        return ScopeNames(self.known | other.known, {**self.aliases, **other.aliases})

    def __contains__(self, name: str) -> bool:
        return name in self.known or name in self.aliases

    def canonical(self, names: t.Iterable[str]) -> frozenset[str]:
        """Replace aliases by the scopes that they mean."""
        return frozenset(self.aliases.get(name, name) for name in names)

    def granted(self, requested: t.Sequence[str], held: frozenset[str]) -> list[str]:
        """Return the requested names whose scope is held, in the order and the spelling of the request."""
        return [name for name in dict.fromkeys(requested) if self.aliases.get(name, name) in held]
