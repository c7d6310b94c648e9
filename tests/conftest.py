# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures for unit and integration tests: a running simulator and fresh orgs in it.

def test_two_orgs(new_org):
    dev, prod = new_org(), new_org(scopes=["data:actions:read"])
    prod.seed([{"name": "A", "type": "rest", ...}])
    assert prod.writes() == []
"""

from __future__ import annotations

import dataclasses
import itertools
import typing as t

import pytest

from simulator.process import running

_numbers = itertools.count(1)


@dataclasses.dataclass(frozen=True)
class Org:
    """A fresh org of the simulator with one OAuth client; its methods call the simulator's control API."""

    simulator: t.Any
    key: str  #: names the org only in the simulator's control API
    id: str
    name: str
    client_id: str
    client_secret: str
    api: str = "reference"

    @property
    def base_url(self) -> str:
        return self.simulator.base_url

    @property
    def connection(self) -> dict[str, t.Any]:
        """Return the connection options that every module takes, for this org."""
        return {
            "base_url": self.base_url,
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "organization": self.id,
            # The simulator's host stands for the reference API.
            **({} if self.api == "reference" else {"api_profile": self.api}),
        }

    def seed(self, objects: list[dict[str, t.Any]], kind: str = "data_actions") -> list[dict[str, t.Any]]:
        return self.simulator.seed(self.key, kind, objects)

    def objects(self, kind: str = "data_actions") -> list[dict[str, t.Any]]:
        return self.simulator.objects(self.key, kind)

    def named(self, name: str, kind: str = "data_actions") -> dict[str, t.Any]:
        """Return the only stored object with this name."""
        (found,) = [stored for stored in self.objects(kind) if stored["name"] == name]
        return found

    def edit(self, object_id: str, patch: dict[str, t.Any], kind: str = "data_actions") -> None:
        self.simulator.edit(self.key, kind, object_id, patch)

    def delete(self, object_id: str, kind: str = "data_actions") -> None:
        self.simulator.delete(self.key, kind, object_id)

    def fault(self, **rule: t.Any) -> None:
        self.simulator.fault(self.key, **rule)

    def log(self, method: str | None = None, path: str | None = None) -> list[dict[str, t.Any]]:
        return self.simulator.log(self.key, method=method, path=path)

    def platform(self, **switches: t.Any) -> None:
        """Set switches of the platform API."""
        self.simulator.platform(self.key, **switches)

    def clear_log(self) -> None:
        self.simulator.clear_log(self.key)

    def writes(self) -> list[dict[str, t.Any]]:
        """Return the logged requests that may change the org, including failed ones; queries do not count."""
        return [
            entry
            for entry in self.log()
            if entry["method"] not in ("GET", "HEAD")
            and not entry["path"].endswith(
                (
                    "/oauth/token",
                    "/audit/records/query",
                    "/audits/query",
                    "/audits/query/realtime",
                    "/users/search",
                )
            )
        ]


@pytest.fixture(scope="session")
def simulator() -> t.Iterator[t.Any]:
    """Start one simulator process per pytest-xdist worker and yield its control object."""
    with running() as control:
        yield control


@pytest.fixture
def new_org(simulator: t.Any) -> t.Callable[..., Org]:
    """Return a factory of fresh orgs: `new_org(datasets=[...], scopes=[...], name=..., token_lifetime=3600)`.

    Without `scopes` the client gets every scope. With `api="platform"` the client has `permissions` instead.
    `token_lifetime` is in seconds.
    """

    def create(
        *,
        api: str = "reference",
        name: str | None = None,
        datasets: t.Sequence[str] = ("crm", "orders", "billing"),
        scopes: t.Sequence[str] | None = None,
        permissions: t.Sequence[str] | None = None,
        token_lifetime: int = 3600,
    ) -> Org:
        key = f"org{next(_numbers)}"
        client_id, client_secret = f"{key}-client", f"{key}-client-secret-s3cr3t"
        granted = {
            "scopes": None if scopes is None else list(scopes),
            "permissions": None if permissions is None else list(permissions),
        }
        created = simulator.create_org(
            key,
            api=api,
            name=name or f"Test Org {key}",
            datasets=list(datasets),
            clients=[{"client_id": client_id, "client_secret": client_secret, **granted}],
            token_lifetime=token_lifetime,
        )
        return Org(simulator, key, created["id"], created["name"], client_id, client_secret, api)

    return create


@pytest.fixture
def org(new_org: t.Callable[..., Org]) -> Org:
    """Return a fresh, empty org whose client has every scope."""
    return new_org()


@pytest.fixture
def platform_org(new_org: t.Callable[..., Org]) -> Org:
    """Return a fresh org of the platform API whose client has every permission."""
    return new_org(api="platform")
