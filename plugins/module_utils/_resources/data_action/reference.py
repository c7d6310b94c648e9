# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The data action of the reference API: its fields, and the wire form of conditions and mappings.

Private to the collection. Mappings and condition nodes may have keys that the collection does not know. A
record leaves these keys out, a write keeps them.
"""

from __future__ import annotations

import typing as t

from ..._api.reference import NUMBERED
from ..._model.comparison import Comparison
from ..._model.endpoint import Endpoint
from ..._model.json_objects import ABSENT, REQUIRED, Body, only_keys, set_path
from ..._model.json_type import TEXT, list_of, map_of, object_of
from ..._model.options import KnownObjects, Options, options_of
from ..._model.resource import Field, Resource
from .conditions import MAX_CHILDREN, MAX_DEPTH, to_text_or_tree

_CONDITION_KEYS = (("dataset_id", "datasetId"), ("field_id", "fieldId"))
_MAPPING_KEYS = ("name", "source", "type", "default")
_NODE_KEYS = ("type", "value", "expression", "children")
_VALUE_KEYS = ("type", "datasetId", "fieldId")

_MAPPING = object_of({"name": TEXT, "source": TEXT, "type": TEXT})
_NODE = object_of({"type": TEXT, "value": object_of(dict.fromkeys(_VALUE_KEYS, TEXT)), "expression": TEXT})
_NODE.keys["children"] = list_of(_NODE)


def _mappings_to_wire(mappings: list[t.Any], desired: t.Any) -> list[dict[str, t.Any]]:
    return [mapping.model_dump(exclude_none=True) for mapping in mappings]


def _mappings_canonical(mappings: list[dict[str, t.Any]]) -> list[t.Any]:
    """Sort mappings, whose order the platform ignores, and drop null defaults."""
    return sorted(map(_without_empty, mappings), key=lambda mapping: repr(sorted(mapping.items())))


def _mappings_from_wire(mappings: list[t.Any]) -> list[t.Any]:
    return [only_keys(mapping, _MAPPING_KEYS) for mapping in mappings]


def _combine_mappings(current: t.Any, declared: t.Any) -> t.Any:
    """Return the declared mappings. A mapping keeps the unknown keys of the current one with its name."""
    if not isinstance(current, list) or not isinstance(declared, list):
        return declared
    unknown = {
        repr(mapping.get("name")): _unknown(mapping, _MAPPING_KEYS)
        for mapping in reversed(current)
        if isinstance(mapping, dict)
    }
    return [{**unknown.get(repr(mapping.get("name")), {}), **mapping} for mapping in declared]


def _tree_to_wire(tree: dict[str, t.Any]) -> dict[str, t.Any]:
    return _rename_keys(tree, dict(_CONDITION_KEYS))


def _tree_from_wire(tree: dict[str, t.Any]) -> dict[str, t.Any]:
    return _rename_keys(_known_tree(tree), {wire: option for option, wire in _CONDITION_KEYS})


def _rename_keys(node: t.Any, names: dict[str, str]) -> t.Any:
    if isinstance(node, dict):
        return {names.get(key, key): _rename_keys(value, names) for key, value in node.items()}
    if isinstance(node, list):
        return [_rename_keys(value, names) for value in node]
    return node


def _combine_trees(current: t.Any, declared: t.Any) -> t.Any:
    """Return the declared condition nodes with the unknown keys of the current nodes that they match.

    A node matches an equal one first, else one with the same operator, dataset and field among the siblings.
    """
    if not isinstance(current, list) or not isinstance(declared, list):
        return declared
    nodes = [node for node in current if isinstance(node, dict)]
    if all(_known_tree(node) == node for node in nodes):  # true for most objects
        return declared
    matches: dict[int, dict[str, t.Any]] = {}
    for key in (_without_unknown, _outline):
        free = [(key(node), node) for node in nodes if all(node is not used for used in matches.values())]
        for index, node in enumerate(declared):
            wanted = None if index in matches else key(node)
            number = next((n for n, (found, _node) in enumerate(free) if found == wanted), None)
            if number is not None:
                matches[index] = free.pop(number)[1]
    return [_combine_node(matches.get(index, {}), node) for index, node in enumerate(declared)]


def _combine_node(current: dict[str, t.Any], declared: dict[str, t.Any]) -> dict[str, t.Any]:
    node = {**_unknown(current, _NODE_KEYS), **declared}
    if isinstance(current.get("value"), dict) and isinstance(node.get("value"), dict):
        node["value"] = {**_unknown(current["value"], _VALUE_KEYS), **node["value"]}
    if "children" in node:
        node["children"] = _combine_trees(current.get("children"), node["children"])
    return node


def _outline(node: dict[str, t.Any]) -> t.Any:
    """Return the parts by which a changed node is recognized."""
    return node.get("type"), only_keys(node.get("value"), _VALUE_KEYS)


def _without_unknown(node: dict[str, t.Any]) -> t.Any:
    return _without_empty(_known_tree(node))


def _known_tree(node: t.Any) -> t.Any:
    """Return a condition node without the keys that the collection does not know, at any depth."""
    if not isinstance(node, dict):
        return node
    known = only_keys(node, _NODE_KEYS)
    if "value" in known:
        known["value"] = only_keys(known["value"], _VALUE_KEYS)
    if isinstance(known.get("children"), list):
        known["children"] = [_known_tree(child) for child in known["children"]]
    return known


def _unknown(value: dict[str, t.Any], keys: tuple[str, ...]) -> dict[str, t.Any]:
    return {key: entry for key, entry in value.items() if key not in keys}


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


def to_options(resource: Resource, body: Body, known: KnownObjects) -> Options:
    """Return the options of a data action, its conditions as lines of text where a text can say them."""
    options = options_of(resource, body, known)
    if "conditions" in options:
        trees = options["conditions"]
        options["conditions"] = [to_text_or_tree(tree) for tree in trees]
        sizes = [_size(tree) for tree in trees]
        for option, usual, found in (
            ("max_condition_depth", MAX_DEPTH, max(depth for depth, _children in sizes)),
            ("max_condition_children", MAX_CHILDREN, max(children for _depth, children in sizes)),
        ):
            if found > usual:
                options[option] = found
    return options


def _size(tree: t.Any) -> tuple[int, int]:
    """Return the depth of a condition tree, whose root is 0, and the most children of a node in it."""
    children = tree.get("children") if isinstance(tree, dict) else None
    if not isinstance(children, list) or not children:
        return 0, 0
    sizes = [_size(child) for child in children]
    return 1 + max(depth for depth, _most in sizes), max(len(children), *(most for _depth, most in sizes))


def forward(body: Body) -> dict[str, t.Any]:
    """Return the options C(name) and C(rest), which the platform API has too."""
    options: dict[str, t.Any] = {}
    for field in REFERENCE_RESOURCE.fields:
        value = field.of(body)
        if value is not ABSENT and field.option.partition(".")[0] in ("name", "rest"):
            set_path(options, field.option, field.from_wire(value))
    return options


REFERENCE_RESOURCE = Resource(
    endpoint=Endpoint(path="/api/v2/architect/data-actions", paging=NUMBERED, name_param="name"),
    fields=(
        Field("name", "name", REQUIRED, json_type=TEXT),
        Field("description", "description", "", json_type=TEXT),
        Field("rest.url", "restConfig.url", REQUIRED, url=True, json_type=TEXT),
        Field("rest.method", "restConfig.httpMethod", REQUIRED, json_type=TEXT),
        Field("rest.headers", "restConfig.headers", {}, headers=True, json_type=map_of(TEXT)),
        Field("rest.body", "restConfig.bodyTemplate", json_type=TEXT),
        Field(
            "rest.variable_mappings",
            "restConfig.variableMappings",
            [],
            to_wire=_mappings_to_wire,
            from_wire=_mappings_from_wire,
            canonical=_mappings_canonical,
            combine=_combine_mappings,
            json_type=list_of(_MAPPING),
        ),
        Field(
            "conditions",
            "conditions",
            [],
            to_wire=lambda trees, desired: [_tree_to_wire(tree) for tree in trees],
            from_wire=lambda trees: [_tree_from_wire(tree) for tree in trees],
            canonical=_conditions_canonical,
            combine=_combine_trees,
            json_type=list_of(_NODE),
            display=lambda trees: [to_text_or_tree(_tree_from_wire(tree)) for tree in trees],
        ),
    ),
    server_owned=("id", "etag", "version", "dateCreated", "dateModified"),
    created_field="dateCreated",
    event="data.action",
    other_types={"type": TEXT, "dateCreated": TEXT, "dateModified": TEXT},
    constants={"type": "rest"},
    unique_names=True,
    identity=("name",),
    to_options=to_options,
    comparison=Comparison(forward=forward),
)
