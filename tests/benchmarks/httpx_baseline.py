# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The baseline process: sends the requests of a module with bare httpx and the same concurrency.

    python httpx_baseline.py JOB

JOB is JSON, C({base_url, client_id, client_secret, concurrency, stages}). A stage is a list of concurrent
requests, C({method, path, body, etag, creates, of}). C(creates) is the name of the object that a request
creates. Its id replaces C({id}) in the path of a request whose C(of) is that name.
"""

from __future__ import annotations

import concurrent.futures
import json
import ssl
import sys
import typing as t

import httpx


def main(job: dict[str, t.Any]) -> None:
    threads = job["concurrency"]
    limits = httpx.Limits(max_connections=threads, max_keepalive_connections=threads)
    # The simulator uses plain HTTP, for which the modules load no certificate authorities either.
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    with httpx.Client(base_url=job["base_url"], limits=limits, verify=trust, timeout=30) as client:
        answer = client.post(
            "/oauth/token",
            data={"grant_type": "client_credentials"},
            auth=(job["client_id"], job["client_secret"]),
        )
        client.headers["Authorization"] = f"Bearer {answer.raise_for_status().json()['access_token']}"
        ids: dict[str, str] = {}

        def send(request: dict[str, t.Any]) -> None:
            path = request["path"]
            if "of" in request:
                path = path.replace("{id}", ids[request["of"]])
            headers = {"If-Match": request["etag"]} if "etag" in request else None
            answer = client.request(request["method"], path, json=request.get("body"), headers=headers)
            if (
                answer.status_code != 404
            ):  # reads between writes are sent after them, when the object may be deleted
                answer.raise_for_status()
            content = answer.json() if answer.content else None
            if "creates" in request:
                ids[request["creates"]] = content["id"]

        with concurrent.futures.ThreadPoolExecutor(threads) as pool:
            for stage in job["stages"]:
                for _sent in pool.map(send, stage):
                    pass


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:  # noqa: PTH123 (this process imports only what it needs)
        main(json.load(file))
