# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Uploads of files under signed URLs of other hosts, which never get the token of the API.

Private to the collection.
"""

from __future__ import annotations

import dataclasses
import typing as t
import urllib.parse

from .._deps import httpx
from .._errors import GenesysError, OutcomeUnknown, TransportError
from .._retry_policy import UPLOADS, RetryLoop
from .._runtime import check_cancelled
from .._version import VERSION
from .client import Client
from .connection import Connection, host_of, is_loopback
from .connection_pool import open_pool
from .retry import FailureKind, failure_kind


def upload(client: Client, url: str, headers: t.Mapping[str, str], content: bytes) -> None:
    """Send a file with PUT, with exactly the headers that the URL is signed for.

    The host gets neither token nor client certificate. Repeat a PUT that may pass, as C(UPLOADS) allows.
    Raise GenesysError if the host refuses the file, OutcomeUnknown if the last response was lost.
    """
    connection = client.connection
    _refuse_clear_text(connection, url)
    own = dataclasses.replace(
        connection,
        base_url=url,
        client_secret=None,
        access_token=None,
        client_cert=None,
        client_key=None,
    )
    loop = RetryLoop(UPLOADS)
    with open_pool(own, f"genesys.cloud/{VERSION} (upload)", {}) as http:
        while True:
            check_cancelled()
            client.count_request()
            failure = _put(http, url, headers, content, connection.timeout)
            if failure is None:
                return
            error, may_pass = failure
            if not may_pass:
                raise error
            if not loop.wait():
                raise OutcomeUnknown(str(error), cause=error)


def _refuse_clear_text(connection: Connection, url: str) -> None:
    """Raise GenesysError for a URL without TLS, unless the API has none either or the host is this one."""
    if url.startswith("https://") or is_loopback(host_of(url)):
        return
    if urllib.parse.urlsplit(connection.base_url).scheme == "http" and url.startswith("http://"):
        return
    raise GenesysError("The API gave an address for an upload that is not https: nothing was sent to it.")


def _put(
    http: httpx.Client, url: str, headers: t.Mapping[str, str], content: bytes, timeout: float
) -> tuple[GenesysError, bool] | None:
    """Send one PUT. Return its failure, and whether another try may pass; None for a success.

    The URL is a secret, so messages name its host alone.
    """
    host = host_of(url)
    try:
        # The response body is not read: it is not needed, and it may be endless.
        with http.stream("PUT", url, headers=dict(headers), content=content, timeout=timeout) as response:
            if response.is_success:
                return None
            status = response.status_code
    except (httpx.TimeoutException, httpx.NetworkError, httpx.RemoteProtocolError) as error:
        text = f"The upload to {host} had no response ({type(error).__name__}). Check proxies, or run again."
        return TransportError(text), True
    except (httpx.RequestError, httpx.InvalidURL, ValueError) as error:
        text = f"The upload cannot be sent to {host!r} ({type(error).__name__}). Check the proxy."
        return TransportError(text), False
    kinds = (FailureKind.LOST, FailureKind.THROTTLED)
    refusal = GenesysError(f"The upload to {host} was refused ({status}). Run again.")
    return refusal, failure_kind(status) in kinds
