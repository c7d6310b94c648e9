# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Data actions: REST calls with variable mappings and conditions (features S0.3 to S0.7, S1.1 to S1.7).

Private to the collection.
"""

from __future__ import annotations

import json
import typing as t

from ..._deps import pydantic
from ..._engine.apply import read_back
from ..._findings import Findings
from ..._http_target import check_headers
from ..._model.desired_state import CONFLICT_OPTIONS, IDENTITY_OPTIONS, Desired, Part
from ..._model.resource import REQUIRED, Field, Resource
from ..._secrets import MASK
from .conditions import check_conditions, read_conditions, to_text_or_tree
from .placeholders import check_inputs
from .variable_mappings import TYPES, check_mappings, evaluate_mappings, read_sample

#: The platform's limits on a condition tree (S0.4).
MAX_DEPTH = 10
MAX_CHILDREN = 5
METHODS = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]

OPTIONS: dict[str, dict[str, t.Any]] = {
    **IDENTITY_OPTIONS,
    "description": {"type": "str"},
    "rest": {
        "type": "dict",
        "options": {
            "url": {"type": "str"},
            "method": {"type": "str", "choices": METHODS},
            "headers": {"type": "dict"},
            "body": {"type": "str"},
            "inputs": {"type": "list", "elements": "str"},
            "variable_mappings": {
                "type": "list",
                "elements": "dict",
                "options": {
                    "name": {"type": "str", "required": True},
                    "source": {"type": "str", "required": True},
                    "type": {"type": "str", "choices": sorted(TYPES), "required": True},
                    "default": {"type": "raw"},
                },
            },
            "sample_response": {"type": "raw"},
        },
    },
    "secret_headers": {"type": "list", "elements": "str", "no_log": False},
    "conditions": {"type": "list", "elements": "raw"},
    "dataset_dependencies": {"type": "dict"},
    "max_condition_depth": {"type": "int", "default": MAX_DEPTH},
    "max_condition_children": {"type": "int", "default": MAX_CHILDREN},
    **CONFLICT_OPTIONS,
    "verify": {"type": "bool", "default": True},
}


class VariableMapping(Part):
    """What a flow gets out of the response: a variable, the JSONPath of its value, its type, its default."""

    name: str
    source: str
    type: str
    default: str | None = None


class Rest(Part):
    """The request of a data action and what is read from its response."""

    url: str | None = None
    method: str | None = None
    headers: dict[str, str] | None = None
    body: str | None = None
    inputs: list[str] | None = None
    variable_mappings: list[VariableMapping] | None = None
    sample_response: t.Any = None

    @pydantic.field_validator("url")
    @classmethod
    def _callable_url(cls, value: str | None) -> str | None:
        if value is not None and not value.strip():
            raise ValueError("must not be empty")
        if value is not None and MASK in value:
            raise ValueError("holds a masked value: give the real URL")
        if value is not None and not value.startswith(("/", "http://", "https://", "$")):
            raise ValueError(f"{value!r} must begin with https://, http://, / or a placeholder")
        return value


class DataAction(Desired):
    """The desired state of a data action, as the task declares it."""

    description: str | None = None
    rest: Rest | None = None
    secret_headers: list[str] | None = None
    conditions: list[t.Any] | None = None
    dataset_dependencies: dict[str, list[str]] | None = None
    max_condition_depth: int = pydantic.Field(default=MAX_DEPTH, ge=0)
    max_condition_children: int = pydantic.Field(default=MAX_CHILDREN, ge=2)
    verify: bool = True


def check(given: dict[str, t.Any], findings: Findings) -> dict[str, t.Any]:
    """Judges the task alone; replaces the conditions' text by trees, and defaults by their text.

    Returns C(sample_variables), what each variable would get from a given sample response (S1.4).
    """
    if given.get("conditions") is not None:
        given["conditions"] = read_conditions(given["conditions"], "conditions", findings)
    check_conditions(
        given.get("conditions") or [],
        path="conditions",
        max_depth=given.get("max_condition_depth", MAX_DEPTH),
        max_children=given.get("max_condition_children", MAX_CHILDREN),
        dependencies=given.get("dataset_dependencies") or {},
        findings=findings,
    )
    rest = given.get("rest") or {}
    if rest.get("headers") is not None:
        check_headers(rest["headers"], "rest.headers", findings)
        rest["headers"] = {name: str(value) for name, value in rest["headers"].items()}
    check_inputs(rest, "rest", findings)
    mappings = rest.get("variable_mappings") or []
    for mapping in mappings:
        if mapping is not None and mapping.get("default") is not None:
            mapping["default"] = _as_text(mapping["default"])
    check_mappings(mappings, "rest.variable_mappings", findings)
    if rest.get("sample_response") is None:
        return {}
    sample = read_sample(rest["sample_response"], "rest.sample_response", findings)
    if findings.problems:
        return {}
    return {"sample_variables": evaluate_mappings(mappings, sample, "rest.variable_mappings", findings)}


def _as_text(default: t.Any) -> str:
    """YAML's own types are taken for the text that the API keeps: C(default: 0) is C("0")."""
    return default if isinstance(default, str) else json.dumps(default, ensure_ascii=False)


