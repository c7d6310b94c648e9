# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Permissions of the platform API by method and path (P.6).

Private to the collection. The messages of a 403 and the documentation of the modules are made from it.
"""

from __future__ import annotations

from .profile import Operation

_LOG_LEVELS = "/api/v2/flows/instances/settings/loglevels"
_FLOW_LOG_LEVEL = "/api/v2/flows/{flowId}/instances/settings/loglevels"
_MASKING_RULES = "/api/v2/dataprivacy/maskingrules"
_RETENTION_POLICIES = "/api/v2/recording/mediaretentionpolicies"
_ANALYTICS_RETENTION = "/api/v2/analytics/dataretention/settings"
_RETENTION_POLICY = f"{_RETENTION_POLICIES}/{{policyId}}"
_TRIGGERS = "/api/v2/processautomation/triggers"
_TRIGGER_VIEW = ("processautomation:trigger:edit", "processautomation:trigger:view")
_ACTIONS = ("integrations:action:view", "bridge:actions:view")
_DRAFT = "/api/v2/integrations/actions/{actionId}/draft"
_TRACKING = "/api/v2/architect/dependencytracking"
_TABLES = "/api/v2/flows/datatables"
_TABLE = f"{_TABLES}/{{datatableId}}"


def _row(action: str) -> tuple[str, ...]:
    return (f"architect:datatable:{action}", f"architect:datatableRow:{action}")


def _schemas(path: str, entity: str, delete: str | None) -> tuple[Operation, ...]:
    """Return the operations of the data schemas of one type. C(delete) is None if they cannot be removed."""
    view, one = (f"{entity}:view",), f"{path}/{{schemaId}}"
    return (
        Operation("GET", path, view),
        Operation("POST", path, (f"{entity}:add",)),
        Operation("GET", f"{path}/limits", view),
        Operation("GET", f"{path}/coretypes", view),
        Operation("GET", one, view),
        Operation("PUT", one, (f"{entity}:edit",)),
        *((Operation("DELETE", one, (f"{entity}:{delete}",)),) if delete else ()),
    )


OPERATIONS: tuple[Operation, ...] = (
    Operation("GET", "/api/v2/organizations/me", ()),
    Operation("GET", "/api/v2/integrations", ("integrations:integration:view",)),
    Operation("POST", "/api/v2/integrations", ("integrations:integration:add",)),
    Operation("GET", "/api/v2/integrations/actions", _ACTIONS),
    Operation("POST", "/api/v2/integrations/actions", ("integrations:action:add",)),
    Operation("GET", "/api/v2/integrations/actions/{actionId}", _ACTIONS),
    Operation("PATCH", "/api/v2/integrations/actions/{actionId}", ("integrations:action:edit",)),
    Operation("DELETE", "/api/v2/integrations/actions/{actionId}", ("integrations:action:delete",)),
    Operation("GET", "/api/v2/integrations/actions/{actionId}/templates/{fileName}", _ACTIONS),
    Operation("GET", "/api/v2/integrations/actions/drafts", _ACTIONS),
    Operation("POST", "/api/v2/integrations/actions/drafts", ("integrations:action:add",)),
    Operation("GET", f"{_DRAFT}", _ACTIONS),
    Operation("POST", f"{_DRAFT}", ("integrations:action:edit",)),
    Operation("PATCH", f"{_DRAFT}", ("integrations:action:edit",)),
    Operation("DELETE", f"{_DRAFT}", ("integrations:action:delete",)),
    Operation("GET", f"{_DRAFT}/templates/{{fileName}}", _ACTIONS),
    Operation("GET", f"{_DRAFT}/validation", ("integrations:action:edit",)),
    Operation("POST", f"{_DRAFT}/test", ("integrations:action:execute",)),
    Operation("POST", f"{_DRAFT}/publish", ("integrations:action:edit",)),
    Operation("GET", "/api/v2/integrations/credentials", ("integrations:integration:view",)),
    Operation("POST", "/api/v2/integrations/credentials", ("integrations:integration:add",)),
    Operation("GET", "/api/v2/integrations/credentials/listing", ("integrations:integration:view",)),
    Operation("GET", "/api/v2/integrations/credentials/types", ("integrations:integration:view",)),
    Operation("GET", "/api/v2/integrations/credentials/{credentialId}", ("integrations:integration:view",)),
    Operation("PUT", "/api/v2/integrations/credentials/{credentialId}", ("integrations:integration:edit",)),
    Operation(
        "DELETE", "/api/v2/integrations/credentials/{credentialId}", ("integrations:integration:delete",)
    ),
    Operation("GET", "/api/v2/integrations/types", ("integrations:integration:view",)),
    Operation("GET", "/api/v2/integrations/types/{typeId}", ("integrations:integration:view",)),
    Operation("GET", "/api/v2/integrations/{integrationId}", ("integrations:integration:view",)),
    Operation("PATCH", "/api/v2/integrations/{integrationId}", ("integrations:integration:edit",)),
    Operation("DELETE", "/api/v2/integrations/{integrationId}", ("integrations:integration:delete",)),
    Operation(
        "GET", "/api/v2/integrations/{integrationId}/config/current", ("integrations:integration:view",)
    ),
    Operation(
        "PUT", "/api/v2/integrations/{integrationId}/config/current", ("integrations:integration:edit",)
    ),
    Operation("GET", f"{_TRACKING}/build", ("architect:dependencyTracking:view",)),
    Operation("GET", f"{_TRACKING}/consumingresources", ("architect:dependencyTracking:view",)),
    Operation("GET", "/api/v2/flows", ("architect:flow:view",)),
    Operation("GET", "/api/v2/flows/{flowId}", ("architect:flow:view",)),
    Operation("GET", _LOG_LEVELS, ("architect:flowLogLevel:view",), also=("architect:flow:search",)),
    Operation(
        "GET",
        f"{_LOG_LEVELS}/characteristics",
        ("architect:flowLogLevel:view", "architect:flowLogLevelDefault:view"),
    ),
    Operation("GET", f"{_LOG_LEVELS}/default", ("architect:flowLogLevelDefault:view",)),
    Operation("PUT", f"{_LOG_LEVELS}/default", ("architect:flowLogLevelDefault:edit",)),
    Operation("GET", _FLOW_LOG_LEVEL, ("architect:flowLogLevel:view",)),
    Operation("POST", _FLOW_LOG_LEVEL, ("architect:flowLogLevel:add",)),
    Operation("PUT", _FLOW_LOG_LEVEL, ("architect:flowLogLevel:edit",)),
    Operation("DELETE", _FLOW_LOG_LEVEL, ("architect:flowLogLevel:delete",)),
    Operation("GET", "/api/v2/settings/executiondata", ("settings:executiondata:view",)),
    Operation("PATCH", "/api/v2/settings/executiondata", ("settings:executiondata:edit",)),
    Operation(
        "GET",
        "/api/v2/flows/instances/settings/executiondata",
        ("architect:flowinstanceexecutiondata:view",),
    ),
    Operation(
        "PATCH",
        "/api/v2/flows/instances/settings/executiondata",
        ("architect:flowinstanceexecutiondata:edit",),
    ),
    Operation("GET", _MASKING_RULES, ("dataprivacy:maskingrule:view",)),
    Operation("POST", _MASKING_RULES, ("dataprivacy:maskingrule:add",)),
    Operation("POST", f"{_MASKING_RULES}/validate", ("dataprivacy:maskingrule:execute",)),
    Operation("GET", f"{_MASKING_RULES}/{{ruleId}}", ("dataprivacy:maskingrule:view",)),
    Operation("PATCH", f"{_MASKING_RULES}/{{ruleId}}", ("dataprivacy:maskingrule:edit",)),
    Operation("DELETE", f"{_MASKING_RULES}/{{ruleId}}", ("dataprivacy:maskingrule:delete",)),
    Operation("GET", _RETENTION_POLICIES, ("recording:retentionPolicy:view",)),
    Operation("POST", _RETENTION_POLICIES, ("recording:retentionPolicy:add",)),
    Operation("GET", _RETENTION_POLICY, ("recording:retentionPolicy:view",)),
    Operation("PUT", _RETENTION_POLICY, ("recording:retentionPolicy:edit",)),
    Operation("PATCH", _RETENTION_POLICY, ("recording:retentionPolicy:edit",)),
    Operation("DELETE", _RETENTION_POLICY, ("recording:retentionPolicy:delete",)),
    Operation("GET", _ANALYTICS_RETENTION, ("analytics:dataRetention:view",)),
    Operation("PUT", _ANALYTICS_RETENTION, ("analytics:dataRetention:edit",)),
    Operation("POST", "/api/v2/users/search", ("directory:user:view",)),
    Operation("GET", "/api/v2/routing/queues", ("routing:queue:view",)),
    Operation("GET", "/api/v2/routing/wrapupcodes", ("routing:wrapupCode:view",)),
    Operation("GET", "/api/v2/routing/languages", ()),
    Operation("GET", "/api/v2/teams", ("groups:team:view",)),
    Operation("GET", "/api/v2/quality/publishedforms/evaluations", ("quality:evaluationForm:view",)),
    Operation("GET", "/api/v2/quality/publishedforms/surveys", ("quality:surveyForm:view",)),
    Operation("GET", _TRIGGERS, _TRIGGER_VIEW),
    Operation("POST", _TRIGGERS, ("processautomation:trigger:add",)),
    Operation("GET", f"{_TRIGGERS}/{{triggerId}}", _TRIGGER_VIEW),
    Operation("PUT", f"{_TRIGGERS}/{{triggerId}}", ("processautomation:trigger:edit",)),
    Operation("DELETE", f"{_TRIGGERS}/{{triggerId}}", ("processautomation:trigger:delete",)),
    Operation("GET", "/api/v2/authorization/divisions", ()),
    Operation("GET", _TABLES, ("architect:datatable:view",)),
    Operation("POST", _TABLES, ("architect:datatable:add",)),
    Operation("GET", _TABLE, ("architect:datatable:view",)),
    Operation("PUT", _TABLE, ("architect:datatable:edit",)),
    Operation("DELETE", _TABLE, ("architect:datatable:delete",)),
    Operation("GET", f"{_TABLE}/rows", _row("view")),
    Operation("POST", f"{_TABLE}/rows", _row("add")),
    Operation("GET", f"{_TABLE}/rows/{{rowId}}", _row("view")),
    Operation("PUT", f"{_TABLE}/rows/{{rowId}}", _row("edit")),
    Operation("DELETE", f"{_TABLE}/rows/{{rowId}}", _row("delete")),
    Operation(
        "POST",
        f"{_TABLE}/import/csv/jobs",
        ("architect:datatable:edit", "architect:datatableRow:add"),
    ),
    Operation("GET", f"{_TABLE}/import/jobs/{{importJobId}}", _row("view")),
    *_schemas("/api/v2/taskmanagement/workitems/schemas", "workitems:workitemSchema", "delete"),
    *_schemas("/api/v2/externalcontacts/contacts/schemas", "externalContacts:customFields", "edit"),
    *_schemas("/api/v2/externalcontacts/organizations/schemas", "externalContacts:customFields", None),
    Operation("POST", "/api/v2/audits/query", ("audits:audit:view",)),
    Operation("POST", "/api/v2/audits/query/realtime", ("audits:audit:view",)),
    Operation("GET", "/api/v2/audits/query/realtime/servicemapping", ("audits:audit:view",)),
    Operation("GET", "/api/v2/audits/query/servicemapping", ("audits:audit:view",)),
    Operation("GET", "/api/v2/audits/query/{transactionId}", ("audits:audit:view",)),
    Operation("GET", "/api/v2/audits/query/{transactionId}/results", ("audits:audit:view",)),
)
