# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the arguments of one object's task: the API that they choose."""

from __future__ import annotations

import dataclasses

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._api.reference import REFERENCE
from ansible_collections.genesys.cloud.plugins.module_utils._arguments.connection import PROFILES
from ansible_collections.genesys.cloud.plugins.module_utils._findings import Findings
from ansible_collections.genesys.cloud.plugins.module_utils._object.task import resource_for
from ansible_collections.genesys.cloud.plugins.module_utils._resources.registry import KINDS
from ansible_collections.genesys.cloud.plugins.module_utils._resources.webhook import WEBHOOK

OTHER = dataclasses.replace(REFERENCE, name="other")


def test_the_resource_of_a_kind_is_the_one_of_the_chosen_api() -> None:
    findings = Findings()
    resource = WEBHOOK.profiles["reference"]
    other = dataclasses.replace(resource, creatable=False)
    kind = dataclasses.replace(WEBHOOK, profiles={"reference": resource, "other": other})
    assert resource_for(kind, REFERENCE, findings) is kind.profiles["reference"]
    assert resource_for(kind, OTHER, findings) is kind.profiles["other"]
    assert findings == Findings()


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_a_profile_names_its_kinds(profile) -> None:
    assert profile.kinds == tuple(kind.name for kind in KINDS if profile.name in kind.profiles)


def test_a_kind_that_the_chosen_api_lacks_is_a_problem_of_the_task() -> None:
    findings = Findings()
    assert resource_for(WEBHOOK, OTHER, findings) is WEBHOOK.profiles["reference"]
    assert [str(problem) for problem in findings.problems] == [
        "api_profile: the API 'other' has no webhook: the kind exists in reference. If the target serves "
        "that API, set api_profile to reference. Else use a kind of 'other': "
        + ", ".join(kind.name for kind in KINDS if "reference" in kind.profiles)
    ]
