# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the minimum interval between two updates of a flow, across processes and controllers (S2.3)."""

from __future__ import annotations

import json
import pwd
import re
import time

import pytest

from unit.module_runner import warnings_of
from unit.patience import PATIENCE
from unit.permissions import mode_of
from unit.resources.flow_settings.conftest import ITEM, KIND, NAME, RELOAD, seconds_ago, stored_flow


@pytest.fixture
def settings_with_interval(settings, folder):
    """Return a runner of the module with an interval of 600 s and the test's state folder."""

    def run(**options):
        return settings(**{"min_update_interval": 600, "state_path": str(folder), **options})

    return run


def age_modified_date(org, flows):
    """Set an old modifiedDate on the server, so that only this host's record can stop the update."""
    org.edit(flows.now()["id"], {"modifiedDate": seconds_ago(3600)}, KIND)


def test_the_first_update_passes_and_is_remembered(org, flows, settings_with_interval, old_flow, folder):
    started = time.time()
    assert settings_with_interval(routing={"max_wait_time": 30})["changed"]
    (file,) = folder.glob("*.json")
    content = json.loads(file.read_text("utf-8"))
    assert (content["organization"], content["id"]) == (org.id, old_flow["id"])
    assert started <= content["updated_at"] <= time.time()
    assert mode_of(folder) == 0o700
    assert {mode_of(path) for path in folder.iterdir()} == {0o600}
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


def test_a_second_update_is_too_soon(org, flows, settings_with_interval, old_flow):
    settings_with_interval(routing={"max_wait_time": 30})
    age_modified_date(org, flows)
    result = settings_with_interval(routing={"max_wait_time": 31})
    assert result["failed"]
    assert 0 < result["seconds_left"] <= 600
    for words in (
        "was updated ",
        "min_update_interval asks for 600 s",
        "nothing was written",
        "on_too_soon to wait",
    ):
        assert words in result["msg"]
    assert flows.wait_time() == 30 and len(flows.patches()) == 1


def test_an_update_by_another_process_5_s_ago_is_too_soon(
    org, flows, settings_with_interval, old_flow, folder
):
    """Check that the file of another process on this host is enough to refuse the update."""
    folder.mkdir()
    record = {"organization": org.id, "id": old_flow["id"], "updated_at": time.time() - 5}
    (folder / f"{org.id}_{old_flow['id']}.json").write_text(json.dumps(record), "utf-8")
    result = settings_with_interval(routing={"max_wait_time": 30})
    (ago,) = re.findall(r"was updated (\d+) s ago", result["msg"])
    assert 5 <= int(ago) < 600
    assert flows.patches() == []


def test_an_update_from_another_controller_is_too_soon(org, flows, settings_with_interval, old_flow):
    """Check that the server's modifiedDate is enough to refuse the update."""
    org.edit(old_flow["id"], {"modifiedDate": seconds_ago(5)}, KIND)
    result = settings_with_interval(routing={"max_wait_time": 30})
    assert 0 < result["seconds_left"] <= 597  # the Date header has a resolution of 1 s
    assert flows.patches() == []


def test_an_unchanged_flow_is_never_too_soon(flows, settings_with_interval, old_flow, folder):
    settings_with_interval(routing={"max_wait_time": 30})
    result = settings_with_interval(routing={"max_wait_time": 30})
    assert (result["changed"], result.get("failed")) == (False, None)


def test_other_flows_and_other_orgs_have_their_own_interval(
    org, new_org, flows, settings_with_interval, old_flow
):
    from unit.module_runner import run_module

    settings_with_interval(routing={"max_wait_time": 30})
    flows.seed({**stored_flow(), "name": "Second", "modifiedDate": seconds_ago(3600)})
    assert settings_with_interval(name="Second", routing={"max_wait_time": 30})["changed"]
    other = new_org()
    other.seed([{**stored_flow(), "id": old_flow["id"], "modifiedDate": seconds_ago(3600)}], KIND)
    task = {"name": NAME, "min_update_interval": 60, "routing": {"max_wait_time": 30}}
    assert run_module("genesys_flow_settings", {**other.connection, **task})["changed"]


def test_off_by_default_and_then_nothing_is_remembered(flows, settings, folder):
    flows.seed()
    for seconds in (30, 31):
        assert settings(routing={"max_wait_time": seconds}, state_path=str(folder))["changed"]
    assert not folder.exists()


