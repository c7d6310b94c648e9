# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Orgs of a simulator, each with several OAuth clients, so that each write has a known author."""

from __future__ import annotations

import dataclasses
import itertools
import os
import typing as t

from simulator.control import Simulator

#: The kinds of the simulator whose objects count as the content of an org, by API.
KINDS = {
    "reference": ("data_actions", "privacy_purposes", "customobjects", "flows", "webhooks"),
    "platform": ("integrations", "credentials"),
}
_numbers = itertools.count(1)
WRITES = ("POST", "PUT", "PATCH", "DELETE")
Objects = list[dict[str, t.Any]]


@dataclasses.dataclass(frozen=True)
class Org:
    """A fresh org. Its methods are named as those of the fixture C(org), so helpers of tests work with it."""

    simulator: Simulator
    key: str
    id: str
    clients: tuple[str, ...]
    tokens: tuple[str, ...]
    api: str = "reference"

    @property
    def connection(self) -> dict[str, t.Any]:
        return self.connection_of(0)

    def connection_of(self, client: int) -> dict[str, t.Any]:
        """Return the connection options of one of the clients."""
        name = self.clients[client]
        return {
            "base_url": self.simulator.base_url,
            "client_id": name,
            "client_secret": f"{name}-secret-5f0d",
            "organization": self.id,
            **self._profile,
        }

    def token_connection(self, client: int) -> dict[str, t.Any]:
        """Return connection options with a token, which makes the client the author of its writes."""
        return {
            "base_url": self.simulator.base_url,
            "access_token": self.tokens[client],
            "organization": self.id,
            **self._profile,
        }

    @property
    def _profile(self) -> dict[str, t.Any]:
        """Return the option for another API than that of the simulator's host."""
        return {} if self.api == "reference" else {"api_profile": self.api}

    def seed(self, objects: Objects, kind: str = "data_actions") -> Objects:
        return self.simulator.seed(self.key, kind, objects)

    def objects(self, kind: str = "data_actions") -> Objects:
        return self.simulator.objects(self.key, kind)

    def everything(self) -> dict[str, dict[str, t.Any]]:
        """Return all objects of all kinds by id."""
        return {one["id"]: {"kind": kind, **one} for kind in KINDS[self.api] for one in self.objects(kind)}

    def fault(self, **rule: t.Any) -> None:
        self.simulator.fault(self.key, **rule)

    def clear_faults(self) -> None:
        self.simulator.clear_faults(self.key)

    def log(self, method: str | None = None, path: str | None = None) -> Objects:
        return self.simulator.log(self.key, method=method, path=path)

    def accepted_writes(self) -> Objects:
        """Return the log entries of the accepted writes in order, with the number of the client as C(author).

        The author is known by the token, so the clients must use C(token_connections).
        """
        found = []
        for entry in self.log():
            token = entry["request_headers"].get("authorization", "").removeprefix("Bearer ")
            if entry["method"] in WRITES and entry["status"] in (200, 204) and token in self.tokens:
                found.append({**entry, "author": self.tokens.index(token)})
        return found


def new_org(simulator: Simulator, clients: int = 1, api: str = "reference") -> Org:
    """Create an org with so many OAuth clients that have every right; rebuilds of schemas take no time."""
    key = f"hostile-{os.getpid()}-{next(_numbers)}"
    names = tuple(f"{key}-client-{number}" for number in range(clients))
    created = simulator.create_org(
        key,
        api=api,
        name=f"Hostile {key}",
        clients=[
            {"client_id": name, "client_secret": f"{name}-secret-5f0d", "scopes": None} for name in names
        ],
    )
    simulator.rebuild(key, duration=0)
    tokens = tuple(simulator.token(key) for _name in names)
    return Org(simulator, key, created["id"], names, tokens, api)
