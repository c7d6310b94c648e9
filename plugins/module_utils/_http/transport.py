# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One HTTP exchange: sends a request, reads the answer within limits, explains what the network did.

Private to the collection. Raises C(AttemptFailed) for everything that is no complete answer.
"""

from __future__ import annotations

import socket
import ssl
import time
import typing as t
from collections.abc import Iterator

from .._deps import httpx
from .._errors import MalformedAnswer, TransportError
from .responses import RawResponse
from .retry import AttemptFailed, FailureKind

#: More of a body is not read: of a success (a page has at most 100 objects), and of an error.
_MOST_SUCCESS = 64 * 1024 * 1024
_MOST_ERROR = 64 * 1024


class _TooLong(Exception):
    """A success with a body beyond all measure."""


class LimitedStream(httpx.SyncByteStream):
    """A body that ends in time and size: an error's text is cut, a success too long is a failure."""

    def __init__(self, response: httpx.Response, ends_at: float) -> None:
        self._inner = t.cast("httpx.SyncByteStream", response.stream)
        self._ends_at = ends_at
        self._cut = response.status_code >= 300
        self._left = _MOST_ERROR if self._cut else _MOST_SUCCESS

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._inner:
            if time.monotonic() > self._ends_at:
                raise httpx.ReadTimeout("the body took too long")
            yield chunk[: self._left]
            self._left -= len(chunk)
            if self._left < 0 and not self._cut:
                raise _TooLong
            if self._left <= 0 and self._cut:
                return

    def close(self) -> None:
        self._inner.close()


def limit(response: httpx.Response, ends_at: float) -> None:
    """Put the limits on a body that was not read yet; C(ends_at) is on the monotonic clock."""
    response.stream = LimitedStream(response, ends_at)


def send_once(
    http: httpx.Client, request: httpx.Request, auth: httpx.Auth | None, timeout: float
) -> RawResponse:
    """The answer, whatever its status. C(timeout) is in seconds, for each step and for the whole body.

    An error of the C(auth) itself (a refused token) passes through.
    """
    what = f"{request.method} {request.url.path}"
    try:
        response = http.send(request, auth=auth, stream=True)
        try:
            limit(response, time.monotonic() + timeout)
            response.read()
        finally:
            response.close()
            # httpx's streams refer to the response, which refers to them: its memory would wait for a search
            # for garbage, which a run over thousands of objects does without.
            response.stream = httpx.ByteStream(b"")
    except httpx.RequestError as error:
        raise _explain(error, request, timeout) from None
    except _TooLong:
        size = _MOST_SUCCESS // (1024 * 1024)
        raise AttemptFailed(
            MalformedAnswer(f"{what} was answered with more than {size} MiB."), FailureKind.UNCLEAR
        ) from None
    response.headers.encoding = "iso-8859-1"  # bytes as they are, so that an ETag goes back verbatim
    return RawResponse(response.status_code, response.headers, response.content)


def _explain(error: httpx.RequestError, request: httpx.Request, timeout: float) -> AttemptFailed:
    """What happened between us and the server, whether the request may have arrived, and the cure."""
    where, what = _host_and_port(request.url), f"{request.method} {request.url.path}"
    in_time = f"within {round(timeout, 2):g} s"
    tls = _find(error, ssl.SSLError)
    if isinstance(error, httpx.ProxyError):
        said = str(error)[:60] if str(error)[:3].isdigit() else "no tunnel"
        kind = FailureKind.REFUSED if said.startswith("4") else FailureKind.NOT_SENT
        text = f"The proxy refused the way to {where} ({said}). Check the option proxy, or HTTPS_PROXY."
    elif isinstance(error, httpx.ConnectError) and tls is not None and not isinstance(tls, ssl.SSLEOFError):
        kind, text = FailureKind.REFUSED, _tls_text(tls, where)
    elif tls is not None and "ALERT" in str(tls.reason):  # in TLS 1.3 the refusal of a certificate comes late
        kind, text = FailureKind.UNCLEAR, _tls_text(tls, where)
    elif isinstance(error, httpx.ConnectError):
        kind, text = FailureKind.NOT_SENT, _connect_text(error, request.url)
    elif isinstance(error, (httpx.ConnectTimeout, httpx.PoolTimeout)):
        kind = FailureKind.NOT_SENT
        text = f"{where} accepted no connection {in_time}. Check base_url, proxies and firewalls."
    elif isinstance(error, httpx.TimeoutException):
        kind = FailureKind.LOST
        text = f"{where} did not answer {what} {in_time}. Raise timeout, or run again later."
    elif isinstance(error, (httpx.NetworkError, httpx.RemoteProtocolError, httpx.DecodingError)):
        kind = FailureKind.LOST
        text = f"{where} broke off before its answer to {what} was complete. Run again, check the proxy."
    else:
        kind = FailureKind.REFUSED
        text = f"{what} cannot be sent to {where} ({type(error).__name__}). Check base_url and proxy."
    return AttemptFailed(TransportError(text), kind)


def _tls_text(error: ssl.SSLError, where: str) -> str:
    reason = getattr(error, "verify_message", None) or str(error.reason or "TLS").replace("_", " ").lower()
    if isinstance(error, ssl.SSLCertVerificationError):
        return (
            f"The certificate of {where} is not trusted ({reason}). Give ca_path the authority that signed "
            "it, or correct the host; validate_certs false is for labs only."
        )
    return (
        f"No TLS connection to {where} ({reason}). Check that this port speaks https, and give client_cert "
        "where the server asks for a certificate."
    )


def _connect_text(error: httpx.ConnectError, url: httpx.URL) -> str:
    dns = _find(error, socket.gaierror)
    if dns is not None:
        return (
            f"The name {url.host} cannot be resolved ({dns.strerror}). Check base_url or region, the proxy, "
            "and the network and DNS of the host that runs the task."
        )
    where = _host_and_port(url)
    if _find(error, ConnectionRefusedError) is not None:
        return f"Nothing listens at {where} (connection refused). Check base_url, its port, and the proxy."
    system = _find(error, OSError)
    reason = (system.strerror if system is not None else None) or "connection failed"
    return f"{where} cannot be reached ({reason}). Check base_url, proxies and firewalls."


def _host_and_port(url: httpx.URL) -> str:
    return f"{url.host}:{url.port or {'http': 80}.get(url.scheme, 443)}"


_E = t.TypeVar("_E", bound=BaseException)


def _find(error: BaseException | None, kind: type[_E]) -> _E | None:
    """The first of a kind in the chain of causes."""
    while error is not None:
        if isinstance(error, kind):
            return error
        error = error.__cause__ or error.__context__
    return None
