# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# The documentation of the action plugin of the same name.

from __future__ import annotations

DOCUMENTATION = r"""
module: drift_report
short_description: Writes reports on which orgs differ from the inventory
description:
  - Reads the results that the role P(genesys.cloud.org_config#role) registered on each host of the play.
    Writes them to C(drift.json), to C(drift.md) for a comment on a merge request, and to C(drift.xml) in
    JUnit's format, which continuous integration shows as tests.
  - The role P(genesys.cloud.drift_check#role) uses this module. It does not fail because of drift.
    M(genesys.cloud.drift_verdict) does.
  - Reports name org, object and field, with the value of the org and the declared value. Secrets are masked.
  - An org is in sync only if all its declared objects were compared. It is not judged if it has no results,
    or if its declared configuration was rejected before the comparison.
  - An org of which no object was compared is not judged, unless its variable C(drift_check_empty) in the
    inventory is true. For results of the role, it also suffices to define the lists of all selected kinds as
    empty in the inventory.
  - Objects of an org that its inventory does not declare are reported too, if the task for the org looked for
    them with O(genesys.cloud.genesys_org_config#module:undeclared). With its mode V(fail) they are drift,
    with V(warn) a warning. An org is not judged if the list of such a kind could not be read.
  - C(drift.md) is shortened to the maximum length of a comment on GitHub and names the omitted parts.
author:
  - genesys.cloud contributors (@genesys-cloud-collection)
version_added: 1.0.0
options:
  folder:
    description:
      - Folder on the controller for the reports. It is created if it does not exist.
      - A relative path starts at the working directory of C(ansible-playbook).
    type: path
    required: true
  registered:
    description:
      - Names of variables that your own tasks registered in check mode. The tasks may use
        M(genesys.cloud.genesys_org_config) and modules for single objects, also in loops. These variables are
        read instead of the results of the role.
      - Such tasks need C(ignore_errors) and C(ignore_unreachable), so that a failing org is reported.
    type: list
    elements: str
attributes:
  check_mode:
    description: Writes the reports in check mode too.
    support: full
  diff_mode:
    description: Shows no diff of the reports.
    support: none
seealso:
  - module: genesys.cloud.drift_verdict
notes:
  - Runs on the controller. Set C(run_once), because the reports cover all hosts of the play. """

EXAMPLES = r"""
- name: Write the reports
  genesys.cloud.drift_report:
    folder: drift-report
  run_once: true
  register: report

- name: Compare a single object
  genesys.cloud.genesys_privacy_purpose:
    name: Quality assurance
    retention: 180d
  check_mode: true
  ignore_errors: true
  ignore_unreachable: true
  register: purpose

- name: Write a report on that task
  genesys.cloud.drift_report:
    folder: drift-report
    registered: [purpose]
  run_once: true
"""

RETURN = r"""
status:
  description: The worst status of any org.
  returned: success
  type: str
  sample: drifted
  choices: [in_sync, drifted, not_judged]
orgs:
  description: C(status) of each org, and C(msg), which describes the drift or the reason why the org could
    not be judged.
  returned: success
  type: dict
  sample:
    prod:
      status: drifted
      msg: "1 of 13 objects drifted: data_actions 'Order status' (rest.url)."
files:
  description: The paths of the reports.
  returned: success
  type: list
  elements: str
  sample: [drift-report/drift.json, drift-report/drift.md, drift-report/drift.xml]
"""
