# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rule by which an object is compared with that of another org (X.2).

Private to the collection. Pure.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .json_objects import Body

#: Returns the name of the object of a kind with an id, as C(name_of("integration", id)).
NameOf = t.Callable[[str, str], str]


def without_references(body: Body, name_of: NameOf) -> Body:
    """Return an object that names no other object as it is."""
    return body


def no_parts(body: Body) -> Body:
    """Return no values."""
    return {}


def nothing_stays(entry: dict[str, t.Any], present: t.Mapping[str, t.Any]) -> list[str]:
    """Leave the options as they are."""
    return []


@dataclasses.dataclass(frozen=True, kw_only=True)
class Comparison:
    """The rule of one kind in one API.

    C(with_names) returns an object with the names of other objects in the place of their ids. It changes no
    value of its argument. C(not_compared) are the options whose values mean something in their own org only,
    each with the reason. C(forward) returns the options that mean the object in the other API of the kind,
    None if that API does not translate it. Options without a place there are left out. C(take_away) changes
    the options that declare an object of another org so that they remove the parts which only the present
    object has, whose options it gets too. It returns the parts that stay nevertheless, as nouns in the plural
    or names. C(unmanaged_parts) returns values inside of managed fields that the collection does not manage,
    by path.
    """

    with_names: t.Callable[[Body, NameOf], Body] = without_references
    not_compared: t.Mapping[str, str] = dataclasses.field(default_factory=dict)
    forward: t.Callable[[Body], dict[str, t.Any]] | None = None
    unmanaged_parts: t.Callable[[Body], Body] = no_parts
    take_away: t.Callable[[dict[str, t.Any], t.Mapping[str, t.Any]], list[str]] = nothing_stays
