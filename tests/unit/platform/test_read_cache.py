# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the read cache: which reads it spares, and that it hides no change (P.17)."""

from __future__ import annotations

import copy
import json

import pytest

from unit.official_sdk import IN_ONE_PROCESS, apis, sdk
from unit.platform.actions import DEFINITION, FIND, changed, stored
from unit.platform.cached_org import CONFIG, COUNT, INTEGRATIONS, NAMES, folder, reads_by_id, run, seeded

__all__ = ["apis", "folder", "run", "sdk", "seeded"]

FORMS = pytest.mark.parametrize("form", ["inline", "uri"])
#: Token, org, pages of integrations, credentials and actions, a configuration for each integration.
FIXED = 5 + len(INTEGRATIONS)


@FORMS
def test_an_unchanged_org_is_read_without_its_data_actions(tasks, seeded, run, form):
    tasks.org.platform(template_form=form)
    assert run()["changed"] is False
    tasks.org.clear_log()
    result = run()
    assert result["changed"] is False and result["totals"]["unchanged"] == COUNT + 2
    assert result["api"]["requests"] <= FIXED
    assert reads_by_id(tasks) == 0


@FORMS
def test_what_a_run_has_written_and_read_back_is_known(tasks, run, form):
    tasks.org.platform(template_form=form)
    assert run()["totals"]["created"] == COUNT + 2
    tasks.org.clear_log()
    result = run()
    assert result["changed"] is False and reads_by_id(tasks) == 0
    assert result["api"]["requests"] <= FIXED


def test_what_was_not_read_back_is_read(tasks, run):
    config = {**CONFIG, "data_actions": [{**entry, "verify": False} for entry in CONFIG["data_actions"]]}
    run(config)
    tasks.org.clear_log()
    assert run(config)["changed"] is False
    assert reads_by_id(tasks) >= COUNT


def test_a_change_of_the_declaration_is_found_and_written(tasks, seeded, run):
    run()
    url = "https://crm.example.com/other"
    entries = copy.deepcopy(CONFIG["data_actions"])
    entries[3]["definition"] = changed("config.request.requestUrlTemplate", url)
    tasks.org.clear_log()
    result = run({**CONFIG, "data_actions": entries})
    assert result["totals"]["updated"] == 1
    (written,) = [one for one in stored(tasks) if one["name"] == NAMES[3]]
    assert written["config"]["request"]["requestUrlTemplate"] == url
    tasks.org.clear_log()
    assert run({**CONFIG, "data_actions": entries})["changed"] is False
    assert reads_by_id(tasks) == 0


def test_a_change_by_another_client_is_found(tasks, seeded, run):
    run()
    config = changed("config.request.headers", {"Accept": "text/plain"})["config"]
    tasks.org.edit(seeded[5]["id"], {"config": config, "version": 2}, kind="actions")
    tasks.org.clear_log()
    assert run()["totals"]["updated"] == 1
    one = [entry for entry in stored(tasks) if entry["name"] == NAMES[5]]
    assert one[0]["config"]["request"]["headers"] == {"Accept": "application/json"}


def test_a_declared_category_is_compared_too(tasks, seeded, run):
    run()
    entries = [{**entry, "category": "Another"} for entry in CONFIG["data_actions"]]
    assert run({**CONFIG, "data_actions": entries})["totals"]["updated"] == COUNT
    assert {one["category"] for one in stored(tasks)} == {"Another"}


def test_a_declared_frozen_field_is_compared_too(tasks, seeded, run, folder):
    run()
    entries = [{**entry, "secure": True} for entry in CONFIG["data_actions"]]
    config = {**CONFIG, "data_actions": entries}
    assert "secure" in tasks.failed("org_config", config=config, read_cache=str(folder))


def test_check_mode_reads_everything_unless_told(tasks, seeded, run, folder):
    run()
    tasks.org.clear_log()
    run(check_mode=True)
    assert reads_by_id(tasks) >= COUNT
    tasks.org.clear_log()
    run(check_mode=True, read_cache_in_check_mode=True)
    assert reads_by_id(tasks) == 0


def test_check_mode_stores_nothing(tasks, seeded, run, folder):
    run(check_mode=True, read_cache_in_check_mode=True)
    assert not folder.exists()


def test_removed_objects_leave_no_file(tasks, seeded, run, folder):
    run()
    tasks.org.delete(seeded[0]["id"], kind="actions")
    run({**CONFIG, "data_actions": CONFIG["data_actions"][1:]})
    (org,) = folder.iterdir()
    assert len(list(org.iterdir())) == COUNT - 1


