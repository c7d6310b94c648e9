# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The platform API agrees with the vendor's Python SDK: its models, its methods, and the SDK at work."""

from __future__ import annotations

import inspect
import re
import typing as t

import pytest

from unit.official_sdk import IN_ONE_PROCESS, apis, new_action, sdk
from unit.simulator.openapi_document import Document, Node

__all__ = ["apis", "sdk"]
pytestmark = IN_ONE_PROCESS

API = Document("platform/openapi.yaml")
SCHEMAS: Node = API.root["components"]["schemas"]
OPERATIONS = {
    operation["operationId"]: (verb, template, operation)
    for verb, template in API.operations()
    if "operationId" in (operation := API.operation(verb, template))
}

#: The operations that the SDK's methods do not have, with the reason.
WITHOUT_METHOD = {
    ("POST", "/oauth/token"): "the SDK's ApiClient sends it itself, to the login host",
    ("PUT", "/platform-uploads/functions/{uploadId}"): "a signed URL of a storage outside the API",
    ("PUT", "/platform-uploads/datatables/{uploadId}"): "a signed URL of a storage outside the API",
}
#: The fields of models that the document leaves out, with the reason.
LEFT_OUT = {
    ("AuditLogMessage", "entityChanges"): "no record here is about the parts of an object",
    ("AuditLogMessage", "initiatingAction"): "every record here is about a request of a client",
    ("AuditLogMessage", "message"): "the texts for the pages of the audit viewer",
    ("DependencyStatus", "client"): "who started the build decides nothing",
    ("DependencyStatus", "failedObjects"): "the simulator's build never fails in parts",
    ("DependencyStatus", "user"): "who started the build decides nothing",
    ("ExecutionDataFlowSettingsResponse", "modifiedBy"): "clients make all changes",
    ("ExecutionDataGlobalSettingsResponse", "modifiedBy"): "clients make all changes",
    **{
        ("Flow", name): "versions, languages and variables of flows decide nothing here"
        for name in (
            "checkedInVersion",
            "compatibleFlowTypes",
            "debugVersion",
            "inputSchema",
            "nluInfo",
            "outputSchema",
            "savedVersion",
            "supportedLanguages",
        )
    },
    ("Flow", "currentOperation"): "no flow is published here",
    ("Flow", "lockedUser"): "flows are only read here",
    **{
        ("FlowVersion", name): "authors, languages and variables of versions decide nothing here"
        for name in (
            "compatibleFlowTypes",
            "createdBy",
            "createdByClient",
            "inputSchema",
            "nluInfo",
            "outputSchema",
            "supportedLanguages",
        )
    },
    ("Flow", "publishedBy"): "no flow is published here",
    ("FlowSettingsResponse", "modifiedBy"): "clients make all changes",
    ("IntegrationType", "helpLinks"): "links for the pages of the catalog",
    ("IntegrationType", "images"): "pictures for the pages of the catalog",
}
#: The fields of objects that retention policies name. The document has no others, which decide nothing.
REFERENCED = {
    "EvaluationForm": {"id", "name", "published", "contextId", "selfUri"},
    "EvaluationFormResponse": {"id", "name", "published", "contextId", "selfUri"},
    "PolicyUser": {"id", "name", "email", "selfUri"},
    "Queue": {"id", "name", "selfUri"},
    "SurveyForm": {"id", "name", "published", "disabled", "contextId", "selfUri"},
    "Team": {"id", "name", "description", "selfUri"},
    "User": {"id", "name", "email", "state", "selfUri"},
    "WrapupCode": {"id", "name", "description", "selfUri"},
}
#: The required fields of the vendor's definition. The Python models do not carry them, the other SDKs do.
REQUIRED = {
    "AuditQueryFilter": {"property", "value"},
    "AuditQueryRequest": {"interval"},
    "AuditQuerySort": {"name", "sortOrder"},
    "AuditRealtimeQueryRequest": {"interval"},
    "ActionContractInput": {"input", "output"},
    "CreateIntegrationRequest": {"integrationType", "name"},
    "CreateTriggerRequest": {"enabled", "name", "target", "topicName"},
    "Credential": {"type"},
    "DataSchema": {"version", "jsonSchema"},
    "ExecutionDataSettingsRequest": {"enabled"},
    "Flow": {"name"},
    "FlowLogLevelRequest": {"logLevelCharacteristics"},
    "Function": {"description", "handler", "runtime"},
    "Integration": {"intendedState"},
    "IntegrationConfiguration": {"name", "version", "properties", "advanced", "notes", "credentials"},
    "IntegrationExport": {"integration"},
    "IntegrationType": {"id"},
    "ItemValidationLimits": {"minLength", "maxLength"},
    "MaskingRule": {"name", "type", "substituteCharacter", "definition", "enabled"},
    "MaskingRuleValidateRequest": {"text", "definition"},
    "Organization": {"version"},
    "PolicyCreate": {"name"},
    "PostActionInput": {"category", "name", "integrationId", "config", "contract"},
    "PostInputContract": {"inputSchema"},
    "PostOutputContract": {"successSchema"},
    "PublishDraftInput": {"version"},
    "SurveyAssignment": {"sendingDomain"},
    "UpdateActionInput": {"version"},
    "UpdateAnalyticsDataRetentionRequest": {"retentionDays"},
    "UpdateDraftInput": {"version"},
    "UpdateTriggerRequest": {"enabled", "name", "target", "topicName", "version"},
}
#: The required fields that the server does without, with the reason.
NOT_REQUIRED = {
    ("CreateIntegrationRequest", "name"): "the Terraform provider never sends it; the server picks a name",
    ("DataSchema", "version"): "the Terraform provider does not send it to create a schema",
}
#: The SDK's names of simple types.
SIMPLE = {
    "str": {"type": "string"},
    "int": {"type": "integer"},
    "float": {"type": "number"},
    "bool": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string", "format": "date-time"},
    "object": {},
}


