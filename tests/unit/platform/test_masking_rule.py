# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of masking rules on the platform API (N.3), against the simulator and its switches."""

from __future__ import annotations

import pytest

from unit.module_runner import warnings_of

PATH = "/api/v2/dataprivacy/maskingrules"
VALIDATE = f"{PATH}/validate"
CARD = {"name": "Card", "definition": "[0-9]{16}", "channels": ["webmessaging"]}
SAMPLE = "My card is 4111111111111111"
WIRE = {"name": "Card", "definition": "[0-9]{16}", "integrations": ["webmessaging"]}


def rules(tasks, kind="Custom"):
    return [one for one in tasks.org.objects("masking_rules") if one["type"] == kind]


def writes(tasks):
    """Return the writes so far without validations, which change nothing, and without those answered 404."""
    log = [one for one in tasks.org.writes() if one["path"] != VALIDATE and one["status"] != 404]
    return [f"{one['method']} {one['path']}" for one in log]


@pytest.fixture
def rule(tasks):
    """Return the id of a stored rule."""
    return tasks.org.seed([{**WIRE, "description": "All cards"}], "masking_rules")[0]["id"]


def test_a_rule_is_created_once(tasks):
    planned = tasks.done("masking_rule", **CARD, sample_text=SAMPLE, check_mode=True)
    assert writes(tasks) == []
    created = tasks.done("masking_rule", **CARD, sample_text=SAMPLE)
    assert created["masked_sample"] == planned["masked_sample"] == "My card is XXXXXXXXXXXXXXXX"
    for key in ("plan", "changed", "diff"):
        assert planned[key] == created[key]
    (stored,) = rules(tasks)
    assert {
        key: stored[key] for key in ("name", "type", "substituteCharacter", "enabled", "integrations")
    } == {
        "name": "Card",
        "type": "Custom",
        "substituteCharacter": "X",
        "enabled": True,
        "integrations": ["webmessaging"],
    }
    again = tasks.done("masking_rule", **CARD, sample_text=SAMPLE)
    assert (again["changed"], again["record"]["id"]) == (False, stored["id"])
    assert writes(tasks) == [f"POST {PATH}"]


@pytest.mark.parametrize("patch", ["replaces", "merges"])
def test_a_change_keeps_what_the_task_omits(tasks, rule, patch):
    tasks.org.platform(masking_rule_patch=patch)
    options = {"name": "Card", "channels": ["email", "webmessaging", "email"], "direction": "OUTBOUND"}
    planned = tasks.done("masking_rule", **options, check_mode=True)
    changed = tasks.done("masking_rule", **options)
    assert (changed["plan"], planned["diff"]) == ("update", changed["diff"])
    (stored,) = rules(tasks)
    assert stored["integrations"] == ["email", "webmessaging"]
    assert (stored["description"], stored["direction"]) == ("All cards", "outbound")
    swapped = ["webmessaging", "email"]
    assert tasks.done("masking_rule", name="Card", channels=swapped)["changed"] is False
    tasks.done("masking_rule", id=rule, name="Cards", description=None, channels=None, enabled=False)
    (stored,) = rules(tasks)
    assert {key: stored[key] for key in ("name", "description", "integrations", "enabled")} == {
        "name": "Cards",
        "description": "",
        "integrations": [],
        "enabled": False,
    }
    assert tasks.org.log(path=VALIDATE) == []


def test_a_rule_is_removed_once(tasks, rule):
    planned = tasks.done("masking_rule", name="Card", state="absent", check_mode=True)
    removed = tasks.done("masking_rule", name="Card", state="absent")
    assert (removed["plan"], planned["diff"]) == ("delete", removed["diff"])
    assert rules(tasks) == []
    assert tasks.done("masking_rule", name="Card", state="absent")["changed"] is False


@pytest.mark.parametrize("answer", ["answered", "unprocessable"])
def test_a_definition_that_the_api_refuses_is_not_written(tasks, rule, answer):
    tasks.org.platform(invalid_definition=answer)
    for check_mode in (True, False):
        for options in ({"name": "New", "definition": "("}, {"name": "Card", "definition": "("}):
            message = tasks.failed("masking_rule", **options, check_mode=check_mode)
            assert "definition: is refused by the validation of the API" in message
            assert "unterminated subpattern" in message
    assert writes(tasks) == []


def test_a_sample_that_is_not_masked_is_an_error(tasks, rule):
    options = {**CARD, "enabled": False, "sample_text": "no number"}
    message = tasks.failed("masking_rule", **options)
    assert "sample_text: is not masked: the definition matches nothing in it" in message
    assert writes(tasks) == []


def test_the_name_of_a_built_in_mask_is_a_definition(tasks):
    result = tasks.done("masking_rule", name="S", definition="SSN", sample_text="078-05-1120")
    assert result["masked_sample"] == "XXXXXXXXXXX"


