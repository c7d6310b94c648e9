# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The vendor's Python SDK reads and writes data tables, their rows and imports."""

from __future__ import annotations

from unit.official_sdk import IN_ONE_PROCESS, sdk

__all__ = ["sdk"]
pytestmark = IN_ONE_PROCESS


def test_the_sdk_manages_a_data_table_with_its_rows(sdk, platform_org):
    client = sdk.api_client.ApiClient(host=platform_org.base_url)
    client.get_client_credentials_token(platform_org.client_id, platform_org.client_secret)
    architect, divisions = (
        sdk.ArchitectApi(client),
        sdk.AuthorizationApi(client).get_authorization_divisions(),
    )
    (home,) = divisions.entities
    table = sdk.DataTable()
    table.name, table.schema = "Prices", sdk.JsonSchemaDocument()
    table.schema.type, table.schema.required, table.schema.additional_properties = "object", ["key"], False
    key = {"type": "string", "title": "SKU"}
    table.schema.properties = {"key": key, "price": {"type": "number", "default": 1.5}}
    created = architect.post_flows_datatables(table)
    assert (created.division.id, created.schema) == (home.id, None)
    read = architect.get_flows_datatable(created.id, expand="schema")
    assert (read.schema.title, read.schema.properties["key"]) == ("Prices", key)
    table.schema.properties["sold"] = {"type": "boolean"}
    assert architect.put_flows_datatable(created.id, body=table, expand="schema").schema.required == ["key"]

    assert architect.post_flows_datatable_rows(created.id, {"key": "a b"})["price"] == 1.5
    row = {"key": "a b", "price": 2, "sold": True}
    assert architect.put_flows_datatable_row(created.id, "a b", body=row) == row
    assert architect.get_flows_datatable_row(created.id, "a b") == {"key": "a b"}
    assert architect.get_flows_datatable_rows(created.id, showbrief=False).entities == [row]
    architect.delete_flows_datatable_row(created.id, "a b")
    assert architect.get_flows_datatables(name="pri*").total == 1

    job = architect.post_flows_datatable_import_csv_jobs(created.id, {"importMode": "Append"})
    assert job.status == "WaitingForUpload" and not job.upload_uri.startswith(platform_org.base_url)
    assert architect.get_flows_datatable_import_job(created.id, job.id).id == job.id
    architect.delete_flows_datatable(created.id)
    assert architect.get_flows_datatables().total == 0
