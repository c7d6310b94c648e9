# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the connection options: precedence, no default target, all problems at once (S3.5)."""

from __future__ import annotations

import pytest
import yaml

from ansible_collections.genesys.cloud.plugins.doc_fragments.auth import ModuleDocFragment
from ansible_collections.genesys.cloud.plugins.module_utils._api.platform import PLATFORM
from ansible_collections.genesys.cloud.plugins.module_utils._api.reference import REFERENCE
from ansible_collections.genesys.cloud.plugins.module_utils._api.regions import DOMAINS
from ansible_collections.genesys.cloud.plugins.module_utils._arguments.connection import (
    CONNECTION_OPTIONS,
    resolve,
)
from ansible_collections.genesys.cloud.plugins.module_utils._findings import Findings

#: Options that the platform lacks.
REFERENCE_ONLY = ("scopes", "token_path", "token_request")
GATEWAY = {"base_url": "https://gateway.example.com", "client_id": "id", "client_secret": "secret"}
OURS = {"region": "us-east-1", "client_id": "id", "client_secret": "secret"}


def connection_of(given, environ=None):
    findings = Findings()
    connection = resolve(given, environ or {}, findings)
    assert connection is not None, findings.problems
    assert findings.problems == []
    return connection


def problems_of(given, environ=None):
    """Return the problems as text; assert that there is no connection."""
    findings = Findings()
    assert resolve(given, environ or {}, findings) is None
    assert findings.problems
    return [str(problem) for problem in findings.problems]


def test_defaults():
    connection = connection_of(OURS)
    assert connection.base_url == "https://api.mypurecloud.com"
    assert connection.token_url == "https://login.mypurecloud.com/oauth/token"
    assert (connection.timeout, connection.retries, connection.deadline) == (30, 5, 300)
    assert (connection.token_request, connection.api_profile, connection.validate_certs) == (
        "basic",
        PLATFORM,
        True,
    )
    assert connection.scopes == ()


def test_defaults_of_the_reference_api():
    connection = connection_of(GATEWAY)
    assert connection.base_url == "https://gateway.example.com"
    assert connection.token_url == "https://gateway.example.com/oauth/token"
    assert connection.api_profile is REFERENCE
    assert connection.scopes == REFERENCE.default_scopes


@pytest.mark.parametrize(("name", "domain"), DOMAINS.items())
def test_region_by_name_and_by_domain(name, domain):
    assert connection_of({**OURS, "region": name}).base_url == f"https://api.{domain}"
    assert connection_of({**OURS, "region": domain.upper()}).base_url == f"https://api.{domain}"


def test_region_known_by_its_domain_only():
    assert connection_of({**OURS, "region": "edee1.eusc-pure.cloud"}).host == "api.edee1.eusc-pure.cloud"


@pytest.mark.parametrize(
    ("region", "meant"),
    [
        ("us-east1", "'us-east-1'"),
        ("https://api.mypurecloud.de/", "'mypurecloud.de'"),
        ("login.usw2.pure.cloud", "'usw2.pure.cloud'"),
        ("mypurcloud.com", "'mypurecloud.com'"),
    ],
)
def test_unknown_region_gets_a_suggestion(region, meant):
    assert problems_of({**OURS, "region": region}) == [
        f"region: {region!r} is not a known region; to give a host, use base_url instead; "
        f"did you mean {meant}?"
    ]