def test_a_task_for_one_action_uses_the_cache_too(tasks, seeded, folder):
    given = {**FIND, "name": NAMES[0], "read_cache": str(folder)}
    whole = tasks.done("data_action", **given)
    tasks.org.clear_log()
    known = tasks.done("data_action", **given)
    assert known["changed"] is False and reads_by_id(tasks) == 0
    same = ("id", "name", "category", "integrationId", "version", "secure", "config", "contract")
    assert {key: known["record"].get(key) for key in same} == {key: whole["record"].get(key) for key in same}


def test_an_action_with_options_of_rest_is_known_by_its_declared_parts(tasks, seeded, folder):
    rest = {
        "url": "https://crm.example.com/c/${id}",
        "method": "POST",
        "body": '{"id": "${input.id}"}',
        "headers": {"Accept": "application/json"},
    }
    given = {
        "name": "By rest",
        "integration": "CRM",
        "category": "C",
        "rest": rest,
        "read_cache": str(folder),
    }
    assert tasks.done("data_action", **given)["plan"] == "create"
    tasks.org.clear_log()
    assert tasks.done("data_action", **given)["changed"] is False
    assert reads_by_id(tasks) == 0


def test_equal_forms_of_a_declaration_are_known(tasks, seeded, run):
    """Check forms that compare equal: the order of keys, the form of numbers, line ends."""
    entries = json.loads(json.dumps(CONFIG["data_actions"]))  # entries without a common part
    for entry in entries:
        entry["definition"]["contract"]["input"]["inputSchema"] |= {"minProperties": 1, "title": None}
    for one in seeded:
        tasks.org.delete(one["id"], kind="actions")
    run({**CONFIG, "data_actions": entries})
    for entry in entries:
        schemas = entry["definition"]["contract"]["input"]
        schemas["inputSchema"] = dict(reversed(schemas["inputSchema"].items())) | {"minProperties": 1.0}
        del schemas["inputSchema"]["title"]
        entry["definition"]["config"]["response"]["successTemplate"] += "\n"
    tasks.org.clear_log()
    assert run({**CONFIG, "data_actions": entries})["changed"] is False
    assert reads_by_id(tasks) == 0


def test_without_a_key_the_cache_is_not_used(tasks, seeded, run, folder):
    token = tasks.org.simulator.token(tasks.org.key)
    result = run(access_token=token, client_id=..., client_secret=...)
    assert "neither hmac_key_file nor client_secret" in str(result["warnings"])
    assert not folder.exists()


def test_a_folder_that_cannot_be_written_is_a_warning(tasks, seeded, run, tmp_path):
    blocked = tmp_path / "file" / "below"
    (tmp_path / "file").write_text("")
    result = run(read_cache=str(blocked))
    assert result["changed"] is False
    assert str(result["warnings"]).count("(Not a directory)") == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"read_cache": "relative/folder"}, "read_cache: must be an absolute path, not 'relative/folder'"),
        ({"read_cache": __file__}, "is no folder: give the path of a folder"),
        ({"read_cache": ..., "read_cache_in_check_mode": True}, "read_cache_in_check_mode: needs read_cache"),
    ],
)
@pytest.mark.parametrize("module", ["org_config", "data_action"])
def test_wrong_options_are_problems_before_any_request(tasks, module, given, said):
    own = {"config": CONFIG} if module == "org_config" else FIND
    assert said in tasks.failed(module, **own, **given)
    assert tasks.org.log() == []


def test_an_entry_cannot_have_a_cache_of_its_own(tasks, folder):
    entries = [{**FIND, "read_cache": str(folder)}]
    message = tasks.failed("org_config", config={**CONFIG, "data_actions": entries})
    assert "config.data_actions[0].read_cache: must be given once for all entries, beside config" in message


@IN_ONE_PROCESS
def test_an_action_that_was_replaced_under_its_name_is_found(tasks, seeded, run, folder, sdk, apis):
    """Check an action of the same name and version with another contract, which the vendor's SDK made."""
    run()
    integrations, _organization = apis
    old = seeded[2]
    contract = copy.deepcopy(DEFINITION["contract"])
    contract["output"]["successSchema"]["properties"]["tier"]["type"] = "integer"
    own = {"name": old["name"], "category": "C", "integrationId": old["integrationId"], "contract": contract}
    integrations.delete_integrations_action(old["id"])
    made = integrations.post_integrations_actions({**own, "config": DEFINITION["config"]})
    assert (made.name, made.version, made.version) == (old["name"], old["version"], 1)
    assert made.id != old["id"]
    message = tasks.failed("org_config", config=CONFIG, read_cache=str(folder))
    assert "definition.contract.output.successSchema" in message and old["name"] in message
