#!/usr/bin/python
# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: genesys_flow_log_level
short_description: Manages the log level of a Genesys Cloud flow, or the default of the org
description:
  - Sets, changes and removes the log level of one flow of the API C(platform), with its characteristics.
    Changes only what differs.
  - A flow is found by O(name) and O(type), or by O(id). A flow without a log level has the default of the
    org, which O(default) manages.
  - A level brings its own characteristics. A task that gives a new O(level) resets all characteristics that
    it does not give. The plan shows them, because the API defines them.
  - The API has no lock for log levels. The level is read right before the write, and compared after it.
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
    C(architect:flowLogLevel:view), C(architect:flow:search), C(architect:flowLogLevel:view) or
    C(architect:flowLogLevelDefault:view), C(architect:flowLogLevelDefault:view),
    C(architect:flowLogLevelDefault:edit), C(architect:flowLogLevel:add),
    C(architect:flowLogLevel:edit), C(architect:flowLogLevel:delete).
options:
  name:
    description:
      - Exact name of the flow. One of O(name), O(id) and O(default) is required.
    type: str
  type:
    description:
      - Type of the flow, such as V(inboundcall) or V(workflow), in any letter case. Required with O(name).
      - A type that the collection does not know is sent as it is, with a warning.
    type: str
  id:
    description:
      - ID of the flow. An unknown ID is an error. With O(state=absent) it is no change.
      - V(default) means the default of the org.
    type: str
  default:
    description:
      - Whether the task manages the default of the org. Excludes O(name), O(type) and O(id).
    type: bool
    default: false
  state:
    description:
      - V(present) sets the log level. V(absent) removes it, so that the flow has the default.
      - With O(default), V(absent) sets the level V(Base) with its characteristics, which the API has without
        a default.
      - V(validated) checks the options offline, without credentials and without a request.
    type: str
    choices: [present, absent, validated]
    default: present
  level:
    description:
      - Level of the log, V(Disabled), V(Base), V(Notes), V(VerboseNotes) or V(All), in any letter case.
        Required for a flow that has none.
      - A level that the collection does not know is sent as it is, with a warning.
    type: str
  characteristics:
    description:
      - Characteristics that differ from those of the level, as V(true) or V(false), such as C(variables) or
        C(executionItems). The names may be in snake_case. Characteristics that the task omits keep their
        values, unless O(level) changes.
      - V(null) resets all of them to those of the level.
    type: dict
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
      - Whether the log level is read back after a write and compared with the values sent.
    type: bool
    default: true
seealso:
  - module: genesys.cloud.genesys_flow_log_level_info
  - module: genesys.cloud.genesys_flow_execution_data
"""

EXAMPLES = r"""
- name: Log the main flow with its variables
  genesys.cloud.genesys_flow_log_level:
    name: Main
    type: inboundcall
    level: Notes

- name: Log without the texts of communications
  genesys.cloud.genesys_flow_log_level:
    name: Main
    type: inboundcall
    level: All
    characteristics:
      communications: false

- name: Log nothing of flows without a level
  genesys.cloud.genesys_flow_log_level:
    default: true
    level: Disabled

- name: Give the flow the default again
  genesys.cloud.genesys_flow_log_level:
    name: Main
    type: inboundcall
    state: absent
"""

RETURN = r"""
record:
  description:
    - The log level after the task, in the form of the module's options. O(id) is that of the flow.
    - V(null) after a removal, and if there was nothing to remove.
  returned: success, unless O(state=validated)
  type: dict
  sample:
    id: 6f1c2b9e-0d0a-4b3e-9f3c-6d1c8f5e7a10
    name: Main
    type: inboundcall
    level: Notes
    characteristics:
      executionItems: true
      executionInputOutputs: false
      communications: false
      eventError: true
      eventWarning: true
      eventOther: false
      variables: true
      names: true
    modified_by: null
    modified_by_client: {id: c1f3cf05-1f1c-4f0c-9d2a-5d2a2f9bbd10}
    date_modified: "2026-05-01T10:00:00.000Z"
plan:
  description: The action that the task took, or would take in check mode.
  returned: success
  type: str
  sample: update
  choices: [none, create, update, delete]
snapshot:
  description: The log level before the change, V(null) if the task created it.
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
from ansible_collections.genesys.cloud.plugins.module_utils._resources.flow_log_level.kind import (
    FLOW_LOG_LEVEL,
)


def main() -> None:
    run_resource(FLOW_LOG_LEVEL)


if __name__ == "__main__":
    main()
