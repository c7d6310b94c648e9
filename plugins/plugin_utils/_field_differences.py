# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fields that differ between two sides of an object, as paths with both values (C.5).

Private to the collection. Pure.
"""

from __future__ import annotations

import dataclasses
import typing as t
from collections.abc import Mapping, Sequence

from ansible_collections.genesys.cloud.plugins.module_utils._model.json_objects import exact
from ansible_collections.genesys.cloud.plugins.module_utils._printable import printable


@dataclasses.dataclass(frozen=True)
class Difference:
    """A field that differs, such as C(rest.url). A side without a value is None. Secrets are masked."""

    field: str
    before: t.Any
    after: t.Any


def differences(before: t.Any, after: t.Any, path: str = "") -> t.Iterator[Difference]:
    """Yield the leaves that differ as JSON, where true is not equal to 1.

    List entries are paired by name if every entry has one and no name repeats, else by position.
    """
    if exact(before) == exact(after):
        return
    sides = [side for side in (before, after) if side is not None]
    if any(sides) and all(isinstance(side, Mapping) for side in sides):
        prefix = f"{path}." if path else ""
        for key, old, new in _pairs(before or {}, after or {}):
            yield from differences(old, new, f"{prefix}{key}")
    elif any(sides) and all(_is_list(side) for side in sides):
        pairs = _pairs(*_by_name_or_position(before or [], after or []))
        found = [one for key, old, new in pairs for one in differences(old, new, f"{path}[{key}]")]
        yield from found or [Difference(printable(path), before, after)]  # only the order differs
    else:
        yield Difference(printable(path), before, after)


def _pairs(
    before: Mapping[t.Any, t.Any], after: Mapping[t.Any, t.Any]
) -> t.Iterator[tuple[t.Any, t.Any, t.Any]]:
    """Yield each key with the values of both sides, keys of C(after) first."""
    for key in [*after, *(key for key in before if key not in after)]:
        yield key, before.get(key), after.get(key)


def _is_list(value: t.Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, (str, bytes))


def _by_name_or_position(
    before: Sequence[t.Any], after: Sequence[t.Any]
) -> tuple[dict[t.Any, t.Any], dict[t.Any, t.Any]]:
    """Return both lists as mappings, by name if names are complete and unique, else by position."""
    both = [*before, *after]
    named = all(isinstance(entry, Mapping) and isinstance(entry.get("name"), str) for entry in both)
    unique = named and all(len({entry["name"] for entry in side}) == len(side) for side in (before, after))
    if unique:
        return {entry["name"]: entry for entry in before}, {entry["name"]: entry for entry in after}
    return dict(enumerate(before)), dict(enumerate(after))
