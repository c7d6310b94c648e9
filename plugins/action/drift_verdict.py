# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Action plugin of M(genesys.cloud.drift_verdict), which ends an org's check with its exit code (C.5)."""

from __future__ import annotations

import typing as t

from ansible.plugins.action import ActionBase

from ansible_collections.genesys.cloud.plugins.plugin_utils._drift_status import DRIFTED, EXIT_CODES, IN_SYNC

_ARGUMENTS = {
    "status": {"type": "str", "required": True, "choices": list(EXIT_CODES)},
    "msg": {"type": "str", "required": True},
}


class ActionModule(ActionBase):
    """Action plugin that fails drifted orgs and makes orgs that were not judged unreachable.

    ansible-playbook exits with 4 if any host is unreachable, else with 2 if any host failed.
    """

    _requires_connection = False
    _supports_check_mode = True

    def run(self, tmp: str | None = None, task_vars: dict[str, t.Any] | None = None) -> dict[str, t.Any]:
        super().run(tmp, task_vars)
        _result, arguments = self.validate_argument_spec(_ARGUMENTS)
        ending = {IN_SYNC: {}, DRIFTED: {"failed": True}}.get(arguments["status"], {"unreachable": True})
        return {"changed": False, "msg": arguments["msg"], **ending}
