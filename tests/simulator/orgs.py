# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The orgs of one simulator, with their OAuth clients and tokens."""

from __future__ import annotations

import contextlib
import dataclasses
import secrets
import time
import typing as t
import uuid

from .api import Api
from .errors import ApiError
from .events import Event
from .faults import Faults
from .rate_limits import CLIENT_LIMIT, TOKEN_LIMIT, Limit, RateLimit, Usage
from .request_log import RequestLog
from .store import Change, Collection, Kind, Wire

#: The actor id of changes that the control API or a fault makes.
OTHER_USER = "somebody-else"

State = t.TypeVar("State")


@dataclasses.dataclass(frozen=True)
class Client:
    """An OAuth client. C(scopes) are the names from C(ScopeNames) that it holds."""

    client_id: str
    client_secret: str
    scopes: frozenset[str]
    org: Org


class Token:
    """An access token. C(expires_at) is on the monotonic clock; C(actor_id) is the client id."""

    __slots__ = ("actor_id", "expires_at", "org", "revoked", "scopes", "value")

    def __init__(self, org: Org, granted: frozenset[str], lifetime: float, actor_id: str) -> None:
        self.value = secrets.token_urlsafe(32)
        self.org = org
        self.actor_id = actor_id
        self.scopes = granted
        self.expires_at = time.monotonic() + lifetime
        self.revoked = False

    @property
    def expired(self) -> bool:
        return time.monotonic() >= self.expires_at

    def require(self, wanted: t.Collection[str]) -> None:
        """Raise 401 for an expired or revoked token, and 403 with the names of missing scopes."""
        if self.revoked:
            raise unauthorized("token.revoked", "The access token was revoked.")
        if self.expired:
            raise unauthorized("token.expired", "The access token has expired.")
        missing = [scope for scope in wanted if scope not in self.scopes]
        if missing:
            raise ApiError(
                403,
                "missing.scope",
                f"The client lacks the scope {' '.join(missing)}.",
                params={"scopes": missing},
            )


class Org:
    """One org: its API, objects, declared datasets, faults and limits.

    C(datasets) None accepts every dataset id.
    """

    def __init__(self, key: str, org_id: str, name: str, api: Api) -> None:
        self.key = key
        self.id = org_id
        self.name = name
        self.api = api
        self.datasets: frozenset[str] | None = None
        self.token_lifetime: float = 3600
        self._actor_id = OTHER_USER
        self.reset()

    def reset(self) -> None:
        """Return to a new org of the same API. Clients, tokens and datasets stay.

        This deletes objects, log, faults, lags and API state, and restores the usual rate limits.
        """
        self.collections = {kind.name: Collection(kind, self._publish) for kind in self.api.kinds}
        self.log = RequestLog()
        self.faults = Faults()
        self.limit_tokens(self.api.usual_limit)
        self.limit_clients(self.api.usual_client_limit)
        self._states: dict[type, t.Any] = {}

    def limit_tokens(self, limit: Limit | None) -> None:
        """Limit the requests of each token; None removes the limit."""
        self.rate_limit = RateLimit(limit, TOKEN_LIMIT) if limit else None

    def limit_clients(self, limit: Limit | None) -> None:
        """Limit the requests of all tokens of a client together; None removes the limit."""
        self.client_limit = RateLimit(limit, CLIENT_LIMIT) if limit else None

    def usage(self, token: Token) -> Usage | None:
        """Count a request. Return the usage of an exceeded limit, else that of the token's limit if any."""
        counted = [
            limit.count(key)
            for limit, key in ((self.rate_limit, token.value), (self.client_limit, token.actor_id))
            if limit
        ]
        return next((usage for usage in counted if usage.exceeded), counted[0] if self.rate_limit else None)

    def state(self, of: type[State]) -> State:
        """Return the instance of a class that holds state of an API for this org. Create it on first use."""
        if of not in self._states:
            self._states[of] = of()
        return t.cast("State", self._states[of])

    @contextlib.contextmanager
    def acting_as(self, actor_id: str) -> t.Iterator[None]:
        """Attribute the changes inside the block to an actor."""
        self._actor_id = actor_id
        try:
            yield
        finally:
            self._actor_id = OTHER_USER

    def _publish(self, kind: Kind, change: Change, wire: Wire) -> None:
        if kind.event:
            event = Event(kind.event, change, self._actor_id, self.id, wire)
            for listener in self.api.listeners:
                listener(self, event)

    def __getitem__(self, kind: Kind) -> Collection:
        return self.collections[kind.name]

    def addressed(self, path: str) -> tuple[Collection, str] | None:
        """Return the collection that an API path addresses, with the object id ("" for the collection).

        The longest path of a kind wins.
        """
        longest_first = sorted(self.collections.values(), key=lambda one: len(one.kind.path), reverse=True)
        for collection in longest_first:
            object_id = collection.kind.addressed_id(path)
            if object_id is not None:
                return collection, object_id
        return None


class World:
    """Every org, client and token of the process.

    C(storage_url) is the origin of the storage for uploads, None without a server of its own.
    """

    def __init__(self, apis: t.Sequence[Api]) -> None:
        self.apis = {api.name: api for api in apis}
        self.orgs: dict[str, Org] = {}
        self.clients: dict[str, Client] = {}
        self.tokens: dict[str, Token] = {}
        self.storage_url: str | None = None

    def create_org(self, key: str, name: str, org_id: str | None, api: Api) -> Org:
        org = Org(key, org_id or str(uuid.uuid4()), name, api)
        self.orgs[key] = org
        return org

    def add_client(
        self, org: Org, client_id: str, client_secret: str, held: t.Iterable[str] | None
    ) -> Client:
        """Add an OAuth client. C(held) None gives all scopes; aliases of scopes are accepted."""
        granted = org.api.scopes.held(held)
        client = Client(client_id, client_secret, granted, org)
        self.clients[client_id] = client
        return client

    def issue_token(
        self, org: Org, granted: frozenset[str], lifetime: float | None = None, *, actor_id: str
    ) -> Token:
        token = Token(org, granted, org.token_lifetime if lifetime is None else lifetime, actor_id)
        self.tokens[token.value] = token
        return token

    def token_of(self, authorization: str) -> Token | None:
        """Return the token of an Authorization header, or None for an unknown token or another scheme."""
        scheme, _separator, value = authorization.partition(" ")
        return self.tokens.get(value.strip()) if scheme.lower() == "bearer" else None

    def tokens_of(self, org: Org) -> list[Token]:
        return [token for token in self.tokens.values() if token.org is org]


def unauthorized(code: str, message: str) -> ApiError:
    return ApiError(401, code, message, headers={"WWW-Authenticate": "Bearer"})