def test_waiting_until_the_interval_is_over(org, flows, settings_with_interval, old_flow):
    settings_with_interval(routing={"max_wait_time": 30}, min_update_interval=4)
    age_modified_date(org, flows)
    started = time.monotonic()
    result = settings_with_interval(routing={"max_wait_time": 31}, min_update_interval=4, on_too_soon="wait")
    assert (result["changed"], flows.wait_time()) == (True, 31)
    assert 0 < result["waited_seconds"] <= 4.25
    assert time.monotonic() - started >= result["waited_seconds"]
    assert len(flows.patches()) == 2


def test_a_wait_beyond_its_timeout_fails_at_once_and_says_so(flows, settings_with_interval, old_flow):
    settings_with_interval(routing={"max_wait_time": 30})
    started = time.monotonic()
    result = settings_with_interval(routing={"max_wait_time": 31}, on_too_soon="wait", wait_timeout=5)
    assert "more than wait_timeout (5 s) allows" in result["msg"]
    assert time.monotonic() - started < PATIENCE
    assert flows.wait_time() == 30


@pytest.mark.parametrize(
    ("on_too_soon", "words"), [("wait", "would wait"), ("fail", "would fail for another")]
)
def test_check_mode_warns_and_neither_waits_fails_nor_stamps(
    org, flows, settings_with_interval, old_flow, folder, on_too_soon, words
):
    result = settings_with_interval(routing={"max_wait_time": 30}, check_mode=True)
    assert (result["changed"], warnings_of(result), folder.exists()) == (True, [], False)
    settings_with_interval(routing={"max_wait_time": 30})
    memories = {path: path.read_bytes() for path in folder.iterdir()}
    started = time.monotonic()
    result = settings_with_interval(routing={"max_wait_time": 31}, check_mode=True, on_too_soon=on_too_soon)
    assert time.monotonic() - started < PATIENCE
    assert (result["changed"], result.get("failed")) == (True, None)
    (warning,) = warnings_of(result)
    assert f"min_update_interval: a real run {words}" in warning
    assert {path: path.read_bytes() for path in folder.iterdir()} == memories
    assert flows.wait_time() == 30


def test_a_failed_update_is_not_remembered(org, flows, settings_with_interval, old_flow, folder):
    org.fault(method="PATCH", path=ITEM, status=422)
    assert settings_with_interval(routing={"max_wait_time": 30})["failed"]
    assert list(folder.glob("*.json")) == []
    assert settings_with_interval(routing={"max_wait_time": 30})["changed"]


def test_a_replan_after_a_conflict_checks_the_interval_again(org, flows, settings_with_interval, old_flow):
    """Check that the other writer's update, which caused the conflict, starts the interval anew."""
    theirs = {"settings": {"routing": {"type": "theirs"}}}
    org.fault(method="PATCH", path=ITEM, edit=theirs)
    result = settings_with_interval(routing={"max_wait_time": 30})
    assert "min_update_interval asks for" in result["msg"]
    assert [patch["status"] for patch in flows.patches()] == [409]
    assert flows.now()["settings"]["routing"]["type"] == "theirs"


def test_a_replan_after_a_conflict_waits_where_the_task_waits(org, flows, settings_with_interval, old_flow):
    org.fault(method="PATCH", path=ITEM, edit={"settings": {"routing": {"type": "theirs"}}})
    result = settings_with_interval(routing={"max_wait_time": 30}, min_update_interval=3, on_too_soon="wait")
    assert result["changed"] and result["waited_seconds"] > 0
    assert flows.now()["settings"]["routing"] == {
        **stored_flow()["settings"]["routing"],
        "type": "theirs",
        "maxWaitTime": 30,
    }


def test_a_change_while_waiting_is_planned_on_without_a_patch_that_must_fail(
    org, flows, settings_with_interval, old_flow
):
    """Check that nothing is written if another writer sets the declared value during the wait."""
    org.edit(old_flow["id"], {"modifiedDate": seconds_ago(0)}, KIND)
    org.fault(method="GET", path=ITEM, after=1, edit={"settings": {"routing": {"maxWaitTime": 30}}})
    result = settings_with_interval(routing={"max_wait_time": 30}, min_update_interval=3, on_too_soon="wait")
    assert (result["changed"], result["plan"], result["record"]["routing"]["max_wait_time"]) == (
        False,
        "none",
        30,
    )
    assert flows.patches() == [] and flows.reloads() == []