@pytest.mark.parametrize("change", ["channels_and_state", "channels"])
def test_a_rule_of_the_vendor_changes_in_its_channels(tasks, change):
    tasks.org.platform(predefined_rule_changes=change)
    tasks.done("masking_rule", name="SSN", channels=["email"])
    stored = next(one for one in rules(tasks, "Predefined") if one["name"] == "SSN")
    assert stored["integrations"] == ["email"]
    result = tasks.run("masking_rule", name="SSN", enabled=True)
    assert bool(result.get("failed")) == (change == "channels")
    assert tasks.done("masking_rule", name="SSN", definition="SSN")["changed"] is False


def test_other_changes_of_a_rule_of_the_vendor_are_refused_before_the_write(tasks):
    options = {"name": "SSN", "definition": "x", "substitute_character": "*", "channels": ["email"]}
    for check_mode in (True, False):
        message = tasks.failed("masking_rule", **options, check_mode=check_mode)
        for option in ("definition", "substitute_character"):
            assert f"{option}: cannot be changed: the rule 'SSN' is of the type Predefined" in message
        message = tasks.failed("masking_rule", name="SSN", state="absent", check_mode=check_mode)
        assert "was not removed, because it is of the type Predefined" in message
    assert tasks.org.writes() == []


def test_a_channel_is_counted_before_the_write(tasks):
    tasks.org.seed([{**WIRE, "name": f"R{number}"} for number in range(15)], "masking_rules")
    message = tasks.failed("masking_rule", **CARD)
    assert "channels: 'webmessaging' would have 16 enabled masking rules, and the API allows 15" in message
    assert "'Card'" in message and tasks.org.writes() == []
    tasks.done("masking_rule", **CARD, enabled=False)
    message = tasks.failed("masking_rule", name="Card", enabled=True)
    assert "would have 16" in message
    tasks.done("masking_rule", name="R3", enabled=False)
    tasks.done("masking_rule", name="Card", enabled=True)
    tasks.done("masking_rule", name="R0", description="full, but not fuller")


def test_rules_of_one_run_count_together(tasks):
    """Check that a rule which the run disables still counts: its write may come after the others."""
    tasks.org.seed([{**WIRE, "name": f"R{number}"} for number in range(13)], "masking_rules")
    new = [{**CARD, "name": name} for name in ("A", "B", "C")]
    freed = [{"name": "R0", "enabled": False}]
    for entries in (new, [*freed, *new], [*new, *freed]):
        message = tasks.failed("org_config", config={"masking_rules": entries})
        assert "would have 16" in message and writes(tasks) == []
    tasks.done("org_config", config={"masking_rules": freed})
    renamed = [{"id": tasks.org.named("R1", "masking_rules")["id"], "name": "R1a", "description": "d"}]
    assert tasks.done("org_config", config={"masking_rules": [*renamed, *new]})["totals"]["created"] == 3
    assert len([one for one in rules(tasks) if one["enabled"]]) == 15
    assert tasks.done("org_config", config={"masking_rules": [*renamed, *new, *freed]})["changed"] is False


def test_a_name_that_another_rule_has_is_refused(tasks, rule):
    tasks.org.seed([{**WIRE, "name": "Other"}], "masking_rules")
    for check_mode in (True, False):
        message = tasks.failed("masking_rule", id=rule, name="Other", check_mode=check_mode)
        assert "name: 'Other' is taken by another masking rule" in message
    assert tasks.org.writes() == []


def test_a_name_that_is_taken_where_the_client_cannot_see_it_is_one_message(tasks):
    """Situation 19 of the public reports."""
    tasks.org.fault(method="POST", path=PATH, times=None, status=409, body={"code": "general.conflict"})
    message = tasks.failed("masking_rule", **CARD)
    assert "another masking rule is named 'Card', but no list showed it within list_lag" in message
    assert "give the client access to the other object" in message
    assert rules(tasks) == []


def test_an_unknown_direction_is_passed_on_with_a_warning(tasks):
    """Situation 17 of the public reports."""
    result = tasks.run("masking_rule", **CARD, direction="internal")
    assert "'internal' is not known to this version" in str(result)
    (write,) = tasks.org.log(method="POST", path=PATH)
    assert (write["status"], write["body"]["direction"]) == (400, "internal")


def test_the_info_module_has_all_rules(tasks, rule):
    names = [one["name"] for one in tasks.done("masking_rule_info")["records"]]
    assert names == ["Card", "Email", "IPv4", "IPv6", "Phone Number", "SSN"]
    (record,) = tasks.done("masking_rule_info", id=rule)["records"]
    assert (record["type"], record["channels"]) == ("Custom", ["webmessaging"])
    options = ("id", "name", "definition", "substitute_character", "enabled", "direction", "channels")
    given = {key: record[key] for key in (*options, "description") if record[key] is not None}
    assert tasks.done("masking_rule", **given)["changed"] is False


