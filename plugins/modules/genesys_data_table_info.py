#!/usr/bin/python
# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: genesys_data_table_info
short_description: Reads the data tables of a Genesys Cloud org
description:
  - Returns one data table of the API C(platform) by ID or by its exact name, those whose name matches a
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
    C(architect:datatable:view), C(architect:datatable:view) or C(architect:datatableRow:view).
options:
  name:
    description:
      - Exact name of the data table.
      - At most one of O(name), O(id) and O(name_pattern) may be given. Without any of them, all objects are
        returned.
    type: str
  id:
    description:
      - ID of the data table.
    type: str
  name_pattern:
    description:
      - Shell pattern of names, such as V(CRM *), case-sensitive.
    type: str
  rows:
    description:
      - Whether the rows of each data table are read too, one request for 100 rows.
    type: bool
    default: false
  readable:
    description:
      - Whether rows are returned as a dictionary by key in place of a list.
    type: bool
    default: false
seealso:
  - module: genesys.cloud.genesys_data_table
"""

EXAMPLES = r"""
- name: Read one data table with its rows
  genesys.cloud.genesys_data_table_info:
    name: Prices
    rows: true
  register: prices
"""

RETURN = r"""
records:
  description:
    - The data tables in the form of the options of M(genesys.cloud.genesys_data_table), sorted by name. An
      empty list if nothing matches. Rows that were not read are V(null).
  returned: success
  type: list
  elements: dict
  sample:
    - id: 0c3f5d3e-9a4b-4d39-8f2c-6a1f6f0f4b11
      name: Prices
      division: Home
      description: ""
      key_title: SKU
      columns:
        - {name: price, type: number, title: Price, default: null}
      rows: null
api:
  description: Statistics of the task's API requests, see M(genesys.cloud.genesys_data_table).
  returned: success
  type: dict
"""

from ansible_collections.genesys.cloud.plugins.module_utils._module.info import run_info
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_table.kind import DATA_TABLE


def main() -> None:
    run_info(DATA_TABLE)


if __name__ == "__main__":
    main()
