# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of data schemas on the platform API (N.8): options, limits, paths of types, org task, info module."""

from __future__ import annotations

import pytest

from unit.module_runner import warnings_of
from unit.platform.data_schemas import CLAIMS, FIELDS, LISTS, PROPERTIES, core, schemas, seeded, stored

LIST = LISTS["workitem"]
TEXT = {"name": "text", "type": "text"}


def views(*rights: str, of: str = "workitems:workitemSchema") -> list[str]:
    return [f"{of}:{right}" for right in rights]


@pytest.mark.parametrize(
    ("lacks", "options"),
    [
        ("view", CLAIMS),
        ("add", {**CLAIMS, "name": "New"}),
        ("edit", {**CLAIMS, "enabled": False}),
        ("delete", {**CLAIMS, "state": "absent"}),
    ],
)
def test_a_missing_permission_is_named(new_org, tasks, lacks, options):
    rights = [right for right in ("view", "add", "edit", "delete") if right != lacks]
    org = new_org(api="platform", permissions=views(*rights))
    client = type(tasks)(org, tasks.state)
    seeded(client)
    message = client.failed("data_schema", **options)
    assert "a permission is missing" in message and f"workitems:workitemSchema:{lacks}" in message


def test_a_client_needs_the_permissions_of_its_types_alone(new_org, tasks, tmp_path):
    org = new_org(api="platform", permissions=views("view", "add", "edit", "delete"))
    client, journal = type(tasks)(org, tasks.state), str(tmp_path / "journal.jsonl")
    entries = [{**CLAIMS, "name": f"S{number}", "fields": [TEXT]} for number in range(8)]
    result = client.done("org_config", config={"data_schemas": entries}, journal=journal)
    assert result["totals"]["created"] == 8
    assert client.done("org_config", config={"data_schemas": entries})["changed"] is False
    gone = [{**CLAIMS, "name": f"S{number}", "state": "absent"} for number in range(8)]
    removals = str(tmp_path / "removals.jsonl")
    client.done("org_config", config={"data_schemas": gone}, journal=removals)
    client.done("org_config", state="rolled_back", journal=removals)
    assert len(schemas(client)) == 8
    assert len(client.done("data_schema_info", type="workitem")["records"]) == 8
    message = client.failed("data_schema_info")
    assert "externalContacts:customFields:view" in message
    assert {entry["path"] for entry in org.log() if "externalcontacts" in entry["path"]} == {
        LISTS["external_contact"]
    }


def test_schemas_of_one_name_and_different_types_are_different_objects(tasks):
    entries = [{"name": "Claims", "type": kind, "fields": [TEXT]} for kind in LISTS]
    result = tasks.done("org_config", config={"data_schemas": entries})
    assert result["totals"]["created"] == 3
    assert [len(schemas(tasks, kind)) for kind in LISTS] == [1, 1, 1]
    assert tasks.done("org_config", config={"data_schemas": entries})["changed"] is False
    records = tasks.done("data_schema_info", name="Claims")["records"]
    assert sorted(one["type"] for one in records) == sorted(LISTS)
    (record,) = tasks.done("data_schema_info", name="Claims", type="External_Contact")["records"]
    assert (record["id"], record["applies_to"]) == (stored(tasks, "external_contact")["id"], ["CONTACT"])
    twice = [entries[0], {**entries[0], "type": "WORKITEM"}]
    message = tasks.failed("org_config", config={"data_schemas": twice})
    assert "'Claims', 'workitem' is declared twice" in message


def test_an_org_task_warns_before_and_says_after_that_a_type_has_no_removal(tasks, tmp_path):
    journal = str(tmp_path / "journal.jsonl")
    config = {"data_schemas": [{"name": "Claims", "type": "external_organization", "fields": [TEXT]}]}
    message = tasks.failed("org_config", config=config, on_error="rollback")
    assert "accept_unrestorable" in message and "cannot remove the type external_organization" in message
    assert tasks.writes() == []
    result = tasks.done("org_config", config=config, journal=journal)
    said = "the data schema 'Claims' stays, because the API cannot remove the type external_organization"
    assert said in str(warnings_of(result))
    message = tasks.failed("org_config", state="rolled_back", journal=journal)
    assert "was not removed, because the API has no removal for the type external_organization" in message


