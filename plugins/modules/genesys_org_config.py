#!/usr/bin/python
# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: genesys_org_config
short_description: Manages everything that a Genesys Cloud org should contain, in one task
description:
  - Converges data actions, privacy purposes, indexes of custom objects, flow settings and webhooks of one
    org, with one token, one pool of connections and the fewest requests that the API allows. For single
    objects there are the single modules; both take the same options for an object and treat it the same way.
  - Everything is checked before anything is sent, entries against each other too, then everything is read,
    planned and checked against the org. Only then is something written.
  - Each kind of objects is listed once. Writes go in the order data actions, privacy purposes, indexes, flow
    settings, webhooks. Objects of a kind are written at the same time, those to be removed at the end of
    their kind. What was written is read back, from one list where that is cheaper than one by one.
  - What O(config) does not name stays as it is in the org, unless O(prune) says that it goes.
  - Where the API limits the rate of requests, all of them wait together.
author:
  - genesys.cloud contributors (@genesys-cloud-collection)
version_added: 1.0.0
extends_documentation_fragment:
  - genesys.cloud.auth
  - genesys.cloud.reporting
  - genesys.cloud.attributes
options:
  config:
    description:
      - What the org should contain. Each list holds entries with the options of the single module, except
        those about the connection, O(audit_log), O(notify), O(journal), O(journal_password) and O(wait),
        which are given once for all beside O(config).
      - An object has one entry. Names and IDs that come twice, also across entries, are an error.
      - What an entry of O(config.data_actions) declares in C(dataset_dependencies) counts for the conditions
        of all of them.
      - Required, unless O(state=rolled_back).
    type: dict
    suboptions:
      data_actions:
        description: Entries with options of M(genesys.cloud.genesys_data_action).
        type: list
        elements: dict
      privacy_purposes:
        description: Entries with options of M(genesys.cloud.genesys_privacy_purpose).
        type: list
        elements: dict
      customobject_indexes:
        description: Entries with options of M(genesys.cloud.genesys_customobject_index).
        type: list
        elements: dict
      flow_settings:
        description: Entries with options of M(genesys.cloud.genesys_flow_settings).
        type: list
        elements: dict
      webhooks:
        description: Entries with options of M(genesys.cloud.genesys_webhook).
        type: list
        elements: dict
  prune:
    description:
      - Removes objects that O(config) does not name, by kind. Off by default.
      - The list of the kind in O(config) must be given, if only as an empty one.
    type: dict
    suboptions:
      data_actions: &prune
        description: How objects of the kind are removed that O(config) does not name.
        type: dict
        suboptions:
          enabled:
            description: Whether they are removed.
            type: bool
            default: false
          protect:
            description:
              - Names that are never removed, as patterns with V(*), V(?) and V([...]), such as V(manual-*).
                Upper and lower case differ.
            type: list
            elements: str
            default: []
          max:
            description:
              - How many may be removed. Where it would be more, the task fails before it writes anything.
            type: int
            default: 10
      privacy_purposes: *prune
      webhooks: *prune
  state:
    description:
      - V(present) brings the org to what O(config) and O(prune) say. An entry has its own C(state),
        C(present) or C(absent).
      - V(validated) checks the task alone, without credentials or a request.
      - V(rolled_back) undoes what the O(journal) tells, newest first, also of a task that was killed. What
        was changed by somebody else since stays as it is. What was rolled back already is not touched again.
    type: str
    choices: [present, validated, rolled_back]
    default: present
  concurrency:
    description: How many requests may be under way at the same time, from 1 to 32.
    type: int
    default: 8
  on_error:
    description:
      - What happens when an object fails.
      - V(stop) begins no further write. What fails while nothing is written yet keeps everything from being
        written.
      - V(continue) goes on with the other objects. The task fails at its end.
      - V(rollback) begins no further write and undoes, in reverse order, what the task has written. What
        the API cannot give back, like the ID of a removed object, is said before in
        RV(objects[].not_restorable).
    type: str
    choices: [stop, continue, rollback]
    default: stop
  wait:
    description:
      - Whether the task waits until the indexes of custom objects are rebuilt, as in
        M(genesys.cloud.genesys_customobject_index).
    type: bool
    default: true
