# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The permissions of the operations, as the vendor's SDKs list them. Any one of a tuple suffices."""

from __future__ import annotations

from ..scope_names import ScopeNames

VIEW_INTEGRATION = ("integrations:integration:view",)
ADD_INTEGRATION = ("integrations:integration:add",)
EDIT_INTEGRATION = ("integrations:integration:edit",)
DELETE_INTEGRATION = ("integrations:integration:delete",)
VIEW_ACTION = ("integrations:action:view", "bridge:actions:view")
ADD_ACTION = ("integrations:action:add",)
EDIT_ACTION = ("integrations:action:edit",)
DELETE_ACTION = ("integrations:action:delete",)
TEST_DRAFT = ("integrations:action:execute",)
EXECUTE_ACTION = ("integrations:action:execute", "bridge:actions:execute")
VIEW_FUNCTION = ("integrations:actionFunction:view",)
EDIT_FUNCTION = ("integrations:actionFunction:edit",)
VIEW_TABLE = ("architect:datatable:view",)
ADD_TABLE = ("architect:datatable:add",)
EDIT_TABLE = ("architect:datatable:edit",)
DELETE_TABLE = ("architect:datatable:delete",)
SEARCH_TABLE = ("architect:datatable:search",)
VIEW_ROW = ("architect:datatable:view", "architect:datatableRow:view")
ADD_ROW = ("architect:datatable:add", "architect:datatableRow:add")
EDIT_ROW = ("architect:datatable:edit", "architect:datatableRow:edit")
DELETE_ROW = ("architect:datatable:delete", "architect:datatableRow:delete")
IMPORT_ROWS = ("architect:datatable:edit", "architect:datatableRow:add")
LIST_IMPORTS = ("architect:datatable:edit", "architect:datatableRow:view")
VIEW_DEPENDENCY_TRACKING = ("architect:dependencyTracking:view",)
VIEW_DEPENDENCY = ("dependencies:dependency:view",)
VIEW_FLOW = ("architect:flow:view",)
SEARCH_FLOW = ("architect:flow:search",)
VIEW_LOG_LEVEL = ("architect:flowLogLevel:view",)
ADD_LOG_LEVEL = ("architect:flowLogLevel:add",)
EDIT_LOG_LEVEL = ("architect:flowLogLevel:edit",)
DELETE_LOG_LEVEL = ("architect:flowLogLevel:delete",)
VIEW_DEFAULT_LOG_LEVEL = ("architect:flowLogLevelDefault:view",)
EDIT_DEFAULT_LOG_LEVEL = ("architect:flowLogLevelDefault:edit",)
DELETE_DEFAULT_LOG_LEVEL = ("architect:flowLogLevelDefault:delete",)
VIEW_ANY_LOG_LEVEL = VIEW_LOG_LEVEL + VIEW_DEFAULT_LOG_LEVEL
VIEW_EXECUTION_DATA = ("settings:executiondata:view",)
EDIT_EXECUTION_DATA = ("settings:executiondata:edit",)
VIEW_OLDER_EXECUTION_DATA = ("architect:flowinstanceexecutiondata:view",)
EDIT_OLDER_EXECUTION_DATA = ("architect:flowinstanceexecutiondata:edit",)
VIEW_MASKING_RULE = ("dataprivacy:maskingrule:view",)
ADD_MASKING_RULE = ("dataprivacy:maskingrule:add",)
EDIT_MASKING_RULE = ("dataprivacy:maskingrule:edit",)
DELETE_MASKING_RULE = ("dataprivacy:maskingrule:delete",)
EXECUTE_MASKING_RULE = ("dataprivacy:maskingrule:execute",)
VIEW_WORKITEM_SCHEMA = ("workitems:workitemSchema:view",)
ADD_WORKITEM_SCHEMA = ("workitems:workitemSchema:add",)
EDIT_WORKITEM_SCHEMA = ("workitems:workitemSchema:edit",)
DELETE_WORKITEM_SCHEMA = ("workitems:workitemSchema:delete",)
VIEW_CUSTOM_FIELDS = ("externalContacts:customFields:view",)
ADD_CUSTOM_FIELDS = ("externalContacts:customFields:add",)
EDIT_CUSTOM_FIELDS = ("externalContacts:customFields:edit",)
VIEW_AUDIT = ("audits:audit:view",)
VIEW_RETENTION_POLICY = ("recording:retentionPolicy:view",)
ADD_RETENTION_POLICY = ("recording:retentionPolicy:add",)
EDIT_RETENTION_POLICY = ("recording:retentionPolicy:edit",)
DELETE_RETENTION_POLICY = ("recording:retentionPolicy:delete",)
VIEW_ANALYTICS_RETENTION = ("analytics:dataRetention:view",)
EDIT_ANALYTICS_RETENTION = ("analytics:dataRetention:edit",)
SEARCH_USERS = ("directory:user:view",)
VIEW_QUEUE = ("routing:queue:view",)
VIEW_WRAPUP_CODE = ("routing:wrapupCode:view",)
VIEW_TEAM = ("groups:team:view",)
VIEW_EVALUATION_FORM = ("quality:evaluationForm:view",)
VIEW_SURVEY_FORM = ("quality:surveyForm:view",)
VIEW_TRIGGER = ("processautomation:trigger:edit", "processautomation:trigger:view")
ADD_TRIGGER = ("processautomation:trigger:add",)
EDIT_TRIGGER = ("processautomation:trigger:edit",)
DELETE_TRIGGER = ("processautomation:trigger:delete",)

