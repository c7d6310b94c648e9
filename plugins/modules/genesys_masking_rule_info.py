#!/usr/bin/python
# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: genesys_masking_rule_info
short_description: Reads the data privacy masking rules of a Genesys Cloud org
description:
  - Returns one masking rule of the API C(platform) by ID or exact name, those whose name matches a pattern,
    or all of them. The rules that the vendor defines are among them.
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
    C(dataprivacy:maskingrule:view).
options:
  name:
    description:
      - Exact name of the rule.
      - At most one of O(name), O(id) and O(name_pattern) may be given. Without any of them, all objects are
        returned.
    type: str
  id:
    description:
      - ID of the rule.
    type: str
  name_pattern:
    description:
      - Shell pattern of names, such as V(Customer *), case-sensitive.
    type: str
seealso:
  - module: genesys.cloud.genesys_masking_rule
"""

EXAMPLES = r"""
- name: Read every masking rule
  genesys.cloud.genesys_masking_rule_info:
  register: rules
"""

RETURN = r"""
records:
  description:
    - The rules in the form of the options of M(genesys.cloud.genesys_masking_rule), sorted by name. An empty
      list if nothing matches.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 2f1d3a52-73a6-4b0e-8a0e-0f7a5f1f8f11
      name: Customer numbers
      type: Custom
      definition: 'C-\d{8}'
      substitute_character: X
      enabled: true
      direction: inbound
      channels: [webmessaging]
api:
  description: Statistics of the task's API requests, see M(genesys.cloud.genesys_masking_rule).
  returned: success
  type: dict
"""

from ansible_collections.genesys.cloud.plugins.module_utils._module.info import run_info
from ansible_collections.genesys.cloud.plugins.module_utils._resources.masking_rule.kind import MASKING_RULE


def main() -> None:
    run_info(MASKING_RULE)


if __name__ == "__main__":
    main()
