#!/usr/bin/python
# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: genesys_media_retention_policy
short_description: Manages a media retention policy of a Genesys Cloud org
description:
  - Creates, updates and removes one policy for recordings of the API C(platform). Changes only what differs.
  - A policy has O(actions) for conversations that fit its O(conditions), for all media or for each of
    O(media_policies). A policy does not act on conversations before it.
  - Users, queues, wrap-up codes, languages, teams, forms, survey flows and integrations are given by their
    exact names or by ID. Users are given by email address too. All names are resolved before the write.
    Names that do not exist, or mean several objects, are reported together.
  - Options that a task leaves out keep their values, also inside O(actions) and O(conditions). So do
    conditions that this version does not know. A given list replaces the list of the policy. An entry of a
    list of assignments keeps what the task leaves out if the policy has an entry with the same form.
    V(null) removes a value.
  - The API has no lock for policies. A policy is read right before the write, and compared after it.
author:
  - genesys.cloud contributors (@genesys-cloud-collection)
version_added: 1.0.0
extends_documentation_fragment:
  - genesys.cloud.auth
  - genesys.cloud.retention_policy
  - genesys.cloud.reporting
  - genesys.cloud.attributes
notes:
  - >-
    The OAuth client needs a role with these permissions in the API C(platform):
    C(integrations:integration:view), C(architect:flow:view), C(recording:retentionPolicy:view),
    C(recording:retentionPolicy:add), C(recording:retentionPolicy:edit),
    C(recording:retentionPolicy:delete), C(directory:user:view), C(routing:queue:view),
    C(routing:wrapupCode:view), C(groups:team:view), C(quality:evaluationForm:view),
    C(quality:surveyForm:view).
options:
  name:
    description:
      - Exact name of the policy. With O(id), a different name renames the policy.
      - One of O(name) and O(id) is required. O(name) is required to create a policy. It must not mean several
        policies, which the API may allow.
    type: str
  id:
    description:
      - ID of an existing policy. An unknown ID is an error. With O(state=absent) it is no change.
    type: str
  state:
    description:
      - V(present) creates or updates the policy, V(absent) removes it.
      - V(validated) checks the options offline, without credentials and without a request. The check of
        O(max_retention_days) is included.
    type: str
    choices: [present, absent, validated]
    default: present
  description:
    description:
      - Description of the policy. V(null) removes it.
    type: str
  order:
    description:
      - Position of the policy among all policies. The API chooses that of a new policy without one.
    type: int
  enabled:
    description:
      - Whether the policy acts. The API chooses that of a new policy without one.
    type: bool
  max_retention_days:
    description:
      - The greatest number of days that a task may give anywhere in O(actions), for archives, deletions and
        screen recordings. A greater value that the policy has and the task leaves as it is, is a warning.
      - It has no effect on recordings without a date of deletion. A task that changes such a policy warns.
    type: int
    default: 365
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
      - Whether the policy is read back after a write and compared with the values sent.
    type: bool
    default: true
seealso:
  - module: genesys.cloud.genesys_media_retention_policy_info
"""

EXAMPLES = r"""
- name: Delete recordings of the support calls after 90 days
  genesys.cloud.genesys_media_retention_policy:
    name: Support calls
    order: 1
    enabled: true
    media_policies:
      call_policy:
        actions:
          retain_recording: true
          retention_duration:
            delete_retention: {days: 90}
        conditions:
          for_queues: [Support, Support EN]
          directions: [INBOUND]

- name: Evaluate some conversations of a team each week
  genesys.cloud.genesys_media_retention_policy:
    name: Quality
    conditions:
      teams: [North]
      time_allowed:
        time_zone_id: Europe/Berlin
        time_slots:
          - {day: 1, start_time: "08:00", stop_time: "18:00"}
    actions:
      assign_metered_evaluations:
        - evaluation_form: Service quality
          evaluators: [anna@example.com]
          max_number_evaluations: 2
          time_interval: {weeks: 1}

- name: Remove a policy
  genesys.cloud.genesys_media_retention_policy:
    name: Support calls
    state: absent
"""

RETURN = r"""
record:
  description:
    - The policy after the task, in the form of the module's options. Objects that it names are shown by email
      address, name or ID, the first that the API has.
    - V(null) after a removal, and if there was nothing to remove.
  returned: success, unless O(state=validated)
  type: dict
  sample:
    id: 2f1d3a52-73a6-4b0e-8a0e-0f7a5f1f8f11
    name: Support calls
    description: ""
    order: 1
    enabled: true
    actions: {retain_recording: true, delete_recording: false, always_delete: false}
    conditions: null
    media_policies:
      call_policy:
        actions:
          retain_recording: true
          retention_duration: {delete_retention: {days: 90}}
        conditions:
          for_queues: [Support, Support EN]
          directions: [INBOUND]
    created_date: "2026-05-01T10:00:00.000Z"
    modified_date: "2026-05-01T10:00:00.000Z"
plan:
  description: The action that the task took, or would take in check mode.
  returned: success
  type: str
  sample: update
  choices: [none, create, update, delete]
snapshot:
  description: The policy before the change, V(null) if the task created it.
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
from ansible_collections.genesys.cloud.plugins.module_utils._resources.media_retention_policy.kind import (
    MEDIA_RETENTION_POLICY,
)


def main() -> None:
    run_resource(MEDIA_RETENTION_POLICY)


if __name__ == "__main__":
    main()
