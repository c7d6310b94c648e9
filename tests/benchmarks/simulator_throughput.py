# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The throughput of the simulator on one core, which must not be the bottleneck of other benchmarks.

    python tests/benchmarks/simulator_throughput.py [--seconds 3] [--check]

The server is pinned to one core if the system supports it. This process sends the requests from the other
cores. It uses plain sockets and prepared requests, because a full HTTP client is slower than the server.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import socket
import sys
import threading
import time
import typing as t
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from simulator.control import Simulator
from simulator.process import running

PATH = "/api/v2/architect/data-actions"
CONNECTIONS = 4
#: The least number of requests in a second on one core.
TARGETS = {"GET one data action": 1500, "GET a list page of 100": 300}


def data_action(number: int) -> dict[str, t.Any]:
    """Return a data action of ordinary size: headers, a body, ten mappings and a condition tree."""
    mappings = [
        {"name": f"field{index}", "source": f"$.entities[*].field{index}", "type": "string", "default": "[]"}
        for index in range(10)
    ]
    leaves = [
        {
            "type": "EQUALS",
            "value": {"type": "DATASET", "datasetId": "crm", "fieldId": f"field{index}"},
            "expression": "active",
        }
        for index in range(3)
    ]
    return {
        "name": f"Load {number:04d}",
        "type": "rest",
        "description": "One of many.",
        "restConfig": {
            "url": "https://crm.example.com/v1/customers/${customerId}/orders?limit=25",
            "httpMethod": "POST",
            "headers": {"Content-Type": "application/json", "Authorization": "Bearer ${token}"},
            "bodyTemplate": '{"customer": "${customerId}", "states": ["open", "late"]}',
            "variableMappings": mappings,
        },
        "conditions": [{"type": "AND", "children": leaves}],
    }


def exchange(connection: socket.socket, request: bytes) -> int:
    """Send one request, read its response and return the size of the body [bytes].

    Raise RuntimeError for another status than 200.
    """
    connection.sendall(request)
    received = bytearray()
    while b"\r\n\r\n" not in received:
        received += connection.recv(262144)
    head, _separator, body = bytes(received).partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200 "):
        raise RuntimeError(head.decode())
    length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
    missing = length - len(body)
    while missing > 0:
        missing -= len(connection.recv(min(missing, 262144)))
    return length


def load(sim: Simulator, path: str, token: str, seconds: float) -> tuple[float, float]:
    """Return the requests in a second over concurrent connections, and the mean size of a body [bytes]."""
    url = urllib.parse.urlsplit(sim.base_url)
    assert url.hostname is not None and url.port is not None
    address = (url.hostname, url.port)
    request = f"GET {path} HTTP/1.1\r\nHost: {url.netloc}\r\nAuthorization: Bearer {token}\r\n\r\n".encode()
    counts, sizes = [0] * CONNECTIONS, [0] * CONNECTIONS
    until = time.perf_counter() + seconds

    def work(index: int) -> None:
        with socket.create_connection(address, timeout=10) as connection:
            while time.perf_counter() < until:
                sizes[index] += exchange(connection, request)
                counts[index] += 1

    threads = [threading.Thread(target=work, args=(index,)) for index in range(CONNECTIONS)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - start), sum(sizes) / max(1, sum(counts))


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=3, help="length of each measurement (default: 3)")
    parser.add_argument("--check", action="store_true", help="end with 1 when a target is missed")
    options = parser.parse_args()
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_setaffinity") else []
    if cores:
        os.sched_setaffinity(0, {cores[0]})  # inherited by the server, then undone for this process
    with running() as sim:
        if len(cores) > 1:
            os.sched_setaffinity(0, set(cores[1:]))
        sim.create_org("load")
        actions = sim.seed("load", "data_actions", [data_action(number) for number in range(1000)])
        token = sim.token("load")
        paths = [f"{PATH}/{actions[500]['id']}", f"{PATH}?pageSize=100&pageNumber=5"]
        missed = False
        for (title, target), path in zip(TARGETS.items(), paths, strict=True):
            rate, size = load(sim, path, token, options.seconds)
            missed |= rate < target
            print(f"{title:24} {rate:7.0f}/s   body {size / 1024:6.1f} KiB   target {target}/s")
    return int(options.check and missed)


if __name__ == "__main__":
    sys.exit(main())
