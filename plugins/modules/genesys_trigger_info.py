#!/usr/bin/python
# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: genesys_trigger_info
short_description: Reads the process automation triggers of a Genesys Cloud org
description:
  - Returns one trigger of the API C(platform) by ID or exact name, those whose name matches a pattern, or all
    of them.
author:
  - genesys.cloud contributors (@genesys-cloud-collection)
version_added: 1.0.0
extends_documentation_fragment:
  - genesys.cloud.auth
  - genesys.cloud.attributes.info
  - genesys.cloud.attributes
notes:
  - >-
    The OAuth client needs a role with these permissions in the API C(platform):
    C(processautomation:trigger:edit) or C(processautomation:trigger:view).
options:
  name:
    description:
      - Exact name of the trigger.
      - At most one of O(name), O(id) and O(name_pattern) may be given. Without any of them, all objects are
        returned.
    type: str
  id:
    description:
      - ID of the trigger.
    type: str
  name_pattern:
    description:
      - Shell pattern of names, such as V(Survey *), case-sensitive.
    type: str
seealso:
  - module: genesys.cloud.genesys_trigger
"""

EXAMPLES = r"""
- name: Read every trigger
  genesys.cloud.genesys_trigger_info:
  register: triggers
"""

RETURN = r"""
records:
  description:
    - The triggers in the form of the options of M(genesys.cloud.genesys_trigger), sorted by name. An empty
      list if nothing matches. C(workflow) is an ID.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 2f1d3a52-73a6-4b0e-8a0e-0f7a5f1f8f11
      version: 1
      name: Survey after a call
      topic_name: v2.detail.events.conversation.{id}.customer.end
      workflow: 5a8d2f4e-1c0b-4e57-9a3f-7d2b6c1e9f40
      enabled: true
      match_criteria: []
api:
  description: Statistics of the task's API requests, see M(genesys.cloud.genesys_trigger).
  returned: success
  type: dict
"""

from ansible_collections.genesys.cloud.plugins.module_utils._module.info import run_info
from ansible_collections.genesys.cloud.plugins.module_utils._resources.trigger.kind import TRIGGER


def main() -> None:
    run_info(TRIGGER)


if __name__ == "__main__":
    main()
