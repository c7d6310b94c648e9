# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Slips in a playbook: in both lanes the message names the option, and there is no traceback."""

from __future__ import annotations

from integration.lanes import both_lanes, normalized
from integration.playbook import make_play

ACTION, FLOW = "genesys.cloud.genesys_data_action", "genesys.cloud.genesys_flow_settings"
ORG = "genesys.cloud.genesys_org_config"
#: A variable of the environment that is not encoded in UTF-8.
NAME, VALUE = "TEST_LATIN_1", "caf\udce9"
LONE = f"{{{{ lookup('env', '{NAME}') }}}}"
#: The beginning of the message -> the module and its arguments.
SLIPS = {
    "rest: must be a dictionary": (ACTION, {"name": "A", "rest": True}),
    "notify: must be a dictionary": (ACTION, {"name": "A", "notify": True}),
    "routing: must be a dictionary": (FLOW, {"name": "A", "routing": 5}),
    "prune: must be a dictionary": (ORG, {"config": {}, "prune": [None]}),
    "retries: must be a whole number": (ACTION, {"name": "A", "retries": float("inf")}),
    "journal: must be a path without NUL": (ACTION, {"name": "A", "journal": "/tmp/a\0b"}),
    "description: must be Unicode text": (ACTION, {"name": "A", "description": LONE}),
}


def test_slips_in_both_lanes(playbook, new_org):
    orgs = {"fast": new_org(), "module": new_org()}
    tasks = [
        {"name": message, module: given, "ignore_errors": True} for message, (module, given) in SLIPS.items()
    ]
    run = playbook(
        [make_play(tasks, connection="{{ org }}")], inventory=both_lanes(**orgs), env={NAME: VALUE}
    )
    assert "Traceback" not in run.output
    for message in SLIPS:
        outcomes = {lane: run.result(message, lane) for lane in orgs}
        for outcome in outcomes.values():
            assert outcome.result["msg"].startswith(message), outcome.result
        normal = [normalized(outcomes[lane], org)[1] for lane, org in orgs.items()]
        assert normal[0] == normal[1]
    assert all(org.log() == [] for org in orgs.values())
