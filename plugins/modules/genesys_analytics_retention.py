#!/usr/bin/python
# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: genesys_analytics_retention
short_description: Manages how long a Genesys Cloud org keeps its analytics data
description:
  - Sets the retention of analytics data in an org of the API C(platform), of which there is one.
  - An org has no retention at first. Once it is set, it can be raised and lowered, but never cleared. The
    API deletes older data for good. So each change needs O(confirm=true), and a rollback cannot clear the
    retention.
  - The API refuses a retention that is shorter than the time after which a media retention policy or
    an existing recording is deleted. The policies that stand in the way are read and named before the write.
  - The API has no lock for the setting. It is read right before the write, and compared after it.
author:
  - genesys.cloud contributors (@genesys-cloud-collection)
version_added: 1.0.0
extends_documentation_fragment:
  - genesys.cloud.auth
  - genesys.cloud.reporting
  - genesys.cloud.attributes
notes:
  - >-
    The OAuth client needs a role with these permissions in the API C(platform):
    C(recording:retentionPolicy:view), C(analytics:dataRetention:view), C(analytics:dataRetention:edit).
options:
  retention_days:
    description:
      - Number of days for which the org keeps analytics data, 90 to 1827 (5 years).
    type: int
    required: true
  confirm:
    description:
      - Confirms that the API may delete older data, and that the retention can never be cleared again.
      - A task that changes the retention fails without it, in check mode too. A task that changes nothing
        does not need it.
    type: bool
    default: false
  state:
    description:
      - V(present) sets the retention.
      - V(validated) checks the options offline, without credentials and without a request.
    type: str
    choices: [present, validated]
    default: present
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
      - Whether the setting is read back after a write and compared with the values sent.
    type: bool
    default: true
seealso:
  - module: genesys.cloud.genesys_analytics_retention_info
  - module: genesys.cloud.genesys_media_retention_policy
"""

EXAMPLES = r"""
- name: Keep analytics data for two years
  genesys.cloud.genesys_analytics_retention:
    retention_days: 730
    confirm: true
"""

RETURN = r"""
record:
  description: The setting after the task. C(retention_days) is V(null) in an org without a retention.
  returned: success, unless O(state=validated)
  type: dict
  sample:
    retention_days: 730
    id: organization
    name: organization
    date_created: "2026-05-01T10:00:00.000Z"
    date_modified: "2026-05-01T10:00:00.000Z"
plan:
  description: The action that the task took, or would take in check mode.
  returned: success
  type: str
  sample: update
  choices: [none, update]
snapshot:
  description: The setting before the change.
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
from ansible_collections.genesys.cloud.plugins.module_utils._resources.analytics_retention import (
    ANALYTICS_RETENTION,
)


def main() -> None:
    run_resource(ANALYTICS_RETENTION)


if __name__ == "__main__":
    main()
