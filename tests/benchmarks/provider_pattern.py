# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A client that sends the requests of the vendor's Terraform provider for data actions, and nothing else.

    python provider_pattern.py JOB

The pattern, from an observation of the provider: a token, one more for each place of its pool, the org, the
products of the client; two reads of each integration; three reads of each data action, its object and its two
templates. A creation is a POST, an update a read and a PATCH, each followed by the three reads. Ten requests
at once, each with a token of the pool. After a 429 it waits for C(Retry-After).

JOB is JSON, C({base_url, client_id, client_secret, tokens, concurrency, integrations, unchanged, created,
updated}): ids of integrations and of data actions, bodies of creations, and C({id, body}) of updates.
"""

from __future__ import annotations

import concurrent.futures
import itertools
import json
import ssl
import sys
import time
import typing as t

import httpx

ACTIONS = "/api/v2/integrations/actions"
INTEGRATIONS = "/api/v2/integrations"
_MOST_ATTEMPTS = 20


class Provider:
    """The client and its tokens, which the requests use in turn."""

    def __init__(self, client: httpx.Client, job: dict[str, t.Any]) -> None:
        self._client = client
        self._job = job
        tokens = [self._token() for _place in range(1 + job["tokens"])]
        self._tokens = itertools.cycle(tokens[1:])
        self.send("GET", "/api/v2/organizations/me")
        self.send("GET", "/api/v2/authorization/products")

    def send(self, method: str, path: str, body: t.Any = None) -> httpx.Response:
        """Return the response to a request that succeeds at last. A missing file of a template is one too."""
        headers = {"Authorization": f"Bearer {next(self._tokens)}"}
        for _attempt in range(_MOST_ATTEMPTS):
            response = self._client.request(method, path, json=body, headers=headers)
            if response.status_code != 429:
                break
            time.sleep(int(response.headers["retry-after"]))
        return response if response.status_code == 404 else response.raise_for_status()

    def read_integration(self, identifier: str) -> None:
        self.send("GET", f"{INTEGRATIONS}/{identifier}?pageSize=100&pageNumber=1")
        self.send("GET", f"{INTEGRATIONS}/{identifier}/config/current")

    def read(self, identifier: str) -> dict[str, t.Any]:
        path = f"{ACTIONS}/{identifier}"
        action: dict[str, t.Any] = self.send("GET", f"{path}?expand=contract&includeConfig=true").json()
        self.send("GET", f"{path}/templates/requesttemplate.vm")
        self.send("GET", f"{path}/templates/successtemplate.vm")
        return action

    def create(self, body: dict[str, t.Any]) -> None:
        self.read(self.send("POST", ACTIONS, body).json()["id"])

    def update(self, change: dict[str, t.Any]) -> None:
        path = f"{ACTIONS}/{change['id']}"
        action = self.send("GET", f"{path}?expand=contract&includeConfig=true").json()
        self.send("PATCH", path, {**change["body"], "version": action["version"]})
        self.read(change["id"])

    def _token(self) -> str:
        response = self._client.post(
            "/oauth/token",
            data={"grant_type": "client_credentials"},
            auth=(self._job["client_id"], self._job["client_secret"]),
        )
        return str(response.raise_for_status().json()["access_token"])


def main(job: dict[str, t.Any]) -> None:
    threads = job["concurrency"]
    limits = httpx.Limits(max_connections=threads, max_keepalive_connections=threads)
    # The simulator uses plain HTTP, for which the modules load no certificate authorities either.
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    with (
        httpx.Client(base_url=job["base_url"], limits=limits, verify=trust, timeout=60) as client,
        concurrent.futures.ThreadPoolExecutor(threads) as pool,
    ):
        provider = Provider(client, job)
        refreshed = [*job["unchanged"], *(change["id"] for change in job["updated"])]
        list(pool.map(provider.read_integration, job["integrations"]))
        list(pool.map(provider.read, refreshed))
        list(pool.map(provider.create, job["created"]))
        list(pool.map(provider.update, job["updated"]))


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:  # noqa: PTH123 (this process imports only what it needs)
        main(json.load(file))
