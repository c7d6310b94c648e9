# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# The documentation of the action plugin of the same name.

from __future__ import annotations

DOCUMENTATION = r"""
module: drift_verdict
short_description: Ends the check of an org so that the exit code shows the result
description:
  - V(drifted) fails the host, and V(not_judged) makes it unreachable. As a result, C(ansible-playbook) ends
    with 0 if all orgs are in sync, 2 if any org drifted, and 4 if any org could not be judged, whether others
    drifted or not.
  - The role P(genesys.cloud.drift_check#role) uses this module with the results of
    M(genesys.cloud.drift_report).
author:
  - genesys.cloud contributors (@genesys-cloud-collection)
version_added: 1.0.0
options:
  status:
    description:
      - Status of the org.
    type: str
    choices: [in_sync, drifted, not_judged]
    required: true
  msg:
    description:
      - Message about the org.
    type: str
    required: true
attributes:
  check_mode:
    description: Ends the host in check mode too.
    support: full
  diff_mode:
    description: Changes nothing.
    support: none
seealso:
  - module: genesys.cloud.drift_report
"""

EXAMPLES = r"""
- name: Compare a single object
  genesys.cloud.genesys_privacy_purpose:
    name: Quality assurance
    retention: 180d
  check_mode: true
  ignore_errors: true
  ignore_unreachable: true
  register: purpose

- name: Write the reports
  genesys.cloud.drift_report:
    folder: drift-report
    registered: [purpose]
  run_once: true
  check_mode: false
  register: report

- name: End with the result
  genesys.cloud.drift_verdict:
    status: "{{ report['orgs'][inventory_hostname]['status'] }}"
    msg: "{{ report['orgs'][inventory_hostname]['msg'] }}"
"""

RETURN = r"""
msg:
  description: The text of O(msg).
  returned: always
  type: str
"""
