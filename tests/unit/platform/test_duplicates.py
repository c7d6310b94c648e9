# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of two objects of a name that appear at the same time on the platform API (S0.6).

Names of integrations may repeat, so the collection removes none of them. It removes a second credential.
"""

from __future__ import annotations

import pytest

from unit.module_runner import warnings_of

TYPE = "custom-rest-actions"
CRM = {"name": "CRM", "type": TYPE}
LIST = "/api/v2/integrations"
LOGIN = {"name": "L", "type": "basicAuth", "fields": {"userName": "us3r-of-crm", "password": "pa55-of-crm"}}
CREDENTIALS = f"{LIST}/credentials"
OLDER, YOUNGER = "00000000-0000-4000-8000-000000000000", "ffffffff-ffff-4fff-bfff-ffffffffffff"


def integration(object_id, **more):
    config = {"current": {"name": "CRM", "version": 1, "properties": {}, "advanced": {}, "credentials": {}}}
    return {
        "id": object_id,
        "name": "CRM",
        "integrationType": {"id": TYPE},
        "intendedState": "DISABLED",
        "config": config,
        **more,
    }


@pytest.mark.parametrize("whole_org", [False, True])
@pytest.mark.parametrize("other", [OLDER, YOUNGER])
def test_an_integration_of_the_same_name_is_kept_and_reported(tasks, other, whole_org):
    tasks.org.fault(method="POST", path=LIST, create=integration(other))
    if whole_org:
        result = tasks.done("org_config", config={"integrations": [CRM]}, list_lag=0)
        own = result["objects"][0]["id"]
    else:
        result = tasks.done("integration", **CRM, list_lag=0)
        own = result["record"]["id"]
    assert result["changed"] and own != other
    assert sorted(one["id"] for one in tasks.org.objects("integrations")) == sorted([own, other])
    assert tasks.org.log(method="DELETE") == []
    (warning,) = [text for text in warnings_of(result) if "appeared" in text]
    assert f"was created with the id {own}" in warning and f"(id {other})" in warning


def test_an_integration_of_another_type_is_no_duplicate(tasks):
    other = integration(OLDER, integrationType={"id": "embedded-client-app"})
    tasks.org.fault(method="POST", path=LIST, create=other)
    result = tasks.done("integration", **CRM, list_lag=0)
    assert warnings_of(result) == []
    assert len(tasks.org.objects("integrations")) == 2


def test_the_younger_one_of_two_credentials_is_removed_by_the_task_that_created_it(tasks):
    other = {
        "id": OLDER,
        "name": "L",
        "type": {"id": "basicAuth"},
        "credentialFields": LOGIN["fields"],
        "createdDate": "2020-01-01T00:00:00.000Z",
    }
    tasks.org.fault(method="POST", path=CREDENTIALS, create=other)
    result = tasks.done("integration_credential", **LOGIN, list_lag=0)
    assert [one["id"] for one in tasks.org.objects("credentials")] == [OLDER] == [result["record"]["id"]]
    (warning,) = warnings_of(result)
    assert OLDER in warning and "was removed again" in warning
