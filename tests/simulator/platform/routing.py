# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Routes of the platform API with their permissions, and the refusals that every operation can give."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from ..call import Call
from ..errors import ApiError, not_found
from ..orgs import Token
from ..rate_limits import Usage
from ..routing import Endpoint, Handler, Operation, error_response
from .switches import switches

#: Bytes (C(request.bytes.max)).
MAX_BODY = 512_000


class PlatformEndpoint(Endpoint):
    """The endpoint of one path. The C(scopes) of an operation are permissions, of which any one suffices."""

    def refusal(self, scope: Scope, error: ApiError) -> Response:
        """Return an error response, by a switch with a message in another language."""
        token: Token | None = scope["simulator.token"]
        if token and switches(token.org).messages == "german":
            error.message = f"Die Anforderung wurde abgelehnt ({error.status})."
            error.details = [detail._replace(sentence="ist ungültig.") for detail in error.details]
        return super().refusal(scope, error)

    def authenticate(self, scope: Scope) -> Token:
        return authenticated(scope)

    def authorize(self, scope: Scope, token: Token, operation: Operation) -> None:
        wanted = operation.scopes
        if wanted and not token.scopes.intersection(wanted):
            raise missing_permissions(wanted)
        if len(scope["simulator.body"]) > MAX_BODY:
            raise ApiError(413, "request.entity.too.large", f"The request is larger than {MAX_BODY} bytes.")


def authenticated(scope: Scope) -> Token:
    """Return the token of a request. Raise 401 if it is missing, unknown, expired or revoked."""
    token: Token | None = scope["simulator.token"]
    if token is None and "authorization" not in scope["simulator.headers"]:
        raise ApiError(401, "authentication.required", "No authentication bearer token specified.")
    if token is None or token.revoked:
        raise ApiError(401, "bad.credentials", "Invalid login credentials.")
    if token.expired:
        raise ApiError(401, "credentials.expired", "The supplied credentials are expired and cannot be used.")
    return token


def require_also(call: Call, wanted: tuple[str, ...]) -> None:
    """Raise 403 unless the token has a permission that an operation needs besides those of its route."""
    if not call.token.scopes.intersection(wanted):
        raise missing_permissions(wanted)


def missing_permissions(wanted: tuple[str, ...]) -> ApiError:
    """Return the refusal that names the permissions of an operation, of which any one suffices."""
    names = ", ".join(wanted)
    several = len(wanted) > 1
    code = "missing.any.permissions" if several else "missing.permissions"
    lacks = "You must have at least one of the permissions" if several else "You are missing the permission"
    message = f"Unable to perform the requested action. {lacks}: {names}"
    return ApiError(403, code, message, params={"permissions": names})


def route(path: str, **operations: tuple[Handler, tuple[str, ...]]) -> Route:
    """Return a route. The keywords are HTTP methods; each value is a handler and its permissions."""
    by_method = {method: Operation(*operation) for method, operation in operations.items()}
    return Route(path, PlatformEndpoint(by_method))


async def unknown_path(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a request for a path that the API lacks."""
    try:
        authenticated(scope)
        raise not_found(f"The path {scope['path']}")
    except ApiError as error:
        await error_response(error, scope["simulator.correlation_id"])(scope, receive, send)


def too_many_requests(usage: Usage) -> ApiError:
    return ApiError(
        429,
        "too.many.requests.retry.after",
        f"Rate limit exceeded the maximum. Retry the request in [{usage.reset}] seconds",
        limit={
            "key": usage.name,
            "namespace": "platform.api",
            "value": usage.allowed,
        },
    )
