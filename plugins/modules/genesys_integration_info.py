#!/usr/bin/python
# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: genesys_integration_info
short_description: Reads the integrations of a Genesys Cloud org
description:
  - Returns one integration of the API C(platform) by ID, all of an exact name, those whose name matches a
    pattern, or all of them, from all pages of the API's list.
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
    C(integrations:integration:view).
options:
  name:
    description:
      - Exact name of the integration. Names are not unique, so several may be returned.
      - At most one of O(name), O(id) and O(name_pattern) may be given. Without any of them, all objects are
        returned.
    type: str
  type:
    description:
      - ID of the integration type. It may stand beside O(name), or alone.
    type: str
  id:
    description:
      - ID of the integration.
    type: str
  name_pattern:
    description:
      - Shell pattern of names, such as V(CRM *), case-sensitive.
    type: str
seealso:
  - module: genesys.cloud.genesys_integration
"""

EXAMPLES = r"""
- name: Read every integration
  genesys.cloud.genesys_integration_info:
  register: integrations
"""

RETURN = r"""
records:
  description:
    - The integrations in the form of the options of M(genesys.cloud.genesys_integration), sorted by name. An
      empty list if nothing matches.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 9f0b8a54-6a2f-4e2f-8d39-9f0a1a7f9c55
      name: CRM
      type: custom-rest-actions
      intended_state: ENABLED
      notes: ""
      properties: {}
      advanced: {}
      credentials: {}
      reported_state: {code: ACTIVE}
      version: 2
api:
  description: Statistics of the task's API requests, see M(genesys.cloud.genesys_integration).
  returned: success
  type: dict
"""

from ansible_collections.genesys.cloud.plugins.module_utils._module.info import run_info
from ansible_collections.genesys.cloud.plugins.module_utils._resources.integration.kind import INTEGRATION


def main() -> None:
    run_info(INTEGRATION)


if __name__ == "__main__":
    main()
