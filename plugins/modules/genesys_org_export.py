#!/usr/bin/python
# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: genesys_org_export
short_description: Writes the content of a Genesys Cloud org as variables of an inventory
description:
  - Reads the objects of an org, and writes them as variables of the role P(genesys.cloud.org_config#role).
    With the secrets filled, an apply to the same org changes nothing, and an apply to an empty org builds the
    same objects.
  - Each kind is read whole. If a list or an object cannot be read, the module fails and writes no file.
  - Defaults and the fields of the server are left out. Objects refer to each other by name, and by ID only if
    several objects have the name.
  - Each entry is planned against its object before it is written. An object that the options cannot declare,
    or that the collection only reads, is in RV(not_exported) with the reason.
  - Secrets are no part of the files. Each is a variable such as C(vault_webhook_feed_target_url). The file
    C(org_config_secrets.yml) has all of them. The role names every variable without a value before it sends a
    request. Secrets are the fields of credentials, and headers and parts of URLs that are secret by their
    name or look like a token.
  - Nothing from the org is evaluated as a template, because such texts have the tag C(!unsafe).
author:
  - genesys.cloud contributors (@genesys-cloud-collection)
version_added: 1.0.0
extends_documentation_fragment:
  - genesys.cloud.auth
  - genesys.cloud.attributes
options:
  path:
    description:
      - Absolute path of the folder for the files, such as the C(host_vars) folder of the org. It is created
        with mode 0700, new files with mode 0600. Each file is replaced at once.
      - Files of an earlier export are replaced, and those that have no content any more are removed. A file
        that was edited since, or that comes from elsewhere, is an error.
    type: path
    required: true
  layout:
    description: V(kinds) writes a file for each kind, V(file) one file for all of them.
    type: str
    choices: [kinds, file]
    default: kinds
  overwrite:
    description: Replace files that were edited since an earlier export, or that come from elsewhere.
    type: bool
    default: false
  kinds:
    description:
      - The kinds to export, by the names of their lists, such as C(data_actions). Without the option, all
        kinds that the API of the org has.
      - The client needs the permissions to read them.
    type: list
    elements: str
  names:
    description:
      - Patterns for the names of the objects, such as C(CRM*), or the IDs of kinds without names. The module
        warns of a pattern that fits no object.
    type: list
    elements: str
    default: ["*"]
  exclude:
    description: Patterns for the names of objects that are left out, although O(names) has them.
    type: list
    elements: str
    default: []
  managed:
    description:
      - V(declared) exports only objects that O(config) has, V(undeclared) only the others.
    type: str
    choices: [all, declared, undeclared]
    default: all
  config:
    description:
      - The entries of the inventory, as the option of M(genesys.cloud.genesys_org_config) has them. Required,
        unless O(managed=all).
    type: dict
  ids:
    description: IDs of objects of which the API has no list. Such a kind is exported only with IDs.
    type: dict
    default: {}
    suboptions:
      customobject_indexes:
        description: IDs of custom objects.
        type: list
        elements: str
  secret_headers:
    description: Names of headers whose values are secret, beside those that are known to be.
    type: list
    elements: str
    default: []
  concurrency:
    description: Maximum number of concurrent requests, from 1 to 32.
    type: int
    default: 8
seealso:
  - module: genesys.cloud.genesys_org_config
"""

EXAMPLES = r"""
- name: Write the org as host variables
  genesys.cloud.genesys_org_export:
    path: "{{ inventory_dir }}/host_vars/{{ inventory_hostname }}"

- name: Write the data actions of the CRM that no inventory declares
  genesys.cloud.genesys_org_export:
    path: /srv/genesys/undeclared
    kinds: [data_actions]
    names: ["CRM*"]
    managed: undeclared
    config:
      data_actions: "{{ org_config_data_actions }}"
"""

RETURN = r"""
files:
  description: The files of the export, also those that stay as they are.
  returned: success
  type: list
  elements: dict
  contains:
    path:
      description: Path of the file.
      type: str
    action:
      description: What happened to the file, or would in check mode (none, create, update, delete).
      type: str
  sample:
    - path: /srv/genesys/host_vars/acme/org_config_webhooks.yml
      action: create
objects:
  description: The number of exported objects of each kind.
  returned: success
  type: dict
  sample: {data_actions: 41, webhooks: 3}
secrets:
  description: The names of the variables that need a value.
  returned: success
  type: list
  elements: str
  sample: [vault_webhook_feed_target_headers_authorization]
not_exported:
  description: The objects that are no part of the files, and kinds without a list.
  returned: success
  type: list
  elements: dict
  contains:
    kind:
      description: Kind of the object, such as V(data_action).
      type: str
    name:
      description: Name of the object. V(null) for a whole kind.
      type: str
    id:
      description: ID of the object. V(null) for a whole kind.
      type: str
    reason:
      description: Why the object is no part of the files.
      type: str
  sample:
    - kind: data_action
      name: Get Contact by Phone Number
      id: static_-_1
      reason: a data action that its integration has by itself, and the collection only reads it
api:
  description: Statistics of the task's API requests.
  returned: success
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

from ansible_collections.genesys.cloud.plugins.module_utils._module.export import run_export


def main() -> None:
    run_export()


if __name__ == "__main__":
    main()
