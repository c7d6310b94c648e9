# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of the attributes of the modules."""

from __future__ import annotations


class ModuleDocFragment:
    """C(extends_documentation_fragment: genesys.cloud.attributes)."""

    DOCUMENTATION = r"""
options: {}
attributes:
  check_mode:
    description: Sends no write in check mode and returns what the real run would return.
    support: full
  diff_mode:
    description: Returns what changes, before and after, when C(--diff) is given.
    support: full
  idempotent:
    description: A second run with the same options changes nothing.
    support: full
  action_group:
    description: Takes its options also from C(module_defaults) of the group C(group/genesys.cloud.genesys).
    support: full
    membership:
      - genesys.cloud.genesys
  fast_lane:
    description: Runs in an existing process of Ansible if that gives the same results.
    details:
      - Requires a local connection and the Python of C(ansible-playbook). Not possible with C(become) or
        C(async), or if C(environment) has variables that do not begin with C(GENESYS_).
      - Disabled by V(false) in the variable C(genesys_fast_lane), or by V(0) in the environment variable
        E(GENESYS_FAST_LANE).
    support: full
"""

    # The same for modules that compare.
    COMPARE = r"""
options: {}
attributes:
  check_mode:
    support: full
    details: The module only reads.
  diff_mode:
    description: Returns what differs, of both sides, when C(--diff) is given.
    support: full
"""

    # Additional fragment of modules that only read. It must precede the other fragment, because Ansible keeps
    # the first value of an attribute.
    INFO = r"""
options: {}
attributes:
  check_mode:
    support: full
    details: The module only reads.
  diff_mode:
    description: Returns no diff.
    support: N/A
    details: The module only reads.
"""
