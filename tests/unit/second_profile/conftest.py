# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A running letter server, the second profile registered beside the first, and runners of its tasks."""

from __future__ import annotations

import dataclasses
import json
import pathlib
import typing as t

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._arguments import connection
from ansible_collections.genesys.cloud.plugins.module_utils._module.info import prepare_info, read_records
from ansible_collections.genesys.cloud.plugins.module_utils._object.converge import converge
from ansible_collections.genesys.cloud.plugins.module_utils._object.task import ResourceTask, prepare_task
from ansible_collections.genesys.cloud.plugins.module_utils._org.converge import converge_org
from ansible_collections.genesys.cloud.plugins.module_utils._org.task import OrgTask, prepare_org
from ansible_collections.genesys.cloud.plugins.module_utils._resources import registry
from unit.second_profile.letter_profile import DESK, LETTER
from unit.second_profile.letter_server import CLIENT_ID, LetterServer

Options = dict[str, t.Any]


@pytest.fixture(autouse=True)
def second_profile(monkeypatch: pytest.MonkeyPatch) -> None:
    """Register the profile and its kind."""
    monkeypatch.setitem(connection.PROFILES, DESK.name, DESK)
    choices = list(connection.PROFILES)
    monkeypatch.setitem(connection.CONNECTION_OPTIONS["api_profile"], "choices", choices)
    monkeypatch.setattr(registry, "KINDS", (*registry.KINDS, LETTER))


@pytest.fixture
def server() -> t.Iterator[LetterServer]:
    with LetterServer() as running:
        yield running


@dataclasses.dataclass
class Desk:
    """Tasks on one server; the org's tasks write the journal."""

    server: LetterServer
    journal: pathlib.Path

    @property
    def connection(self) -> Options:
        return {
            "base_url": self.server.base_url,
            "client_id": CLIENT_ID,
            "client_secret": "desk-s3cr3t",
            "api_profile": "desk",
            "retries": 2,
            "deadline": 20,
        }

    def prepared(self, **options: t.Any) -> ResourceTask:
        return prepare_task(LETTER, {**self.connection, **options}, {})

    def letter(self, *, check_mode: bool = False, **options: t.Any) -> Options:
        """Return the result of a task for one letter."""
        return converge(self.prepared(**options), check_mode=check_mode)

    def org_task(self, letters: list[Options] | None = None, **options: t.Any) -> OrgTask:
        config = {} if letters is None else {"config": {"letters": letters}}
        return prepare_org({**self.connection, "journal": str(self.journal), **config, **options}, {})

    def org(self, letters: list[Options], *, check_mode: bool = False, **options: t.Any) -> Options:
        """Return the result of a task for the whole org."""
        return converge_org(self.org_task(letters, **options), check_mode=check_mode, diff_mode=True)

    def roll_back(self, *, check_mode: bool = False) -> Options:
        """Return the result of a rollback of the journal."""
        task = self.org_task(state="rolled_back")
        return converge_org(task, check_mode=check_mode, diff_mode=True)

    def info(self, **options: t.Any) -> list[Options]:
        """Return the records of the info module."""
        query = prepare_info(LETTER, {**self.connection, **options}, {})
        return t.cast("list[Options]", read_records(query)["records"])

    def lines(self) -> list[Options]:
        """Return the lines of the journal."""
        return [json.loads(line) for line in self.journal.read_text("utf-8").splitlines()]


@pytest.fixture
def desk(server: LetterServer, tmp_path: pathlib.Path) -> Desk:
    return Desk(server, tmp_path / "journal.jsonl")
