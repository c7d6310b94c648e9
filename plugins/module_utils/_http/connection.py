# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings of the connection to one org, and helpers for its URLs.

Private to the collection.
"""

from __future__ import annotations

import dataclasses
import ipaddress
import re
import urllib.parse

from .._api.profile import ApiProfile


@dataclasses.dataclass(frozen=True)
class Connection:
    """Address, credentials and limits of one org's API.

    C(timeout), C(deadline) and C(list_lag) are in seconds. C(base_url) followed by C(token_path) is a URL.
    C(login_url) is the host of the token endpoint where that is not C(base_url). C(token_pool_size) is the
    largest number of tokens that a run uses.
    """

    base_url: str
    token_path: str
    token_request: str
    client_id: str | None
    client_secret: str | None = dataclasses.field(repr=False)
    access_token: str | None = dataclasses.field(repr=False)
    scopes: tuple[str, ...]
    timeout: float
    retries: int
    deadline: float
    list_lag: float
    validate_certs: bool
    ca_path: str | None
    client_cert: str | None
    client_key: str | None
    proxy: str | None = dataclasses.field(repr=False)
    organization: str | None
    api_profile: ApiProfile
    login_url: str | None = None
    token_pool_size: int = 1

    @property
    def host(self) -> str:
        """Return the host name of C(base_url), without the port."""
        return host_of(self.base_url)

    @property
    def token_url(self) -> str:
        """Return the URL of the token endpoint."""
        return self.api_profile.token_url(self.login_url or self.base_url, self.token_path)

    def secrets(self) -> tuple[str, ...]:
        """Return every text of the options that must not be printed."""
        given = (self.client_secret, self.access_token, *proxy_secrets(self.proxy))
        return tuple(dict.fromkeys(text for text in given if text))


def proxy_secrets(proxy: object) -> set[str]:
    """Return the password of a proxy's URL as it is and percent-decoded, also if the URL is unusable."""
    rest = str(proxy or "").split("://", 1)[-1]
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    # A password with an unquoted slash or @ ends at the last @.
    passwords = {text.rpartition("@")[0].partition(":")[2] for text in (rest, authority)}
    return {form for text in passwords if text for form in (text, urllib.parse.unquote(text))}


def host_of(url: str) -> str:
    """Return the host name of a URL, "" if it has none."""
    try:
        return urllib.parse.urlsplit(url).hostname or ""
    except ValueError:
        return ""


def is_loopback(host: str) -> bool:
    """Return whether a host is a loopback address, which bypasses proxies and may use plain HTTP."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def quote(identifier: str) -> str:
    """Return an id as one segment of a URL path."""
    dots = {".": "%2E", "..": "%2E%2E"}  # unquoted, they would select another path
    return dots.get(identifier) or urllib.parse.quote(identifier, safe="", errors="replace")
