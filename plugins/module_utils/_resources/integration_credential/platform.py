# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The credential of the platform API: write-only fields, and its use by integrations (P.8).

Private to the collection.
"""

from __future__ import annotations

import typing as t

from ..._api.platform import LINKED, NUMBERED
from ..._engine.context import Context
from ..._engine.received_objects import check_type
from ..._engine.verify import read_back
from ..._errors import GenesysError, InputError
from ..._findings import Findings
from ..._http.connection import quote
from ..._model.comparison import Comparison
from ..._model.endpoint import Endpoint
from ..._model.json_objects import REQUIRED, Body
from ..._model.json_type import TEXT, map_of, object_of
from ..._model.options import options_of
from ..._model.plan import Plan, RemoteObject, name_of
from ..._model.resource import Field, Resource
from ..._retry_policy import CREATED_OBJECT, RetryLoop
from ..._secrets import MASK
from .memory import memory_of

PATH = "/api/v2/integrations/credentials"
_INTEGRATIONS = "/api/v2/integrations"
_INTEGRATION_KIND = "integration"
_SHOWN = 20
#: The configuration of an integration, as far as the check of a removal needs it.
_CONFIGURATION = object_of({"credentials": map_of(object_of({"id": TEXT}, ["id"]))})


def masked_fields(fields: dict[str, str], desired: t.Any) -> dict[str, str]:
    """Return the names of the secret fields with masks. The secrets are added right before a request."""
    return dict.fromkeys(fields, MASK)


NAME = Field("name", "name", REQUIRED, json_type=TEXT)
TYPE = Field("type", "type.name", REQUIRED, json_type=TEXT)
FIELDS = Field("fields", "credentialFields", to_wire=masked_fields, write_only=True, json_type=map_of(TEXT))


def decode(raw: Body) -> Body:
    """Return a credential in canonical form: without its link and without the rest of its redacted fields."""
    body = {key: value for key, value in raw.items() if key not in ("selfUri", "credentialFields")}
    kind = raw.get("type")
    if isinstance(kind, dict):
        body["type"] = {"name": kind.get("name") or kind.get("id")}
    return body


def encode(body: Body, before: Body | None) -> Body:
    """Return the body of a write, which replaces the whole credential."""
    return {key: body[key] for key in ("name", "type", "credentialFields") if key in body}


def with_secrets(context: Context, body: Body) -> Body:
    """Return the body of a write with the secret fields of the task.

    Raise GenesysError in a rollback: the API would drop the secrets, which nothing has.
    """
    if context.is_rollback:
        raise GenesysError(
            f"The integration credential {body.get('name')!r} cannot be rolled back: the API replaces a "
            "credential with its fields, and no read shows the earlier ones."
        )
    fields = context.desired.fields
    return body if fields is None else {**body, "credentialFields": dict(fields)}


def resolve(context: Context, current: RemoteObject | None) -> None:
    """Decide whether the task writes its secrets, by C(update_secret) and the memory of the last ones."""
    fields = context.desired.fields
    if fields is None:
        return
    if current is None or _changes(context, current) or _writes_secrets(context, current):
        context.declared[FIELDS] = masked_fields(fields, context.desired)
    else:
        context.declared.pop(FIELDS, None)


def _changes(context: Context, current: RemoteObject) -> bool:
    """Return whether the task changes name or type: the API then replaces the secrets too."""
    return any(
        not field.equal(field.of(current.body), context.declared[field])
        for field in (NAME, TYPE)
        if field in context.declared
    )


def _writes_secrets(context: Context, current: RemoteObject) -> bool:
    how = context.desired.update_secret
    if how != "when_changed":
        return bool(how == "always")
    changed = memory_of(context, current.body["id"]).has_changed(context.desired.fields)
    if changed is None:
        _report_not_compared(context, current)
    return bool(changed)


def _report_not_compared(context: Context, current: RemoteObject) -> None:
    if "not_compared" not in context.result_fields:
        reason = memory_of(context, current.body["id"]).problem
        context.result_fields["not_compared"] = ["fields"]
        context.findings.warn(
            "fields",
            f"the secrets of the integration credential {str(current.body.get('name'))!r} cannot be "
            f"compared, and were not written: {reason}. Set update_secret to always once",
        )


def preflight(context: Context, plan: Plan) -> None:
    """Refuse an update of name or type without the secrets, which the API would drop."""
    if plan.action == "update" and context.desired.fields is None:
        findings = Findings()
        changed = " and ".join(field.option for field in plan.changed)
        findings.problem(
            "fields", f"is required to change {changed}: the API replaces a credential with all its fields"
        )
        raise InputError(findings)


def refuse_removal(context: Context, plan: Plan) -> None:
    """Refuse to remove a credential that an integration uses.

    In check mode, integrations count as the same run leaves them.
    """
    object_id = str((plan.before or {})["id"])
    planned = context.run_cache.planned(_INTEGRATION_KIND)
    removed = context.run_cache.removals(planned=context.check_mode)
    users = {}
    for one in context.client.list(_INTEGRATIONS, NUMBERED, {"credentialId": object_id}):
        known = planned.get(one["id"])
        if one["id"] not in removed and not (context.check_mode and known):
            released = known is not None and not _uses(known, object_id)
            if _still_uses(context, one["id"], object_id, released):
                users[one["id"]] = f"{one.get('name')!r} (id {one['id']})"
    if context.check_mode:
        users |= {
            key: f"{body['name']!r}" for key, body in planned.items() if body and _uses(body, object_id)
        }
    if users:
        shown = list(users.values())
        more = f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else ""
        raise GenesysError(
            f"The integration credential {name_of(plan)!r} was not removed, because integrations use it: "
            f"{', '.join(shown[:_SHOWN])}{more}. Give them another credential first or in the same run."
        )


def _still_uses(context: Context, integration_id: str, object_id: str, released: bool) -> bool:
    """Return whether the configuration of an integration has the credential.

    Read it again for a while if this run has C(released) the credential, because reads may lag.
    """
    path, loop = f"{_INTEGRATIONS}/{quote(integration_id)}/config/current", RetryLoop(CREATED_OBJECT)
    while True:
        response = context.client.get(path, allow_missing=True)
        if response is None:
            return False
        check_type(_CONFIGURATION, response.data, f"GET {path}", "configuration")
        if not _uses(response.data, object_id):
            return False
        if not (released and loop.wait()):
            return True


def _uses(config: Body, object_id: str) -> bool:
    """Return whether a configuration has the credential in a slot."""
    slots = config.get("credentials") or {}
    return any(slot["id"] == object_id for slot in slots.values())


def after_write(context: Context, plan: Plan, written: RemoteObject | None) -> RemoteObject | None:
    """Remember the digest of the secrets that were written, and read the credential back."""
    if context.is_rollback:
        return read_back(context, plan, written)
    memory = memory_of(context, str((written.body if written else plan.before or {})["id"]))
    if written is None:
        memory.forget()
    elif FIELDS in plan.changed and context.desired.fields is not None:
        stored = memory.remember(context.desired.fields, written.body.get("modifiedDate"))
        if not stored and context.desired.update_secret == "when_changed":
            context.findings.warn(
                "fields",
                f"the secrets of the integration credential {name_of(plan)!r} were written, but the next run "
                f"cannot compare them: {memory.problem}",
            )
    return read_back(context, plan, written)


PLATFORM_RESOURCE = Resource(
    endpoint=Endpoint(
        path=PATH,
        list_path=f"{PATH}/listing",
        paging=LINKED,
        locking=None,
        decode=decode,
        encode=encode,
    ),
    fields=(NAME, TYPE, FIELDS),
    server_owned=("id", "createdDate", "modifiedDate"),
    event="Integrations.Credential",
    created_field="createdDate",
    other_types={"createdDate": TEXT, "modifiedDate": TEXT},
    other_paths=(_INTEGRATIONS, f"{_INTEGRATIONS}/{{integrationId}}/config/current"),
    resolve=resolve,
    with_secrets=with_secrets,
    preflight=preflight,
    refuse_removal=refuse_removal,
    after_write=after_write,
    to_options=options_of,
    comparison=Comparison(),
)
