# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Connection options of every module: argument spec, environment fallbacks and checks.

Private to the collection. C(resolve) chooses between task and environment by rule 12 of
docs/architecture.md: there is no default target, and an option of the task overrides the environment's
values of its whole group.
"""

from __future__ import annotations

import dataclasses
import math
import os
import re
import typing as t
import urllib.parse
from collections.abc import Mapping

from ansible.module_utils.errors import AnsibleFallbackNotFound

from .._api.platform import PLATFORM
from .._api.profile import TOKEN_PATH, ApiProfile
from .._api.reference import REFERENCE
from .._api.regions import api_host, domain_of, suggestion
from .._findings import Findings
from .._http.connection import Connection, host_of, is_loopback
from .._runtime import current_runtime
from .resolved_options import ResolvedOptions, variable_of

#: The profile of a host that no profile claims.
DEFAULT_PROFILE = REFERENCE
#: The values of the option C(api_profile).
PROFILES: dict[str, ApiProfile] = {profile.name: profile for profile in (REFERENCE, PLATFORM)}


def _option(name: str, kind: str = "str", **more: t.Any) -> dict[str, t.Any]:
    return {"type": kind, "fallback": (_from_environment, [variable_of(name)]), **more}


def _from_environment(name: str) -> str:
    """Return the value of an environment variable, as Ansible's C(env_fallback) does.

    An empty variable counts as unset, as in C(resolve). Raises AnsibleFallbackNotFound.
    """
    value = current_runtime().environ.get(name, "")
    if not value.strip():
        raise AnsibleFallbackNotFound
    return value


#: Argument spec. C(no_log=False) marks options whose names look like secrets but are none.
CONNECTION_OPTIONS: dict[str, dict[str, t.Any]] = {
    "base_url": _option("base_url"),
    "region": _option("region"),
    "login_url": _option("login_url"),
    "client_id": _option("client_id"),
    "client_secret": _option("client_secret", no_log=True),
    "access_token": _option("access_token", no_log=True),
    "token_path": _option("token_path", default=TOKEN_PATH, no_log=False),
    "token_request": _option(
        "token_request", choices=["basic", "form", "json"], default="basic", no_log=False
    ),
    "token_pool_size": _option("token_pool_size", "int", default=1, no_log=False),
    "scopes": _option("scopes", "list", elements="str"),
    "timeout": _option("timeout", "float", default=30.0),
    "retries": _option("retries", "int", default=5),
    "deadline": _option("deadline", "float", default=300.0),
    "list_lag": _option("list_lag", "float", default=5.0),
    "validate_certs": _option("validate_certs", "bool", default=True),
    "ca_path": _option("ca_path", "path"),
    "client_cert": _option("client_cert", "path"),
    "client_key": _option("client_key", "path", no_log=False),
    "proxy": _option("proxy"),
    "organization": _option("organization"),
    "api_profile": _option("api_profile", choices=list(PROFILES)),
}

#: The options that name the org's API and its login host.
_TARGET = ("base_url", "region", "login_url")
#: Groups of options. If the task gives one of a group, the environment's values of the group are ignored.
_GROUPS = (
    _TARGET,
    ("access_token", "client_id", "client_secret"),
    ("client_cert", "client_key"),
)
_MAX_SECONDS = 86_400  # a longer timeout is a mistake, and the socket layer overflows at much longer ones
_MAX_TOKENS = 10  # more would exceed the platform's limit for all tokens of a client
_NO_TOKEN_CHARACTER = re.compile(r"[^\x21-\x7e]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_NO_URL_CHARACTER = re.compile(r"[\s\x00-\x1f\x7f\\]")


def resolve(
    given: Mapping[str, t.Any], environ: Mapping[str, str] | None, findings: Findings
) -> Connection | None:
    """Resolve the connection of a task. Return None and add to C(findings) if there are problems.

    C(given) has only the options that the task sets. C(environ) is like C(os.environ), None for the options
    of another org, which have no environment variables. Null, blank text and an empty list count as not
    given.
    """
    problems_before = len(findings.problems)
    options = _resolved(given, environ, findings)
    profile = _profile(options)
    base_url = _target(options, profile)
    _credentials(options)
    _transport(options)
    token_path = _token_path(options)
    login_url = _login_url(options, profile)
    for name, cure in profile.refused_options.items():
        if options.given(name):
            options.problem(name, cure)
    if len(findings.problems) > problems_before or base_url is None:
        return None
    values = {field.name: options.value(field.name) for field in dataclasses.fields(Connection)}
    values["scopes"] = tuple(values["scopes"] or profile.default_scopes)
    values |= {"base_url": base_url, "login_url": login_url, "token_path": token_path, "api_profile": profile}
    return Connection(**values)


def _resolved(
    given: Mapping[str, t.Any], environ: Mapping[str, str] | None, findings: Findings
) -> ResolvedOptions:
    return ResolvedOptions(CONNECTION_OPTIONS, _GROUPS, given, environ, findings)


def refuse_other_api(option: str, other: Connection, profile: ApiProfile, findings: Findings) -> None:
    """Add a problem if the connection of an option is one to another API than that of the task."""
    if other.api_profile.name != profile.name:
        findings.problem(
            option,
            f"has the API {other.api_profile.name!r}, and the org of the task the API {profile.name!r}",
        )


def chosen_profile(
    given: Mapping[str, t.Any], environ: Mapping[str, str] | None, *, fitting: t.Collection[str] = ()
) -> ApiProfile:
    """Return the profile that C(resolve) would choose.

    C(fitting) are the profiles that have the kinds of the task. One of them counts if the task has neither
    C(api_profile) nor a target, as with C(state: validated), and if its C(api_profile) is unknown.
    """
    named = {name: given.get(name) for name in ("api_profile", *_TARGET)}
    options = _resolved(named, environ, Findings())
    unknown = options.given("api_profile") and options.value("api_profile") not in PROFILES
    chosen = any(options.given(name) for name in named) and not unknown
    if chosen or not fitting or DEFAULT_PROFILE.name in fitting:
        return _profile(options)
    return next((profile for name, profile in PROFILES.items() if name in fitting), DEFAULT_PROFILE)


def _profile(options: ResolvedOptions) -> ApiProfile:
    """Return the profile of the option C(api_profile), else the one that the target's host serves."""
    if options.given("api_profile"):
        return PROFILES.get(options.value("api_profile"), DEFAULT_PROFILE)
    base_url, region = options.value("base_url"), options.value("region")
    host = host_of(base_url) if base_url else api_host(region or "") if options.given("region") else ""
    return next((profile for profile in PROFILES.values() if profile.serves(host)), DEFAULT_PROFILE)


