#!/usr/bin/python
# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: genesys_integration_credential
short_description: Manages an integration credential of a Genesys Cloud org
description:
  - Creates, updates and removes one credential of the API C(platform), which integrations use to sign in
    elsewhere.
  - The API never returns the secret fields. No read can show whether a secret was changed elsewhere.
    O(update_secret) decides when an existing credential gets the secrets of the task.
  - A credential that an integration uses is not removed. The error names the integrations.
  - A rollback cannot restore earlier secrets, because nothing has them. A task with a journal warns of that
    before the write.
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
    C(integrations:integration:view), C(integrations:integration:add), C(integrations:integration:edit),
    C(integrations:integration:delete).
options:
  name:
    description:
      - Exact name of the credential. With O(id), a different name renames the credential.
      - One of O(name) and O(id) is required. O(name) is required to create a credential.
    type: str
  id:
    description:
      - ID of an existing credential. An unknown ID is an error. With O(state=absent) it is no change.
    type: str
  type:
    description:
      - Name of the credential type, such as V(basicAuth), V(userDefined), V(userDefinedOAuth) or
        V(pureCloudOAuthClient). Required to create a credential.
    type: str
  state:
    description:
      - V(present) creates or updates the credential, V(absent) removes it.
      - V(validated) checks the options offline, without credentials and without a request.
    type: str
    choices: [present, absent, validated]
    default: present
  fields:
    description:
      - All secret fields by their names in the type, such as C(userName) and C(password). None of their
        values is ever shown. Names have letters, digits, dots, C(_) and C(-).
      - The API replaces all fields of a credential. Therefore they are required to change O(name) or O(type).
    type: dict
  update_secret:
    description:
      - When an existing credential gets the O(fields) of the task.
      - V(on_create) never writes them to an existing credential. V(always) writes them in every run, which is
        always a change.
      - V(when_changed) compares them with an HMAC of the last secrets that the collection wrote from this
        host, in O(state_path). Without an HMAC, or with one of another key, they cannot be compared. The
        task then warns, does not write them, and returns RV(not_compared).
      - The key of the HMACs is the content of O(hmac_key_file), else O(client_secret).
    type: str
    choices: [on_create, always, when_changed]
    default: on_create
  state_path:
    description:
      - Folder of the HMACs. It is created with mode 0700, its files with mode 0600.
      - The default is E(GENESYS_STATE_PATH), or else the folder C(genesys.cloud) in E(XDG_STATE_HOME) or in
        C(~/.local/state).
    type: path
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
      - Whether the credential is read back after a write. Its name and its type are compared.
    type: bool
    default: true
seealso:
  - module: genesys.cloud.genesys_integration_credential_info
  - module: genesys.cloud.genesys_integration
"""

EXAMPLES = r"""
- name: Create the login of the CRM, and write it again when the password changes
  genesys.cloud.genesys_integration_credential:
    name: CRM login
    type: basicAuth
    fields:
      userName: genesys
      password: "{{ crm_password }}"
    update_secret: when_changed

- name: Remove it
  genesys.cloud.genesys_integration_credential:
    name: CRM login
    state: absent
"""

RETURN = r"""
record:
  description:
    - The credential after the task, in the form of the module's options, without its secrets.
    - V(null) after a removal, and if there was nothing to remove.
  returned: success, unless O(state=validated)
  type: dict
  sample:
    id: c1f3cf05-1f1c-4f0c-9d2a-5d2a2f9bbd10
    name: CRM login
    type: basicAuth
    fields: null
plan:
  description: The action that the task took, or would take in check mode.
  returned: success
  type: str
  sample: update
  choices: [none, create, update, delete]
snapshot:
  description: The credential before the change, V(null) if the task created it.
  returned: when the task changes something
  type: dict
not_compared:
  description: The options that the task could not compare with the org, and did not write.
  returned: with O(update_secret=when_changed), if there is no HMAC that can be compared
  type: list
  elements: str
  sample: [fields]
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
from ansible_collections.genesys.cloud.plugins.module_utils._resources.integration_credential.kind import (
    INTEGRATION_CREDENTIAL,
)


def main() -> None:
    run_resource(INTEGRATION_CREDENTIAL)


if __name__ == "__main__":
    main()
