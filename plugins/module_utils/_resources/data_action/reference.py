# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The data action of the reference API: its fields, and the wire form of conditions and mappings.

Private to the collection.
"""

from __future__ import annotations

import typing as t

from ..._api.reference import NUMBERED
from ..._model.json_objects import REQUIRED
from ..._model.resource import Endpoint, Field, Resource
from .conditions import to_text_or_tree

_CONDITION_KEYS = (("dataset_id", "datasetId"), ("field_id", "fieldId"))


def _mappings_to_wire(mappings: list[t.Any], desired: t.Any) -> list[dict[str, t.Any]]:
    return [mapping.model_dump(exclude_none=True) for mapping in mappings]


def _mappings_canonical(mappings: list[dict[str, t.Any]]) -> list[t.Any]:
    """Sort mappings, whose order the platform ignores, and drop null defaults."""
    return sorted(map(_without_empty, mappings), key=lambda mapping: repr(sorted(mapping.items())))


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
    """Drop null and empty lists, which a server may write for the missing parts of a node."""
    return [_without_empty(tree) for tree in trees]


def _without_empty(node: t.Any) -> t.Any:
    if isinstance(node, dict):
        return {
            key: _without_empty(value) for key, value in node.items() if value is not None and value != []
        }
    if isinstance(node, list):
        return [_without_empty(value) for value in node]
    return node


REFERENCE_RESOURCE = Resource(
    endpoint=Endpoint(path="/api/v2/architect/data-actions", paging=NUMBERED, name_param="name"),
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
    unique_names=True,
)
