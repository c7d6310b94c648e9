# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values of objects that clients set and the collection does not manage (X.1, X.2, X.3).

Private to the collection. Pure. An export or a promotion has no place for them, so that it has to name them.
"""

from __future__ import annotations

import functools
import typing as t

from .json_objects import Body, exact
from .resource import Resource


def unmanaged_values(resource: Resource, body: Body) -> Body:
    """Return the values of an object that have no option and are not the server's own, by key or path."""
    managed = _managed_keys(resource)
    values = {key: value for key, value in body.items() if key not in managed}
    return values if resource.comparison is None else {**values, **resource.comparison.unmanaged_parts(body)}


def unmanaged_differences(resource: Resource, here: Body, there: Body) -> t.Iterator[str]:
    """Yield the keys or paths of unmanaged values that differ."""
    one, other = unmanaged_values(resource, here), unmanaged_values(resource, there)
    for key in {**one, **other}:
        if exact(one.get(key)) != exact(other.get(key)):
            yield key


def lost_values(resource: Resource, body: Body, usual: Body) -> t.Iterator[str]:
    """Yield the keys or paths of values that a copy of an object would lack.

    C(usual) has the values that the copy has anyway. Objects that the API or the vendor makes exist anyway.
    A name may be part of an identity without an option.
    """
    if not resource.creatable or (resource.built_in is not None and resource.built_in(body)):
        return
    values = unmanaged_values(resource, body)
    for key in unmanaged_differences(resource, usual, body):
        if key != "name" and values.get(key) not in (None, {}, [], ""):
            yield key


@functools.cache
def _managed_keys(resource: Resource) -> frozenset[str]:
    return frozenset(
        {"id", *resource.server_owned, *(field.wire.partition(".")[0] for field in resource.fields)}
    )
