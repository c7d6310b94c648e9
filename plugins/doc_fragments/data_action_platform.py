# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of the options of a data action that only the platform API has."""

from __future__ import annotations


class ModuleDocFragment:
    """C(extends_documentation_fragment: genesys.cloud.data_action_platform)."""

    DOCUMENTATION = r"""
options:
  integration:
    description:
      - Integration that the data action belongs to, by its name or ID. Required to create a data action of
        the API C(platform), which alone has integrations.
      - A name must belong to exactly one integration, see O(integration_type). In
        M(genesys.cloud.genesys_org_config) it may be an integration that the same task creates or renames.
      - The first publication of a data action fixes its integration, see O(on_contract_change).
    type: str
  integration_type:
    description:
      - ID of the type of O(integration), such as V(custom-rest-actions), where its name belongs to
        integrations of several types.
    type: str
  category:
    description:
      - Category of the data action. Required to create a data action of the API C(platform), which alone has
        categories.
    type: str
  secure:
    description:
      - Whether flows may use the data action in secure parts only. Fixed by the first publication. Only in
        the API C(platform).
    type: bool
  timeout_seconds:
    description:
      - Time limit of the request that the data action sends, from 1 to 60 seconds. Only in the API
        C(platform). The option O(timeout) is that of this task's requests.
    type: int
  definition:
    description:
      - The data action in the form of the API C(platform), which the vendor's console exports, with C(name),
        C(category), C(secure), C(contract) and C(config). Parts that it omits keep their values in the org.
      - A mapping, or the path of a JSON file on the host where the module runs. The text of a template is
        never changed. In a mapping, mark a template that contains C({{), C({%) or C({#) with C(!unsafe),
        because Ansible reads these itself. A file needs no mark. C(docs/data-actions.md) has examples.
      - C(id), C(version), C(selfUri), C(integrationType), C(actionType), C(errorSchema) and keys that end
        with C(Uri) or C(Flattened) are ignored with a warning. Any other key is an error.
      - Excludes O(rest). Options beside it take precedence.
      - A template that is absent, empty or the API's default is the same. Line ends and one line break at the
        end of a template do not count. Schemas are compared as data, independent of the order of keys.
    type: raw
  on_contract_change:
    description:
      - How to handle a change of what the first publication of a data action has fixed, which are its
        schemas, O(secure) and O(integration). Only in the API C(platform).
      - V(fail) reports it before any write, with the flows that consume the data action.
      - V(replace) creates another data action, whose name ends with C((replacement)), and tests it if O(test)
        is given. Then the name of the old one gets the end C((replaced ID)), with the first characters of its
        ID, and the new one gets the old name. Flows refer to IDs, so they keep the old data action until they
        are changed and published. RV(consumers) has them.
      - A later run with V(replace) removes the old data action when no flow consumes it, see
        RV(removed_replaced). Until then the run warns. A run that was stopped is continued by the next one.
      - Dependency tracking follows the flows with a delay.
    type: str
    choices: [fail, replace]
    default: fail
  force:
    description:
      - Whether O(state=absent) removes a data action although flows consume it, or although the API's
        dependency tracking cannot say whether they do. The flows are named in a warning. Only in the API
        C(platform).
    type: bool
    default: false
  test:
    description:
      - Test of the data action before each write, in a draft that is validated, tested and published. The
        test calls the remote service with the credentials of the integration, which must be enabled. Only in
        the API C(platform).
      - If a step fails, the draft is discarded and the data action stays as it is. RV(test) has the outcome
        of each operation.
      - Nothing is tested if the task changes nothing, in check mode, and in a rollback.
      - A draft of another client is never overwritten. It is an error, unless its content is that of the data
        action before or after the task.
    type: dict
    suboptions:
      input:
        description:
          - Values of the inputs. C(no_log) hides values that are secret.
        type: dict
      expect:
        description:
          - Part of the expected result, as a structure. An object may have more keys than this one. A list
            must have the same number of entries.
        type: raw
"""
