# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of masked bodies, and of the diff that is rendered from them (S1.7)."""

from __future__ import annotations

import copy

from ansible_collections.genesys.cloud.plugins.module_utils._model.plan import Plan
from ansible_collections.genesys.cloud.plugins.module_utils._model.rendering import (
    BodyMasker,
    MaskedBody,
    to_diff,
)
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.kind import DATA_ACTION

RESOURCE = DATA_ACTION.profiles["reference"]
URL = "https://crm.example.com/v1"


def body(**headers: str) -> dict:
    return {"id": "1", "name": "A", "restConfig": {"url": URL, "headers": headers}, "conditions": [{"a": 1}]}


def test_a_body_without_secrets_is_not_copied():
    clear = body(Accept="text/plain", Authorization="Bearer ${token}")
    masked = MaskedBody(RESOURCE, clear)
    assert masked.masked is clear
    assert masked.secrets == ()


def test_a_masked_body_leaves_the_body_alone_and_shares_what_is_no_secret():
    clear = body(Accept="text/plain", Authorization="Bearer abc-123", Tenant="t-1")
    clear["restConfig"]["url"] = f"{URL}?api_key=k-1"
    before = copy.deepcopy(clear)
    masked = MaskedBody(RESOURCE, clear, ("tenant",))
    assert masked.masked["restConfig"] == {
        "url": f"{URL}?api_key=********",
        "headers": {"Accept": "text/plain", "Authorization": "********", "Tenant": "********"},
    }
    assert masked.masked["conditions"] is clear["conditions"]
    assert clear == before
    assert {"Bearer abc-123", "abc-123", "t-1", f"{URL}?api_key=k-1"} <= set(masked.secrets)


def test_a_masker_masks_each_body_once():
    masker = BodyMasker(RESOURCE)
    before, after = body(Authorization="Bearer old-1"), body(Authorization="Bearer new-1")
    masked = masker.mask(before)
    assert masker.mask(after) is not masked
    assert masker.mask(before) is masked
    headers = masked.masked["restConfig"]["headers"]
    assert masker.mask(before).masked["restConfig"]["headers"] is headers
    assert masker.mask(copy.deepcopy(before)) is not masked
    assert masker.mask(None) is None
    assert masker.secrets_in(before, None, after) == {"Bearer old-1", "old-1", "Bearer new-1", "new-1"}


def test_a_masker_frees_the_bodies_that_are_not_kept():
    masker = BodyMasker(RESOURCE)
    first, second = body(Authorization="Bearer old-1"), body(Authorization="Bearer new-1")
    freed, kept = masker.mask(first), masker.mask(second)
    masker.keep_only(None, second)
    assert masker.mask(second) is kept
    assert masker.mask(first) is not freed


def test_a_changed_secret_is_shown_as_changed():
    before = body(Authorization="Bearer old-1", Cookie="same-1")
    after = body(Authorization="Bearer new-1", Cookie="same-1", Token="new-2")
    diff = to_diff(BodyMasker(RESOURCE), Plan("update", before=before, after=after))
    assert diff["before"]["rest"]["headers"] == {"Authorization": "********", "Cookie": "********"}
    assert diff["after"]["rest"]["headers"] == {
        "Authorization": "******** (changed)",
        "Cookie": "********",
        "Token": "********",
    }
