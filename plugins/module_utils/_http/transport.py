# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One HTTP exchange: sends a request, reads the response within limits, explains network failures.

Private to the collection. Every exchange without a complete response raises C(AttemptFailed).
"""

from __future__ import annotations

import socket
import ssl
import typing as t

from .._deps import httpx
from .._errors import MalformedResponse, TransportError
from .._runtime import check_cancelled
from .body import MAX_SUCCESS_BYTES, BodyTooLong, DamagedBody, UnsupportedEncoding, read_body
from .responses import RawResponse
from .retry import AttemptFailed, FailureKind


def send_once(
    http: httpx.Client, request: httpx.Request, auth: httpx.Auth | None, timeout: float
) -> RawResponse:
    """Send one request and return its response, also one with an error status.

    C(timeout) [s] is that of the request. It bounds the exchange from the connection to the last byte. Raise
    AttemptFailed without a complete response, and errors of C(auth), such as a denied token. Raise Cancelled
    if the run ended before the response.
    """
    call = f"{request.method} {request.url.path}"
    try:
        response = http.send(request, auth=auth, stream=True)
        try:
            body = read_body(response)
        finally:
            response.close()
            # httpx's streams and the response refer to each other. Break this cycle, so that reference
            # counting frees the memory: runs over thousands of objects disable the garbage collector.
            response.stream = httpx.ByteStream(b"")
    except httpx.RequestError as error:
        check_cancelled()
        raise _explain(error, request, timeout) from None
    except BodyTooLong:
        size = MAX_SUCCESS_BYTES // (1024 * 1024)
        raise AttemptFailed(
            MalformedResponse(f"The response to {call} has more than {size} MiB."), FailureKind.UNCLEAR
        ) from None
    except UnsupportedEncoding as error:
        text = (
            f"The response to {call} has {error}. Only gzip and deflate are read: check base_url and proxy."
        )
        raise AttemptFailed(MalformedResponse(text), FailureKind.UNCLEAR) from None
    except DamagedBody as error:
        text = f"The response to {call} cannot be decompressed ({error}). Run again, check the proxy."
        raise AttemptFailed(TransportError(text), FailureKind.LOST) from None
    response.headers.encoding = "iso-8859-1"  # keeps the bytes of an ETag, which If-Match sends back
    return RawResponse(response.status_code, response.headers, body)


def _explain(error: httpx.RequestError, request: httpx.Request, timeout: float) -> AttemptFailed:
    """Return the failure of an exchange: the cause, whether the request may have arrived, and the remedy."""
    where, call = _host_and_port(request.url), f"{request.method} {request.url.path}"
    in_time = f"within {round(timeout, 2):g} s"
    tls = _find(error, ssl.SSLError)
    if isinstance(error, httpx.ProxyError):
        reason = str(error)[:60] if str(error)[:3].isdigit() else "no tunnel"
        kind = FailureKind.REFUSED if reason.startswith("4") else FailureKind.NOT_SENT
        text = f"The proxy refused to connect to {where} ({reason}). Check the option proxy, or HTTPS_PROXY."
    elif isinstance(error, httpx.ConnectError) and tls is not None and not isinstance(tls, ssl.SSLEOFError):
        kind, text = FailureKind.REFUSED, _tls_text(tls, where)
    elif tls is not None and "ALERT" in str(tls.reason):  # TLS 1.3 rejects a client certificate late
        kind, text = FailureKind.UNCLEAR, _tls_text(tls, where)
    elif isinstance(error, httpx.ConnectError):
        kind, text = FailureKind.NOT_SENT, _connect_text(error, request.url)
    elif isinstance(error, (httpx.ConnectTimeout, httpx.PoolTimeout)):
        kind = FailureKind.NOT_SENT
        text = f"{where} accepted no connection {in_time}. Check base_url, proxies and firewalls."
    elif isinstance(error, httpx.TimeoutException):
        kind = FailureKind.LOST
        text = f"{where} did not respond to {call} {in_time}. Raise timeout, or run again later."
    elif isinstance(error, (httpx.NetworkError, httpx.RemoteProtocolError)):
        kind = FailureKind.LOST
        text = f"The response of {where} to {call} was cut off. Run again, check the proxy."
    else:
        kind = FailureKind.REFUSED
        text = f"{call} cannot be sent to {where} ({type(error).__name__}). Check base_url and proxy."
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


def _find(error: BaseException | None, wanted: type[_E]) -> _E | None:
    """Return the first exception of that class in the chain of causes, None without one."""
    while error is not None:
        if isinstance(error, wanted):
            return error
        error = error.__cause__ or error.__context__
    return None
