# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of published data actions: the findings of each are known, with the reason (P.10, P.11)."""

from __future__ import annotations

import copy
import json
import typing as t

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._findings import Findings
from ansible_collections.genesys.cloud.plugins.module_utils._model.json_objects import get_path, set_path
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.definition import (
    inferred_contract,
)
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.kind import (
    validate_options,
)
from unit.resources.data_action.definition_findings import Judged, judge
from unit.shared_data import needs_corpus, platform_definitions, rest_data_actions

pytestmark = needs_corpus

_INPUTS = "contract.input.inputSchema.properties"
_PATHS = "config.response.translationMap"
_DEFAULTS = "config.response.translationMapDefaults"
_SUCCESS = "config.response.successTemplate"
_URL = "config.request.requestUrlTemplate"

_TEXT_DEFAULT = "the default of an integer is text; the schema keeps it, and flows may not"
_NO_ROOT = "a path without $ works, but two dots or one may be meant"
_UNUSED = "a declared input is used nowhere: harmless, but probably forgotten"
_NO_JSON_DEFAULT = "a response without the value gives a result that is no JSON"
_NO_URL = "an example text in the place of the address: its reader replaces it"
_CASE = "the input has other letters of upper case; whether the platform tells them apart is not known"
_NO_JSON = "the filled template is no JSON, but its author may have tested another text"

#: The warnings on published data actions, by file, each with the reason why it is no problem and no silence.
WARNINGS: dict[str, dict[str, str]] = {
    "011-get-active-users": {f"{_INPUTS}.pageNumber.default": _TEXT_DEFAULT},
    "013-get-all-divisions": {f"{_INPUTS}.pageNumber.default": _TEXT_DEFAULT},
    "017-get-contact-from-contact-list": {_URL: _CASE},
    "038-get-org-roles": {f"{_INPUTS}.pageNumber.default": _TEXT_DEFAULT},
    "049-get-user-queues": {f"{_INPUTS}.pageNumber.default": _TEXT_DEFAULT},
    "052-get-user-skills": {f"{_INPUTS}.pageNumber.default": _TEXT_DEFAULT},
    "053-insert-data-table-row": {"config.request.requestTemplate": _CASE},
    "064-update-external-contact": {
        f"{_INPUTS}.{name}": _UNUSED for name in ("contactOrgName", "contactOrgType", "contactOtherEmail")
    },
    "077-get-conversation-end": {_SUCCESS: f"{_NO_JSON}: a second $ stands before the variable"},
    "081-agents-logged-into-queue": {f"{_PATHS}.total_agents_on_queue": _NO_ROOT},
    "099-dr-create-callback": {f"{_INPUTS}.callerName": _UNUSED},
    "102-get-genesys-cloud-user-presence": {f"{_DEFAULTS}.systemPresence": _NO_JSON_DEFAULT},
    "104-get-genesys-cloud-user-presence": {f"{_DEFAULTS}.systemPresence": _NO_JSON_DEFAULT},
    "105-get-waiting-calls-in-specific-queue-based-on-external-tag": {
        f"{_DEFAULTS}.participantID": _NO_JSON_DEFAULT,
        f"{_DEFAULTS}.conversationID": _NO_JSON_DEFAULT,
    },
    "109-replace-participant-with-ani-cx": {_SUCCESS: f"{_NO_JSON}: rawResult lacks its $"},
    "110-update-external-tag-on-conversation-cx": {_SUCCESS: f"{_NO_JSON}: rawResult lacks its $"},
    "122-limitless-send-email-reply-v1": {_URL: _NO_URL, f"{_INPUTS}.ToName": _UNUSED},
    "148-create-booking": {_URL: _NO_URL},
    "149-get-bookable-slots": {_URL: _NO_URL},
    "162-check-conversation-for-pstn-leg": {f"{_PATHS}.externalSegment": _NO_ROOT},
    "166-getinboundconversationcallscheckforuserpickup": {f"{_PATHS}.userId": _NO_ROOT},
    "167-getinboundconversationdetailsforpickup-includes-group-check": {
        f"{_PATHS}.purpose": _NO_ROOT,
        f"{_PATHS}.segmentType": _NO_ROOT,
    },
    "168-getoutboundconversationdetailsforpickup": {f"{_PATHS}.segmentType": _NO_ROOT},
}
#: The problems: what the platform refuses, or what can never work.
PROBLEMS = {"153-sendagentlessoutboundmessage": {f"{_PATHS}.id": "the path $$.id is refused by the platform"}}


