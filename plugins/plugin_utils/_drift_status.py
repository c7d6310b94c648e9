# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Status of objects and orgs in a drift check, their exit codes, and names of kinds (C.5).

Private to the collection.
"""

from __future__ import annotations

from ansible_collections.genesys.cloud.plugins.module_utils._resources.registry import KINDS

IN_SYNC = "in_sync"
DRIFTED = "drifted"
NOT_JUDGED = "not_judged"
#: Status of undeclared objects that only a warning names. It is no status of an org.
WARNED = "warned"

#: Status of the whole check to the exit code of ansible-playbook.
EXIT_CODES = {IN_SYNC: 0, DRIFTED: 2, NOT_JUDGED: 4}

#: Kind in a result, such as C(data_action), to its list in the inventory, such as C(data_actions).
INVENTORY_NAMES = {kind.name: kind.list_option for kind in KINDS}