def node(sdk_type: str) -> Node:
    """Return the schema of a type in the SDK's notation."""
    listed = re.fullmatch(r"[Ll]ist\[(.*)\]", sdk_type)
    if listed:
        return {"type": "array", "items": node(listed[1])}
    mapped = re.fullmatch(r"dict\(str, (.*)\)", sdk_type)
    if mapped:
        return {"type": "object", "additionalProperties": node(mapped[1])}
    return SIMPLE.get(sdk_type, {"$ref": f"#/components/schemas/{sdk_type}"})


def model_fields(sdk: t.Any, name: str) -> dict[str, Node]:
    """Return the schema of each field of a model. Its setters have the values of enums."""
    model = getattr(sdk, name)
    fields = {}
    for attribute, sdk_type in model().swagger_types.items():
        setter = inspect.getsource(getattr(model, attribute).fset)
        values = re.search(r"allowed_values = \[(.*?)\]", setter)
        described = {"enum": re.findall(r'"([^"]*)"', values[1])} if values else node(sdk_type)
        fields[model().attribute_map[attribute]] = described
    return fields


def method(sdk: t.Any, name: str) -> t.Callable[..., t.Any]:
    names = ("IntegrationsApi", "ArchitectApi", "DependenciesApi", "OrganizationApi", "AuthorizationApi")
    names += ("DataPrivacyApi", "SettingsApi", "TaskManagementApi", "ExternalContactsApi", "AuditApi")
    names += ("RecordingApi", "AnalyticsApi", "UsersApi", "RoutingApi", "TeamsApi", "QualityApi")
    names += ("ProcessAutomationApi",)
    apis = (getattr(sdk, api) for api in names)
    return next(getattr(api, name) for api in apis if hasattr(api, name))


def test_every_model_has_the_fields_types_and_enums_of_the_sdk(sdk):
    for name, schema in SCHEMAS.items():
        expected = {
            field: described
            for field, described in model_fields(sdk, name).items()
            if (name, field) not in LEFT_OUT and field in REFERENCED.get(name, {field})
        }
        assert schema["properties"] == expected, name


def test_only_fields_of_the_sdk_are_left_out(sdk):
    for name, field in LEFT_OUT:
        assert field in model_fields(sdk, name)


def test_required_fields_are_those_of_the_vendor():
    documented = {name: set(schema["required"]) for name, schema in SCHEMAS.items() if "required" in schema}
    expected = {
        name: {field for field in fields if (name, field) not in NOT_REQUIRED}
        for name, fields in REQUIRED.items()
    }
    assert documented == expected


def test_every_operation_is_a_method_of_the_sdk(sdk):
    """Check the path, the verb, the parameters with their types and required flags, body and response."""
    assert set(WITHOUT_METHOD) == {
        operation for operation in API.operations() if "operationId" not in API.operation(*operation)
    }
    for name, (verb, template, operation) in OPERATIONS.items():
        source = inspect.getsource(method(sdk, name))
        assert f"resource_path = '{template}'" in source, name
        assert f"call_api(resource_path, '{verb}'" in source, name
        assert parameters(operation) == sdk_parameters(source), name
        assert body_and_response(operation) == sdk_body_and_response(source), name


def parameters(operation: Node) -> dict[tuple[str, str], tuple[bool, Node]]:
    return {
        (given["in"], given["name"]): (given.get("required", False), given["schema"])
        for given in operation.get("parameters", [])
    }


