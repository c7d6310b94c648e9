# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests that no form of a secret reaches syslog, invocation, result or messages, in either lane (S1.7)."""

from __future__ import annotations

import importlib
import json

import pytest
from ansible.module_utils.basic import AnsibleModule

from ansible_collections.genesys.cloud.plugins.module_utils import _deps
from ansible_collections.genesys.cloud.plugins.module_utils._runtime import Runtime
from ansible_collections.genesys.cloud.plugins.plugin_utils._fast_lane_process import (
    encode_arguments,
    run_main,
)
from unit.module_runner import run_module, sent_arguments

CANARY = "c4n4ry-s3cr3t"
NUMBER = 4815162342108
LINE = f"Authorization: Bearer {CANARY}"
#: Forms of a map of headers: those that Ansible converts to a dictionary, and mistakes.
HEADERS = {
    "dictionary": {"Authorization": f"Bearer {CANARY}"},
    "JSON text": json.dumps({"Authorization": f"Bearer {CANARY}"}),
    "Python text": str({"Authorization": f"Bearer {CANARY}"}),
    "key=value": f"X-Token={CANARY}",
    "header line": LINE,
    "header line with =": f"Authorization: Basic {CANARY}==",
    "list of lines": [LINE],
    "list of dictionaries": [{"Authorization": CANARY}],
    "list as JSON text": json.dumps([LINE]),
    "line as key": {LINE: None},
    "line without colon as key": {f"Authorization Bearer {CANARY}": "x"},
    "number": {"X-Api-Key": NUMBER},
    "number alone": NUMBER,
    "boolean": {"X-Api-Key": True, "Authorization": CANARY},
    "nested list": {"Authorization": [CANARY]},
    "nested dictionary": {"Authorization": {"value": f"Bearer {CANARY}"}},
    "broken JSON text": json.dumps({"Authorization": f"Bearer {CANARY}"})[:-1],
    "twice": {"Authorization": CANARY, "authorization": CANARY},
}
#: Forms of the fields of a credential.
FIELDS = {
    **HEADERS,
    "field": {"userName": "crm", "password": CANARY},
    "field in JSON text": json.dumps({"userName": "crm", "password": CANARY}),
    "number as field": {"password": NUMBER},
    "nested field": {"basicAuth": {"password": CANARY}},
    "null beside it": {"userName": None, "password": CANARY},
}
SECRET_URL = f"https://hooks.example.com/in?api_key={CANARY}"
#: Forms of a URL.
URLS = {
    "text": SECRET_URL,
    "list": [SECRET_URL],
    "JSON text": json.dumps([SECRET_URL]),
    "key": {SECRET_URL: None},
    "password": f"https://ops:{CANARY}@hooks.example.com",
    "password with slash": f"https://ops:{CANARY}/x@hooks.example.com",
    "user": f"https://{CANARY}@hooks.example.com",
    "user with empty password": f"https://{CANARY}:@hooks.example.com",
    "fragment": f"https://hooks.example.com/#access_token={CANARY}",
    "signed": f"https://hooks.example.com/in?X-Amz-Credential={CANARY}",
    "without scheme": f"ops:{CANARY}@hooks.example.com",
}
REST = {"url": "https://crm.example.com", "method": "GET"}
HOOK = {"name": "W", "events": ["flow.updated"]}
TARGET = {"url": "https://hooks.example.com/in"}
NOTIFY = {"url": "http://127.0.0.1:9/", "on": ["planned"]}


def data_action(**rest):
    return "genesys_data_action", {"name": "A", "rest": {**REST, **rest}}


def declared(**rest):
    return {"config": {"data_actions": [data_action(**rest)[1]]}}


def webhook(**target):
    return "genesys_webhook", {**HOOK, "target": {**TARGET, **target}}


def credential(**given):
    return "genesys_integration_credential", {"name": "L", "type": "basicAuth", **given}


def option(**given):
    return "genesys_data_action", {"name": "A", "rest": REST, **given}


def as_text(task, name, convert=json.dumps):
    """Return the task with one of its structures as text."""
    module, options = task
    return module, {**options, name: convert(options[name])}


