# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The vendor's Python SDK for tests: the package, and its APIs signed in to an org of the simulator.

The import of the SDK takes seconds and much memory, so only the fixture does it. Tests with the fixture have
the mark C(IN_ONE_PROCESS).
"""

from __future__ import annotations

import importlib
import typing as t

import pytest

IN_ONE_PROCESS = pytest.mark.xdist_group("official_sdk")


@pytest.fixture(scope="module")
def sdk(tmp_path_factory: pytest.TempPathFactory) -> t.Iterator[t.Any]:
    """Return the SDK, with an empty home directory.

    The SDK takes its settings from a file in the home directory, and watches the whole directory for changes.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
        yield importlib.import_module("PureCloudPlatformClientV2")


@pytest.fixture
def apis(sdk: t.Any, platform_org: t.Any) -> tuple[t.Any, t.Any]:
    """Return the unmodified SDK's integrations and organization APIs, signed in to the simulator."""
    client = sdk.api_client.ApiClient(host=platform_org.base_url)
    client.get_client_credentials_token(platform_org.client_id, platform_org.client_secret)
    return sdk.IntegrationsApi(client), sdk.OrganizationApi(client)


def new_action(sdk: t.Any, integration_id: str) -> t.Any:
    """Return the SDK's model of a data action with one input."""
    action = sdk.PostActionInput()
    action.name, action.category, action.integration_id = "Find customer", "CRM", integration_id
    action.contract = sdk.ActionContractInput()
    action.contract.input, action.contract.output = sdk.PostInputContract(), sdk.PostOutputContract()
    action.contract.input.input_schema = sdk.JsonSchemaDocument()
    action.contract.input.input_schema.type = "object"
    action.contract.input.input_schema.properties = {"id": {"type": "string"}}
    action.contract.output.success_schema = sdk.JsonSchemaDocument()
    action.contract.output.success_schema.type = "object"
    action.contract.output.success_schema.properties = {"tier": {"type": "string"}}
    action.config = sdk.ActionConfig()
    action.config.request, action.config.response = sdk.RequestConfig(), sdk.ResponseConfig()
    action.config.request.request_url_template = "https://crm.example.com/${input.id}"
    action.config.request.request_type = "GET"
    action.config.request.request_template = "${input.id}"
    return action
