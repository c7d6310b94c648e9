#!/usr/bin/python
# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: genesys_media_retention_policy_info
short_description: Reads the media retention policies of a Genesys Cloud org
description:
  - Returns one media retention policy of the API C(platform) by ID or exact name, those whose name matches a
    pattern, or all of them, with their actions and conditions.
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
    C(recording:retentionPolicy:view).
options:
  name:
    description:
      - Exact name of the policy.
      - At most one of O(name), O(id) and O(name_pattern) may be given. Without any of them, all objects are
        returned.
    type: str
  id:
    description:
      - ID of the policy.
    type: str
  name_pattern:
    description:
      - Shell pattern of names, such as V(Support *), case-sensitive.
    type: str
seealso:
  - module: genesys.cloud.genesys_media_retention_policy
"""

EXAMPLES = r"""
- name: Read every policy
  genesys.cloud.genesys_media_retention_policy_info:
  register: policies
"""

RETURN = r"""
records:
  description:
    - The policies in the form of the options of M(genesys.cloud.genesys_media_retention_policy), sorted by
      name. An empty list if nothing matches.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 2f1d3a52-73a6-4b0e-8a0e-0f7a5f1f8f11
      name: Support calls
      order: 1
      enabled: true
      actions: {retain_recording: true}
      conditions: {for_queues: [Support]}
api:
  description: Statistics of the task's API requests, see M(genesys.cloud.genesys_media_retention_policy).
  returned: success
  type: dict
"""

from ansible_collections.genesys.cloud.plugins.module_utils._module.info import run_info
from ansible_collections.genesys.cloud.plugins.module_utils._resources.media_retention_policy.kind import (
    MEDIA_RETENTION_POLICY,
)


def main() -> None:
    run_info(MEDIA_RETENTION_POLICY)


if __name__ == "__main__":
    main()
