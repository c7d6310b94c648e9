# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Audit records of the platform API: both queries, their deadlines, and the records of each kind (N.10)."""

from __future__ import annotations

import datetime
import email.utils
import json

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._api.profile import AuditFilter
from ansible_collections.genesys.cloud.plugins.module_utils._engine.run_cache import RunCache
from ansible_collections.genesys.cloud.plugins.module_utils._reporting.org_audit import AuditReader
from unit.module_runner import warnings_of
from unit.patience import FOREVER
from unit.platform.actions import FIND, integration
from unit.platform.data_tables import COLUMNS, PRICES
from unit.scripted_server import Answer, ScriptedServer

NOW = datetime.datetime.now(datetime.UTC)
PATH = "/api/v2/audits/query"
RECORDS = "audit_records"
ONE = {"service": "Integrations", "entity_id": "a1"}


def ago(days):
    return (NOW - datetime.timedelta(days=days)).isoformat()


def stored(number, days, **fields):
    return {
        "id": f"r{number:03d}",
        "serviceName": "Integrations",
        "entityType": "Action",
        "action": "Update",
        "status": "SUCCESS",
        "entity": {"id": "a1", "name": "Find"},
        "user": {"id": "u1", "name": "Ann"},
        "remoteIp": ["192.0.2.7"],
        "eventDate": ago(days),
        **fields,
    }


def seed(tasks, *records):
    tasks.org.simulator.lag(tasks.org.key, RECORDS)
    tasks.org.seed(list(records), RECORDS)


def ids(result):
    return [record["id"] for record in result["records"]]


def asked(tasks):
    """Return the requests for the audit as C(POST /realtime)."""
    return [
        f"{entry['method']} {entry['path'].removeprefix(PATH)}"
        for entry in tasks.org.log()
        if entry["path"].startswith(PATH)
    ]


def test_recent_records_come_from_the_realtime_query_alone(tasks):
    """Check all pages, the oldest first, in the keys of both APIs."""
    seed(tasks, *(stored(number, 13 - number / 20) for number in range(150)), stored(999, 20))
    result = tasks.done("audit_info", **ONE)
    assert ids(result) == [f"r{number:03d}" for number in range(150)]
    first = result["records"][0]
    assert (first["event_type"], first["operation"]) == ("Integrations.Action.Update", "Update")
    assert (first["actor_id"], first["actor_name"]) == ("u1", "Ann")
    assert (first["entity_id"], first["entity_name"], first["remote_ip"]) == ("a1", "Find", ["192.0.2.7"])
    assert asked(tasks) == ["GET /realtime/servicemapping", "POST /realtime", "POST /realtime"]


def test_older_records_come_from_the_asynchronous_query_and_recent_ones_from_the_other(tasks):
    """Check situation 20 of the public reports: the realtime query reaches back 14 days only."""
    tasks.org.platform(reads_until_audited=2)
    seed(tasks, *(stored(number, 100 - number / 6) for number in range(600)))
    result = tasks.done("audit_info", **ONE, since=ago(101))
    assert ids(result) == [f"r{number:03d}" for number in range(600)]
    requests = asked(tasks)
    started = next(one for one in requests if one.endswith("/results"))[len("GET ") : -len("/results")]
    assert [one.replace(started, "/ID") for one in requests] == [
        *("GET /realtime/servicemapping", "POST ", "GET /ID", "GET /ID", "GET /ID"),
        *("GET /ID/results", "GET /ID/results", "POST /realtime"),
    ]


def test_a_span_that_ended_long_ago_needs_no_realtime_query(tasks):
    seed(tasks, stored(1, 90), stored(2, 80), stored(3, 70))
    assert ids(tasks.done("audit_info", **ONE, since=ago(85), until=ago(75))) == ["r002"]
    assert "POST /realtime" not in asked(tasks)


def test_a_service_that_only_the_asynchronous_query_has(tasks):
    tasks.org.platform(realtime_audits="without_integrations")
    seed(tasks, stored(1, 20), stored(2, 1))
    assert ids(tasks.done("audit_info", **ONE)) == ["r002"]
    assert "POST /realtime" not in asked(tasks)


