#!/usr/bin/python
# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: genesys_customobject_index
short_description: Manages the indexes of a Genesys Cloud custom object
description:
  - Adds, replaces and removes indexes of one custom object's schema, and sets cardinality hints of its
    fields, all in one atomic write.
  - The schema itself is neither created nor removed. Its fields, the indexes that the task omits, and all its
    other values are kept.
  - Before the write the resulting schema is checked against the platform's rules. All violations are reported
    together, with index and field. Check mode makes the same checks.
  - After the write the module waits until the platform has rebuilt the indexes, and can verify with a query
    that an index is used.
author:
  - genesys.cloud contributors (@genesys-cloud-collection)
version_added: 1.0.0
extends_documentation_fragment:
  - genesys.cloud.auth
  - genesys.cloud.reporting
  - genesys.cloud.verify_audit
  - genesys.cloud.attributes
options:
  custom_object_id:
    description:
      - ID of the custom object, which must exist.
    type: str
    required: true
  state:
    description:
      - V(present) brings the indexes of O(indexes) to their own O(indexes[].state).
      - V(absent) removes every index that O(indexes) names. The schema stays.
      - V(validated) checks the options offline, without credentials and without a request.
    type: str
    choices: [present, absent, validated]
    default: present
  indexes:
    description:
      - The indexes by name. Indexes that the task omits are kept.
      - V(null) removes all indexes of the schema. An empty list changes none.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - Name of the index, by which it is found. An index of this name that differs is replaced.
        type: str
        required: true
      fields:
        description:
          - Names of the schema's fields, in the order in which the index holds them.
          - Required if the index is to be present, ignored if it is to be absent.
        type: list
        elements: str
      order:
        description:
          - Direction of all fields, V(asc) or V(desc), or a list with the direction of each field.
          - The default is V(asc).
        type: raw
      state:
        description:
          - Whether the index is to be present. V(absent) here removes a single index.
          - The default is the value of O(state). V(present) under O(state=absent) is an error.
        type: str
        choices: [present, absent]
  field_optimizations:
    description:
      - Hints for the platform's query planner, by name of the schema's field. Fields that the task omits keep
        their hints.
      - Each value is a dictionary with the key C(cardinality_hint), which is V(low), V(medium) or V(high) and
        says how many distinct values the field has. V(null) for it or for the whole field removes the hint.
      - V(null) for the whole option removes all hints.
      - Not allowed with O(state=absent).
    type: dict
  max_indexes:
    description:
      - Maximum number of indexes of the schema, including those that the task omits.
    type: int
    default: 5
  on_low_selectivity:
    description:
      - How to handle an index of the task on free text, which is a string field of more than 1000 characters.
      - V(fail) writes nothing. V(warn) writes and warns.
      - V(ignore) writes without a warning, and also omits advice on the order of fields.
    type: str
    choices: [fail, warn, ignore]
    default: fail
  wait:
    description:
      - Whether to wait for the rebuild of the indexes, which continues after the platform accepted the write.
      - If it is V(false), RV(rebuild) is V(pending) and RV(record) is the accepted schema. Until the rebuild
        is visible, reads return the earlier schema, so a task that follows at once would write again.
      - No read shows that a rebuild of another client is in progress. A task that starts during one reads the
        earlier indexes, and its write removes the indexes that were not visible yet. If several tools write
        to one schema, all of them should wait.
    type: bool
    default: true
  wait_timeout:
    description:
      - Maximum time of the rebuild (seconds). After it, the task fails and returns the last state. The write
        remains accepted.
      - It also limits how long the module waits for another client's recent change to become visible before
        it writes again.
    type: float
    default: 300
  verify_query:
    description:
      - An equality query that an index should serve. It runs when the indexes are as declared, whether or not
        the task changed them, and only reads. See RV(verification).
      - In check mode it runs if nothing would change. With O(wait=false) it does not run after a change.
    type: dict
    suboptions:
      field:
        description:
          - Name of the queried field.
        type: str
        required: true
      value:
        description:
          - Text, number or boolean to compare the field with.
          - Messages and results of the module do not contain it. If it is personal data, set C(no_log) on the
            task, because Ansible itself shows a task's options from verbosity 3 on.
        type: raw
        required: true
      on_full_scan:
        description:
          - Whether the task fails or warns if the query used no index. In both cases the message advises on
            the order of fields.
        type: str
        choices: [fail, warn]
        default: warn
  on_conflict:
    description:
      - How to handle a conflict, which is a change of a declared index or hint by another client between the
        read and the write.
      - V(fail) writes nothing and reports both values. V(overwrite) writes the values of the task. All other
        changes by other clients are kept.
    type: str
    choices: [fail, overwrite]
    default: fail
