#!/usr/bin/python
# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: genesys_integration_credential_info
short_description: Reads the integration credentials of a Genesys Cloud org
description:
  - Returns one integration credential of the API C(platform) by ID, all of an exact name, those whose name
    matches a pattern, or all of them, from all pages of the API's list.
  - The API never returns the secret fields of a credential, so C(fields) is always V(null).
author:
  - genesys.cloud contributors (@genesys-cloud-collection)
version_added: 1.0.0
extends_documentation_fragment:
  - genesys.cloud.auth
  - genesys.cloud.attributes.info
  - genesys.cloud.attributes
notes:
  - >-
    The OAuth client needs a role with these permissions in the API C(platform):
    C(integrations:integration:view).
options:
  name:
    description:
      - Exact name of the integration credential. Names are not unique, so several may be returned.
      - At most one of O(name), O(id) and O(name_pattern) may be given. Without any of them, all objects are
        returned.
    type: str
  id:
    description:
      - ID of the integration credential.
    type: str
  name_pattern:
    description:
      - Shell pattern of names, such as V(CRM *), case-sensitive.
    type: str
seealso:
  - module: genesys.cloud.genesys_integration_credential
"""

EXAMPLES = r"""
- name: Read every integration credential
  genesys.cloud.genesys_integration_credential_info:
  register: integration_credentials
"""

RETURN = r"""
records:
  description:
    - The credentials in the form of the options of M(genesys.cloud.genesys_integration_credential), sorted by
      name. An empty list if nothing matches.
  returned: success
  type: list
  elements: dict
  sample:
    - id: c1f3cf05-1f1c-4f0c-9d2a-5d2a2f9bbd10
      name: CRM login
      type: basicAuth
      fields: null
      modified_date: "2026-05-01T10:00:00.000Z"
api:
  description: Statistics of the task's API requests, see M(genesys.cloud.genesys_integration_credential).
  returned: success
  type: dict
"""

from ansible_collections.genesys.cloud.plugins.module_utils._module.info import run_info
from ansible_collections.genesys.cloud.plugins.module_utils._resources.integration_credential.kind import (
    INTEGRATION_CREDENTIAL,
)


def main() -> None:
    run_info(INTEGRATION_CREDENTIAL)


if __name__ == "__main__":
    main()
