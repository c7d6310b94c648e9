# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The connection pool of a client: TLS trust, proxy, limits.

Private to the collection.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import math
import pathlib
import ssl
import time
import typing as t
import urllib.parse
import urllib.request

from .._deps import httpcore, httpx
from .._errors import InputError, TransportError
from .._findings import Findings
from .body import ACCEPTED_ENCODINGS
from .connection import is_loopback
from .network import Network, begin_exchange

if t.TYPE_CHECKING:
    from .connection import Connection

#: Threads that one pool serves.
THREADS = 32
#: Lifetime of an idle connection [s]. Servers usually keep it longer, so no POST meets a closing connection.
_KEEPALIVE = 4.0
#: Shortest time of an exchange [s], because the time left before the deadline may be zero.
SHORTEST_TIMEOUT = 0.05
#: Loggers that would write URLs and headers with secrets to the log of Ansible.
_LOGGERS = ("httpx", *(f"httpcore.{part}" for part in ("connection", "http11", "http2", "proxy", "socks")))


def open_pool(
    connection: Connection, user_agent: str, hooks: dict[str, list[t.Callable[..., t.Any]]]
) -> httpx.Client:
    """Return a pool for up to C(THREADS) threads; it opens no socket yet.

    Without the option C(proxy) the proxies of the environment apply, except for loopback addresses.
    Raise InputError for unusable certificate files, TransportError for an unusable proxy of the environment.
    """
    context = make_context(connection)
    for name in _LOGGERS:
        logging.getLogger(name).disabled = True
    proxies = {} if connection.proxy else _proxies_of_environment(connection)
    try:
        return httpx.Client(
            transport=Transport(context, connection.proxy),
            mounts={origin: Transport(context, url) for origin, url in proxies.items()},
            trust_env=False,
            follow_redirects=False,
            headers={"User-Agent": user_agent, "Accept-Encoding": ACCEPTED_ENCODINGS},
            event_hooks=hooks,
        )
    except (ValueError, httpx.InvalidURL):
        raise TransportError(
            "The proxy of the environment (HTTPS_PROXY, HTTP_PROXY or ALL_PROXY) cannot be used, only "
            f"http and https proxies can. Give the option proxy, or add {connection.host} to NO_PROXY."
        ) from None


