#!/usr/bin/python
# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: genesys_data_schema
short_description: Manages a data schema of a Genesys Cloud org, with its custom fields
description:
  - Creates, updates and removes one data schema of the API C(platform), with its custom fields. Changes
    only what differs. The schemas are those of workitems, external contacts and external organizations.
  - Fields are never removed. A task that omits a field of the schema or gives it another type fails before
    any write and names the field.
  - Options are disabled instead of removed. An option that a field does not declare stays in the schema,
    disabled. A task that declares it again enables it.
  - Each write makes a new version. It is refused if another client has made one since the read.
  - The API creates every schema as enabled. With O(enabled=false), a second request disables the new
    schema.
  - The API may go on showing a removed schema of workitems. The collection takes it for missing, and a task
    that declares its name creates another schema.
  - The API cannot remove schemas of external organizations. A task that would do so fails before any write.
  - Values are compared with the core types and the limits that the API announces, before the write and in
    check mode too.
  - A rollback cannot remove new fields, it can only disable new options, and it cannot remove a new schema
    of external organizations. With a journal, the task warns of that before the write. A removed schema
    comes back with another ID and as its first version. Objects that used the earlier one do not know it.
author:
  - genesys.cloud contributors (@genesys-cloud-collection)
version_added: 1.0.0
extends_documentation_fragment:
  - genesys.cloud.auth
  - genesys.cloud.reporting
  - genesys.cloud.attributes
notes:
  - >-
    The OAuth client needs a role with these permissions in the API C(platform):
    C(workitems:workitemSchema:view), C(workitems:workitemSchema:add), C(workitems:workitemSchema:edit),
    C(workitems:workitemSchema:delete), C(externalContacts:customFields:view),
    C(externalContacts:customFields:add), C(externalContacts:customFields:edit).
options:
  name:
    description:
      - Exact name of the schema among those of its O(type). With O(id), a different name renames the
        schema.
      - One of O(name) and O(id) is required. O(name) is required to create a schema.
    type: str
  type:
    description:
      - Type of the objects, V(workitem), V(external_contact) or V(external_organization), in any letter
        case. It is required with O(name) and with O(id), because each type has paths of its own.
    type: str
  id:
    description:
      - ID of an existing schema, as the API has it. C(TYPE:ID), as messages have it, replaces O(type) too.
      - An unknown ID is an error. With O(state=absent) it is no change.
    type: str
  state:
    description:
      - V(present) creates or updates the schema, V(absent) removes it.
      - V(validated) checks the options offline, without credentials and without a request.
    type: str
    choices: [present, absent, validated]
    default: present
  description:
    description:
      - Description of the schema. V(null) removes it.
    type: str
  enabled:
    description:
      - Whether the schema can be used. A new schema is enabled by default.
    type: bool
  fields:
    description:
      - The custom fields. The list must have every field of the schema, because the API removes none.
        Their order does not matter.
      - An omitted option of a field keeps the current value. V(null) removes the value.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - Name of the field in the API. The vendor's console appends the type, such as V(tier_enum).
        type: str
        required: true
      type:
        description:
          - Core type of the values, V(text), V(longtext), V(url), V(identifier), V(enum), V(date),
            V(datetime), V(integer), V(number), V(checkbox) or V(tag), in any letter case.
          - A type that the collection does not know is sent as it is, with a warning.
        type: str
        required: true
      title:
        description: Title in the console. The name by default.
        type: str
      description:
        description: Description of the field.
        type: str
      min_length:
        description: Smallest number of characters, for V(text), V(longtext), V(url) and V(identifier).
        type: int
      max_length:
        description: Largest number of characters, for the same types.
        type: int
      minimum:
        description: Smallest value, for V(integer) and V(number).
        type: raw
      maximum:
        description: Largest value, for the same types.
        type: raw
      min_items:
        description: Smallest number of tags, for V(tag).
        type: int
      max_items:
        description: Largest number of tags, for V(tag).
        type: int
      unique_items:
        description: Whether each tag can occur once only, for V(tag).
        type: bool
      item_min_length:
        description: Smallest number of characters of a tag, for V(tag).
        type: int
      item_max_length:
        description: Largest number of characters of a tag, for V(tag).
        type: int
      options:
        description:
          - The options, for V(enum), in the order of the console. Options that the list omits stay in the
            schema, disabled.
        type: list
        elements: dict
        suboptions:
          name:
            description: Name of the option in the API, which objects have as their value.
            type: str
            required: true
          title:
            description: Title in the console. The name by default.
            type: str
          disabled:
            description: Whether the option can no longer be chosen. It can be by default.
            type: bool
  on_conflict:
    description:
      - How to handle a conflict, which is a change of a declared option or field by another client between
        the read and the write.
      - V(fail) writes nothing and reports both values. V(overwrite) writes the values of the task.
    type: str
    choices: [fail, overwrite]
    default: fail
  verify:
    description:
      - Whether the schema is read back after a write and compared with the values sent.
    type: bool
    default: true
