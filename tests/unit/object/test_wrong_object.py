# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the check that the object that was read is the one that the task names."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._errors import NotFound
from ansible_collections.genesys.cloud.plugins.module_utils._model.plan import RemoteObject
from ansible_collections.genesys.cloud.plugins.module_utils._model.resource import ResourceKind
from ansible_collections.genesys.cloud.plugins.module_utils._object.task import ResourceTask, prepare_task
from ansible_collections.genesys.cloud.plugins.module_utils._resources.customobject_index.kind import (
    CUSTOM_OBJECT_INDEX,
)
from ansible_collections.genesys.cloud.plugins.module_utils._resources.flow_settings.kind import (
    FLOW_SETTINGS,
)
from ansible_collections.genesys.cloud.plugins.module_utils._resources.webhook import WEBHOOK


def task_of(kind: ResourceKind, **options: t.Any) -> ResourceTask:
    task = prepare_task(
        kind, {"base_url": "https://gateway.example.com", "access_token": "t0ken", **options}, {}
    )
    assert task.findings.problems == []
    return task


def stored(**body: t.Any) -> RemoteObject:
    return RemoteObject(body, None)


@pytest.mark.parametrize(
    ("kind", "options", "current", "message"),
    [
        (
            FLOW_SETTINGS,
            {"name": "Main"},
            None,
            "There is no flow 'Main' in this org, and the API cannot create one. Names must match exactly: "
            "correct the name, or give the id.",
        ),
        (
            WEBHOOK,
            {"id": "w-1", "name": "Audit"},
            None,
            "There is no webhook with the id 'w-1' in this org. Correct the id, or omit it to create the "
            "object by name.",
        ),
        (
            FLOW_SETTINGS,
            {"id": "f-1"},
            None,
            "There is no flow with the id 'f-1' in this org. Correct the id.",
        ),
        (
            CUSTOM_OBJECT_INDEX,
            {"custom_object_id": "co-1", "indexes": [{"name": "by_name", "fields": ["name"]}]},
            None,
            "There is no custom object schema with the id 'co-1' in this org. Correct custom_object_id.",
        ),
        (
            FLOW_SETTINGS,
            {"id": "f-1", "name": "Main"},
            stored(id="f-1", name="Other"),
            "The flow with the id 'f-1' is named 'Other', not 'Main', and the API cannot rename it. Correct "
            "the id or the name, or omit one of them.",
        ),
    ],
)
def test_an_object_that_the_task_does_not_mean_is_an_error(
    kind: ResourceKind, options: dict[str, t.Any], current: RemoteObject | None, message: str
) -> None:
    with pytest.raises(NotFound) as caught:
        task_of(kind, **options).refuse_wrong_object(current)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("kind", "options", "current"),
    [
        (WEBHOOK, {"name": "Audit"}, None),
        (WEBHOOK, {"name": "Audit"}, stored(id="w-1", name="Audit")),
        (WEBHOOK, {"id": "w-1", "name": "New"}, stored(id="w-1", name="Old")),
        (WEBHOOK, {"id": "w-1", "state": "absent"}, None),
        (FLOW_SETTINGS, {"id": "f-1"}, stored(id="f-1", name="Main")),
        (FLOW_SETTINGS, {"id": "f-1", "name": "Main"}, stored(id="f-1", name="Main")),
    ],
)
def test_an_object_that_the_task_means_is_accepted(
    kind: ResourceKind, options: dict[str, t.Any], current: RemoteObject | None
) -> None:
    task_of(kind, **options).refuse_wrong_object(current)
