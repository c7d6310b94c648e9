# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests that a rollback treats the entries of one object together, and those of other objects apart."""

from __future__ import annotations

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._journal.entry import Entry
from ansible_collections.genesys.cloud.plugins.module_utils._resources.webhook import WEBHOOK
from ansible_collections.genesys.cloud.plugins.module_utils._rollback.rollback import _group_by_object


def entry(number, object_id, before, after):
    return Entry(
        run="r",
        number=number,
        resource=WEBHOOK.profiles["reference"],
        action="update",
        id=object_id,
        name=None,
        before=before,
        after=after,
    )


A, B, NAMELESS = {"name": "A"}, {"name": "B"}, {"description": "no name"}


@pytest.mark.parametrize(
    ("writes", "groups"),
    [
        ([("1", A, A), ("2", B, B), ("1", A, A)], [[1, 3], [2]]),
        ([("1", A, B), ("2", None, A)], [[1, 2]]),
        ([("1", NAMELESS, NAMELESS), ("2", NAMELESS, NAMELESS)], [[1], [2]]),
        ([("1", NAMELESS, A), ("2", NAMELESS, B), ("3", A, NAMELESS)], [[1, 3], [2]]),
        ([(None, None, NAMELESS), (None, None, NAMELESS)], [[1], [2]]),
    ],
)
def test_entries_are_grouped_by_id_and_by_given_identity(writes, groups):
    entries = [entry(number, *write) for number, write in enumerate(writes, 1)]
    assert [[one.number for one in group] for group in _group_by_object(entries)] == groups
