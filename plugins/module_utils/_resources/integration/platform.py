# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The integration of the platform API: object and configuration as one, its fields, writes and checks (P.7).

Private to the collection.
"""

from __future__ import annotations

import typing as t

from ..._api.platform import NUMBERED
from ..._engine.context import Context
from ..._engine.received_objects import check_type
from ..._errors import GenesysError, InputError, MalformedResponse, StaleObject
from ..._findings import Findings
from ..._http.client import Client, Response
from ..._http.connection import quote
from ..._model.comparison import Comparison
from ..._model.endpoint import Endpoint, ObjectWrite
from ..._model.json_objects import REQUIRED, Body, exact, merge_keys, only_keys
from ..._model.json_type import TEXT, WHOLE_NUMBER, list_of, object_of
from ..._model.options import KnownObjects, Options, options_of
from ..._model.plan import Plan, name_of
from ..._model.resource import Field, Resource
from ..._retry_policy import CREATED_OBJECT, RetryLoop
from .credentials import CREDENTIALS, references, refuse_new_credentials, resolve, with_names
from .references import OWN_ACTIONS, PATH
from .reported_state import check_state, wait_for_state

_ACTIONS = f"{PATH}/actions"
#: The text that the API may return in place of an empty note.
_EMPTY_NOTE = "node_dynamodb_empty_string"
_CONFIG = ("name", "version", "notes", "properties", "advanced", "credentials")
_STATE = "intendedState"
_LINKS = ("selfUri", "config")
_SHOWN = 20


TYPE = Field("type", "integrationType.id", REQUIRED, json_type=TEXT)
_FIELDS = (
    Field("name", "name", REQUIRED, json_type=TEXT),
    TYPE,
    Field("intended_state", _STATE, "DISABLED", json_type=TEXT),
    Field("notes", "notes", "", json_type=TEXT),
    Field("properties", "properties", {}, combine=merge_keys, canonical=exact, json_type=object_of({})),
    Field("advanced", "advanced", {}, combine=merge_keys, canonical=exact, json_type=object_of({})),
    CREDENTIALS,
)
_CONFIGURATION = object_of(
    {
        "name": TEXT,
        "version": WHOLE_NUMBER,
        **{field.wire: field.json_type for field in _FIELDS if field.wire in _CONFIG},
    },
    ["version"],
)

#: A data action, as far as the check of a removal needs it.
_ACTION = object_of({"id": TEXT, "integrationId": TEXT}, ["id", "integrationId"])


def decode(raw: Body) -> Body:
    """Return an integration in canonical form, with its configuration if the object has it."""
    body = {key: value for key, value in raw.items() if key not in _LINKS}
    for key, kept in (("integrationType", ("id",)), ("reportedState", ("code", "detail"))):
        if key in body:
            body[key] = only_keys(body[key], kept)
    config = raw.get("config")
    current = config.get("current") if isinstance(config, dict) else None
    if isinstance(current, dict) and "version" in current:
        body |= {key: current[key] for key in _CONFIG if current.get(key) is not None}
    if body.get("notes") in (None, _EMPTY_NOTE):
        body["notes"] = ""
    if isinstance(body.get("credentials"), dict):
        body["credentials"] = {slot: _credential(value) for slot, value in body["credentials"].items()}
    return body


def _credential(info: t.Any) -> t.Any:
    """Return the reference in a slot: id and name of the credential."""
    return {key: info[key] for key in ("id", "name") if info.get(key)} if isinstance(info, dict) else info


def complete(client: Client, body: Body, within: float | None) -> Body | None:
    """Read the configuration, which has its own path. Return None if the integration is gone.

    That of a new integration may come later, and lists still show a removed one for a while.
    """
    if "version" in body:
        return body
    object_id, loop = str(body["id"]), RetryLoop(CREATED_OBJECT)
    path = config_path(object_id)
    response = client.get(path, allow_missing=True, within=within)
    while response is None and loop.wait():
        response = client.get(path, allow_missing=True, within=within)
    if response is None and client.get(f"{PATH}/{quote(object_id)}", allow_missing=True) is None:
        return None
    config = client.get(path, within=within).data if response is None else response.data
    return with_config(body, config, f"GET {path}")


def with_config(body: Body, config: t.Any, what: str) -> Body:
    """Return the object with its configuration. Raise MalformedResponse for a value of a wrong type."""
    check_type(_CONFIGURATION, config, what, "configuration")
    return decode({**body, "config": {"current": config}})


def config_path(object_id: str) -> str:
    return f"{PATH}/{quote(object_id)}/config/current"


def encode(body: Body, before: Body | None) -> Body:
    """Return the object with the version that the write is based on."""
    return body if before is None else {**body, "version": before["version"]}


def send(write: ObjectWrite) -> Response:
    """Create the integration if it is new, then write its configuration and its state if they differ."""
    wanted, response = write.body, None
    now = write.before
    if now is None:
        new = {"name": wanted["name"], "integrationType": wanted["integrationType"]}
        response = write.send("POST", PATH, new, repeatable=False)
        if not isinstance(response.data, dict) or not isinstance(response.data.get("id"), str):
            raise MalformedResponse(f"POST {PATH} was answered without an object that has an id.")
        _refuse_other_object(new, decode(response.data))
        path = config_path(response.data["id"])
        now = with_config(decode(response.data), write.read(path), f"GET {path}")
        wanted = {**wanted, "version": now["version"]}
    path = config_path(str(now["id"]))
    if any(exact(now.get(key)) != exact(wanted.get(key)) for key in _CONFIG):
        response = write.send("PUT", path, _config_body(wanted), repeatable=True)
        now = with_config(now, response.data, f"PUT {path}")
    if now.get(_STATE) != wanted[_STATE]:
        state = {_STATE: wanted[_STATE]}
        item = f"{PATH}/{quote(str(now['id']))}"
        if write.before is not None:
            _refuse_concurrent_state(write, item, now)
        response = write.send("PATCH", item, state, repeatable=True)
        reported = decode(response.data) if isinstance(response.data, dict) else {}
        now = {**now, **state, **{key: reported[key] for key in ("reportedState",) if key in reported}}
    if response is None:
        raise AssertionError("a planned update changes the configuration or the state")
    return response._replace(data=now)


def _refuse_other_object(sent: Body, created: Body) -> None:
    """Raise MalformedResponse if a creation was answered with another object, which must not be written."""
    if any(created.get(key) != value for key, value in sent.items()):
        raise MalformedResponse(
            f"POST {PATH} was answered with another object ({created.get('name')!r}, id {created['id']!r}). "
            "A proxy or cache before the API may mix up responses."
        )


def _refuse_concurrent_state(write: ObjectWrite, item: str, now: Body) -> None:
    """Read the state right before its change, which has no lock. Raise StaleObject if it has changed."""
    fresh = write.read(item)
    if fresh.get(_STATE) != now[_STATE]:
        raise StaleObject(
            f"PATCH {item} was not sent, because the state changed since it was read", status=409
        )


def _config_body(wanted: Body) -> Body:
    """Return the body of the configuration, which replaces all of it. Credentials are sent by their ids."""
    slots = wanted.get("credentials") or {}
    return {
        "name": wanted["name"],
        "version": wanted["version"],
        "notes": wanted.get("notes") or "",
        "properties": wanted.get("properties") or {},
        "advanced": wanted.get("advanced") or {},
        "credentials": {slot: {"id": credential["id"]} for slot, credential in slots.items()},
    }


def preflight(context: Context, plan: Plan) -> None:
    """Refuse another type, and credentials that the run should have created but did not."""
    if plan.action == "update" and TYPE in plan.changed:
        old, new = (TYPE.of(body or {}) for body in (plan.before, plan.after))
        findings = Findings()
        findings.problem(
            "type",
            f"is {old!r} and cannot become {new!r}: the API has no change of type. Remove the integration "
            "and create another one",
        )
        raise InputError(findings)
    if not context.check_mode:
        refuse_new_credentials(plan)


def refuse_removal(context: Context, plan: Plan) -> None:
    """Refuse to remove an integration that has actions, which the API would remove with it.

    Actions that the same run removes before do not count.
    """
    object_id = (plan.before or {})["id"]
    gone = context.run_cache.removals(planned=context.check_mode)
    actions = [
        f"{action.get('name')!r} (id {action['id']})"
        for action in _list_actions(context)
        if action.get("integrationId") == object_id
        and not action["id"].startswith(OWN_ACTIONS)
        and action["id"] not in gone
    ]
    if actions:
        more = f" and {len(actions) - _SHOWN} more" if len(actions) > _SHOWN else ""
        raise GenesysError(
            f"The integration {name_of(plan)!r} was not removed, because its data actions would be removed "
            f"with it: {', '.join(actions[:_SHOWN])}{more}. Remove them first or in the same run."
        )


def _list_actions(context: Context) -> list[Body]:
    """Return all actions, by a list that is at most C(list_lag) old. All integrations of a run share it."""
    client = context.client

    def read() -> list[Body]:
        listed = client.list(_ACTIONS, NUMBERED)
        check_type(list_of(_ACTION), listed, f"The list {_ACTIONS}", "list of data actions")
        return listed

    _read_at, actions = context.run_cache.get_or_compute_recent(
        "actions of integrations", read, max_age=client.list_lag
    )
    return actions


def to_options(resource: Resource, body: Body, known: KnownObjects) -> Options:
    """Return the options of an integration. An option that is null removes its key, so these are left out."""
    options = options_of(resource, body, known)
    for option in ("properties", "advanced"):
        if option in options:
            options[option] = {key: value for key, value in options[option].items() if value is not None}
            if not options[option]:
                del options[option]
    if CREDENTIALS.option in options:
        options[CREDENTIALS.option] = references(options[CREDENTIALS.option], known)
    return options


PLATFORM_RESOURCE = Resource(
    endpoint=Endpoint(
        path=PATH,
        paging=NUMBERED,
        locking="version",
        decode=decode,
        encode=encode,
        complete=complete,
        send=send,
    ),
    fields=_FIELDS,
    server_owned=("id", "version", "reportedState", "attributes"),
    event="Integrations.Integration",
    names_may_repeat=True,
    other_types={
        "reportedState": object_of({"code": TEXT, "detail": object_of({"message": TEXT})}),
        "attributes": object_of({}),
    },
    other_paths=(f"{PATH}/{{integrationId}}/config/current", _ACTIONS, f"{PATH}/credentials/listing"),
    resolve=resolve,
    preflight=preflight,
    refuse_removal=refuse_removal,
    after_write=wait_for_state,
    check_current=check_state,
    to_options=to_options,
    comparison=Comparison(with_names=with_names),
)
