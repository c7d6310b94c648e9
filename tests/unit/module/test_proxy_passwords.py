# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests that the password of a proxy is hidden, also in a task whose connection has problems."""

from __future__ import annotations

import json

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._http.connection import proxy_secrets
from unit.module_runner import run_module
from unit.scripted_server import Answer, ScriptedServer

#: URLs of a proxy and the password in them, encoded where the URL has it encoded.
PROXIES = {
    "http://ops:pa55w@proxy.example.invalid:3128": "pa55w",
    "http://ops:pa55%2Fw@proxy.example.invalid": "pa55%2Fw",
    "socks5://ops:pa55w@proxy.example.invalid:1080": "pa55w",
    "ops:pa55w@proxy.example.invalid:3128": "pa55w",
    "http://ops:pa/55w@proxy.example.invalid": "pa/55w",
    "http://ops:pa@55w@proxy.example.invalid": "pa@55w",
    "http://ops:pa55w@proxy.example.invalid:99999": "pa55w",
    "http://:pa55w@proxy.example.invalid": "pa55w",
}


@pytest.mark.parametrize(("proxy", "password"), PROXIES.items())
@pytest.mark.parametrize("source", ["task", "environment"])
def test_password_in_a_task_without_a_connection(proxy, password, source):
    """Check the option, and another option with the same text."""
    given = {"name": "A", "rest": {"url": "https://x.example", "method": "GET"}, "organization": password}
    environ = {"GENESYS_PROXY": proxy} if source == "environment" else {}
    result = run_module(
        "genesys_data_action", {**given, **({} if environ else {"proxy": proxy})}, environ=environ
    )
    assert result["failed"] and "no target" in str(result["problems"])
    assert password not in json.dumps(result)


def test_password_of_the_proxy_of_the_environment():
    """Check a proxy that repeats its password in an error page."""
    with ScriptedServer() as server:
        server.script(Answer(502, "ops used pa55w and pa55/w and pa55%2Fw"))
        url = server.base_url.replace("//", "//ops:pa55%2Fw@")
        given = {"base_url": "http://api.example.invalid", "access_token": "t0ken", "retries": 0, "name": "W"}
        result = run_module("genesys_webhook_info", given, environ={"HTTP_PROXY": url, "NO_PROXY": ""})
    assert "ops used pa55w and ******** and ********" in result["msg"]


@pytest.mark.parametrize("proxy", [None, "", "http://proxy:3128", "http://ops@proxy", "http://ops:@proxy", 7])
def test_proxies_without_password(proxy):
    assert proxy_secrets(proxy) == set()
