# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of reading purposes by id, by name, by pattern or all, over all pages (S3.2)."""

from __future__ import annotations

import pytest

from unit.module_runner import run_module
from unit.resources.privacy_purpose.conftest import STORED


@pytest.fixture
def info(org):
    def run(**options):
        return run_module("genesys_privacy_purpose_info", {**org.connection, **options})

    return run


def test_every_page_is_read_in_the_fewest_requests(purposes, info):
    """Cover S3.2."""
    purposes.seed(*({**STORED, "name": f"Purpose {number:03}"} for number in range(500)))
    result = info()
    assert [record["name"] for record in result["records"]] == [
        f"Purpose {number:03}" for number in range(500)
    ]
    assert purposes.log() == ["GET list"] * 5
    assert not result["changed"]


def test_by_id_exact_name_and_pattern(purposes, info):
    """Check that a name can match several purposes (S3.2)."""
    stored = purposes.seed(*({**STORED, "name": name} for name in ("A 1", "a 1", "A 2", "A 1")))
    assert [one["id"] for one in info(id=stored[2]["id"])["records"]] == [stored[2]["id"]]
    assert [one["id"] for one in info(name="A 1")["records"]] == [stored[0]["id"], stored[3]["id"]]
    assert [one["name"] for one in info(name_pattern="A ?")["records"]] == ["A 1", "A 1", "A 2"]
    assert info(id="none")["records"] == info(name="none")["records"] == []


@pytest.mark.parametrize(
    ("held", "shown"), [("180d", "180d"), ("P180D", "180d"), ("P0180D", "180d"), ("P6M", "P6M")]
)
def test_retention_has_one_form(purposes, info, held, shown):
    """Cover S3.3."""
    purposes.seed({**STORED, "retentionPeriod": held})
    assert info()["records"][0]["retention"] == shown


def test_a_record_given_back_is_no_change(purposes, info, purpose):
    """Cover S3.3."""
    (stored,) = purposes.seed({**STORED, "labels": ["unknown"]})
    (record,) = info()["records"]
    assert record == {
        "id": stored["id"],
        "name": STORED["name"],
        "description": STORED["description"],
        "retention": "180d",
        "legal_basis": STORED["legalBasis"],
        "active": True,
        "diversion_ids": STORED["diversionIds"],
        "created_date": stored["createdDate"],
        "modified_date": stored["modifiedDate"],
        "labels": ["unknown"],
    }
    declared = {k: v for k, v in record.items() if k not in ("created_date", "modified_date", "labels")}
    assert not purpose(**declared)["changed"]


def test_one_choice_at_most(org, info):
    result = info(name="A", name_pattern="A*")
    assert "name_pattern: excludes name" in result["msg"]
    assert org.log() == []