def published() -> dict[str, dict[str, t.Any]]:
    return {
        stem: {key: value for key, value in action.items() if key != "source"}
        for stem, action in platform_definitions().items()
    }


def judged(definition: dict[str, t.Any]) -> Judged:
    return judge(definition, category=definition.get("category") or "Corpus")


def _below(findings: dict[str, str]) -> set[str]:
    return {path.removeprefix("definition.") for path in findings}


def test_the_findings_on_all_published_definitions():
    found = {stem: judged(definition) for stem, definition in published().items()}
    assert len(found) == 98
    problems = {stem: _below(one.problems) for stem, one in found.items() if one.problems}
    warnings = {stem: _below(one.warnings) for stem, one in found.items() if one.warnings}
    assert problems == {stem: set(reasons) for stem, reasons in PROBLEMS.items()}
    assert warnings == {stem: set(reasons) for stem, reasons in WARNINGS.items()}


def test_the_values_of_published_definitions_reach_the_wire():
    for definition in published().values():
        wire = judged(definition).wire
        wanted = {key: value for key, value in definition.items() if value is not None}
        assert wire == {**wanted, "category": definition.get("category") or "Corpus"}


@pytest.mark.parametrize(
    ("path", "suffix", "why"),
    [
        (_URL, "/${input.neverDeclared_1}", "neverDeclared_1"),
        (_URL, "/${", "not closed"),
        ("config.request.requestTemplate", ' #if("$!{input.a}" != "") a', "no #end"),
        ("config.request.requestTemplate", " #end", "#end closes nothing"),
        (_SUCCESS, " ${neverMapped_1}", "neverMapped_1"),
    ],
)
def test_a_slip_in_any_published_template_is_found(path, suffix, why):
    for stem, definition in published().items():
        before = judged(definition).problems
        broken = copy.deepcopy(definition)
        set_path(broken, path, get_path(broken, path) + suffix)
        (found,) = (
            message
            for place, message in judged(broken).problems.items()
            if place not in before and place == f"definition.{path}"
        )
        assert why in found, stem


def test_a_path_that_the_platform_refuses_is_found_in_any_published_map():
    for stem, definition in published().items():
        for name in get_path(definition, _PATHS):
            broken = copy.deepcopy(definition)
            broken["config"]["response"]["translationMap"][name] = "$$.id"
            assert f"definition.{_PATHS}.{name}" in judged(broken).problems, stem


# The same actions as options of the reference API


def _options(entry: dict[str, t.Any]) -> tuple[Judged, Findings]:
    findings = Findings()
    given = copy.deepcopy(entry)
    validate_options(given, findings)
    return judge(**given, category="Corpus"), findings


def test_published_rest_options_become_definitions_without_findings():
    entries = rest_data_actions()
    assert len(entries) == 41
    warned = {}
    for entry in entries:
        found, findings = _options(entry)
        refused = any(mapping["source"] == "$$.id" for mapping in entry["rest"]["variable_mappings"])
        assert bool(findings.problems) is refused
        assert found.problems == {}
        if found.warnings:
            warned[entry["name"]] = set(found.warnings)
        complete = {**found.wire, "contract": {**found.wire["contract"], **inferred_contract(found.wire)}}
        # The object that the options become is itself a definition without problems.
        again = judge(json.loads(json.dumps(complete)))
        assert refused or again.problems == {}
        assert again.wire == complete
    # The path selects an array, and the variable is an integer.
    assert warned == {"Get NSW/VIC/ACT/TAS Time Offset": {"rest.variable_mappings[0].type"}}
