# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps names unique where the server does not: no task makes a second object of a name (S0.7).

Private to the collection. API: "Common rules" says whose names are unique.
"""

from __future__ import annotations

import random
import time

from ._engine.lookup import Found, by_name, list_all
from ._errors import InputError
from ._findings import Findings
from ._http.client import Client
from ._model.plan import Plan
from ._model.resource import Resource

#: Seconds between the looks at a list after a lost POST; the last look comes right before the next POST.
_PAUSES = (0.5, 1.0, 2.0)


def look_for_created(client: Client, resource: Resource, name: str) -> Found | None:
    """What a POST without a usable answer may have created.

    A server that does not refuse a second object of the name takes another POST at once, while the first
    may still be under way or not in the list yet: only finding it in time keeps it alone.
    """
    for seconds in () if resource.unique_names else _PAUSES:
        found = by_name(client, resource, name)
        if found is not None:
            return found
        time.sleep(seconds * random.uniform(1, 1.5))
    return by_name(client, resource, name)


def refuse_taken_name(client: Client, resource: Resource, plan: Plan) -> None:
    """Raises InputError when an update gives an object the name of another one."""
    before, after = plan.before or {}, plan.after or {}
    name = after.get("name")
    if resource.unique_names or plan.action != "update" or name == before.get("name"):
        return
    taken = [
        str(body["id"])
        for body in list_all(client, resource, name=name)
        if body.get("name") == name and body["id"] != before["id"]
    ]
    if taken:
        findings = Findings()
        findings.problem(
            "name",
            f"{name!r} is taken by another {resource.title} (id {', '.join(taken)}), and the server would "
            "not refuse it: neither could be found by its name any more",
        )
        raise InputError(findings)