def test_environment_serves_every_option(tmp_path):
    (tmp_path / "ca.pem").write_text("x")
    environ = {
        "GENESYS_BASE_URL": "https://gateway.example.com:8443/genesys/",
        "GENESYS_CLIENT_ID": "id",
        "GENESYS_CLIENT_SECRET": "secret",
        "GENESYS_TOKEN_PATH": "api/v2/oauth/token",
        "GENESYS_TOKEN_REQUEST": "json",
        "GENESYS_SCOPES": "audit:read, team:read user:read",
        "GENESYS_TIMEOUT": "2.5",
        "GENESYS_RETRIES": "0",
        "GENESYS_DEADLINE": "60",
        "GENESYS_LIST_LAG": "0.5",
        "GENESYS_VALIDATE_CERTS": "no",
        "GENESYS_CA_PATH": str(tmp_path),
        "GENESYS_CLIENT_CERT": str(tmp_path / "ca.pem"),
        "GENESYS_CLIENT_KEY": str(tmp_path / "ca.pem"),
        "GENESYS_PROXY": "http://proxy.example.com:3128",
        "GENESYS_ORGANIZATION": "Acme Dev",
        "GENESYS_API_PROFILE": "reference",
    }
    connection = connection_of({}, environ)
    assert connection.token_url == "https://gateway.example.com:8443/genesys/api/v2/oauth/token"
    assert connection.scopes == ("audit:read", "team:read", "user:read")
    assert (connection.timeout, connection.retries, connection.deadline) == (2.5, 0, 60)
    assert connection.list_lag == 0.5
    assert connection.validate_certs is False
    assert connection.client_key == str(tmp_path / "ca.pem")
    assert (connection.proxy, connection.organization) == ("http://proxy.example.com:3128", "Acme Dev")
    unused = {"GENESYS_REGION", "GENESYS_ACCESS_TOKEN", "GENESYS_LOGIN_URL", "GENESYS_TOKEN_POOL_SIZE"}
    assert {f"GENESYS_{name.upper()}" for name in CONNECTION_OPTIONS} == set(environ) | unused


def test_no_target_and_no_credentials_are_both_reported():
    problems = problems_of({})
    assert [problem.split(":")[0] for problem in problems] == ["region", "client_id"]
    assert "there is no default" in problems[0]
    assert "GENESYS_BASE_URL" in problems[0]
    assert "GENESYS_ACCESS_TOKEN" in problems[1]


@pytest.mark.parametrize("nothing", [None, "", "  ", []])
def test_blank_counts_as_missing(nothing):
    environ = {"GENESYS_REGION": "eu-west-1"}
    assert (
        connection_of({**OURS, "region": nothing, "scopes": nothing}, environ).base_url
        == "https://api.mypurecloud.ie"
    )


@pytest.mark.parametrize("blank", ["", "  "])
def test_an_empty_organization_of_the_task_is_an_error(blank):
    """Check that the option is not ignored in silence; an empty environment variable counts as unset."""
    target = {"region": "us-east-1", "access_token": "t"}
    environ = {"GENESYS_ORGANIZATION": "Acme Dev"}
    (problem,) = problems_of({**target, "organization": blank}, environ)
    assert problem.startswith("organization: must not be empty")
    assert connection_of({**target, "organization": None}, environ).organization == "Acme Dev"
    assert connection_of(target, {"GENESYS_ORGANIZATION": blank}).organization is None


def test_two_targets_at_one_level_are_refused():
    assert "give one" in problems_of({**OURS, "base_url": "https://x.example.com"})[0]
    environ = {"GENESYS_REGION": "us-east-1", "GENESYS_BASE_URL": "https://x.example.com"}
    problems = problems_of({"client_id": "id", "client_secret": "secret"}, environ)
    assert problems == [
        "base_url (from GENESYS_BASE_URL): excludes region (from GENESYS_REGION), which may name another "
        "target: give one of them"
    ]


def test_target_of_the_task_beats_the_whole_group_of_the_environment():
    environ = {"GENESYS_BASE_URL": "https://prod.example.com"}
    assert connection_of(OURS, environ).host == "api.mypurecloud.com"
    assert connection_of(
        {**OURS, "region": None, "base_url": "https://dev.example.com"}, {"GENESYS_REGION": "x"}
    )


