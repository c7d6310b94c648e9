# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The request log and the rate limit."""

from __future__ import annotations

import time

PATH = "/api/v2/architect/data-actions"
ME = "/api/v2/organizations/me"


def test_an_entry_has_all_of_a_request(api, org):
    started = time.time()
    api.post(PATH, json={"name": "A", "type": "rest"}, headers={"X-Secret": "kept"})
    (entry,) = org.log()
    assert (entry["method"], entry["path"], entry["status"], entry["fault"]) == ("POST", PATH, 200, None)
    assert entry["body"] == {"name": "A", "type": "rest"}
    assert entry["request_headers"]["x-secret"] == "kept"
    assert entry["request_headers"]["authorization"] == api.headers["Authorization"]
    assert started <= entry["time"] <= time.time()


def test_queries_are_read_and_refusals_are_logged_with_their_status(api, org):
    api.get(PATH, params={"pageSize": 500, "name": "a b"})
    (entry,) = org.log()
    assert entry["query"] == {"pageSize": "500", "name": "a b"}
    assert (entry["status"], entry["body"]) == (400, None)


def test_token_requests_belong_to_the_clients_org(client, org):
    fields = {"grant_type": "client_credentials", "client_id": org.client_id, "client_secret": "wrong"}
    client().post("/oauth/token", data=fields)
    client().post("/oauth/token", data={"grant_type": "client_credentials"}, auth=(org.client_id, "wrong"))
    assert [(entry["status"], entry["body"]) for entry in org.log()] == [
        (401, fields),
        (401, {"grant_type": "client_credentials"}),
    ]


def test_requests_with_a_dead_token_are_logged(api, simulator, org):
    simulator.revoke_tokens(org.key)
    api.get(ME)
    assert [entry["status"] for entry in org.log()] == [401]


def test_selecting_and_clearing(api, simulator, org):
    api.get(ME)
    api.get(f"{PATH}/1")
    api.delete(f"{PATH}/1")
    assert [entry["method"] for entry in org.log(path=f"{PATH}/*")] == ["GET", "DELETE"]
    assert [entry["path"] for entry in org.log("get")] == [ME, f"{PATH}/1"]
    assert org.log(method="PUT") == []
    org.clear_log()
    assert org.log() == []


def test_a_body_that_is_no_json_is_logged_as_text(api, org):
    api.post(PATH, content=b"not { json", headers={"Content-Type": "application/json"})
    assert org.log()[0]["body"] == "not { json"


def test_the_rate_limit_counts_per_token_and_says_when_to_come_back(client, simulator, org):
    first, second = client(org), client(org)
    simulator.rate_limit(org.key, allowed=2, window=60)
    allowed = [first.get(ME) for _turn in range(2)]
    assert [answer.headers["inin-ratelimit-count"] for answer in allowed] == ["1", "2"]
    refused = first.get(ME)
    assert (refused.status_code, refused.json()["code"]) == (429, "too.many.requests")
    assert refused.headers["inin-ratelimit-allowed"] == "2"
    assert refused.headers["Retry-After"] == refused.headers["inin-ratelimit-reset"]
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert second.get(ME).status_code == 200
    assert org.log()[2]["status"] == 429
    simulator.rate_limit(org.key, allowed=None)
    assert "inin-ratelimit-count" not in first.get(ME).headers


def test_a_new_window_begins_when_the_old_one_is_over(api, simulator, org):
    simulator.rate_limit(org.key, allowed=1, window=0.2)
    for _turn in range(3):
        assert api.get(ME).status_code == 200
        time.sleep(0.2)


def test_a_refused_request_has_no_effect(client, simulator, org):
    connection = client(org)
    simulator.rate_limit(org.key, allowed=0)
    assert connection.post(PATH, json={"name": "A", "type": "rest"}).status_code == 429
    assert org.objects() == []
