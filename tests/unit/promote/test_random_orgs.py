# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Promotions of random orgs to random orgs: nothing of the source is missing or different then (X.3)."""

from __future__ import annotations

import typing as t

from hypothesis import given

from ansible_collections.genesys.cloud.plugins.module_utils._printable import printable
from unit.export.test_random_orgs import MANY, fill, platform_orgs, reference_orgs
from unit.module_runner import warnings_of
from unit.platform.triggers import seed_workflow
from unit.promote.conftest import changes, run_compared, run_promoted


def check(target: t.Any, source: t.Any, **options: t.Any) -> None:
    """Promote and compare. Only what the target alone has may be left, and the parts that no API removes."""
    result = run_promoted(target, source, copy_secrets=True, **options)
    changes(result)
    left = [one for one in run_compared(target, source)["objects"] if one["plan"] not in ("none", "delete")]
    kept = "\n".join(warnings_of(result))
    assert [one for one in left if f"{printable(repr(one['name']))} keeps" not in kept] == []
    again = changes(run_promoted(target, source, copy_secrets=True, **options))
    # A replaced data action stays until a later run finds no flow that consumes it.
    assert [
        name for (_kind, name), plan in again.items() if plan != "delete" or "(replaced" not in name
    ] == []


@MANY
@given(one=reference_orgs(), other=reference_orgs())
def test_random_orgs_of_the_reference_api(one: t.Any, other: t.Any, new_org: t.Callable[..., t.Any]) -> None:
    target, source = new_org(), new_org()
    for org, objects in ((target, one), (source, {**other, "data_actions": one["data_actions"][:2]})):
        for kind, stored in objects.items():
            org.seed(stored, kind)
    check(target, source)


@MANY
@given(one=platform_orgs(), other=platform_orgs())
def test_random_orgs_of_the_platform_api(one: t.Any, other: t.Any, new_org: t.Callable[..., t.Any]) -> None:
    target, source = new_org(api="platform"), new_org(api="platform")
    # Objects of the same names, with the options of other objects.
    shared = {kind: dict(zip(one[kind], values.values(), strict=False)) for kind, values in other.items()}
    shared["triggers"] = other["triggers"]
    for org in (target, source):
        for name in {**one["triggers"], **other["triggers"]}:
            seed_workflow(org, name)
    fill(target, one)
    fill(source, shared)
    check(target, source, defaults={"data_actions": {"on_contract_change": "replace"}})