def test_an_id_is_that_of_the_api_and_needs_its_type(tasks):
    one = seeded(tasks)
    record = tasks.done("data_schema", **CLAIMS)["record"]
    assert record["id"] == one["id"]
    for given in ({"id": one["id"], "type": "workitem"}, {"id": f"workitem:{one['id']}"}):
        assert tasks.done("data_schema", **given)["changed"] is False
        assert [found["id"] for found in tasks.done("data_schema_info", **given)["records"]] == [one["id"]]
    before = len(tasks.org.log())
    for module in ("data_schema", "data_schema_info"):
        assert "type: is required with id" in tasks.failed(module, id=one["id"])
        message = tasks.failed(module, id=f"workitem:{one['id']}", type="external_contact")
        assert "id: is that of the type workitem, but the option type is external_contact" in message
        message = tasks.failed(module, type="workitems")
        assert "type: must be one of workitem, external_contact, external_organization" in message
    assert len(tasks.org.log()) == before
    missing = tasks.failed("data_schema", id=one["id"], type="external_contact", enabled=True)
    assert f"There is no data schema with the id 'external_contact:{one['id']}'" in missing


def test_a_record_can_be_given_back(tasks):
    seeded(tasks, PROPERTIES)
    (record,) = tasks.done("data_schema_info", name="Claims")["records"]
    given = {key: record[key] for key in ("id", "name", "type", "description", "enabled", "fields")}
    assert tasks.done("data_schema", **given)["changed"] is False
    declared = [{**one, "title": record["fields"][index]["title"]} for index, one in enumerate(FIELDS)]
    assert tasks.done("data_schema", **CLAIMS, fields=declared)["changed"] is False


@pytest.mark.parametrize(
    ("field", "problem"),
    [
        ({"name": "t" * 141}, "fields[0].name: has 141 characters, and the API allows 1 to 140"),
        ({"title": "t" * 141}, "fields[0].title: has 141 characters, and the API allows 1 to 140"),
        (
            {"description": "d" * 513},
            "fields[0].description: has 513 characters, and the API allows 0 to 512",
        ),
        ({"max_length": 101}, "fields[0].max_length: is 101, and the API allows 1 to 100 for text"),
        (
            {"type": "tag", "item_max_length": 500},
            "fields[0].item_max_length: is 500, and the API allows 1 to 100 for tag",
        ),
        ({"type": "money"}, "fields[0].type: 'money' is no core type of this API; known are checkbox, date"),
        ({"type": "textt"}, "fields[0].type: 'textt' is no core type of this API; did you mean 'text'?"),
    ],
)
def test_values_beyond_the_limits_of_the_api_are_problems_before_the_write(tasks, field, problem):
    for check_mode in (True, False):
        message = tasks.failed("data_schema", **CLAIMS, fields=[{**TEXT, **field}], check_mode=check_mode)
        assert problem in message
    assert tasks.writes() == []


def test_all_limits_are_problems_at_once(tasks):
    fields = [{"name": f"f{number}", "type": "checkbox"} for number in range(51)]
    given = {"name": "n" * 51, "type": "workitem", "description": "d" * 513, "fields": fields}
    message = tasks.failed("data_schema", **given)
    assert "name: has 51 characters, and the API allows 1 to 50" in message
    assert "description: has 513 characters" in message
    assert "fields: has 51 fields, and a data schema can have 50" in message


def test_what_the_org_has_beyond_the_limits_is_no_problem(tasks):
    seeded(tasks, {"text": core("text", maxLength=5000)})
    planned = tasks.done("data_schema", **CLAIMS, enabled=False, fields=[TEXT], check_mode=True)
    assert planned["plan"] == "update"
    given = {**TEXT, "min_length": 1}
    message = tasks.failed("data_schema", **CLAIMS, fields=[given], check_mode=True)
    assert "fields[0].max_length: is 5000" in message


def test_an_api_without_limits_decides_itself(tasks):
    """Situation 17 of the public reports: an unknown core type goes to the API with a warning."""
    for name in ("limits", "coretypes"):
        tasks.org.fault(method="GET", path=f"{LIST}/{name}", status=404, times=None)
    result = tasks.run("data_schema", **CLAIMS, fields=[{"name": "m", "type": "money"}])
    assert "fields[0].type: 'money' is not known to this version" in str(result)
    (post,) = tasks.org.log(method="POST", path=LIST)
    assert (post["status"], post["body"]["jsonSchema"]["properties"]["m"]["allOf"]) == (
        400,
        [{"$ref": "#/definitions/money"}],
    )


