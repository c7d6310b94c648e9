# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of two runs that write the same data action of the platform API at the same time (P.13, P.14).

The simulator holds a request of each run until both are there.
"""

from __future__ import annotations

import json
import typing as t

import pytest

from integration.module_process import Process
from unit.platform.action_site import (
    NAME,
    OTHER_IN,
    PATH,
    options,
    seed_action,
    seed_consumers,
    seed_integration,
    stored_names,
)
from unit.platform.conftest import Tasks

TEST = {"input": {"id": "7"}, "expect": {"tier": "gold"}}


def together(tasks, folder, entry) -> list[dict[str, t.Any]]:
    """Return the results of two runs with the same entry."""
    config = {"integrations": [], "integration_credentials": [], "data_actions": [entry]}
    given = {**tasks.connection, "config": config}
    runs = [Process(tasks.org, folder / name).start(**given) for name in ("one", "two")]
    return [json.loads(run.communicate(timeout=300)[0]) for run in runs]


def settled(tasks, entry):
    """Run once more, and check that nothing is left to do."""
    result = tasks.done(
        "org_config", config={"integrations": [], "integration_credentials": [], "data_actions": [entry]}
    )
    assert result["changed"] is False
    assert tasks.org.objects("action_drafts") == []


@pytest.mark.parametrize("duplicates", ["allowed", "refused"])
@pytest.mark.parametrize(("method", "path"), [("POST", PATH), ("PATCH", f"{PATH}/*")])
def test_two_runs_that_replace_one_action_leave_one_new_and_one_old(
    platform_org, tmp_path, duplicates, method, path
):
    tasks = Tasks(platform_org, tmp_path / "state")
    tasks.org.platform(duplicate_action_names=duplicates)
    action = seed_action(tasks)
    seed_consumers(tasks, action["id"])
    entry = options(OTHER_IN, on_contract_change="replace")
    tasks.org.fault(method=method, path=path, together=2, times=2)
    results = together(tasks, tmp_path, entry)
    assert any(not one.get("failed") for one in results), [one["msg"] for one in results]
    names = stored_names(tasks)
    assert len(tasks.org.objects("actions")) == 2 and names[NAME] != action["id"], names
    assert names[next(name for name in names if name != NAME)] == action["id"]
    settled(tasks, entry)


@pytest.mark.parametrize("path", [f"{PATH}/drafts", f"{PATH}/*/draft/test", f"{PATH}/*/draft/publish"])
def test_two_runs_that_create_one_tested_action_leave_one_or_name_both(platform_org, tmp_path, path):
    tasks = Tasks(platform_org, tmp_path / "state")
    tasks.org.platform(execution_result={"tier": "gold"})
    seed_integration(tasks)
    tasks.org.fault(method="POST", path=path, together=2, times=2)
    results = together(tasks, tmp_path, options(test=TEST))
    assert any(not one.get("failed") for one in results), [one["msg"] for one in results]
    ids = [one["id"] for one in tasks.org.objects("actions")]
    assert set(stored_names(tasks)) == {NAME}
    if len(ids) == 1:
        settled(tasks, options(test=TEST))
    else:  # the run of the larger id had ended before the other one published: that one says so
        (failed,) = [one for one in results if one.get("failed")]
        assert len(ids) == 2 and all(object_id in failed["msg"] for object_id in ids), failed["msg"]


def test_two_runs_that_change_one_tested_action_leave_no_draft(platform_org, tmp_path):
    tasks = Tasks(platform_org, tmp_path / "state")
    tasks.org.platform(execution_result={"tier": "gold"})
    seed_action(tasks)
    entry = options(test=TEST, request={"requestType": "POST"})
    tasks.org.fault(method="POST", path=f"{PATH}/*/draft", together=2, times=2)
    results = together(tasks, tmp_path, entry)
    assert any(not one.get("failed") for one in results), [one["msg"] for one in results]
    settled(tasks, entry)
