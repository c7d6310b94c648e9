# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Resource kinds of an org, in the order of their writes.

Private to the collection. C(CONTRIBUTING.md) names the other files that list kinds; a test compares them with
this list.
"""

from __future__ import annotations

from .._model.resource import ResourceKind
from .analytics_retention import ANALYTICS_RETENTION
from .customobject_index.kind import CUSTOM_OBJECT_INDEX
from .data_action.kind import DATA_ACTION
from .data_schema.kind import DATA_SCHEMA
from .data_table.kind import DATA_TABLE
from .flow_execution_data import FLOW_EXECUTION_DATA
from .flow_log_level.kind import FLOW_LOG_LEVEL
from .flow_settings.kind import FLOW_SETTINGS
from .integration.kind import INTEGRATION
from .integration_credential.kind import INTEGRATION_CREDENTIAL
from .masking_rule.kind import MASKING_RULE
from .media_retention_policy.kind import MEDIA_RETENTION_POLICY
from .privacy_purpose import PRIVACY_PURPOSE
from .trigger.kind import TRIGGER
from .webhook import WEBHOOK

#: A kind comes after the kinds that it depends on: integrations use credentials, flows run data actions and
#: read data tables, webhooks report changes of all other kinds. Removals use the reverse order.
KINDS: tuple[ResourceKind, ...] = (
    INTEGRATION_CREDENTIAL,
    INTEGRATION,
    DATA_ACTION,
    DATA_TABLE,
    DATA_SCHEMA,
    PRIVACY_PURPOSE,
    CUSTOM_OBJECT_INDEX,
    FLOW_SETTINGS,
    FLOW_LOG_LEVEL,
    FLOW_EXECUTION_DATA,
    MASKING_RULE,
    MEDIA_RETENTION_POLICY,
    ANALYTICS_RETENTION,
    TRIGGER,
    WEBHOOK,
)
#: The options that name an object of any kind.
IDENTITY_OPTIONS = tuple(dict.fromkeys(option for kind in KINDS for option in kind.identity_options))


def ids_options() -> dict[str, dict[str, str]]:
    """Return the specs of lists of ids, for the kinds whose objects no list of their API shows.

    The ids of such objects are the same in all orgs.
    """
    unlisted = [
        kind
        for kind in KINDS
        if kind.only_id is None and any(one.endpoint.paging is None for one in kind.profiles.values())
    ]
    return {kind.list_option: {"type": "list", "elements": "str"} for kind in unlisted}


def rollback_order() -> tuple[ResourceKind, ...]:
    """Return the kinds in the order of a rollback: the reverse one, with analytics retention last.

    The API refuses fewer days than those of a media retention policy, so policies come first there too.
    """
    return (*(kind for kind in reversed(KINDS) if kind is not ANALYTICS_RETENTION), ANALYTICS_RETENTION)
