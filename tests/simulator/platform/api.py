# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The platform API as one description: its routes, kinds, permissions and common rules."""

from __future__ import annotations

from starlette.routing import BaseRoute

from ..api import Api
from ..orgs import Org, World
from ..rate_limits import Limit
from . import (
    action_drafts,
    action_execution,
    action_files,
    action_store,
    actions,
    analytics_retention,
    audit_records,
    audits,
    credential_info,
    credential_types,
    credentials,
    data_schemas,
    data_table_imports,
    data_table_rows,
    data_table_store,
    data_tables,
    dependencies,
    directory,
    divisions,
    execution_data,
    flows,
    function_actions,
    integration_types,
    integrations,
    log_levels,
    masking_rules,
    oauth,
    organizations,
    permissions,
    retention_policies,
    routing,
    triggers,
)


def routes(world: World) -> list[BaseRoute]:
    """Return the routes. A literal path comes before a template that matches it."""
    return [
        *oauth.routes(world),
        *organizations.routes(),
        *integration_types.routes(),
        *credentials.routes(),
        *function_actions.routes(world),
        *action_drafts.routes(),
        *actions.routes(),
        *action_files.routes(),
        *action_execution.routes(),
        *integrations.routes(),
        *dependencies.routes(),
        *divisions.routes(),
        *data_tables.routes(),
        *data_table_imports.routes(world),
        *data_table_rows.routes(),
        *log_levels.routes(),
        *execution_data.routes(),
        *flows.routes(),
        *masking_rules.routes(),
        *data_schemas.routes(),
        *audits.routes(),
        *directory.routes(),
        *retention_policies.routes(),
        *analytics_retention.routes(),
        *triggers.routes(),
    ]


def org_of_upload(world: World, path: str) -> Org | None:
    """Return the org of a request without a token: the upload of a file under a signed URL."""
    return function_actions.org_of_upload(world, path) or data_table_imports.org_of_upload(world, path)


PLATFORM = Api(
    name="platform",
    routes=routes,
    kinds=[
        integration_types.KIND,
        credential_types.KIND,
        credential_info.KIND,
        integrations.KIND,
        action_store.ACTIONS,
        action_store.DRAFTS,
        dependencies.CONSUMERS,
        flows.KIND,
        log_levels.KIND,
        log_levels.DEFAULT,
        execution_data.KIND,
        execution_data.OLDER,
        masking_rules.KIND,
        *directory.KINDS,
        retention_policies.KIND,
        analytics_retention.KIND,
        triggers.KIND,
        divisions.KIND,
        data_table_store.TABLES,
        data_table_store.ROWS,
        data_table_imports.KIND,
        *data_schemas.KINDS,
        audit_records.RECORDS,
    ],
    listeners=[audit_records.record],
    scopes=permissions.PERMISSIONS,
    unknown_path=routing.unknown_path,
    too_many_requests=routing.too_many_requests,
    headers={"cache-control": "no-cache, no-store, must-revalidate"},
    usual_limit=Limit(300, 60),
    usual_client_limit=Limit(3000, 60),
    org_without_token=org_of_upload,
)
