# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The description of an API as data: all facts about it that do not belong to one resource kind.

Private to the collection. Each API has one C(ApiProfile) in a file of its own. No other package has a path,
a scope, a status code with a meaning of the API, an error code or an event name.
"""

from __future__ import annotations

import dataclasses
import enum
import typing as t

#: The default of the option C(token_path), which C(ApiProfile.token_url) may ignore.
TOKEN_PATH = "/oauth/token"

#: Status codes after which any HTTP server may accept the same request later.
TRANSIENT_STATUSES = frozenset({408, 425, 500, 502, 503, 504})


def unchanged(body: dict[str, t.Any]) -> dict[str, t.Any]:
    """Return a body that has its canonical form already."""
    return body


class ConflictKind(enum.Enum):
    """The kinds of conflicts that an API distinguishes."""

    VERSION = enum.auto()  #: the object changed since it was read
    NAME = enum.auto()  #: another object has the name
    OTHER = enum.auto()  #: the request does not fit the state of the object


class Permission(t.NamedTuple):
    """The scopes or permissions that reading and writing below a path prefix need."""

    prefix: str
    read: tuple[str, ...]
    write: tuple[str, ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class NumberedPaging:
    """Query parameters and keys of a list with page numbers; the first page is 1.

    C(entities_key) has the entries of a page and C(id_key) the id of each. An API without a total or a number
    of pages has None in place of the key.
    """

    size_param: str
    number_param: str
    entities_key: str
    total_key: str | None
    page_count_key: str | None
    id_key: str = "id"
    page_size: int = 100


@dataclasses.dataclass(frozen=True, kw_only=True)
class TokenPaging:
    """Query parameters and keys of a list with continuation tokens or cursors.

    C(next_token) returns the token of the next page from the body of a page. None or "" ends the list.
    """

    size_param: str
    token_param: str
    entities_key: str
    next_token: t.Callable[[dict[str, t.Any]], t.Any]
    id_key: str = "id"
    page_size: int = 100


class AuditQuery(t.NamedTuple):
    """A POST that reads audit records by numbered pages.

    C(body) gets the entity id, the event type, the page size and the page number; the first two may be None.
    The response has the keys of C(paging). C(decode) turns a record into its canonical form: C(id),
    C(timestamp), C(actorId), C(eventType) and any other keys.
    """

    path: str
    paging: NumberedPaging
    body: t.Callable[[str | None, str | None, int, int], dict[str, t.Any]]
    decode: t.Callable[[dict[str, t.Any]], dict[str, t.Any]] = unchanged


class RateLimitHeaders(t.NamedTuple):
    """The names of the headers of a rate limit window, in lower case.

    C(used) has the requests in the window so far, C(allowed) their limit, C(reset) the rest of the window
    [s].
    """

    used: str
    allowed: str
    reset: str


@dataclasses.dataclass(frozen=True, eq=False, kw_only=True)
class ApiProfile:
    """One API.

    C(root) is the first part of every path. C(token_url) gets the base URL and the option C(token_path).
    C(conflict_kind) gets method, status code, error code (may be None) and message of a refusal, and returns
    None if the refusal is no conflict. The first entry of C(permissions) whose prefix matches a path counts.
    C(scope_aliases) maps other spellings of a scope to the one in C(permissions), C(missing_scope_codes) are
    the error codes for a token without a scope. C(decode_error) turns an error body into its canonical
    form C({message, code, details, correlation_id, scopes}), all of them optional and of any type. C(details)
    should be a list of C({fieldName, errorCode, message}) and C(scopes) a list of strings.
    C(correlation_header), in lower case, has the correlation id of a response. It and C(rate_limit_headers)
    are None if the API has no such headers. C(event_type) gets an event subject and the action of a plan,
    C(event_types) are the types that the audit can be searched for.
    """

    name: str
    root: str
    token_url: t.Callable[[str, str], str]
    organization_path: str
    permissions: tuple[Permission, ...]
    audit: AuditQuery
    conflict_kind: t.Callable[[str, int, str | None, str], ConflictKind | None]
    event_type: t.Callable[[str, str], str]
    default_scopes: tuple[str, ...] = ()
    scope_aliases: t.Mapping[str, str] = dataclasses.field(default_factory=dict)
    missing_scope_codes: frozenset[str] = frozenset()
    decode_error: t.Callable[[dict[str, t.Any]], dict[str, t.Any]] = unchanged
    correlation_header: str | None = None
    rate_limit_headers: RateLimitHeaders | None = None
    event_types: tuple[str, ...] = ()
    repeatable_statuses: frozenset[int] = TRANSIENT_STATUSES

    def needed_scopes(self, method: str, path: str) -> tuple[str, ...]:
        """Return the scopes that a request needs; empty for an unknown path."""
        for permission in self.permissions:
            prefix = permission.prefix
            if path == prefix or path.startswith((f"{prefix}/", f"{prefix}?")):
                return permission.read if method == "GET" else permission.write
        return ()

    def missing_scopes(self, wanted: tuple[str, ...], granted: frozenset[str] | None) -> tuple[str, ...]:
        """Return the wanted scopes that a token does not have; all of them if the grant is unknown (None)."""
        held = {self.scope_aliases.get(scope, scope) for scope in granted or ()}
        return tuple(scope for scope in wanted if self.scope_aliases.get(scope, scope) not in held)


def all_scopes(permissions: tuple[Permission, ...]) -> tuple[str, ...]:
    """Return every scope of a table once, in its order."""
    return tuple(
        dict.fromkeys(scope for permission in permissions for scope in permission.read + permission.write)
    )
