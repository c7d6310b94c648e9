# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The log level of the platform API: paths of flows and of the default, fields, writes and checks (N.1).

Private to the collection. The id of a log level is that of its flow. A flow without one has the default.
"""

from __future__ import annotations

import dataclasses
import typing as t

from ..._api.platform import NUMBERED
from ..._engine.context import Context
from ..._engine.lookup import by_id
from ..._engine.verify import read_back
from ..._errors import NotFound
from ..._http.client import Client, Response
from ..._http.connection import quote
from ..._model.comparison import Comparison, NameOf
from ..._model.endpoint import Endpoint, ObjectWrite
from ..._model.json_objects import ABSENT, REQUIRED, Body, get_path, merge_keys, only_keys
from ..._model.json_type import BOOLEAN, TEXT, map_of, object_of
from ..._model.options import KnownObjects, Options, options_of
from ..._model.plan import Plan, RemoteObject
from ..._model.resource import Field, Resource
from ..flow import find_flow, lower
from .level_definitions import DEFINITIONS, characteristics_of

_LIST = "/api/v2/flows/instances/settings/loglevels"
_DEFAULT_PATH = f"{_LIST}/default"
#: The id and the name of the org's default in canonical form.
DEFAULT = "default"
_WHOLE_LEVEL = "logLevelCharacteristics.characteristics"
_EXPAND = {"expand": f"name,type,{_WHOLE_LEVEL}"}
_EXPAND_DEFAULT = {"expand": _WHOLE_LEVEL}


def item_path(quoted_id: str) -> str:
    """Return the path of a flow's log level, or of the default."""
    return (
        _DEFAULT_PATH if quoted_id == DEFAULT else f"/api/v2/flows/{quoted_id}/instances/settings/loglevels"
    )


def _merged(current: t.Any, declared: t.Any) -> t.Any:
    return declared if declared is ABSENT else merge_keys(current, declared)


FLOW_ID = Field("id", "id", json_type=TEXT)
NAME = Field("name", "name", json_type=TEXT)
TYPE = Field("type", "type", to_wire=lower, json_type=TEXT)
LEVEL = Field("level", "logLevelCharacteristics.level", REQUIRED, json_type=TEXT)
CHARACTERISTICS = Field("characteristics", _WHOLE_LEVEL, combine=_merged, json_type=map_of(BOOLEAN))


def decode(raw: Body) -> Body:
    """Return a log level in canonical form."""
    body = {key: value for key, value in raw.items() if key != "selfUri"}
    for key in ("modifiedBy", "modifiedByClient"):
        if key in body:
            body[key] = only_keys(body[key], ("id", "name"))
    if "type" in body:
        body["type"] = lower(body["type"])
    return body


def read(client: Client, object_id: str, within: float | None) -> Response | None:
    """Read a log level with all its parts. The API gives the default another id in its responses."""
    path, is_default = item_path(quote(object_id)), object_id == DEFAULT
    response = client.get(path, _EXPAND_DEFAULT if is_default else _EXPAND, allow_missing=True, within=within)
    if response is None or not is_default:
        return response
    return _named(response, {"id": DEFAULT, "name": DEFAULT})


def _named(response: Response, names: Body) -> Response:
    data = response.data
    return response._replace(data={**data, **names}) if isinstance(data, dict) else response


def send(write: ObjectWrite) -> Response:
    """Create or replace a log level. The default exists in each org, so that it is only replaced."""
    wanted = write.body
    object_id = str(wanted["id"])
    is_default = object_id == DEFAULT
    expand = (_EXPAND_DEFAULT if is_default else _EXPAND)["expand"]
    method = "POST" if write.before is None and not is_default else "PUT"
    body = {"logLevelCharacteristics": wanted["logLevelCharacteristics"]}
    path = f"{item_path(quote(object_id))}?expand={expand}"
    response = write.send(method, path, body, repeatable=write.repeatable)
    return _named(
        response, {key: wanted[key] for key in ("id", "name", "type") if wanted.get(key) is not None}
    )


def resolve(context: Context, current: RemoteObject | None) -> None:
    """Declare the flow of a new log level, and all characteristics of a new level.

    Raise NotFound if a task names another flow than that of its id.
    """
    if current is None:
        _declare_flow(context)
    else:
        _refuse_other_flow(context, current.body)
    _declare_characteristics(context, current)


