# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of objects that other objects refer to by id, in both orgs of a comparison (X.2).

Private to the collection.
"""

from __future__ import annotations

import collections
import typing as t

from .._engine.identity import listed_once
from .._model.comparison import NameOf
from .._model.json_objects import Body
from .._resources import registry
from .._resources.flow import FLOW
from .org_side import OrgSide


class Names:
    """Names of referenced objects. The list of a kind is read once in each org, if anything refers to it."""

    def __init__(self, sides: tuple[OrgSide, OrgSide]) -> None:
        self._sides = sides
        self._labels: dict[tuple[str, str], dict[str, str]] = {}

    def of(self, side: OrgSide) -> NameOf:
        """Return the function that names the objects of one org."""

        def name_of(kind: str, object_id: str) -> str:
            labels = self._labels_of(kind)[side.title]
            return labels.get(object_id, f"(no {kind} with the id {object_id})")

        return name_of

    def _labels_of(self, kind: str) -> dict[str, dict[str, str]]:
        """Return the label of each object of a kind, by title and id. Raise GenesysError."""
        if (kind, self._sides[0].title) not in self._labels:
            definition = next(one for one in (*registry.KINDS, FLOW) if one.name == kind)
            identities = {
                side.title: {
                    str(body["id"]): side.resource(definition).identity_of(body)
                    for body in self._listed(side, definition)
                }
                for side in self._sides
            }
            repeated = _repeated_names(identities.values())
            for title, of_org in identities.items():
                self._labels[kind, title] = {
                    object_id: _label(identity, repeated) for object_id, identity in of_org.items()
                }
        return {side.title: self._labels[kind, side.title] for side in self._sides}

    def _listed(self, side: OrgSide, kind: t.Any) -> list[Body]:
        with side.errors():
            return listed_once(side.client, side.resource(kind), side.run_cache)


def _repeated_names(orgs: t.Iterable[dict[str, tuple[t.Any, ...]]]) -> set[str]:
    """Return the names that several objects of one org have."""
    repeated: set[str] = set()
    for identities in orgs:
        counts = collections.Counter(str(identity[0]) for identity in identities.values())
        repeated |= {name for name, number in counts.items() if number > 1}
    return repeated


def _label(identity: tuple[t.Any, ...], repeated: set[str]) -> str:
    """Return the name of an object, with the rest of its identity if the name is not unique."""
    name, *rest = map(str, identity)
    return f"{name} ({', '.join(rest)})" if name in repeated and rest else name
