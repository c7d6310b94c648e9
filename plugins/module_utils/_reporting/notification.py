# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Notifications: the record of a change, or of its failure, sent to another system (S2.10, S4.8).

Private to the collection. A notification has a separate connection, without the org's token and certificates.
"""

from __future__ import annotations

import dataclasses
import itertools
import json
import typing as t
import urllib.parse
import uuid

from .._arguments.reporting import _STATUSES
from .._deps import httpx
from .._errors import ReportFailed
from .._http.connection_pool import SHORTEST_TIMEOUT, open_pool
from .._http.responses import retry_after
from .._http.retry import FailureKind, failure_kind
from .._retry_policy import NOTIFICATION, RetryLoop
from .._version import VERSION

if t.TYPE_CHECKING:
    from .._http.connection import Connection


def wants(notify: dict[str, t.Any], status: str, *, check_mode: bool) -> bool:
    """Return whether a record is to be sent. In check mode no record is sent unless C(on) has C(planned)."""
    events = notify["on"] or []
    if check_mode and "planned" not in events:
        return False
    return any(status in _STATUSES[event] for event in events)


def send(notify: dict[str, t.Any], record: dict[str, t.Any], connection: Connection) -> None:
    """Post the record as JSON until a 2xx response, as C(NOTIFICATION) allows within C(timeout) seconds.

    If a response is lost, the receiver may get the record twice, under the same C(Idempotency-Key). Raises
    ReportFailed, and InputError if C(ca_path) cannot be read.
    """
    loop = RetryLoop(dataclasses.replace(NOTIFICATION, seconds=notify["timeout"]))
    headers = {
        "Content-Type": "application/json",
        "Idempotency-Key": str(uuid.uuid4()),
        **{str(name): str(value) for name, value in (notify.get("headers") or {}).items()},
    }
    content = json.dumps(record).encode()
    with open_pool(
        _own_connection(notify, connection), f"genesys.cloud/{VERSION} (notification)", {}
    ) as http:
        for attempts in itertools.count(1):
            failure = _post(http, notify["url"], headers, content, loop.left)
            if failure is None:
                return
            if not failure.may_pass or not loop.wait(failure.retry_after):
                raise _undelivered(notify["url"], failure, attempts)


def _undelivered(url: str, failure: _Failure, attempts: int) -> ReportFailed:
    times = f" {attempts} times" if attempts > 1 else ""
    host = urllib.parse.urlsplit(url).hostname
    return ReportFailed(
        f"The notification could not be delivered to {host}{times}: {failure.reason}. Check notify.url, or "
        "the system behind it."
    )


class _Failure(t.NamedTuple):
    reason: str
    may_pass: bool
    retry_after: float | None = None


def _post(
    http: httpx.Client, url: str, headers: dict[str, str], content: bytes, left: float
) -> _Failure | None:
    left = max(SHORTEST_TIMEOUT, left)
    try:
        # The response body is not read: it is not needed, and it may be endless.
        with http.stream("POST", url, headers=headers, content=content, timeout=left) as response:
            if response.is_success:
                return None
            status = response.status_code
            may_pass = failure_kind(status) in (FailureKind.LOST, FailureKind.THROTTLED)
            return _Failure(f"the response was {status}", may_pass, retry_after(response.headers))
    except httpx.TimeoutException:
        return _Failure(f"no response within {round(left, 2):g} s", True)
    except (httpx.NetworkError, httpx.RemoteProtocolError) as error:
        return _Failure(str(error) or "it closed the connection without a response", True)
    except (httpx.RequestError, httpx.InvalidURL) as error:
        return _Failure(f"the request cannot be sent ({type(error).__name__})", False)


def _own_connection(notify: dict[str, t.Any], connection: Connection) -> Connection:
    """Return the connection of a notification, without the org's credentials, certificates and proxy."""
    return dataclasses.replace(
        connection,
        base_url=notify["url"],
        client_secret=None,
        access_token=None,
        validate_certs=notify["validate_certs"],
        ca_path=notify.get("ca_path"),
        client_cert=None,
        client_key=None,
        proxy=None,
    )
