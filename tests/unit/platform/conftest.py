# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An org of the platform API, and runners of the modules for it."""

from __future__ import annotations

import dataclasses
import pathlib
import typing as t

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._engine import verify
from unit.module_runner import run_module

Options = dict[str, t.Any]
#: Seconds after which a task on the simulator may give up.
DEADLINE = 20.0


@dataclasses.dataclass
class Tasks:
    """Tasks for one org; digests of secrets are kept in C(state)."""

    org: t.Any
    state: pathlib.Path

    @property
    def connection(self) -> Options:
        return {**self.org.connection, "api_profile": "platform", "deadline": DEADLINE, "list_lag": 0.5}

    def run(self, module: str, *, check_mode: bool = False, **options: t.Any) -> Options:
        environ = {"GENESYS_STATE_PATH": str(self.state)}
        given = {**self.connection, **options}
        given = {name: value for name, value in given.items() if value is not ...}
        return run_module(f"genesys_{module}", given, check_mode=check_mode, environ=environ)

    def done(self, module: str, *, check_mode: bool = False, **options: t.Any) -> Options:
        """Return the result of a task that succeeds."""
        result = self.run(module, check_mode=check_mode, **options)
        assert not result.get("failed"), result["msg"]
        return result

    def failed(self, module: str, *, check_mode: bool = False, **options: t.Any) -> str:
        """Return the message of a task that fails."""
        result = self.run(module, check_mode=check_mode, **options)
        assert result.get("failed"), result
        return str(result["msg"])

    def writes(self) -> list[str]:
        """Return the writes so far as C(PUT /api/v2/integrations/id). A search of users changes nothing."""
        return [
            f"{entry['method']} {entry['path']}"
            for entry in self.org.writes()
            if entry["path"] != "/api/v2/users/search"
        ]


@pytest.fixture
def tasks(platform_org: t.Any, tmp_path: pathlib.Path) -> Tasks:
    return Tasks(platform_org, tmp_path / "state")


@pytest.fixture
def never_catches_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorten the wait for reads that show a write, for an org whose reads never do."""
    monkeypatch.setattr(verify, "CATCH_UP", 1.0)