class Transport(httpx.BaseTransport):
    """Connections to one or several hosts, perhaps through a proxy.

    Unlike with httpx's own transport, the timeout of a request bounds the whole exchange: from the lookup of
    the host's name to the last byte of the response. The extension C(ends_at) of a request is another bound,
    on the monotonic clock.
    """

    def __init__(self, context: ssl.SSLContext, proxy: str | None) -> None:
        """Open no connection yet. Raise ValueError and httpx.InvalidURL for an unusable proxy."""
        settings: dict[str, t.Any] = {
            "ssl_context": context,
            "max_connections": THREADS,
            "max_keepalive_connections": THREADS,
            "keepalive_expiry": _KEEPALIVE,
            "network_backend": Network(),
        }
        self._pool: httpcore.ConnectionPool
        if proxy is None:
            self._pool = httpcore.ConnectionPool(**settings)
            return
        parsed = httpx.Proxy(proxy)
        if parsed.url.scheme not in ("http", "https"):
            raise ValueError("neither http nor https")
        self._pool = httpcore.HTTPProxy(
            _core_url(parsed.url),
            proxy_auth=parsed.raw_auth,
            proxy_ssl_context=context if parsed.url.scheme == "https" else None,
            **settings,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request. Its response is read in the same thread, within the same bound."""
        timeout: float = request.extensions["timeout"]["read"]
        now = time.monotonic()
        left = request.extensions.get("ends_at", math.inf) - now
        begin_exchange(now + min(timeout, max(SHORTEST_TIMEOUT, left)))
        with _failures():
            response = self._pool.handle_request(
                httpcore.Request(
                    request.method,
                    _core_url(request.url),
                    headers=request.headers.raw,
                    content=request.stream,
                    extensions=request.extensions,
                )
            )
        return httpx.Response(
            response.status,
            headers=response.headers,
            stream=_ResponseStream(response.stream),
            extensions=response.extensions,
        )

    def close(self) -> None:
        self._pool.close()


class _ResponseStream(httpx.SyncByteStream):
    """The encoded body of a response."""

    def __init__(self, stream: t.Any) -> None:
        self._stream = stream

    def __iter__(self) -> t.Iterator[bytes]:
        with _failures():
            yield from self._stream

    def close(self) -> None:
        self._stream.close()


def _core_url(url: httpx.URL) -> httpcore.URL:
    return httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)


@contextlib.contextmanager
def _failures() -> t.Iterator[None]:
    """Raise httpx's exceptions for those of httpcore, which have the same names."""
    try:
        yield
    except (
        httpcore.NetworkError,
        httpcore.ProtocolError,
        httpcore.ProxyError,
        httpcore.TimeoutException,
        httpcore.UnsupportedProtocol,
    ) as error:
        raise getattr(httpx, type(error).__name__)(str(error)) from error


def _proxies_of_environment(connection: Connection) -> dict[str, str]:
    """Return the proxy URL of each origin of a connection (C(https://host:port)) that needs one.

    NO_PROXY holds as C(urllib.request) reads it: an entry is a host with or without port, or the end of a
    domain name. Any other entry, such as a network, matches nothing.
    """
    found = urllib.request.getproxies()
    proxies = {}
    for url in (connection.base_url, connection.token_url):
        parts = urllib.parse.urlsplit(url)
        host, proxy = parts.hostname or "", found.get(parts.scheme) or found.get("all")
        names = (parts.netloc, host)  # an IPv6 address with and without brackets
        if proxy and not is_loopback(host) and not any(map(urllib.request.proxy_bypass, names)):
            proxies[f"{parts.scheme}://{parts.netloc}"] = proxy if "://" in proxy else f"http://{proxy}"
    return proxies


def make_context(connection: Connection) -> ssl.SSLContext:
    """Return the TLS settings of a connection.

    The default context is shared, any other takes up to 100 ms to build. Raise InputError when OpenSSL
    cannot read C(ca_path), C(client_cert) or C(client_key).
    """
    if connection.base_url.startswith("http:") and not (connection.proxy or "").startswith("https:"):
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # plain HTTP does not use it; cheap to build
    if not connection.validate_certs:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    elif connection.ca_path is not None:
        context = _trust_only(connection.ca_path)
    elif connection.client_cert is None:
        return default_context()
    else:
        context = _trust_default_cas()
    if connection.client_cert is not None:
        try:
            # An empty password makes an encrypted key fail. Without one OpenSSL would ask on the terminal.
            context.load_cert_chain(connection.client_cert, connection.client_key, password="")
        except (OSError, ssl.SSLError) as error:
            name = "client_key" if connection.client_key else "client_cert"
            raise _unreadable(name, "a PEM file with a matching, unencrypted key", error) from None
    return context


@functools.cache
def default_context() -> ssl.SSLContext:
    """Return the TLS settings for a connection without TLS options.

    They are built once for the process and its forks, so callers must not change them.
    """
    return _trust_default_cas()


def _trust_only(path: str) -> ssl.SSLContext:
    try:
        if pathlib.Path(path).is_dir():
            return ssl.create_default_context(capath=path)
        return ssl.create_default_context(cafile=path)
    except (OSError, ssl.SSLError) as error:
        raise _unreadable("ca_path", "a PEM file with certificates, or a folder of them", error) from None


def _trust_default_cas() -> ssl.SSLContext:
    return ssl.create_default_context() if _system_has_cas() else httpx.create_ssl_context()


def _system_has_cas() -> bool:
    paths = ssl.get_default_verify_paths()
    return paths.cafile is not None or (
        paths.capath is not None and any(pathlib.Path(paths.capath).iterdir())
    )


def _unreadable(option: str, wanted: str, error: Exception) -> InputError:
    reason = getattr(error, "reason", None) or getattr(error, "strerror", None) or type(error).__name__
    findings = Findings()
    findings.problem(option, f"must be {wanted} ({reason})")
    return InputError(findings)
