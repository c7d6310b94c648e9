#!/usr/bin/python
# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: genesys_webhook
short_description: Manages a webhook of a Genesys Cloud org
description:
  - Creates, updates and removes one webhook, and changes only what differs. A webhook notifies another system
    of changes in the org. Registering it again is no change.
  - Options that the task omits keep their value in the org. V(null) resets O(enabled) and O(target.headers)
    to the API's defaults. The other fields of a webhook are mandatory and cannot be V(null).
  - The API posts a JSON object with C(eventType), C(entityId), C(organizationId), C(timestamp) and C(data)
    (the object) to the target.
  - The API neither keeps names unique nor supports preconditions. The module therefore fails if several
    webhooks have the name, or if another webhook has the new name. It reads the webhook again right before
    the write, so that changes by other clients are kept or reported. Only a change between that read and the
    write is lost.
author:
  - genesys.cloud contributors (@genesys-cloud-collection)
version_added: 1.0.0
extends_documentation_fragment:
  - genesys.cloud.auth
  - genesys.cloud.reporting
  - genesys.cloud.attributes
options:
  name:
    description:
      - Exact name of the webhook. The webhook is found by it, unless O(id) is given.
      - With O(id), a different name renames the webhook.
      - One of O(name) and O(id) is required. O(name) is required to create an object.
    type: str
  id:
    description:
      - ID of an existing webhook. An unknown ID is an error. With O(state=absent) it is no change.
    type: str
  state:
    description:
      - V(present) creates or updates the webhook, V(absent) removes it.
      - V(validated) checks the options offline, without credentials and without a request.
    type: str
    choices: [present, absent, validated]
    default: present
  events:
    description:
      - All event types that are sent. Their order is ignored. Required to create a webhook.
      - They are C(data.action), C(flow), C(privacy.purpose) and C(customobject.schema), each followed by
        C(.created), C(.updated) or C(.deleted), such as V(data.action.updated).
    type: list
    elements: str
  target:
    description:
      - Destination of the events.
    type: dict
    suboptions:
      url:
        description:
          - The http or https URL. Required to create a webhook.
          - Its query and its fragment may hold secrets. A value is secret if the name of its parameter is
            that of a secret header, is auth, code, credentials, pass, pwd or sig, or is in O(secret_headers).
            Secret values are never shown.
          - A part of the path is secret if it looks like a token. It has at least 12 characters with letters
            and digits, or at least 16 letters of both cases. Use a header for any other secret.
          - Credentials before the host are rejected.
        type: str
      headers:
        description:
          - All headers that are sent with each event.
          - Names that differ in case alone are the same header, which may be given once. Put numbers and
            booleans in quotes.
          - A header is secret if its name contains authorization, cookie, api-key, token, secret, password,
            jwt or signature, begins with x-auth or x-amz, or is in O(secret_headers). Secret values are
            compared but never shown. A diff shows only that a secret value changed. A secret header with an
            empty value is an error.
        type: dict
  enabled:
    description:
      - Whether events are sent. By default a new webhook is enabled.
    type: bool
  secret_headers:
    description:
      - Names of additional headers and URL parameters whose values are secret.
    type: list
    elements: str
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
      - Whether the webhook is read back after a write and compared with the values sent.
    type: bool
    default: true
seealso:
  - module: genesys.cloud.genesys_webhook_info
  - module: genesys.cloud.genesys_audit_info
"""

EXAMPLES = r"""
- name: Notify the audit system of every change of a data action
  genesys.cloud.genesys_webhook:
    name: Audit sync
    events: [data.action.created, data.action.updated, data.action.deleted]
    target:
      url: https://audit.example.com/genesys
      headers:
        Authorization: Bearer {{ audit_token }}

- name: Disable the webhook
  genesys.cloud.genesys_webhook:
    name: Audit sync
    enabled: false

- name: Remove the webhook
  genesys.cloud.genesys_webhook:
    name: Audit sync
    state: absent
"""

RETURN = r"""
record:
  description:
    - The webhook after the task, in the form of the module's options. Secret values are masked.
    - V(null) after a removal, and if there was nothing to remove.
  returned: success, unless O(state=validated)
  type: dict
  sample:
    id: 0c0b8a54-6a2f-4e2f-8d39-9f0a1a7f9c55
    name: Audit sync
    events: [data.action.updated]
    target:
      url: https://audit.example.com/genesys?sig=********
      headers: {Authorization: "********"}
    enabled: true
plan:
  description: The action that the task took, or would take in check mode.
  returned: success
  type: str
  sample: update
  choices: [none, create, update, delete]
snapshot:
  description: The webhook before the change, V(null) if the task created it. Secret values are masked.
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
from ansible_collections.genesys.cloud.plugins.module_utils._resources.webhook import WEBHOOK


def main() -> None:
    run_resource(WEBHOOK)


if __name__ == "__main__":
    main()
