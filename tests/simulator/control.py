# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Python client of the control API. Standard library only."""

from __future__ import annotations

import http.client
import json
import ssl
import typing as t
import urllib.parse

Wire = dict[str, t.Any]

PREFIX = "/_simulator"


class ControlError(Exception):
    """A refused control request; the message is the reason."""


class Simulator:
    """A running simulator; C(process.running) yields one. C(org) is the key that C(create_org) was given."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url.rstrip("/")

    def create_org(
        self,
        key: str,
        *,
        api: str = "reference",
        name: str | None = None,
        id: str | None = None,
        datasets: t.Sequence[str] | None = None,
        clients: t.Sequence[Wire] = (),
        token_lifetime: float = 3600,
    ) -> Wire:
        """Create an org and return C({key, id, name}).

        C(api) is "reference" or "platform". Clients are C({client_id, client_secret, scopes}). A client of
        the platform has C(permissions) instead of scopes. None or absent gives all. C(datasets) None accepts
        every dataset id. C(token_lifetime) is in seconds.
        """
        given = {
            "key": key,
            "api": api,
            "name": name,
            "id": id,
            "datasets": None if datasets is None else list(datasets),
            "clients": list(clients),
            "token_lifetime": token_lifetime,
        }
        return t.cast("Wire", self._request("POST", "/orgs", given))

    def reset(self, org: str) -> None:
        """Delete objects, log, faults, rate limit, lags and rebuilds. Clients, tokens and datasets stay."""
        self._request("POST", f"/orgs/{org}/reset")

    def seed(self, org: str, kind: str, objects: t.Sequence[Wire]) -> list[Wire]:
        """Store objects unchecked and return them with missing server-owned fields filled in.

        Seeding causes no event: neither a webhook delivery nor an audit record.
        """
        return t.cast("list[Wire]", self._request("POST", f"/orgs/{org}/objects/{kind}", list(objects)))

    def objects(self, org: str, kind: str) -> list[Wire]:
        """Return all stored objects of a kind, regardless of lags.

        The kinds that only the control API serves are C(audit_records) and C(webhook_deliveries). A delivery
        is C({id, webhookId, eventType, entityId, status, error}); status and error are null while its request
        is running.
        """
        return t.cast("list[Wire]", self._request("GET", f"/orgs/{org}/objects/{kind}"))

    def edit(self, org: str, kind: str, id: str, patch: Wire) -> Wire:
        """Apply a merge patch (RFC 7396) as another writer: the object gets a new version and a new ETag."""
        return t.cast("Wire", self._request("PATCH", f"/orgs/{org}/objects/{kind}/{_quoted(id)}", patch))

    def delete(self, org: str, kind: str, id: str) -> None:
        self._request("DELETE", f"/orgs/{org}/objects/{kind}/{_quoted(id)}")

    def log(self, org: str, *, method: str | None = None, path: str | None = None) -> list[Wire]:
        """Return requests in order: C({method, path, query{}, status, fault, body, request_headers{}, time}).

        The argument C(path) is a glob. C(body) is parsed JSON or a parsed form, else text. C(status) is None
        if the simulator made no response. It is set for a response that was dropped.
        """
        query = {name: value for name, value in (("method", method), ("path", path)) if value is not None}
        return t.cast("list[Wire]", self._request("GET", f"/orgs/{org}/log?{urllib.parse.urlencode(query)}"))

    def clear_log(self, org: str) -> None:
        self._request("DELETE", f"/orgs/{org}/log")

    def fault(self, org: str, **rule: t.Any) -> None:
        """Add a rule; the keywords are the fields of C(faults.Fault)."""
        self._request("POST", f"/orgs/{org}/faults", rule)

    def faults(self, org: str) -> list[Wire]:
        """Return the rules with their counts: C({method, path, does, seen, fired, most})."""
        return t.cast("list[Wire]", self._request("GET", f"/orgs/{org}/faults"))

    def clear_faults(self, org: str) -> None:
        self._request("DELETE", f"/orgs/{org}/faults")

    def token(
        self,
        org: str,
        *,
        lifetime: float | None = None,
        scopes: t.Sequence[str] | None = None,
        permissions: t.Sequence[str] | None = None,
    ) -> str:
        """Issue an access token. C(lifetime) None is the lifetime of the org.

        C(scopes) for the reference API and C(permissions) for the platform API: None gives all.
        """
        given = {
            "lifetime": lifetime,
            "scopes": None if scopes is None else list(scopes),
            "permissions": None if permissions is None else list(permissions),
        }
        return str(self._request("POST", f"/orgs/{org}/tokens", given)["access_token"])

    def change_client(
        self,
        org: str,
        client_id: str,
        *,
        scopes: t.Sequence[str] | None = None,
        permissions: t.Sequence[str] | None = None,
    ) -> None:
        """Give a client other scopes (reference API) or permissions (platform API); None gives all.

        Tokens that were issued before keep what they have.
        """
        given = {
            "scopes": None if scopes is None else list(scopes),
            "permissions": None if permissions is None else list(permissions),
        }
        self._request("PATCH", f"/orgs/{org}/clients/{_quoted(client_id)}", given)

    def set_token_lifetime(self, org: str, seconds: float) -> None:
        """Set the lifetime of tokens that are issued from now on."""
        self._request("PATCH", f"/orgs/{org}/settings", {"token_lifetime": seconds})

    def expire_tokens(self, org: str) -> None:
        """Expire every token that was issued so far."""
        self._request("POST", f"/orgs/{org}/tokens/expire")

    def revoke_tokens(self, org: str) -> None:
        self._request("POST", f"/orgs/{org}/tokens/revoke")

    def rate_limit(self, org: str, *, allowed: int | None = 300, window: float = 60) -> None:
        """Limit the requests of each token in C(window) seconds; C(allowed) None removes the limit."""
        limit = None if allowed is None else {"allowed": allowed, "window": window}
        self._request("PATCH", f"/orgs/{org}/settings", {"rate_limit": limit})

    def client_rate_limit(self, org: str, *, allowed: int | None = 3000, window: float = 60) -> None:
        """Limit the requests of all tokens of a client together; C(allowed) None removes the limit."""
        limit = None if allowed is None else {"allowed": allowed, "window": window}
        self._request("PATCH", f"/orgs/{org}/settings", {"client_rate_limit": limit})

    def rebuild(
        self,
        org: str,
        *,
        duration: float = 0.2,
        order: str = "indexes_first",
        flap: bool = False,
        never: bool = False,
    ) -> None:
        """Set how the rebuild of a schema proceeds after a PUT. This includes running rebuilds.

        Reads show the whole new schema after C(duration) seconds. C(order) ("indexes_first", "version_first",
        "together") names the part that reads show after half of that time. With C(never) the other part never
        shows. With C(flap) the second read of the finished schema shows the old schema once more.
        """
        rebuild = {"duration": duration, "order": order, "flap": flap, "never": never}
        self._request("PATCH", f"/orgs/{org}/settings", {"rebuild": rebuild})

    def platform(self, org: str, **switches: t.Any) -> None:
        """Set switches of an org of the platform API: the fields of C(platform.switches.Switches)."""
        self._request("PATCH", f"/orgs/{org}/settings", {"platform": switches})

    def lag(self, org: str, kind: str, *, lists: float = 0, reads: float = 0) -> None:
        """Set eventual consistency: lists and reads by id show a kind as it was so many seconds ago.

        The kind C(audit_records) starts with C(lists=0.2).
        """
        self._request("PATCH", f"/orgs/{org}/settings", {"lag": {kind: {"lists": lists, "reads": reads}}})

    def _request(self, method: str, path: str, body: t.Any = None) -> t.Any:
        connection = self._connect()
        try:
            content = None if body is None else json.dumps(body).encode()
            connection.request(method, PREFIX + path, content, {"Content-Type": "application/json"})
            response = connection.getresponse()
            text = response.read()
        finally:
            connection.close()
        value: t.Any = json.loads(text) if text else None
        if response.status >= 400:
            raise ControlError(value["error"])
        return value

    def _connect(self) -> http.client.HTTPConnection:
        url = urllib.parse.urlsplit(self.base_url)
        assert url.hostname is not None
        if url.scheme == "https":
            context = ssl._create_unverified_context()
            return http.client.HTTPSConnection(url.hostname, url.port, timeout=30, context=context)
        return http.client.HTTPConnection(url.hostname, url.port, timeout=30)


def _quoted(text: str) -> str:
    return urllib.parse.quote(text, safe="")
