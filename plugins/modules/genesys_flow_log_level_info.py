#!/usr/bin/python
# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: genesys_flow_log_level_info
short_description: Reads the log levels of the flows of a Genesys Cloud org
description:
  - Returns the log level of one flow by ID, those of flows with an exact name or type, those whose name
    matches a pattern, or all of them, from all pages of the API's list.
  - A flow without a log level has the default of the org, and no record. The default is not in the list.
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
    C(architect:flowLogLevel:view), C(architect:flow:search), C(architect:flowLogLevelDefault:view).
options:
  name:
    description:
      - Exact name of the flow. Flows of different types may have one name, so several may be returned.
      - At most one of O(name), O(id), O(name_pattern) and O(default) may be given. Without any of them, all
        objects are returned.
    type: str
  type:
    description:
      - Type of the flow, such as V(inboundcall), in any letter case. It may stand beside O(name), or alone.
    type: str
  id:
    description:
      - ID of the flow.
    type: str
  name_pattern:
    description:
      - Shell pattern of names, such as V(Sales *), case-sensitive.
    type: str
  default:
    description:
      - Whether the default of the org is returned, and nothing else.
    type: bool
    default: false
seealso:
  - module: genesys.cloud.genesys_flow_log_level
"""

EXAMPLES = r"""
- name: Read every log level
  genesys.cloud.genesys_flow_log_level_info:
  register: levels

- name: Read the default of the org
  genesys.cloud.genesys_flow_log_level_info:
    default: true
"""

RETURN = r"""
records:
  description:
    - The log levels in the form of the options of M(genesys.cloud.genesys_flow_log_level), sorted by name. An
      empty list if nothing matches.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 6f1c2b9e-0d0a-4b3e-9f3c-6d1c8f5e7a10
      name: Main
      type: inboundcall
      level: Base
      characteristics: {executionItems: true, variables: false}
      date_modified: "2026-05-01T10:00:00.000Z"
api:
  description: Statistics of the task's API requests, see M(genesys.cloud.genesys_flow_log_level).
  returned: success
  type: dict
"""

from ansible_collections.genesys.cloud.plugins.module_utils._module.info import run_info
from ansible_collections.genesys.cloud.plugins.module_utils._resources.flow_log_level.kind import (
    FLOW_LOG_LEVEL,
)


def main() -> None:
    run_info(FLOW_LOG_LEVEL)


if __name__ == "__main__":
    main()
