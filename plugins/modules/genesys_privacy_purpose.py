#!/usr/bin/python
# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: genesys_privacy_purpose
short_description: Manages a privacy purpose of a Genesys Cloud org
description:
  - Creates, updates and removes one privacy purpose (why personal data is kept, on which legal basis of the
    GDPR, and for how long), and changes only what differs.
  - What the task does not name stays as it is in the org. V(null) resets O(active) and O(diversion_ids) to
    the API's defaults; the other options describe what a purpose cannot be without, and cannot be V(null).
  - Every rule that the task breaks (retention, legal basis, name, description) is reported at once, before
    the first request. For O(state=absent) the rules do not count, so that what breaks them can be removed.
  - A purpose never ends without a description, also when the task does not name O(description). Another
    value that the task leaves as it is and that breaks a rule is warned of when the task changes the purpose.
  - The API neither keeps names unique nor knows preconditions. The module therefore refuses to work on one of
    several purposes of a name, and to give a purpose the name of another one. It reads the purpose again
    right before it writes, so that changes of others are kept or reported; only a change in the instant
    between that read and the write is lost.
author:
  - genesys.cloud contributors (@genesys-cloud-collection)
version_added: 1.0.0
extends_documentation_fragment:
  - genesys.cloud.auth
  - genesys.cloud.reporting
  - genesys.cloud.verify_audit
  - genesys.cloud.attributes
