#!/usr/bin/python
# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: genesys_data_action_info
short_description: Reads the data actions of a Genesys Cloud org
description:
  - Returns one data action by ID or exact name, those whose name matches a pattern, or all of them, from all
    pages of the API's list.
  - In the API C(platform), built-in, authentication and Function actions are returned too.
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
    C(integrations:integration:view), C(integrations:action:view) or C(bridge:actions:view).
options:
  name:
    description:
      - Exact name of the data action. In the API C(platform) the data actions of several integrations may
        have it.
      - At most one of O(name), O(id) and O(name_pattern) may be given. Without any of them, all objects are
        returned.
    type: str
  id:
    description:
      - ID of the data action.
    type: str
  integration:
    description:
      - Name or ID of the integration whose data actions are returned. It may stand beside O(name) and
        O(name_pattern), or alone. Only in the API C(platform).
    type: str
  name_pattern:
    description:
      - Shell pattern of names, such as V(CRM *), case-sensitive.
    type: str
  readable:
    description:
      - Whether conditions are returned as lines of text instead of trees. Conditions that no line can express
        are returned as trees.
    type: bool
    default: false
  secret_headers:
    description:
      - Names of additional headers whose values are secret, see M(genesys.cloud.genesys_data_action).
    type: list
    elements: str
seealso:
  - module: genesys.cloud.genesys_data_action
"""

EXAMPLES = r"""
- name: Read every data action
  genesys.cloud.genesys_data_action_info:
  register: actions

- name: Read the data actions of the CRM, with conditions as text
  genesys.cloud.genesys_data_action_info:
    name_pattern: CRM *
    readable: true
  register: crm_actions

- name: Read the data actions of an integration of the platform
  genesys.cloud.genesys_data_action_info:
    integration: CRM
"""

RETURN = r"""
records:
  description:
    - The data actions in the form of the options of M(genesys.cloud.genesys_data_action), sorted by name. An
      empty list if nothing matches. Secret header values are masked.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 4d6cd1a6-0f0f-4a5f-a3a4-ff00d1b3f8b5
      name: Get Customer Profile
      description: Profile and balance of a customer
      rest:
        url: https://crm.example.com/v1/customers/${customer_id}
        method: GET
        headers: {Authorization: "********"}
        body:
        variable_mappings: [{name: CustomerBalance, source: $.account_balance, type: number}]
      conditions: []
      version: 1
api:
  description: Statistics of the task's API requests, see M(genesys.cloud.genesys_data_action).
  returned: success
  type: dict
"""

from ansible_collections.genesys.cloud.plugins.module_utils._module.info import run_info
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.kind import (
    DATA_ACTION,
)


def main() -> None:
    run_info(DATA_ACTION)


if __name__ == "__main__":
    main()