def test_credentials_of_the_task_beat_the_whole_group_of_the_environment():
    environ = {"GENESYS_ACCESS_TOKEN": "prod-token", "GENESYS_CLIENT_SECRET": "prod-secret"}
    connection = connection_of(OURS, environ)
    assert (connection.access_token, connection.client_secret) == (None, "secret")
    with_token = connection_of({"region": "us-east-1", "access_token": "abc"}, {"GENESYS_CLIENT_ID": "id"})
    assert (with_token.access_token, with_token.client_id) == ("abc", None)


def test_credentials_are_never_mixed_from_two_places():
    problems = problems_of(
        {"region": "us-east-1", "client_id": "dev"}, {"GENESYS_CLIENT_SECRET": "prod-secret"}
    )
    assert problems == [
        "client_secret: is required with client_id (GENESYS_CLIENT_SECRET is ignored because the task gives "
        "credentials): give both in the same place"
    ]


def test_two_kinds_of_credentials_at_one_level_are_refused():
    assert "excludes client_id and client_secret" in problems_of({**OURS, "access_token": "abc"})[0]
    environ = {"GENESYS_ACCESS_TOKEN": "abc", "GENESYS_CLIENT_ID": "id", "GENESYS_CLIENT_SECRET": "s"}
    assert "client_id (from GENESYS_CLIENT_ID)" in problems_of({"region": "us-east-1"}, environ)[0]


def test_client_certificate_of_the_task_takes_no_key_of_the_environment(tmp_path):
    pem = tmp_path / "both.pem"
    pem.write_text("x")
    assert (
        connection_of({**OURS, "client_cert": str(pem)}, {"GENESYS_CLIENT_KEY": "/nowhere"}).client_key
        is None
    )


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("base_url", "api.mypurecloud.com", "must be a URL like https://host"),
        ("base_url", "ftp://api.mypurecloud.com", "must be a URL like https://host"),
        ("base_url", "https://", "must be a URL like https://host"),
        ("base_url", "https://exa mple.com", "must be a URL like https://host"),
        ("base_url", "https://host:99999", "must be a URL like https://host"),
        ("base_url", "https://host..example.com", "must be a URL like https://host"),
        ("base_url", "https://[::1", "must be a URL like https://host"),
        ("base_url", "https://user:pa55word@example.com", "must not contain credentials"),
        ("base_url", "https://user:pa55word@exa mple.com", "not the given value"),
        ("base_url", "https://example.com?x=pa55word", "must not have a query"),
        ("base_url", "https://example.com/#pa55word", "must not have a query"),
        ("base_url", "https://example.com/api/v2/", "must end before /api/v2"),
        ("base_url", {"a": 1}, "must be text"),
        ("proxy", "socks5://proxy:1080", "must be a URL like https://host"),
        ("proxy", "user:pa55word@proxy:1080", "not the given value"),
        ("timeout", 0, "must be more than 0"),
        ("timeout", -1, "must be more than 0"),
        ("timeout", "nan", "must be a finite number"),
        ("timeout", "inf", "must be a finite number"),
        ("timeout", "soon", "must be a number, not 'soon'"),
        ("timeout", True, "must be a number"),
        ("deadline", 100_000, "at most 86400 seconds"),
        ("list_lag", -1, "must be at least 0 and at most 86400 seconds, not -1"),
        ("retries", -1, "must be 0 or more"),
        ("retries", 1.5, "must be a whole number"),
        ("token_pool_size", 0, "must be between 1 and 10, not 0"),
        ("token_pool_size", 11, "must be between 1 and 10, not 11"),
        ("token_pool_size", "many", "must be a whole number"),
        ("token_pool_size", True, "must be a whole number"),
        ("validate_certs", "perhaps", "must be a boolean"),
        ("scopes", {"a": 1}, "must be a list"),
        ("token_request", "bsic", "did you mean 'basic'?"),
        ("token_path", "https://login.example.com/oauth/token", "must be a path below base_url"),
        ("token_path", "/oauth/token?x=1", "must be a path below base_url"),
        ("ca_path", "/nowhere/ca.pem", "'/nowhere/ca.pem' does not exist"),
        ("client_cert", "/nowhere/c.pem", "does not exist"),
        ("client_cert", "a\0b", "without NUL"),
        ("client_secret", "pa55word\nx", "must not contain line breaks"),
        ("api_profile", "other", "is not one of the choices"),
    ],
)
def test_wrong_values(option, value, said):
    others = {**GATEWAY, option: value} if option in REFERENCE_ONLY else OURS
    others = {
        name: other for name, other in others.items() if not (option == "base_url" and name == "region")
    }
    problems = problems_of({**others, option: value})
    assert len(problems) == 1
    assert problems[0].startswith(f"{option}: ")
    assert said in problems[0]
    assert "pa55word" not in problems[0]