def _target(options: ResolvedOptions, profile: ApiProfile) -> str | None:
    if options.given("base_url") and options.given("region"):
        options.problem(
            "base_url", f"excludes {options.label('region')}, which may name another target: give one of them"
        )
    elif not options.given("base_url") and not options.given("region"):
        where = options.with_environment(", in the task or as GENESYS_REGION or GENESYS_BASE_URL")
        options.problem(
            "region",
            f"no target: give region (such as us-east-1 or mypurecloud.com) or base_url{where}; there is no "
            "default",
        )
    region, base_url = options.value("region"), options.value("base_url")
    if region is not None:
        domain = domain_of(region)
        if domain is None:
            shown = "the given value" if re.search(r"[@?#]", region) else repr(region)
            cure = f"to give a host, use base_url instead{suggestion(region)}"
            options.problem("region", f"{shown} is not a known region; {cure}")
        return f"https://{api_host(region)}"
    return None if base_url is None else _checked_url(options, "base_url", base_url, profile.root)


def _login_url(options: ResolvedOptions, profile: ApiProfile) -> str | None:
    """Return the URL of the login host, None if the task does not give it."""
    if not options.given("login_url") or "login_url" in profile.refused_options:
        return None
    if options.given("region"):
        options.problem("login_url", f"excludes {options.label('region')}, which gives both hosts: remove it")
    url = options.value("login_url")
    return None if url is None else _checked_url(options, "login_url", url, profile.token_url("", TOKEN_PATH))


def _checked_url(options: ResolvedOptions, name: str, url: str, added: str) -> str | None:
    """Return a host's URL without a slash at its end. C(added) is the path that requests add to it."""
    parts = _split_url(options, name, url)
    if parts is None:
        return None
    path = parts.path.rstrip("/")
    if parts.username is not None or parts.password is not None:
        options.problem(name, "must not contain credentials: use client_id and client_secret")
    elif parts.query or parts.fragment:
        options.problem(name, "must not have a query or a fragment: end it after the host or path")
    elif path.endswith(added):
        options.problem(name, f"must end before {added}, which every request adds")
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        options.warn(name, "http sends the client secret and every token in clear text: use https")
    return f"{parts.scheme}://{parts.netloc}{path}"


