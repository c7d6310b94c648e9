# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""References to integrations by name or id, which other kinds have as an option (P.10).

Private to the collection. An integration that the same run creates has a symbolic id until it is written.
"""

from __future__ import annotations

import typing as t

from ..._api.platform import NUMBERED
from ..._engine.identity import listed_key
from ..._engine.received_objects import check_type
from ..._engine.run_cache import RunCache
from ..._errors import Ambiguous, NotFound
from ..._http.client import Client
from ..._model.json_objects import Body, get_path
from ..._model.json_type import TEXT, object_of

PATH = "/api/v2/integrations"
#: The name of the kind. Its description would bring the code of credentials into each module.
KIND = "integration"
#: Beginnings of the ids of data actions that an integration has by itself: they come and go with it.
OWN_ACTIONS = ("static", "customAuth_-_")
_SYMBOLIC = "(new integration "
_LISTED = object_of({"id": TEXT, "name": TEXT, "integrationType": object_of({"id": TEXT})}, ["id"])


def integrations(client: Client, run_cache: RunCache) -> list[Body]:
    """Return every integration as the list has it. Only the first call of a run reads the list."""

    def read() -> list[Body]:
        listed = client.list(PATH, NUMBERED)
        for body in listed:
            check_type(_LISTED, body, f"The list {PATH}", "integration")
        return listed

    return run_cache.get_or_compute(listed_key(KIND), read)


def _type(body: Body) -> t.Any:
    return get_path(body, "integrationType.id")


def type_of(client: Client, run_cache: RunCache, integration_id: str) -> str | None:
    """Return the type of an integration, None if no list shows the integration."""
    for body in integrations(client, run_cache):
        if body["id"] == integration_id:
            return t.cast("str | None", _type(body))
    return next(
        (str(one.type) for one in _declared(run_cache) if integration_id in (one.id, _symbolic_id(one))), None
    )


def resolve_reference(client: Client, run_cache: RunCache, reference: str, type_id: str | None) -> str:
    """Return the id of the integration with a name or an id, which may be the symbolic id of a new one.

    Raise NotFound and Ambiguous.
    """
    listed = integrations(client, run_cache)
    if any(body["id"] == reference for body in listed):
        return reference
    declared = _declared(run_cache)
    renamed = {one.id: one.name for one in declared if one.id is not None and one.name is not None}
    names = {body["id"]: renamed.get(body["id"], body.get("name")) for body in listed}
    found = [
        str(body["id"])
        for body in listed
        if names[body["id"]] == reference and type_id in (None, _type(body))
    ]
    found += [
        _symbolic_id(one)
        for one in declared
        if one.id is None
        and one.name == reference
        and type_id in (None, one.type)
        and not any(one.name == body.get("name") and one.type in (None, _type(body)) for body in listed)
    ]
    if len(found) > 1:
        raise _ambiguous(reference, found)
    if not found:
        raise _not_found(
            reference, type_id, {_type(body) for body in listed if names[body["id"]] == reference}
        )
    return found[0]


def _not_found(reference: str, type_id: str | None, types: set[str | None]) -> NotFound:
    """Return the error; C(types) are those of the integrations of this name, which have another type."""
    of_type = f" of the type {type_id!r}" if type_id is not None else ""
    there = " or ".join(sorted(repr(one) for one in types if one is not None))
    other = f" There is one of the type {there}." if there else ""
    return NotFound(
        f"integration: there is no integration {reference!r}{of_type} in this org.{other} Create it first, "
        "or correct the name or the id. Names must match exactly."
    )


def _ambiguous(reference: str, found: list[str]) -> Ambiguous:
    error = Ambiguous(KIND, repr(reference), found)
    error.add("The option integration takes the id, and integration_type chooses a type.")
    return error


def known_id(run_cache: RunCache, integration_id: str) -> str:
    """Return the id of an integration that the run has created since, in the place of its symbolic id."""
    if not is_symbolic(integration_id):
        return integration_id
    for one in _declared(run_cache):
        if _symbolic_id(one) == integration_id:
            new = run_cache.new_object(KIND, (one.name, one.type))
            return integration_id if new is None or new.id is None else new.id
    return integration_id


def is_symbolic(integration_id: object) -> bool:
    """Return whether an id stands for an integration that the run has not created yet."""
    return str(integration_id).startswith(_SYMBOLIC)


def _symbolic_id(declared: t.Any) -> str:
    return f"{_SYMBOLIC}{declared.name!r} of the type {declared.type})"


def _declared(run_cache: RunCache) -> list[t.Any]:
    return run_cache.declared.get(KIND, [])
