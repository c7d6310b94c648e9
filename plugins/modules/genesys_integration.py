#!/usr/bin/python
# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: genesys_integration
short_description: Manages an integration of a Genesys Cloud org
description:
  - Creates, updates and removes one integration of the API C(platform), with its configuration, its state and
    its credentials. Changes only what differs.
  - Names of integrations are not unique, even within a type. An integration is found by O(name) and O(type),
    or by O(id). Several that fit are an error with their IDs.
  - An integration that has data actions is not removed, because the API would remove them with it. The error
    names them.
  - The API keeps the type of an integration. Another O(type) is an error.
author:
  - genesys.cloud contributors (@genesys-cloud-collection)
version_added: 1.0.0
extends_documentation_fragment:
  - genesys.cloud.auth
  - genesys.cloud.reporting
  - genesys.cloud.verify_audit
  - genesys.cloud.attributes
notes:
  - >-
    The OAuth client needs a role with these permissions in the API C(platform):
    C(integrations:integration:view), C(integrations:integration:add), C(integrations:action:view) or
    C(bridge:actions:view), C(integrations:integration:edit), C(integrations:integration:delete).
options:
  name:
    description:
      - Exact name of the integration. With O(id), a different name renames the integration.
      - One of O(name) and O(id) is required. O(name) is required to create an integration.
    type: str
  id:
    description:
      - ID of an existing integration. An unknown ID is an error. With O(state=absent) it is no change.
    type: str
  type:
    description:
      - ID of the integration type, such as V(custom-rest-actions), V(purecloud-data-actions) or
        V(embedded-client-app). Required to create an integration.
    type: str
  state:
    description:
      - V(present) creates or updates the integration, V(absent) removes it.
      - V(validated) checks the options offline, without credentials and without a request.
    type: str
    choices: [present, absent, validated]
    default: present
  intended_state:
    description:
      - Whether the integration is active. A new integration is V(DISABLED) by default.
    type: str
    choices: [ENABLED, DISABLED]
  notes:
    description:
      - Notes about the integration. V(null) removes them.
    type: str
  properties:
    description:
      - Properties of the configuration, by the names of the type's schema. Properties that the task omits
        keep their values. V(null) as a value removes a property.
    type: dict
  advanced:
    description:
      - Advanced configuration, under the rules of O(properties).
    type: dict
  credentials:
    description:
      - The credential of each slot, such as C(basicAuth), by the name of the credential or as a dictionary
        with its C(id). Slots that the task omits keep their credentials. V(null) empties a slot.
      - A name must belong to exactly one credential of the org. In M(genesys.cloud.genesys_org_config) it may
        be a credential that the same task creates.
    type: dict
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
      - Whether the integration is read back after a write and compared with the values sent.
    type: bool
    default: true
  wait:
    description:
      - Whether the task waits after a write until the integration reports its O(intended_state), up to
        O(deadline). A reported error fails the task.
    type: bool
    default: true
seealso:
  - module: genesys.cloud.genesys_integration_info
  - module: genesys.cloud.genesys_integration_credential
"""

EXAMPLES = r"""
- name: Create the integration of the CRM, with the credential in its slot
  genesys.cloud.genesys_integration:
    name: CRM
    type: custom-rest-actions
    intended_state: ENABLED
    credentials:
      basicAuth: CRM login

- name: Disable it
  genesys.cloud.genesys_integration:
    name: CRM
    type: custom-rest-actions
    intended_state: DISABLED

- name: Remove it
  genesys.cloud.genesys_integration:
    name: CRM
    type: custom-rest-actions
    state: absent
"""

RETURN = r"""
record:
  description:
    - The integration after the task, in the form of the module's options.
    - V(null) after a removal, and if there was nothing to remove.
  returned: success, unless O(state=validated)
  type: dict
  sample:
    id: 9f0b8a54-6a2f-4e2f-8d39-9f0a1a7f9c55
    name: CRM
    type: custom-rest-actions
    intended_state: ENABLED
    notes: ""
    properties: {}
    advanced: {}
    credentials:
      basicAuth: {id: c1f3cf05-1f1c-4f0c-9d2a-5d2a2f9bbd10, name: CRM login}
    reported_state: {code: ACTIVE}
    version: 2
plan:
  description: The action that the task took, or would take in check mode.
  returned: success
  type: str
  sample: update
  choices: [none, create, update, delete]
snapshot:
  description: The integration before the change, V(null) if the task created it.
  returned: when the task changes something
  type: dict
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
from ansible_collections.genesys.cloud.plugins.module_utils._resources.integration.kind import INTEGRATION


def main() -> None:
    run_resource(INTEGRATION)


if __name__ == "__main__":
    main()
