#!/usr/bin/python
# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: genesys_data_action
short_description: Manages a REST data action of a Genesys Cloud org
description:
  - Creates, updates and removes one data action, and changes only what differs.
  - What the task does not name stays as it is in the org; V(null) resets an option to the API's default.
  - Everything that can be judged offline (placeholders, JSONPaths, mappings against a sample, conditions) is
    judged before the first request, and every problem is reported at once.
  - A change that somebody else makes between the read and the write is kept, or reported where it touches
    what the task declares.
author:
  - genesys.cloud contributors (@genesys-cloud-collection)
version_added: 1.0.0
extends_documentation_fragment:
  - genesys.cloud.auth
  - genesys.cloud.reporting
  - genesys.cloud.verify_audit
  - genesys.cloud.attributes
options:
  name:
    description:
      - Exact name of the data action. It is how the object is found, unless O(id) is given.
      - With O(id), a different name renames the data action.
      - One of O(name) and O(id) is required, and a name to create one.
    type: str
  id:
    description:
      - ID of an existing data action. An unknown ID is an error, and no change for O(state=absent).
    type: str
  state:
    description:
      - V(present) creates or updates the data action, V(absent) removes it.
      - V(validated) checks the task alone, without credentials or a request.
    type: str
    choices: [present, absent, validated]
    default: present
  description:
    description:
      - What the data action is for.
    type: str
  rest:
    description:
      - The request that the data action sends, and what it reads from the response.
    type: dict
    suboptions:
      url:
        description:
          - URL or path of the request. C(${input}) is replaced by the input of that name.
          - Required to create a data action.
        type: str
      method:
        description:
          - HTTP method of the request. Required to create a data action.
        type: str
        choices: [DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT]
      headers:
        description:
          - Headers of the request, all of them. Values may hold placeholders.
          - A header is secret when its name says so (authorization, cookie, api-key, token, secret, password)
            or O(secret_headers) names it, and its value is more than placeholders. Secret values are never
            shown.
        type: dict
      body:
        description:
          - Template of the request's body. Values may hold placeholders.
        type: str
      inputs:
        description:
          - Names of the inputs, to have undeclared and unused placeholders of O(rest.url), O(rest.headers)
            and O(rest.body) reported. Never sent.
        type: list
        elements: str
      variable_mappings:
        description:
          - The variables that a flow gets, all of them. Their order means nothing.
        type: list
        elements: dict
        suboptions:
          name:
            description:
              - Name of the variable.
            type: str
            required: true
          source:
            description:
              - JSONPath of the value in the response, such as V($.account.balance), in the platform's
                (Jayway) dialect.
            type: str
            required: true
          type:
            description:
              - Type of the variable.
            type: str
            choices: [array, boolean, integer, json, number, string]
            required: true
          default:
            description:
              - Text of the value where the response has none; it must be of the variable's type.
            type: raw
      sample_response:
        description:
          - A response of the called API, as YAML or JSON text or as a structure. The mappings are evaluated
            against it, see RV(sample_variables). Never sent.
        type: raw
  secret_headers:
    description:
      - Names of further headers whose values are secret.
    type: list
    elements: str
  conditions:
    description:
      - When the data action runs, all conditions. Each is one line of text, such as
        V(crm.status == "active" and crm.priority > 5), or a tree.
      - In a line, C(dataset.field) stands on the left (in quotes where it is no identifier); operators are
        C(==), C(!=), C(>), C(>=), C(<), C(<=), C(contains), C(starts_with), C(ends_with), C(in) with a JSON
        array, and C(exists) without a right side; C(or) binds less than C(and), C(and) less than C(not).
      - A tree has the keys C(type), C(value) (with C(type), C(dataset_id) and C(field_id)), C(expression) and
        C(children).
    type: list
    elements: raw
  dataset_dependencies:
    description:
      - Further references between datasets, as a list of datasets by dataset, for the search for circular
        references. Never sent.
    type: dict
  max_condition_depth:
    description:
      - The deepest level that a condition may have, the root being 0.
    type: int
    default: 10
  max_condition_children:
    description:
      - How many children a node of a condition may have.
    type: int
    default: 5
  on_conflict:
    description:
      - What to do when somebody else changes a declared option between the read and the write.
      - V(fail) writes nothing and shows both values, V(overwrite) lets the task win.
    type: str
    choices: [fail, overwrite]
    default: fail
  verify:
    description:
      - Whether the object is read back after a write and compared with what was sent.
    type: bool
    default: true
seealso:
  - module: genesys.cloud.genesys_data_action_info
"""

EXAMPLES = r"""
- name: Customer profile of the CRM
  genesys.cloud.genesys_data_action:
    name: Get Customer Profile
    description: Profile and balance of a customer
    rest:
      url: https://crm.example.com/v1/customers/${customer_id}
      method: GET
      headers:
        Authorization: Bearer {{ crm_token }}
      inputs: [customer_id]
      variable_mappings:
        - name: CustomerLanguage
          source: $.preferences.language
          type: string
          default: en-US
        - name: CustomerBalance
          source: $.account_balance
          type: number
      sample_response: |
        {"preferences": {"language": "en-US"}, "account_balance": 150.00}

- name: Only for active customers of a high priority
  genesys.cloud.genesys_data_action:
    name: Get Customer Profile
    conditions:
      - crm.status == "active" and crm.priority > 5

- name: Judge a data action without any org
  genesys.cloud.genesys_data_action:
    state: validated
    name: Get Order Status
    rest:
      url: https://orders.example.com/v1/orders/${order_id}
      method: GET
      inputs: [order_id]

- name: Remove a data action
  genesys.cloud.genesys_data_action:
    name: Get Customer Profile
    state: absent
"""

RETURN = r"""
record:
  description:
    - The data action as it is after the task, in the terms of the options. Secret header values are masked.
    - V(null) after a removal, and where there was nothing to remove.
  returned: success, unless O(state=validated)
  type: dict
  sample:
    id: 4d6cd1a6-0f0f-4a5f-a3a4-ff00d1b3f8b5
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
plan:
  description: What the task did, or would do in check mode.
  returned: success
  type: str
  sample: update
  choices: [none, create, update, delete]
snapshot:
  description:
    The data action as it was before a change, V(null) before its creation. Secret header values are masked.
  returned: when the task changes something
  type: dict
sample_variables:
  description: What each variable of O(rest.variable_mappings) gets from O(rest.sample_response).
  returned: when O(rest.sample_response) is given
  type: dict
  sample: {CustomerLanguage: en-US, CustomerBalance: 150.0}
audit_record:
  description: The org's own audit record of the change, see M(genesys.cloud.genesys_audit_info).
  returned: when O(verify_audit) is set and the task changed something
  type: dict
api:
  description: What the task asked of the API.
  returned: success, unless O(state=validated)
  type: dict
  contains:
    requests:
      description: HTTP requests sent, the token's and repeated ones included.
      type: int
    retries:
      description: How many of them were repeats.
      type: int
    latency_ms:
      description: Milliseconds spent waiting for answers, all calls together.
      type: int
    correlation_ids:
      description: The API's correlation IDs of writes and of failed calls, for its support.
      type: list
      elements: str
"""

from ansible_collections.genesys.cloud.plugins.module_utils._module.resource import run_resource
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.reference import (
    DATA_ACTION,
)


def main() -> None:
    run_resource(DATA_ACTION)


if __name__ == "__main__":
    main()
