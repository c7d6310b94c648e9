# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Objects that a rollback created again, and their duplicates if the server accepts two objects of a name.

Private to the collection. Another client may create an object of the name at the same time (S0.6).
"""

from __future__ import annotations

import typing as t

from .._engine.context import Context
from .._engine.duplicates import give_way
from .._engine.lookup import list_all
from .._engine.verify import look_for_late_creations, may_have_duplicates, wait_for_lists, warn_of_lists
from .._errors import GenesysError
from .._model.json_objects import Body
from .._model.plan import Plan, RemoteObject, name_of
from .._unexpected_errors import unexpected_errors
from .outcome import OutcomeTracker


class Recreated(t.NamedTuple):
    """An object that the rollback has created: the context of the write, the object, and its outcome."""

    context: Context
    now: RemoteObject
    tracker: OutcomeTracker

    @property
    def plan(self) -> Plan:
        return Plan("create", before=None, after=self.now.body)


def settle_recreated(all_recreated: t.Iterable[Recreated]) -> None:
    """Remove or report duplicates of the objects of one kind. Wait until a list shows the objects.

    If another client's object is older, the recreated one is removed again. Else the outcome of the object
    is an error with the ids of both.
    """
    created = {
        str(one.now.body["id"]): one for one in all_recreated if may_have_duplicates(one.context, one.plan)
    }
    if not created:
        return
    first = next(iter(created.values()))
    client, resource = first.context.client, first.context.resource
    listed: dict[str, Body] = {}

    def look(_ids: set[str]) -> set[str]:
        identities = [resource.identity_of(one.now.body) for one in created.values()]
        bodies = {str(body["id"]): body for body in list_all(client, resource, identities=identities)}
        listed.update(bodies)
        return set(bodies)

    for object_id in wait_for_lists(client, look, created, first.plan):
        warn_of_lists(created[object_id].context, created[object_id].plan)
    late = [one.context for one in created.values() if one.context.may_appear_late]
    if late:
        look_for_late_creations(late, look, set(created))
    for object_id, one in created.items():
        identity = resource.identity_of(one.now.body)
        others = {key for key, body in listed.items() if resource.identity_of(body) == identity}
        if others - {object_id}:
            _settle(one, others - {object_id})


def _settle(one: Recreated, others: set[str]) -> None:
    if one.context.resource.names_may_repeat:
        one.tracker.note([], f"meanwhile others of its name appeared (id {', '.join(sorted(others))})")
        return
    try:
        with unexpected_errors(f"The rollback of the {one.context.resource.title} {name_of(one.plan)!r}"):
            older = give_way(one.context, one.now, others)
    except GenesysError as error:
        one.tracker.result.error = error
        return
    if older is not None:
        one.tracker.observe(None)
        one.tracker.note(
            ["id"], f"its name belongs to another object now (id {older.body['id']}): it was removed again"
        )
