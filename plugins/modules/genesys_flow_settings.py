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
  - What the task does not name stays as it is in the org; V(null) resets an option, which removes it from
    the flow.
  - After a change the flow is read back and the org's flows are reloaded. Where one of these fails, the
    change is rolled back, see O(rollback_on_failure).
  - A change that somebody else makes between the read and the write is kept, or reported where it touches
    what the task declares.
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
      - Exact name of the flow, which must exist. It is how the flow is found, unless O(id) is given.
      - With O(id) it must be that flow's name, since the API cannot rename flows.
      - One of O(name) and O(id) is required.
    type: str
  id:
    description:
      - ID of the flow, which must exist.
    type: str
  state:
    description:
      - V(present) gives the flow its settings.
      - V(validated) checks the task alone, without credentials or a request.
    type: str
    choices: [present, validated]
    default: present
  routing:
    description:
      - How the flow routes. V(null) resets all of it.
    type: dict
    suboptions:
      type:
        description:
          - Type of the routing, such as V(longestAvailable).
        type: str
      max_wait_time:
        description:
          - How long somebody waits at most, in seconds, more than 0.
        type: int
      scope:
        description:
          - What the routing reaches, given whole.
        type: dict
        suboptions:
          type:
            description:
              - Type of the scope, such as V(org).
            type: str
            required: true
          id:
            description:
              - ID of what the scope is.
            type: str
            required: true
  configuration_matrix:
    description:
      - Parameters of the flow by their names. Each is a dictionary of C(key) and C(value), where the
        value may be of any type.
      - V(null) in the place of a parameter's dictionary removes the parameter, V(null) in the place of
        all of them removes all.
    type: dict
  matrix_strategy:
    description:
      - What becomes of parameters that O(configuration_matrix) does not name. V(merge) leaves them alone,
        V(replace) removes them.
    type: str
    choices: [merge, replace]
    default: merge
  scope_directives:
    description:
      - What the settings apply to. V(null) resets all of it.
    type: dict
    suboptions:
      apply_to:
        description:
          - Types of the targets, all of them. Their order means nothing.
        type: list
        elements: str
        choices: [queue, team, user]
      enforce_hierarchy:
        description:
          - Whether the settings go before those of lower levels.
        type: bool
  snapshot:
    description:
      - The settings to go back to, as RV(snapshot) of an earlier run has them. All of them are restored,
        and parameters that the snapshot lacks are removed.
      - Excludes O(routing), O(configuration_matrix) and O(scope_directives).
    type: dict
  on_conflict:
    description:
      - What to do when somebody else changes a declared option between the read and the write.
      - V(fail) writes nothing and shows both values, V(overwrite) lets the task win.
    type: str
    choices: [fail, overwrite]
    default: fail
  min_update_interval:
    description:
      - Least number of seconds between two updates of the same flow of the same org, V(0) for none.
      - An update counts from its success, whoever made it. This host remembers its own in O(state_path),
        which processes at the same time respect as well; the flow's C(modifiedDate), judged by the
        server's clock, tells of others.
      - A rollback does not wait, but counts. Check mode warns how long a real run would wait.
    type: float
    default: 0
  on_too_soon:
    description:
      - What to do when O(min_update_interval) is not over. V(fail) writes nothing, V(wait) waits for its
        end.
    type: str
    choices: [fail, wait]
    default: fail
  wait_timeout:
    description:
      - How many seconds the task waits at most for O(min_update_interval), and for other processes of
        this host that update the same flow. Where more are left, it fails at once and says so.
    type: float
    default: 300
  state_path:
    description:
      - Folder of the user in which this host remembers its updates, a file for each flow of each org.
        Made where it does not exist.
      - A file in it that is damaged or of somebody else is reported and ignored.
      - Taken from E(GENESYS_STATE_PATH) when the task does not give it, else C(genesys.cloud) in
        E(XDG_STATE_HOME), which is C(~/.local/state) where it is not set.
    type: path
  verify_dependencies:
    description:
      - Whether every type of target in the resulting O(scope_directives.apply_to) must be readable
        (queues, users, teams) before anything is written.
    type: bool
    default: true
  verify:
    description:
      - Whether the flow is read back after a write and compared with what was sent.
    type: bool
    default: true
  reload:
    description:
      - Whether the org's flows are reloaded after a change, so that they take it up.
    type: bool
    default: true
  on_reload_failure:
    description:
      - Whether a reload that fails after a change fails the task or is only a warning.
    type: str
    choices: [fail, warn]
    default: fail
  rollback_on_failure:
    description:
      - Whether a change is undone when a step after it fails (O(verify), O(reload)).
      - What still is as the task wrote it gets its old value again, so that later changes of others
        survive; then the flows are reloaded once more. The task fails all the same and says what
        happened.
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

- name: Go back to what was before
  genesys.cloud.genesys_flow_settings:
    name: Primary Architecture Flow
    snapshot: "{{ change.snapshot }}"
  when: change is changed

- name: At most one update a minute, from whatever controller
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
    - The flow as it is after the task, in the terms of the options. A setting that it does not have is
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
  description: What the task did, or would do in check mode.
  returned: success, and a failure after a change
  type: str
  sample: update
  choices: [none, update]
snapshot:
  description: The flow as it was before a change. O(snapshot) takes it.
  returned: when the task changes something, also when it fails after that
  type: dict
reload:
  description: Whether the server accepted the reload after a change.
  returned: when the task reloads
  type: str
  choices: [accepted, failed]
rolled_back:
  description: Whether the change was undone. RV(ignore:changed) is V(true) where something of it may be left.
  returned: when the task fails after a change
  type: bool
rollback_reload:
  description: Whether the server accepted the reload after a rollback.
  returned: when the task reloads after a rollback
  type: str
  choices: [accepted, failed]
seconds_left:
  description: Seconds until O(min_update_interval) is over.
  returned: when an update is refused as too soon
  type: float
waited_seconds:
  description: Seconds that the task waited for O(min_update_interval).
  returned: when it waited
  type: float
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
from ansible_collections.genesys.cloud.plugins.module_utils._resources.flow_settings.reference import (
    FLOW_SETTINGS,
)


def main() -> None:
    run_resource(FLOW_SETTINGS)


if __name__ == "__main__":
    main()
