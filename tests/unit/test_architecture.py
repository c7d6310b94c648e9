# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The imports of plugins/module_utils, held against docs/architecture.md.

Imports under C(TYPE_CHECKING) and inside functions count: ansible-core packs them as well.
"""

from __future__ import annotations

import ast
import functools
import pathlib
import re
import sys
from collections.abc import Iterator

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PLUGINS = ROOT / "plugins"
UTILS = PLUGINS / "module_utils"
COLLECTION = "ansible_collections.genesys.cloud.plugins"

#: A package or single file of plugins/module_utils, and its floor. Imports go to the same floor or below.
FLOORS = {
    "_version": 1,
    "_deps": 1,
    "_append_only_file": 2,
    "_file_locks": 1,
    "_private_file": 1,
    "_findings": 1,
    "_printable": 1,
    "_errors": 2,
    "_unexpected_errors": 2,
    "_secrets": 2,
    "_secret_hmac": 2,
    "_runtime": 2,
    "_retry_policy": 3,
    "_worker_pool": 3,
    "_api": 2,
    "_http": 3,
    "_model": 3,
    "_arguments": 4,
    "_inventory": 3,
    "_journal": 4,
    "_engine": 5,
    "_reporting": 6,
    "_resources": 6,
    "_rollback": 7,
    "_object": 8,
    "_org": 9,
    "_export": 9,
    "_compare": 9,
    "_promote": 9,
    "_terraform": 9,
    "_module": 10,
}
#: The most files of module_utils that ansible-core packs for a module. It packs package markers (__init__.py)
#: as well, which are not counted, because the limits were measured without them.
#: An info module needs the client, the model and the engine's reads. A data action needs the engine's writes,
#: rollbacks, both of its APIs and its integration. A change that raises a limit says why in its commit.
MOST_FILES = {"genesys_webhook_info": 56, "genesys_data_action": 117}

FILES = sorted(path for path in UTILS.rglob("*.py") if path.name != "__init__.py")


def dotted(path: pathlib.Path) -> str:
    """Return a file's module name below plugins, such as C(module_utils._http.client)."""
    return ".".join(path.relative_to(PLUGINS).with_suffix("").parts)


def room(name: str) -> str:
    """Return the package or single file of module_utils that a module belongs to."""
    return name.split(".")[1]


