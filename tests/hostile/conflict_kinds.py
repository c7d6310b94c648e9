# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The kinds with a lock for C(conflicts.py), with the parts of their objects that each writer changes."""

from __future__ import annotations

import dataclasses
import typing as t

from unit import platform_kinds
from unit.org.conftest import stored_action

WRITERS = 8
#: Values of a declared part by the number of the revision.
Value = t.Callable[[int], t.Any]


@dataclasses.dataclass(frozen=True)
class Part:
    """A part of an object: how its writer declares the value of a revision, and its place on the server."""

    declare: Value
    stored: Value
    path: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class Kind:
    """A kind with a lock: its module, the object, and the parts of the writers.

    C(seen) returns the part of the object that the body of a write has, and C(mentions) whether that includes
    the part with a path.
    """

    module: str
    collection: str
    identity: t.Callable[[dict[str, t.Any]], dict[str, t.Any]]
    make: t.Callable[[], dict[str, t.Any]]
    parts: t.Sequence[Part]
    more: dict[str, t.Any] = dataclasses.field(default_factory=dict)
    seen: t.Callable[[dict[str, t.Any]], dict[str, t.Any]] = lambda body: body
    mentions: t.Callable[[dict[str, t.Any], tuple[str, ...]], bool] = lambda body, path: True


METHODS = ("POST", "PUT", "PATCH", "DELETE")


def _rest(option: str, wire: str, declare: Value, stored: Value | None = None) -> Part:
    return Part(lambda n: {"rest": {option: declare(n)}}, stored or declare, ("restConfig", wire))


def _mapping(n: int) -> list[dict[str, t.Any]]:
    return [{"name": "V", "source": f"$.a{n}", "type": "string"}]


ACTION_PARTS = (
    Part(lambda n: {"description": f"r{n}"}, lambda n: f"r{n}", ("description",)),
    Part(lambda n: {"name": f"A{n}"}, lambda n: f"A{n}", ("name",)),
    _rest("url", "url", lambda n: f"https://crm.example.com/r{n}"),
    _rest("method", "httpMethod", lambda n: METHODS[n % 4]),
    _rest("headers", "headers", lambda n: {"X-Revision": str(n)}),
    _rest("body", "bodyTemplate", lambda n: f"r{n}"),
    _rest("variable_mappings", "variableMappings", _mapping),
    Part(
        lambda n: {"conditions": [f"crm.priority > {n}"]},
        lambda n: f"crm.priority > {n}",
        ("conditions",),
    ),
)


def _matrix(writer: int) -> Part:
    key = f"m{writer}"

    def entry(n: int) -> dict[str, t.Any]:
        return {"key": key, "value": n}

    return Part(
        lambda n: {"configuration_matrix": {key: entry(n)}}, entry, ("settings", "configurationMatrix", key)
    )


FLOW_PARTS = (
    Part(
        lambda n: {"routing": {"max_wait_time": 10 + n}},
        lambda n: 10 + n,
        ("settings", "routing", "maxWaitTime"),
    ),
    Part(lambda n: {"routing": {"type": f"t{n}"}}, lambda n: f"t{n}", ("settings", "routing", "type")),
    *(_matrix(writer) for writer in range(2, WRITERS)),
)
#: The server allows five indexes.
INDEXES = 4


def _indexed(writer: int, n: int) -> dict[str, t.Any]:
    fields, order = [f"f{writer}", "f8"], ["asc", "desc"]
    return {
        "name": f"i{writer}",
        "fields": fields if n % 2 else fields[::-1],
        "order": order if n // 2 % 2 else order[::-1],
    }


def _index(writer: int) -> Part:
    return Part(
        lambda n: {"indexes": [_indexed(writer, n)]}, lambda n: _indexed(writer, n), ("indexes", f"i{writer}")
    )


def _hint(writer: int) -> Part:
    def hint(n: int) -> str:
        return ("low", "medium", "high")[n % 3]

    return Part(
        lambda n: {"field_optimizations": {f"f{writer}": {"cardinality_hint": hint(n)}}},
        hint,
        ("fields", f"f{writer}", "cardinalityHint"),
    )


def _action() -> dict[str, t.Any]:
    return stored_action("A0")


def _flow() -> dict[str, t.Any]:
    return {"name": "Main", "description": "", "version": 3, "settings": {"routing": {"type": "t0"}}}


def _schema() -> dict[str, t.Any]:
    fields = [{"name": f"f{number}", "type": "number", "cardinalityHint": "low"} for number in range(9)]
    indexes = [_indexed(writer, 0) for writer in range(INDEXES)]
    return {"id": "ticket", "name": "Ticket", "fields": fields, "indexes": indexes, "schemaVersion": 4}


def _current(option: str, declare: Value) -> Part:
    return Part(lambda n: {option: declare(n)}, declare, ("config", "current", option))


def _property(writer: int) -> Part:
    key = f"p{writer}"
    return Part(lambda n: {"properties": {key: [n]}}, lambda n: [n], ("config", "current", "properties", key))


INTEGRATION_PARTS = (
    _current("name", lambda n: f"A{n}"),
    _current("notes", lambda n: f"r{n}"),
    Part(
        lambda n: {"intended_state": ("DISABLED", "ENABLED")[n % 2]},
        lambda n: ("DISABLED", "ENABLED")[n % 2],
        ("intendedState",),
    ),
    *(_property(writer) for writer in range(3, WRITERS)),
)


def _configuration(body: dict[str, t.Any]) -> dict[str, t.Any]:
    """Return the part of an integration that the body of a write has: its configuration or its state."""
    return body if "intendedState" in body else {"config": {"current": body}}


def _has_path(body: t.Any, path: tuple[str, ...]) -> bool:
    """Return whether a merge patch has a path."""
    for key in path:
        if not isinstance(body, dict) or key not in body:
            return False
        body = body[key]
    return True


KINDS = (
    Kind("genesys_data_action", "data_actions", lambda one: {"id": one["id"]}, _action, ACTION_PARTS),
    Kind(
        "genesys_flow_settings",
        "flows",
        lambda one: {"id": one["id"]},
        _flow,
        FLOW_PARTS,
        {"verify_dependencies": False, "reload": False},
        mentions=_has_path,
    ),
    Kind(
        "genesys_customobject_index",
        "customobjects",
        lambda one: {"custom_object_id": one["id"]},
        _schema,
        [*map(_index, range(INDEXES)), *map(_hint, range(INDEXES, WRITERS))],
        {"wait": False, "wait_timeout": 3, "on_low_selectivity": "ignore"},
    ),
    Kind(
        "genesys_integration",
        "integrations",
        lambda one: {"id": one["id"]},
        lambda: platform_kinds.stored_integration("A0"),
        INTEGRATION_PARTS,
        {"wait": False},
        _configuration,
        lambda body, path: path[0] in body,
    ),
)
