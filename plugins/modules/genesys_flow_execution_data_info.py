#!/usr/bin/python
# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: genesys_flow_execution_data_info
short_description: Reads whether a Genesys Cloud org stores execution data of its flows
description:
  - Returns the setting of an org of the API C(platform), of which there is one.
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
    C(settings:executiondata:view), C(architect:flowinstanceexecutiondata:view).
options: {}
seealso:
  - module: genesys.cloud.genesys_flow_execution_data
"""

EXAMPLES = r"""
- name: Read the setting
  genesys.cloud.genesys_flow_execution_data_info:
  register: execution_data

- name: Fail if no data is stored
  ansible.builtin.assert:
    that: execution_data.records[0].enabled
"""

RETURN = r"""
records:
  description: The setting as the only record, as in M(genesys.cloud.genesys_flow_execution_data).
  returned: success
  type: list
  elements: dict
  sample:
    - enabled: true
      id: organization
      name: organization
api:
  description: Statistics of the task's API requests, see M(genesys.cloud.genesys_flow_execution_data).
  returned: success
  type: dict
"""

from ansible_collections.genesys.cloud.plugins.module_utils._module.info import run_info
from ansible_collections.genesys.cloud.plugins.module_utils._resources.flow_execution_data import (
    FLOW_EXECUTION_DATA,
)


def main() -> None:
    run_info(FLOW_EXECUTION_DATA)


if __name__ == "__main__":
    main()
