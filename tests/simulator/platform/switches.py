# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The switches of the platform API in one org: lags, and the unsettled facts with each possible answer."""

from __future__ import annotations

import typing as t

import pydantic

from ..orgs import Org
from ..strict_models import Count, RateLimitSetup, StrictModel, Wire


class Switches(StrictModel):
    """The switches; each default is the answer that the sources make most likely.

    Messages: C(messages), which are in the language of the org; only a code is the same in all languages.

    Tokens: C(token_refusal_status), and C(token_rate_limit) of the token endpoint for each client.

    Lists: C(page_size_over_limit), C(largest_page) (a larger page is C(response.entity.too.large)),
    C(last_next_uri) (the C(nextUri) of a last page), C(empty_entities) (the C(entities) of an empty page) and
    C(endless_next_uri) (the last page leads to empty pages without end). With C(lists_lose_after) a list by
    number lacks the objects after so many, but counts them.

    Lags, counted in requests: C(reads_until_found) and C(lists_until_found) after a create,
    C(reads_until_updated) after an update, C(reads_until_gone) after a delete. Until then a read shows the
    earlier state; for a new object that is C(not_yet_status). C(tries_until_known) is the number of requests
    that name a new integration or credential and are refused with 400, as if it did not exist.

    Integrations: C(new_integration_state), C(reads_until_state) (reads before C(reportedState) follows),
    C(state_outcome), C(empty_notes), C(config_conflict_status), C(integration_with_actions) on DELETE.

    Credentials: C(redaction) of the fields, C(credential_put), C(credential_in_use) on DELETE.

    Data actions: C(action_version_status) of a stale version, C(template_form) (inline or behind a URI),
    C(template_files), C(default_success_template), C(schema_uris) (besides or instead of a contract),
    C(write_answer) (with or without contract and configuration), C(config_patch),
    C(duplicate_action_names) in one integration, C(action_in_use) on DELETE, C(draft_after_publish),
    C(live_patch_on_draft) (whether a PATCH of the live action changes its draft), C(reads_until_zip) and
    C(zip_status) of a function's file, C(execution) and C(execution_result) of tests and executions.

    Data tables: C(data_table_in_use) on DELETE, C(column_removal) (refused always, or only with rows),
    C(table_write_answer) (with or without the schema), C(new_column_in_rows) (the value of a new column in
    the rows that exist), C(missing_row_values) (the values that a row's body lacks), C(slash_in_row_key),
    C(reads_until_imported) and C(import_outcome) of an import job.

    Dependency tracking: C(tracking_build) is the state of its data.

    Log levels: C(existing_log_level) on a POST for a flow that has one, C(unset_characteristics) of a PUT
    that keeps the level.

    Execution data: C(execution_data_switches) (whether both paths have one value), and
    C(newer_execution_data), which an org may lack.

    Masking rules: C(masking_rule_patch), C(predefined_rule_changes) that are allowed, and
    C(invalid_definition), the answer of the validation.

    Data schemas: C(new_schema_state) (whether a creation ignores C(enabled)), C(removed_schema) of workitems
    (still shown, with C(deleted)), C(schema_field_removal) of fields and options, C(duplicate_schema_names),
    and C(unset_schema_bounds) (whether the server fills the bounds of a text that a body lacks).
    Audits: C(realtime_audits) (the services of the realtime query), C(audit_query_without_service),
    C(reads_until_audited) and C(audit_query_outcome) of an asynchronous query.
    Retention policies: C(policy_put) (whether a PUT changes C(enabled)), and C(policy_references), which a
    policy shows as whole objects or as ids. C(longest_recording) are the days after which a recording that
    exists is deleted; the retention of analytics data is not shorter.
    Triggers: C(tries_until_workflow_known) is the number of requests that name a workflow and are refused
    with 400, as if it did not exist. C(unpublished_workflow) as the target, C(duplicate_trigger_names),
    C(usual_event_ttl) of a trigger without timing [s], and C(criterion_keys) in responses.
    """

    messages: t.Literal["english", "german"] = "english"

    token_refusal_status: t.Literal[400, 401] = 400
    token_rate_limit: RateLimitSetup | None = None

    page_size_over_limit: t.Literal["refused", "capped"] = "refused"
    largest_page: Count | None = None
    last_next_uri: t.Literal["absent", "null", "empty"] = "absent"
    empty_entities: t.Literal["list", "null", "absent"] = "list"
    endless_next_uri: bool = False
    lists_lose_after: Count | None = None

    reads_until_found: Count = 0
    reads_until_updated: Count = 0
    reads_until_gone: Count = 0
    lists_until_found: Count = 0
    not_yet_status: t.Literal[404, 408, 410] = 404
    tries_until_known: Count = 0

    delete_status: t.Literal[200, 204] = 204
    new_integration_state: t.Literal["DISABLED", "ENABLED"] = "DISABLED"
    reads_until_state: Count = 0
    state_outcome: t.Literal["reached", "error", "never"] = "reached"
    empty_notes: t.Literal["empty", "placeholder"] = "empty"
    config_conflict_status: t.Literal[409, 400] = 409
    integration_with_actions: t.Literal["deletes_them", "refused"] = "deletes_them"

    redaction: t.Literal["sensitive_absent", "masked", "empty", "null", "no_fields"] = "sensitive_absent"
    credential_put: t.Literal["replaces", "merges"] = "replaces"
    credential_in_use: t.Literal["deleted", "refused"] = "deleted"

    action_version_status: t.Literal[400, 409] = 400
    template_form: t.Literal["uri", "inline"] = "uri"
    template_files: t.Literal["served", "missing"] = "served"
    default_success_template: str = "${rawResult}"
    schema_uris: t.Literal["shown", "absent"] = "shown"
    write_answer: t.Literal["full", "brief"] = "full"
    config_patch: t.Literal["replaces", "merges"] = "replaces"
    duplicate_action_names: t.Literal["allowed", "refused"] = "allowed"
    action_in_use: t.Literal["deleted", "refused"] = "deleted"
    draft_after_publish: t.Literal["removed", "same_version", "next_version"] = "removed"
    live_patch_on_draft: t.Literal["untouched", "copied"] = "untouched"
    reads_until_zip: Count = 0
    zip_status: t.Literal["Available", "Unknown", "Invalid", "InvalidFormat", "InvalidFile"] = "Available"
    execution: t.Literal["succeeds", "fails"] = "succeeds"
    execution_result: Wire = pydantic.Field(default_factory=dict)
    data_table_in_use: t.Literal["deleted", "refused"] = "refused"
    column_removal: t.Literal["refused", "refused_with_rows"] = "refused"
    table_write_answer: t.Literal["with_schema", "without_schema"] = "without_schema"
    new_column_in_rows: t.Literal["default", "zero", "absent"] = "default"
    missing_row_values: t.Literal["filled", "absent"] = "filled"
    slash_in_row_key: t.Literal["not_found", "served"] = "not_found"
    reads_until_imported: Count = 0
    import_outcome: t.Literal["succeeds", "fails"] = "succeeds"
    tracking_build: t.Literal[
        "BUILDINCOMPLETE",
        "BUILDINITIALIZING",
        "BUILDINPROGRESS",
        "BUILDQUEUED",
        "NOTBUILT",
        "OPERATIONAL",
        "OPERATIONALNEEDSREBUILD",
    ] = "OPERATIONAL"

    existing_log_level: t.Literal["refused", "replaced"] = "refused"
    unset_characteristics: t.Literal["of_level", "kept"] = "of_level"
    execution_data_switches: t.Literal["one", "two"] = "one"
    newer_execution_data: t.Literal["served", "missing"] = "served"
    masking_rule_patch: t.Literal["replaces", "merges"] = "replaces"
    predefined_rule_changes: t.Literal["channels_and_state", "channels"] = "channels_and_state"
    invalid_definition: t.Literal["answered", "unprocessable"] = "answered"
    new_schema_state: t.Literal["enabled", "as_sent"] = "enabled"
    removed_schema: t.Literal["marked", "gone"] = "marked"
    schema_field_removal: t.Literal["refused", "allowed"] = "refused"
    duplicate_schema_names: t.Literal["refused", "allowed"] = "refused"
    unset_schema_bounds: t.Literal["absent", "filled"] = "absent"
    realtime_audits: t.Literal["all", "without_integrations"] = "all"
    audit_query_without_service: t.Literal["refused", "served"] = "refused"
    reads_until_audited: Count = 0
    audit_query_outcome: t.Literal["Succeeded", "Failed", "Cancelled"] = "Succeeded"
    policy_put: t.Literal["replaces_all", "keeps_enabled"] = "replaces_all"
    policy_references: t.Literal["whole", "ids"] = "whole"
    longest_recording: Count = 0
    tries_until_workflow_known: Count = 0
    unpublished_workflow: t.Literal["refused", "accepted"] = "refused"
    duplicate_trigger_names: t.Literal["allowed", "refused"] = "allowed"
    usual_event_ttl: Count | None = None
    criterion_keys: t.Literal["given", "both"] = "given"


class SwitchBoard:
    """The switches of one org."""

    def __init__(self) -> None:
        self.current = Switches()

    def change(self, given: Wire) -> None:
        """Set the given switches. Raise SetupError for an unknown switch or value."""
        self.current = Switches.read({**self.current.model_dump(), **given})


def switches(org: Org) -> Switches:
    return org.state(SwitchBoard).current
