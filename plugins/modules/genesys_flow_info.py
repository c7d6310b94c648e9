#!/usr/bin/python
# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: genesys_flow_info
short_description: Reads the flows of a Genesys Cloud org and their settings
description:
  - Returns one flow by ID or exact name, those whose name matches a pattern, or all of them, from all pages
    of the API's list.
  - In the API C(platform), which has no such settings, a flow has its type and its division.
author:
  - genesys.cloud contributors (@genesys-cloud-collection)
version_added: 1.0.0
extends_documentation_fragment:
  - genesys.cloud.auth
  - genesys.cloud.attributes.info
  - genesys.cloud.attributes
notes:
  - >-
    The OAuth client needs a role with these permissions in the API C(platform): C(architect:flow:view).
options:
  name:
    description:
      - Exact name of the flow. In the API C(platform), flows of different types may have one name.
      - At most one of O(name), O(id) and O(name_pattern) may be given. Without any of them, all objects are
        returned.
    type: str
  type:
    description:
      - Type of the flow in the API C(platform), such as V(inboundcall) or V(workflow), in any letter case. It
        may stand beside O(name), or alone. It has no meaning in the API C(reference).
    type: str
  id:
    description:
      - ID of the flow.
    type: str
  name_pattern:
    description:
      - Shell pattern of names, such as V(Sales *), case-sensitive.
    type: str
seealso:
  - module: genesys.cloud.genesys_flow_settings
  - module: genesys.cloud.genesys_flow_log_level
"""

EXAMPLES = r"""
- name: Read every flow
  genesys.cloud.genesys_flow_info:
  register: flows

- name: Read one flow
  genesys.cloud.genesys_flow_info:
    name: Primary Architecture Flow
  register: primary

- name: Read the inbound call flows of an org of the platform
  genesys.cloud.genesys_flow_info:
    region: eu-central-1
    type: inboundcall
  register: inbound

- name: Show how long its callers wait
  ansible.builtin.debug:
    msg: "{{ primary.records[0].routing.max_wait_time }} s"
"""

RETURN = r"""
records:
  description:
    - The flows with their settings in the form of the options of M(genesys.cloud.genesys_flow_settings),
      sorted by name. An empty list if nothing matches. Settings that a flow does not have are V(null).
    - In the API C(platform) with C(name), C(type) in lower case, C(description), C(division) as C(id) and
      C(name), C(active), C(system), and other fields of the API.
  returned: success
  type: list
  elements: dict
  sample:
    - id: a1b2c3d4-e5f6-7890-abcd-ef1234567890
      name: Primary Architecture Flow
      description: Routing of the main line
      version: 14
      created_date: "2025-11-15T08:30:00.000Z"
      modified_date: "2026-01-10T14:22:00.000Z"
      routing:
        type: longestAvailable
        max_wait_time: 600
        scope: {type: org, id: 4d6cd1a6-0f0f-4a5f-a3a4-ff00d1b3f8b5}
      configuration_matrix:
        parameter_01: {key: queue_affinity, value: true}
      scope_directives:
        apply_to: [queue, user]
        enforce_hierarchy: true
api:
  description: Statistics of the task's API requests, see M(genesys.cloud.genesys_flow_settings).
  returned: success
  type: dict
"""

from ansible_collections.genesys.cloud.plugins.module_utils._module.info import run_info
from ansible_collections.genesys.cloud.plugins.module_utils._resources.flow import FLOW


def main() -> None:
    run_info(FLOW)


if __name__ == "__main__":
    main()