seealso:
  - module: genesys.cloud.genesys_data_action
  - module: genesys.cloud.genesys_privacy_purpose
  - module: genesys.cloud.genesys_customobject_index
  - module: genesys.cloud.genesys_flow_settings
  - module: genesys.cloud.genesys_webhook
"""

EXAMPLES = r"""
- name: What every org has
  genesys.cloud.genesys_org_config:
    region: eu-central-1
    config:
      data_actions:
        - name: Look up a contract
          description: By the number that the caller typed
          rest:
            url: https://crm.example.com/contracts/${input.number}
            method: GET
            variable_mappings:
              - name: tier
                source: $.contract.tier
                type: string
        - name: Look up a parcel
          state: absent
      privacy_purposes:
        - name: Quality assurance
          description: Recordings for training
          retention: 180d
          legal_basis: legitimate_interests
      flow_settings:
        - name: Main IVR
          routing:
            max_wait_time: 90
      webhooks:
        - name: Change feed
          events: [data.action.updated, flow.updated]
          target:
            url: https://hooks.example.com/genesys
    prune:
      webhooks:
        enabled: true
        protect: ["manual-*"]
    on_error: rollback
    journal: /var/lib/genesys/journals/acme.jsonl

- name: Undo what that task did
  genesys.cloud.genesys_org_config:
    region: eu-central-1
    state: rolled_back
    journal: /var/lib/genesys/journals/acme.jsonl
"""

RETURN = r"""
objects:
  description: Every object of the task, by kind in the order in which they are written.
  returned: when the org could be read
  type: list
  elements: dict
  contains:
    kind:
      description: Such as V(data_action), the name of the single module without C(genesys_).
      type: str
    name:
      description: Its name, V(null) where the task only knows its ID and the org does not have it.
      type: str
    id:
      description: Its ID in the org, V(null) as long as it has none.
      type: str
    path:
      description: Where it stands in the task, such as V(config.webhooks[0]). V(null) for what is pruned.
      type: str
    plan:
      description: What was, or in check mode would be, done to it (none, create, update, delete).
      type: str
    status:
      description:
        - V(unchanged), V(planned) in check mode, V(done), V(failed), V(skipped) where an error came before,
          or V(rolled_back).
      type: str
    changed:
      description: Whether it was, or in check mode would be, changed.
      type: bool
    diff:
      description:
        - The C(before) and C(after) of what changes, secrets masked. V(null) where nothing does.
        - When the task fails, only what failed has it, unless in check or diff mode.
      type: dict
    error:
      description: Why it failed, V(null) where it did not.
      type: str
    not_restorable:
      description:
        - What a rollback could not give back of it, as far as the task keeps a O(journal) or rolls back on
          errors. V(id) is that of a removed object, which gets a new one. What of it no option says has the
          name that it has in the API.
      type: list
      elements: str
totals:
  description: How many objects were, or in check mode would be, treated how.
  returned: when the org could be read
  type: dict
  contains:
    created:
      description: New objects.
      type: int
    updated:
      description: Objects with differences.
      type: int
    deleted:
      description: Removed objects, pruned ones included.
      type: int
    unchanged:
      description: Objects that were as they should be.
      type: int
    failed:
      description: Objects with an error.
      type: int
    skipped:
      description: Objects that were left alone because of the error of another one.
      type: int
    rolled_back:
      description: Objects whose change was undone.
      type: int
api:
  description: What the task asked of the API.
  returned: when the org could be read
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

from ansible_collections.genesys.cloud.plugins.module_utils._module.org import run_org


def main() -> None:
    run_org()


if __name__ == "__main__":
    main()