options:
  name:
    description:
      - Exact name of the purpose. It is how the purpose is found, unless O(id) is given.
      - With O(id), a different name renames the purpose.
      - One of O(name) and O(id) is required, and a name to create one.
    type: str
  id:
    description:
      - ID of an existing purpose. An unknown ID is an error, and no change for O(state=absent).
    type: str
  state:
    description:
      - V(present) creates or updates the purpose, V(absent) removes it.
      - V(validated) checks the task alone, without credentials or a request.
    type: str
    choices: [present, absent, validated]
    default: present
  description:
    description:
      - What the purpose is for. Required to create a purpose, and never empty.
    type: str
  retention:
    description:
      - How long data is kept, in days. V(180), V(180d) and V(P180D) mean the same.
      - Months and years (V(P6M)) have no fixed length in days and are refused, and so are weeks, hours and
        fractions.
      - Required to create a purpose.
    type: str
  max_retention_days:
    description:
      - The longest O(retention) that the task accepts, in days. Never sent.
    type: int
    default: 365
  legal_basis:
    description:
      - The legal basis, one of the six of Article 6(1) of the GDPR. Required to create a purpose.
    type: str
    choices: [consent, contract, legal_obligation, vital_interests, public_task, legitimate_interests]
  active:
    description:
      - Whether the purpose is in use. A new purpose is, unless the task says otherwise.
    type: bool
  diversion_ids:
    description:
      - IDs of the purpose's diversions, all of them. Their order means nothing.
    type: list
    elements: str
  name_rule:
    description:
      - Regular expression (Python's) that the whole O(name) has to fit, such as V([A-Z][A-Za-z0-9_ ]{3,49}).
        Never sent.
      - It is used as it is. How long it takes on long names is up to the expression.
    type: str
  on_conflict:
    description:
      - What to do when somebody else changes a declared option between the first read and the one right
        before the write.
      - V(fail) writes nothing and shows both values, V(overwrite) lets the task win.
    type: str
    choices: [fail, overwrite]
    default: fail
  verify:
    description:
      - Whether the purpose is read back after a write and compared with what was sent.
    type: bool
    default: true
seealso:
  - module: genesys.cloud.genesys_privacy_purpose_info
"""

EXAMPLES = r"""
- name: Support analytics are kept for half a year
  genesys.cloud.genesys_privacy_purpose:
    name: Support Analytics
    description: Interactions with the support, kept for quality assurance and audits
    retention: 180d
    legal_basis: legitimate_interests

- name: Switch a purpose off and leave the rest of it as it is
  genesys.cloud.genesys_privacy_purpose:
    name: Support Analytics
    active: false

- name: Remove a purpose
  genesys.cloud.genesys_privacy_purpose:
    name: Support Analytics
    state: absent

# A whole playbook, the gate of a merge request: it judges every purpose of a file, needs no credentials and
# sends nothing, shows every violation of every purpose, and fails at the end. The file privacy_purposes.yml
# beside it holds the list privacy_purposes, each entry with the options of this module. Entries come as
# module defaults, so that a misspelt option is found too.
- name: Judge the privacy purposes of a merge request
  hosts: localhost
  gather_facts: false
  vars_files:
    - privacy_purposes.yml
  tasks:
    - name: Judge every purpose
      genesys.cloud.genesys_privacy_purpose:
        state: validated
        max_retention_days: 365
        name_rule: "[A-Z][A-Za-z0-9_ ]{3,49}"
      module_defaults:
        genesys.cloud.genesys_privacy_purpose: "{{ purpose }}"
      loop: "{{ privacy_purposes }}"
      loop_control:
        loop_var: purpose
        label: "{{ purpose.name | default('(without a name)') }}"
      register: judged
      ignore_errors: true

    - name: Let the merge request pass
      ansible.builtin.assert:
        that: (wrong + incomplete + twice) | length == 0
        fail_msg: "Wrong: {{ wrong }}. Incomplete: {{ incomplete }}. Given more than once: {{ twice }}."
      vars:
        wrong: "{{ judged.results | select('failed') | map(attribute='purpose.name', default='?') | list }}"
        good: "{{ judged.results | reject('failed') | list }}"
        incomplete: "{{ good | selectattr('missing') | map(attribute='purpose.name') | list }}"
        names: "{{ privacy_purposes | selectattr('name', 'defined') | groupby('name', case_sensitive=true) }}"
        twice: "{{ names | selectattr('1.1', 'defined') | map('first') | list }}"
"""

RETURN = r"""
record:
  description:
    - The purpose as it is after the task, in the terms of the options; the retention as V(180d).
    - V(null) after a removal, and where there was nothing to remove.
  returned: success, unless O(state=validated)
  type: dict
  sample:
    id: 7b6d5c0e-4f0c-4a55-9d5e-2f3ab2a4f1c9
    name: Support Analytics
    description: Interactions with the support, kept for quality assurance and audits
    retention: 180d
    legal_basis: legitimate_interests
    active: true
    diversion_ids: []
    created_date: "2026-01-15T10:30:00.000Z"
    modified_date: "2026-01-20T14:22:00.000Z"
plan:
  description: What the task did, or would do in check mode.
  returned: success
  type: str
  sample: update
  choices: [none, create, update, delete]
snapshot:
  description: The purpose as it was before a change, V(null) before its creation.
  returned: when the task changes something
  type: dict
missing:
  description:
    - The options that the task leaves away although a purpose cannot be created without them. Empty where it
      gives O(id).
  returned: when O(state=validated)
  type: list
  elements: str
  sample: [description]
audit_record:
  description: The org's own audit record of the change, see M(genesys.cloud.genesys_audit_info).
  returned: when O(verify_audit) is set and the task changed something
  type: dict
api:
  description: What the task asked of the API.
  returned: success, unless O(state=validated)
  type: dict
  contains:
    requests:
      description: HTTP requests sent, the token's and repeated ones included.
      type: int
    retries:
      description: How many of them were repeats.
      type: int
    latency_ms:
      description: Milliseconds spent waiting for answers, all calls together.
      type: int
    correlation_ids:
      description: The API's correlation IDs of writes and of failed calls, for its support.
      type: list
      elements: str
"""

from ansible_collections.genesys.cloud.plugins.module_utils._module.resource import run_resource
from ansible_collections.genesys.cloud.plugins.module_utils._resources.privacy_purpose import PRIVACY_PURPOSE


def main() -> None:
    run_resource(PRIVACY_PURPOSE)


if __name__ == "__main__":
    main()
