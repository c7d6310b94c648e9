# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Divisions of an org by name, for the kinds whose objects are in one.

Private to the collection.
"""

from __future__ import annotations

import typing as t

from .._api.platform import NUMBERED
from .._engine.context import Context
from .._errors import Ambiguous, NotFound

PATH = "/api/v2/authorization/divisions"


def division_of(context: Context, name: str | None) -> dict[str, t.Any]:
    """Return the division with a name as C({id, name}), the home division for None.

    Only the first call of a run reads the list. Raise NotFound and Ambiguous.
    """
    listed = context.run_cache.get_or_compute("divisions", lambda: context.client.list(PATH, NUMBERED))
    found = [
        one
        for one in listed
        if (one.get("homeDivision") is True if name is None else one.get("name") == name)
    ]
    if len(found) > 1:
        raise Ambiguous("division", repr(name), [str(one["id"]) for one in found])
    if not found:
        named = "no home division" if name is None else f"no division {name!r}"
        raise NotFound(
            f"There is {named} in this org, or the client has no access to it. Create it first, or correct "
            "the option division. Names must match exactly."
        )
    return {"id": found[0]["id"], "name": found[0].get("name")}
