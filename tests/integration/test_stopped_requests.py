# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests to a server that drips without end: the time-out of the task, Ctrl-C and SIGTERM end them.

This holds in both lanes, which are two hosts of one playbook. The server counts whether the client left
before the server gave up. The limits of the task are hours.
"""

from __future__ import annotations

import contextlib
import signal
import typing as t

import pytest

from integration.playbook import make_play, read_results, recording, running_playbook
from integration.test_stopped_runs import time_out
from unit.dripping_server import DrippingServer

#: Position in an exchange: the beginning of a response, and the drip.
POSITIONS = {
    "header": (b"HTTP/1.1 200 OK\r\nX-Name: ", b"x"),
    "informational": (b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
    "chunk-extension": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=", b"x"),
}
REST = {"url": "https://crm.example.com", "method": "GET"}
#: A module that sends its requests in the main thread, and one that has threads for them.
TASKS = {
    "data_action": {"name": "A", "rest": REST},
    "org_config": {"config": {"data_actions": [{"name": "A", "rest": REST}], "webhooks": []}},
}


LANES = ("fast", "module")


def play_of(module: str, **keywords: object) -> dict[str, object]:
    options = {
        **TASKS[module],
        "base_url": "{{ base_url }}",
        "access_token": "t0ken",
        "timeout": 3600,
        "deadline": 3600,
    }
    return make_play([{"name": "Hang", f"genesys.cloud.genesys_{module}": options, **keywords}])


@pytest.fixture
def dripping() -> t.Iterator[t.Callable[[str], dict[str, DrippingServer]]]:
    """Return a function that starts a server for each lane, which drip at a position of an exchange."""
    with contextlib.ExitStack() as running:
        yield lambda position: {
            lane: running.enter_context(DrippingServer(*POSITIONS[position])) for lane in LANES
        }


def inventory_of(servers: dict[str, DrippingServer]) -> dict[str, dict[str, object]]:
    return {
        lane: {"genesys_fast_lane": lane == "fast", "base_url": server.base_url}
        for lane, server in servers.items()
    }


@pytest.mark.parametrize("module", TASKS)
@pytest.mark.parametrize("position", POSITIONS)
def test_time_out_of_the_task(tmp_path, dripping, position, module):
    servers = dripping(position)
    play = play_of(module, timeout=900)
    env = recording(tmp_path / "results.jsonl")
    with running_playbook([play], tmp_path, inventory=inventory_of(servers), env=env) as (running, _home):
        for server in servers.values():
            server.wait_until_dripping()
        time_out(running)
        running.communicate(timeout=100)
    tasks = read_results(tmp_path / "results.jsonl")[0]
    assert {task.host for task in tasks} == set(LANES)
    for task in tasks:
        assert "imed out after 900 second" in task.result["msg"]
    for server in servers.values():
        server.check_left()


@pytest.mark.parametrize("module", TASKS)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signal_to_ansible_playbook(tmp_path, dripping, number, module):
    servers = dripping("header")
    with running_playbook([play_of(module)], tmp_path, inventory=inventory_of(servers)) as (running, _home):
        for server in servers.values():
            server.wait_until_dripping()
        running.send_signal(number)
        running.communicate(timeout=100)
    assert running.returncode not in (0, None)
    for server in servers.values():
        server.check_left()
