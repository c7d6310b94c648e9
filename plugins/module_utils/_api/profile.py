# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The description of an API as data: all facts about it that do not belong to one resource kind.

Private to the collection. Each API has one C(ApiProfile) in a file of its own. No other package has a path,
a scope, a status code with a meaning of the API, an error code or an event name.
"""

from __future__ import annotations

import dataclasses
import datetime
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


class Operation(t.NamedTuple):
    """One operation of an API: method, path template such as C(/things/{thingId}), and permissions.

    Each of the C(permissions) alone is enough. All of C(also) are needed besides.
    """

    method: str
    path: str
    permissions: tuple[str, ...]
    also: tuple[str, ...] = ()

    @property
    def needed(self) -> tuple[str, ...]:
        """Return the needed permissions. Alternatives are one text, such as C(a or b)."""
        return ((" or ".join(self.permissions),) if self.permissions else ()) + self.also


@dataclasses.dataclass(frozen=True, kw_only=True)
class Paging:
    """Common part of all styles: C(entities_key) has the entries of a page, C(id_key) the id of each.

    A page without entries may lack C(entities_key) if it has one of C(page_keys). An error with one of
    C(too_large_codes) asks for a smaller page.
    """

    entities_key: str
    id_key: str = "id"
    page_size: int = 100
    page_keys: frozenset[str] = frozenset()
    too_large_codes: frozenset[str] = frozenset()


@dataclasses.dataclass(frozen=True, kw_only=True)
class NumberedPaging(Paging):
    """Query parameters and keys of a list with page numbers; the first page is 1.

    An API without a total or a number of pages has None in place of the key.
    """

    size_param: str
    number_param: str
    total_key: str | None
    page_count_key: str | None


@dataclasses.dataclass(frozen=True, kw_only=True)
class TokenPaging(Paging):
    """Query parameters and keys of a list with continuation tokens or cursors.

    C(next_token) returns the token of the next page from the body of a page. None or "" ends the list.
    """

    size_param: str
    token_param: str
    next_token: t.Callable[[dict[str, t.Any]], t.Any]


@dataclasses.dataclass(frozen=True, kw_only=True)
class LinkPaging(Paging):
    """A list whose pages have the URI of the next page under C(link_key). None or "" ends the list.

    Only the query of the URI is used, so that no other host gets the token. Some of these lists never end by
    themselves: three empty pages in a row or a repeated page end them too.
    """

    size_param: str
    link_key: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class NoPaging(Paging):
    """A list in one response, which may have its C(total_key)."""

    total_key: str | None = None


AnyPaging: t.TypeAlias = "NumberedPaging | TokenPaging | LinkPaging | NoPaging"
#: The entity types of each service of an audit, with their actions.
AuditServices: t.TypeAlias = "dict[str, dict[str, list[str]]]"


class AuditFilter(t.NamedTuple):
    """The records that an audit query asks for. None means any.

    C(since) and C(until) are aware times, which an API may ignore.
    """

    entity_id: str | None = None
    event_type: str | None = None
    service: str | None = None
    entity_type: str | None = None
    action: str | None = None
    since: datetime.datetime | None = None
    until: datetime.datetime | None = None


class AuditHistory(t.NamedTuple):
    """An asynchronous audit query, for records that are older than C(days) or of services without the other.

    A POST of C(body) to C(path) starts it. C(state) gets the response and that of a GET of C(state_path).
    While its result is in C(running), the query is not done; C(succeeded) says that the list C(results_path)
    has all records. The two C(*services_path) have the services of the synchronous query and of this one.
    C(services) returns them as C({service: {entity type: [actions]}}), or None if the body is malformed.
    """

    days: int
    kept_days: int
    path: str
    body: t.Callable[[AuditFilter], dict[str, t.Any]]
    state_path: str
    results_path: str
    paging: TokenPaging
    state: t.Callable[[dict[str, t.Any]], t.Any]
    running: tuple[str, ...]
    succeeded: str
    recent_services_path: str
    services_path: str
    services: t.Callable[[dict[str, t.Any]], AuditServices | None]


def _of_event_type(subject: str, event_type: str) -> AuditFilter:
    return AuditFilter(event_type=event_type)


def _shows_event_type(record: dict[str, t.Any], action: str) -> bool:
    return True


class AuditQuery(t.NamedTuple):
    """A POST that reads audit records by numbered pages.

    C(body) gets the filter, the page size and the page number. The response has the keys of C(paging).
    C(decode) turns a record into its canonical form: C(id), C(timestamp), C(actorId), C(eventType) and any
    other keys. C(options) are the options of genesys_audit_info that this API has. C(filter_of) returns the
    filter for an event subject and an event type. C(shows) returns whether a record of this filter may be
    that of a planned action. An API with C(history) has two queries.
    """

    path: str
    paging: NumberedPaging
    body: t.Callable[[AuditFilter, int, int], dict[str, t.Any]]
    decode: t.Callable[[dict[str, t.Any]], dict[str, t.Any]] = unchanged
    options: tuple[str, ...] = ("event_type",)
    filter_of: t.Callable[[str, str], AuditFilter] = _of_event_type
    shows: t.Callable[[dict[str, t.Any], str], bool] = _shows_event_type
    history: AuditHistory | None = None


class RateLimitHeaders(t.NamedTuple):
    """The names of the headers of a rate limit window, in lower case.

    C(used) has the requests in the window so far, C(allowed) their limit, C(reset) the rest of the window
    [s].
    """

    used: str
    allowed: str
    reset: str


def _serves_no_known_host(host: str) -> bool:
    return False


def _names_no_limit(body: dict[str, t.Any]) -> bool | None:
    return None


def _is_never_throttled(status: int, code: str | None, message: str) -> bool:
    return False


@dataclasses.dataclass(frozen=True, eq=False, kw_only=True)
class ApiProfile:
    """One API.

    C(root) is the first part of every path. C(token_url) gets the base URL and the option C(token_path).
    C(conflict_kind) gets method, status code, error code (may be None) and message of a refusal, and returns
    None if the refusal is no conflict. The first entry of C(permissions) whose prefix matches a path counts.
    An API whose permissions differ by operation has C(operations) instead.
    C(scope_aliases) maps other spellings of a scope to the one in C(permissions), C(missing_scope_codes) are
    the error codes for a token without a scope. C(decode_error) turns an error body into its canonical
    form C({message, code, details, correlation_id, scopes}), all of them optional and of any type. C(details)
    should be a list of C({fieldName, errorCode, message}) and C(scopes) a list of strings.
    C(correlation_header), in lower case, has the correlation id of a response. It and C(rate_limit_headers)
    are None if the API has no such headers. C(event_type) gets an event subject and the action of a plan,
    C(event_types) are the types that the audit can be searched for. C(audit) is None if the collection
    cannot query the audit of this API.

    C(kinds) are the names of the resource kinds that exist in this API, for messages.
    C(serves) returns whether a host serves this API and no other. C(refused_options) are connection options
    without a meaning in this API, each with the advice of its problem. C(token_throttled) gets status, code
    and message of a refused token and returns whether the same request may succeed later.
    C(token_limit_exceeded) gets the body of a 429 and returns whether its limit is that of one token. None
    means that the body does not name the limit.
    C(missing_statuses) mean that an object does not exist. C(permission_advice) ends the message of a 403.
    C(eventually_consistent) says that a read by id may not show the last write yet.
    """

    name: str
    root: str
    token_url: t.Callable[[str, str], str]
    organization_path: str
    audit: AuditQuery | None = None
    conflict_kind: t.Callable[[str, int, str | None, str], ConflictKind | None]
    event_type: t.Callable[[str, str], str]
    permissions: tuple[Permission, ...] = ()
    operations: tuple[Operation, ...] = ()
    default_scopes: tuple[str, ...] = ()
    scope_aliases: t.Mapping[str, str] = dataclasses.field(default_factory=dict)
    missing_scope_codes: frozenset[str] = frozenset()
    decode_error: t.Callable[[dict[str, t.Any]], dict[str, t.Any]] = unchanged
    correlation_header: str | None = None
    rate_limit_headers: RateLimitHeaders | None = None
    event_types: tuple[str, ...] = ()
    repeatable_statuses: frozenset[int] = TRANSIENT_STATUSES

    kinds: tuple[str, ...] = ()
    serves: t.Callable[[str], bool] = _serves_no_known_host
    refused_options: t.Mapping[str, str] = dataclasses.field(default_factory=dict)
    token_throttled: t.Callable[[int, str | None, str], bool] = _is_never_throttled
    token_limit_exceeded: t.Callable[[dict[str, t.Any]], bool | None] = _names_no_limit
    missing_statuses: frozenset[int] = frozenset({404})
    permission_advice: str = ""
    eventually_consistent: bool = False

    def needed_scopes(self, method: str, path: str) -> tuple[str, ...]:
        """Return the scopes or permissions that a request needs; empty for an unknown path.

        Permissions of which one is enough are one text, such as C(a or b).
        """
        path = path.partition("?")[0]
        for operation in self.operations:
            if operation.method == method and _fits(operation.path, path):
                return operation.needed
        for permission in self.permissions:
            prefix = permission.prefix
            if path == prefix or path.startswith(f"{prefix}/"):
                return permission.read if method == "GET" else permission.write
        return ()

    def wrong_api_advice(self, path: str, from_api: bool) -> str:
        """Return the advice for a missing path that each org of the API has, "" for a missing object.

        C(from_api) is false if the response is no JSON object.
        """
        fixed = {self.organization_path, *(one.prefix for one in self.permissions)}
        fixed |= {one.path for one in self.operations}
        path = path.partition("?")[0]
        hint = f"The task uses the API {self.name!r}: set api_profile if the address serves another API"
        return hint if not from_api else f". {hint}" if path in fixed else ""

    def missing_scopes(self, wanted: tuple[str, ...], granted: frozenset[str] | None) -> tuple[str, ...]:
        """Return the wanted scopes that a token does not have; all of them if the grant is unknown (None)."""
        held = {self.scope_aliases.get(scope, scope) for scope in granted or ()}
        return tuple(scope for scope in wanted if self.scope_aliases.get(scope, scope) not in held)


def _fits(template: str, path: str) -> bool:
    """Return whether a path has the form of a template."""
    wanted, given = template.split("/"), path.split("/")
    return len(wanted) == len(given) and all(
        part.startswith("{") or part == other for part, other in zip(wanted, given, strict=True)
    )


def all_scopes(permissions: tuple[Permission, ...]) -> tuple[str, ...]:
    """Return every scope of a table once, in its order."""
    return tuple(
        dict.fromkeys(scope for permission in permissions for scope in permission.read + permission.write)
    )
