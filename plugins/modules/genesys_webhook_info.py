#!/usr/bin/python
# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: genesys_webhook_info
short_description: Reads the webhooks of a Genesys Cloud org
description:
  - Returns one webhook by ID, all of an exact name, those whose name matches a pattern, or all of them, from
    all pages of the API's list.
author:
  - genesys.cloud contributors (@genesys-cloud-collection)
version_added: 1.0.0
extends_documentation_fragment:
  - genesys.cloud.auth
  - genesys.cloud.attributes.info
  - genesys.cloud.attributes
options:
  name:
    description:
      - Exact name of the webhook. The API does not keep names unique, so several may be returned.
      - At most one of O(name), O(id) and O(name_pattern) may be given. Without any of them, all objects are
        returned.
    type: str
  id:
    description:
      - ID of the webhook.
    type: str
  name_pattern:
    description:
      - Shell pattern of names, such as V(Audit *), case-sensitive.
    type: str
  secret_headers:
    description:
      - Names of additional headers and URL parameters whose values are secret.
    type: list
    elements: str
seealso:
  - module: genesys.cloud.genesys_webhook
"""

EXAMPLES = r"""
- name: Read every webhook
  genesys.cloud.genesys_webhook_info:
  register: webhooks
"""

RETURN = r"""
records:
  description:
    - The webhooks in the form of the options of M(genesys.cloud.genesys_webhook), sorted by name. An empty
      list if nothing matches. Secret values are masked.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 0c0b8a54-6a2f-4e2f-8d39-9f0a1a7f9c55
      name: Audit sync
      events: [data.action.updated]
      target:
        url: https://audit.example.com/genesys?sig=********
        headers: {Authorization: "********"}
      enabled: true
api:
  description: Statistics of the task's API requests, see M(genesys.cloud.genesys_webhook).
  returned: success
  type: dict
"""

from ansible_collections.genesys.cloud.plugins.module_utils._module.info import run_info
from ansible_collections.genesys.cloud.plugins.module_utils._resources.webhook import WEBHOOK


def main() -> None:
    run_info(WEBHOOK)


if __name__ == "__main__":
    main()
