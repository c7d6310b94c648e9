# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The control API under C(/_simulator), for tests and the demo. C(control) is its client."""

from __future__ import annotations

import typing as t

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from .call import parse_json
from .errors import ApiError
from .faults import Fault
from .orgs import Org, World
from .seeding import HeldNames, Settings, TokenSetup, create_org
from .store import Collection
from .strict_models import SetupError

PREFIX = "/_simulator"
#: The actor id of a token that the control API issued.
TOKEN_WITHOUT_CLIENT = "token-of-the-control-api"


def build(world: World) -> Starlette:
    return Starlette(
        routes=[Mount(PREFIX, routes=routes(world))],
        exception_handlers={HTTPException: _explain, ApiError: _explain, SetupError: _explain},
    )


def routes(world: World) -> list[Route]:
    control = Control(world)
    org, objects = "/orgs/{org}", "/orgs/{org}/objects/{kind}"
    return [
        Route("/health", control.health, methods=["GET"]),
        Route("/orgs", control.create_org, methods=["POST"]),
        Route(f"{org}/reset", control.reset, methods=["POST"]),
        Route(objects, control.objects, methods=["GET"]),
        Route(objects, control.seed, methods=["POST"]),
        Route(objects + "/{id}", control.edit, methods=["PATCH"]),
        Route(objects + "/{id}", control.delete, methods=["DELETE"]),
        Route(f"{org}/log", control.log, methods=["GET"]),
        Route(f"{org}/log", control.clear_log, methods=["DELETE"]),
        Route(f"{org}/faults", control.faults, methods=["GET"]),
        Route(f"{org}/faults", control.add_fault, methods=["POST"]),
        Route(f"{org}/faults", control.clear_faults, methods=["DELETE"]),
        Route(f"{org}/clients/{{id}}", control.change_client, methods=["PATCH"]),
        Route(f"{org}/tokens", control.issue_token, methods=["POST"]),
        Route(f"{org}/tokens/expire", control.expire_tokens, methods=["POST"]),
        Route(f"{org}/tokens/revoke", control.revoke_tokens, methods=["POST"]),
        Route(f"{org}/settings", control.settings, methods=["PATCH"]),
    ]


class Control:
    """The endpoints. An unknown org, kind or object is 404, an invalid request 400."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def health(self, request: Request) -> Response:
        return JSONResponse({"orgs": sorted(self.world.orgs)})

    async def create_org(self, request: Request) -> Response:
        org = create_org(self.world, await _object(request))
        return JSONResponse({"key": org.key, "id": org.id, "name": org.name})

    async def reset(self, request: Request) -> Response:
        self._org(request).reset()
        return Response(status_code=204)

    async def objects(self, request: Request) -> Response:
        return JSONResponse([stored.wire for stored in self._collection(request).all()])

    async def seed(self, request: Request) -> Response:
        given = parse_json(await request.body())
        if not isinstance(given, list) or not all(isinstance(wire, dict) for wire in given):
            raise HTTPException(400, "seed takes a list of objects")
        collection = self._collection(request)
        return JSONResponse([collection.seed(wire).wire for wire in given])

    async def edit(self, request: Request) -> Response:
        collection = self._collection(request)
        patch = await _object(request)
        # Only now, because a client may have changed the object while the body was on its way.
        stored = collection.get(request.path_params["id"])
        if stored is None:
            raise HTTPException(404, f"no object {request.path_params['id']}")
        return JSONResponse(collection.edit(stored, patch).wire)

    async def delete(self, request: Request) -> Response:
        collection, object_id = self._collection(request), request.path_params["id"]
        if collection.get(object_id) is None:
            raise HTTPException(404, f"no object {object_id}")
        collection.remove(object_id)
        return Response(status_code=204)

    async def log(self, request: Request) -> Response:
        query = request.query_params
        entries = self._org(request).log.select(query.get("method"), query.get("path"))
        return JSONResponse([entry.as_json() for entry in entries])

    async def clear_log(self, request: Request) -> Response:
        self._org(request).log.clear()
        return Response(status_code=204)

    async def faults(self, request: Request) -> Response:
        return JSONResponse([rule.counts() for rule in self._org(request).faults.rules])

    async def add_fault(self, request: Request) -> Response:
        org = self._org(request)
        org.faults.rules.append(Fault.read(await _object(request)))
        return Response(status_code=204)

    async def clear_faults(self, request: Request) -> Response:
        self._org(request).faults.rules.clear()
        return Response(status_code=204)

    async def change_client(self, request: Request) -> Response:
        org, client_id = self._org(request), request.path_params["id"]
        client = self.world.clients.get(client_id)
        if client is None or client.org is not org:
            raise HTTPException(404, f"no client {client_id}")
        given = HeldNames.read(await _object(request), org.api.scopes)
        self.world.add_client(org, client_id, client.client_secret, given.held)
        return Response(status_code=204)

    async def issue_token(self, request: Request) -> Response:
        org = self._org(request)
        names = org.api.scopes
        given = TokenSetup.read(await _object(request), names)
        granted = names.held(given.held)
        token = self.world.issue_token(org, granted, given.lifetime, actor_id=TOKEN_WITHOUT_CLIENT)
        return JSONResponse({"access_token": token.value})

    async def expire_tokens(self, request: Request) -> Response:
        for token in self.world.tokens_of(self._org(request)):
            token.expires_at = 0
        return Response(status_code=204)

    async def revoke_tokens(self, request: Request) -> Response:
        for token in self.world.tokens_of(self._org(request)):
            token.revoked = True
        return Response(status_code=204)

    async def settings(self, request: Request) -> Response:
        org = self._org(request)
        Settings.read(await _object(request)).apply(org)
        return Response(status_code=204)

    def _org(self, request: Request) -> Org:
        key = request.path_params["org"]
        if key not in self.world.orgs:
            raise HTTPException(404, f"no org {key}")
        return self.world.orgs[key]

    def _collection(self, request: Request) -> Collection:
        org, kind = self._org(request), request.path_params["kind"]
        if kind not in org.collections:
            raise HTTPException(404, f"no kind {kind}; there are {', '.join(org.collections)}")
        return org.collections[kind]


async def _object(request: Request) -> dict[str, t.Any]:
    value = parse_json(await request.body())
    if not isinstance(value, dict):
        raise HTTPException(400, "the body must be a JSON object")
    return value


async def _explain(request: Request, error: Exception) -> Response:
    if isinstance(error, HTTPException):
        return JSONResponse({"error": error.detail}, error.status_code)
    return JSONResponse({"error": str(error)}, error.status if isinstance(error, ApiError) else 400)
