# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the inputs of a data action: placeholders in its URL, headers and body (S1.2)."""

from __future__ import annotations

import re
import time
import typing as t

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.genesys.cloud.plugins.module_utils._findings import Findings
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.placeholders import (
    check_inputs,
)
from unit.shared_data import needs_corpus, platform_actions, rest_data_actions


def judge(rest: dict[str, t.Any]) -> dict[str, str]:
    findings = Findings()
    check_inputs(rest, "rest", findings)
    assert findings.warnings == []
    return {problem.path: problem.message for problem in findings.problems}


def inputs_of(text: str) -> list[str]:
    """Return the inputs that a text uses, in the order of their problems if none is declared."""
    findings = Findings()
    check_inputs({"body": text, "inputs": []}, "rest", findings)
    used = (re.match(r"uses \$\{(.+)\}, which ", problem.message) for problem in findings.problems)
    return [match[1] for match in used if match]


@pytest.mark.parametrize(
    ("text", "inputs"),
    [
        ("", []),
        ("/plain", []),
        ("/v1/customers/${customer_id}", ["customer_id"]),
        ("/${b}/${a}/${b}", ["b", "a"]),
        ("${input}", ["input"]),
        ("${input.conversationId}", ["conversationId"]),
        ("${INPUT.ConversationID}/$Input.other/$!input.third", ["ConversationID", "other", "third"]),
        ("$!{optional}", ["optional"]),
        ('{"key": "$!{input.Example}}"}', ["Example"]),
        ("/rows/${input.KEY.replace(' ', '%20')}?x=1", ["KEY"]),
        ("/rows/${key.replace('}', \"}\").trim()}", ["key"]),
        ("${customer.address[0].city}", ["customer"]),
        ("${name|'nobody'}", ["name"]),
        ("?q=$esc.url(${search})", ["search"]),
        ('$esc.url("FIND {$salesforce.escReserved(${phone}))} IN PHONE")', ["phone"]),
        ("${esc.jsonString(${body})}", ["body"]),
        ("$esc.url('On Queue')", []),
        ("${input.rawRequest}", []),
        ("${credentials.apiKey} ${authResponse.token}", []),
        ("${credentials}", ["credentials"]),
        ('#if("$!{role1}" != "") "$!{role1}" #end', ["role1"]),
        ("#set($x = ${a}) ${x} ${input.x}", ["a", "x"]),
        ("#foreach($one in $input.list) ${one.id} ${foreach.index} #end", ["list"]),
        ("?$filter=a eq $5 and @{Contact.Id} {b} $c", []),
        ("\\${literal} \\\\${real}", ["real"]),
        ("$${a}", ["a"]),
        ("${a} ## ${b} ${\n${c} #${d}", ["a", "c", "d"]),
        ("#* ${a}\n ## ${b} *#${c}", ["c"]),
        ("#** ${a} **##[[ ${b} ]] ${c} ]]#${d}", ["d"]),
        ("## #set($x = 1)\n${x}", ["x"]),
        ("#[[${a}", ["a"]),
        ("${größe} ${a-b} ${_c1}", ["größe", "a-b", "_c1"]),
    ],
)
def test_what_is_an_input(text, inputs):
    assert inputs_of(text) == inputs
    assert judge({"body": text}) == {}


@pytest.mark.parametrize(
    ("text", "place", "why"),
    [
        ("${", "character 1", "not closed"),
        ("/a/${customer", "character 4", "not closed"),
        ("/a/${customer/orders", "character 4", "not closed"),
        ('{"a": "${customer", "b": "${c}"}', "character 8", "not closed"),
        ('{\n  "a": ${customer\n}', "line 2, character 8", "not closed"),
        ("${a${b}", "character 1", "not closed"),
        ("${}", "character 1", "no name"),
        ("x$!{}", "character 2", "no name"),
        ("${ a}", "character 1", "' '"),
        ("${a b}", "character 1", "' '"),
        ("${1a}", "character 1", "'1'"),
        ("${a!}", "character 1", "'!'"),
        ("${a.}", "character 1", "'.'"),
        ("${input.}", "character 1", "'.'"),
    ],
)
def test_a_malformed_placeholder_is_named_with_its_place(text, place, why):
    (message,) = judge({"url": text}).values()
    assert f"placeholder at {place} " in message and why in message


