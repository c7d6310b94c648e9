#!/usr/bin/python
# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: genesys_flow_settings
short_description: Manages the settings of a flow of a Genesys Cloud org
description:
  - Changes routing, configuration matrix and scope directives of one existing flow, and only what
    differs. A flow is never created or removed.
  - Options that the task omits keep their value in the org. V(null) resets an option, which removes it from
    the flow.
  - After a change the flow is read back and the org's flows are reloaded. If either step fails, the change is
    rolled back, see O(rollback_on_failure).
  - A change that another client makes between the read and the write is kept. If it changes an option that
    the task declares, it is a conflict, see O(on_conflict).
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
      - Exact name of the flow, which must exist. The flow is found by it, unless O(id) is given.
      - With O(id) it must be that flow's name, since the API cannot rename flows.
      - One of O(name) and O(id) is required.
    type: str
  id:
    description:
      - ID of the flow, which must exist.
    type: str
  state:
    description:
      - V(present) applies the settings to the flow.
      - V(validated) checks the options offline, without credentials and without a request.
    type: str
    choices: [present, validated]
    default: present
  routing:
    description:
      - Routing of the flow. V(null) resets all of it.
    type: dict
    suboptions:
      type:
        description:
          - Type of the routing, such as V(longestAvailable).
        type: str
      max_wait_time:
        description:
          - Maximum time that an interaction waits (seconds), more than 0.
        type: int
      scope:
        description:
          - The scope of the routing. It is always replaced as a whole.
        type: dict
        suboptions:
          type:
            description:
              - Type of the scope, such as V(org).
            type: str
            required: true
          id:
            description:
              - ID of the object that the scope refers to.
            type: str
            required: true
  configuration_matrix:
    description:
      - Parameters of the flow by their names. Each is a dictionary of C(key) and C(value), where the
        value may be of any type.
      - V(null) in place of a parameter's dictionary removes the parameter. V(null) in place of the whole
        option removes all parameters.
    type: dict
  matrix_strategy:
    description:
      - How to treat parameters that O(configuration_matrix) omits. V(merge) keeps them, V(replace) removes
        them.
    type: str
    choices: [merge, replace]
    default: merge
  scope_directives:
    description:
      - The targets of the settings. V(null) resets all of it.
    type: dict
    suboptions:
      apply_to:
        description:
          - All types of targets. Their order is ignored.
        type: list
        elements: str
        choices: [queue, team, user]
      enforce_hierarchy:
        description:
          - Whether the settings take precedence over those of lower levels.
        type: bool
  snapshot:
    description:
      - The settings to restore, as returned in RV(snapshot) of an earlier run. All of them are restored.
        Parameters that the snapshot lacks are removed.
      - Excludes O(routing), O(configuration_matrix) and O(scope_directives).
    type: dict
  on_conflict:
    description:
      - How to handle a conflict, which is a change of a declared option by another client between the read
        and the write.
      - V(fail) writes nothing and reports both values. V(overwrite) writes the values of the task.
    type: str
    choices: [fail, overwrite]
    default: fail
  min_update_interval:
    description:
      - Minimum time between two updates of one flow of one org (seconds). V(0) disables the check.
      - The interval begins when an update succeeds. Updates by this host are stored in O(state_path), which
        all its processes share. Updates by other clients are read from the flow's C(modifiedDate), compared
        with the server's clock.
      - A rollback does not wait, but it counts as an update. Check mode warns how long a real run would wait.
    type: float
    default: 0
  on_too_soon:
    description:
      - How to handle an update before the end of O(min_update_interval). V(fail) writes nothing, V(wait)
        waits for the end of the interval.
    type: str
    choices: [fail, wait]
    default: fail
  wait_timeout:
    description:
      - Maximum time that the task waits for O(min_update_interval), and for other processes of this host that
        update the same flow (seconds). If the wait would be longer, the task fails at once.
    type: float
    default: 300
  state_path:
    description:
      - Folder of the user in which this host stores the time of its updates, with a file for each flow of
        each org. It is created if it does not exist.
      - A file in it that is damaged or owned by another user is reported and ignored.
      - Taken from E(GENESYS_STATE_PATH) when the task does not give it. The default is C(genesys.cloud) in
        E(XDG_STATE_HOME), or in C(~/.local/state) if that is not set. A user without a home
        directory must give it.
    type: path
  verify_dependencies:
    description:
      - Whether every type of target in the resulting O(scope_directives.apply_to) must be readable
        (queues, users, teams) before anything is written.
    type: bool
    default: true
  verify:
    description:
      - Whether the flow is read back after a write and compared with the values sent.
    type: bool
    default: true
  reload:
    description:
      - Whether the org's flows are reloaded after a change, so that it takes effect.
    type: bool
    default: true
  on_reload_failure:
    description:
      - Whether a failed reload after a change fails the task or causes a warning.
    type: str
    choices: [fail, warn]
    default: fail
  rollback_on_failure:
    description:
      - Whether a change is rolled back if a later step fails (O(verify), O(reload)).
      - A field is restored only if it still has the value that the task wrote, so that later changes by other
        clients are kept. Then the flows are reloaded again. The task fails and its message describes the
        rollback.
    type: bool
    default: true