seealso:
  - module: genesys.cloud.genesys_customobject_info
"""

EXAMPLES = r"""
- name: Index tickets for the agents' desktop
  genesys.cloud.genesys_customobject_index:
    custom_object_id: ticket
    indexes:
      - name: by_customer
        fields: [customer_id, status, created]
        order: [asc, asc, desc]
      - name: by_priority
        fields: [priority]
        order: desc
      - name: by_title
        state: absent
    field_optimizations:
      customer_id:
        cardinality_hint: high
      status:
        cardinality_hint: low
    verify_query:
      field: customer_id
      value: C-1001
      on_full_scan: fail

- name: Remove two indexes
  genesys.cloud.genesys_customobject_index:
    custom_object_id: ticket
    state: absent
    indexes:
      - name: by_customer
      - name: by_priority

- name: Validate indexes without an org
  genesys.cloud.genesys_customobject_index:
    custom_object_id: ticket
    state: validated
    indexes:
      - name: by_status
        fields: [status, priority]
"""

RETURN = r"""
record:
  description: The schema after the task, in the form of the options.
  returned: success, unless O(state=validated)
  type: dict
  sample:
    custom_object_id: ticket
    name: Ticket
    indexes: [{name: by_customer, fields: [customer_id, status, created], order: [asc, asc, desc]}]
    field_optimizations: {customer_id: {cardinality_hint: high}}
    schema_version: 8
    last_updated: "2026-01-31T10:00:00.000Z"
plan:
  description: The action that the task took, or would take in check mode.
  returned: success
  type: str
  sample: update
  choices: [none, update]
snapshot:
  description: The schema before the change.
  returned: when the task changes something
  type: dict
rebuild:
  description:
    - V(finished) if reads showed the end of the rebuild.
    - V(pending) also if the task fails while it waits. The write was accepted then.
  returned: when the task wrote something
  type: str
  sample: finished
  choices: [finished, pending]
last_state:
  description: The schema version and the indexes of the last read.
  returned: when the rebuild did not end in time
  type: dict
  contains:
    schema_version:
      description: Version of the schema.
      type: int
    indexes:
      description: Names of the indexes in the last read.
      type: list
      elements: str
verification:
  description: Result of the query of O(verify_query).
  returned: when the query ran
  type: dict
  contains:
    field:
      description: The queried field.
      type: str
    index_used:
      description:
        - Whether an index served the query. V(false) if any page was a full scan, V(null) if the API does not
          report it.
      type: bool
    latency_ms:
      description: Duration of the query, summed over all pages (milliseconds).
      type: int
    pages:
      description: Number of pages read, at most ten.
      type: int
    matches:
      description: Number of records found on these pages.
      type: int
    complete:
      description: Whether these were all pages.
      type: bool
    query_plan:
      description: The query plan as the platform returned it.
      type: dict
  sample:
    field: customer_id
    index_used: true
    latency_ms: 12
    pages: 1
    matches: 3
    complete: true
    query_plan: {type: INDEX_SCAN, index: by_customer}
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
from ansible_collections.genesys.cloud.plugins.module_utils._resources.customobject_index.kind import (
    CUSTOM_OBJECT_INDEX,
)


def main() -> None:
    run_resource(CUSTOM_OBJECT_INDEX)


if __name__ == "__main__":
    main()
