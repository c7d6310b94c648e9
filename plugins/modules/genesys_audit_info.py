#!/usr/bin/python
# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: genesys_audit_info
short_description: Reads the audit records of a Genesys Cloud org
description:
  - Returns the audit records of an object, of an event type, or of both, from all pages of the API's
    response, sorted by time.
  - With O(api_profile=platform), O(service), O(entity_type) and O(action) take the place of O(event_type).
    Records of the last 14 days are read at once. Older ones come from an asynchronous query, which the module
    starts and waits for.
  - Requires the scope C(audit:read), and with O(api_profile=platform) the permission C(audits:audit:view).
  - Records appear some time after the event. With O(wait_for) the module waits for a number of records.
author:
  - genesys.cloud contributors (@genesys-cloud-collection)
version_added: 1.0.0
extends_documentation_fragment:
  - genesys.cloud.auth
  - genesys.cloud.attributes.info
  - genesys.cloud.attributes
options:
  entity_id:
    description:
      - ID of the object that the records are about.
      - One of O(entity_id) and O(event_type) is required.
      - With O(api_profile=platform), one of O(entity_id) and O(service) is required.
    type: str
  event_type:
    description:
      - Type of the recorded event, with O(api_profile=reference).
    type: str
    choices:
      - data.action.created
      - data.action.updated
      - data.action.deleted
      - flow.created
      - flow.updated
      - flow.deleted
      - privacy.purpose.created
      - privacy.purpose.updated
      - privacy.purpose.deleted
      - customobject.schema.created
      - customobject.schema.updated
      - customobject.schema.deleted
  service:
    description:
      - Service of the records, with O(api_profile=platform), such as V(Integrations). The API lists the
        services, entity types and actions of its audit. An unknown name is an error with a suggestion.
      - Required for records of more than 14 days ago.
    type: str
  entity_type:
    description:
      - Type of the changed object, with O(api_profile=platform), such as V(Action). Needs O(service).
    type: str
  action:
    description: What was done, with O(api_profile=platform), such as V(Update). Needs O(service).
    type: str
  since:
    description:
      - Time of the oldest record, with O(api_profile=platform), in ISO 8601.
      - A time without a time zone is in UTC.
      - Without it, the records of the last 14 days are read. The API keeps records for 365 days.
    type: str
  until:
    description:
      - Time after the newest record, with O(api_profile=platform), in the form of O(since).
      - The default is now.
    type: str
  wait_for:
    description:
      - Number of records to wait for. Without it the module returns the existing records at once.
      - If there are too few in time, the task fails. Its message has the number of records and the last
        record, and it returns RV(records).
    type: int
  wait_timeout:
    description:
      - Maximum time that O(wait_for) waits (seconds).
      - It is the limit of an asynchronous query, too. If the query is not done by then, the task fails.
    type: float
    default: 60
seealso:
  - module: genesys.cloud.genesys_webhook
"""

EXAMPLES = r"""
- name: Read who changed data actions
  genesys.cloud.genesys_audit_info:
    event_type: data.action.updated
  register: updates

- name: Read who removed data actions of the platform this year
  genesys.cloud.genesys_audit_info:
    api_profile: platform
    service: Integrations
    entity_type: Action
    action: Delete
    since: "2026-01-01"
    wait_timeout: 300
  register: removals

- name: Create a data action
  genesys.cloud.genesys_data_action:
    name: Get Customer Profile
    rest:
      url: https://crm.example.com/v1/customers/${customer_id}
      method: GET
  register: created

- name: Wait for the audit record of the creation
  genesys.cloud.genesys_audit_info:
    entity_id: "{{ created.record.id }}"
    event_type: data.action.created
    wait_for: 1
    wait_timeout: 120
"""

RETURN = r"""
records:
  description:
    - The records, oldest first. An empty list if there are none.
    - With O(api_profile=platform), C(event_type) is service, entity type and action, such as
      C(Integrations.Action.Update). A record has C(actor_name), C(entity_name), C(level), C(application),
      C(remote_ip), C(property_changes) and C(context) too, as far as the API gives them.
  returned: success, and when O(wait_for) is not met in time
  type: list
  elements: dict
  sample:
    - id: 9d0f4c51-2f3b-4a7e-9a2b-0f1f6b8e2b17
      timestamp: "2026-01-20T14:22:00.000Z"
      actor_id: 2f6c9d1e-5b0a-4f0e-8d51-6f1c54a3e0aa
      operation: UPDATE
      status: SUCCESS
      event_type: data.action.updated
      entity_id: 4d6cd1a6-0f0f-4a5f-a3a4-ff00d1b3f8b5
api:
  description: Statistics of the task's API requests, see M(genesys.cloud.genesys_data_action).
  returned: success
  type: dict
"""

from ansible_collections.genesys.cloud.plugins.module_utils._module.ansible_module import run_query
from ansible_collections.genesys.cloud.plugins.module_utils._module.audit_info import (
    AUDIT_INFO_OPTIONS,
    prepare_audit_info,
    read_audit_records,
)


def main() -> None:
    run_query(AUDIT_INFO_OPTIONS, prepare_audit_info, read_audit_records)


if __name__ == "__main__":
    main()
