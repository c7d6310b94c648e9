#!/usr/bin/python
# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: genesys_from_terraform
short_description: Writes the export of the vendor's Terraform provider as variables of an inventory
description:
  - Reads the configuration that the resource C(genesyscloud_tf_export) writes with C(export_format = "json"),
    and writes its objects as variables of the role P(genesys.cloud.org_config#role). An apply of these
    variables to the org of the export changes nothing. No request is sent.
  - The files are those of M(genesys.cloud.genesys_org_export). Escapes such as C($${) are resolved, JSON
    texts are parsed, references become names, and defaults are left out.
  - Secrets are no part of the files. Each is a variable such as
    C(vault_integration_credential_crm_login_fields). The file C(org_config_secrets.yml) has all of them.
  - All problems are reported together, each with the address of its resource. Then no file is written.
  - An expression that only Terraform can evaluate is a problem, and so is an attribute that the collection
    does not know. Resources that the collection does not manage make the import incomplete, which is an
    error, unless O(ignore) names them.
author:
  - genesys.cloud contributors (@genesys-cloud-collection)
version_added: 1.0.0
options:
  src:
    description:
      - Absolute paths of the files, such as C(genesyscloud.tf.json). Of a folder, all files C(*.tf.json) are
        read.
    type: list
    elements: path
    required: true
  path:
    description:
      - Absolute path of the folder for the files, such as the C(host_vars) folder of the org. It is created
        with mode 0700, new files with mode 0600. Each file is replaced at once.
      - Files of an earlier import or export are replaced, and those that have no content any more are
        removed. A file that was edited since, or that comes from elsewhere, is an error.
    type: path
    required: true
  layout:
    description: V(kinds) writes a file for each kind, V(file) one file for all of them.
    type: str
    choices: [kinds, file]
    default: kinds
  overwrite:
    description: Replace files that were edited since they were written, or that come from elsewhere.
    type: bool
    default: false
  ignore:
    description:
      - Resources that are left out, as patterns for their addresses, such as C(genesyscloud_flow.*) or
        C(module.network), or as types.
      - Also attributes that the collection does not know, such as C(genesyscloud_integration.*.colour).
    type: list
    elements: str
    default: []
  variables:
    description:
      - Values of Terraform variables that have no default. Values of sensitive variables are not used.
    type: dict
    default: {}
  ids:
    description:
      - IDs of objects in the org by the addresses of their resources. They are needed for objects of the same
        name, because the export has no IDs. C(terraform state show ADDRESS) prints them.
    type: dict
    default: {}
  secret_headers:
    description: Names of headers whose values are secret, beside those that are known to be.
    type: list
    elements: str
    default: []
attributes:
  check_mode:
    description: Writes no file in check mode and returns what the real run would return.
    support: full
  diff_mode:
    description: Returns the files before and after when C(--diff) is given.
    support: full
  idempotent:
    description: A second run with the same options changes nothing.
    support: full
  fast_lane:
    description: Runs in an existing process of Ansible if that gives the same results.
    support: full
seealso:
  - module: genesys.cloud.genesys_org_export
  - module: genesys.cloud.genesys_org_config
  - plugin: genesys.cloud.from_terraform
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Write the export of Terraform as host variables
  genesys.cloud.genesys_from_terraform:
    src: [/srv/terraform/export/genesyscloud.tf.json]
    path: "{{ inventory_dir }}/host_vars/{{ inventory_hostname }}"
    ignore: [genesyscloud_flow, genesyscloud_routing_queue]
"""

RETURN = r"""
files:
  description: The files of the import, also those that stay as they are.
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
    - path: /srv/genesys/host_vars/acme/org_config_integrations.yml
      action: create
objects:
  description: The number of entries of each kind.
  returned: success
  type: dict
  sample: {data_actions: 41, integrations: 3}
secrets:
  description: The names of the variables that need a value.
  returned: success
  type: list
  elements: str
  sample: [vault_integration_credential_crm_login_fields]
not_imported:
  description: The resources that O(ignore) leaves out.
  returned: success
  type: list
  elements: dict
  contains:
    address:
      description: Address of the resource, or of the module.
      type: str
    reason:
      description: Why it has no entry.
      type: str
  sample:
    - address: genesyscloud_flow.INBOUNDCALL_Main
      reason: the collection reads flows and does not write them
problems:
  description: All problems, each with the address of its resource.
  returned: failure
  type: list
  elements: str
"""

from ansible_collections.genesys.cloud.plugins.module_utils._module.terraform import run_import


def main() -> None:
    run_import()


if __name__ == "__main__":
    main()