def sdk_parameters(source: str) -> dict[tuple[str, str], tuple[bool, Node]]:
    """Return the parameters of a method's source in the form of C(parameters)."""
    described = {
        name: (text.endswith("(required)"), node(sdk_type))
        for sdk_type, name, text in re.findall(r":param (\S+) (\w+): (.*)", source)
    }
    found = re.findall(r"(path|query)_params\['(\w+)'\] = params\['(\w+)'\]", source)
    return {(place, wire): described[name] for place, wire, name in found}


def body_and_response(operation: Node) -> tuple[Node | None, Node | None]:
    body = operation.get("requestBody")
    content = operation["responses"]["200"].get("content", {})
    return (
        body["content"]["application/json"]["schema"] if body else None,
        next(iter(content.values()))["schema"] if content else None,
    )


def sdk_body_and_response(source: str) -> tuple[Node | None, Node | None]:
    sent = re.search(r"body_params = params\['(\w+)'\]", source)
    body = re.search(rf":param (\S+) {sent[1]}:", source) if sent else None
    response = re.search(r"response_type='?(.*?)'?,\n", source)
    assert response is not None
    return (
        node(body[1]) if body else None,
        None if response[1] == "None" else node(response[1]),
    )


def test_the_sdk_manages_an_integration_with_its_credential(sdk, apis, platform_org):
    integrations, organizations = apis
    assert organizations.get_organizations_me().id == platform_org.id

    credential = sdk.Credential()
    credential.name, credential.type = "crm", sdk.CredentialType()
    credential.type.name = "basicAuth"
    credential.credential_fields = {"userName": "u", "password": "first"}
    info = integrations.post_integrations_credentials(body=credential)

    wanted = sdk.CreateIntegrationRequest()
    wanted.name, wanted.integration_type = "CRM", sdk.IntegrationType()
    wanted.integration_type.id = "custom-rest-actions"
    created = integrations.post_integrations(body=wanted)
    config = integrations.get_integration_config_current(created.id)
    config.notes, config.credentials = "by the SDK", {"basicAuth": info}
    config = integrations.put_integration_config_current(created.id, body=config)
    assert (config.version, config.notes, config.credentials["basicAuth"].id) == (2, "by the SDK", info.id)

    change = sdk.Integration()
    change.intended_state = "ENABLED"
    assert integrations.patch_integration(created.id, body=change).intended_state == "ENABLED"
    read = integrations.get_integration(created.id, expand=["config.current"])
    assert (read.reported_state.code, read.config.current.notes) == ("ACTIVE", "by the SDK")
    listed = integrations.get_integrations(credential_id=info.id, page_size=100)
    assert [one.id for one in listed.entities] == [created.id]

    credential.credential_fields = {"userName": "u", "password": "second"}
    integrations.put_integrations_credential(info.id, body=credential)
    assert integrations.get_integrations_credential(info.id).credential_fields == {"userName": "u"}
    assert platform_org.objects("credentials")[0]["credentialFields"]["password"] == "second"

    assert integrations.delete_integration(created.id).id == created.id
    integrations.delete_integrations_credential(info.id)
    assert integrations.get_integrations_credentials_listing(page_size="200").entities == []
    with pytest.raises(sdk.rest.ApiException) as refused:
        integrations.get_integration(created.id)
    assert refused.value.status == 404


def test_the_sdk_manages_a_data_action_with_its_draft(sdk, apis, platform_org):
    integrations, _organizations = apis
    (owner,) = platform_org.seed([{"integrationType": {"id": "custom-rest-actions"}}], "integrations")
    created = integrations.post_integrations_actions(new_action(sdk, owner["id"]))
    assert created.version == 1

    read = integrations.get_integrations_action(created.id, expand="contract", include_config=True)
    assert read.contract.input.input_schema.properties == {"id": {"type": "string"}}
    assert read.config.request.request_template is None
    assert integrations.get_integrations_action_template(created.id, "requesttemplate.vm") == "${input.id}"

    change = sdk.UpdateActionInput()
    change.version, change.name = 1, "Find"
    assert integrations.patch_integrations_action(created.id, change).version == 2

    draft = integrations.post_integrations_action_draft(created.id)
    changed = sdk.UpdateDraftInput()
    changed.version, changed.category = draft.version, "Customers"
    draft = integrations.patch_integrations_action_draft(created.id, changed)
    assert integrations.get_integrations_action_draft_validation(created.id).valid is True
    publication = sdk.PublishDraftInput()
    publication.version = draft.version
    published = integrations.post_integrations_action_draft_publish(created.id, publication)
    assert (published.version, published.category) == (3, "Customers")
    result = integrations.post_integrations_action_test(created.id, {"id": "1"})
    assert (result.success, len(result.operations)) == (True, 4)

    assert [one.name for one in integrations.get_integrations_actions(name="find").entities] == ["Find"]
    assert [one.name for one in integrations.get_integrations_actions_categories().entities] == ["Customers"]
    integrations.delete_integrations_action(created.id)
    assert integrations.get_integrations_actions().total == 0
