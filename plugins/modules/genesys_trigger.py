#!/usr/bin/python
# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: genesys_trigger
short_description: Manages a process automation trigger of a Genesys Cloud org
description:
  - Creates, updates and removes one trigger of the API C(platform). Changes only what differs.
  - A trigger starts a workflow for each event of its topic that matches all of its criteria. Without
    criteria, every event starts the workflow.
  - The API does not change the topic of a trigger. A task with another O(topic_name) fails before any write,
    or replaces the trigger, see O(on_topic_change).
  - The collection does not write workflows. The API may refuse a workflow that was published a moment ago.
    Then the write is repeated for up to 30 seconds.
author:
  - genesys.cloud contributors (@genesys-cloud-collection)
version_added: 1.0.0
extends_documentation_fragment:
  - genesys.cloud.auth
  - genesys.cloud.reporting
  - genesys.cloud.attributes
notes:
  - >-
    The OAuth client needs a role with these permissions in the API C(platform): C(architect:flow:view),
    C(processautomation:trigger:edit) or C(processautomation:trigger:view), C(processautomation:trigger:add),
    C(processautomation:trigger:edit), C(processautomation:trigger:delete).
options:
  name:
    description:
      - Exact name of the trigger. With O(id), a different name renames the trigger.
      - One of O(name) and O(id) is required. O(name) is required to create a trigger.
    type: str
  id:
    description:
      - ID of an existing trigger. An unknown ID is an error. With O(state=absent) it is no change.
    type: str
  state:
    description:
      - V(present) creates or updates the trigger, V(absent) removes it.
      - V(validated) checks the options offline, without credentials and without a request.
    type: str
    choices: [present, absent, validated]
    default: present
  description:
    description:
      - Description of the trigger, of at most 512 characters. V(null) removes it.
    type: str
  topic_name:
    description:
      - Topic of the events, such as V(v2.detail.events.conversation.{id}.customer.end). Required to create a
        trigger.
    type: str
  workflow:
    description:
      - Exact name of the workflow that the trigger starts, or its ID. Required to create a trigger.
      - The workflow must exist. A warning says that it is inactive or was never published.
    type: str
  data_format:
    description:
      - Form in which the workflow gets the event, V(Json) or V(TopLevelPrimitives), in any letter case. The
        API chooses one without it.
      - A form that the collection does not know is sent as it is, with a warning.
    type: str
  enabled:
    description:
      - Whether events start the workflow. Those of a new trigger do by default.
    type: bool
  match_criteria:
    description:
      - Criteria that an event must match, all of them. Their order does not matter. V(null) and an empty
        list remove all criteria, so that every event matches.
      - Values have types, as in JSON. V(1) and V("1") are different.
    type: list
    elements: dict
    suboptions:
      json_path:
        description: JSONPath of the part of the event that is compared.
        type: str
        required: true
      operator:
        description:
          - V(Equal), V(NotEqual), V(GreaterThan), V(GreaterThanOrEqual), V(LessThan), V(LessThanOrEqual),
            V(Contains), V(Exists), V(Size), V(In), V(NotIn) or V(All), in any letter case.
          - One that the collection does not know is sent as it is, with a warning.
        type: str
        required: true
      value:
        description:
          - Value to compare with. For V(GreaterThan) and its kind it must be a number, for V(Size) a whole
            number, for V(Exists) a boolean.
        type: raw
      values:
        description:
          - List of one or more values to compare with, for V(In), V(NotIn), V(All) and V(Contains). Excludes
            O(match_criteria[].value).
        type: list
        elements: raw
  event_ttl_seconds:
    description:
      - Age of an event in seconds from which it starts no workflow any more, 10 or more. V(null) removes it.
      - It excludes O(delay_by_seconds). A task that gives one of them removes the other from the trigger.
    type: int
  delay_by_seconds:
    description:
      - Delay in seconds between the event and the start of the workflow, from 60 to 900. V(null) removes it.
    type: int
  on_topic_change:
    description:
      - How to handle a change of O(topic_name).
      - V(fail) writes nothing.
      - V(replace) creates the trigger anew with the name C(NAME (replacement)), removes the old one, and
        then renames the new one. The trigger gets another ID. For a moment both triggers exist, each for its
        topic. A task that was killed meanwhile is continued by the next one.
    type: str
    choices: [fail, replace]
    default: fail
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
      - Whether the trigger is read back after a write and compared with the values sent.
    type: bool
    default: true
seealso:
  - module: genesys.cloud.genesys_trigger_info
  - module: genesys.cloud.genesys_flow_info
"""

EXAMPLES = r"""
- name: Start a workflow when a customer leaves
  genesys.cloud.genesys_trigger:
    name: Survey after a call
    topic_name: v2.detail.events.conversation.{id}.customer.end
    workflow: Send survey
    data_format: Json
    match_criteria:
      - {json_path: mediaType, operator: Equal, value: VOICE}
      - {json_path: conversationDurationMs, operator: GreaterThan, value: 60000}
    delay_by_seconds: 60

- name: Stop the trigger for a while
  genesys.cloud.genesys_trigger:
    name: Survey after a call
    enabled: false

- name: Give it another topic, which takes a new trigger
  genesys.cloud.genesys_trigger:
    name: Survey after a call
    topic_name: v2.detail.events.conversation.{id}.acd.end
    on_topic_change: replace

- name: Remove a trigger
  genesys.cloud.genesys_trigger:
    name: Survey after a call
    state: absent
"""

RETURN = r"""
record:
  description:
    - The trigger after the task, in the form of the module's options, with its C(version). C(workflow) is an
      ID.
    - V(null) after a removal, and if there was nothing to remove.
  returned: success, unless O(state=validated)
  type: dict
  sample:
    id: 2f1d3a52-73a6-4b0e-8a0e-0f7a5f1f8f11
    version: 1
    name: Survey after a call
    description: ""
    topic_name: v2.detail.events.conversation.{id}.customer.end
    workflow: 5a8d2f4e-1c0b-4e57-9a3f-7d2b6c1e9f40
    data_format: Json
    enabled: true
    match_criteria:
      - {json_path: mediaType, operator: Equal, value: VOICE}
    event_ttl_seconds: null
    delay_by_seconds: 60
replacement:
  description:
    - The IDs of the two triggers as C({old_id, new_id}). C(new_id) is V(null) in check mode.
  returned: when the task replaces the trigger
  type: dict
  sample: {old_id: 2f1d3a52-73a6-4b0e-8a0e-0f7a5f1f8f11, new_id: 91b7c9f0-4d5e-4a6b-8c7d-2e3f4a5b6c7d}
plan:
  description: The action that the task took, or would take in check mode.
  returned: success
  type: str
  sample: update
  choices: [none, create, update, delete]
snapshot:
  description: The trigger before the change, V(null) if the task created it.
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
from ansible_collections.genesys.cloud.plugins.module_utils._resources.trigger.kind import TRIGGER


def main() -> None:
    run_resource(TRIGGER)


if __name__ == "__main__":
    main()
