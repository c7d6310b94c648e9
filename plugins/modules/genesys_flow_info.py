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
author:
  - genesys.cloud contributors (@genesys-cloud-collection)
version_added: 1.0.0
extends_documentation_fragment:
  - genesys.cloud.auth
  - genesys.cloud.attributes.info
  - genesys.cloud.attributes
options:
  name:
    description:
      - Exact name of the flow.
      - At most one of O(name), O(id) and O(name_pattern) may be given. Without any of them, all objects are
        returned.
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
"""

EXAMPLES = r"""
- name: Read every flow
  genesys.cloud.genesys_flow_info:
  register: flows

- name: Read one flow
  genesys.cloud.genesys_flow_info:
    name: Primary Architecture Flow
  register: primary

- name: Show how long its callers wait
  ansible.builtin.debug:
    msg: "{{ primary.records[0].routing.max_wait_time }} s"
"""

RETURN = r"""
records:
  description:
    - The flows with their settings in the form of the options of M(genesys.cloud.genesys_flow_settings),
      sorted by name. An empty list if nothing matches. Settings that a flow does not have are V(null).
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
from ansible_collections.genesys.cloud.plugins.module_utils._resources.flow_settings.kind import (
    FLOW_SETTINGS,
)


def main() -> None:
    run_info(FLOW_SETTINGS)


if __name__ == "__main__":
    main()
