#!/usr/bin/python
# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: genesys_data_schema_info
short_description: Reads the data schemas of a Genesys Cloud org
description:
  - Returns one data schema of the API C(platform) by ID, those with an exact name, those whose name
    matches a pattern, or all of them, for workitems, external contacts and external organizations.
  - Removed schemas, which the API may go on showing, are left out.
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
    C(workitems:workitemSchema:view), C(externalContacts:customFields:view).
options:
  name:
    description:
      - Exact name of the schema. Schemas of different types may have one name, so several may be returned.
      - At most one of O(name), O(id) and O(name_pattern) may be given. Without any of them, all objects are
        returned.
    type: str
  type:
    description:
      - Type of the objects, V(workitem), V(external_contact) or V(external_organization), in any letter
        case. Only the schemas of the type are read. It may stand alone, and it is required with O(id).
    type: str
  id:
    description:
      - ID of the schema, as the API has it. C(TYPE:ID) replaces O(type) too.
    type: str
  name_pattern:
    description:
      - Shell pattern of names, such as V(Claims *), case-sensitive.
    type: str
seealso:
  - module: genesys.cloud.genesys_data_schema
"""

EXAMPLES = r"""
- name: Read the schemas of workitems
  genesys.cloud.genesys_data_schema_info:
    type: workitem
  register: schemas
"""

RETURN = r"""
records:
  description:
    - The schemas in the form of the options of M(genesys.cloud.genesys_data_schema), sorted by name. An empty
      list if nothing matches.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 7a7c2c4e-51f0-4f6f-9a53-9b9a6f3b2c11
      name: Claims
      type: workitem
      description: Claims of customers
      enabled: true
      version: 3
      fields:
        - {name: amount_number, type: number, title: Amount, minimum: 0}
api:
  description: Statistics of the task's API requests, see M(genesys.cloud.genesys_data_schema).
  returned: success
  type: dict
"""

from ansible_collections.genesys.cloud.plugins.module_utils._module.info import run_info
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_schema.kind import DATA_SCHEMA


def main() -> None:
    run_info(DATA_SCHEMA)


if __name__ == "__main__":
    main()
