# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Test that ansible-playbook with -vvvv shows no secret of an option in any form, in both lanes (S1.7)."""

from __future__ import annotations

import json

from integration.lanes import SWITCHED_OFF, both_lanes, lanes_of

CANARY = "c4n4ry-s3cr3t"
HEADERS = {"Authorization": f"Bearer {CANARY}"}
REST = {"url": "https://crm.example.com", "method": "GET"}
URL = f"https://hooks.example.com/in?api_key={CANARY}"

#: Task name -> (module, options); the last five are mistakes.
TASKS = {
    "JSON text": ("data_action", {"name": "A", "rest": {**REST, "headers": json.dumps(HEADERS)}}),
    "JSON text of rest": ("data_action", {"name": "B", "rest": json.dumps({**REST, "headers": HEADERS})}),
    "Python text": ("data_action", {"name": "C", "rest": {**REST, "headers": str(HEADERS)}}),
    "Webhook": (
        "webhook",
        {"name": "W", "events": ["flow.updated"], "target": json.dumps({"url": URL, "headers": HEADERS})},
    ),
    "Org": (
        "org_config",
        {"config": {"data_actions": [{"name": "D", "rest": json.dumps({**REST, "headers": HEADERS})}]}},
    ),
    "Header line": ("data_action", {"name": "A", "rest": {**REST, "headers": f"Authorization: {CANARY}"}}),
    "Header lines": ("data_action", {"name": "A", "rest": {**REST, "headers": [f"Authorization: {CANARY}"]}}),
    "Notify": ("data_action", {"name": "A", "rest": REST, "notify": URL}),
    "Base URL": ("data_action", {"name": "A", "base_url": f"https://ops:{CANARY}@crm.example.com"}),
    "Number of headers": ("data_action", {"name": "A", "rest": 1}),
}
MISTAKES = list(TASKS)[-5:]


def test_no_secret_is_displayed(playbook, new_org):
    orgs = [new_org(name="Acme"), new_org(name="Acme")]
    tasks = [
        {
            "name": name,
            f"genesys.cloud.genesys_{module}": {
                **{key: f"{{{{ org.{key} }}}}" for key in orgs[0].connection},
                **options,
            },
            "diff": True,
            "ignore_errors": True,
        }
        for name, (module, options) in TASKS.items()
    ]
    run = playbook(tasks, inventory=both_lanes(*orgs), verbosity=4)
    for name in TASKS:
        assert lanes_of(run)["fast", name] == "fast lane"
        assert lanes_of(run)["module", name] == SWITCHED_OFF
        for host in ("fast", "module"):
            expected = "failed" if name in MISTAKES else "changed"
            assert run.result(name, host).status == expected, run.output
    shown = [line for line in run.output.splitlines() if CANARY in line]
    assert shown == [] and CANARY not in json.dumps([task.result for task in run.tasks])