def test_each_option_is_named_and_no_secret_is_shown():
    found = judge(
        {
            "url": "/${",
            "headers": {"Authorization": "Bearer s3cr3t-${token s3cr3t", "X-Id": "${id}", "X-Count": 5},
            "body": '{"APIKey": "s3cr3t", "a": "${"}',
        }
    )
    assert list(found) == ["rest.url", "rest.headers.Authorization", "rest.body"]
    assert "s3cr3t" not in str(found)


def test_without_declared_inputs_nothing_is_undeclared():
    assert judge({"url": "/${a}", "headers": None, "body": None}) == {}
    assert judge({"url": "/${a}", "inputs": None}) == {}
    assert judge({}) == {}


def test_declared_inputs_that_are_used_everywhere():
    rest = {
        "url": "/${customer_id}",
        "headers": {"Authorization": "Bearer ${token}"},
        "body": '{"q": "$esc.jsonString(${query})"}',
        "inputs": ["query", "customer_id", "token"],
    }
    assert judge(rest) == {}


def test_undeclared_and_unused_inputs_are_reported_each():
    found = judge(
        {
            "url": "/${custmer_id}/${other}",
            "headers": {"X-Token": "${token}"},
            "inputs": ["customer_id", "token", "token", "verbose"],
        }
    )
    assert list(found) == ["rest.url", "rest.inputs[0]", "rest.inputs[2]", "rest.inputs[3]"]
    assert "'token' is declared twice" in found["rest.inputs[2]"]
    assert "'verbose' is not used" in found["rest.inputs[3]"]


def test_a_near_name_is_suggested_and_names_compare_exactly():
    for used, declared in (("custmer_id", "customer_id"), ("customerId", "customerid")):
        found = judge({"url": f"/${{{used}}}", "inputs": [declared]})
        assert f"${{{used}}}" in found["rest.url"] and f"did you mean {declared!r}?" in found["rest.url"]
        assert f"{declared!r} is not used" in found["rest.inputs[0]"]


def test_no_inputs_declared_at_all():
    assert "${a}" in judge({"url": "/${a}", "inputs": []})["rest.url"]


def test_a_long_body_is_read_in_linear_time():
    body = '{"a": "${name}", "b": "\\${x}", "c": "$esc.url(${other.trim()})"}\n' * 5000
    start = time.process_time()
    assert inputs_of(body) == ["name", "other"]
    assert time.process_time() - start < 1


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.text(alphabet="${}!input.ab ()'\"\\#[]|\n")))
def test_any_text_is_read_without_a_crash(text):
    names = inputs_of(text)
    assert len(set(names)) == len(names)
    judge({"url": text, "headers": {text: text}, "body": text, "inputs": names})


# Real data actions


@needs_corpus
def test_no_real_placeholder_is_called_malformed():
    requests = [entry["rest"] for entry in rest_data_actions()]
    for action in platform_actions():
        request = action["config"]["request"]
        requests.append(
            {
                "url": request["requestUrlTemplate"],
                "headers": request.get("headers"),
                "body": request.get("requestTemplate"),
            }
        )
    assert len(requests) > 100
    for rest in requests:
        assert judge(rest) == {}


@needs_corpus
def test_the_inputs_found_are_those_that_real_data_actions_declare():
    """Check real data actions; two published ones misspell an input, which the check must find."""
    undeclared = set()
    for action in platform_actions():
        request = action["config"]["request"]
        texts = [
            request["requestUrlTemplate"],
            request.get("requestTemplate"),
            *(request.get("headers") or {}).values(),
        ]
        declared = set(action["contract"]["input"]["inputSchema"].get("properties") or {})
        undeclared |= {name for text in texts for name in inputs_of(text or "")} - declared
    assert undeclared == {"contactlistId", "key"}


@needs_corpus
def test_most_real_data_actions_have_inputs():
    found = {name for entry in rest_data_actions() for name in inputs_of(entry["rest"]["url"])}
    assert {"conversationId", "pageNumber", "USER_ID"} <= found
