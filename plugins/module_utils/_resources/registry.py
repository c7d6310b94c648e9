# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The kinds that a whole org's configuration is made of, in the order in which they are written.

Private to the collection.
"""

from __future__ import annotations

import dataclasses

from .._model.resource import Resource
from .customobject_index.reference import CUSTOM_OBJECT_INDEX
from .data_action.reference import DATA_ACTION
from .flow_settings.reference import FLOW_SETTINGS
from .privacy_purpose import PRIVACY_PURPOSE
from .webhook import WEBHOOK


@dataclasses.dataclass(frozen=True, eq=False)
class Kind:
    """C(option) is the kind's list in C(config), C(prunable) whether what is not in it can be removed."""

    option: str
    resource: Resource
    prunable: bool


#: Kinds that others refer to come first: flows run data actions, webhooks report all others.
#: Rollbacks go in reverse.
KINDS = (
    Kind("data_actions", DATA_ACTION, prunable=True),
    Kind("privacy_purposes", PRIVACY_PURPOSE, prunable=True),
    Kind("customobject_indexes", CUSTOM_OBJECT_INDEX, prunable=False),
    Kind("flow_settings", FLOW_SETTINGS, prunable=False),
    Kind("webhooks", WEBHOOK, prunable=True),
)
