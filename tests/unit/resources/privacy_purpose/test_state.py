# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of finding, creating, changing and removing a purpose (S3.2 to S3.4, C.1)."""

from __future__ import annotations

import pytest

from unit.module_runner import without_keys
from unit.resources.privacy_purpose.conftest import LIST, PURPOSE, STORED

SERVER_OWNED = ("id", "created_date", "modified_date")


def test_create_sends_the_whole_object_once_and_reads_it_back(org, purposes, purpose):
    """Check that the defaults of the API and the API's form of the retention are sent (S3.4)."""
    result = purpose(**PURPOSE)
    assert (result["changed"], result["plan"], result["snapshot"]) == (True, "create", None)
    (post,) = org.writes()
    assert post["body"] == {**STORED, "retentionPeriod": "180d", "diversionIds": []}
    assert purposes.log() == ["GET list", "POST list", "GET item", "GET list"]
    # plus the requests for the token and the organization
    assert result["api"]["requests"] == len(org.log()) == 6
    assert result["record"]["created_date"] == purposes.the_one()["createdDate"]


def test_second_run_changes_nothing(org, purpose):
    purpose(**PURPOSE)
    org.clear_log()
    result = purpose(**PURPOSE)
    assert (result["changed"], result["plan"]) == (False, "none")
    assert "snapshot" not in result
    assert org.writes() == []


@pytest.mark.parametrize("held", ["180d", "P180D", "P0180D"])
@pytest.mark.parametrize("written", [180, "180", "180d", "180D", "P180D", " 180d\n"])
def test_retention_compares_as_a_duration(org, purposes, purpose, held, written):
    """Check that all spellings of 180 days are equal (S3.3)."""
    purposes.seed({**STORED, "retentionPeriod": held})
    result = purpose(name=PURPOSE["name"], retention=written)
    assert not result["changed"], result["diff"]
    assert result["record"]["retention"] == "180d"
    assert org.writes() == []


@pytest.mark.parametrize("held", ["90d", "P6M", "forever", ""])
def test_another_retention_is_sent_as_days(purposes, purpose, held):
    """Check that an unusual stored form is replaced too (S3.3)."""
    purposes.seed({**STORED, "retentionPeriod": held})
    result = purpose(name=PURPOSE["name"], retention="P180D")
    assert result["plan"] == "update"
    assert purposes.the_one()["retentionPeriod"] == "180d"
    assert result["diff"]["before"]["retention"] == held
    assert result["diff"]["after"]["retention"] == "180d"


def test_an_update_keeps_what_the_task_does_not_declare(org, purposes, purpose):
    """Check `diversionIds`, an unknown field, and the retention as the server stored it (S3.3)."""
    (before,) = purposes.seed({**STORED, "labels": ["unknown to the collection"]})
    result = purpose(name=PURPOSE["name"], description="new")
    after = purposes.the_one()
    assert {**before, "description": "new", "modifiedDate": after["modifiedDate"]} == after
    assert result["record"]["labels"] == before["labels"]
    (put,) = org.writes()
    assert put["method"] == "PUT"
    assert put["body"] == {**STORED, "labels": before["labels"], "description": "new"}
    assert result["snapshot"]["description"] == STORED["description"]


def test_switched_off_and_on_again(purposes, purpose):
    """Check active, inactive and null, which is the API's default: active (S3.4)."""
    purposes.seed(STORED)
    assert purpose(name=PURPOSE["name"], active=False)["changed"]
    assert purposes.the_one()["isActive"] is False
    assert not purpose(name=PURPOSE["name"], active="no")["changed"]
    assert purpose(name=PURPOSE["name"], active=None)["changed"]
    assert purposes.the_one() == {**purposes.the_one(), **STORED}


def test_diversions_are_a_set(org, purposes, purpose):
    purposes.seed(STORED)
    for same in (["d-2", "d-1"], ["d-1", "d-2", "d-1"]):
        assert not purpose(name=PURPOSE["name"], diversion_ids=same)["changed"]
    assert org.writes() == []
    assert purpose(name=PURPOSE["name"], diversion_ids=["d-3"])["changed"]
    assert purposes.the_one()["diversionIds"] == ["d-3"]
    assert purpose(name=PURPOSE["name"], diversion_ids=None)["changed"]
    assert purposes.the_one()["diversionIds"] == []


def test_what_a_server_leaves_away_stands_for_its_default(org, purposes, purpose):
    stored = {key: value for key, value in STORED.items() if key not in ("isActive", "diversionIds")}
    purposes.seed({**stored, "isActive": None})
    assert not purpose(**PURPOSE, active=True, diversion_ids=[])["changed"]


def test_absent_removes_once(org, purposes, purpose):
    """Check `state: absent` twice; the second run changes nothing (S3.4)."""
    (before,) = purposes.seed(STORED)
    result = purpose(name=PURPOSE["name"], state="absent")
    assert (result["changed"], result["plan"], result["record"]) == (True, "delete", None)
    assert result["snapshot"]["id"] == before["id"]
    assert purposes.all() == []
    for identity in ({"name": PURPOSE["name"]}, {"id": before["id"]}):
        again = purpose(**identity, state="absent")
        assert (again["changed"], again["plan"], again["record"]) == (False, "none", None)


