#!/usr/bin/python
# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: genesys_data_action
short_description: Manages a data action of a Genesys Cloud org
description:
  - Creates, updates and removes one data action, and changes only what differs.
  - The APIs C(platform) and C(reference) have different options, see the description of each. An option that
    the org's API lacks is an error before any request.
  - In the API C(platform), a data action is found by O(name) and O(integration), or by O(id). Built-in and
    authentication actions, whose IDs begin with C(static) and C(customAuth), and Function data actions are
    only read by M(genesys.cloud.genesys_data_action_info).
  - Options that the task omits keep their value in the org. V(null) resets an option to the API's default.
  - Placeholders, JSONPaths, mappings against a sample response, and conditions are checked offline before the
    first request. All problems are reported together.
  - A change that another client makes between the read and the write is kept. If it changes an option that
    the task declares, it is a conflict, see O(on_conflict).
author:
  - genesys.cloud contributors (@genesys-cloud-collection)
version_added: 1.0.0
extends_documentation_fragment:
  - genesys.cloud.auth
  - genesys.cloud.reporting
  - genesys.cloud.read_cache
  - genesys.cloud.verify_audit
  - genesys.cloud.attributes
  - genesys.cloud.data_action_platform
  - genesys.cloud.data_action_rest
notes:
  - >-
    The OAuth client needs a role with these permissions in the API C(platform):
    C(integrations:integration:view), C(integrations:action:view) or C(bridge:actions:view),
    C(integrations:action:add), C(integrations:action:edit), C(integrations:action:delete),
    C(integrations:action:execute), C(architect:dependencyTracking:view).
options:
  name:
    description:
      - Exact name of the data action. The data action is found by it, unless O(id) is given.
      - With O(id), a different name renames the data action.
      - One of O(name) and O(id) is required. O(name) is required to create an object. It may be in
        O(definition).
    type: str
  id:
    description:
      - ID of an existing data action. An unknown ID is an error. With O(state=absent) it is no change.
    type: str
  state:
    description:
      - V(present) creates or updates the data action, V(absent) removes it.
      - V(validated) checks the options offline, without credentials and without a request.
    type: str
    choices: [present, absent, validated]
    default: present
  description:
    description:
      - Purpose of the data action.
      - The API C(platform) has no description. There the option is ignored with a warning.
    type: str
  on_conflict:
    description:
      - How to handle a conflict, which is a change of a declared option by another client between the read
        and the write.
      - V(fail) writes nothing and reports both values. V(overwrite) writes the values of the task.
    type: str
    choices: [fail, overwrite]
    default: fail
  verify:
    description:
      - Whether the data action is read back after a write and compared with the values sent.
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

- name: Validate a data action without an org
  genesys.cloud.genesys_data_action:
    state: validated
    name: Get Order Status
    rest:
      url: https://orders.example.com/v1/orders/${order_id}
      method: GET
      inputs: [order_id]

- name: Status of an order, on the platform
  genesys.cloud.genesys_data_action:
    name: Get Order Status
    integration: Orders
    category: Orders
    timeout_seconds: 10
    definition:
      contract:
        input:
          inputSchema: {type: object, properties: {order_id: {type: string}}}
        output:
          successSchema: {type: object, properties: {status: {type: string}}}
      config:
        request:
          requestUrlTemplate: https://orders.example.com/v1/orders/${input.order_id}
          requestType: GET
        response:
          translationMap: {status: $.status}
          translationMapDefaults: {status: '"unknown"'}
          successTemplate: '{"status": ${status}}'

- name: Change the inputs of a data action that flows consume, and test the new one first
  genesys.cloud.genesys_data_action:
    name: Get Order Status
    integration: Orders
    on_contract_change: replace
    definition:
      contract:
        input:
          inputSchema: {type: object, properties: {number: {type: string}}}
      config:
        request:
          requestUrlTemplate: https://orders.example.com/v2/orders/${input.number}
    test:
      input: {number: "4711"}
      expect: {status: open}

- name: Remove a data action
  genesys.cloud.genesys_data_action:
    name: Get Customer Profile
    state: absent
"""

RETURN = r"""
record:
  description:
    - The data action after the task, in the form of the module's options. Secret header values are masked.
    - V(null) after a removal, and if there was nothing to remove.
    - In the API C(platform) it has C(integration) as an ID, C(category), C(secure), C(timeout_seconds) and
      C(definition) with the texts of the templates, and neither C(rest) nor C(conditions).
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
  description: The action that the task took, or would take in check mode.
  returned: success
  type: str
  sample: update
  choices: [none, create, update, delete]
snapshot:
  description:
    The data action before the change, V(null) if the task created it. Secret header values are masked.
  returned: when the task changes something
  type: dict
consumers:
  description:
    - Flow versions that consume the data action, in the API C(platform).
  returned: when they prevent a change of the contract or a removal, and when the data action is replaced
  type: list
  elements: dict
  contains:
    type:
      description: Type of the flow in dependency tracking, such as V(INBOUNDCALLFLOW).
      type: str
    name:
      description: Name of the flow.
      type: str
    version:
      description: Version of the flow.
      type: str
    id:
      description: ID of the flow.
      type: str
replacement:
  description:
    - The data action that was replaced, and the new one. RV(consumers) has the flows to change and publish.
  returned: when O(on_contract_change=replace) and the contract changes
  type: dict
  contains:
    old_id:
      description: ID of the old data action.
      type: str
    old_name:
      description: Name of the old data action from then on.
      type: str
    new_id:
      description: ID of the new data action, V(null) in check mode.
      type: str
removed_replaced:
  description:
    - Data actions that an earlier task has replaced and this one has removed, each with C(id) and C(name). In
      M(genesys.cloud.genesys_org_config) each is an object of the result.
  returned: when O(on_contract_change=replace) and there are any
  type: list
  elements: dict
test:
  description:
    - Outcome of O(test).
  returned: when a test was run
  type: dict
  contains:
    success:
      description: Whether every operation succeeded and the result is as expected.
      type: bool
    operations:
      description:
        - The operations of the test, each with C(step), C(name), C(success) and C(error). Their results are
          left out.
      type: list
      elements: dict
sample_variables:
  description: The value of each variable of O(rest.variable_mappings) for O(rest.sample_response).
  returned: when O(rest.sample_response) is given
  type: dict
  sample: {CustomerLanguage: en-US, CustomerBalance: 150.0}
audit_record:
  description: The org's audit record of the change, see M(genesys.cloud.genesys_audit_info).
  returned: when O(verify_audit) is set and the task changed something
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
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.kind import (
    DATA_ACTION,
)


def main() -> None:
    run_resource(DATA_ACTION)


if __name__ == "__main__":
    main()
