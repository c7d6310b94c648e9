# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests that no wrong-typed or damaged answer gives a traceback or a write to another object.

The environment variable SHARE is the share of all cases that run, HOSTILE_SEED the seed of their choice.
"""

from __future__ import annotations

import os
import random

import pytest

from hostile_cases.answer_scenarios import scenarios
from hostile_cases.wrong_answers import Scenario, cases, play, record, replaying, token_cases, traceback_of
from unit.scripted_server import CLIENT_ID, CLIENT_SECRET, Answer, ScriptedServer

SHARE = float(os.environ.get("SHARE", "0.01"))
SEED = int(os.environ.get("HOSTILE_SEED", "12"))


@pytest.mark.parametrize("scenario", list(scenarios()), ids=lambda scenario: scenario.name)
def test_wrong_answers_give_a_message(new_org, scenario):
    recording = record(new_org(api=scenario.api), scenario)
    everything = list(cases(recording))
    chosen = random.Random(SEED).sample(everything, max(1, round(SHARE * len(everything))))
    with replaying() as server:
        faults = [fault for case in chosen for fault in play(server, recording, case)]
    assert faults == [], f"{len(faults)} faults of {len(chosen)} cases\n" + "\n".join(faults[:20])


def test_wrong_token_answers_give_a_message():
    scenario = Scenario("token", "genesys_webhook_info", {})
    faults = []
    for answer in token_cases():
        with ScriptedServer() as server:
            server.script_tokens(answer)
            server.respond(lambda request: Answer(body={"entities": [], "total": 0}))
            options = {"base_url": server.base_url, "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
            faults += traceback_of(scenario, {**options, "retries": 0, "deadline": 0.3})
    assert faults == []
