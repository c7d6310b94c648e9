# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of the options that wait for the audit record of a change."""

from __future__ import annotations


class ModuleDocFragment:
    """C(extends_documentation_fragment: genesys.cloud.verify_audit)."""

    DOCUMENTATION = r"""
options:
  verify_audit:
    description:
      - Whether the task waits after a change until the org's audit has a record of it. The record is returned
        as C(audit_record). Requires the scope C(audit:read), and with O(api_profile=platform) the permission
        C(audits:audit:view).
      - The record must be of the same object and event (created, updated or deleted) and must not have
        existed before the write. With O(client_id), its actor must be this client. Times are not compared.
      - With O(api_profile=platform), any action but a removal or a read confirms a creation or change, since
        actions vary by kind. If the audit of the org lacks the kind, the task fails before the write.
      - The existing records are read right before the write. If the record of an earlier change of the same
        object by the same client appears only later, it is mistaken for the record of this change.
      - If the record does not appear in time, the task fails with its complete result. The change is kept and
        not rolled back.
    type: bool
    default: false
  audit_timeout:
    description: Maximum time that O(verify_audit) waits (seconds).
    type: float
    default: 60
"""
