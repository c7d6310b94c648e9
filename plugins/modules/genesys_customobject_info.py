#!/usr/bin/python
# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: genesys_customobject_info
short_description: Reads the schema of a Genesys Cloud custom object
description:
  - Returns the fields, the indexes and the version of one custom object's schema.
  - The API has no list of custom objects, so the ID must be known.
author:
  - genesys.cloud contributors (@genesys-cloud-collection)
version_added: 1.0.0
extends_documentation_fragment:
  - genesys.cloud.auth
  - genesys.cloud.attributes.info
  - genesys.cloud.attributes
options:
  custom_object_id:
    description:
      - ID of the custom object.
    type: str
    required: true
seealso:
  - module: genesys.cloud.genesys_customobject_index
"""

EXAMPLES = r"""
- name: Read the schema of tickets
  genesys.cloud.genesys_customobject_info:
    custom_object_id: ticket
  register: ticket

- name: Show its indexes
  ansible.builtin.debug:
    var: ticket.records[0].indexes
"""

RETURN = r"""
records:
  description:
    - The schema in the form of the options of M(genesys.cloud.genesys_customobject_index), and its C(fields).
      An empty list if there is no such custom object.
    - During a rebuild, version and indexes may be the earlier ones.
  returned: success
  type: list
  elements: dict
  sample:
    - custom_object_id: ticket
      name: Ticket
      description: Cases of customers
      fields:
        - {name: customer_id, type: string, max_length: 40, cardinality_hint: high}
        - {name: agent, type: reference, reference_to: agent}
      indexes: [{name: by_customer, fields: [customer_id], order: asc}]
      field_optimizations: {customer_id: {cardinality_hint: high}}
      customFields: []
      schema_version: 8
      last_updated: "2026-01-31T10:00:00.000Z"
api:
  description: Statistics of the task's API requests, see M(genesys.cloud.genesys_customobject_index).
  returned: success
  type: dict
"""

from ansible_collections.genesys.cloud.plugins.module_utils._module.info import run_info
from ansible_collections.genesys.cloud.plugins.module_utils._resources.customobject_index.kind import (
    CUSTOM_OBJECT,
)


def main() -> None:
    run_info(CUSTOM_OBJECT)


if __name__ == "__main__":
    main()
