# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Clients of the simulator that check every exchange against the OpenAPI document."""

from __future__ import annotations

import ssl
import typing as t

import httpx
import pytest

from unit.simulator.openapi_document import Document

#: Shared by all clients, because creating a context takes longer than most tests.
TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
DOCUMENTS = {api: Document(f"{api}/openapi.yaml") for api in ("reference", "platform")}


@pytest.fixture
def client(simulator: t.Any) -> t.Iterator[t.Callable[..., httpx.Client]]:
    """Return a factory: C(client(org)) has a token with all scopes, C(client(org, scopes=[...])) with these.

    A token of the platform API has C(permissions) instead. Exchanges are checked against the document of the
    org's API. C(checked=False) is for responses of faults and switches that are not in the document.
    """
    opened = []

    def connect(org: t.Any = None, *, checked: bool = True, **held: list[str]) -> httpx.Client:
        headers, document = {}, DOCUMENTS["reference"]
        if org is not None:
            headers["Authorization"] = f"Bearer {simulator.token(org.key, **held)}"
            document = DOCUMENTS[org.api]
        hooks = {"response": [document.check_response]} if checked else {}
        connection = httpx.Client(
            base_url=simulator.base_url,
            headers=headers,
            event_hooks=hooks,
            verify=TLS,
            trust_env=False,
            timeout=60,
        )
        opened.append(connection)
        return connection

    yield connect
    for connection in opened:
        connection.close()


@pytest.fixture
def api(client: t.Callable[..., httpx.Client], org: t.Any) -> httpx.Client:
    """Return a checked client of the org of the test."""
    return client(org)


@pytest.fixture
def platform(client: t.Callable[..., httpx.Client], platform_org: t.Any) -> httpx.Client:
    """Return a checked client of a fresh org of the platform API."""
    return client(platform_org)
