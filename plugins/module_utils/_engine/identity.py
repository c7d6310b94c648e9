# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Identity options that name objects of other kinds, and the lists that a run reads once to find them.

Private to the collection.
"""

from __future__ import annotations

import typing as t

from .._errors import GenesysError
from .._http.client import Client
from .._model.json_objects import Body
from .._model.resource import Resource
from .lookup import list_all
from .run_cache import RunCache


def identify(client: Client, resource: Resource, desired: t.Any, run_cache: RunCache) -> None:
    """Give the identity options of a desired state the values of the API, for the lookups that follow.

    After an error they are None, which fits any value, so that no rule for pruning misses the object.
    """
    if resource.identify is None:
        return
    try:
        values = resource.identify(client, run_cache, vars(desired))
    except GenesysError:
        for option in resource.named_by[1:]:
            setattr(desired, option, None)
        raise
    for option, value in values.items():
        setattr(desired, option, value)


def listed_once(client: Client, resource: Resource, run_cache: RunCache) -> list[Body]:
    """Return every object of the kind as its list has it. Only the first call of a run reads the list."""
    return run_cache.get_or_compute(listed_key(resource.kind), lambda: list_all(client, resource))


def listed_key(kind: str) -> str:
    """Return the key of a kind's first list in the cache of a run."""
    return f"first list of {kind}"
