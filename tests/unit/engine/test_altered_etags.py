# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of a gateway that alters the header ETag of responses that it compresses (S0.5)."""

from __future__ import annotations

import json

import pytest

from unit.module_runner import run_module
from unit.resources.data_action.conftest import STORED
from unit.scripted_server import Answer, ScriptedServer, error

ACTIONS = "/api/v2/architect/data-actions"


@pytest.mark.parametrize("header", ['W/"e-1"', '"e-1-gzip"', '"e-1--gzip"'])
def test_the_etag_of_the_body_locks_a_write(header):
    stored = {**STORED, "id": "a-1", "etag": "e-1", "version": 1}

    def respond(request):
        if request.path == ACTIONS:
            page = {"entities": [], "total": 0, "pageSize": 100, "pageNumber": 1, "pageCount": 1}
            return Answer(body=page)
        if request.method == "PUT":
            if request.headers["if-match"] != '"e-1"':
                return error(409, "data.action.etag.mismatch", "The ETag does not match")
            stored.update(json.loads(request.body), etag="e-2", version=2)
            return Answer(body=stored, headers={"ETag": header.replace("e-1", "e-2")})
        if request.path == f"{ACTIONS}/a-1":
            return Answer(body=stored, headers={"ETag": header.replace("e-1", stored["etag"])})
        return Answer(body={"id": "o-1", "name": "Org"})

    with ScriptedServer() as server:
        server.respond(respond)
        options = {"base_url": server.base_url, "access_token": "t0ken", "id": "a-1", "description": "new"}
        result = run_module("genesys_data_action", options)
    assert not result.get("failed"), result["msg"]
    assert result["plan"] == "update" and result["record"]["etag"] == "e-2"
