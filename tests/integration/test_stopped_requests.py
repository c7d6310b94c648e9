# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests to a server that drips without end: the time-out of the task, Ctrl-C and SIGTERM end them.

This holds in both lanes. The server counts whether the client left before the server gave up. The
limits of the task are hours.
"""

from __future__ import annotations

import signal

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


def play_of(module: str, server: DrippingServer, **keywords: object) -> dict[str, object]:
    options = {
        **TASKS[module],
        "base_url": server.base_url,
        "access_token": "t0ken",
        "timeout": 3600,
        "deadline": 3600,
    }
    return make_play([{"name": "Hang", f"genesys.cloud.genesys_{module}": options, **keywords}])


@pytest.mark.parametrize("lane", ["fast", "module"])
@pytest.mark.parametrize("module", TASKS)
@pytest.mark.parametrize("position", POSITIONS)
def test_time_out_of_the_task(tmp_path, position, module, lane):
    with DrippingServer(*POSITIONS[position]) as server:
        play = play_of(module, server, timeout=900)
        inventory = {lane: {"genesys_fast_lane": lane == "fast"}}
        env = recording(tmp_path / "results.jsonl")
        with running_playbook([play], tmp_path, inventory=inventory, env=env) as (running, _home):
            server.wait_until_dripping()
            time_out(running)
            running.communicate(timeout=100)
        (task,) = read_results(tmp_path / "results.jsonl")[0]
        assert "imed out after 900 second" in task.result["msg"]
        server.check_left()


@pytest.mark.parametrize("lane", ["fast", "module"])
@pytest.mark.parametrize("module", TASKS)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signal_to_ansible_playbook(tmp_path, number, module, lane):
    with DrippingServer(*POSITIONS["header"]) as server:
        inventory = {lane: {"genesys_fast_lane": lane == "fast"}}
        with running_playbook([play_of(module, server)], tmp_path, inventory=inventory) as (running, _home):
            server.wait_until_dripping()
            running.send_signal(number)
            running.communicate(timeout=100)
        assert running.returncode not in (0, None)
        server.check_left()
