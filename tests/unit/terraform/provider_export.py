# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The configuration that the vendor's Terraform provider exports from a simulated org of the platform API.

Its form is that of the exporter with C(export_format = "json") and C(export_computed = true): labels are
names with C(_) for blanks, nested blocks are lists of one object, empty ones are null, JSON texts are compact
with sorted keys, and C(${) is C($${). Log levels are added as a user writes them, because no export has them.
The export has the objects that others name too, because the provider removes references to objects without a
block.
"""

from __future__ import annotations

import json
import re
import typing as t

from unit.terraform.exported_policy import policy_block

Tree = dict[str, t.Any]


#: The types of the objects that others name and the collection does not manage, by kind of the simulator.
NAMED = {
    "users": "user",
    "queues": "routing_queue",
    "wrapup_codes": "routing_wrapupcode",
    "languages": "routing_language",
    "teams": "team",
    "evaluation_forms": "quality_forms_evaluation",
}
UNMANAGED = [f"genesyscloud_{name}" for name in ("auth_division", *NAMED.values())]


def escaped(value: t.Any) -> t.Any:
    """Return a value whose texts have the escapes of Terraform's JSON syntax."""
    if isinstance(value, str):
        return value.replace("${", "$${").replace("%{", "%%{")
    if isinstance(value, dict):
        return {key: escaped(entry) for key, entry in value.items()}
    return value


def as_json(value: t.Any) -> str:
    return str(escaped(json.dumps(value, separators=(",", ":"), sort_keys=True)))


def label(name: str) -> str:
    return re.sub(r"[^\w-]", "_", name)


class ProviderExport:
    """The exported blocks of one org."""

    def __init__(self, org: t.Any) -> None:
        self._org = org
        self._ids: dict[str, str] = {}
        self.tree: Tree = {
            "resource": {},
            "data": {},
            "variable": {},
            "terraform": {"required_providers": {"genesyscloud": {"version": "1.84.1"}}},
        }

    def whole(self) -> Tree:
        """Return the configuration with a block for each object that the provider knows."""
        self._credentials()
        self._integrations()
        self._actions()
        self._tables()
        self._named()
        self._log_levels()
        self._triggers()
        self._schemas()
        self._policies()
        return self.tree

    def _add(self, kind: str, name: str, identifier: str, content: Tree, part: str = "resource") -> str:
        blocks = self.tree[part].setdefault(f"genesyscloud_{kind}", {})
        unique = label(name)
        while unique in blocks:
            unique = f"{unique}_{len(blocks)}"
        blocks[unique] = content
        data = "data." if part == "data" else ""
        self._ids[identifier] = f"${{{data}genesyscloud_{kind}.{unique}.id}}"
        return unique

    def _credentials(self) -> None:
        for one in self._org.objects("credentials"):
            kind = "integration_credential"
            content = {"name": escaped(one["name"]), "credential_type_name": one["type"]["id"]}
            unique = self._add(kind, f"Integration-{one['name']}", one["id"], content)
            variable = f"genesyscloud_{kind}_{unique}_fields"
            content["fields"] = f"${{var.{variable}}}"
            self.tree["variable"][variable] = {"sensitive": True, "type": "map(string)", "description": "x"}

    def _integrations(self) -> None:
        for one in self._org.objects("integrations"):
            current = one["config"]["current"]
            slots = {slot: self._ids[value["id"]] for slot, value in (current["credentials"] or {}).items()}
            config = {
                "name": escaped(one["name"]),
                "notes": escaped(current["notes"]) or None,
                "properties": as_json(current["properties"] or {}),
                "advanced": as_json(current["advanced"] or {}),
                "credentials": slots or None,
            }
            content = {
                "integration_type": one["integrationType"]["id"],
                "intended_state": one["intendedState"],
                "config": [config],
            }
            self._add("integration", one["name"], one["id"], content)

    def _actions(self) -> None:
        for one in self._org.objects("actions"):
            name, integration = f"{one['category']}_{one['name']}", self._ids[one["integrationId"]]
            if one["id"].startswith("static"):
                content = {"name": escaped(one["name"]), "integration_id": integration}
                self._add("integration_action", name, one["id"], content, "data")
                continue
            config, contract = one["config"], one["contract"]
            request, response = config["request"], config.get("response") or {}
            content = {
                "name": escaped(one["name"]),
                "category": escaped(one["category"]),
                "integration_id": integration,
                "secure": one["secure"],
                "config_timeout_seconds": config.get("timeoutSeconds"),
                "contract_input": as_json(contract["input"]["inputSchema"]),
                "contract_output": as_json(contract["output"]["successSchema"]),
                "config_request": [
                    {
                        "request_url_template": escaped(request["requestUrlTemplate"]),
                        "request_type": request["requestType"],
                        "request_template": escaped(request.get("requestTemplate")),
                        "headers": escaped(request.get("headers") or None),
                    }
                ],
                "config_response": [
                    {
                        "translation_map": escaped(response.get("translationMap") or None),
                        "translation_map_defaults": escaped(response.get("translationMapDefaults") or None),
                        "success_template": escaped(response.get("successTemplate")),
                    }
                ],
                "function_config": None,
            }
            self._add("integration_action", name, one["id"], content)

    def _tables(self) -> None:
        for one in self._org.objects("divisions"):
            self._add("auth_division", one["name"], one["id"], {"name": escaped(one["name"])})
            if one.get("homeDivision"):
                home = one["id"]
        for one in self._org.objects("data_tables"):
            listed = sorted(one["schema"]["properties"].items(), key=lambda entry: entry[1]["displayOrder"])
            properties = [
                {
                    "name": escaped(name),
                    "type": column["type"],
                    "title": escaped(column.get("title")),
                    "default": json.dumps(column["default"]) if column.get("default") is not None else None,
                }
                for name, column in listed
            ]
            content = {
                "name": escaped(one["name"]),
                "description": escaped(one.get("description")),
                "division_id": self._ids[one.get("divisionId") or home],
                "properties": properties,
            }
            table = self._add("architect_datatable", one["name"], one["id"], content)
            rows = [row["row"] for row in self._org.objects("data_table_rows") if row["tableId"] == one["id"]]
            for row in rows:
                values = {name: value for name, value in row.items() if name != "key"}
                block = {
                    "datatable_id": self._ids[one["id"]],
                    "key_value": escaped(row["key"]),
                    "properties_json": as_json(values),
                }
                self._add("architect_datatable_row", f"{table}_{row['key']}", f"row {row['key']}", block)

    def _named(self) -> None:
        for kind, name in NAMED.items():
            for one in self._org.objects(kind):
                email = {"email": one["email"]} if "email" in one else {}
                self._add(name, one["name"], one["id"], {"name": escaped(one["name"]), **email})
        for form in self._org.objects("survey_forms"):
            self._ids[form["id"]] = escaped(form["name"])
        for flow in self._org.objects("flows"):
            named = {"name": escaped(flow["name"]), "type": flow["type"].lower()}
            self._add("flow", f"{flow['type']}_{flow['name']}", flow["id"], named, "data")

    def _log_levels(self) -> None:
        flows = {one["id"]: one for one in self._org.objects("flows")}
        for one in self._org.objects("flow_log_levels"):
            flow = flows[one["id"]]
            level = one["logLevelCharacteristics"]["level"]
            block = {"flow_id": self._ids[flow["id"]], "flow_log_level": level}
            self._add("flow_loglevel", flow["name"], f"level {flow['id']}", block)

    def _triggers(self) -> None:
        for one in self._org.objects("triggers"):
            target, settings = one["target"], one["target"].get("workflowTargetSettings")
            criteria = [{"value": None, "values": None, **criterion} for criterion in one["matchCriteria"]]
            content = {
                "name": escaped(one["name"]),
                "description": escaped(one.get("description") or None),
                "topic_name": escaped(one["topicName"]),
                "enabled": one["enabled"],
                "target": [
                    {
                        "type": target["type"],
                        "id": self._ids[target["id"]],
                        "workflow_target_settings": settings and [{"data_format": settings["dataFormat"]}],
                    }
                ],
                "match_criteria": as_json(criteria),
                "event_ttl_seconds": one.get("eventTTLSeconds"),
                "delay_by_seconds": one.get("delayBySeconds"),
            }
            self._add("processautomation_trigger", one["name"], one["id"], content)

    def _schemas(self) -> None:
        for one in self._org.objects("workitem_schemas"):
            content = {
                "name": escaped(one["name"]),
                "description": escaped(one["jsonSchema"].get("description")),
                "properties": as_json(one["jsonSchema"]["properties"]),
                "enabled": one["enabled"],
                "version": one["version"],
            }
            self._add("task_management_workitem_schema", one["name"], one["id"], content)

    def _policies(self) -> None:
        for one in self._org.objects("retention_policies"):
            content = {**policy_block(one, self._ids), "name": escaped(one["name"])}
            content["description"] = escaped(one["description"] or None)
            self._add("recording_media_retention_policy", one["name"], one["id"], content)
