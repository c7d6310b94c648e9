# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Clients of the simulator whose every exchange is held against the OpenAPI document."""

from __future__ import annotations

import ssl
import typing as t

import httpx
import pytest

from unit.simulator.openapi_document import Document

#: One for all clients: building it takes longer than most tests.
TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
API = Document("reference/openapi.yaml")


@pytest.fixture
def client(simulator: t.Any) -> t.Iterator[t.Callable[..., httpx.Client]]:
    """A factory: C(client(org)) has a token of the org, C(client(org, scopes=[...])) a lesser one.

    C(judged=False) is for answers that a fault made, which no document describes.
    """
    opened = []

    def connect(org: t.Any = None, *, scopes: list[str] | None = None, judged: bool = True) -> httpx.Client:
        headers = {}
        if org is not None:
            headers["Authorization"] = f"Bearer {simulator.token(org.key, scopes=scopes)}"
        hooks = {"response": [_judge]} if judged else {}
        connection = httpx.Client(
            base_url=simulator.base_url,
            headers=headers,
            event_hooks=hooks,
            verify=TLS,
            trust_env=False,
            timeout=10,
        )
        opened.append(connection)
        return connection

    yield connect
    for connection in opened:
        connection.close()


@pytest.fixture
def api(client: t.Callable[..., httpx.Client], org: t.Any) -> httpx.Client:
    """A judged client of the test's one org."""
    return client(org)


def _judge(response: httpx.Response) -> None:
    response.read()
    API.judge(response)
