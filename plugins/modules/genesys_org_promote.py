#!/usr/bin/python
# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: genesys_org_promote
short_description: Brings the objects of one org to the state that they have in another org
description:
  - Reads a source org and the org of the task, which is the target. Creates the objects that only the source
    has, and updates those that differ, in every option. Nothing is written to the source.
  - Objects are matched by their names, as M(genesys.cloud.genesys_org_diff) does it, and refer to other
    objects by name, so that IDs are those of the target. An object that a name does not find in the target
    is an error before any write.
  - O(values) is a table of values that differ between stages, such as hosts and names of queues.
  - Secrets are not copied. The target keeps those that it has, and O(secrets) has those that it needs.
  - Plan, checks, writes, journal, audit log and rollback are those of M(genesys.cloud.genesys_org_config). A
    promotion is rolled back by that module with O(genesys.cloud.genesys_org_config#module:state=rolled_back),
    or by the role P(genesys.cloud.rollback#role).
  - Objects that only the target has stay, unless O(prune) removes them.
author:
  - genesys.cloud contributors (@genesys-cloud-collection)
version_added: 1.0.0
extends_documentation_fragment:
  - genesys.cloud.auth
  - genesys.cloud.reporting
  - genesys.cloud.read_cache
  - genesys.cloud.attributes
  - genesys.cloud.org_content.writes
options:
  source:
    description:
      - Connection to the source.
      - Its options take nothing from the environment and have no defaults of the module, so that targets and
        credentials of two orgs are never mixed. Give each one that the source needs.
      - The task fails if it is the same org, or one of another API.
    type: dict
    required: true
    suboptions:
      base_url:
        description: As O(base_url), for the source.
        type: str
      region:
        description: As O(region), for the source.
        type: str
      login_url:
        description: As O(login_url), for the source.
        type: str
      client_id:
        description: As O(client_id), for the source.
        type: str
      client_secret:
        description: As O(client_secret), for the source.
        type: str
      access_token:
        description: As O(access_token), for the source.
        type: str
      token_path:
        description: As O(token_path), for the source.
        type: str
      token_request:
        description: As O(token_request), for the source.
        type: str
        choices: [basic, form, json]
      token_pool_size:
        description: As O(token_pool_size), for the source.
        type: int
      scopes:
        description: As O(scopes), for the source.
        type: list
        elements: str
      timeout:
        description: As O(timeout), for the source.
        type: float
      retries:
        description: As O(retries), for the source.
        type: int
      deadline:
        description: As O(deadline), for the source.
        type: float
      list_lag:
        description: As O(list_lag), for the source.
        type: float
      validate_certs:
        description: As O(validate_certs), for the source.
        type: bool
      ca_path:
        description: As O(ca_path), for the source.
        type: path
      client_cert:
        description: As O(client_cert), for the source.
        type: path
      client_key:
        description: As O(client_key), for the source.
        type: path
      proxy:
        description: As O(proxy), for the source.
        type: str
      organization:
        description: As O(organization), for the source.
        type: str
      api_profile:
        description: As O(api_profile), for the source.
        type: str
        choices: [reference, platform]
  kinds:
    description:
      - The kinds to promote, by the names of their lists, such as V(data_actions). The default is all that
        the API has.
    type: list
    elements: str
  names:
    description:
      - Patterns for the names of the objects to promote, such as V(CRM*), or the IDs of kinds without names.
        Patterns are case-sensitive. The module warns of a pattern that fits no object.
    type: list
    elements: str
    default: ["*"]
  exclude:
    description:
      - Patterns for the names of objects that are left alone in both orgs, also by O(prune) and by
        O(dependencies). A pattern fits the name of an object in either org.
    type: list
    elements: str
    default: []
  ids:
    description: IDs of objects of which the API has no list.
    type: dict
    default: {}
    suboptions:
      customobject_indexes:
        description: IDs of custom objects whose indexes are promoted.
        type: list
        elements: str
  dependencies:
    description:
      - How to treat an object that a promoted one refers to, that is not promoted itself, and that the target
        does not have, such as the integration of a data action.
      - V(fail) is an error before any write. V(include) promotes it too, in the order of the kinds.
      - Objects that the collection does not create, such as queues and flows, must exist in the target.
    type: str
    choices: [fail, include]
    default: fail
  values:
    description:
      - Values of the source that the target has in another form. Each value is replaced once, by the first
        row that applies. Names of objects are values too. Keys of dictionaries are never replaced.
      - The module warns of a row that replaces nothing.
    type: list
    elements: dict
    default: []
    suboptions:
      from:
        description: The value in the source.
        type: raw
        required: true
      to:
        description: The value in the target.
        type: raw
        required: true
      match:
        description:
          - V(whole) replaces values that are equal to O(values[].from). V(part) replaces this text inside of
            longer texts, such as the host of an address or a name in a template.
          - Where the parts of several rows begin at one place, the longest counts.
        type: str
        choices: [whole, part]
        default: whole
      kinds:
        description: Lists of objects in which the row applies, such as V(triggers). The default is all.
        type: list
        elements: str
      options:
        description:
          - Patterns for the options in which the row applies, as paths such as V(target.url) or
            V(definition.config.request.*). Positions in lists are no part of a path. The default is all.
        type: list
        elements: str
  secrets:
    description:
      - Secrets of the target by the names that their variables have in an export, such as
        C(vault_webhook_feed_target_url). An error lists those that are missing.
      - The module warns of names that no promoted object has.
      - A given secret replaces the one that the target has. Fields of integration credentials follow
        C(update_secret), which O(defaults.integration_credentials) may set.
    type: dict
    default: {}
  copy_secrets:
    description:
      - Copy secrets in headers and URLs from the source to the target. Without it, an object of the target
        keeps those that it has. The fields of integration credentials are never copied, because no read
        shows them.
    type: bool
    default: false
  secret_headers:
    description:
      - Names of further headers and URL parameters whose values are secret, as in
        M(genesys.cloud.genesys_data_action).
    type: list
    elements: str
    default: []
seealso:
  - module: genesys.cloud.genesys_org_diff
  - module: genesys.cloud.genesys_org_config
  - module: genesys.cloud.genesys_org_export
"""

EXAMPLES = r"""
- name: Promote the integrations and data actions of the test stage to production
  genesys.cloud.genesys_org_promote:
    region: eu-central-1
    organization: Acme Production
    client_id: "{{ production_client_id }}"
    client_secret: "{{ production_client_secret }}"
    source:
      region: eu-central-1
      organization: Acme Test
      client_id: "{{ test_client_id }}"
      client_secret: "{{ test_client_secret }}"
    kinds: [integrations, data_actions]
    dependencies: include
    values:
      - {from: crm-test.example.com, to: crm.example.com, match: part}
    secrets:
      vault_integration_credential_crm_login_fields:
        userName: genesys
        password: "{{ production_crm_password }}"
    journal: /var/lib/genesys/journals/acme-production.jsonl
"""

RETURN = r"""
objects:
  description: All objects of the task, as M(genesys.cloud.genesys_org_config) returns them.
  returned: when the target could be planned
  type: list
  elements: dict
  contains:
    kind:
      description: Kind of the object, such as V(data_action).
      type: str
    name:
      description: Name of the object.
      type: str
    plan:
      description: The action that the task took, or would take in check mode (none, create, update, delete).
      type: str
    status:
      description: Outcome of the object.
      type: str
    diff:
      description: The changed fields as C(before) and C(after), secrets masked. V(null) if nothing changes.
      type: dict
    error:
      description: The error of the object, V(null) if there is none.
      type: str
    not_restorable:
      description: Fields of the object that a rollback could not restore.
      type: list
      elements: str
totals:
  description: Number of objects for each outcome, as M(genesys.cloud.genesys_org_config) returns them.
  returned: when the target could be planned
  type: dict
  sample: {created: 2, updated: 1, deleted: 0, unchanged: 40, failed: 0, skipped: 0, rolled_back: 0}
included:
  description: Objects that were taken along because others refer to them.
  returned: when both orgs could be read
  type: list
  elements: dict
  contains:
    kind:
      description: Kind of the object.
      type: str
    name:
      description: Name of the object in the source.
      type: str
    needed_by:
      description: Kind and name of the object that refers to it.
      type: str
left_out:
  description: Chosen objects of the source that were not promoted, each with the reason.
  returned: when both orgs could be read
  type: list
  elements: dict
  sample: [{kind: data_action, name: Get User, id: static_-_1, reason: a data action of the vendor}]
source_org:
  description: The source, its C(id) and its C(name).
  returned: when both orgs could be read
  type: dict
org:
  description: The org of the task, its C(id) and its C(name).
  returned: when both orgs could be read
  type: dict
api:
  description: Statistics of the requests to the target, see M(genesys.cloud.genesys_org_config).
  returned: when the target could be planned
  type: dict
source_api:
  description: Statistics of the requests to the source.
  returned: when both orgs could be read
  type: dict
"""

from ansible_collections.genesys.cloud.plugins.module_utils._module.org_promote import run_org_promote


def main() -> None:
    run_org_promote()


if __name__ == "__main__":
    main()
