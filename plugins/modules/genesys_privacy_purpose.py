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
  - Options that the task omits keep their value in the org. V(null) resets O(active) and O(diversion_ids) to
    the API's defaults. The other fields of a purpose are mandatory and cannot be V(null).
  - All violated rules (retention, legal basis, name, description) are reported together before the first
    request. With O(state=absent) the rules are not checked, so that a purpose that breaks them can be
    removed.
  - The module never leaves a changed purpose without a description, even if the task omits O(description). If
    the task changes the purpose and another value that it omits breaks a rule, the module warns.
  - The API neither keeps names unique nor supports preconditions. The module therefore fails if several
    purposes have the name, or if another purpose has the new name. It reads the purpose again right before
    the write, so that changes by other clients are kept or reported. Only a change between that read and the
    write is lost.
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
      - Exact name of the purpose. The purpose is found by it, unless O(id) is given.
      - With O(id), a different name renames the purpose.
      - One of O(name) and O(id) is required. O(name) is required to create an object.
    type: str
  id:
    description:
      - ID of an existing purpose. An unknown ID is an error. With O(state=absent) it is no change.
    type: str
  state:
    description:
      - V(present) creates or updates the purpose, V(absent) removes it.
      - V(validated) checks the options offline, without credentials and without a request.
    type: str
    choices: [present, absent, validated]
    default: present
  description:
    description:
      - Reason why the data is kept. Required to create a purpose, and never empty.
    type: str
  retention:
    description:
      - How long data is kept, in days. V(180), V(180.0), V(180d) and V(P180D) mean the same.
      - Months and years (V(P6M)) have no fixed length in days and are rejected, as are weeks, hours and
        fractions.
      - Required to create a purpose.
    type: str
  max_retention_days:
    description:
      - The longest O(retention) that the task accepts, in days. Never sent to the API.
    type: int
    default: 365
  legal_basis:
    description:
      - One of the six legal bases of Article 6(1) of the GDPR. Required to create a purpose.
    type: str
    choices: [consent, contract, legal_obligation, vital_interests, public_task, legitimate_interests]
  active:
    description:
      - Whether the purpose is in use. By default a new purpose is in use.
    type: bool
  diversion_ids:
    description:
      - All IDs of the purpose's diversions. Their order is ignored.
    type: list
    elements: str
  name_rule:
    description:
      - Python regular expression that the whole O(name) must match, such as V([A-Z][A-Za-z0-9_ ]{3,49}).
        Never sent to the API.
      - The expression is not limited in time. A costly expression can be slow on long names.
    type: str
  on_conflict:
    description:
      - How to handle a conflict, which is a change of a declared option by another client between the first
        read and the read right before the write.
      - V(fail) writes nothing and reports both values. V(overwrite) writes the values of the task.
    type: str
    choices: [fail, overwrite]
    default: fail
  verify:
    description:
      - Whether the purpose is read back after a write and compared with the values sent.
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

- name: Deactivate a purpose and keep its other values
  genesys.cloud.genesys_privacy_purpose:
    name: Support Analytics
    active: false

- name: Remove a purpose
  genesys.cloud.genesys_privacy_purpose:
    name: Support Analytics
    state: absent

# A complete playbook that checks a merge request. It validates every purpose of a file without credentials or
# requests, shows every violation of every purpose, and fails at the end. The file privacy_purposes.yml beside
# it holds the list privacy_purposes, whose entries have the options of this module. Entries are passed as
# module defaults, so that a misspelt option is found too.
- name: Validate the privacy purposes of a merge request
  hosts: localhost
  gather_facts: false
  vars_files:
    - privacy_purposes.yml
  tasks:
    - name: Validate every purpose
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
    - The purpose after the task, in the form of the module's options, the retention as V(180d).
    - V(null) after a removal, and if there was nothing to remove.
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
  description: The action that the task took, or would take in check mode.
  returned: success
  type: str
  sample: update
  choices: [none, create, update, delete]
snapshot:
  description: The purpose before the change, V(null) if the task created it.
  returned: when the task changes something
  type: dict
missing:
  description:
    - Options that the task omits and that are required to create a purpose. Empty if the task gives O(id).
  returned: when O(state=validated)
  type: list
  elements: str
  sample: [description]
audit_record:
  description: The org's audit record of the change, see M(genesys.cloud.genesys_audit_info).
  returned: when O(verify_audit) is set and the task changed something
  type: dict
api:
  description: Statistics of the task's API requests.
  returned: success, unless O(state=validated)
  type: dict
  contains:
    profile:
      description: The API that the task used, V(platform) or V(reference).
      type: str
    requests:
      description: Number of HTTP requests, including token requests and retries.
      type: int
    retries:
      description: Number of retries among them.
      type: int
    latency_ms:
      description: Time spent waiting for responses, summed over all calls (milliseconds).
      type: int
    correlation_ids:
      description: The API's correlation IDs of writes and of failed calls, for the vendor's support.
      type: list
      elements: str
"""

from ansible_collections.genesys.cloud.plugins.module_utils._module.resource import run_resource
from ansible_collections.genesys.cloud.plugins.module_utils._resources.privacy_purpose import PRIVACY_PURPOSE


def main() -> None:
    run_resource(PRIVACY_PURPOSE)


if __name__ == "__main__":
    main()
