# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the choice of the API by the target, and of the options that only one API has (P.1)."""

from __future__ import annotations

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._api.platform import PLATFORM
from ansible_collections.genesys.cloud.plugins.module_utils._api.reference import REFERENCE
from ansible_collections.genesys.cloud.plugins.module_utils._arguments.connection import (
    chosen_profile,
    resolve,
)
from ansible_collections.genesys.cloud.plugins.module_utils._findings import Findings

GATEWAY = {"base_url": "https://gateway.example.com", "client_id": "id", "client_secret": "secret"}
OURS = {"region": "us-east-1", "client_id": "id", "client_secret": "secret"}


def connection_of(given, environ=None):
    findings = Findings()
    connection = resolve(given, environ or {}, findings)
    assert connection is not None, findings.problems
    return connection


def problems_of(given, environ=None):
    """Return the problems as text; assert that there is no connection."""
    findings = Findings()
    assert resolve(given, environ or {}, findings) is None
    return [str(problem) for problem in findings.problems]


@pytest.mark.parametrize(
    ("target", "profile"),
    [
        ({"region": "us-east-1"}, PLATFORM),
        ({"region": "edee1.eusc-pure.cloud"}, PLATFORM),
        ({"base_url": "https://api.mypurecloud.com.au"}, PLATFORM),
        ({"base_url": "https://API.usw2.pure.cloud:443"}, PLATFORM),
        ({"base_url": "https://api.inindca.com"}, PLATFORM),
        ({"base_url": "https://mypurecloud.com.example.org"}, REFERENCE),
        ({"base_url": "https://notmypurecloud.com"}, REFERENCE),
        ({"base_url": "http://127.0.0.1:8080"}, REFERENCE),
        ({"base_url": "https://api.mypurecloud.com", "api_profile": "reference"}, REFERENCE),
        ({"base_url": "http://127.0.0.1:8080", "api_profile": "platform"}, PLATFORM),
    ],
)
def test_the_profile_follows_the_target_unless_it_is_given(target, profile):
    credentials = {"client_id": "id", "client_secret": "secret"}
    assert connection_of({**credentials, **target}).api_profile is profile
    environ = {f"GENESYS_{name.upper()}": value for name, value in target.items()}
    assert connection_of(credentials, environ).api_profile is profile
    assert chosen_profile({**credentials, **target}, {}) is profile
    assert chosen_profile({}, environ) is profile


def test_the_target_of_the_task_decides_against_that_of_the_environment():
    environ = {"GENESYS_BASE_URL": "http://127.0.0.1:8080", "GENESYS_LOGIN_URL": "http://127.0.0.1:8081"}
    connection = connection_of(OURS, environ)
    assert (connection.api_profile, connection.login_url) == (PLATFORM, None)
    assert chosen_profile(OURS, environ) is PLATFORM


@pytest.mark.parametrize(
    ("given", "token_url"),
    [
        ({"base_url": "https://api.usw2.pure.cloud"}, "https://login.usw2.pure.cloud/oauth/token"),
        ({"base_url": "https://api.mypurecloud.ie:8443/"}, "https://login.mypurecloud.ie:8443/oauth/token"),
        ({"base_url": "http://127.0.0.1:8080"}, "http://127.0.0.1:8080/oauth/token"),
        (
            {"base_url": "https://gw.example.com/api", "login_url": "https://gw.example.com/login/"},
            "https://gw.example.com/login/oauth/token",
        ),
    ],
)
def test_the_platform_issues_tokens_at_the_login_host(given, token_url):
    credentials = {"client_id": "id", "client_secret": "secret", "api_profile": "platform"}
    assert connection_of({**credentials, **given}).token_url == token_url


@pytest.mark.parametrize(
    ("option", "value"),
    [("scopes", ["a:b"]), ("token_path", "/oauth/token"), ("token_request", "basic")],
)
def test_options_that_the_platform_lacks_are_problems(option, value):
    (problem,) = problems_of({**OURS, option: value})
    assert problem.startswith(f"{option}: has no meaning in the API 'platform'")
    text = " ".join(value) if isinstance(value, list) else value
    (problem,) = problems_of(OURS, {f"GENESYS_{option.upper()}": text})
    assert problem.startswith(f"{option} (from GENESYS_{option.upper()}): has no meaning")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({**OURS, "login_url": "https://login.mypurecloud.com"}, "excludes region, which gives both hosts"),
        ({**GATEWAY, "login_url": "https://x.example.com"}, "has no meaning in the API 'reference'"),
        ({**GATEWAY, "api_profile": "platform", "login_url": "nonsense"}, "must be a URL like https://host"),
        (
            {**GATEWAY, "api_profile": "platform", "login_url": "https://x.example.com/oauth/token"},
            "must end before /oauth/token",
        ),
    ],
)
def test_wrong_login_urls(given, said):
    (problem,) = problems_of(given)
    assert problem.startswith("login_url: ") and said in problem


def test_the_platform_allows_a_pool_of_tokens():
    assert connection_of(OURS).token_pool_size == 1
    assert connection_of({**OURS, "token_pool_size": 10}).token_pool_size == 10
    assert connection_of(OURS, {"GENESYS_TOKEN_POOL_SIZE": "4"}).token_pool_size == 4


def test_the_reference_api_has_one_token():
    assert connection_of(GATEWAY).token_pool_size == 1
    (problem,) = problems_of({**GATEWAY, "token_pool_size": 1})
    assert problem.startswith("token_pool_size: has no meaning in the API 'reference'")


def test_a_given_token_allows_no_pool():
    given = {"region": "us-east-1", "access_token": "given"}
    (problem,) = problems_of({**given, "token_pool_size": 2})
    assert problem.startswith("token_pool_size: needs client_id and client_secret: access_token is the only")
    (problem,) = problems_of(given, {"GENESYS_TOKEN_POOL_SIZE": "2"})
    assert problem.startswith("token_pool_size (from GENESYS_TOKEN_POOL_SIZE): needs client_id")
    assert connection_of({**given, "token_pool_size": 1}).token_pool_size == 1


def test_a_task_without_a_target_has_the_profile_that_has_its_kinds():
    assert chosen_profile({}, {}) is REFERENCE
    assert chosen_profile({}, {}, fitting=["reference", "platform"]) is REFERENCE
    assert chosen_profile({}, {}, fitting=["platform"]) is PLATFORM
    assert chosen_profile({"base_url": "http://127.0.0.1"}, {}, fitting=["platform"]) is REFERENCE
