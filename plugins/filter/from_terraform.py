# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter from_terraform: converts the export of the vendor's Terraform provider to variables (X.4)."""

from __future__ import annotations

import collections.abc as c
import typing as t

from ansible.errors import AnsibleFilterError

from ansible_collections.genesys.cloud.plugins.module_utils._errors import GenesysError
from ansible_collections.genesys.cloud.plugins.module_utils._findings import Findings
from ansible_collections.genesys.cloud.plugins.module_utils._inventory.secret_variables import (
    Secret,
    secrets_in,
    variable_names,
)
from ansible_collections.genesys.cloud.plugins.module_utils._inventory.variable_files import variable_of
from ansible_collections.genesys.cloud.plugins.module_utils._printable import printable_lines
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action.json_text import (
    NoJson,
    read_json,
)
from ansible_collections.genesys.cloud.plugins.module_utils._terraform.conversion import (
    Choices,
    convert,
    refuse_problems,
)

DOCUMENTATION = r"""
name: from_terraform
short_description: Convert the export of the vendor's Terraform provider to variables
version_added: 1.0.0
author:
  - the genesys.cloud contributors (@genesys-cloud-collection)
description:
  - Converts the configuration that the resource C(genesyscloud_tf_export) writes with C(export_format =
    "json") to the variables of the role P(genesys.cloud.org_config#role).
  - Fails with all problems together, each with the address of its resource. Resources that the collection
    does not manage make the import incomplete, which is a problem, unless O(ignore) names them.
  - To write the variables to files, use M(genesys.cloud.genesys_from_terraform). It protects texts with
    C({{) and similar delimiters from being evaluated as templates.
options:
  _input:
    description:
      - The configuration as text or as its parsed form, or a list of both.
    type: raw
    required: true
  ignore:
    description:
      - Resources that are left out, as patterns for their addresses, such as C(genesyscloud_flow.*), or as
        types. Also attributes that the collection does not know.
    type: list
    elements: str
    default: []
  variables:
    description:
      - Values of Terraform variables that have no default. Values of sensitive variables are not used.
    type: dict
    default: {}
  ids:
    description: IDs of objects in the org by the addresses of their resources, for objects of the same name.
    type: dict
    default: {}
  secret_headers:
    description: Names of headers whose values are secret, beside those that are known to be.
    type: list
    elements: str
    default: []
  secrets:
    description:
      - Values of the secrets by the names of their variables. Each secret must have one.
      - Without the option, a secret is the text C({{ NAME }}) with the name of its variable.
    type: dict
"""

EXAMPLES = r"""
- name: Show which data actions Terraform manages
  ansible.builtin.debug:
    msg: "{{ imported['variables']['org_config_data_actions'] | map(attribute='name') }}"
  vars:
    imported: >-
      {{ lookup('ansible.builtin.file', '/srv/terraform/export/genesyscloud.tf.json')
         | genesys.cloud.from_terraform(ignore=['genesyscloud_flow']) }}
"""

RETURN = r"""
_value:
  description: The variables, the names of the secrets, and the resources without an entry.
  type: dict
  contains:
    variables:
      description: Lists of entries by the variables of the role org_config.
      type: dict
    secrets:
      description: Names of the variables that need a value.
      type: list
      elements: str
    not_imported:
      description: The resources that O(ignore) leaves out, each with C(address) and C(reason).
      type: list
      elements: dict
  sample:
    variables:
      org_config_integration_credentials:
        - name: CRM login
          type: basicAuth
          fields: "{{ vault_integration_credential_crm_login_fields }}"
    secrets: [vault_integration_credential_crm_login_fields]
    not_imported: []
"""


def from_terraform(
    configuration: t.Any,
    ignore: c.Sequence[str] = (),
    variables: c.Mapping[str, t.Any] | None = None,
    ids: c.Mapping[str, str] | None = None,
    secret_headers: c.Sequence[str] = (),
    secrets: c.Mapping[str, t.Any] | None = None,
) -> dict[str, t.Any]:
    """Return variables, names of secrets, and resources without an entry. Raise AnsibleFilterError."""
    findings = Findings()
    choices = Choices(
        ignore=_texts("ignore", ignore, findings),
        variables=_mapping("variables", variables, findings),
        ids=_mapping("ids", ids, findings),
        secret_headers=_texts("secret_headers", secret_headers, findings),
    )
    sources = {name: _parsed(name, one, findings) for name, one in _sources(configuration)}
    try:
        refuse_problems(findings)
        imported = convert(sources, choices, findings)
        refuse_problems(findings)
        names = variable_names(one for entries in imported.kinds.values() for one in secrets_in(entries))
        if secrets is not None:
            for missing in sorted(set(names.values()) - set(_mapping("secrets", secrets, findings))):
                findings.problem(f"secrets.{missing}", "is required: the entries use this secret")
            refuse_problems(findings)
    except GenesysError as error:
        raise AnsibleFilterError(printable_lines(str(error))) from None
    values = {
        secret: f"{{{{ {name} }}}}" if secrets is None else secrets[name] for secret, name in names.items()
    }
    return {
        "variables": {
            variable_of(kind): _filled(entries, values) for kind, entries in imported.kinds.items()
        },
        "secrets": sorted(names.values()),
        "not_imported": imported.not_imported,
    }


def _sources(configuration: t.Any) -> list[tuple[str, t.Any]]:
    many = configuration if isinstance(configuration, (list, tuple)) else [configuration]
    return [
        (f"configuration[{index}]" if len(many) > 1 else "configuration", one)
        for index, one in enumerate(many)
    ]


def _parsed(name: str, source: t.Any, findings: Findings) -> t.Any:
    """Return a configuration with Python's own types, which Ansible may have replaced by subclasses."""
    if not isinstance(source, str):
        return _plain(source)
    try:
        return read_json(str(source), unique_keys=True)
    except NoJson as error:
        findings.problem(name, f'{error}. Export with export_format = "json"')
        return {}


def _plain(value: t.Any) -> t.Any:
    if isinstance(value, c.Mapping):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(entry) for entry in value]
    return str(value) if isinstance(value, str) else value


def _mapping(option: str, value: t.Any, findings: Findings) -> dict[str, t.Any]:
    if value is not None and not isinstance(value, c.Mapping):
        findings.problem(option, "must be a mapping")
        return {}
    return t.cast("dict[str, t.Any]", _plain(value or {}))


def _texts(option: str, value: t.Any, findings: Findings) -> list[str]:
    if not isinstance(value, (list, tuple)) or not all(isinstance(one, str) for one in value):
        findings.problem(option, "must be a list of texts")
        return []
    return [str(one) for one in value]


def _filled(value: t.Any, values: c.Mapping[Secret, t.Any]) -> t.Any:
    """Return entries with the values of their secrets."""
    if isinstance(value, Secret):
        return values[value]
    if isinstance(value, dict):
        return {key: _filled(entry, values) for key, entry in value.items()}
    return [_filled(entry, values) for entry in value] if isinstance(value, list) else value


class FilterModule:
    """Ansible's entry point."""

    def filters(self) -> dict[str, t.Callable[..., dict[str, t.Any]]]:
        return {"from_terraform": from_terraform}
