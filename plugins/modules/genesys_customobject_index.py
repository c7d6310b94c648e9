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
  - The schema itself is neither created nor removed. Its fields, the indexes that the task does not name,
    and everything else in it stay as they are.
  - Before the write the schema as it would be is held against the platform's rules, and every violation is
    reported at once, with index and field. Check mode does so too.
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
      - V(validated) checks the task alone, without credentials or a request.
    type: str
    choices: [present, absent, validated]
    default: present
  indexes:
    description:
      - The indexes by name. Those that the task does not name stay.
      - V(null) removes all indexes of the schema, an empty list changes none.
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
          - Required for an index that shall be present, ignored for one that shall not.
        type: list
        elements: str
      order:
        description:
          - Direction of all fields, V(asc) or V(desc), or a list with the direction of each field.
          - V(asc) when it is omitted.
        type: raw
      state:
        description:
          - Whether the index shall be there. V(absent) here removes a single index.
          - Omitted, it follows O(state). V(present) under O(state=absent) is an error.
        type: str
        choices: [present, absent]
  field_optimizations:
    description:
      - What the platform's query planner shall know of the schema's fields, by name of the field. Fields
        that the task does not name keep their hints.
      - Each value is a dictionary with the key C(cardinality_hint), which is V(low), V(medium) or V(high)
        and says how many distinct values the field has. V(null) for it or for the whole field takes the
        hint away.
      - V(null) for the whole option takes all hints away.
      - Not allowed with O(state=absent).
    type: dict
  max_indexes:
    description:
      - How many indexes the schema may have, those included that the task does not name.
    type: int
    default: 5
  on_low_selectivity:
    description:
      - What to do about an index of the task that holds free text, which is a string of more than 1000
        characters.
      - V(fail) writes nothing, V(warn) writes and warns.
      - V(ignore) writes without a word, and also withholds advice on the order of fields.
    type: str
    choices: [fail, warn, ignore]
    default: fail
  wait:
    description:
      - Whether to wait for the rebuild of the indexes, which goes on after the platform accepted the write.
      - Without waiting, RV(rebuild) is V(pending) and RV(record) is the schema as it was accepted. Until
        the rebuild shows, the schema reads as before, so a task that follows at once would write again.
      - No read tells that a rebuild is under way which somebody else did not wait for. A task that begins in
        the middle of one sees the indexes from before, and its write takes away those that were not there
        yet. Where several tools write to one schema, all of them should wait.
    type: bool
    default: true
  wait_timeout:
    description:
      - Seconds that the rebuild may take. When they are over, the task fails and tells the last state; the
        write stays accepted.
      - Also how long the module waits, before it writes again, for a change that somebody else has just
        made to show.
    type: float
    default: 300
  verify_query:
    description:
      - A query for equality that an index should serve. It runs once the indexes are as declared, whether
        the task had to change them or not, and only reads; see RV(verification).
      - In check mode it runs when nothing would change. With O(wait=false) it does not run after a change.
    type: dict
    suboptions:
      field:
        description:
          - Name of the field that is queried.
        type: str
        required: true
      value:
        description:
          - Text, number or boolean that the field is compared with.
          - No message and no result of the module repeats it. Where it is personal data, set C(no_log) on
            the task, because Ansible itself shows a task's options from verbosity 3 on.
        type: raw
        required: true
      on_full_scan:
        description:
          - What to do when the query used no index. Either way the message advises on the order of fields.
        type: str
        choices: [fail, warn]
        default: warn
  on_conflict:
    description:
      - What to do when somebody else changes an index or a hint that the task declares between the read and
        the write.
      - V(fail) writes nothing and shows both values, V(overwrite) lets the task win. All other changes of
        others are kept.
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

- name: Judge a declaration without any org
  genesys.cloud.genesys_customobject_index:
    custom_object_id: ticket
    state: validated
    indexes:
      - name: by_status
        fields: [status, priority]
"""

RETURN = r"""
record:
  description: The schema after the task, in the terms of the options.
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
  description: What the task did, or would do in check mode.
  returned: success
  type: str
  sample: update
  choices: [none, update]
snapshot:
  description: The schema as it was before a change.
  returned: when the task changes something
  type: dict
rebuild:
  description:
    - Whether the rebuild was seen to be over.
    - V(pending) also when the task fails while it waits, the write was accepted then.
  returned: when the task wrote something
  type: str
  sample: finished
  choices: [finished, pending]
last_state:
  description: What the last read showed, RV(last_state.schema_version) and RV(last_state.indexes).
  returned: when the rebuild was not over in time
  type: dict
  contains:
    schema_version:
      description: Version of the schema.
      type: int
    indexes:
      description: Names of the indexes that showed.
      type: list
      elements: str
verification:
  description: What the query of O(verify_query) told.
  returned: when the query ran
  type: dict
  contains:
    field:
      description: The queried field.
      type: str
    index_used:
      description:
        - Whether an index served the query, V(false) when any page was a full scan, V(null) when the API
          does not tell.
      type: bool
    latency_ms:
      description: Milliseconds that the query took, all pages together.
      type: int
    pages:
      description: Pages that were read, ten at most.
      type: int
    matches:
      description: Records that were found on them.
      type: int
    complete:
      description: Whether these were all pages.
      type: bool
    query_plan:
      description: The platform's plan of the query, as it tells it.
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
  description: The org's own audit record of the change, see M(genesys.cloud.genesys_audit_info).
  returned: when O(verify_audit) is set and the task changed something
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
from ansible_collections.genesys.cloud.plugins.module_utils._resources.customobject_index.reference import (
    CUSTOM_OBJECT_INDEX,
)


def main() -> None:
    run_resource(CUSTOM_OBJECT_INDEX)


if __name__ == "__main__":
    main()
