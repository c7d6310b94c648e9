# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The facts of an API stand in plugins/module_utils/_api and _resources alone.

All other code of plugins/module_utils and plugins/plugin_utils is read as source: it has no path of an API,
no scope, event or error code, no header, key of a page or key of an error body that only the API has, no
status code beyond the rules of HTTP, and no comparison with a profile.
"""

from __future__ import annotations

import ast
import pathlib
import re
from collections.abc import Iterator

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._api.reference import (
    CONTINUED,
    EVENT_SUBJECTS,
    EVENT_TYPES,
    NUMBERED,
    REFERENCE,
)
from ansible_collections.genesys.cloud.plugins.module_utils._arguments.connection import PROFILES

PLUGINS = pathlib.Path(__file__).resolve().parents[2] / "plugins"
UTILS = PLUGINS / "module_utils"
#: The packages that hold the facts, and the file that chooses a profile by its name.
FACTS = (UTILS / "_api", UTILS / "_resources")
CHOICE = UTILS / "_arguments" / "connection.py"
#: The package that holds the rules of HTTP itself.
PROTOCOL = UTILS / "_http"

PATH = re.compile(r"/api/v\d|^/[a-z]+(/|$)")
SCOPES = {*REFERENCE.default_scopes, *REFERENCE.scope_aliases, *REFERENCE.scope_aliases.values()}
PROFILE_NAMES = set(PROFILES)

#: The start of the names of the reference API's own headers.
HEADER_PREFIX = "inin-"
#: Keys and query parameters of its pages. The key C(id) is that of the canonical form too.
PAGING_KEYS = {
    value
    for paging in (NUMBERED, CONTINUED)
    for value in vars(paging).values()
    if isinstance(value, str) and value != paging.id_key
}
#: Keys of its error bodies that the canonical form lacks.
ERROR_KEYS = {"messageParams", "messageWithParams", "contextId"}

Finding = tuple[int, str]


def is_within(path: pathlib.Path, *folders: pathlib.Path) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)


FILES = [
    path
    for folder in (UTILS, PLUGINS / "plugin_utils")
    for path in sorted(folder.rglob("*.py"))
    if not is_within(path, *FACTS)
]


def texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield line and text of each string literal that is no docstring, parts of f-strings included."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


def parsed(path: pathlib.Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


#: The error codes and events of the reference API, such as name.duplicate.
CODES = {
    text
    for _line, text in texts(parsed(UTILS / "_api" / "reference.py"))
    if re.fullmatch(r"[a-z]+(\.[a-z]+)+", text)
}


def api_texts(tree: ast.Module) -> list[Finding]:
    """Return the literals that are a path, scope, event, error code, header, or key of a page or an error."""
    return [
        (line, text)
        for line, text in texts(tree)
        if PATH.search(text)
        or text in EVENT_SUBJECTS
        or text in PAGING_KEYS | ERROR_KEYS
        or HEADER_PREFIX in text.lower()
        or any(fact in text for fact in (*SCOPES, *EVENT_TYPES, *CODES))
    ]


def statuses(source: str) -> list[Finding]:
    """Return the numbers that are status codes of failures. 300 is one if it is compared with a status."""
    nodes = list(ast.walk(ast.parse(source)))
    numbers = [
        (node.lineno, str(node.value))
        for node in nodes
        if isinstance(node, ast.Constant)
        and isinstance(node.value, int)
        and not isinstance(node.value, bool)
        and 300 < node.value < 600
        and not str(ast.get_source_segment(source, node)).startswith("0o")  # modes of files
    ]
    comparisons = [
        (node.lineno, ast.unparse(node))
        for node in nodes
        if isinstance(node, ast.Compare) and re.search(r"status.*300|300.*status", ast.unparse(node))
    ]
    return numbers + comparisons


def profile_comparisons(tree: ast.Module) -> list[Finding]:
    """Return the comparisons with a profile or with the name of one, C(match) statements included."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            constants = {
                part.value for side in sides for part in ast.walk(side) if isinstance(part, ast.Constant)
            }
            equality = any(isinstance(op, (ast.Eq, ast.NotEq, ast.Is, ast.IsNot)) for op in node.ops)
            if constants & PROFILE_NAMES or (equality and any(map(_is_profile, sides))):
                found.append((node.lineno, ast.unparse(node)))
        elif isinstance(node, ast.Match) and _is_profile(node.subject):
            found.append((node.lineno, ast.unparse(node.subject)))
    return found


def _is_profile(node: ast.expr) -> bool:
    """Return whether an expression ends in a profile, the name of one, or the option api_profile."""
    return re.search(r"\bprofile(\.name)?$|api_profile(\.name)?\W*$", ast.unparse(node)) is not None


def shown(path: pathlib.Path, findings: list[Finding]) -> list[str]:
    return [f"{path.relative_to(PLUGINS)}:{line}: {text}" for line, text in findings]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PLUGINS)))
def test_a_file_has_no_facts_of_an_api(path: pathlib.Path) -> None:
    tree = parsed(path)
    assert shown(path, api_texts(tree)) == []
    if not is_within(path, PROTOCOL):
        assert shown(path, statuses(path.read_text("utf-8"))) == []
    if path != CHOICE:
        assert shown(path, profile_comparisons(tree)) == []


@pytest.mark.parametrize(
    "source",
    [
        'client.get("/api/v2/users/me")',
        'path = f"/teams/{team}"',
        'wanted = ("data:actions:read",)',
        'text = "give the scope data:actions:read"',
        'subject = "data.action"',
        'event = "flow.updated"',
        'if error.code == "name.duplicate": pass',
        'identifier = headers.get("ININ-Correlation-Id")',
        'count = headers[f"inin-ratelimit-{name}"]',
        'entities = body["entities"]',
        'params = {"pageSize": 100}',
        'token = body.get("continuationToken")',
        'scopes = body.get("messageParams")',
        'text("message", "messageWithParams")',
        'identifier = body["contextId"]',
    ],
)
def test_texts_of_an_api_are_found(source: str) -> None:
    assert api_texts(ast.parse(source))
    assert api_texts(ast.parse(f'"""A docstring with {source!r}."""')) == []


@pytest.mark.parametrize("source", ["status in (409, 412)", "error.status >= 300", "retry = {423: 1}"])
def test_statuses_are_found(source: str) -> None:
    assert statuses(source)


@pytest.mark.parametrize(
    "source",
    [
        'if profile.name == "reference": pass',
        'if name in ("platform",): pass',
        "if client.profile is REFERENCE: pass",
        "if connection.api_profile.name != other: pass",
        'if given["api_profile"] == wanted: pass',
        "match client.profile.name:\n    case other: pass",
    ],
)
def test_comparisons_with_a_profile_are_found(source: str) -> None:
    assert profile_comparisons(ast.parse(source))


@pytest.mark.parametrize("source", ["text[:300]", "300 < len(text)", "timeout = 300.0", "mode = 0o600"])
def test_other_numbers_are_no_statuses(source: str) -> None:
    assert statuses(source) == []


def test_a_look_up_by_the_name_of_a_profile_is_no_comparison() -> None:
    assert profile_comparisons(ast.parse("resource = kind.profiles[profile.name]")) == []
    assert profile_comparisons(ast.parse("profile.name in kind.profiles")) == []
