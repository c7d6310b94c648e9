# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of the options that have a list, a rule or defaults for each kind of an org."""

from __future__ import annotations


class ModuleDocFragment:
    """C(extends_documentation_fragment: genesys.cloud.org_content)."""

    DOCUMENTATION = r"""
options:
  config:
    description:
      - The declared content of the org. The entries of each list have the options of the module for single
        objects, except the options of the connection, of reports and of the read cache, and O(wait), which
        are given once beside O(config).
      - Each object has one entry. Duplicate names and IDs are an error.
      - O(prune) needs the list of its kind, even if it is empty.
      - C(dataset_dependencies) of an entry of O(config.data_actions) count for the conditions of all entries.
      - Required, unless O(state=rolled_back).
    type: dict
    suboptions:
      integration_credentials:
        description: Entries with options of M(genesys.cloud.genesys_integration_credential).
        type: list
        elements: dict
      integrations:
        description: Entries with options of M(genesys.cloud.genesys_integration).
        type: list
        elements: dict
      data_actions:
        description: Entries with options of M(genesys.cloud.genesys_data_action).
        type: list
        elements: dict
      data_tables:
        description: Entries with options of M(genesys.cloud.genesys_data_table).
        type: list
        elements: dict
      data_schemas:
        description: Entries with options of M(genesys.cloud.genesys_data_schema).
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
      flow_log_levels:
        description: Entries with options of M(genesys.cloud.genesys_flow_log_level).
        type: list
        elements: dict
      flow_execution_data:
        description: Entries with options of M(genesys.cloud.genesys_flow_execution_data).
        type: list
        elements: dict
      masking_rules:
        description: Entries with options of M(genesys.cloud.genesys_masking_rule).
        type: list
        elements: dict
      media_retention_policies:
        description: Entries with options of M(genesys.cloud.genesys_media_retention_policy).
        type: list
        elements: dict
      analytics_retention:
        description: Entries with options of M(genesys.cloud.genesys_analytics_retention).
        type: list
        elements: dict
      triggers:
        description: Entries with options of M(genesys.cloud.genesys_trigger).
        type: list
        elements: dict
      webhooks:
        description: Entries with options of M(genesys.cloud.genesys_webhook).
        type: list
        elements: dict
  undeclared:
    description:
      - Reports the objects of the org that O(config) does not name, for each kind, and changes nothing about
        them. Disabled by default. RV(undeclared) has the report, which M(genesys.cloud.drift_report) judges.
      - The list of each such kind is read, and its objects are compared as they were before the writes.
        Data actions need the list of integrations too.
      - Left out are objects that the collection does not manage, such as Function data actions, the
        vendor's own data actions and masking rules, objects that this task removes, and those whose names a
        rule of O(prune) protects.
    type: dict
    suboptions:
      default:
        description: The mode of kinds that have none, as far as the API of the org has the kind.
        type: str
        choices: [ignore, warn, fail]
        default: ignore
      integration_credentials: &undeclared
        description: The rule of this kind.
        type: dict
        suboptions:
          mode:
            description:
              - With V(ignore), the kind is left out. The other modes report undeclared objects, V(warn) as
                warnings and V(fail) as drift. Without a mode, O(undeclared.default) counts.
            type: str
            choices: [ignore, warn, fail]
          protect:
            description:
              - Names that are left out, as patterns with V(*), V(?) and V([...]), such as V(manual-*).
                Patterns are case-sensitive.
            type: list
            elements: str
            default: []
      integrations: *undeclared
      data_actions: *undeclared
      data_tables: *undeclared
      data_schemas: *undeclared
      privacy_purposes: *undeclared
      customobject_indexes: *undeclared
      flow_settings: *undeclared
      flow_log_levels: *undeclared
      flow_execution_data: *undeclared
      masking_rules: *undeclared
      media_retention_policies: *undeclared
      analytics_retention: *undeclared
      triggers: *undeclared
      webhooks: *undeclared
"""

    #: Options of all modules that write to a whole org.
    WRITES = r"""
options:
  prune:
    description:
      - Removes objects that the task does not declare, for each kind. Disabled by default.
    type: dict
    suboptions:
      data_actions:
        description:
          - How to remove undeclared data actions. In the API C(platform), one that flows
            consume is an error. One that a data action has replaced is removed as soon as no flow consumes
            it, and a warning until then.
        type: dict
        suboptions:
          enabled: &enabled
            description: Whether these objects are removed.
            type: bool
            default: false
          protect: &protect
            description:
              - Names that are never removed, as patterns with V(*), V(?) and V([...]), such as V(manual-*).
                Patterns are case-sensitive.
            type: list
            elements: str
            default: []
          max: &max
            description:
              - Maximum number of removals. If there would be more, the task fails before it writes anything.
            type: int
            default: 10
          force:
            description: Whether data actions of the API C(platform) are removed although flows consume them.
            type: bool
            default: false
      privacy_purposes: &prune
        description: How to remove undeclared objects of the kind.
        type: dict
        suboptions:
          enabled: *enabled
          protect: *protect
          max: *max
      data_tables: *prune
      triggers: *prune
      webhooks: *prune
      integrations:
        description: How to remove integrations, by their types. One that has data actions is an error.
        type: dict
        suboptions:
          enabled: *enabled
          types:
            description: IDs of the types. Required if enabled, as are names to protect.
            type: list
            elements: str
            default: []
          protect: *protect
          max: *max
  defaults:
    description:
      - Options for all entries of a kind. An option that an entry gives counts instead, also if V(null).
      - Options that identify an object, and C(state), are no defaults.
    type: dict
    suboptions:
      integration_credentials: &defaults
        description: Defaults of the entries of this kind.
        type: dict
      integrations: *defaults
      data_actions: *defaults
      data_tables: *defaults
      data_schemas: *defaults
      privacy_purposes: *defaults
      customobject_indexes: *defaults
      flow_settings: *defaults
      flow_log_levels: *defaults
      flow_execution_data: *defaults
      masking_rules: *defaults
      media_retention_policies: *defaults
      analytics_retention: *defaults
      triggers: *defaults
      webhooks: *defaults
  concurrency:
    description: Maximum number of concurrent requests, from 1 to 32.
    type: int
    default: 8
  on_error:
    description:
      - How to continue when an object fails.
      - V(stop) begins no further write. If an object fails before the first write, nothing is written.
      - V(continue) continues with the other objects. The task fails at its end.
      - V(rollback) begins no further write and rolls back the task's writes in reverse order. Values that the
        API cannot restore, such as the ID of a removed object, are listed in RV(objects[].not_restorable)
        beforehand.
    type: str
    choices: [stop, continue, rollback]
    default: stop
  wait:
    description:
      - Whether the task waits until the indexes of custom objects are rebuilt, as in
        M(genesys.cloud.genesys_customobject_index), and until integrations report their state, as in
        M(genesys.cloud.genesys_integration).
    type: bool
    default: true
  accept_unrestorable:
    description:
      - Accepts that O(on_error=rollback) cannot restore the earlier secrets of integration credentials,
        and cannot remove new columns of data tables, or new fields and options of data schemas. Without
        it, a task that would update such secrets, remove a credential, or add columns, fields or options
        fails before any write. So does one that would create a data schema of external organizations.
    type: bool
    default: false
"""