def test_five_hundred_purposes_are_five_requests(org, purposes, purpose):
    """Check that each page is read once; names are not unique, so none can be skipped (S3.2)."""
    stored = purposes.seed(*({**STORED, "name": f"Purpose {number:03}"} for number in range(500)))
    result = purpose(name="Purpose 499", active=False)
    assert result["snapshot"]["id"] == stored[499]["id"]
    assert purposes.log() == ["GET list"] * 5 + ["GET item", "PUT item", "GET item"]
    pages = [entry["query"] for entry in org.log(path=LIST)]
    assert pages == [{"pageSize": "100", "pageNumber": str(number)} for number in range(1, 6)]
    org.clear_log()
    assert not purpose(name="Purpose 499", active=False)["changed"]
    assert purposes.log() == ["GET list"] * 5 + ["GET item"]


def test_found_by_exact_name_only(purposes, purpose):
    """Check that upper case, prefixes and suffixes matter (S3.2)."""
    purposes.seed({**STORED, "name": "support analytics"}, {**STORED, "name": "Support Analytics EU"})
    assert purpose(**PURPOSE)["plan"] == "create"
    assert len(purposes.all()) == 3


@pytest.mark.parametrize("state", ["present", "absent"])
def test_two_purposes_of_a_name_are_an_error_that_lists_their_ids(org, purposes, purpose, state):
    """Check purposes of one name on different pages (S3.2)."""
    others = [{**STORED, "name": f"Purpose {number:03}"} for number in range(120)]
    stored = purposes.seed(STORED, *others, STORED)
    result = purpose(name=PURPOSE["name"], description="new", state=state)
    assert result["failed"]
    assert result["ids"] == [stored[0]["id"], stored[-1]["id"]]
    assert all(one in result["msg"] for one in result["ids"])
    assert org.writes() == []
    assert purpose(id=stored[0]["id"], description="new", state=state)["changed"]


def test_id_finds_and_another_name_renames(purposes, purpose):
    (before,) = purposes.seed(STORED)
    result = purpose(id=before["id"], name="Service Analytics")
    assert (result["plan"], result["record"]["name"]) == ("update", "Service Analytics")
    assert purposes.the_one()["retentionPeriod"] == STORED["retentionPeriod"]


@pytest.mark.parametrize("check_mode", [True, False])
def test_rename_to_a_taken_name_is_an_error_since_the_server_allows_it(org, purposes, purpose, check_mode):
    taken, other = purposes.seed(STORED, {**STORED, "name": "Other"})
    result = purpose(check_mode=check_mode, id=other["id"], name=taken["name"])
    assert result["failed"]
    assert "name: 'Support Analytics' is taken" in result["msg"] and taken["id"] in result["msg"]
    assert org.writes() == []


def test_unknown_id_is_an_error(org, purpose):
    result = purpose(id="no-such-id", **PURPOSE)
    assert "There is no privacy purpose with the id 'no-such-id' in this org." in result["msg"]
    assert org.writes() == []


@pytest.mark.parametrize(
    ("seeded", "options"),
    [
        ([], PURPOSE),
        ([STORED], {**PURPOSE, "retention": 90, "diversion_ids": ["d-9"]}),
        ([STORED], {"name": "Support Analytics", "active": False}),
        ([STORED], {"name": "Support Analytics", "diversion_ids": None}),
        ([STORED], {"name": "Support Analytics", "state": "absent"}),
        ([STORED], PURPOSE),
        ([], {"name": "Support Analytics", "state": "absent"}),
    ],
    ids=["create", "update", "switch off", "reset", "remove", "no change", "nothing to remove"],
)
def test_check_mode_reports_what_the_real_run_does_and_writes_nothing(
    org, purposes, purpose, seeded, options
):
    """Cover C.1."""
    purposes.seed(*seeded)
    before = purposes.all()
    planned = purpose(check_mode=True, **options)
    assert org.writes() == []
    assert purposes.all() == before
    done = purpose(**options)
    for key in ("changed", "plan", "diff", "snapshot"):
        assert planned.get(key) == done.get(key), key
    assert without_keys(planned["record"], SERVER_OWNED) == without_keys(done["record"], SERVER_OWNED)


def test_diff_is_in_the_terms_of_the_options(purposes, purpose):
    purposes.seed({**STORED, "retentionPeriod": "P90D", "colour": "blue"})
    diff = purpose(check_mode=True, **PURPOSE, active=False)["diff"]
    common = {key: PURPOSE[key] for key in ("name", "description", "legal_basis")}
    common["diversion_ids"] = STORED["diversionIds"]
    assert diff["before"] == {**common, "retention": "90d", "active": True}
    assert diff["after"] == {**common, "retention": "180d", "active": False}
    assert diff["before_header"] == diff["after_header"] == "privacy purpose 'Support Analytics'"


def test_a_record_can_be_given_back(purposes, purpose):
    """Check that the option accepts the retention of a record (S3.3)."""
    purposes.seed(STORED)
    record = purpose(name=PURPOSE["name"], active=False)["record"]
    options = {key: value for key, value in record.items() if key not in SERVER_OWNED[1:]}
    assert not purpose(**options)["changed"]
