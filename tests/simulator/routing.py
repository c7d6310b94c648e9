# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Routes with their handlers and scopes, and the responses for errors."""

from __future__ import annotations

import dataclasses
import typing as t

from starlette.datastructures import QueryParams
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from .call import Call, json_response
from .errors import ApiError, not_found
from .orgs import Token, unauthorized

Handler = t.Callable[[Call], Response]


@dataclasses.dataclass(frozen=True)
class Operation:
    handler: Handler
    scopes: tuple[str, ...]


class Endpoint:
    """The ASGI endpoint of one path, with C(operations) by HTTP method."""

    def __init__(self, operations: t.Mapping[str, Operation]) -> None:
        self.operations = operations

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            response = self._answer(scope)
        except ApiError as error:
            response = self.refusal(scope, error)
        await response(scope, receive, send)

    def refusal(self, scope: Scope, error: ApiError) -> Response:
        return error_response(error, scope["simulator.correlation_id"])

    def authenticate(self, scope: Scope) -> Token:
        return authenticated(scope)

    def authorize(self, scope: Scope, token: Token, operation: Operation) -> None:
        """Raise the response for a request that the operation refuses before it is handled."""
        token.require(operation.scopes)

    def _answer(self, scope: Scope) -> Response:
        token = self.authenticate(scope)
        operation = self.operations.get(scope["method"])
        if operation is None:
            raise ApiError(
                405,
                "method.not.allowed",
                f"{scope['method']} is not allowed here.",
                headers={"Allow": ", ".join(sorted(self.operations))},
            )
        self.authorize(scope, token, operation)
        call = Call(
            token.org,
            token,
            scope["scheme"],
            scope["path"],
            scope["path_params"],
            QueryParams(scope["query_string"]),
            scope["simulator.headers"],
            scope["simulator.body"],
        )
        with token.org.acting_as(token.actor_id):
            return operation.handler(call)


def authenticated(scope: Scope) -> Token:
    """Return the token of a request. Raise 401 if it is missing, unknown, expired or revoked."""
    token: Token | None = scope["simulator.token"]
    if token is None:
        if "authorization" not in scope["simulator.headers"]:
            raise unauthorized("authentication.required", "No access token was sent.")
        raise unauthorized("bad.credentials", "The access token is not known.")
    token.require(())
    return token


def route(path: str, **operations: tuple[Handler, tuple[str, ...]]) -> Route:
    """Return a route. The keywords are HTTP methods; each value is a handler and the scopes that it needs."""
    operations_by_method = {method: Operation(*operation) for method, operation in operations.items()}
    return Route(path, Endpoint(operations_by_method))


def error_response(error: ApiError, correlation_id: str) -> Response:
    return json_response(error.body(correlation_id), error.status, error.headers)


async def unknown_path(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a request for a path that no API has."""
    try:
        authenticated(scope)
        raise not_found(f"The path {scope['path']}")
    except ApiError as error:
        await error_response(error, scope["simulator.correlation_id"])(scope, receive, send)
