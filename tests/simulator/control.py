# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The control API as Python calls. Standard library only; C(process.running) gives an instance."""

from __future__ import annotations

import http.client
import json
import ssl
import typing as t
import urllib.parse

Wire = dict[str, t.Any]

PREFIX = "/_simulator"


class ControlError(Exception):
    """The simulator refused a control request; the message is its reason."""


class Simulator:
    """Steers a running simulator. C(org) is the key that C(create_org) was given."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url.rstrip("/")

    def create_org(
        self,
        key: str,
        *,
        name: str | None = None,
        id: str | None = None,
        datasets: t.Sequence[str] | None = None,
        clients: t.Sequence[Wire] = (),
        token_lifetime: float = 3600,
    ) -> Wire:
        """C({key, id, name}). Clients are C({client_id, client_secret, scopes}), scopes None or absent for
        all; C(datasets) None lets every dataset id pass; C(token_lifetime) in seconds."""
        given = {
            "key": key,
            "name": name,
            "id": id,
            "datasets": None if datasets is None else list(datasets),
            "clients": list(clients),
            "token_lifetime": token_lifetime,
        }
        return t.cast("Wire", self._request("POST", "/orgs", given))

    def reset(self, org: str) -> None:
        """Forget objects, log, faults, rate limit, lags and rebuilds; clients, tokens and datasets stay."""
        self._request("POST", f"/orgs/{org}/reset")

    def seed(self, org: str, kind: str, objects: t.Sequence[Wire]) -> list[Wire]:
        """Store objects unchecked, filling in what the server owns and they lack; the stored objects.

        They count as there since ever: no webhook and no audit record tells of them.
        """
        return t.cast("list[Wire]", self._request("POST", f"/orgs/{org}/objects/{kind}", list(objects)))

    def objects(self, org: str, kind: str) -> list[Wire]:
        """All stored objects.

        Beside what the API serves there are C(audit_records), also those that no client sees yet, and
        C(webhook_deliveries), C({id, webhookId, eventType, entityId, status, error}): status and error are
        null while the request is under way.
        """
        return t.cast("list[Wire]", self._request("GET", f"/orgs/{org}/objects/{kind}"))

    def edit(self, org: str, kind: str, id: str, patch: Wire) -> Wire:
        """Apply a merge patch (RFC 7396) behind the client's back: a new version with a new ETag."""
        return t.cast("Wire", self._request("PATCH", f"/orgs/{org}/objects/{kind}/{_quoted(id)}", patch))

    def delete(self, org: str, kind: str, id: str) -> None:
        self._request("DELETE", f"/orgs/{org}/objects/{kind}/{_quoted(id)}")

    def log(self, org: str, *, method: str | None = None, path: str | None = None) -> list[Wire]:
        """Requests in order, C({method, path, query{}, status, fault, body, request_headers{}, time}).

        C(path) is a glob; C(body) is parsed JSON or form, else text; C(status) is what the server answered,
        also when the answer was dropped after it took effect, and None when no answer was made.
        """
        query = {name: value for name, value in (("method", method), ("path", path)) if value is not None}
        return t.cast("list[Wire]", self._request("GET", f"/orgs/{org}/log?{urllib.parse.urlencode(query)}"))

    def clear_log(self, org: str) -> None:
        self._request("DELETE", f"/orgs/{org}/log")

    def fault(self, org: str, **rule: t.Any) -> None:
        """Add a rule; C(faults.Fault) has the keywords, C(method), C(path), C(times) and the acts."""
        self._request("POST", f"/orgs/{org}/faults", rule)

    def faults(self, org: str) -> list[Wire]:
        """The rules with their counts, C({method, path, does, seen, fired})."""
        return t.cast("list[Wire]", self._request("GET", f"/orgs/{org}/faults"))

    def clear_faults(self, org: str) -> None:
        self._request("DELETE", f"/orgs/{org}/faults")

    def token(self, org: str, *, lifetime: float | None = None, scopes: t.Sequence[str] | None = None) -> str:
        """An access token without a request to the token endpoint; None is the org's lifetime, all scopes."""
        given = {"lifetime": lifetime, "scopes": None if scopes is None else list(scopes)}
        return str(self._request("POST", f"/orgs/{org}/tokens", given)["access_token"])

    def set_token_lifetime(self, org: str, seconds: float) -> None:
        """For tokens issued from now on."""
        self._request("PATCH", f"/orgs/{org}/settings", {"token_lifetime": seconds})

    def expire_tokens(self, org: str) -> None:
        """Every token issued so far is expired."""
        self._request("POST", f"/orgs/{org}/tokens/expire")

    def revoke_tokens(self, org: str) -> None:
        self._request("POST", f"/orgs/{org}/tokens/revoke")

    def rate_limit(self, org: str, *, allowed: int | None = 300, window: float = 60) -> None:
        """So many requests per token in C(window) seconds; C(allowed) None lifts the limit."""
        limit = None if allowed is None else {"allowed": allowed, "window": window}
        self._request("PATCH", f"/orgs/{org}/settings", {"rate_limit": limit})

    def rebuild(
        self,
        org: str,
        *,
        duration: float = 0.2,
        order: str = "indexes_first",
        flap: bool = False,
        never: bool = False,
    ) -> None:
        """How a schema's rebuild goes after a PUT, running ones included.

        All shows after C(duration) seconds; of indexes and schemaVersion the one that is first in C(order)
        ("indexes_first", "version_first", "together") shows at half time. C(never): the second never comes.
        C(flap): after the first read of the finished schema one read shows the old one again.
        """
        rebuild = {"duration": duration, "order": order, "flap": flap, "never": never}
        self._request("PATCH", f"/orgs/{org}/settings", {"rebuild": rebuild})

    def lag(self, org: str, kind: str, *, lists: float = 0, reads: float = 0) -> None:
        """Eventual consistency: lists, and reads by id, show the kind as it was so many seconds ago.

        The kind C(audit_records) has C(lists=0.2) from the beginning.
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
