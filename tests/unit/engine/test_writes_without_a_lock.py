# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of kinds without a lock: the object is read again directly before its write.

A change by another client between the two requests is lost. `make bench` measures the time between them.
"""

from __future__ import annotations

import pytest

from unit import platform_kinds
from unit.module_runner import run_module
from unit.org.conftest import purpose, stored_purpose, stored_webhook, webhook

#: Kind in the simulator -> module, list of the whole-org module, entry, stored object.
KINDS = {
    "webhooks": ("genesys_webhook", "webhooks", webhook, stored_webhook),
    "privacy_purposes": ("genesys_privacy_purpose", "privacy_purposes", purpose, stored_purpose),
    "credentials": (
        "genesys_integration_credential",
        "integration_credentials",
        platform_kinds.credential,
        platform_kinds.stored_credential,
    ),
}
#: Kind -> options that change the object, what another client changes, and what the task changes then.
CHANGES = {
    "webhooks": ({"enabled": True}, {"enabled": True}, {"target": {"headers": {"X-Region": "amer"}}}),
    "privacy_purposes": ({"retention": "7d"}, {"description": "theirs"}, {"retention": "7d"}),
}
SECRETS = {"fields": {"userName": "crm", "password": "n3w-s3cr3t"}, "update_secret": "always"}


@pytest.fixture
def org(org_of_kind):
    return org_of_kind


@pytest.fixture(params=[False, True], ids=["single", "org"])
def change(request, org):
    """Return a runner of a task that changes the stored object A of a kind, with either module."""

    def run(kind, **options):
        module, of_kind, entry, stored = KINDS[kind]
        (one,) = org.seed([stored("A")], kind)
        declared = {**entry("A"), "id": one["id"], **options}
        org.clear_log()
        if request.param:
            given = {"config": {of_kind: [declared]}, "concurrency": 1}
            result = run_module("genesys_org_config", {**org.connection, **given})
        else:
            result = run_module(module, {**org.connection, **declared})
        assert not result.get("failed"), result["msg"]
        return one

    return run


@pytest.mark.parametrize(
    "options",
    [{"name": "A", "verify": True}, {"name": "B"}, {"state": "absent"}],
    ids=["update", "rename", "remove"],
)
@pytest.mark.parametrize("kind", KINDS)
def test_no_request_is_sent_between_the_last_read_and_the_write(org, change, kind, options):
    options = {**options, **(SECRETS if kind == "credentials" else CHANGES[kind][0])}
    one = change(kind, **options)
    requests = [(entry["method"], entry["path"].rsplit("/", 1)[-1]) for entry in org.log()]
    (position,) = (number for number, (method, _path) in enumerate(requests) if method in ("PUT", "DELETE"))
    assert requests[position][1] == one["id"]
    assert requests[position - 1] == ("GET", one["id"])


@pytest.mark.parametrize("kind", CHANGES)
def test_a_change_before_the_last_read_is_kept(org, kind):
    """Check with a change that another client makes after the search for the object, before the last read."""
    module, _of_kind, _entry, stored = KINDS[kind]
    (one,) = org.seed([stored("A")], kind)
    _options, theirs, ours = CHANGES[kind]
    org.fault(method="GET", path=f"/api/v2/*/{one['id']}", edit=theirs, times=1)
    result = run_module(module, {**org.connection, "name": "A", **ours})
    assert result["changed"], result
    (now,) = org.objects(kind)
    assert {name: now[name] for name in theirs} == theirs


#: The simulator refuses a write until the object was read a second time; another client edits it meanwhile.
WAIT = {"status": 429, "retry_after": 2, "times": 1}


@pytest.mark.parametrize("kind", CHANGES)
def test_a_change_during_a_wait_for_the_rate_limit_is_kept(org, kind):
    module, _of_kind, _entry, stored = KINDS[kind]
    (one,) = org.seed([stored("A")], kind)
    _options, theirs, ours = CHANGES[kind]
    org.fault(method="PUT", path=f"/api/v2/*/{one['id']}", edit=theirs, **WAIT)
    result = run_module(module, {**org.connection, "name": "A", **ours})
    assert result["changed"], result
    (now,) = org.objects(kind)
    assert {name: now[name] for name in theirs} == theirs
    assert [entry["method"] for entry in org.log(path=f"/api/v2/*/{one['id']}")][:4] == ["GET", "PUT"] * 2


@pytest.mark.parametrize("kind", CHANGES)
def test_an_object_that_is_renamed_during_a_wait_is_not_removed(org, kind):
    module, _of_kind, _entry, stored = KINDS[kind]
    (one,) = org.seed([stored("A")], kind)
    org.fault(method="DELETE", path=f"/api/v2/*/{one['id']}", edit={"name": "precious"}, **WAIT)
    result = run_module(module, {**org.connection, "name": "A", "state": "absent"})
    assert [now["name"] for now in org.objects(kind)] == ["precious"], result


def test_a_write_that_always_waits_ends_with_an_error(org):
    (one,) = org.seed([stored_webhook("A")], "webhooks")
    org.fault(method="PUT", path="/api/v2/*", **{**WAIT, "times": None})
    given = {**org.connection, "name": "A", "enabled": True, "deadline": 3}
    result = run_module("genesys_webhook", given)
    assert result["failed"] and "deadline" in result["msg"], result
    assert [now["enabled"] for now in org.objects("webhooks")] == [one["enabled"]]
