# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The connection pool of a client: trust, proxy, limits.

Private to the collection.
"""

from __future__ import annotations

import typing as t

from .._deps import httpx
from .._errors import TransportError
from .._tls import is_loopback, make_context

if t.TYPE_CHECKING:
    from .._arguments.connection import Connection

#: Threads that one pool serves.
THREADS = 32
#: Seconds. Shorter than the idle time of usual servers, so that a POST meets no connection about to close.
_KEEPALIVE = 4.0


def open_pool(
    connection: Connection, user_agent: str, hooks: dict[str, list[t.Callable[..., t.Any]]]
) -> httpx.Client:
    """A pool for up to C(THREADS) threads; no socket is opened yet.

    The environment's proxies count where the option C(proxy) is not given, except for this machine.
    Raises InputError for certificate files, TransportError for a proxy of the environment, that cannot
    be used.
    """
    context = make_context(connection)
    proxy: httpx.Proxy | None = None
    if connection.proxy is not None:
        secured = connection.proxy.startswith("https:")
        proxy = httpx.Proxy(connection.proxy, ssl_context=context if secured else None)
    try:
        return httpx.Client(
            verify=context,
            proxy=proxy,
            trust_env=not is_loopback(connection.host),
            follow_redirects=False,
            headers={"User-Agent": user_agent},
            limits=httpx.Limits(
                max_connections=THREADS, max_keepalive_connections=THREADS, keepalive_expiry=_KEEPALIVE
            ),
            event_hooks=hooks,
        )
    except (ImportError, ValueError, httpx.InvalidURL):
        raise TransportError(
            "The proxy of the environment (HTTPS_PROXY, HTTP_PROXY or ALL_PROXY) cannot be used, only "
            f"http and https proxies can. Give the option proxy, or add {connection.host} to NO_PROXY."
        ) from None
