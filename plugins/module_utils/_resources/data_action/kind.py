# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of a data action, their model and offline checks (features S0.3, S0.4, S1.1 to S1.4).

Private to the collection.
"""

from __future__ import annotations

import dataclasses
import json
import re
import typing as t

from ..._arguments.validation import check_headers, warn_of_number
from ..._deps import pydantic
from ..._findings import Findings
from ..._model.desired_state import CONFLICT_OPTIONS, IDENTITY_OPTIONS, DeferredModel, DesiredState
from ..._model.resource import ResourceKind
from ..._secrets import MASK
from . import platform, reference
from .conditions import MAX_CHILDREN, MAX_DEPTH, check_conditions, read_conditions, refuse_circular_references
from .inputs import read_inputs
from .placeholders import check_inputs
from .variable_mappings import TYPES, check_mappings, evaluate_mappings, read_sample

METHODS = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]

#: Options that only the platform API has.
PLATFORM_OPTIONS: dict[str, dict[str, t.Any]] = {
    "integration": {"type": "str"},
    "integration_type": {"type": "str"},
    "category": {"type": "str"},
    "secure": {"type": "bool"},
    "timeout_seconds": {"type": "int"},
    "definition": {"type": "raw"},
    "on_contract_change": {"type": "str", "choices": ["fail", "replace"], "default": "fail"},
    "force": {"type": "bool", "default": False},
    "test": {"type": "dict", "options": {"input": {"type": "dict"}, "expect": {"type": "raw"}}},
}
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
            "inputs": {"type": "list", "elements": "raw"},
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
    **PLATFORM_OPTIONS,
    **CONFLICT_OPTIONS,
    "verify": {"type": "bool", "default": True},
}


class VariableMapping(DeferredModel):
    """A variable that a flow gets from the response: the JSONPath of its value, its type, its default."""

    name: str
    source: str
    type: str
    default: str | None = None


class Rest(DeferredModel):
    """The request of a data action and the variables of its response."""

    url: str | None = None
    method: str | None = None
    headers: dict[str, str] | None = None
    body: str | None = None
    inputs: list[t.Any] | None = None
    variable_mappings: list[VariableMapping] | None = None
    sample_response: t.Any = None

    @pydantic.field_validator("url")
    @classmethod
    def _callable_url(cls, value: str | None) -> str | None:
        if value is not None and not value.strip():
            raise ValueError("must not be empty")
        if value is not None and MASK in value:
            raise ValueError("contains a masked value: give the real URL")
        if value is not None and not value.startswith(("/", "http://", "https://", "$")):
            shown = "the given value" if re.search(r"[@?#]", value) else repr(value)
            raise ValueError(f"{shown} must begin with https://, http://, / or a placeholder")
        return value


class DataAction(DesiredState):
    """The desired state of a data action, as the task declares it."""

    description: str | None = None
    rest: Rest | None = None
    secret_headers: list[str] | None = None
    conditions: list[t.Any] | None = None
    dataset_dependencies: dict[str, list[str]] | None = None
    max_condition_depth: int = pydantic.Field(default=MAX_DEPTH, ge=0)
    max_condition_children: int = pydantic.Field(default=MAX_CHILDREN, ge=2)
    integration: str | None = None
    integration_type: str | None = None
    category: str | None = pydantic.Field(default=None, max_length=256)
    secure: bool | None = None
    timeout_seconds: int | None = pydantic.Field(default=None, ge=1, le=60)
    definition: dict[str, t.Any] | None = None
    on_contract_change: str = "fail"
    force: bool = False
    test: dict[str, t.Any] | None = None
    verify: bool = True

    @property
    def replaces(self) -> bool:
        """Return whether a change of the contract replaces the data action by a new one."""
        return self.on_contract_change == "replace"


def validate_options(given: dict[str, t.Any], findings: Findings) -> dict[str, t.Any]:
    """Check the options offline; replace conditions by trees, inputs by entries, and defaults by their text.

    Return C(sample_variables), the value of each variable in the sample response, if there is one (S1.4).
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
        check_headers(rest["headers"], "rest.headers", findings, given.get("secret_headers"))
        rest["headers"] = {name: str(value) for name, value in rest["headers"].items()}
    if rest.get("inputs") is not None:
        rest["inputs"] = read_inputs(rest["inputs"], "rest.inputs", findings)
    check_inputs(rest, "rest", findings)
    mappings = rest.get("variable_mappings") or []
    for mapping in mappings:
        if mapping is not None and mapping.get("default") is not None:
            default = mapping["default"]
            if mapping.get("type") == "string" and type(default) in (int, float):
                index = mappings.index(mapping)
                warn_of_number(f"rest.variable_mappings[{index}].default", default, findings)
            mapping["default"] = _as_text(mapping["default"])
    check_mappings(mappings, "rest.variable_mappings", findings)
    if rest.get("sample_response") is None:
        return {}
    sample = read_sample(rest["sample_response"], "rest.sample_response", findings)
    if findings.problems:
        return {}
    return {"sample_variables": evaluate_mappings(mappings, sample, "rest.variable_mappings", findings)}


def _as_text(default: t.Any) -> str:
    """Return the text that the API stores for a default of any YAML type: C(default: 0) is C("0")."""
    return default if isinstance(default, str) else json.dumps(default, ensure_ascii=False)


DATA_ACTION = ResourceKind(
    name="data_action",
    title="data action",
    options=OPTIONS,
    model=DataAction,
    profiles={
        "reference": dataclasses.replace(
            reference.REFERENCE_RESOURCE,
            refused_options=dict.fromkeys(
                PLATFORM_OPTIONS, "has no place in the API 'reference': remove it from the tasks of this org"
            ),
        ),
        "platform": platform.PLATFORM_RESOURCE,
    },
    identity=("name", "integration"),
    list_option="data_actions",
    prunable=True,
    verifies=True,
    validate=validate_options,
    validate_together=refuse_circular_references,
)
