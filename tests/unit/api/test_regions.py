# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the regions: their domains, and the suggestion for an unknown one (S3.5)."""

from __future__ import annotations

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._api.regions import (
    DOMAINS,
    domain_of,
    suggestion,
)


@pytest.mark.parametrize(("name", "domain"), DOMAINS.items())
def test_region_by_name_and_by_domain_in_any_case(name: str, domain: str) -> None:
    assert domain_of(name) == domain_of(name.upper()) == domain
    assert domain_of(domain) == domain_of(domain.upper()) == domain


def test_the_sovereign_region_has_a_domain_only() -> None:
    assert domain_of("edee1.eusc-pure.cloud") == "edee1.eusc-pure.cloud"
    assert domain_of("edee1") is None


@pytest.mark.parametrize("region", ["", "us-east1", "api.mypurecloud.com", "example.com"])
def test_an_unknown_region_has_no_domain(region: str) -> None:
    assert domain_of(region) is None


@pytest.mark.parametrize(
    ("region", "meant"),
    [
        ("us-east1", "us-east-1"),
        ("https://api.mypurecloud.de/", "mypurecloud.de"),
        ("http://apps.mypurecloud.ie", "mypurecloud.ie"),
        ("login.usw2.pure.cloud", "usw2.pure.cloud"),
        ("LOGIN.EDEE1.eusc-pure.cloud", "edee1.eusc-pure.cloud"),
        ("mypurcloud.com", "mypurecloud.com"),
    ],
)
def test_an_unknown_region_gets_a_suggestion(region: str, meant: str) -> None:
    assert suggestion(region) == f"; did you mean {meant!r}?"