def test_without_a_service_all_services_of_an_object_are_read(tasks):
    seed(tasks, stored(1, 2), stored(2, 1, serviceName="Architect", entityType="Flow"))
    assert ids(tasks.done("audit_info", entity_id="a1")) == ["r001", "r002"]


def test_records_by_entity_type_and_action(tasks):
    seed(tasks, stored(1, 2), stored(2, 1, action="Delete"), stored(3, 1, entityType="ActionDraft"))
    given = {"service": "Integrations", "entity_type": "Action"}
    assert ids(tasks.done("audit_info", **given)) == ["r001", "r002"]
    assert ids(tasks.done("audit_info", **given, action="Delete")) == ["r002"]


def test_records_are_waited_for_and_old_ones_are_read_once(tasks):
    seed(tasks, stored(1, 20))
    tasks.org.simulator.lag(tasks.org.key, RECORDS, lists=1)
    tasks.org.seed([stored(2, 0.01)], RECORDS)
    result = tasks.done("audit_info", **ONE, since=ago(30), wait_for=2, wait_timeout=FOREVER)
    assert ids(result) == ["r001", "r002"]
    requests = asked(tasks)
    assert requests.count("POST ") == 1 and requests.count("POST /realtime") >= 2


def test_an_asynchronous_query_has_a_deadline(tasks):
    tasks.org.platform(reads_until_audited=10_000)
    message = tasks.failed("audit_info", **ONE, since=ago(30), wait_timeout=1)
    assert "was not done after 1 s" in message and "its state was 'Running'" in message
    assert "Raise wait_timeout, or ask for a shorter time span" in message


@pytest.mark.parametrize("outcome", ["Failed", "Cancelled"])
def test_an_asynchronous_query_that_fails_is_an_error(tasks, outcome):
    tasks.org.platform(audit_query_outcome=outcome)
    message = tasks.failed("audit_info", **ONE, since=ago(30))
    assert f"has the state '{outcome}'. Run again, or ask for a shorter time span" in message


def test_a_new_query_that_cannot_be_read_yet_is_waited_for(tasks):
    seed(tasks, stored(1, 20))
    tasks.org.fault(method="GET", path=f"{PATH}/*", status=404, after=1)
    assert ids(tasks.done("audit_info", **ONE, since=ago(30))) == ["r001"]


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({}, "entity_id: is required, or service"),
        ({**ONE, "event_type": "flow.updated"}, "event_type: has no meaning in the API 'platform': give"),
        ({"entity_id": "a1", "action": "Delete"}, "action: needs service"),
        ({"entity_id": "a1", "since": ago(20)}, "service: is required for records of more than 14 days ago"),
        ({**ONE, "since": "last week"}, "since: 'last week' is not a time in ISO 8601"),
        ({**ONE, "since": ago(-1)}, "since: must be in the past"),
        ({**ONE, "since": ago(1), "until": ago(2)}, "until: must be later than since"),
        ({**ONE, "until": ago(20)}, "until: must be later than"),
    ],
)
def test_input(tasks, given, problem):
    assert problem in tasks.failed("audit_info", **given)
    assert tasks.org.log() == []


def test_options_of_the_platform_are_no_options_of_the_reference_api(tasks):
    message = tasks.failed("audit_info", api_profile="reference", **ONE, since=ago(1))
    for option in ("service", "since"):
        assert f"{option}: has no meaning in the API 'reference': give event_type" in message


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"service": "Integration"}, "service: the audit of this org has no service 'Integration'; did you"),
        (
            {"service": "Integrations", "entity_type": "Flow"},
            "entity_type: the service 'Integrations' has no",
        ),
        (
            {"service": "Integrations", "action": "Updated"},
            "action: the audit of 'Integrations' has no action",
        ),
    ],
)
def test_names_that_the_org_does_not_have_are_problems_and_no_empty_lists(tasks, given, problem):
    assert problem in tasks.failed("audit_info", **given)
    assert asked(tasks) == ["GET /realtime/servicemapping", "GET /servicemapping"]


def test_records_older_than_the_api_keeps_are_warned_of(tasks):
    result = tasks.done("audit_info", **ONE, since=ago(400))
    assert "since: the API keeps audit records for 365 days" in " ".join(warnings_of(result))


