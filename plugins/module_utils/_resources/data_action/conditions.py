# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Condition trees: reading, offline checks, rendering (features S0.3, S0.4).

Private to the collection. The functions expect trees in option terms, as C(read_conditions) returns them:

    leaf  {"type": "EQUALS", "value": {"type": "DATASET", "dataset_id": "crm", "field_id": "status"},
           "expression": "active"}          (EXISTS without "expression")
    group {"type": "AND", "children": [...]}, optionally with a "value", the dataset of the group

Checks are iterative, because a tree may be of any depth.
"""

from __future__ import annotations

import collections.abc
import itertools
import typing as t

from ..._findings import Findings, did_you_mean
from .condition_reader import GROUPS, LEAVES, Place, Tree, describe, read_conditions
from .condition_text import OPERATORS, is_json_array, show
from .dataset_references import Graph, find_cycles, reachable

__all__ = ["GROUPS", "LEAVES", "check_conditions", "read_conditions", "to_text_or_tree"]
#: The platform's limits on a condition tree (S0.4).
MAX_DEPTH = 10
MAX_CHILDREN = 5


def check_conditions(
    trees: list[Tree],
    *,
    path: str,
    max_depth: int,
    max_children: int,
    dependencies: t.Any,
    findings: Findings,
) -> None:
    """Report what the platform would refuse: operators, arity, depth, children, circular references (S0.4).

    C(dependencies) maps a dataset to the datasets that it refers to. The root has depth 0, the deepest
    allowed node C(max_depth).
    """
    graph: Graph = {}
    for node, place, depth, above in _walk(trees, path):
        if depth == max_depth + 1:
            findings.problem(
                str(place), f"is nested {depth} levels deep; the limit is {max_depth} (the root is 0)"
            )
        _check_node(node, place, max_children, findings)
        _add_reference(graph, node, place, above)
    _check_references(graph, path, dependencies, findings)


def references(trees: list[Tree], path: str) -> Graph:
    """Return the datasets in the trees, each with the datasets below it, which it refers to (S0.4)."""
    graph: Graph = {}
    for node, place, _depth, above in _walk(trees, path):
        _add_reference(graph, node, place, above)
    return graph


def _add_reference(graph: Graph, node: Tree, place: Place, above: str | None) -> None:
    dataset = (node.get("value") or {}).get("dataset_id")
    if dataset is not None:
        graph.setdefault(dataset, {})
        if above is not None:
            graph[above].setdefault(dataset, place)


def _walk(trees: list[Tree], path: str) -> t.Iterator[tuple[Tree, Place, int, str | None]]:
    """Yield every node with its place, its depth, and the dataset of the nearest node above that has one."""
    pending: list[tuple[Tree, Place, int, str | None]] = [
        (tree, Place(None, f"{path}[{index}]"), 0, None) for index, tree in enumerate(trees)
    ]
    pending.reverse()
    while pending:
        node, place, depth, above = pending.pop()
        yield node, place, depth, above
        dataset = (node.get("value") or {}).get("dataset_id")
        below = dataset if dataset is not None else above
        children = node.get("children")
        if children:
            unread = [
                (child, Place(place, f".children[{i}]"), depth + 1, below) for i, child in enumerate(children)
            ]
            pending.extend(reversed(unread))


def to_text_or_tree(tree: t.Any) -> t.Any:
    """Return the tree as a line, or unchanged if it has no line; for diffs and info modules (S0.3).

    Null and empty lists are ignored, because a server may write them for a missing part.
    """
    return show(_without_empty_parts(tree, 0)) or tree


def _without_empty_parts(node: t.Any, depth: int) -> t.Any:
    if not isinstance(node, dict) or depth > 100:  # such a tree has no line
        return node
    parts = {key: value for key, value in node.items() if value is not None and value != []}
    if isinstance(parts.get("children"), list):
        parts["children"] = [_without_empty_parts(child, depth + 1) for child in parts["children"]]
    return parts


def _check_node(node: Tree, place: Place, max_children: int, findings: Findings) -> None:
    kind = node.get("type")
    children = node.get("children", [])
    count = len(children or [])
    if count > max_children:
        findings.problem(f"{place}.children", f"has {count} conditions; the limit is {max_children} per node")
    if kind is None or children is None:
        return  # read_conditions has reported it
    if kind in GROUPS:
        _check_group(node, kind, count, place, findings)
    elif kind in LEAVES:
        _check_leaf(node, kind, count, place, findings)
    else:
        name = OPERATORS.get(kind)
        hint = f"; did you mean {name!r}?" if name else did_you_mean(kind, GROUPS + LEAVES)
        findings.problem(f"{place}.type", f"{kind!r} is not an operator{hint}")


def _check_group(node: Tree, kind: str, count: int, place: Place, findings: Findings) -> None:
    if kind == "NOT" and count != 1:
        findings.problem(f"{place}.children", f"NOT takes exactly one condition, but has {count}")
    elif kind != "NOT" and count < 2:
        findings.problem(f"{place}.children", f"{kind} takes two conditions or more, but has {count}")
    if "expression" in node:
        findings.problem(f"{place}.expression", f"is allowed only on leaves, not on {kind}")
    if "value" in node and "dataset_id" not in node["value"]:
        findings.problem(f"{place}.value.dataset_id", "is required: the dataset of the group")


def _check_leaf(node: Tree, kind: str, count: int, place: Place, findings: Findings) -> None:
    if count:
        findings.problem(f"{place}.children", f"{kind} is a leaf and takes no children, but has {count}")
    if "value" not in node:
        findings.problem(f"{place}.value", f"is required: {kind} compares a dataset's field")
    for key in ("dataset_id", "field_id"):
        if "value" in node and key not in node["value"]:
            findings.problem(f"{place}.value.{key}", f"is required: {kind} compares a dataset's field")
    if kind == "EXISTS" and "expression" in node:
        findings.warn(
            f"{place}.expression", "EXISTS ignores an expression; to test for absence, put EXISTS below NOT"
        )
    elif kind != "EXISTS" and "expression" not in node:
        findings.problem(f"{place}.expression", f"is required: {kind} compares the field with it")
    elif kind == "IN" and node["expression"] is not None and not is_json_array(node["expression"]):
        findings.warn(f"{place}.expression", 'IN looks for the field in a JSON array such as ["a", "b"]')


def _check_references(graph: Graph, path: str, dependencies: t.Any, findings: Findings) -> None:
    option = f"{path[: path.rfind('.') + 1]}dataset_dependencies"
    if not isinstance(dependencies or {}, collections.abc.Mapping):
        findings.problem(option, f"must be a dictionary of lists of datasets, not {describe(dependencies)}")
        dependencies = {}
    used = list(graph)
    for source, targets in (dependencies or {}).items():
        if not isinstance(targets, (list, tuple)) or not all(isinstance(target, str) for target in targets):
            findings.problem(f"{option}.{source}", "must be a list of datasets")
            continue
        for target in targets:
            graph.setdefault(source, {}).setdefault(target, f"{option}.{source}")
    known = reachable(graph, used)
    for source in dependencies or {}:
        if source not in known:
            hint = did_you_mean(str(source), used) if used else ""
            findings.problem(f"{option}.{source}", f"no condition refers to dataset {source!r}{hint}")
    for cycle in find_cycles(graph):
        places = [graph[source][target] for source, target in itertools.pairwise(cycle)]
        place = next((place for place in places if isinstance(place, Place)), places[0])
        findings.problem(str(place), f"circular dataset reference: {' -> '.join(_shortened(cycle))}")


def _shortened(names: list[str]) -> list[str]:
    if len(names) <= 20:
        return names
    return [*names[:10], f"({len(names) - 20} more)", *names[-10:]]


def refuse_circular_references(entries: list[tuple[str, dict[str, t.Any]]], findings: Findings) -> None:
    """Add a problem for each circular reference that involves several entries.

    Entries are C((path, given options)) of data actions whose conditions were read into trees.
    """
    declared: Graph = {}
    for path, given in entries:
        for source, targets in _dependencies(given):
            place = f"{path}.dataset_dependencies.{source}"
            for target in targets:
                declared.setdefault(source, {}).setdefault(target, place)
    if not declared:
        return  # references of conditions alone were checked with each entry
    _report({}, declared, findings)
    for path, given in entries:
        own: Graph = references(given.get("conditions") or [], f"{path}.conditions")
        if any(source in declared for source in own):
            relevant = reachable(declared, own)
            _report(own, {source: declared[source] for source in relevant if source in declared}, findings)


def _report(own: Graph, declared: Graph, findings: Findings) -> None:
    graph: Graph = {source: dict(targets) for source, targets in own.items()}
    for source, targets in declared.items():
        for target, place in targets.items():
            graph.setdefault(source, {}).setdefault(target, place)
    for cycle in find_cycles(graph):
        edges = list(itertools.pairwise(cycle))
        if own and not any(target in own.get(source, {}) for source, target in edges):
            continue  # reported with the declared references
        places = [str(graph[source][target]) for source, target in edges]
        entries = {place.split("].", 1)[0] for place in places}
        if len(entries) > 1:  # check_conditions has reported those of a single entry
            where = ", ".join(dict.fromkeys(places))
            findings.problem(
                places[0], f"circular dataset reference over several entries: {' -> '.join(cycle)} ({where})"
            )


def _dependencies(given: dict[str, t.Any]) -> t.Iterator[tuple[str, list[str]]]:
    """Yield the well-formed dependencies of an entry; check_conditions has reported the others."""
    dependencies = given.get("dataset_dependencies")
    if not isinstance(dependencies, dict):
        return
    for source, targets in dependencies.items():
        if isinstance(targets, (list, tuple)) and all(isinstance(target, str) for target in targets):
            yield str(source), list(targets)
