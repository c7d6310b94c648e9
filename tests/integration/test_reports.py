# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of audit log and notifications by ansible-playbook: parallel forks, hidden secrets (S2.9, S2.10)."""

from __future__ import annotations

import json

from unit.scripted_server import Answer, ScriptedServer

PLAYBOOK = """
- name: Report
  hosts: all
  gather_facts: false
  module_defaults:
    group/genesys.cloud.genesys: "{{ connection }}"
    group/genesys.cloud.resources:
      audit_log: "{{ log }}"
      notify:
        url: "{{ hook }}"
        headers:
          Authorization: Bearer hook-s3cr3t-1
        on: [changed, failed]
  tasks:
    - name: Create
      genesys.cloud.genesys_data_action:
        name: A
        rest:
          url: https://crm.example.com
          method: GET
          headers:
            Authorization: Bearer crm-s3cr3t-2
      register: created
    - name: Read
      genesys.cloud.genesys_data_action_info:
        name: A
    - name: Show
      ansible.builtin.debug:
        var: created
"""


def test_orgs_in_parallel_share_a_log_and_a_listener(playbook, new_org, tmp_path):
    orgs = {f"org{number}": new_org() for number in range(4)}
    inventory = {name: {"connection": org.connection} for name, org in orgs.items()}
    log = tmp_path / "changes.jsonl"
    with ScriptedServer() as listener:
        listener.respond(lambda request: Answer(202))
        extra_vars = {"log": str(log), "hook": f"{listener.base_url}/hook/s3cr3t-3"}
        run = playbook(PLAYBOOK, inventory=inventory, extra_vars=extra_vars, verbosity=4)
        told = [json.loads(call.body) for call in listener.calls]
    assert run.returncode == 0, run.output
    records = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert sorted(record["org_id"] for record in records) == sorted(org.id for org in orgs.values())
    assert {record["status"] for record in records} == {"applied"}
    assert sorted(map(str, told)) == sorted(map(str, records))
    shown = run.output + json.dumps([one.result for one in run.tasks])
    assert [secret for secret in ("s3cr3t-1", "s3cr3t-2", "hook/s3cr3t-3") if secret in shown] == []
