# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reader of the option C(conditions): trees, lines of text, or invalid input (feature S0.3).

Private to the collection. Iterative, because input may be nested to any depth.
"""

from __future__ import annotations

import collections.abc
import json
import typing as t

from ..._findings import Findings, did_you_mean
from .condition_text import OPERATORS, ConditionSyntaxError, parse

GROUPS = ("AND", "OR", "NOT")
LEAVES = tuple(OPERATORS.values())

_NODE_KEYS = ("type", "value", "expression", "children")
_VALUE_KEYS = ("type", "dataset_id", "field_id")
_MAX_NODES = 50_000  # YAML aliases can unfold to any size
_MAX_STEPS = 200  # in the path of a message

Tree = dict[str, t.Any]


class Place(t.NamedTuple):
    """Position of a node; its text is rendered only for messages, since paths of deep trees are long."""

    parent: Place | None
    step: str

    def __str__(self) -> str:
        steps = []
        place: Place | None = self
        while place is not None:
            steps.append(place.step)
            place = place.parent
        if len(steps) > _MAX_STEPS:
            steps[1:-_MAX_STEPS] = [f"...({len(steps) - _MAX_STEPS - 1} more)..."]
        return "".join(reversed(steps))


def read_conditions(raw: t.Any, path: str, findings: Findings) -> list[Tree]:
    """Return the trees of C(raw), a list whose entries and their children are trees or lines of text.

    Every violation becomes a problem. The result has null for an invalid part and C({}) for an invalid entry:
    the other entries keep their numbers, and C(check_conditions) does not report it again. A null key counts
    as omitted. An expression may be a YAML number, boolean or (for IN) list; it becomes its JSON text.
    """
    if raw is None:
        return []
    if not isinstance(raw, (list, tuple)):
        findings.problem(path, f"must be a list of conditions, not {describe(raw)}")
        return []
    trees: list[Tree] = []
    pending = [(entry, Place(None, f"{path}[{index}]"), trees) for index, entry in enumerate(raw)]
    pending.reverse()
    nodes = 0
    while pending:
        entry, place, siblings = pending.pop()
        nodes += 1
        if nodes > _MAX_NODES:
            findings.problem(path, f"has more than {_MAX_NODES} nodes")
            return []
        node, children = _read_node(entry, place, findings)
        siblings.append(node)
        unread = [
            (child, Place(place, f".children[{i}]"), node["children"]) for i, child in enumerate(children)
        ]
        pending.extend(reversed(unread))
    return trees


def _read_node(entry: t.Any, place: Place, findings: Findings) -> tuple[Tree, list[t.Any]]:
    """Return the node without its children, and the unread children."""
    if isinstance(entry, str):
        try:
            return parse(entry), []
        except ConditionSyntaxError as error:
            findings.problem(str(place), str(error))
            return {}, []
    if not isinstance(entry, collections.abc.Mapping):
        findings.problem(str(place), f"must be a condition (a tree or a line of text), not {describe(entry)}")
        return {}, []
    _check_keys(entry, _NODE_KEYS, place, findings)
    node: Tree = {}
    kind = entry.get("type")
    if isinstance(kind, str):
        node["type"] = kind
    elif kind is None:
        findings.problem(f"{place}.type", f"is required: one of {', '.join(GROUPS + LEAVES)}")
    else:
        findings.problem(f"{place}.type", f"must be text, not {describe(kind)}")
    if entry.get("value") is not None:
        node["value"] = _read_value(entry["value"], place, findings)
    if entry.get("expression") is not None:
        node["expression"] = _read_expression(entry["expression"], kind, place, findings)
    children = entry.get("children")
    if not isinstance(children, (list, tuple, type(None))):
        findings.problem(f"{place}.children", f"must be a list of conditions, not {describe(children)}")
        node["children"] = None
    elif children or kind in GROUPS:
        node["children"] = []
        return node, list(children or [])
    return node, []


def _read_value(raw: t.Any, place: Place, findings: Findings) -> Tree:
    if not isinstance(raw, collections.abc.Mapping):
        example = "a dictionary {dataset_id: ..., field_id: ...}"
        findings.problem(f"{place}.value", f"must be {example}, not {describe(raw)}")
        return {"type": "DATASET", "dataset_id": None, "field_id": None}
    _check_keys(raw, _VALUE_KEYS, Place(place, ".value"), findings)
    value: Tree = {"type": "DATASET"}
    kind = raw.get("type")
    if kind is not None and kind != "DATASET":
        findings.problem(f"{place}.value.type", f"{describe(kind)} is not DATASET, the only type of a value")
    for key in ("dataset_id", "field_id"):
        name = raw.get(key)
        if isinstance(name, str) and name.strip():
            value[key] = name
        elif name is not None:
            findings.problem(f"{place}.value.{key}", f"must be text and not empty, not {describe(name)}")
            value[key] = None
    return value


def _read_expression(raw: t.Any, kind: t.Any, place: Place, findings: Findings) -> str | None:
    if isinstance(raw, str):
        return raw
    wanted = "text, a number or a boolean"
    if kind == "IN":
        wanted = f"{wanted}, or a list"
    if isinstance(raw, (bool, int, float)) or (kind == "IN" and isinstance(raw, (list, tuple))):
        try:
            return json.dumps(raw, ensure_ascii=False, allow_nan=False)
        except (TypeError, ValueError, RecursionError):
            wanted = f"{wanted} in JSON"
    findings.problem(f"{place}.expression", f"must be {wanted}, not {describe(raw)}")
    return None


def _check_keys(
    raw: collections.abc.Mapping[t.Any, t.Any], known: tuple[str, ...], place: Place, findings: Findings
) -> None:
    for key in raw:
        if key not in known:
            hint = did_you_mean(key, known) if isinstance(key, str) else f"; known are {', '.join(known)}"
            findings.problem(f"{place}.{key}", f"is not a known key{hint}")


def describe(value: t.Any) -> str:
    """Return the words for a value of the wrong kind in a message."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return f"the boolean {str(value).lower()}"
    if isinstance(value, (int, float)):
        return f"the number {value}"
    if isinstance(value, str):
        return repr(value) if len(value) <= 60 else f"{value[:57]!r}..."
    return "a dictionary" if isinstance(value, collections.abc.Mapping) else "a list"
