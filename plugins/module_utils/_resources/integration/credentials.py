# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Credentials of an integration: references by name, which become ids (P.7).

Private to the collection. A credential that the same run creates has a symbolic id until it is written.
"""

from __future__ import annotations

import typing as t

from ..._engine.context import Context
from ..._engine.identity import listed_once
from ..._errors import Ambiguous, GenesysError, NotFound
from ..._model.comparison import NameOf
from ..._model.json_objects import Body, merge_keys
from ..._model.json_type import TEXT, map_of, object_of
from ..._model.options import KnownObjects
from ..._model.plan import Plan, RemoteObject, name_of
from ..._model.resource import Field
from ..integration_credential.kind import INTEGRATION_CREDENTIAL

_SYMBOLIC = "(new credential "


def _ids(slots: t.Any) -> t.Any:
    """Return the id of each slot's credential. Its name is not compared, because the id decides."""
    if not isinstance(slots, dict):
        return slots
    return {slot: value.get("id") if isinstance(value, dict) else value for slot, value in slots.items()}


CREDENTIALS = Field(
    "credentials",
    "credentials",
    {},
    combine=merge_keys,
    canonical=_ids,
    json_type=map_of(object_of({"id": TEXT, "name": TEXT}, ["id"])),
)


def resolve(context: Context, current: RemoteObject | None) -> None:
    """Give each declared slot the id of its credential. Raise NotFound and Ambiguous."""
    declared = context.desired.credentials
    if declared:
        context.declared[CREDENTIALS] = {
            slot: None if value is None else _resolved(context, slot, value)
            for slot, value in declared.items()
        }


def references(slots: dict[str, dict[str, str]], known: KnownObjects) -> dict[str, t.Any]:
    """Return the references that the option has: the name of each credential, its id if that is ambiguous."""
    names = {slot: known.name_of(INTEGRATION_CREDENTIAL.name, one["id"]) for slot, one in slots.items()}
    return {slot: names[slot] or {"id": slots[slot]["id"]} for slot in sorted(slots)}


def _resolved(context: Context, slot: str, reference: dict[str, str]) -> dict[str, str]:
    if "id" in reference:
        return dict(reference)
    kind, name = INTEGRATION_CREDENTIAL, reference["name"]
    new = context.run_cache.new_object(kind.name, (name,))
    if new is not None:
        return {"id": new.id or f"{_SYMBOLIC}{name!r})", "name": name}
    resource = kind.profiles[context.client.profile.name]
    listed = listed_once(context.client, resource, context.run_cache)
    ids = [str(body["id"]) for body in listed if body.get("name") == name]
    if len(ids) > 1:
        raise Ambiguous(kind.title, repr(name), ids)
    if not ids:
        raise NotFound(
            f"There is no integration credential {name!r} in this org, which credentials.{slot} names. "
            "Create it first, or correct the name. Names must match exactly."
        )
    return {"id": ids[0], "name": name}


def with_names(body: Body, name_of: NameOf) -> Body:
    """Return an integration with the name of the credential in each slot."""
    slots = {
        slot: name_of(INTEGRATION_CREDENTIAL.name, one["id"]) for slot, one in CREDENTIALS.of(body).items()
    }
    return {**body, CREDENTIALS.wire: slots}


def refuse_new_credentials(plan: Plan) -> None:
    """Raise GenesysError if a credential that the run should have created does not exist."""
    slots = CREDENTIALS.of(plan.after or {}) if plan.after else {}
    missing = [value["name"] for value in slots.values() if str(value.get("id")).startswith(_SYMBOLIC)]
    if missing:
        names = ", ".join(map(repr, missing))
        raise GenesysError(
            f"The integration {name_of(plan)!r} was not written, because this run did not create its "
            f"credential {names}. Correct the failure of the credential, and run again."
        )