def _declare_flow(context: Context) -> None:
    desired, declared = context.desired, context.declared
    if desired.id == DEFAULT:
        declared |= {FLOW_ID: DEFAULT, NAME: DEFAULT}
        return
    if "flow" not in context.scratch:
        context.scratch["flow"] = find_flow(
            context.client, context.run_cache, desired.id, desired.name, desired.type
        )
    flow = context.scratch["flow"]
    _refuse_other_flow(context, flow)
    declared |= {FLOW_ID: flow["id"], NAME: flow.get("name"), TYPE: flow.get("type")}


def _refuse_other_flow(context: Context, body: Body) -> None:
    """Raise NotFound if name or type of a task with an id are not those of the flow."""
    desired = context.desired
    wanted = [(desired.name, body.get("name")), (lower(desired.type), body.get("type"))]
    if any(one is not None and one != other for one, other in wanted):
        shown = ", ".join(repr(other) for _one, other in wanted if other is not None)
        given = ", ".join(repr(one) for one, _other in wanted if one is not None)
        raise NotFound(
            f"The flow with the id {body['id']!r} is {shown}, not {given}. Correct the id, the name or "
            "the type, or omit name and type."
        )


def _declare_characteristics(context: Context, current: RemoteObject | None) -> None:
    """Declare the characteristics that the object will have, because a level brings its own ones."""
    desired, declared = context.desired, context.declared
    given, earlier = desired.characteristics, None if current is None else LEVEL.of(current.body)
    level = desired.level if desired.level is not None else earlier
    if level != earlier or (desired.given("characteristics") and given is None):
        own = None if level is None else characteristics_of(context, level)
        declared[CHARACTERISTICS] = {**own, **(given or {})} if own is not None else given or ABSENT
    elif given is not None:
        declared[CHARACTERISTICS] = dict(given)
    else:
        declared.pop(CHARACTERISTICS, None)


def preflight(context: Context, plan: Plan) -> RemoteObject | None:
    """Return the log level of a planned creation if it exists by now. Look right before the write only."""
    if plan.action != "create" or context.check_mode:
        return None
    return by_id(context.client, context.resource, str((plan.after or {})["id"]))


def refuse_removal(context: Context, plan: Plan) -> None:
    """Refuse to remove the log level of another flow than the task names."""
    if not context.is_rollback:
        _refuse_other_flow(context, plan.before or {})


def after_write(context: Context, plan: Plan, written: RemoteObject | None) -> RemoteObject | None:
    """Read the log level back. Only the response has the characteristics of a level without a definition."""
    sent = plan.after
    if sent is not None and written is not None and get_path(sent, CHARACTERISTICS.wire) is ABSENT:
        stored = CHARACTERISTICS.of(written.body)
        if stored is not ABSENT:
            level = {**sent["logLevelCharacteristics"], "characteristics": stored}
            plan = dataclasses.replace(plan, after={**sent, "logLevelCharacteristics": level})
    return read_back(context, plan, written)


def to_options(resource: Resource, body: Body, known: KnownObjects) -> Options:
    """Return the options of a log level: of a flow by its name and type, or of the default."""
    options = options_of(resource, body, known)
    if body.get("id") != DEFAULT:
        return options
    return {"default": True, **{key: value for key, value in options.items() if key not in ("name", "type")}}


def with_names(body: Body, name_of: NameOf) -> Body:
    """Return a log level without the id of its flow, whose name and type it has too."""
    return {key: value for key, value in body.items() if key != FLOW_ID.wire}


PLATFORM_RESOURCE = Resource(
    endpoint=Endpoint(
        path=_LIST,
        paging=NUMBERED,
        list_params=_EXPAND,
        item_path=item_path,
        read=read,
        unlisted=frozenset({DEFAULT}),
        locking=None,
        decode=decode,
        send=send,
    ),
    fields=(FLOW_ID, NAME, TYPE, LEVEL, CHARACTERISTICS),
    server_owned=("dateModified", "modifiedBy", "modifiedByClient"),
    unique_names=True,
    other_types={
        "dateModified": TEXT,
        "modifiedBy": object_of({"id": TEXT}),
        "modifiedByClient": object_of({"id": TEXT}),
    },
    other_paths=(DEFINITIONS, "/api/v2/flows", "/api/v2/flows/{flowId}"),
    write_paths=("/api/v2/flows/{flowId}/instances/settings/loglevels", _DEFAULT_PATH),
    resolve=resolve,
    preflight=preflight,
    refuse_removal=refuse_removal,
    after_write=after_write,
    to_options=to_options,
    comparison=Comparison(with_names=with_names),
)
