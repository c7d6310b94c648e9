# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A data action whose changes are reported, and a listener for its notifications."""

from __future__ import annotations

import json
import pathlib
import typing as t

import pytest

from unit.module_runner import run_module
from unit.scripted_server import Answer, ScriptedServer

ACTION: dict[str, t.Any] = {
    "name": "Get Customer",
    "rest": {
        "url": "https://crm.example.com/v1/customers",
        "method": "GET",
        "headers": {"Accept": "application/json", "Authorization": "Bearer crm-s3cr3t-token"},
    },
}


@pytest.fixture
def listener() -> t.Iterator[ScriptedServer]:
    """Start a real HTTP server that accepts every notification unless a test scripts other responses."""
    with ScriptedServer() as server:
        server.respond(lambda request: Answer(204))
        yield server


@pytest.fixture
def action(org):
    """Return a runner of genesys_data_action: action(audit_log=..., check_mode=True, ...)."""

    def run(*, check_mode: bool = False, **options: t.Any) -> dict[str, t.Any]:
        arguments = {**org.connection, **ACTION, **options}
        return run_module("genesys_data_action", arguments, check_mode=check_mode)

    return run


def read(log: pathlib.Path) -> list[dict[str, t.Any]]:
    """Return the records of a log; raise if a line is incomplete."""
    text = log.read_text("utf-8") if log.exists() else ""
    assert text == "" or text.endswith("\n")
    return [json.loads(line) for line in text.splitlines()]
