#!/usr/bin/python
# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: genesys_webhook
short_description: Manages a webhook of a Genesys Cloud org
description:
  - Creates, updates and removes one webhook, which tells another system of changes in the org, and changes
    only what differs. Registering it again is no change.
  - What the task does not name stays as it is in the org. V(null) resets O(enabled) and O(target.headers) to
    the API's defaults; the other options are what a webhook cannot be without, and cannot be V(null).
  - The API posts a JSON object with C(eventType), C(entityId), C(organizationId), C(timestamp) and C(data)
    (the object) to the target.
  - The API neither keeps names unique nor knows preconditions. The module therefore refuses to work on one of
    several webhooks of a name, and to give a webhook the name of another one. It reads the webhook again
    right before it writes, so that changes of others are kept or reported; only a change in the instant
    between that read and the write is lost.
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
      - Exact name of the webhook. It is how the webhook is found, unless O(id) is given.
      - With O(id), a different name renames the webhook.
      - One of O(name) and O(id) is required, and a name to create one.
    type: str
  id:
    description:
      - ID of an existing webhook. An unknown ID is an error, and no change for O(state=absent).
    type: str
  state:
    description:
      - V(present) creates or updates the webhook, V(absent) removes it.
      - V(validated) checks the task alone, without credentials or a request.
    type: str
    choices: [present, absent, validated]
    default: present
  events:
    description:
      - The event types that are sent, all of them. Their order means nothing. Required to create a webhook.
      - They are C(data.action), C(flow), C(privacy.purpose) and C(customobject.schema), each with
        C(.created), C(.updated) or C(.deleted) behind it, such as V(data.action.updated).
    type: list
    elements: str
  target:
    description:
      - Where the events are sent.
    type: dict
    suboptions:
      url:
        description:
          - The http or https URL. Required to create a webhook.
          - It may carry a secret in its query. A value is secret when the name of its parameter says so
            (authorization, cookie, api-key, token, secret, password, auth, code, credentials, pass, pwd, sig,
            signature) or O(secret_headers) names it. Secret values are never shown.
          - A secret in the path is not recognised, so keep it out of there; in a header it is safest.
          - Credentials before the host are refused.
        type: str
      headers:
        description:
          - Headers that are sent with each event, all of them.
          - A header is secret when its name says so (authorization, cookie, api-key, token, secret, password)
            or O(secret_headers) names it. Secret values are compared, and never shown; a changed one shows
            only that it changed.
        type: dict
  enabled:
    description:
      - Whether events are sent. By default a new webhook is enabled.
    type: bool
  secret_headers:
    description:
      - Names of further headers, and parameters of the URL, whose values are secret.
    type: list
    elements: str
  on_conflict:
    description:
      - What to do when somebody else changes a declared option between the read and the write.
      - V(fail) writes nothing and shows both values, V(overwrite) lets the task win.
    type: str
    choices: [fail, overwrite]
    default: fail
  verify:
    description:
      - Whether the webhook is read back after a write and compared with what was sent.
    type: bool
    default: true
seealso:
  - module: genesys.cloud.genesys_webhook_info
  - module: genesys.cloud.genesys_audit_info
"""

EXAMPLES = r"""
- name: Tell the audit system of every change of a data action
  genesys.cloud.genesys_webhook:
    name: Audit sync
    events: [data.action.created, data.action.updated, data.action.deleted]
    target:
      url: https://audit.example.com/genesys
      headers:
        Authorization: Bearer {{ audit_token }}

- name: Pause it
  genesys.cloud.genesys_webhook:
    name: Audit sync
    enabled: false

- name: Remove it
  genesys.cloud.genesys_webhook:
    name: Audit sync
    state: absent
"""

RETURN = r"""
record:
  description:
    - The webhook as it is after the task, in the terms of the options. Secret values are masked.
    - V(null) after a removal, and where there was nothing to remove.
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
  description: What the task did, or would do in check mode.
  returned: success
  type: str
  sample: update
  choices: [none, create, update, delete]
snapshot:
  description: The webhook as it was before a change, V(null) before its creation. Secret values are masked.
  returned: when the task changes something
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
from ansible_collections.genesys.cloud.plugins.module_utils._resources.webhook import WEBHOOK


def main() -> None:
    run_resource(WEBHOOK)


if __name__ == "__main__":
    main()
