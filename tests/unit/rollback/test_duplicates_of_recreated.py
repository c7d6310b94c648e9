# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of a rollback that creates an object again while another client creates one of the same name."""

from __future__ import annotations

import copy

import pytest

from unit.journaled_site import PASSWORD, STORED

#: The kinds whose server accepts two objects of a name, with their path.
LISTS = {"webhooks": "/api/v2/platform/webhooks"}


@pytest.fixture(params=LISTS)
def kind(request, site):
    """Return the kind of an object A that a task has removed."""
    site.seed(request.param)
    site.change(request.param, name="A", state="absent", journal_password=PASSWORD)
    assert site.org.objects(request.param) == []
    return request.param


def theirs(kind, object_id):
    """Return the object of another client. Its id decides, because webhooks have no date of creation."""
    return {**copy.deepcopy(STORED[kind]), "id": object_id}


def undo(site):
    return site.undo(PASSWORD, connection={"list_lag": 0.2})


def test_an_older_object_of_another_client_stays_alone(site, kind):
    site.org.fault(method="POST", path=LISTS[kind], create=theirs(kind, "0-theirs"))
    (outcome,) = undo(site).values()
    assert [one["id"] for one in site.org.objects(kind)] == ["0-theirs"]
    assert outcome.error is None and outcome.plan == "none"
    assert "its name belongs to another object now (id 0-theirs): it was removed again" in outcome.notes
    # Nothing is left to roll back.
    assert undo(site) == {}
    assert [one["id"] for one in site.org.objects(kind)] == ["0-theirs"]


def test_a_younger_object_of_another_client_is_reported_with_both_ids(site, kind):
    # The rollback lists the namesakes before its creation, and looks again after it.
    site.org.fault(method="GET", path=LISTS[kind], after=1, create=theirs(kind, "zz-theirs"))
    (outcome,) = undo(site).values()
    ids = {one["id"] for one in site.org.objects(kind)}
    assert len(ids) == 2 and outcome.error is not None
    assert all(one in str(outcome.error) for one in ids) and "exists more than once" in str(outcome.error)


def test_a_list_that_shows_the_object_late_is_awaited(site, kind):
    site.org.simulator.lag(site.org.key, kind, lists=0.5)
    (outcome,) = undo(site).values()
    assert outcome.error is None and outcome.plan == "create"
    assert not [note for note in outcome.notes if "list" in note]


def test_two_objects_of_a_late_creation_are_not_silent(site, kind):
    """The first POST is carried out after its connection was closed, and it is repeated meanwhile."""
    site.org.fault(method="POST", path=LISTS[kind], delay=0.6)
    site.undo(PASSWORD, connection={"list_lag": 1.0, "timeout": 0.3, "deadline": 10, "retries": 4})
    assert len(site.org.objects(kind)) == 1
