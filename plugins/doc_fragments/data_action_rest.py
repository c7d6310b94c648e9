# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of the request of a data action, of its variables and of its conditions."""

from __future__ import annotations


class ModuleDocFragment:
    """C(extends_documentation_fragment: genesys.cloud.data_action_rest)."""

    DOCUMENTATION = r"""
options:
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
"""