def test_a_malformed_limit_is_an_error(tasks):
    tasks.org.fault(method="GET", path=f"{LIST}/limits", status=200, body={"maxNumberOfFieldsPerSchema": "5"})
    assert "maxNumberOfFieldsPerSchema must be a whole number" in tasks.failed("data_schema", **CLAIMS)
    assert tasks.writes() == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"id": "s", "name": "Claims", "version": 1}, "was read without its jsonSchema"),
        (
            {"id": "s", "jsonSchema": {"properties": {"a": 1}}},
            "fields[0] must be an object, not a whole number",
        ),
        ({"id": "s", "jsonSchema": {"properties": []}}, ""),
        ({"id": "s", "jsonSchema": {"properties": {"a": core("enum", enum=[1])}}}, "options[0].name must be"),
        ({"id": "s", "jsonSchema": {"properties": {"a": core("text", maxLength="5")}}}, "max_length must be"),
    ],
)
def test_malformed_schemas_are_errors(tasks, body, said):
    tasks.org.fault(method="GET", path=f"{LIST}/s", status=200, body=body, times=None)
    result = tasks.run("data_schema", id="s", type="workitem", enabled=False)
    assert result.get("failed") and said in result["msg"], result["msg"]
    assert tasks.writes() == []


def test_bounds_that_the_api_fills_in_are_no_difference(tasks):
    tasks.org.platform(unset_schema_bounds="filled")
    created = tasks.done("data_schema", **CLAIMS, fields=[TEXT])
    assert created["record"]["fields"] == [{**TEXT, "title": "text", "min_length": 0, "max_length": 100}]
    assert tasks.done("data_schema", **CLAIMS, fields=[TEXT])["changed"] is False


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"type": None}, "type: is required with name: workitem, external_contact, external_organization"),
        ({"fields": [{"name": "a"}]}, "fields[0].type"),
        ({"fields": [{"name": " ", "type": "text"}]}, "fields[0].name: must not be empty"),
        ({"fields": [TEXT, TEXT]}, "fields[1].name: 'text' is declared twice: a name means one field"),
        ({"fields": [{**TEXT, "type": ""}]}, "fields[0].type: must not be empty"),
        (
            {"fields": [{**TEXT, "minimum": 1}]},
            "fields[0].minimum: has no meaning for text: only integer, number",
        ),
        (
            {"fields": [{**TEXT, "min_length": 5, "max_length": 4}]},
            "fields[0].min_length: is 5, more than max_length",
        ),
        (
            {"fields": [{"name": "n", "type": "number", "minimum": "x"}]},
            "fields[0].minimum: must be a number, not the text 'x'",
        ),
        *(
            (
                {"fields": [{"name": "n", "type": "number", option: text}]},
                f"fields[0].{option}: must be a number, not the text {text!r}",
            )
            for option in ("minimum", "maximum")
            for text in ("1_000", "\u0661\u0662", "1_0.5", "0x10")
        ),
        (
            {"fields": [{**TEXT, "max_length": "1_0"}]},
            "fields[0].max_length: must be a whole number, not '1_0'",
        ),
        (
            {"fields": [{"name": "n", "type": "number", "maximum": True}]},
            "fields[0].maximum: must be a number, not true",
        ),
        (
            {"fields": [{"name": "n", "type": "number", "maximum": "nan"}]},
            "fields[0].maximum: must be a number",
        ),
        (
            {"fields": [{"name": "e", "type": "enum", "options": []}]},
            "fields[0].options: must have an option",
        ),
        (
            {"fields": [{"name": "e", "type": "enum", "options": [{"name": "a"}, {"name": "a"}]}]},
            "fields[0].options[1].name: 'a' is declared twice: a name means one option",
        ),
    ],
)
def test_wrong_options_are_problems_before_any_request(tasks, options, said):
    given = {**CLAIMS, **options}
    assert said in tasks.failed("data_schema", **{key: one for key, one in given.items() if one is not None})
    assert tasks.org.log() == []
