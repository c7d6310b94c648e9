#!/usr/bin/python
# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: genesys_analytics_retention_info
short_description: Reads how long a Genesys Cloud org keeps its analytics data
description:
  - Returns the setting of an org of the API C(platform), of which there is one.
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
    C(analytics:dataRetention:view).
options: {}
seealso:
  - module: genesys.cloud.genesys_analytics_retention
"""

EXAMPLES = r"""
- name: Read the retention
  genesys.cloud.genesys_analytics_retention_info:
  register: retention

- name: Fail if data is kept without end
  ansible.builtin.assert:
    that: retention.records[0].retention_days is not none
"""

RETURN = r"""
records:
  description: The setting as the only record, as in M(genesys.cloud.genesys_analytics_retention).
  returned: success
  type: list
  elements: dict
  sample:
    - retention_days: 730
      id: organization
      name: organization
api:
  description: Statistics of the task's API requests, see M(genesys.cloud.genesys_analytics_retention).
  returned: success
  type: dict
"""

from ansible_collections.genesys.cloud.plugins.module_utils._module.info import run_info
from ansible_collections.genesys.cloud.plugins.module_utils._resources.analytics_retention import (
    ANALYTICS_RETENTION,
)


def main() -> None:
    run_info(ANALYTICS_RETENTION)


if __name__ == "__main__":
    main()
