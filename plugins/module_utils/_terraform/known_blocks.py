# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The objects of a Terraform configuration, to which other objects refer by their ids.

Private to the collection. Pure.
"""

from __future__ import annotations

import collections
import typing as t

from .._model.json_objects import Body
from .._model.resource import Identity, ResourceKind
from .named_types import NamedBlocks
from .scope import Scope, address_of


class KnownBlocks:
    """Names of objects by the blocks of a configuration. This is C(KnownObjects) of C(_model.options)."""

    def __init__(
        self, bodies: t.Iterable[tuple[ResourceKind, Body]], failed: t.Container[str], scope: Scope
    ) -> None:
        self._scope = scope
        self._failed = failed
        self._named = NamedBlocks(scope)
        self._addresses = {object_id: address for address, object_id in scope.ids.items()}
        self._kinds: dict[str, ResourceKind] = {}
        self._bodies: dict[tuple[str, str], Body] = {}
        self._uses: collections.Counter[tuple[t.Any, ...]] = collections.Counter()
        for kind, body in bodies:
            self._kinds[body["id"]] = kind
            self._bodies[kind.name, body["id"]] = body
            identity = identity_of(kind, body)
            self._uses.update((kind.name, *one) for one in dict.fromkeys(((body.get("name"),), identity)))

    def name_of(self, kind: str, object_id: str) -> str | None:
        """Return the name of an object if no other object of its kind has it, else None."""
        name = self._bodies.get((kind, object_id), {}).get("name")
        return name if isinstance(name, str) and name and self._uses[kind, name] == 1 else None

    def identity_of(self, kind: str, object_id: str) -> Identity | None:
        """Return the identity of an object if no other object of its kind has it, else None."""
        body = self._bodies.get((kind, object_id))
        if body is None:
            return None
        identity = identity_of(self._kinds[object_id], body)
        return identity if self.is_alone(kind, identity) else None

    def text_of(self, object_id: str, look_up: t.Callable[[t.Any, t.Any], str]) -> str:
        """Return the name of the block with an id, else the id. There is no org, so nothing is looked up."""
        kind = self._kinds.get(object_id)
        if kind is not None:
            return self.name_of(kind.name, object_id) or object_id
        address = address_of(object_id) or self._addresses.get(object_id, "")
        return self._named.name_of(address) or object_id

    def is_alone(self, kind: str, identity: Identity) -> bool:
        """Return whether an identity is complete and that of one object."""
        return all(isinstance(one, str) and one for one in identity) and self._uses[kind, *identity] == 1

    def named(self, value: t.Any, path: str) -> t.Any:
        """Return options with names in the place of symbolic ids. Add a problem for an id without a name.

        The id of a block that has problems itself stays, because a further problem would hide its cause.
        """
        if isinstance(value, dict):
            return {key: self.named(entry, f"{path}.{key}") for key, entry in value.items()}
        if isinstance(value, list):
            return [self.named(entry, f"{path}[{index}]") for index, entry in enumerate(value)]
        address = address_of(value)
        # Any text may begin as a symbolic id does, but no other text has the address of a block behind it.
        if address not in self._scope.document.blocks or value in self._failed:
            return value
        kind = self._kinds.get(value)
        name = None if kind is None else self.name_of(kind.name, value)
        if name is None:
            self._scope.findings.problem(
                path,
                f"refers to {address}, whose name is missing or not unique: give ids['{address}'], which "
                "terraform state show prints",
            )
        return name


def identity_of(kind: ResourceKind, body: Body) -> Identity:
    """Return the identity of an object in the vendor's API."""
    return kind.profiles["platform"].identity_of(body)
