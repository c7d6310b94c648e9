#!/usr/bin/python
# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: genesys_org_config
short_description: Manages everything that a Genesys Cloud org should contain, in one task
description:
  - Converges integration credentials, integrations, data actions, data tables, data schemas, privacy
    purposes, indexes of custom objects, flow settings, log levels of flows, the storage of execution data,
    masking rules, media retention policies, the retention of analytics data, triggers and webhooks of one
    org, with one token, one connection pool and the fewest requests that the API allows. The modules for
    single objects take the same options.
  - All entries are checked, also against each other, before the first request. Then all objects are read,
    planned and checked against the org. Only then does the module write.
  - The objects of each kind are listed once. Kinds are written in the order integration credentials,
    integrations, data actions, data tables, data schemas, privacy purposes, indexes, flow settings, log
    levels of flows, execution data, masking rules, media retention policies, analytics retention, triggers,
    webhooks. Objects of a kind are written concurrently. Removals of all kinds come last, in the reverse
    order of the kinds. Written objects are read back, from one list if that takes fewer requests than reading
    each object.
  - Integration credentials, integrations, data tables, data schemas, log levels of flows, execution data,
    masking rules, media retention policies, analytics retention and triggers are kinds of the API
    C(platform), data actions of both APIs, the other kinds of the API C(reference). An entry of a kind that
    the API of the org lacks is an error.
  - An integration may name a credential that the task creates. The task may remove one that it takes from
    it.
  - Objects that O(config) does not name are kept in the org, unless O(prune) removes them. O(undeclared)
    reports them.
author:
  - genesys.cloud contributors (@genesys-cloud-collection)
version_added: 1.0.0
extends_documentation_fragment:
  - genesys.cloud.auth
  - genesys.cloud.reporting
  - genesys.cloud.read_cache
  - genesys.cloud.attributes
  - genesys.cloud.org_content
  - genesys.cloud.org_content.writes
options:
  state:
    description:
      - V(present) applies O(config) and O(prune). Each entry may have C(state), which is C(present) or
        C(absent).
      - V(validated) checks the options offline, without credentials and without a request.
      - V(rolled_back) rolls back the writes in the O(journal), newest first, also those of a task that was
        killed. Later changes by other clients are kept. Writes that were rolled back already are skipped.
    type: str
    choices: [present, validated, rolled_back]
    default: present
seealso:
  - module: genesys.cloud.genesys_integration_credential
  - module: genesys.cloud.genesys_integration
  - module: genesys.cloud.genesys_data_action
  - module: genesys.cloud.genesys_data_table
  - module: genesys.cloud.genesys_data_schema
  - module: genesys.cloud.genesys_privacy_purpose
  - module: genesys.cloud.genesys_customobject_index
  - module: genesys.cloud.genesys_flow_settings
  - module: genesys.cloud.genesys_flow_log_level
  - module: genesys.cloud.genesys_flow_execution_data
  - module: genesys.cloud.genesys_masking_rule
  - module: genesys.cloud.genesys_media_retention_policy
  - module: genesys.cloud.genesys_analytics_retention
  - module: genesys.cloud.genesys_trigger
  - module: genesys.cloud.genesys_webhook
"""

EXAMPLES = r"""
- name: Apply the configuration of an org of the vendor's platform
  genesys.cloud.genesys_org_config:
    region: eu-central-1
    config:
      integration_credentials:
        - name: CRM login
          type: basicAuth
          fields: {userName: genesys, password: "{{ crm_password }}"}
      integrations:
        - {name: CRM, type: custom-rest-actions, credentials: {basicAuth: CRM login}}