def _split_url(options: ResolvedOptions, name: str, url: str) -> urllib.parse.SplitResult | None:
    """Split an http(s) URL. If it has no usable host, add a problem without secrets and return None."""
    try:
        parts = urllib.parse.urlsplit(url)
        usable = bool(parts.hostname) and not _NO_URL_CHARACTER.search(url) and parts.port != 0
        (parts.hostname or "").encode("idna")
    except ValueError:
        usable = False
    if not usable or parts.scheme not in ("http", "https"):
        shown = "the given value" if re.search(r"[@?#]", url) else repr(url)
        options.problem(name, f"must be a URL like https://host or https://host:8443/path, not {shown}")
        return None
    return parts


def _credentials(options: ResolvedOptions) -> None:
    pair = [name for name in ("client_id", "client_secret") if options.given(name)]
    if options.given("access_token") and pair:
        labels = " and ".join(options.label(name) for name in pair)
        options.problem("access_token", f"excludes {labels}: give the token, or the client's id and secret")
    elif len(pair) == 1:
        missing = "client_id" if pair == ["client_secret"] else "client_secret"
        ignored = (
            f" ({variable_of(missing)} is ignored because the task gives credentials)"
            if missing in options.ignored
            else ""
        )
        options.problem(
            missing, f"is required with {options.label(pair[0])}{ignored}: give both in the same place"
        )
    elif not pair and not options.given("access_token"):
        where = options.with_environment(
            ", in the task or as GENESYS_CLIENT_ID and GENESYS_CLIENT_SECRET, or GENESYS_ACCESS_TOKEN"
        )
        options.problem(
            "client_id", f"no credentials: give client_id and client_secret, or access_token{where}"
        )
    token = options.value("access_token")
    if token is not None and _NO_TOKEN_CHARACTER.search(token):
        options.problem("access_token", "must be the token alone, without 'Bearer', spaces or line breaks")
    size = options.value("token_pool_size")
    if size is not None and not 1 <= size <= _MAX_TOKENS:
        options.problem("token_pool_size", f"must be between 1 and {_MAX_TOKENS}, not {size}")
    elif size not in (None, 1) and options.given("access_token"):
        options.problem(
            "token_pool_size", "needs client_id and client_secret: access_token is the only token of the task"
        )
    for name in ("client_id", "client_secret"):
        if _CONTROL.search(options.value(name) or ""):
            options.problem(name, "must not contain line breaks or other control characters")


def _transport(options: ResolvedOptions) -> None:
    for name in ("timeout", "deadline"):
        seconds = options.value(name)
        if seconds is not None and not (math.isfinite(seconds) and 0 < seconds <= _MAX_SECONDS):
            options.problem(name, f"must be more than 0 and at most {_MAX_SECONDS} seconds, not {seconds:g}")
    lag = options.value("list_lag")
    if lag is not None and not (math.isfinite(lag) and 0 <= lag <= _MAX_SECONDS):
        options.problem("list_lag", f"must be at least 0 and at most {_MAX_SECONDS} seconds, not {lag:g}")
    retries = options.value("retries")
    if retries is not None and retries < 0:
        options.problem("retries", f"must be 0 or more, not {retries}")
    for name in ("ca_path", "client_cert", "client_key"):
        path = options.value(name)
        if path is not None and (_CONTROL.search(path) or not os.access(path, os.F_OK)):
            options.problem(name, f"the file {path!r} does not exist on the host that runs the task")
        elif path is not None and not os.access(path, os.R_OK):
            options.problem(name, f"the file {path!r} cannot be read by the user who runs the task")
    if options.given("client_key") and not options.given("client_cert"):
        options.problem("client_key", "needs client_cert, the certificate that belongs to the key")
    if options.value("proxy") is not None:
        _split_url(options, "proxy", options.value("proxy"))


def _token_path(options: ResolvedOptions) -> str:
    path = str(options.value("token_path"))
    if "://" in path or _NO_URL_CHARACTER.search(path) or re.search(r"[?#]", path):
        shown = "the given value" if re.search(r"[@?#]", path) else repr(path)
        options.problem("token_path", f"must be a path below base_url such as /oauth/token, not {shown}")
    return f"/{path.lstrip('/')}"