def _mappings_to_wire(mappings: list[t.Any], desired: t.Any) -> list[dict[str, t.Any]]:
    return [mapping.model_dump(exclude_none=True) for mapping in mappings]


def _mappings_canonical(mappings: list[dict[str, t.Any]]) -> list[t.Any]:
    """The order of mappings means nothing to the platform; a null default is none."""
    return sorted(map(_without_empty, mappings), key=lambda mapping: repr(sorted(mapping.items())))


_CONDITION_KEYS = (("dataset_id", "datasetId"), ("field_id", "fieldId"))


def _tree_to_wire(tree: dict[str, t.Any]) -> dict[str, t.Any]:
    return _rename_keys(tree, dict(_CONDITION_KEYS))


def _tree_from_wire(tree: dict[str, t.Any]) -> dict[str, t.Any]:
    return _rename_keys(tree, {wire: option for option, wire in _CONDITION_KEYS})


def _rename_keys(node: t.Any, names: dict[str, str]) -> t.Any:
    if isinstance(node, dict):
        return {names.get(key, key): _rename_keys(value, names) for key, value in node.items()}
    if isinstance(node, list):
        return [_rename_keys(value, names) for value in node]
    return node


def _conditions_canonical(trees: list[dict[str, t.Any]]) -> list[t.Any]:
    """Servers may write a leaf's missing children as an empty list and a missing value as null."""
    return [_without_empty(tree) for tree in trees]


def _without_empty(node: t.Any) -> t.Any:
    if isinstance(node, dict):
        return {
            key: _without_empty(value) for key, value in node.items() if value is not None and value != []
        }
    if isinstance(node, list):
        return [_without_empty(value) for value in node]
    return node


DATA_ACTION = Resource(
    kind="data_action",
    title="data action",
    path="/api/v2/architect/data-actions",
    options=OPTIONS,
    model=DataAction,
    fields=(
        Field("name", "name", REQUIRED),
        Field("description", "description", ""),
        Field("rest.url", "restConfig.url", REQUIRED, url=True),
        Field("rest.method", "restConfig.httpMethod", REQUIRED),
        Field("rest.headers", "restConfig.headers", {}, headers=True),
        Field("rest.body", "restConfig.bodyTemplate"),
        Field(
            "rest.variable_mappings",
            "restConfig.variableMappings",
            [],
            to_wire=_mappings_to_wire,
            canonical=_mappings_canonical,
        ),
        Field(
            "conditions",
            "conditions",
            [],
            to_wire=lambda trees, desired: [_tree_to_wire(tree) for tree in trees],
            from_wire=lambda trees: [_tree_from_wire(tree) for tree in trees],
            canonical=_conditions_canonical,
            display=lambda trees: [to_text_or_tree(_tree_from_wire(tree)) for tree in trees],
        ),
    ),
    server_owned=("id", "etag", "version", "dateCreated", "dateModified"),
    event="data.action",
    constants={"type": "rest"},
    name_filter=True,
    unique_names=True,
    check=check,
    settle=read_back,
)