- name: Apply the configuration of an org
  genesys.cloud.genesys_org_config:
    base_url: https://genesys.example.com
    config:
      data_actions:
        - name: Look up a contract
          rest:
            url: https://crm.example.com/contracts/${input.number}
            method: GET
            variable_mappings:
              - name: tier
                source: $.contract.tier
                type: string
        - {name: Look up a parcel, state: absent}
      privacy_purposes:
        - name: Quality assurance
          description: Recordings for training
          retention: 180d
          legal_basis: legitimate_interests
      flow_settings:
        - name: Main IVR
          routing: {max_wait_time: 90}
      webhooks:
        - name: Change feed
          events: [data.action.updated, flow.updated]
          target: {url: https://hooks.example.com/genesys}
    prune:
      webhooks: {enabled: true, protect: ["manual-*"]}
    on_error: rollback
    journal: /var/lib/genesys/journals/acme.jsonl

- name: Roll back the writes of that task
  genesys.cloud.genesys_org_config:
    base_url: https://genesys.example.com
    state: rolled_back
    journal: /var/lib/genesys/journals/acme.jsonl
"""

RETURN = r"""
objects:
  description: All objects of the task, sorted by kind in the order of writes.
  returned: when the org could be read
  type: list
  elements: dict
  contains:
    kind:
      description: Kind of the object, such as V(data_action). It is the name of the module for single objects
        without C(genesys_).
      type: str
    name:
      description: Name of the object, V(null) if the task gives only its ID and the org does not have it.
      type: str
    id:
      description: ID of the object in the org, V(null) as long as it has none.
      type: str
    path:
      description: Path of the entry in the task, such as V(config.webhooks[0]). V(null) for pruned objects.
      type: str
    plan:
      description: The action that the task took, or would take in check mode (none, create, update, delete).
      type: str
    status:
      description:
        - V(unchanged), V(planned) in check mode, V(done), V(failed), V(skipped) after an earlier error, or
          V(rolled_back).
        - V(unchanged) also if another client made the same change during the run. A rollback leaves it then.
      type: str
    changed:
      description: Whether the object was changed, or would be changed in check mode.
      type: bool
    diff:
      description:
        - The changed fields as C(before) and C(after), secrets masked. V(null) if nothing changes.
        - If the task fails, only failed objects have it, except in check or diff mode.
      type: dict
    error:
      description: The error of the object, V(null) if there is none.
      type: str
    not_restorable:
      description:
        - Fields of the object that a rollback could not restore. Returned if the task keeps a O(journal) or
          rolls back on errors. V(id) means that a removed object gets a new ID. Fields without an option have
          the name that they have in the API.
      type: list
      elements: str
    consumers:
      description: Flow versions that consume a data action, see M(genesys.cloud.genesys_data_action).
      type: list
      elements: dict
    replacement:
      description: IDs of a data action that was replaced, see M(genesys.cloud.genesys_data_action).
      type: dict
    test:
      description: Outcome of a data action's test, see M(genesys.cloud.genesys_data_action).
      type: dict
undeclared:
  description:
    - The objects that O(config) does not name, for each kind that O(undeclared) does not ignore.
  returned: when the org could be read and O(undeclared) is given
  type: list
  elements: dict
  contains:
    kind:
      description: Kind of the objects, as in RV(objects[].kind).
      type: str
    mode:
      description: The mode of the kind, V(warn) or V(fail).
      type: str
    objects:
      description: C(name) and C(id) of each object, sorted by name.
      type: list
      elements: dict
    error:
      description:
        - Why the objects could not be compared, such as a list that could not be read whole. V(null) if they
          were compared. An error about a kind of which O(config) has entries ends the task.
      type: str
    not_comparable:
      description: Why the kind can never be compared, such as an API without a list. V(null) if it can.
      type: str
totals:
  description: Number of objects for each outcome, or in check mode for each planned outcome.
  returned: when the org could be read
  type: dict
  contains:
    created:
      description: Created objects.
      type: int
    updated:
      description: Updated objects.
      type: int
    deleted:
      description: Removed objects, including pruned ones.
      type: int
    unchanged:
      description: Objects without differences.
      type: int
    failed:
      description: Objects with an error.
      type: int
    skipped:
      description: Objects that were not written because another object failed.
      type: int
    rolled_back:
      description: Objects whose change was rolled back.
      type: int
api:
  description: Statistics of the task's API requests.
  returned: when the org could be read
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

from ansible_collections.genesys.cloud.plugins.module_utils._module.org import run_org


def main() -> None:
    run_org()


if __name__ == "__main__":
    main()
