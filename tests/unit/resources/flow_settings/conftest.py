# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A flow as tests declare its settings and as another tool stored it."""

from __future__ import annotations

import copy
import dataclasses
import datetime
import typing as t

import pytest

from unit.module_runner import run_module

KIND = "flows"
LIST = "/api/v2/architect/flows"
ITEM = "/api/v2/architect/flows/*-*"  # ids have hyphens, `reload` has none
RELOAD = "/api/v2/architect/flows/reload"
NAME = "Primary"

SETTINGS: dict[str, t.Any] = {
    "routing": {"type": "longestAvailable", "maxWaitTime": 600, "scope": {"type": "org", "id": "o-1"}},
    "configurationMatrix": {
        "affinity": {"key": "queue_affinity", "value": True},
        "sessions": {"key": "max_concurrent_sessions", "value": 50},
    },
    "scopeDirectives": {"applyTo": ["queue", "user"], "enforceHierarchy": True},
}
#: SETTINGS in the form of the options.
DECLARED: dict[str, t.Any] = {
    "routing": {"type": "longestAvailable", "max_wait_time": 600, "scope": {"type": "org", "id": "o-1"}},
    "configuration_matrix": copy.deepcopy(SETTINGS["configurationMatrix"]),
    "scope_directives": {"apply_to": ["queue", "user"], "enforce_hierarchy": True},
}


def stored_flow(**settings: t.Any) -> dict[str, t.Any]:
    """Return a flow for the simulator with the given settings, or else with SETTINGS."""
    return {
        "name": NAME,
        "description": "the main line",
        "version": 14,
        "settings": copy.deepcopy(settings or SETTINGS),
    }


def seconds_ago(seconds: float) -> str:
    """Return the time of so many seconds before now, in the format of the API."""
    moment = datetime.datetime.now(datetime.UTC) - datetime.timedelta(seconds=seconds)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


@dataclasses.dataclass(frozen=True)
class Flows:
    """A view of an org that is limited to its flows."""

    org: t.Any

    def seed(self, *objects: dict[str, t.Any]) -> list[dict[str, t.Any]]:
        return self.org.seed(list(objects or (stored_flow(),)), KIND)

    def now(self, name: str = NAME) -> dict[str, t.Any]:
        return self.org.named(name, KIND)

    def wait_time(self) -> int:
        return self.now()["settings"]["routing"]["maxWaitTime"]

    def edit(self, settings: dict[str, t.Any]) -> None:
        """Change the flow's settings as another writer would."""
        self.org.edit(self.now()["id"], {"settings": settings}, KIND)

    def patches(self) -> list[dict[str, t.Any]]:
        return self.org.log(method="PATCH")

    def reloads(self) -> list[dict[str, t.Any]]:
        return self.org.log(method="POST", path=RELOAD)

    def calls(self) -> list[str]:
        """Return the requests to flows and targets in the form `GET list`, `PATCH item`, `POST reload`."""
        shown = []
        for entry in self.org.log():
            last = entry["path"].rpartition("/")[2]
            if not entry["path"].endswith(("/oauth/token", "/organizations/me")):
                kind = {"flows": "list", "reload": "reload"}.get(last, "item" if "-" in last else last)
                shown.append(f"{entry['method']} {kind}")
        return shown


@pytest.fixture
def flows(org):
    return Flows(org)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "state"


@pytest.fixture
def old_flow(flows):
    """Seed a flow that was last modified an hour ago."""
    (flow,) = flows.seed({**stored_flow(), "modifiedDate": seconds_ago(3600)})
    return flow


@pytest.fixture
def settings(org):
    """Return a runner of genesys_flow_settings: settings(routing={...}, id=..., check_mode=True)."""

    def run(
        *, check_mode: bool = False, environ: dict[str, str] | None = None, **options: t.Any
    ) -> dict[str, t.Any]:
        arguments = {**org.connection, "name": NAME, **options}
        return run_module("genesys_flow_settings", arguments, check_mode=check_mode, environ=environ)

    return run