def _cases():
    for form, value in HEADERS.items():
        places = {
            "rest.headers": data_action(headers=value),
            "rest.headers in JSON": as_text(data_action(headers=value), "rest"),
            "rest.headers in Python": as_text(data_action(headers=value), "rest", str),
            "rest": option(rest=value),
            "hedaers": option(hedaers=value),
            "rest.hedaers": data_action(hedaers=value),
            "target.headers": webhook(headers=value),
            "target.headers in JSON": as_text(webhook(headers=value), "target"),
            "notify.headers": option(notify={**NOTIFY, "headers": value}),
            "declared": ("genesys_org_diff", declared(headers=value)),
            "declared in JSON": as_text(("genesys_org_diff", declared(headers=value)), "config"),
            "notify.headers in JSON": as_text(option(notify={**NOTIFY, "headers": value}), "notify"),
        }
        for place, task in places.items():
            yield f"{place}: {form}", *task
    for form, value in URLS.items():
        places = {
            "base_url": option(base_url=value),
            "proxy": option(proxy=value, retries=0, timeout=0.1),
            "region": option(base_url=None, region=value),
            "token_path": option(token_path=value),
            "notify.url": option(notify={**NOTIFY, "url": value, "on": ["rolled_back"]}),
            "notify": option(notify=value),
            "target.url": webhook(url=value),
            "rest.url": data_action(url=value),
            "target": ("genesys_webhook", {**HOOK, "target": value}),
            "info": ("genesys_webhook_info", {"base_url": value}),
            "audit": ("genesys_audit_info", {"base_url": value}),
            "other": ("genesys_org_diff", {"other": value}),
            "other.base_url": ("genesys_org_diff", {"other": {"base_url": value}}),
            "other.proxy": ("genesys_org_diff", {"other": {"region": "us-east-1", "proxy": value}}),
            "source": ("genesys_org_promote", {"source": value}),
            "values": ("genesys_org_promote", {"values": [{"from": value, "to": "x", "match": "all"}]}),
            "secrets": ("genesys_org_promote", {"secrets": {"vault_webhook_feed_target_url": value}}),
        }
        for place, task in places.items():
            yield f"{place}: {form}", *task
    for form, value in FIELDS.items():
        places = {
            "fields": credential(fields=value),
            "fields in JSON": as_text(credential(fields=value), "fields"),
            "fields in Python": as_text(credential(fields=value), "fields", str),
            "feilds": credential(feilds=value),
            "fields, always": credential(fields=value, update_secret="always"),
        }
        for place, task in places.items():
            yield f"{place}: {form}", *task
    path = f"https://hooks.example.com/services/T0/{CANARY}"
    yield "target.url: path", *webhook(url=path)
    yield "target.url in JSON: path", *as_text(webhook(url=path), "target")
    yield "target.url in Python: path", *as_text(webhook(url=path), "target", str)
    for name in ("X-Auth", "X-Amz-Key-Id", "Proxy-JWT", "jwt", "X-Hub-Signature-256"):
        yield f"rest.headers: {name}", *data_action(headers={name: CANARY})
        yield f"target.headers in JSON: {name}", *as_text(webhook(headers={name: CANARY}), "target")


CASES = list(_cases())


@pytest.fixture
def syslog(monkeypatch):
    """Return the list of the lines that modules write to syslog."""
    lines: list[str] = []
    monkeypatch.setattr(AnsibleModule, "_log_to_syslog", lambda self, message: lines.append(message))
    monkeypatch.setattr("ansible.module_utils.basic.has_journal", False)
    return lines


def in_module_lane(name, arguments):
    return json.dumps(run_module(name, arguments, check_mode=True))


def in_fast_lane(name, arguments):
    main = importlib.import_module(f"ansible_collections.genesys.cloud.plugins.modules.{name}").main
    sent = sent_arguments(arguments, check_mode=True)
    outcome = run_main(main, encode_arguments(name, sent), Runtime({}), ".")
    return outcome["stdout"] + outcome["stderr"]


@pytest.fixture(params=[in_module_lane, in_fast_lane])
def lane(request):
    return request.param


