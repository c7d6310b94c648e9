# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of the wait for the org's own audit record of a change."""

from __future__ import annotations


class ModuleDocFragment:
    """C(extends_documentation_fragment: genesys.cloud.verify_audit)."""

    DOCUMENTATION = r"""
options:
  verify_audit:
    description:
      - Whether the task waits, after a change, until the org's own audit has a record of it, which is
        returned as C(audit_record). Needs the scope C(audit:read).
      - It is the record of the object and of what was done (created, updated or deleted) that was not there
        before, and that has this client as its actor where O(client_id) is given. No clock counts.
      - Right before the write the audit is asked which records there are. A record of an earlier change of
        the same object by the same client that appears only afterwards is taken for that of this change.
      - Where the record does not come in time, the task fails with its whole result. The change stays, and is
        not rolled back either.
    type: bool
    default: false
  audit_timeout:
    description: Seconds that O(verify_audit) waits.
    type: float
    default: 60
"""