PERMISSIONS = ScopeNames(
    known=frozenset().union(
        VIEW_INTEGRATION,
        ADD_INTEGRATION,
        EDIT_INTEGRATION,
        DELETE_INTEGRATION,
        VIEW_ACTION,
        ADD_ACTION,
        EDIT_ACTION,
        DELETE_ACTION,
        TEST_DRAFT,
        EXECUTE_ACTION,
        VIEW_FUNCTION,
        EDIT_FUNCTION,
        VIEW_TABLE,
        ADD_TABLE,
        EDIT_TABLE,
        DELETE_TABLE,
        SEARCH_TABLE,
        VIEW_ROW,
        ADD_ROW,
        EDIT_ROW,
        DELETE_ROW,
        VIEW_DEPENDENCY_TRACKING,
        VIEW_DEPENDENCY,
        VIEW_FLOW,
        SEARCH_FLOW,
        VIEW_LOG_LEVEL,
        ADD_LOG_LEVEL,
        EDIT_LOG_LEVEL,
        DELETE_LOG_LEVEL,
        VIEW_DEFAULT_LOG_LEVEL,
        EDIT_DEFAULT_LOG_LEVEL,
        DELETE_DEFAULT_LOG_LEVEL,
        VIEW_EXECUTION_DATA,
        EDIT_EXECUTION_DATA,
        VIEW_OLDER_EXECUTION_DATA,
        EDIT_OLDER_EXECUTION_DATA,
        VIEW_MASKING_RULE,
        ADD_MASKING_RULE,
        EDIT_MASKING_RULE,
        DELETE_MASKING_RULE,
        EXECUTE_MASKING_RULE,
        VIEW_WORKITEM_SCHEMA,
        ADD_WORKITEM_SCHEMA,
        EDIT_WORKITEM_SCHEMA,
        DELETE_WORKITEM_SCHEMA,
        VIEW_CUSTOM_FIELDS,
        ADD_CUSTOM_FIELDS,
        EDIT_CUSTOM_FIELDS,
        VIEW_AUDIT,
        VIEW_RETENTION_POLICY,
        ADD_RETENTION_POLICY,
        EDIT_RETENTION_POLICY,
        DELETE_RETENTION_POLICY,
        VIEW_ANALYTICS_RETENTION,
        EDIT_ANALYTICS_RETENTION,
        SEARCH_USERS,
        VIEW_QUEUE,
        VIEW_WRAPUP_CODE,
        VIEW_TEAM,
        VIEW_EVALUATION_FORM,
        VIEW_SURVEY_FORM,
        VIEW_TRIGGER,
        ADD_TRIGGER,
        EDIT_TRIGGER,
        DELETE_TRIGGER,
    ),
    noun="permission",
)
