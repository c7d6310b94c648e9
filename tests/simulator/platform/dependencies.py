# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The router of who uses what: dependency tracking of flows, and connections between integrations' objects.

The flow versions that consume an object are seeded as the kind C(consumers): C({flowId, name, type, version,
resourceId}).
"""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from ..call import DEFAULT_PAGE_SIZE, Call, json_response
from ..errors import Detail, bad_request, not_found
from ..orgs import Org
from ..store import Kind, Stored, Wire
from . import action_store, credential_info, integrations, queries
from .paging import numbered_page
from .permissions import VIEW_DEPENDENCY, VIEW_DEPENDENCY_TRACKING
from .routing import route
from .switches import switches

TRACKING = "/api/v2/architect/dependencytracking"
CONNECTIONS = "/api/v2/dependencies/type/{entityType}/id/{entityId}/connections"
CONSUMERS = Kind(name="consumers", path="")

Entity = tuple[str, str]


def routes() -> list[Route]:
    return [
        route(f"{TRACKING}/consumingresources", GET=(consuming, VIEW_DEPENDENCY_TRACKING)),
        route(f"{TRACKING}/build", GET=(build, VIEW_DEPENDENCY_TRACKING)),
        route(f"{CONNECTIONS}/requires", GET=(requires, VIEW_DEPENDENCY)),
        route(f"{CONNECTIONS}/requiredby", GET=(required_by, VIEW_DEPENDENCY)),
        route(f"{CONNECTIONS}/requiredbycounts", GET=(required_by_counts, VIEW_DEPENDENCY)),
    ]


def consumers(org: Org, resource_id: str) -> list[Stored]:
    return [one for one in org[CONSUMERS].all() if one.wire["resourceId"] == resource_id]


def consuming(call: Call) -> Response:
    """Return the flows that consume an object, one row for each version of a flow.

    A data action is found as DATAACTION, and a secure one as SECUREACTION only.
    """
    resource_id, object_type = queries.text(call, "id"), queries.text(call, "objectType")
    for name, value in (("id", resource_id), ("objectType", object_type)):
        if not value:
            raise bad_request(f"{name} is required.", [Detail(name, "invalid.value", "is required.")])
    stored = call.org[action_store.ACTIONS].get(resource_id)
    right = stored is None or object_type == ("SECUREACTION" if stored.wire["secure"] else "DATAACTION")
    wanted = queries.values(call, "resourceType")
    found = [
        one
        for one in (consumers(call.org, resource_id) if right else [])
        if not wanted or one.wire["type"] in wanted
    ]
    return numbered_page(call, found, _consumer)


def _consumer(stored: Stored) -> Wire:
    flags = {"deleted": False, "updated": False, "stateUnknown": False}
    wire = {name: value for name, value in stored.wire.items() if name not in ("resourceId", "flowId")}
    return {**flags, **wire, "id": stored.wire["flowId"]}


def build(call: Call) -> Response:
    return json_response({"id": call.org.id, "status": switches(call.org).tracking_build})


def links(org: Org) -> list[tuple[Entity, Entity]]:
    """Return every link as C((entity, the entity that it requires))."""
    of_actions = [
        (("DataAction", one.id), ("Integration", str(one.wire["integrationId"])))
        for one in org[action_store.ACTIONS].all()
    ]
    of_integrations = [
        (("Integration", one.id), ("Credential", credential_id))
        for one in org[integrations.KIND].all()
        for credential_id in integrations.credential_ids(one)
    ]
    return of_actions + of_integrations


def requires(call: Call) -> Response:
    asked = entity(call)
    return page(call, [target for source, target in links(call.org) if source == asked])


def required_by(call: Call) -> Response:
    asked = entity(call)
    return page(call, [source for source, target in links(call.org) if target == asked])


def required_by_counts(call: Call) -> Response:
    asked = entity(call)
    return json_response({"estimatedCount": sum(target == asked for _source, target in links(call.org))})


def entity(call: Call) -> Entity:
    """Return the entity of the path. Raise 400 for another type and 404 if it does not exist."""
    kinds = {
        "Integration": integrations.KIND,
        "DataAction": action_store.ACTIONS,
        "Credential": credential_info.KIND,
    }
    entity_type, entity_id = call.path_params["entityType"], call.path_params["entityId"]
    if entity_type not in kinds:
        raise bad_request(f"entityType must be one of {', '.join(kinds)}.")
    if call.org[kinds[entity_type]].get(entity_id) is None:
        raise not_found(f"The {entity_type} {entity_id}")
    return entity_type, entity_id


def page(call: Call, found: list[Entity]) -> Response:
    """Return a page by compound cursor: the entities after C(afterSourceType) and C(afterSourceId)."""
    size = call.whole_number("pageSize", DEFAULT_PAGE_SIZE, 100)
    entities = sorted(found)
    after = (queries.text(call, "afterSourceType"), queries.text(call, "afterSourceId"))
    left = [one for one in entities if one > after]
    shown = left[:size]
    body: Wire = {
        "entities": [{"entityType": kind, "entityId": one} for kind, one in shown],
        "selfUri": f"{call.path}?pageSize={size}",
    }
    if len(left) > size:
        kind, one = shown[-1]
        body["nextUri"] = f"{call.path}?afterSourceType={kind}&afterSourceId={one}&pageSize={size}"
    return json_response(body)
