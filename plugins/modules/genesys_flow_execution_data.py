#!/usr/bin/python
# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: genesys_flow_execution_data
short_description: Manages whether a Genesys Cloud org stores execution data of its flows
description:
  - Switches the storage of flow execution data in an org of the API C(platform). The org keeps the data for
    ten days.
  - A flow records data only after it is published again. A task that enables the storage warns of that.
  - The API has two paths for the setting. The module uses the older one only in an org that lacks the newer
    one, where the API answers 404.
  - The API has no lock for the setting. It is read right before the write, and compared after it.
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
    C(settings:executiondata:view), C(settings:executiondata:edit),
    C(architect:flowinstanceexecutiondata:view), C(architect:flowinstanceexecutiondata:edit).
options:
  enabled:
    description:
      - Whether the org stores execution data. It does not by default.
    type: bool
    required: true
  state:
    description:
      - V(present) sets the switch.
      - V(validated) checks the options offline, without credentials and without a request.
    type: str
    choices: [present, validated]
    default: present
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
      - Whether the setting is read back after a write and compared with the values sent.
    type: bool
    default: true
seealso:
  - module: genesys.cloud.genesys_flow_execution_data_info
  - module: genesys.cloud.genesys_flow_log_level
"""

EXAMPLES = r"""
- name: Store execution data
  genesys.cloud.genesys_flow_execution_data:
    enabled: true
"""

RETURN = r"""
record:
  description: The setting after the task.
  returned: success, unless O(state=validated)
  type: dict
  sample:
    enabled: true
    id: organization
    name: organization
    modified_by_client: {id: c1f3cf05-1f1c-4f0c-9d2a-5d2a2f9bbd10}
    date_modified: "2026-05-01T10:00:00.000Z"
plan:
  description: The action that the task took, or would take in check mode.
  returned: success
  type: str
  sample: update
  choices: [none, update]
snapshot:
  description: The setting before the change.
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
from ansible_collections.genesys.cloud.plugins.module_utils._resources.flow_execution_data import (
    FLOW_EXECUTION_DATA,
)


def main() -> None:
    run_resource(FLOW_EXECUTION_DATA)


if __name__ == "__main__":
    main()
