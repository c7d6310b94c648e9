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
  integration:
    description:
      - Integration that the data action belongs to, by its name or ID. Required to create a data action of
        the API C(platform), which alone has integrations.
      - A name must belong to exactly one integration, see O(integration_type). In
        M(genesys.cloud.genesys_org_config) it may be an integration that the same task creates or renames.
      - The first publication of a data action fixes its integration, see O(on_contract_change).
    type: str
  integration_type:
    description:
      - ID of the type of O(integration), such as V(custom-rest-actions), where its name belongs to
        integrations of several types.
    type: str
  category:
    description:
      - Category of the data action. Required to create a data action of the API C(platform), which alone has
        categories.
    type: str
  secure:
    description:
      - Whether flows may use the data action in secure parts only. Fixed by the first publication. Only in
        the API C(platform).
    type: bool
  timeout_seconds:
    description:
      - Time limit of the request that the data action sends, from 1 to 60 seconds. Only in the API
        C(platform). The option O(timeout) is that of this task's requests.
    type: int
  definition:
    description:
      - The data action in the form of the API C(platform), which the vendor's console exports, with C(name),
        C(category), C(secure), C(contract) and C(config). Parts that it omits keep their values in the org.
      - A mapping, or the path of a JSON file on the host where the module runs. The text of a template is
        never changed. In a mapping, mark a template that contains C({{), C({%) or C({#) with C(!unsafe),
        because Ansible reads these itself. A file needs no mark. C(docs/data-actions.md) has examples.
      - C(id), C(version), C(selfUri), C(integrationType), C(actionType), C(errorSchema) and keys that end
        with C(Uri) or C(Flattened) are ignored with a warning. Any other key is an error.
      - Excludes O(rest). Options beside it take precedence.
      - A template that is absent, empty or the API's default is the same. Line ends and one line break at the
        end of a template do not count. Schemas are compared as data, independent of the order of keys.
    type: raw
  on_contract_change:
    description:
      - How to handle a change of what the first publication of a data action has fixed, which are its
        schemas, O(secure) and O(integration). Only in the API C(platform).
      - V(fail) reports it before any write, with the flows that consume the data action.
      - V(replace) creates another data action, whose name ends with C((replacement)), and tests it if O(test)
        is given. Then the name of the old one gets the end C((replaced ID)), with the first characters of its
        ID, and the new one gets the old name. Flows refer to IDs, so they keep the old data action until they
        are changed and published. RV(consumers) has them.
      - A later run with V(replace) removes the old data action when no flow consumes it, see
        RV(removed_replaced). Until then the run warns. A run that was stopped is continued by the next one.
      - Dependency tracking follows the flows with a delay.
    type: str
    choices: [fail, replace]
    default: fail
  force:
    description:
      - Whether O(state=absent) removes a data action although flows consume it, or although the API's
        dependency tracking cannot say whether they do. The flows are named in a warning. Only in the API
        C(platform).
    type: bool
    default: false
  test:
    description:
      - Test of the data action before each write, in a draft that is validated, tested and published. The
        test calls the remote service with the credentials of the integration, which must be enabled. Only in
        the API C(platform).
      - If a step fails, the draft is discarded and the data action stays as it is. RV(test) has the outcome
        of each operation.
      - Nothing is tested if the task changes nothing, in check mode, and in a rollback.
      - A draft of another client is never overwritten. It is an error, unless its content is that of the data
        action before or after the task.
    type: dict
    suboptions:
      input:
        description:
          - Values of the inputs. C(no_log) hides values that are secret.
        type: dict
      expect:
        description:
          - Part of the expected result, as a structure. An object may have more keys than this one. A list
            must have the same number of entries.
        type: raw
  rest:
    description:
      - The request that the data action sends, and the variables that it reads from the response.
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
          - All headers of the request. Values may hold placeholders.
          - Names that differ in case alone are the same header, which may be given once. Put numbers and
            booleans in quotes.
          - A header is secret if its name contains authorization, cookie, api-key, token, secret, password,
            jwt or signature, begins with x-auth or x-amz, or is in O(secret_headers), and if its value is
            more than placeholders. Secret values are never shown. A secret header with an empty value is an
            error.
        type: dict
      body:
        description:
          - Template of the request's body. Values may hold placeholders.
          - Give a structure as its JSON text, with the filter C(to_json).
          - Mark a template that contains C({#if), C({{) or C({%) with C(!unsafe). Ansible would otherwise
            read it as a comment or an expression of its own template language.
        type: str
      inputs:
        description:
          - All inputs, each as its name, or as a dictionary with C(name), C(type) (V(string), V(integer),
            V(number) or V(boolean), by default V(string)), C(required) (by default V(false)), C(default) and
            C(description). If given, undeclared and unused placeholders of O(rest.url), O(rest.headers) and
            O(rest.body) are reported. C(${input.rawRequest}) uses all inputs.
          - The API V(platform) gets them as the contract of the input. The API V(reference) has no place for
            them, so a task of both APIs may have all keys.
        type: list
        elements: raw
      variable_mappings:
        description:
          - All variables that a flow gets. Their order is ignored.
          - Other properties of a mapping in the org stay with its O(rest.variable_mappings[].name).
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
              - Text of the value that is used if the response has none. A text that is not of the variable's
                type causes a warning, because the API accepts it.
            type: raw
      sample_response:
        description:
          - A response of the called API, as YAML or JSON text or as a structure. The mappings are evaluated
            against it, see RV(sample_variables). Never sent to the API.
        type: raw
  secret_headers:
    description:
      - Names of additional headers whose values are secret.
    type: list
    elements: str
  conditions:
    description:
      - All conditions under which the data action runs. Each is one line of text, such as V(crm.status ==
        "active" and crm.priority > 5), or a tree.
      - In a line, C(dataset.field) stands on the left (in quotes where it is no identifier); operators are
        C(==), C(!=), C(>), C(>=), C(<), C(<=), C(contains), C(starts_with), C(ends_with), C(in) with a JSON
        array, and C(exists) without a right side; C(or) binds less than C(and), C(and) less than C(not).
      - A tree has the keys C(type), C(value) (with C(type), C(dataset_id) and C(field_id)), C(expression) and
        C(children).
      - Other properties of a condition in the org stay with its operator, dataset and field.
      - The API C(platform) has no conditions.
    type: list
    elements: raw
  dataset_dependencies:
    description:
      - Additional references between datasets, as a list of datasets for each dataset. They count in the
        search for circular references. Never sent to the API.
    type: dict
  max_condition_depth:
    description:
      - Maximum depth of a condition. The root has the depth 0.
    type: int
    default: 10
  max_condition_children:
    description:
      - Maximum number of children of a condition's node.
    type: int
    default: 5
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
    - In the API C(platform) it has C(integration) as an ID, C(category), C(secure),
      C(timeout_seconds) and C(definition) with the texts of the templates.
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