def is_shown(text):
    return CANARY in text or str(NUMBER) in text


@pytest.fixture
def org(request, new_org):
    """Return an org of the API that the kind of the case needs."""
    return new_org(
        api="platform" if "credential" in str(getattr(request.node, "callspec", "")) else "reference"
    )


@pytest.mark.parametrize(("module", "options"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_no_secret_is_shown(org, syslog, lane, module, options):
    output = lane(module, {**org.connection, **options})
    assert "Traceback" not in output
    assert not is_shown(output), output
    assert not is_shown(str(syslog)), syslog


def _configs():
    for form, value in HEADERS.items():
        for kind, (_module, entry) in (
            ("data_actions", data_action(headers=value)),
            ("webhooks", webhook(headers=value)),
            ("data_actions", option(rest=value)),
        ):
            yield f"{kind}: {form}", {kind: [entry]}
            yield f"{kind}, JSON entry: {form}", {kind: [json.dumps(entry)]}
            yield f"{kind}, JSON list: {form}", {kind: json.dumps([entry])}
            yield f"{kind}, JSON config: {form}", json.dumps({kind: [entry]})
    for form, value in FIELDS.items():
        kind, entry = "integration_credentials", credential(fields=value)[1]
        yield f"{kind}: {form}", {kind: [entry]}
        yield f"{kind}, JSON entry: {form}", {kind: [json.dumps(entry)]}
        yield f"{kind}, JSON list: {form}", {kind: json.dumps([entry])}
        yield f"{kind}, JSON config: {form}", json.dumps({kind: [entry]})
    path = f"https://hooks.example.com/services/{CANARY}"
    yield "target.url: path", {"webhooks": [webhook(url=path)[1]]}
    yield "target.url in JSON: path", {"webhooks": json.dumps([webhook(url=path)[1]])}
    for form in ("text", "list", "key", "JSON text", "user", "fragment", "signed"):
        yield f"target.url: {form}", {"webhooks": [webhook(url=URLS[form])[1]]}
        yield f"rest.url: {form}", {"data_actions": [data_action(url=URLS[form])[1]]}


CONFIGS = list(_configs())


@pytest.mark.parametrize("config", [case[1] for case in CONFIGS], ids=[case[0] for case in CONFIGS])
def test_no_secret_of_an_entry_is_shown(org, syslog, lane, config):
    output = lane("genesys_org_config", {**org.connection, "config": config})
    assert not is_shown(output), output
    assert not is_shown(str(syslog)), syslog


def test_the_arguments_are_logged_and_returned(org, syslog, lane):
    """Check that the tests above look at the places where Ansible shows arguments."""
    output = json.loads(lane(*_with(org, data_action(headers=HEADERS["JSON text"]))))
    assert not output.get("failed") and output["plan"] == "create"
    assert "https://crm.example.com" in str(syslog) and "Authorization" in str(syslog)
    shown = output["invocation"]["module_args"]["rest"]
    assert shown["headers"] == {"Authorization": "********"} and shown["url"] == "https://crm.example.com"


def _with(org, task):
    return task[0], {**org.connection, **task[1]}


def test_a_missing_library_shows_none(org, syslog, lane, monkeypatch):
    """Check a task whose arguments cannot be checked."""
    monkeypatch.setitem(_deps.MISSING, "httpx", "ModuleNotFoundError: No module named 'httpx'")
    for form in ("dictionary", "JSON text", "header line", "list of lines"):
        output = lane(*_with(org, data_action(headers=HEADERS[form])))
        assert '"failed": true' in output and "(httpx)" in output
        assert not is_shown(output) and not is_shown(str(syslog))


def test_a_message_says_what_was_expected(org):
    """Check that the value of a structure is described and not repeated."""
    result = run_module(
        "genesys_data_action",
        {**org.connection, "name": "A", "rest": {**REST, "headers": LINE}, "notify": SECRET_URL},
    )
    assert sorted(result["problems"]) == [
        "notify: must be a dictionary, not text",
        "rest.headers: must be a dictionary, not text",
    ]
