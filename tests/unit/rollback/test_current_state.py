# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the reads of a rollback from one list."""

from __future__ import annotations

from ansible_collections.genesys.cloud.plugins.module_utils._model.resource import Resource
from ansible_collections.genesys.cloud.plugins.module_utils._resources.webhook import WEBHOOK
from ansible_collections.genesys.cloud.plugins.module_utils._rollback.current_state import CurrentStateReader


class ListClient:
    """A client whose every list has C(count) objects, two of each name."""

    def __init__(self, count):
        self.lists = 0
        self._count = count

    def list(self, path, paging, params):
        self.lists += 1
        return [{"id": str(number), "name": f"N{number // 2}"} for number in range(self._count)]


def test_many_searches_by_identity_compute_the_identity_of_each_listed_object_once(monkeypatch):
    computed = []
    identity_of = Resource.identity_of
    monkeypatch.setattr(
        Resource, "identity_of", lambda self, body: computed.append(body) or identity_of(self, body)
    )
    client, count = ListClient(200), 200
    reader = CurrentStateReader(client, WEBHOOK.profiles["reference"], count)
    for number in range(count // 2):
        found = reader.matching(client, (f"N{number}",))
        assert [one.body["id"] for one in found] == [str(2 * number), str(2 * number + 1)]
        assert all(reader.is_listed(one) for one in found)
    assert reader.matching(client, ("N",)) == []
    assert (client.lists, len(computed)) == (1, count)