@pytest.mark.parametrize(
    ("lacks", "options"),
    [
        ("view", CARD),
        ("add", {**CARD, "name": "New"}),
        ("execute", {**CARD, "name": "New"}),
        ("edit", {"name": "Card", "enabled": False}),
        ("delete", {"name": "Card", "state": "absent"}),
    ],
)
def test_a_missing_permission_is_named(new_org, tasks, lacks, options):
    rights = [right for right in ("view", "add", "execute", "edit", "delete") if right != lacks]
    org = new_org(api="platform", permissions=[f"dataprivacy:maskingrule:{right}" for right in rights])
    org.seed([WIRE], "masking_rules")
    message = type(tasks)(org, tasks.state).failed("masking_rule", **options)
    assert "a permission is missing" in message and f"dataprivacy:maskingrule:{lacks}" in message


def test_the_last_request_before_a_write_is_a_read(tasks, rule):
    """Check that a concurrent change has no more time than between two requests: there is no lock."""
    tasks.done("masking_rule", name="Card", enabled=False, definition="[0-9]")
    tasks.done("masking_rule", name="Card", state="absent")
    log = [f"{one['method']} {one['path']}" for one in tasks.org.log()]
    for method in ("PATCH", "DELETE"):
        assert log[log.index(f"{method} {PATH}/{rule}") - 1] == f"GET {PATH}/{rule}"


@pytest.mark.parametrize(("on_conflict", "stored"), [("fail", "c"), ("overwrite", "b")])
def test_a_concurrent_change_before_the_write_is_a_conflict(tasks, rule, on_conflict, stored):
    tasks.org.fault(method="GET", path=f"{PATH}/{rule}", edit={"definition": "c", "description": "theirs"})
    options = {"name": "Card", "definition": "b", "on_conflict": on_conflict}
    result = tasks.run("masking_rule", **options)
    (one,) = rules(tasks)
    assert (one["definition"], one["description"]) == (stored, "theirs")
    if on_conflict == "fail":
        assert 'nothing was written: definition is now "c", declared "b"' in result["msg"]


@pytest.mark.usefixtures("never_catches_up")
def test_a_concurrent_change_after_the_write_is_seen_by_the_comparison(tasks, rule):
    tasks.org.fault(method="GET", path=f"{PATH}/{rule}", after=1, times=1, edit={"definition": "c"})
    assert "definition" in tasks.failed("masking_rule", name="Card", definition="b")


def test_reads_and_lists_that_lag_are_waited_for(tasks):
    """Situation 10 of the public reports."""
    lags = {"reads_until_found": 2, "lists_until_found": 2, "reads_until_updated": 2, "reads_until_gone": 2}
    tasks.org.platform(**lags)
    tasks.done("masking_rule", **CARD)
    assert tasks.done("masking_rule", **CARD, enabled=False)["plan"] == "update"
    (stored,) = rules(tasks)
    tasks.done("masking_rule", id=stored["id"], state="absent")
    assert tasks.done("masking_rule", id=stored["id"], state="absent")["changed"] is False
    assert [one.split()[0] for one in writes(tasks)] == ["POST", "PATCH", "DELETE"]


@pytest.mark.parametrize(
    "fault", [{"drop": "after"}, {"drop": "before"}, {"status": 503, "took_effect": True}]
)
@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE"])
def test_a_lost_response_is_resolved_by_a_read(tasks, method, fault):
    if method != "POST":
        tasks.org.seed([WIRE], "masking_rules")
    tasks.org.fault(method=method, path=f"{PATH}*", after=int(method == "POST"), times=1, **fault)
    state = "absent" if method == "DELETE" else "present"
    result = tasks.done("masking_rule", **CARD, enabled=False, state=state)
    assert result["plan"] == {"POST": "create", "PATCH": "update", "DELETE": "delete"}[method]
    assert [one["enabled"] for one in rules(tasks)] == ([] if method == "DELETE" else [False])


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"definition": " "}, "definition: must not be empty"),
        ({"definition": None}, "definition: is required and cannot be null"),
        ({"substitute_character": "XX"}, "substitute_character: must be one character, not 2"),
        ({"channels": ["email", " "]}, "channels[1]: must not be empty"),
        ({"sample_text": ""}, "sample_text: must not be empty"),
        ({"direction": ""}, "direction: must not be empty"),
    ],
)
def test_wrong_options_are_problems_before_any_request(tasks, options, said):
    assert said in tasks.failed("masking_rule", name="A", **options)
    assert tasks.org.log() == []


def test_a_malformed_validation_is_an_error(tasks):
    tasks.org.fault(method="POST", path=VALIDATE, status=200, body={"valid": "yes"})
    assert "valid must be a boolean" in tasks.failed("masking_rule", **CARD)
    assert warnings_of({}) == [] and rules(tasks) == []
