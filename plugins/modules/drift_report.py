# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# The documentation of the action plugin of the same name.

from __future__ import annotations

DOCUMENTATION = r"""
module: drift_report
short_description: Writes which orgs differ from what the inventory declares for them
description:
  - Reads what the role P(genesys.cloud.org_config#role) registered on each host of the play, and writes it as
    C(drift.json), as C(drift.md) for a comment on a merge request, and as C(drift.xml), JUnit's format, which
    continuous integration shows as tests.
  - The role P(genesys.cloud.drift_check#role) is what uses it. It never fails for a drift; that is the part
    of M(genesys.cloud.drift_verdict).
  - Names org, object and field, with the values of both sides as the modules show them. Secrets are masked.
  - An org is in sync only where everything that is declared was compared. Without results it counts as not
    judged, and so it does where what is declared is refused before anything is compared.
  - C(drift.md) ends before it is too long for a comment on GitHub and says what it left out.
author:
  - genesys.cloud contributors (@genesys-cloud-collection)
version_added: 1.0.0
options:
  folder:
    description:
      - Folder on the controller for the reports. It is made if it does not exist.
      - A relative one is taken from where C(ansible-playbook) was started.
    type: path
    required: true
  registered:
    description:
      - Names of variables that tasks of your own registered in check mode, tasks of
        M(genesys.cloud.genesys_org_config) and of modules for single objects, also looped ones. They are read
        instead of what the role registers.
      - Such a task needs C(ignore_errors) and C(ignore_unreachable), so that an org that fails is reported.
    type: list
    elements: str
attributes:
  check_mode:
    description: Writes the reports in check mode too, unless the task says otherwise.
    support: full
  diff_mode:
    description: Shows no diff of the reports.
    support: none
seealso:
  - module: genesys.cloud.drift_verdict
notes:
  - Runs on the controller. Set C(run_once), the reports are about all hosts of the play.
"""

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

- name: Write a report of a task of your own
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
  description: C(status) of each org, and C(msg), which says what drifted or why it could not be judged.
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
