#!/usr/bin/python
# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: genesys_privacy_purpose_info
short_description: Reads the privacy purposes of a Genesys Cloud org
description:
  - Returns one privacy purpose by ID, all of an exact name, those whose name matches a pattern, or all of
    them, from all pages of the API's list.
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
      - Exact name of the purpose. The API does not keep names unique, so several may be returned.
      - At most one of O(name), O(id) and O(name_pattern) may be given. Without any of them, all objects are
        returned.
    type: str
  id:
    description:
      - ID of the purpose.
    type: str
  name_pattern:
    description:
      - Shell pattern of names, such as V(Support *), case-sensitive.
    type: str
seealso:
  - module: genesys.cloud.genesys_privacy_purpose
"""

EXAMPLES = r"""
- name: Read every privacy purpose
  genesys.cloud.genesys_privacy_purpose_info:
  register: purposes

- name: Read the purposes of the support
  genesys.cloud.genesys_privacy_purpose_info:
    name_pattern: Support *
  register: support_purposes
"""

RETURN = r"""
records:
  description:
    - The privacy purposes in the form of the options of M(genesys.cloud.genesys_privacy_purpose), sorted by
      name. An empty list if nothing matches. Retentions have the form V(180d), whatever form the API returns.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 7b6d5c0e-4f0c-4a55-9d5e-2f3ab2a4f1c9
      name: Support Analytics
      description: Interactions with the support, kept for quality assurance and audits
      retention: 180d
      legal_basis: legitimate_interests
      active: true
      diversion_ids: []
      created_date: "2026-01-15T10:30:00.000Z"
      modified_date: "2026-01-20T14:22:00.000Z"
api:
  description: Statistics of the task's API requests, see M(genesys.cloud.genesys_privacy_purpose).
  returned: success
  type: dict
"""

from ansible_collections.genesys.cloud.plugins.module_utils._module.info import run_info
from ansible_collections.genesys.cloud.plugins.module_utils._resources.privacy_purpose import PRIVACY_PURPOSE


def main() -> None:
    run_info(PRIVACY_PURPOSE)


if __name__ == "__main__":
    main()