@pytest.mark.parametrize(
    "body",
    [
        {"services": [{"name": "Integrations", "entities": [{"name": "Action"}]}]},
        {"services": None},
        {},
    ],
)
def test_malformed_services_are_an_error(tasks, body):
    tasks.org.fault(method="GET", path=f"{PATH}/realtime/servicemapping", status=200, body=body)
    assert "has no services of the audit" in tasks.failed("audit_info", **ONE)


@pytest.mark.parametrize("part", [{"entity": 5}, {"user": {"id": []}}, {"eventDate": 7}, {"action": {}}])
def test_malformed_records_are_an_error(tasks, part):
    page = {"entities": [{**stored(1, 1), **part}], "total": 1}
    tasks.org.fault(method="POST", path=f"{PATH}/realtime", status=200, body=page)
    assert "a record that is not as the API describes it" in tasks.failed("audit_info", **ONE)


def test_every_kind_of_which_the_audit_has_records(tasks):
    """Check verify_audit of a credential, a data action with its draft, and a data table with rows."""
    wait = {"verify_audit": True, "audit_timeout": FOREVER}
    fields = {"userName": "u", "password": "pa55-of-crm"}
    login = tasks.done("integration_credential", name="L", type="basicAuth", fields=fields, **wait)
    integration(tasks)
    made = tasks.done("data_action", **FIND, **wait)
    changed = tasks.done("data_action", **{**FIND, "category": "D"}, **wait)
    rows = [{"key": "a"}]
    table = tasks.done("data_table", **PRICES, columns=COLUMNS, rows=rows, **wait)
    events = [result["audit_record"]["event_type"] for result in (login, made, changed, table)]
    assert events == [
        *("Integrations.Credential.Create", "Integrations.Action.Create"),
        *("Integrations.Action.Update", "Datatables.Schema.Create"),
    ]
    again = tasks.done("data_table", **PRICES, rows=[{"key": "a", "text": "new"}], **wait)
    assert again["changed"] and "audit_record" not in again
    assert "no record of a data table whose rows alone change" in " ".join(warnings_of(again))


def test_a_kind_that_the_audit_of_the_org_lacks_fails_before_the_write(tasks):
    mapping = {"services": [{"name": "Integrations", "entities": [{"name": "Action", "actions": []}]}]}
    for path in ("realtime/servicemapping", "servicemapping"):
        tasks.org.fault(method="GET", path=f"{PATH}/{path}", status=200, body=mapping)
    given = {"name": "A", "type": "custom-rest-actions", "verify_audit": True}
    message = tasks.failed("integration", **given)
    assert "verify_audit: the service 'Integrations' has no entity type 'Integration' in the" in message
    assert tasks.org.writes() == []


def test_a_change_is_confirmed_by_the_asynchronous_query_where_only_it_has_the_service(tasks):
    tasks.org.platform(realtime_audits="without_integrations", reads_until_audited=1)
    given = {"name": "A", "type": "custom-rest-actions", "verify_audit": True, "audit_timeout": FOREVER}
    assert tasks.done("integration", **given)["audit_record"]["operation"] == "Create"
    assert "POST /realtime" not in asked(tasks)


def test_an_org_reads_the_services_of_its_audit_once(tasks):
    entries = [
        {"name": name, "type": "custom-rest-actions", "verify_audit": True, "audit_timeout": FOREVER}
        for name in "ABC"
    ]
    tasks.done("org_config", config={"integrations": entries})
    assert asked(tasks).count("GET /realtime/servicemapping") == 1


def test_the_span_ends_now_by_the_clock_of_the_server():
    """Check a clock here that is an hour behind: its time would end the span before the newest record."""
    ahead = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=1)
    services = {"services": [{"name": "Integrations", "entities": []}]}
    with ScriptedServer() as server:
        server.script(
            Answer(body=services, headers={"Date": email.utils.format_datetime(ahead, usegmt=True)}),
            Answer(body={"entities": [], "total": 0}),
        )
        client = server.client(api_profile="platform")
        wanted = AuditFilter(service="Integrations", entity_id="a1")
        assert AuditReader(client, wanted, RunCache()).read() == []
        until = json.loads(server.calls[-1].body)["interval"].partition("/")[2]
    assert abs(datetime.datetime.fromisoformat(until) - ahead) < datetime.timedelta(minutes=10)
