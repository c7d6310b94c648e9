# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests that the work on any text grows in proportion to its length.

Regular expressions and parsers get long texts of repeated pieces, in two lengths. The processor time for
the text of eight times the length must be less than 24 times as much: linear work takes 8 times, quadratic
work 64 times as much. Times that are too short to be compared are fine.
"""

from __future__ import annotations

import ast
import collections
import functools
import importlib
import itertools
import pathlib
import re
import time
from collections.abc import Callable, Iterator

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils import _secrets
from ansible_collections.genesys.cloud.plugins.module_utils._errors import GenesysError
from ansible_collections.genesys.cloud.plugins.module_utils._findings import Findings
from ansible_collections.genesys.cloud.plugins.module_utils._module.ansible_module import OutputFilter
from ansible_collections.genesys.cloud.plugins.module_utils._printable import printable, printable_json
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action import (
    condition_text,
    definition,
    jsonpath,
    placeholders,
    wire_to_rest,
)
from unit.module_runner import run_module

PLUGINS = pathlib.Path(__file__).resolve().parents[2] / "plugins"
PACKAGE = "ansible_collections.genesys.cloud.plugins"

SHORT, FACTOR = 2_000, 8  # characters
MOST_GROWTH = 24
#: Processor time that is too short for a comparison [s]. Quadratic work on the long text takes far more.
NEGLIGIBLE = 0.03

PIECES = (
    "${",
    "$!{input.",
    "${a|",
    "${a(",
    "${a('",
    "#*",
    "#[[",
    "##",
    "#set($",
    "?a=",
    "&",
    ";",
    "#",
    ":",
    "@",
    "/",
    "a",
    "A1",
    "0",
    "1.",
    "-",
    " ",
    "\n",
    "\\",
    "'",
    '"',
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "|",
    "<",
    "=",
    "%2F",
    "P",
    ",",
    "*",
    "\\u",
    "`",
    "_a",
    "aB",
    "GENESYS_",
    "rollout_",
    "$.a",
    "[?(@.a==1&&",
    "@.a",
    "&&",
    "not ",
    "a.b and ",
    "\x1b",
    "\u202e",
)
PREFIXES = ("", "x://", "x://a:", "P", "Bearer ", "$.", "[?(", "${a(", "'", "a.b == ", "a.b in [")

#: Texts that are enough for a report.
_SHOWN = 3


def texts(length: int) -> Iterator[str]:
    """Yield texts of about the length: a prefix, a repeated piece, and a character that fits nothing."""
    for prefix, piece in itertools.product(PREFIXES, PIECES):
        yield prefix + piece * (length // len(piece)) + "\x00"


def seconds(work: Callable[[str], object], text: str) -> float:
    began = time.process_time()
    work(text)
    return time.process_time() - began


def growth(work: Callable[[str], object], short: str, long: str) -> float:
    """Return how many times longer the work on the long text takes, 0 if it takes next to no time."""
    most = seconds(work, long)
    if most < NEGLIGIBLE:
        return 0
    return min(seconds(work, long) for _turn in range(2)) / max(
        min(seconds(work, short) for _turn in range(3)), 1e-6
    )


def slow(work: Callable[[str], object]) -> list[str]:
    """Return the beginnings of the first texts for which the work grows too much."""
    pairs = zip(texts(SHORT), texts(SHORT * FACTOR), strict=True)
    found = (long[:40] for short, long in pairs if growth(work, short, long) > MOST_GROWTH)
    return list(itertools.islice(found, _SHOWN))


def _methods(tree: ast.Module) -> dict[str, set[str]]:
    """Return the methods that a file calls on each name."""
    used: dict[str, set[str]] = collections.defaultdict(set)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            used[node.value.id].add(node.attr)
    return used


def _uses() -> Iterator[tuple[str, re.Pattern[str], str]]:
    """Yield every use of a compiled pattern in the plugins: a name, the pattern and the method."""
    for path in sorted(PLUGINS.rglob("*.py")):
        short = str(path.relative_to(PLUGINS))
        if short.startswith(("modules/", "doc_fragments/", "action/")):
            continue
        module = importlib.import_module(f"{PACKAGE}.{short.removesuffix('.py').replace('/', '.')}")
        if not any(value is re or isinstance(value, re.Pattern) for value in vars(module).values()):
            continue
        tree = ast.parse(path.read_text("utf-8"))
        for name, methods in _methods(tree).items():
            pattern = getattr(module, name, None)
            if isinstance(pattern, re.Pattern) and isinstance(pattern.pattern, str):
                for method in sorted(methods & set(_CALLS)):
                    yield f"{short}:{name}.{method}", pattern, method
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "re"
                and node.func.attr in _CALLS
                and isinstance(node.args[0], ast.Constant)
            ):
                yield f"{short}:{node.lineno}", re.compile(node.args[0].value), node.func.attr


_CALLS: dict[str, Callable[[re.Pattern[str], str], object]] = {
    "match": lambda pattern, text: pattern.match(text),
    "fullmatch": lambda pattern, text: pattern.fullmatch(text),
    "search": lambda pattern, text: pattern.search(text),
    "finditer": lambda pattern, text: collections.deque(pattern.finditer(text), 0),
    "findall": lambda pattern, text: pattern.findall(text),
    "split": lambda pattern, text: pattern.split(text),
    "sub": lambda pattern, text: pattern.sub("", text),
}


@pytest.mark.parametrize(("name", "pattern", "method"), list(_uses()), ids=lambda value: str(value)[:60])
def test_a_regular_expression_takes_linear_time(name, pattern, method):
    assert slow(functools.partial(_CALLS[method], pattern)) == [], name


def _check_inputs(text: str) -> None:
    placeholders.check_inputs({"url": text, "headers": {"a": text}, "body": text}, "rest", Findings())


def _platform_definition(text: str) -> None:
    request = {"requestUrlTemplate": text, "headers": {"a": text}, "requestTemplate": text}
    response = {
        "translationMap": {"a": "$.a"},
        "translationMapDefaults": {"a": text},
        "successTemplate": text,
    }
    schema = {"type": "object", "properties": {"a": {"type": "string"}, text: {"type": text}}}
    contract = {"input": {"inputSchema": schema}, "output": {"successSchema": schema}}
    config = {"request": request, "response": response}
    definition.platform_definition({"definition": {"contract": contract, "config": config}}, Findings())


def _rest_to_wire_and_back(text: str) -> None:
    mapping = {"name": "a", "source": "$.a", "type": "string", "default": text}
    rest = {
        "url": text,
        "headers": {"a": text},
        "body": text,
        "inputs": ["a"],
        "variable_mappings": [mapping],
    }
    wire_to_rest.from_wire(definition.platform_definition({"rest": rest}, Findings()))


def _read_condition(text: str) -> object:
    try:
        return condition_text.parse(text)
    except (condition_text.ConditionSyntaxError, GenesysError):
        return None


WORK: dict[str, Callable[[str], object]] = {
    "is_secret": lambda text: (_secrets.is_secret("Authorization", text), _secrets.is_secret(text, text)),
    "secret_texts": lambda text: _secrets.secret_texts({"Authorization": text, text: text}),
    "mask_url": lambda text: _secrets.mask_url(f"https://h/{text}", (), f"https://g/{text}", in_path=True),
    "secret_texts_of_url": lambda text: _secrets.secret_texts_of_url(text, in_path=True),
    "secrets_in_arguments": lambda text: _secrets.secrets_in_arguments({"a": [text]}, urls=True),
    "is_distinctive": _secrets.is_distinctive,
    "Redactor": lambda text: _secrets.Redactor(["s3cr3t-0001", text[:50]])(text),
    "OutputFilter": lambda text: OutputFilter(["s3cr3t-0001", "aaaaaaaab"])({"a": text}),
    "check_inputs": _check_inputs,
    "platform_definition": _platform_definition,
    "rest to wire and back": _rest_to_wire_and_back,
    "jsonpath": jsonpath.check,
    "condition": _read_condition,
    "show condition": lambda text: condition_text.show(
        {
            "type": "EQUALS",
            "value": {"type": "DATASET", "dataset_id": text, "field_id": text},
            "expression": text,
        }
    ),
    "printable": printable,
    "printable_json": printable_json,
}


@pytest.mark.parametrize("name", WORK)
def test_work_on_a_text_takes_linear_time(name):
    assert slow(WORK[name]) == []


def test_quadratic_work_is_found():
    """Check the test itself with the pattern that once read placeholders."""
    pattern = re.compile(r"\$\{[^}]*\}")
    assert "${" in {text[:2] for text in slow(pattern.split)}


def test_a_long_text_of_a_server_is_read_at_once(org):
    """Check with 300 KB in a secret header that no placeholder is searched for anew at each character."""
    rest = {
        "url": "https://crm.example.com",
        "httpMethod": "GET",
        "headers": {"Authorization": "${" * 150_000},
    }
    stored = {"name": "A", "type": "rest", "description": "", "restConfig": rest, "conditions": []}
    org.seed([stored], "data_actions")
    began = time.process_time()
    (record,) = run_module("genesys_data_action_info", {**org.connection, "name": "A"})["records"]
    assert record["name"] == "A"
    assert time.process_time() - began < 20  # a few milliseconds, or minutes
