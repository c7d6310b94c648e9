# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every kind says how its objects are compared with those of another org (X.2)."""

from __future__ import annotations

from ansible_collections.genesys.cloud.plugins.module_utils._resources.registry import KINDS


def test_every_kind_has_a_rule_in_each_api() -> None:
    lacking = [
        f"{kind.name} in the API {api!r}: give its resource a Comparison, in the file of that API"
        for kind in KINDS
        for api, resource in kind.profiles.items()
        if resource.comparison is None
    ]
    assert lacking == []


def test_options_that_are_not_compared_are_fields_of_the_kind() -> None:
    unknown = [
        f"{kind.name}.{option}"
        for kind in KINDS
        for resource in kind.profiles.values()
        for option in (resource.comparison.not_compared if resource.comparison else ())
        if option not in [field.option for field in resource.fields]
    ]
    assert unknown == []


def test_a_kind_of_two_apis_is_translated_in_one_direction() -> None:
    several = [kind for kind in KINDS if len(kind.profiles) > 1]
    translated = {
        kind.name: [api for api, one in kind.profiles.items() if one.comparison and one.comparison.forward]
        for kind in several
    }
    assert translated == {"data_action": ["reference"]}