@functools.cache
def imported(path: pathlib.Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the modules of the collection, and the names of other modules, that a file imports."""
    own: set[str] = set()
    others: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            others |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            target = _absolute(path, node)
            if target is None:
                others.add(str(node.module))
                continue
            for alias in node.names:
                submodule = PLUGINS.joinpath(*target.split("."), f"{alias.name}.py")
                own.add(f"{target}.{alias.name}" if submodule.is_file() else target)
    return tuple(sorted(own)), tuple(sorted(others))


def _absolute(path: pathlib.Path, node: ast.ImportFrom) -> str | None:
    """Return the module below plugins that an import names; None for one outside the collection."""
    if node.level:
        parts = dotted(path).split(".")[: -node.level]
        return ".".join([*parts, *([node.module] if node.module else [])])
    if str(node.module).startswith(f"{COLLECTION}."):
        return str(node.module).removeprefix(f"{COLLECTION}.")
    return None


def imports_inside_utils() -> Iterator[tuple[str, str]]:
    for path in FILES:
        for target in imported(path)[0]:
            yield dotted(path), target


def rings(graph: dict[str, set[str]]) -> list[list[str]]:
    """Return the groups of nodes that can reach each other."""
    reach = {node: _reachable(graph, node) for node in graph}
    groups = {
        tuple(sorted(other for other in reach[node] if node in reach.get(other, ()))): None
        for node in graph
        if node in reach[node]
    }
    return [list(group) for group in groups]


def _reachable(graph: dict[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = list(graph.get(start, ()))
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting += graph.get(node, ())
    return found


def test_every_package_has_a_floor() -> None:
    assert {room(dotted(path)) for path in FILES} == set(FLOORS)


def test_the_documentation_has_the_same_stair() -> None:
    rows = re.findall(r"^\| (\d+) \| (.+?) \|", (ROOT / "docs/architecture.md").read_text("utf-8"), re.M)
    documented = {name: int(floor) for floor, names in rows for name in re.findall(r"`(_\w+)", names)}
    assert documented == FLOORS


def test_the_documentation_has_the_first_line_of_every_file() -> None:
    text = (ROOT / "docs/architecture.md").read_text("utf-8")
    documented = dict(re.findall(r"^\| `([\w/]+\.py)` \| (.*) \|$", text, re.M))
    lines = {}
    for path in [*FILES, *(PLUGINS / "plugin_utils").glob("*.py")]:
        first = (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").splitlines()[0]
        marked = re.sub(r"C\(((?:[^()]|\([^()]*\))*)\)", r"`\1`", first).replace("|", "\\|")
        lines[str(path.relative_to(UTILS if path.is_relative_to(UTILS) else PLUGINS))] = marked
    assert documented == lines


def test_imports_go_down_the_stair() -> None:
    upward = [
        f"{importer} (floor {FLOORS[room(importer)]}) imports {target} (floor {FLOORS[room(target)]})"
        for importer, target in imports_inside_utils()
        if FLOORS[room(target)] > FLOORS[room(importer)]
    ]
    assert upward == []


def test_no_files_import_each_other_in_a_ring() -> None:
    graph: dict[str, set[str]] = {dotted(path): set() for path in FILES}
    for importer, target in imports_inside_utils():
        graph[importer].add(target)
    assert rings(graph) == []


def test_no_packages_import_each_other_in_a_ring() -> None:
    graph: dict[str, set[str]] = {name: set() for name in FLOORS}
    for importer, target in imports_inside_utils():
        if room(importer) != room(target):
            graph[room(importer)].add(room(target))
    assert rings(graph) == []


def test_rings_are_found() -> None:
    assert rings({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == [["b", "c"]]
    assert rings({"a": {"a"}}) == [["a"]]
    assert rings({"a": {"b"}, "b": set()}) == []


def test_only_the_entry_points_know_ansible_module() -> None:
    knowing = {
        dotted(path)
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, (ast.Name, ast.alias)) and _names(node) & {"AnsibleModule", "basic"}
    }
    assert knowing
    assert {room(name) for name in knowing} == {"_module"}


def _names(node: ast.Name | ast.alias) -> set[str]:
    """Return the names that a use or an import of a name mentions."""
    return {node.id} if isinstance(node, ast.Name) else {node.name.rpartition(".")[2], node.asname or ""}


def test_third_party_libraries_are_imported_in_one_file() -> None:
    foreign = {
        dotted(path): outside
        for path in FILES
        if path.name != "_deps.py"
        and (
            outside := {
                name
                for name in imported(path)[1]
                if name.split(".")[0] not in {*sys.stdlib_module_names, "ansible", "__future__"}
            }
        )
    }
    assert foreign == {}


def test_unexpected_exceptions_are_caught_in_one_file() -> None:
    catching = [
        dotted(path)
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and isinstance(node.type, ast.Name)
        and node.type.id == "Exception"
    ]
    assert catching == ["module_utils._unexpected_errors"]


def packed(module: str) -> set[pathlib.Path]:
    """Return the files below module_utils that a module imports, directly or through other files."""
    found: set[pathlib.Path] = set()
    waiting = [PLUGINS / "modules" / f"{module}.py"]
    while waiting:
        for target in imported(waiting.pop())[0]:
            path = PLUGINS.joinpath(*target.split(".")).with_suffix(".py")
            if path not in found:
                found.add(path)
                waiting.append(path)
    return found


@pytest.mark.parametrize("module", MOST_FILES)
def test_a_module_packs_few_files(module: str) -> None:
    names = sorted(dotted(path) for path in packed(module))
    assert len(names) <= MOST_FILES[module], "\n".join(names)
