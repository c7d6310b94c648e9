#!/usr/bin/python
# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: genesys_masking_rule
short_description: Manages a data privacy masking rule of a Genesys Cloud org
description:
  - Creates, updates and removes one masking rule of the API C(platform). Changes only what differs.
  - The API itself validates a new O(definition) before the write, in check mode too. With O(sample_text), the
    definition must mask something in it.
  - A channel can have 15 enabled rules. They are counted before the write, with those that the same task
    declares. A rule that the same task disables or removes still counts.
  - Of the rules that the vendor defines, only O(channels) and O(enabled) can change. They cannot be removed.
  - The API has no lock for masking rules. A rule is read right before the write, and compared after it.
author:
  - genesys.cloud contributors (@genesys-cloud-collection)
version_added: 1.0.0
extends_documentation_fragment:
  - genesys.cloud.auth
  - genesys.cloud.reporting
  - genesys.cloud.attributes
notes:
  - >-
    The OAuth client needs a role with these permissions in the API C(platform):
    C(dataprivacy:maskingrule:view), C(dataprivacy:maskingrule:add), C(dataprivacy:maskingrule:execute),
    C(dataprivacy:maskingrule:edit), C(dataprivacy:maskingrule:delete).
options:
  name:
    description:
      - Exact name of the rule, which is unique in the org. With O(id), a different name renames the rule.
      - One of O(name) and O(id) is required. O(name) is required to create a rule.
    type: str
  id:
    description:
      - ID of an existing rule. An unknown ID is an error. With O(state=absent) it is no change.
    type: str
  state:
    description:
      - V(present) creates or updates the rule, V(absent) removes it.
      - V(validated) checks the options offline, without credentials and without a request.
    type: str
    choices: [present, absent, validated]
    default: present
  description:
    description:
      - Description of the rule. V(null) removes it.
    type: str
  definition:
    description:
      - Regular expression in the dialect of the API, or the name of a mask that the API has. Required to
        create a rule.
    type: str
  substitute_character:
    description:
      - The character that replaces each masked one. V(X) by default.
    type: str
  enabled:
    description:
      - Whether the rule masks texts. A new rule does by default.
    type: bool
  direction:
    description:
      - Direction of the messages, V(inbound) or V(outbound), in any letter case. A new rule has V(inbound) by
        default.
      - A direction that the collection does not know is sent as it is, with a warning.
    type: str
  channels:
    description:
      - The channels whose messages the rule masks, by the names that the API has for them. V(null) removes
        all of them. Order and repetition do not matter.
    type: list
    elements: str
  sample_text:
    description:
      - Text for the validation of O(definition) by the API. It is an error if the definition masks nothing in
        it. The text as it is masked is in RV(masked_sample).
      - It is validated if the task changes the rule. Use an invented text, because the module's arguments may
        be logged.
    type: str
  on_conflict:
    description:
      - How to handle a conflict, which is a change of a declared option by another client between the read
        and the write.
      - V(fail) writes nothing and reports both values. V(overwrite) writes the values of the task.
    type: str
    choices: [fail, overwrite]
    default: fail
  verify:
    description:
      - Whether the rule is read back after a write and compared with the values sent.
    type: bool
    default: true
seealso:
  - module: genesys.cloud.genesys_masking_rule_info
"""

EXAMPLES = r"""
- name: Mask customer numbers in web messages
  genesys.cloud.genesys_masking_rule:
    name: Customer numbers
    definition: 'C-\d{8}'
    direction: inbound
    channels: [webmessaging]
    sample_text: My number is C-12345678.

- name: Enable a rule of the vendor
  genesys.cloud.genesys_masking_rule:
    name: Email
    channels: [webmessaging, email]
    enabled: true

- name: Remove a rule
  genesys.cloud.genesys_masking_rule:
    name: Customer numbers
    state: absent
"""

RETURN = r"""
record:
  description:
    - The rule after the task, in the form of the module's options, with its C(type).
    - V(null) after a removal, and if there was nothing to remove.
  returned: success, unless O(state=validated)
  type: dict
  sample:
    id: 2f1d3a52-73a6-4b0e-8a0e-0f7a5f1f8f11
    name: Customer numbers
    type: Custom
    description: ""
    definition: 'C-\d{8}'
    substitute_character: X
    enabled: true
    direction: inbound
    channels: [webmessaging]
    date_created: "2026-05-01T10:00:00.000Z"
    date_modified: "2026-05-01T10:00:00.000Z"
masked_sample:
  description: O(sample_text) as the API masks it.
  returned: when the task changes something and O(sample_text) is given
  type: str
  sample: My number is XXXXXXXXXX.
plan:
  description: The action that the task took, or would take in check mode.
  returned: success
  type: str
  sample: update
  choices: [none, create, update, delete]
snapshot:
  description: The rule before the change, V(null) if the task created it.
  returned: when the task changes something
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
from ansible_collections.genesys.cloud.plugins.module_utils._resources.masking_rule.kind import MASKING_RULE


def main() -> None:
    run_resource(MASKING_RULE)


if __name__ == "__main__":
    main()