def test_a_rollback_is_exempt_and_counts(org, flows, settings_with_interval, old_flow, folder):
    org.fault(method="POST", path=RELOAD, status=500)
    result = settings_with_interval(routing={"max_wait_time": 30}, retries=0)
    assert result["rolled_back"] and flows.wait_time() == 600
    (file,) = folder.glob("*.json")
    assert time.time() - json.loads(file.read_text("utf-8"))["updated_at"] < 600
    age_modified_date(org, flows)
    assert "min_update_interval asks for" in settings_with_interval(routing={"max_wait_time": 30})["msg"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"{",
        b"[]",
        b"[" * 100_000,
        b'{"updated_at": 5}',
        b'{"organization": "other", "id": "other", "updated_at": 5}',
        b"GIF89a",
    ],
    ids=[
        "empty",
        "no text",
        "cut",
        "list",
        "bottomless",
        "nobody's",
        "of another flow",
        "of another program",
    ],
)
def test_a_damaged_or_foreign_file_is_reported_and_not_fatal(
    org, flows, settings_with_interval, old_flow, folder, content
):
    folder.mkdir()
    file = folder / f"{org.id}_{old_flow['id']}.json"
    file.write_bytes(content)
    result = settings_with_interval(routing={"max_wait_time": 30})
    assert result["changed"], result
    (warning,) = warnings_of(result)
    assert str(file) in warning and "it is ignored, and only the date that the API gives counts" in warning
    assert json.loads(file.read_text("utf-8"))["id"] == old_flow["id"], (
        "the update is remembered in its place"
    )


def test_what_is_no_file_is_reported_and_not_fatal(
    org, flows, settings_with_interval, old_flow, folder, tmp_path
):
    folder.mkdir()
    file = folder / f"{org.id}_{old_flow['id']}.json"
    file.mkdir()
    result = settings_with_interval(routing={"max_wait_time": 30})
    assert result["changed"]
    assert any("it is no regular file" in text for text in warnings_of(result))
    assert any("this update is not recorded" in text for text in warnings_of(result))
    file.rmdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("keep", "utf-8")
    file.symlink_to(elsewhere)
    age_modified_date(org, flows)
    result = settings_with_interval(routing={"max_wait_time": 31})
    assert result["changed"] and "cannot be read" in warnings_of(result)[0]
    assert elsewhere.read_text("utf-8") == "keep"


def test_a_lock_that_cannot_be_had_is_reported_and_not_fatal(
    org, flows, settings_with_interval, old_flow, folder
):
    folder.mkdir()
    (folder / f"{org.id}_{old_flow['id']}.lock").mkdir()
    result = settings_with_interval(routing={"max_wait_time": 30})
    assert result["changed"]
    assert "cannot be locked" in warnings_of(result)[0]


def test_a_folder_that_cannot_be_used_fails_before_anything_is_written(
    flows, settings_with_interval, old_flow, tmp_path
):
    file = tmp_path / "file"
    file.write_text("", "utf-8")
    result = settings_with_interval(routing={"max_wait_time": 30}, state_path=str(file))
    assert result["problems"][0].startswith(f"state_path: the folder '{file}' cannot be used")
    assert flows.patches() == []


@pytest.mark.parametrize(
    ("environ", "where"),
    [
        ({"GENESYS_STATE_PATH": "{tmp}/mine"}, "mine"),
        ({"XDG_STATE_HOME": "{tmp}/xdg"}, "xdg/genesys.cloud"),
        ({"HOME": "{tmp}/home", "XDG_STATE_HOME": "relative"}, "home/.local/state/genesys.cloud"),
    ],
    ids=["variable", "XDG", "home"],
)
def test_the_folder_is_of_the_user_where_the_task_does_not_say(settings, old_flow, tmp_path, environ, where):
    given = {name: value.format(tmp=tmp_path) for name, value in environ.items()}
    assert settings(routing={"max_wait_time": 30}, min_update_interval=60, environ=given)["changed"]
    assert len(list((tmp_path / where).glob("*.json"))) == 1


@pytest.mark.parametrize(
    "folder_of_user", [{}, {"GENESYS_STATE_PATH": "~/state"}], ids=["default", "variable"]
)
def test_a_user_without_a_home_is_a_problem_of_state_path(
    org, settings, old_flow, monkeypatch, tmp_path, folder_of_user
):
    def no_entry(uid):
        raise KeyError(uid)

    for name in ("HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pwd, "getpwuid", no_entry)
    org.clear_log()
    options = {"routing": {"max_wait_time": 30}, "min_update_interval": 60, "environ": folder_of_user}
    result = settings(**options)
    assert result["problems"][0].startswith("state_path: is required, because its default is in the home dir")
    assert "HOME is not set" in result["msg"] and "GENESYS_STATE_PATH" in result["msg"]
    assert org.log() == []
    assert settings(**options, state_path=str(tmp_path))["changed"]
