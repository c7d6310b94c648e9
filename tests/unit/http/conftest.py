# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures of the tests of the HTTP client: a scripted server and a client of it."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._http.client import Client
from unit.scripted_server import ScriptedServer


@pytest.fixture
def server() -> t.Iterator[ScriptedServer]:
    with ScriptedServer() as running:
        yield running


@pytest.fixture
def client(server: ScriptedServer) -> t.Iterator[Client]:
    """Open a client whose token is an option, so that no request asks for one."""
    with server.client(access_token="given-token") as opened:
        yield opened
