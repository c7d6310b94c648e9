# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of genesys_customobject_index_info: fields, indexes and version of a schema (C.1, S4.1, S4.6)."""

from __future__ import annotations

import pytest

from unit.module_runner import run_module
from unit.resources.customobject_index.conftest import BY_STATUS, SCHEMA


@pytest.fixture
def read(org):
    def run(**options):
        return run_module("genesys_customobject_info", {**org.connection, **options})

    return run


def test_fields_indexes_and_version(read, ticket):
    result = read(custom_object_id="ticket")
    (record,) = result["records"]
    assert result["changed"] is False
    assert (record["custom_object_id"], record["name"], record["schema_version"]) == ("ticket", "Ticket", 7)
    assert record["indexes"] == [{**BY_STATUS, "order": "asc"}]
    assert record["fields"][0] == {
        "name": "status",
        "type": "string",
        "max_length": 20,
        "cardinality_hint": "low",
    }
    assert record["fields"][7] == {"name": "agent", "type": "reference", "reference_to": "agent"}
    assert len(record["fields"]) == len(SCHEMA["fields"])
    assert record["field_optimizations"] == {
        "status": {"cardinality_hint": "low"},
        "customer": {"cardinality_hint": "high"},
    }
    assert record["customFields"] == SCHEMA["customFields"]
    assert record["last_updated"]


def test_an_unknown_id_is_an_empty_list(org, read, ticket):
    assert read(custom_object_id="nothing")["records"] == []
    assert org.writes() == []


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({}, "custom_object_id: is required"),
        ({"custom_object_id": " "}, "custom_object_id: must not be empty"),
        ({"custom_object_id": None}, "custom_object_id: is required and cannot be null"),
    ],
)
def test_the_custom_object_must_be_named(org, read, options, problem):
    assert read(**options)["problems"] == [problem]
    assert org.log() == []


def test_there_are_no_names_to_find_it_by(read):
    assert read(custom_object_id="ticket", name="Ticket")["problems"][0].startswith("name: is not an option")
