# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the identity of a kind's objects."""

from __future__ import annotations

import dataclasses

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._model.endpoint import Endpoint
from ansible_collections.genesys.cloud.plugins.module_utils._model.resource import Field
from ansible_collections.genesys.cloud.plugins.module_utils._resources.customobject_index.kind import (
    CUSTOM_OBJECT_INDEX,
)
from ansible_collections.genesys.cloud.plugins.module_utils._resources.webhook import WEBHOOK


def resource(identity, *fields):
    stored = dataclasses.replace(WEBHOOK.profiles["reference"], fields=fields)
    kind = dataclasses.replace(WEBHOOK, identity=identity, profiles={"reference": stored})
    return kind.profiles["reference"]


@pytest.mark.parametrize(
    ("identity", "wire", "body", "expected"),
    [
        (("name",), "name", {"name": "A"}, ("A",)),
        (("name",), "label", {"name": "B", "label": "A"}, ("A",)),
        (("name",), "meta.name", {"meta": {"name": "A"}}, ("A",)),
        (("name",), "name", {}, (None,)),
        (("name",), "meta.name", {"meta": None}, (None,)),
        (("name", "folder"), "name", {"name": "A", "folder": "inbox"}, ("A", "inbox")),
        (("name", "folder"), "name", {"name": "A"}, ("A", None)),
    ],
)
def test_the_identity_of_an_object(identity, wire, body, expected):
    assert resource(identity, Field("name", wire)).identity_of(body) == expected


def test_an_object_of_a_kind_without_identity_options_has_the_empty_identity():
    assert CUSTOM_OBJECT_INDEX.profiles["reference"].identity_of({"name": "A"}) == ()


def test_the_identity_of_options_is_in_wire_form():
    upper = Field("name", "name", to_wire=lambda value, desired: value.upper())
    tested = resource(("name", "folder"), upper)
    assert tested.identity_of_options({"name": "a", "folder": "inbox"}) == ("A", "inbox")
    assert tested.identity_of_options({"folder": "inbox"}) == (None, "inbox")


def test_a_kind_with_lists_needs_an_identity():
    with pytest.raises(ValueError, match="kind 'webhook' has lists in reference, but no identity"):
        dataclasses.replace(WEBHOOK, identity=())
    unlisted = dataclasses.replace(
        WEBHOOK.profiles["reference"], endpoint=Endpoint(path="/api/v2/platform/webhooks", paging=None)
    )
    dataclasses.replace(WEBHOOK, identity=(), profiles={"reference": unlisted})
