# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The vendor's SDK, unmodified, reads what the modules write, and the modules see and revert its changes."""

from __future__ import annotations

import typing as t

import pytest
import yaml

from ansible_collections.genesys.cloud.plugins.module_utils._model.json_objects import get_path
from ansible_collections.genesys.cloud.plugins.module_utils._resources.registry import KINDS
from unit.official_sdk import IN_ONE_PROCESS, apis, sdk
from unit.platform.data_action_round_trip import DATA_ACTION
from unit.platform.data_schema_round_trip import DATA_SCHEMA
from unit.platform.data_table_round_trip import DATA_TABLE
from unit.platform.flow_round_trips import FLOW_EXECUTION_DATA, FLOW_LOG_LEVEL, MASKING_RULE
from unit.platform.retention_round_trip import RETENTION_POLICY
from unit.platform.round_trips import CREDENTIAL, INTEGRATION, RoundTrip, Sdk
from unit.platform.trigger_round_trip import TRIGGER

__all__ = ["apis", "sdk"]
pytestmark = IN_ONE_PROCESS

ROUND_TRIPS = (
    CREDENTIAL,
    INTEGRATION,
    DATA_ACTION,
    DATA_TABLE,
    DATA_SCHEMA,
    FLOW_LOG_LEVEL,
    FLOW_EXECUTION_DATA,
    MASKING_RULE,
    RETENTION_POLICY,
    TRIGGER,
)
#: Kinds that the SDK reads and writes in tests of their own, without the changes of each option.
TESTED_APART = {"analytics_retention"}
BY_MODULE = {trip.module: trip for trip in ROUND_TRIPS}
CHANGES = [(trip, option) for trip in ROUND_TRIPS for option in trip.changes]
ADDITIONS = [(trip, option) for trip in ROUND_TRIPS for option in trip.additions]


@pytest.fixture
def client(sdk: t.Any, apis: t.Any, platform_org: t.Any) -> Sdk:
    return Sdk(sdk, apis[0], platform_org)


def flat(value: t.Any, prefix: str = "") -> dict[str, t.Any]:
    """Return the values of an object by their dotted paths, without those that the API leaves out."""
    found = {}
    for key, entry in value.items():
        path = f"{prefix}{key}"
        if isinstance(entry, dict) and prefix == "":
            found |= flat(entry, f"{path}.")
        elif entry is not None:
            found[path] = entry
    return found


def read(trip: RoundTrip, client: Sdk, object_id: str) -> dict[str, t.Any]:
    """Return the object as the SDK has it, without the fields that the API sets itself."""
    return {
        path: value
        for path, value in flat(trip.read(client, object_id)).items()
        if path not in trip.set_by_api
    }


def shown_options(trip: RoundTrip) -> set[str]:
    """Return the options of a kind that reads show."""
    (kind,) = [kind for kind in KINDS if kind.name == trip.module]
    return {field.option for field in kind.profiles["platform"].fields if not field.write_only}


def writes_of(tasks: t.Any) -> list[str]:
    """Return the writes so far, without validations, which change nothing."""
    return [one for one in tasks.writes() if not one.endswith("/validate")]


def test_every_kind_of_the_platform_has_a_round_trip():
    kinds = {kind.name for kind in KINDS if "platform" in kind.profiles}
    assert set(BY_MODULE) == kinds - TESTED_APART


@pytest.mark.parametrize("trip", ROUND_TRIPS, ids=lambda trip: trip.module)
def test_the_sdk_reads_every_field_as_the_module_wrote_it(trip, tasks, client):
    options = trip.prepare(tasks.org)
    object_id = tasks.done(trip.module, **options)["record"]["id"]
    assert read(trip, client, object_id) == flat(trip.expected(tasks.org, options))


@pytest.mark.parametrize("trip", ROUND_TRIPS, ids=lambda trip: trip.module)
def test_the_sdk_can_change_every_option_that_reads_show(trip):
    assert {*trip.changes, *trip.unchangeable} == shown_options(trip)


@pytest.mark.parametrize(
    ("trip", "option"), CHANGES, ids=lambda value: value if isinstance(value, str) else value.module
)
def test_a_change_by_the_sdk_is_drift_and_is_put_right(trip, option, tasks, client):
    options = trip.prepare(tasks.org)
    object_id = tasks.done(trip.module, **options)["record"]["id"]
    before = read(trip, client, object_id)
    change, value = trip.changes[option]
    change(client, object_id, value)
    assert read(trip, client, object_id) != before
    writes = writes_of(tasks)
    planned = tasks.done(trip.module, **trip.named(object_id), **options, check_mode=True)
    assert (planned["plan"], writes_of(tasks)) == ("update", writes)
    before_and_after = [
        yaml.safe_load(side) if isinstance(side, str) else side
        for side in (planned["diff"]["before"], planned["diff"]["after"])
    ]
    values = {name: [get_path(body, name) for body in before_and_after] for name in shown_options(trip)}
    assert {name for name, (was, will_be) in values.items() if was != will_be} == {option}
    assert tasks.done(trip.module, **trip.named(object_id), **options)["changed"]
    assert read(trip, client, object_id) == before
    assert tasks.done(trip.module, **trip.named(object_id), **options)["changed"] is False


@pytest.mark.parametrize(
    ("trip", "option"), ADDITIONS, ids=lambda value: value if isinstance(value, str) else value.module
)
def test_an_addition_by_the_sdk_is_kept_by_the_next_change(trip, option, tasks, client):
    options = trip.prepare(tasks.org)
    object_id = tasks.done(trip.module, **options)["record"]["id"]
    add, value = trip.additions[option]
    add(client, object_id, value)
    added = read(trip, client, object_id)
    assert tasks.done(trip.module, **options)["changed"] is False
    change, other = next(iter(trip.changes.values()))
    change(client, object_id, other)
    tasks.done(trip.module, **trip.named(object_id), **options)
    assert read(trip, client, object_id) == added