seealso:
  - module: genesys.cloud.genesys_flow_info
"""

EXAMPLES = r"""
- name: Routing of the main line
  genesys.cloud.genesys_flow_settings:
    name: Primary Architecture Flow
    routing:
      type: longestAvailable
      max_wait_time: 600
    configuration_matrix:
      parameter_01:
        key: queue_affinity
        value: true
      parameter_02: null
    scope_directives:
      apply_to: [queue, user]
      enforce_hierarchy: true
  register: change

- name: Restore the settings from before the change
  genesys.cloud.genesys_flow_settings:
    name: Primary Architecture Flow
    snapshot: "{{ change.snapshot }}"
  when: change is changed

- name: At most one update per minute, from any controller
  genesys.cloud.genesys_flow_settings:
    name: Primary Architecture Flow
    routing:
      max_wait_time: 300
    min_update_interval: 60
    on_too_soon: wait

- name: Exactly these parameters
  genesys.cloud.genesys_flow_settings:
    name: Primary Architecture Flow
    matrix_strategy: replace
    configuration_matrix:
      parameter_03: {key: fallback_routing, value: overflow}
"""

RETURN = r"""
record:
  description:
    - The flow after the task, in the form of the module's options. Settings that the flow does not have are
      V(null).
  returned: success, unless O(state=validated)
  type: dict
  sample:
    id: a1b2c3d4-e5f6-7890-abcd-ef1234567890
    name: Primary Architecture Flow
    version: 15
    routing:
      type: longestAvailable
      max_wait_time: 600
      scope: {type: org, id: 4d6cd1a6-0f0f-4a5f-a3a4-ff00d1b3f8b5}
    configuration_matrix:
      parameter_01: {key: queue_affinity, value: true}
    scope_directives:
      apply_to: [queue, user]
      enforce_hierarchy: true
plan:
  description: The action that the task took, or would take in check mode.
  returned: success, and a failure after a change
  type: str
  sample: update
  choices: [none, update]
snapshot:
  description: The flow before the change, in the form that O(snapshot) accepts.
  returned: when the task changes something, also when it fails after that
  type: dict
reload:
  description: Whether the server accepted the reload after a change.
  returned: when the task reloads
  type: str
  choices: [accepted, failed]
rolled_back:
  description: Whether the change was rolled back. RV(ignore:changed) is V(true) if a part of it may remain.
  returned: when the task fails after a change
  type: bool
rollback_reload:
  description: Whether the server accepted the reload after a rollback.
  returned: when the task reloads after a rollback
  type: str
  choices: [accepted, failed]
seconds_left:
  description: Time until O(min_update_interval) ends (seconds).
  returned: when an update is rejected because of the interval
  type: float
waited_seconds:
  description: Time that the task waited for O(min_update_interval) (seconds).
  returned: when it waited
  type: float
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
from ansible_collections.genesys.cloud.plugins.module_utils._resources.flow_settings.kind import (
    FLOW_SETTINGS,
)


def main() -> None:
    run_resource(FLOW_SETTINGS)


if __name__ == "__main__":
    main()
