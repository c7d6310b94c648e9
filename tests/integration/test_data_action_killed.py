# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of runs that are killed between the steps of a draft or of a replacement (P.13, P.14).

The module runs in a separate process, as Ansible starts it. It is killed while it waits for the response to
one step, once before and once after the step took effect.
"""

from __future__ import annotations

import json
import pathlib
import time
import typing as t

import pytest

from integration.module_process import Process
from unit.patience import FOREVER, PATIENCE
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
CHANGED = {"requestUrlTemplate": "https://crm.example.com/v2/${input.id}"}
CREATE = options(test=TEST)
UPDATE = options(test=TEST, request=CHANGED)
REPLACE = options(OTHER_IN, on_contract_change="replace")
#: Entry of the task, method and path of the step, number of the same steps before it.
STEPS = {
    "the creation of the draft": (CREATE, "POST", f"{PATH}/drafts", 0),
    "the test of a new action": (CREATE, "POST", f"{PATH}/*/draft/test", 0),
    "the publish of a new action": (CREATE, "POST", f"{PATH}/*/draft/publish", 0),
    "the copy of the live action": (UPDATE, "POST", f"{PATH}/*/draft", 0),
    "the change of the draft": (UPDATE, "PATCH", f"{PATH}/*/draft", 0),
    "the publish of a change": (UPDATE, "POST", f"{PATH}/*/draft/publish", 0),
    "the creation of the new action": (REPLACE, "POST", PATH, 0),
    "the new name of the old action": (REPLACE, "PATCH", f"{PATH}/*", 0),
    "the new name of the new action": (REPLACE, "PATCH", f"{PATH}/*", 1),
}


def everything(tasks: Tasks) -> dict[str, t.Any]:
    """Return actions and drafts without their versions, which each write raises."""
    return {
        kind: {
            one["id"]: {key: value for key, value in one.items() if key != "version"}
            for one in tasks.org.objects(kind)
        }
        for kind in ("actions", "action_drafts")
    }


def killed(
    new_org: t.Any, folder: pathlib.Path, step: str, *, took_effect: bool
) -> tuple[Tasks, Process, t.Any]:
    """Return an org in which a run was killed in a step, its journal, and the objects before the run."""
    entry, method, path, after = STEPS[step]
    tasks = Tasks(new_org(api="platform"), folder)
    tasks.org.platform(execution_result={"tier": "gold"}, duplicate_action_names="refused")
    if entry is CREATE:
        seed_integration(tasks)
    else:
        seed_consumers(tasks, seed_action(tasks)["id"])
    before = everything(tasks)
    tasks.org.fault(method=method, path=path, after=after, delay=FOREVER, took_effect=took_effect)
    process = Process(tasks.org, folder)
    started = process.start(**tasks.connection, config=config(entry))
    give_up = time.monotonic() + PATIENCE
    while not is_held(tasks, method, took_effect=took_effect):
        assert started.poll() is None and time.monotonic() < give_up, "the step was not sent"
        time.sleep(0.01)
    started.kill()
    started.communicate()
    tasks.org.simulator.clear_faults(tasks.org.key)
    return tasks, process, before


def is_held(tasks: Tasks, method: str, *, took_effect: bool) -> bool:
    """Return whether the fault holds a request, with C(took_effect) one that was handled."""
    return any(
        entry["fault"] and (entry["status"] is not None or not took_effect)
        for entry in tasks.org.log(method=method)
    )


def config(entry: dict[str, t.Any]) -> dict[str, t.Any]:
    return {"integrations": [], "integration_credentials": [], "data_actions": [entry]}


@pytest.mark.parametrize("took_effect", [False, True])
@pytest.mark.parametrize("step", STEPS)
def test_the_next_run_converges(new_org, tmp_path, step, took_effect):
    tasks, _process, _before = killed(new_org, tmp_path / "run", step, took_effect=took_effect)
    entry = STEPS[step][0]
    tasks.done("org_config", config=config(entry))
    names = stored_names(tasks)
    assert NAME in names and len(names) == (2 if entry is REPLACE else 1), names
    assert tasks.org.objects("action_drafts") == []
    assert tasks.done("org_config", config=config(entry))["changed"] is False


@pytest.mark.parametrize("took_effect", [False, True])
@pytest.mark.parametrize("step", STEPS)
def test_the_journal_is_rolled_back(new_org, tmp_path, step, took_effect):
    tasks, process, before = killed(new_org, tmp_path / "run", step, took_effect=took_effect)
    journal = {"journal": str(process.journal), "journal_password": "k"}
    lines = [json.loads(line) for line in process.journal.read_text().splitlines()]
    assert len(lines) > 1
    tasks.done("org_config", state="rolled_back", **journal)
    assert everything(tasks) == before
    assert tasks.done("org_config", state="rolled_back", **journal)["changed"] is False
