# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Flows as the info module reads them, and the flow that another kind names (N.1).

Private to the collection. The platform API has the type of a flow in upper case here, and in lower case in
queries and log levels. The canonical form is in lower case.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._api.platform import NUMBERED
from .._engine.lookup import IdentityIndex, by_id, list_all, list_matching
from .._engine.run_cache import RunCache
from .._errors import Ambiguous, NotFound
from .._http.client import Client
from .._model.desired_state import DesiredState
from .._model.endpoint import Endpoint
from .._model.json_objects import REQUIRED, Body, only_keys
from .._model.json_type import BOOLEAN, TEXT, object_of
from .._model.plan import from_list
from .._model.resource import Field, Identity, Resource, ResourceKind
from .flow_settings import reference

#: The key of all flows in the cache of a run.
_ALL = "all flows"
#: The types of flows that the collection knows.
TYPES = (
    "bot",
    "businessprocess",
    "commonmodule",
    "digitalbot",
    "emailsend",
    "inboundcall",
    "inboundchat",
    "inboundemail",
    "inboundshortmessage",
    "inqueuecall",
    "inqueueemail",
    "inqueueshortmessage",
    "outboundcall",
    "securecall",
    "speech",
    "surveyinvite",
    "voice",
    "voicemail",
    "voicesurvey",
    "workflow",
    "workitem",
)


def lower(value: t.Any, desired: t.Any = None) -> t.Any:
    """Return a type in lower case."""
    return value.lower() if isinstance(value, str) else value


def decode(raw: Body) -> Body:
    """Return a flow in canonical form."""
    body = {key: value for key, value in raw.items() if key != "selfUri"}
    if "division" in body:
        body["division"] = only_keys(body["division"], ("id", "name"))
    if "type" in body:
        body["type"] = lower(body["type"])
    return body


PLATFORM_RESOURCE = Resource(
    endpoint=Endpoint(path="/api/v2/flows", paging=NUMBERED, name_param="name", locking=None, decode=decode),
    fields=(
        Field("name", "name", REQUIRED, json_type=TEXT),
        Field("type", "type", to_wire=lower, json_type=TEXT),
        Field("description", "description", json_type=TEXT),
        Field("division", "division", json_type=object_of({"id": TEXT, "name": TEXT})),
    ),
    server_owned=(
        "id",
        "active",
        "system",
        "deleted",
        "lockedUser",
        "lockedClient",
        "publishedVersion",
        "savedVersion",
        "checkedInVersion",
        "debugVersion",
        "publishedBy",
        "currentOperation",
        "inputSchema",
        "outputSchema",
        "nluInfo",
        "supportedLanguages",
        "compatibleFlowTypes",
        "worktypeId",
        "virtualAgentEnabled",
    ),
    other_types={"active": BOOLEAN, "system": BOOLEAN, "deleted": BOOLEAN},
    creatable=False,
)
_REFERENCE_RESOURCE = dataclasses.replace(
    reference.REFERENCE_RESOURCE,
    identity=("name",),
    refused_options={"type": "has no meaning in the API 'reference': remove it"},
)
#: The flows of both APIs, which genesys_flow_info reads.
FLOW = ResourceKind(
    name="flow",
    title="flow",
    options={},
    model=DesiredState,
    profiles={"reference": _REFERENCE_RESOURCE, "platform": PLATFORM_RESOURCE},
    identity=("name", "type"),
)


class _AllFlows:
    """All flows of an org, by id and by identity."""

    def __init__(self, resource: Resource, bodies: list[Body]) -> None:
        self.by_id = {str(body["id"]): body for body in bodies}
        self._index = IdentityIndex(resource, map(from_list, bodies))

    def matching(self, identity: Identity) -> list[Body]:
        return [one.body for one in self._index.matching(identity)]


def _all_flows(client: Client, run_cache: RunCache) -> _AllFlows:
    resource = FLOW.profiles[client.profile.name]
    return run_cache.get_or_compute(_ALL, lambda: _AllFlows(resource, list_all(client, resource)))


def _named(client: Client, run_cache: RunCache, identity: Identity) -> list[Body]:
    """Return the flows of an identity. A run that looks for many flows lists all of them once."""

    def read() -> list[Body]:
        if not run_cache.seeks_many("flows", identity) and run_cache.known(_ALL) is None:
            return list_matching(client, FLOW.profiles[client.profile.name], identity)
        return _all_flows(client, run_cache).matching(identity)

    return run_cache.get_or_compute(f"flows {identity!r}", read)


def unique_name(client: Client, run_cache: RunCache, object_id: str, flow_type: str) -> str | None:
    """Return the name of a flow if no other flow of the type has it, else None. Read all flows once."""
    flows = _all_flows(client, run_cache)
    name = flows.by_id.get(object_id, {}).get("name")
    if not isinstance(name, str) or not name.strip():
        return None
    return name if [one["id"] for one in flows.matching((name, flow_type))] == [object_id] else None


def find_flow(
    client: Client, run_cache: RunCache, object_id: str | None, name: str | None, flow_type: str | None
) -> Body:
    """Return the flow that a task names by id, or else by name and type. Raise NotFound and Ambiguous."""
    if object_id is not None:
        found = by_id(client, FLOW.profiles[client.profile.name], object_id)
        if found is None:
            raise NotFound(f"There is no flow with the id {object_id!r} in this org. Correct the id.")
        return found.body
    matches = _named(client, run_cache, (name, lower(flow_type)))
    if len(matches) > 1:
        raise Ambiguous("flow", f"{name!r}, {flow_type!r}", [str(body["id"]) for body in matches])
    if not matches:
        raise NotFound(
            f"There is no flow {name!r} of the type {flow_type!r} in this org. Names must match exactly: "
            "correct the name or the type, or give the id."
        )
    return matches[0]
