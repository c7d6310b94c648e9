#!/usr/bin/python
# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: genesys_org_diff
short_description: Compares an org with another org, or with declared entries
description:
  - Finds the objects that only one of two orgs has, and for those that both have the fields that differ.
    Reads both orgs once and writes to none.
  - Objects are matched by their names, never by their IDs. References to other objects are compared by the
    names of these objects. IDs, versions, dates and other fields that the server sets are no differences.
  - Compares all kinds of M(genesys.cloud.genesys_org_config) that both orgs have. Secrets in headers and
    addresses are compared, and never shown. What cannot be compared, such as the secrets of integration
    credentials, is in RV(notes).
  - Data actions of the two APIs are compared in the form of the API V(platform). The request and the
    variables of a data action of the API V(reference) are translated to it.
  - Fails if anything could not be read or compared, and then returns all that was compared.
author:
  - genesys.cloud contributors (@genesys-cloud-collection)
version_added: 1.0.0
extends_documentation_fragment:
  - genesys.cloud.attributes.compare
  - genesys.cloud.auth
  - genesys.cloud.attributes
options:
  other:
    description:
      - Connection to the other org. Exactly one of O(other) and O(config) is required.
      - Its options take nothing from the environment and have no defaults of the module, so that targets and
        credentials of two orgs are never mixed. Give each one that the other org needs.
      - The task fails if it is the same org.
    type: dict
    suboptions:
      base_url:
        description: As O(base_url), for the other org.
        type: str
      region:
        description: As O(region), for the other org.
        type: str
      login_url:
        description: As O(login_url), for the other org.
        type: str
      client_id:
        description: As O(client_id), for the other org.
        type: str
      client_secret:
        description: As O(client_secret), for the other org.
        type: str
      access_token:
        description: As O(access_token), for the other org.
        type: str
      token_path:
        description: As O(token_path), for the other org.
        type: str
      token_request:
        description: As O(token_request), for the other org.
        type: str
        choices: [basic, form, json]
      token_pool_size:
        description: As O(token_pool_size), for the other org.
        type: int
      scopes:
        description: As O(scopes), for the other org.
        type: list
        elements: str
      timeout:
        description: As O(timeout), for the other org.
        type: float
      retries:
        description: As O(retries), for the other org.
        type: int
      deadline:
        description: As O(deadline), for the other org.
        type: float
      list_lag:
        description: As O(list_lag), for the other org.
        type: float
      validate_certs:
        description: As O(validate_certs), for the other org.
        type: bool
      ca_path:
        description: As O(ca_path), for the other org.
        type: path
      client_cert:
        description: As O(client_cert), for the other org.
        type: path
      client_key:
        description: As O(client_key), for the other org.
        type: path
      proxy:
        description: As O(proxy), for the other org.
        type: str
      organization:
        description: As O(organization), for the other org.
        type: str
      api_profile:
        description: As O(api_profile), for the other org.
        type: str
        choices: [reference, platform]
  config:
    description:
      - Declared entries in place of the other org, such as an export. They have the form of the option
        O(genesys.cloud.genesys_org_config#module:config) and are compared by the same plan.
      - Only kinds of which it has a list are compared. Give an empty list for a kind that should have no
        objects.
    type: dict
  defaults:
    description: Options for all entries, as O(genesys.cloud.genesys_org_config#module:defaults).
    type: dict
  kinds:
    description:
      - The kinds to compare, by their lists in O(config), such as V(data_actions). The default is all that
        both sides have.
    type: list
    elements: str
  ids:
    description: IDs of objects of which the API has no list.
    type: dict
    suboptions:
      customobject_indexes:
        description: IDs of custom objects whose indexes are compared.
        type: list
        elements: str
  rows:
    description: Whether the rows of data tables are compared. They cost further requests for each table.
    type: bool
    default: true
  secret_headers:
    description:
      - Names of further headers and URL parameters whose values are secret, as in
        M(genesys.cloud.genesys_data_action).
    type: list
    elements: str
  concurrency:
    description: Maximum number of concurrent requests to each org, from 1 to 32.
    type: int
    default: 8
seealso:
  - module: genesys.cloud.genesys_org_config
  - module: genesys.cloud.drift_report
"""

EXAMPLES = r"""
- name: Compare production with the stage before it
  genesys.cloud.genesys_org_diff:
    region: eu-central-1
    organization: Acme Production
    client_id: "{{ production_client_id }}"
    client_secret: "{{ production_client_secret }}"
    other:
      region: eu-central-1
      organization: Acme Development
      client_id: "{{ development_client_id }}"
      client_secret: "{{ development_client_secret }}"
  register: compared

- name: Compare an org with declared data actions, and find undeclared ones
  genesys.cloud.genesys_org_diff:
    base_url: https://genesys.example.com
    config:
      data_actions:
        - name: Look up a contract
          rest: {url: "https://crm.example.com/contracts/${input.number}", method: GET}
"""

RETURN = r"""
equal:
  description: Whether everything was compared and nothing differs.
  returned: when both sides could be reached
  type: bool
complete:
  description: Whether everything was compared. If not, the task fails.
  returned: when both sides could be reached
  type: bool
objects:
  description: All objects, in the order of the kinds and of their names.
  returned: when both sides could be reached
  type: list
  elements: dict
  contains:
    kind:
      description: The kind, such as V(data_action).
      type: str
    name:
      description: Name of the object, its ID if the kind has no names.
      type: str
    id:
      description: ID in the org of the task.
      type: str
    other_id:
      description: ID in the other org.
      type: str
    path:
      description: Place of the declared entry, such as V(config.data_actions[0]). V(null) without O(config).
      type: str
    plan:
      description:
        - The change that would bring the org of the task to the state of the other side. V(create) means that
          only the other side has the object, V(delete) that only the org of the task has it, V(update) that
          it differs, V(none) that it is equal.
      type: str
    diff:
      description:
        - The fields of both sides, C(before) in the org of the task and C(after) in the other one. Secrets
          are masked, those that differ are marked. V(null) if nothing differs.
      type: dict
    error:
      description: The reason why the object was not compared, V(null) if it was.
      type: str
totals:
  description: Number of objects for each outcome.
  returned: when both sides could be reached
  type: dict
  sample: {only_there: 1, different: 2, only_here: 0, equal: 40, failed: 0}
notes:
  description: What was not compared although the task succeeded, with the reason.
  returned: when both sides could be reached
  type: list
  elements: str
  sample: ["integration_credentials: fields not compared, because no read shows it (3 objects)"]
unread:
  description: Kinds that could not be read in one of the orgs, with the error.
  returned: when both sides could be reached
  type: list
  elements: str
org:
  description: The org of the task, its C(id) and its C(name).
  returned: when both sides could be reached
  type: dict
other_org:
  description: The other org, V(null) with O(config).
  returned: when both sides could be reached
  type: dict
api:
  description: Statistics of the requests to the org of the task, see M(genesys.cloud.genesys_org_config).
  returned: when both sides could be reached
  type: dict
other_api:
  description: Statistics of the requests to the other org, V(null) with O(config).
  returned: when both sides could be reached
  type: dict
"""

from ansible_collections.genesys.cloud.plugins.module_utils._module.org_diff import run_org_diff


def main() -> None:
    run_org_diff()


if __name__ == "__main__":
    main()