def test_variable_is_named_where_the_value_came_from_it():
    problems = problems_of(OURS, {"GENESYS_TIMEOUT": "soon", "GENESYS_RETRIES": "many"})
    assert problems == [
        "timeout (from GENESYS_TIMEOUT): must be a number, not 'soon'",
        "retries (from GENESYS_RETRIES): must be a whole number, not 'many'",
    ]


@pytest.mark.parametrize("token", ["Bearer abc", "abc def", "abc\n def", "abcé"])
def test_access_token_must_be_the_token_alone(token):
    (problem,) = problems_of({"region": "us-east-1", "access_token": token})
    assert problem.startswith("access_token: must be the token alone")
    assert "abc" not in problem


def test_client_key_needs_its_certificate(tmp_path):
    key = tmp_path / "key.pem"
    key.write_text("x")
    (problem,) = problems_of({**OURS, "client_key": str(key)})
    assert problem == "client_key: needs client_cert, the certificate that belongs to the key"


def test_all_problems_at_once():
    given = {
        "base_url": "nonsense",
        "client_id": "id",
        "timeout": -1,
        "retries": "x",
        "deadline": 0,
        "ca_path": "/nowhere",
        "token_request": "xml",
        "api_profile": "plattform",
    }
    wrong = {problem.split(":")[0] for problem in problems_of(given)}
    assert wrong == (set(given) - {"client_id"}) | {"client_secret"}


def test_clear_text_is_a_warning_except_on_this_machine():
    findings = Findings()
    given = {"client_id": "id", "client_secret": "secret", "base_url": "http://lab.example.com"}
    assert resolve(given, {}, findings) is not None
    assert [warning.path for warning in findings.warnings] == ["base_url"]
    for host in ("127.0.0.1:8080", "localhost", "[::1]:9000"):
        findings = Findings()
        connection = resolve({**given, "base_url": f"http://{host}"}, {}, findings)
        assert connection is not None
        assert connection.base_url == f"http://{host}"
        assert findings.warnings == []


def test_secrets_are_known_and_not_shown():
    proxy = "http://me:pa55%2Fword@proxy.example.com"
    connection = connection_of({**OURS, "client_secret": "very-secret", "proxy": proxy})
    assert set(connection.secrets()) == {"very-secret", "pa55%2Fword", "pa55/word"}
    assert "very-secret" not in repr(connection)
    assert "pa55" not in repr(connection)


def test_documentation_and_spec_agree():
    documented = yaml.safe_load(ModuleDocFragment.DOCUMENTATION)["options"]
    assert set(documented) == set(CONNECTION_OPTIONS)
    for name, option in CONNECTION_OPTIONS.items():
        text = documented[name]
        assert text["type"] == option["type"], name
        assert text.get("default") == option.get("default"), name
        assert text.get("choices") == option.get("choices"), name
        assert text.get("elements") == option.get("elements"), name
        assert f"E(GENESYS_{name.upper()})" in " ".join(text["description"]), name


def test_no_secret_option_is_logged():
    secret = {name for name, option in CONNECTION_OPTIONS.items() if option.get("no_log")}
    assert secret == {"client_secret", "access_token"}