seealso:
  - module: genesys.cloud.genesys_data_schema_info
"""

EXAMPLES = r"""
- name: Give workitems of claims their fields
  genesys.cloud.genesys_data_schema:
    name: Claims
    type: workitem
    description: Claims of customers
    fields:
      - {name: policy_identifier, type: identifier, title: Policy, max_length: 40}
      - {name: amount_number, type: number, title: Amount, minimum: 0}
      - name: tier_enum
        type: enum
        title: Tier
        options:
          - {name: gold, title: Gold}
          - {name: silver, title: Silver}

- name: Prepare a schema of contacts that is not in use yet
  genesys.cloud.genesys_data_schema:
    name: Loyalty
    type: external_contact
    enabled: false
    fields:
      - {name: interests_tag, type: tag, title: Interests, max_items: 10, unique_items: true}

- name: Remove it
  genesys.cloud.genesys_data_schema:
    name: Loyalty
    type: external_contact
    state: absent
"""

RETURN = r"""
record:
  description:
    - The schema after the task, in the form of the module's options, with its C(version). Fields have the
      options that the schema gives a value.
    - V(null) after a removal, and if there was nothing to remove.
  returned: success, unless O(state=validated)
  type: dict
  sample:
    id: 7a7c2c4e-51f0-4f6f-9a53-9b9a6f3b2c11
    name: Claims
    type: workitem
    description: Claims of customers
    enabled: true
    version: 3
    fields:
      - {name: amount_number, type: number, title: Amount, minimum: 0}
      - name: tier_enum
        type: enum
        title: Tier
        options:
          - {name: gold, title: Gold, disabled: false}
          - {name: silver, title: Silver, disabled: true}
    applies_to: [WORKITEM]
    date_created: "2026-05-01T10:00:00.000Z"
plan:
  description: The action that the task took, or would take in check mode.
  returned: success
  type: str
  sample: update
  choices: [none, create, update, delete]
snapshot:
  description: The schema before the change, V(null) if the task created it.
  returned: when the task changes something
  type: dict
api:
  description: Statistics of the task's API requests.
  returned: success, unless O(state=validated)
  type: dict
  contains:
    profile:
      description: The API that the task used, V(platform) or V(reference).
      type: str
    requests:
      description: Number of HTTP requests, including token requests and retries.
      type: int
    retries:
      description: Number of retries among them.
      type: int
    latency_ms:
      description: Time spent waiting for responses, summed over all calls (milliseconds).
      type: int
    correlation_ids:
      description: The API's correlation IDs of writes and of failed calls, for the vendor's support.
      type: list
      elements: str
"""

from ansible_collections.genesys.cloud.plugins.module_utils._module.resource import run_resource
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_schema.kind import DATA_SCHEMA


def main() -> None:
    run_resource(DATA_SCHEMA)


if __name__ == "__main__":
    main()
