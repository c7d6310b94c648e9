# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The part of a kind's objects that only some tasks need, such as the rows of a data table.

Private to the collection. A resource reads its objects without that part. C(with_part) returns the resource
that reads them whole.
"""

from __future__ import annotations

import dataclasses
import functools
import typing as t

from .resource import Resource


@functools.cache
def with_part(resource: Resource) -> Resource:
    """Return the resource whose reads include the optional part. Without such a part, it is the same one."""
    endpoint = resource.endpoint
    if endpoint.reads_part or endpoint.read_part is None:
        return resource
    reading = dataclasses.replace(
        endpoint, complete=endpoint.read_part, completes_by_id=True, reads_part=True
    )
    whole = dataclasses.replace(resource, endpoint=reading)
    object.__setattr__(whole, "definition", resource.definition)
    return whole


def for_task(resource: Resource, desired: t.Any) -> Resource:
    """Return the resource whose reads include what a desired state needs."""
    needs_part = resource.endpoint.needs_part
    return with_part(resource) if needs_part is not None and needs_part(desired) else resource
