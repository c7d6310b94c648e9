# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of facts that must agree across files of the collection."""

from __future__ import annotations

import ast
import importlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import typing as t

import pytest
import yaml
from packaging.requirements import Requirement

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(sys.executable).parent
MODULES = sorted(path.stem for path in (ROOT / "plugins/modules").glob("*.py"))
PLUGIN_FILES = sorted(path for path in (ROOT / "plugins").rglob("*.py") if path.stat().st_size)
TEST_FILES = sorted((ROOT / "tests").rglob("*.py"))
MOST_LINES = 330
HEADER = [
    "# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)",
    "# SPDX-License-Identifier: GPL-3.0-or-later",
]
FEATURE_ID = re.compile(r"\b(?:S[0-4]|C)\.\d+\b")


def run(*command: str | pathlib.Path) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ANSIBLE_")}
    environment["ANSIBLE_CONFIG"] = str(ROOT / "ansible.cfg")
    return subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True, text=True
    ).stdout


def project_files() -> list[pathlib.Path]:
    """Return all files that git tracks or would add."""
    listed = run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    paths = (ROOT / name for name in listed.split("\0") if name)
    return [path for path in paths if path.is_file() and not path.is_symlink()]


def short(path: pathlib.Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.fixture(scope="module")
def documentation() -> dict[str, t.Any]:
    """Return the output of ansible-doc for each module by its short name, with fragments merged in."""
    shown = json.loads(
        run(BIN / "ansible-doc", "--json", "--type", "module", *(f"genesys.cloud.{name}" for name in MODULES))
    )
    return {name.rpartition(".")[2]: entry for name, entry in shown.items()}


def test_action_groups_hold_the_modules_that_connect_to_an_org(documentation: dict[str, t.Any]) -> None:
    groups = yaml.safe_load((ROOT / "meta/runtime.yml").read_text("utf-8"))["action_groups"]
    connecting = [name for name in MODULES if "client_id" in documentation[name]["doc"]["options"]]
    assert groups["genesys"] == connecting
    assert groups["resources"] == [
        name for name in connecting if not name.endswith(("_info", "_diff", "_export"))
    ]


@pytest.mark.parametrize("module", [name for name in MODULES if name.startswith("genesys_")])
def test_every_module_has_its_fast_lane(module: str) -> None:
    plugins = "ansible_collections.genesys.cloud.plugins"
    action = importlib.import_module(f"{plugins}.action.{module}").ActionModule
    assert issubclass(action, importlib.import_module(f"{plugins}.plugin_utils._fast_lane").FastLane)
    assert action._module.main is importlib.import_module(f"{plugins}.modules.{module}").main


def test_what_a_module_changes_can_be_read_with_an_info_module() -> None:
    groups = yaml.safe_load((ROOT / "meta/runtime.yml").read_text("utf-8"))["action_groups"]
    readable = tuple(name.removesuffix("_info") for name in groups["genesys"] if name.endswith("_info"))
    # The modules for whole orgs cover all kinds. The info modules of the kinds read their objects.
    single = [name for name in groups["resources"] if not name.startswith("genesys_org_")]
    assert [name for name in single if not name.startswith(readable)] == []


@pytest.mark.parametrize("module", [name for name in MODULES if name.endswith("_info")])
def test_info_modules_claim_no_diff(documentation: dict[str, t.Any], module: str) -> None:
    assert documentation[module]["doc"]["attributes"]["diff_mode"]["support"] == "N/A"


@pytest.mark.parametrize("module", MODULES)
def test_examples_are_tasks_with_documented_options(documentation: dict[str, t.Any], module: str) -> None:
    entry = documentation[module]
    tasks = yaml.safe_load(entry["examples"])
    calls = [task[f"genesys.cloud.{module}"] or {} for task in tasks if f"genesys.cloud.{module}" in task]
    assert calls, "no example calls the module"
    assert all(task.get("name") for task in tasks)
    for call in calls:
        assert_documented(call, entry["doc"]["options"], module)


def assert_documented(given: dict[str, t.Any], options: dict[str, t.Any], path: str) -> None:
    assert given.keys() <= options.keys(), f"{path}: {sorted(given.keys() - options.keys())} not documented"
    for name, value in given.items():
        suboptions = options[name].get("suboptions")
        for entry in value if isinstance(value, list) else [value]:
            if suboptions and isinstance(entry, dict):
                assert_documented(entry, suboptions, f"{path}.{name}")


def test_connection_options_document_their_environment_variable(documentation: dict[str, t.Any]) -> None:
    from ansible_collections.genesys.cloud.plugins.module_utils._arguments.connection import (
        CONNECTION_OPTIONS,
    )

    for entry in documentation.values():
        for name, option in entry["doc"]["options"].items():
            if name in CONNECTION_OPTIONS and "client_id" in entry["doc"]["options"]:
                assert f"GENESYS_{name.upper()}" in json.dumps(option["description"]), name


def test_client_names_the_version_of_the_collection() -> None:
    from ansible_collections.genesys.cloud.plugins.module_utils._version import VERSION

    assert yaml.safe_load((ROOT / "galaxy.yml").read_text("utf-8"))["version"] == VERSION


def test_runtime_requirements_are_the_guarded_libraries() -> None:
    """Check that a missing library is reported under the name that pip installs."""
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    required = {Requirement(line).name for line in lines if line and not line.startswith("#")}
    guard = ast.parse((ROOT / "plugins/module_utils/_deps.py").read_text("utf-8"))
    reported = {
        node.slice.value
        for node in ast.walk(guard)
        if isinstance(node, ast.Subscript)
        and isinstance(node.value, ast.Name)
        and node.value.id == "MISSING"
        and isinstance(node.slice, ast.Constant)
    }
    assert required == reported


@pytest.mark.parametrize("path", PLUGIN_FILES, ids=short)
def test_plugin_file_states_its_license_and_stays_small(path: pathlib.Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    head = [line for line in lines[:5] if line.startswith("# ")]
    assert head[0].startswith("# Copyright (c) ")
    assert head[1:3] == HEADER
    assert len(lines) <= MOST_LINES


@pytest.mark.parametrize("path", TEST_FILES, ids=short)
def test_test_file_stays_small(path: pathlib.Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MOST_LINES


def test_private_modules_say_so() -> None:
    private = [
        path
        for path in PLUGIN_FILES
        if any(part.startswith("_") for part in path.relative_to(ROOT / "plugins").parts)
    ]
    assert private
    silent = [
        short(path)
        for path in private
        if "Private to the collection." not in "\n".join(path.read_text("utf-8").splitlines()[:8])
    ]
    assert silent == []


def test_feature_ids_are_explained() -> None:
    explained = set(re.findall(r"^\| (\S+) \|", (ROOT / "docs/features.md").read_text("utf-8"), re.MULTILINE))
    used: dict[str, str] = {}
    for path in project_files():
        if path.suffix in {".py", ".md", ".yml"} and path != pathlib.Path(__file__):
            used |= dict.fromkeys(FEATURE_ID.findall(path.read_text("utf-8")), short(path))
    assert {name: place for name, place in used.items() if name not in explained} == {}


def test_no_file_names_a_path_of_this_machine() -> None:
    """Check for the checkout's path and for home folders."""
    private = re.compile(
        rf"{re.escape(str(ROOT))}\b|{re.escape(str(pathlib.Path.home()))}/|/(?:home|Users)/\w"
    )
    found = [
        f"{short(path)}: {match.group()}"
        for path in project_files()
        for match in private.finditer(path.read_text("utf-8", errors="replace"))
    ]
    assert found == []


@pytest.fixture
def copy(tmp_path: pathlib.Path) -> pathlib.Path:
    """Return a copy of all files of the project, in a folder that has the collection's real name."""
    folder = tmp_path / "ansible_collections/genesys/cloud"
    for path in project_files():
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    return folder


def test_ansible_test_runs_unit_tests(copy: pathlib.Path, tmp_path: pathlib.Path) -> None:
    subprocess.run(["git", "init", "--quiet", copy], check=True)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    names = ("test_retry_policy.py", "org/test_references.py", "docs/test_inventory.py")
    tests = [f"tests/unit/{name}" for name in names]  # the last one starts commands of Ansible
    done = subprocess.run(
        [BIN / "ansible-test", "units", "--python", version, "--num-workers", "1", *tests],
        cwd=copy,
        env={name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
        | {"HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"[1-9]\d* passed", done.stdout), done.stdout


def test_archive_holds_the_collection_and_nothing_of_the_workshop(
    copy: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    # Files that tools write into a checkout.
    for name in ("changelogs/.plugin-cache.yaml", "drift-report/drift.json"):
        (copy / name).parent.mkdir(exist_ok=True)
        (copy / name).write_text("{}", "utf-8")
    run(BIN / "ansible-galaxy", "collection", "build", "--output-path", tmp_path, copy)
    (archive,) = tmp_path.glob("genesys-cloud-*.tar.gz")
    with tarfile.open(archive) as packed:
        names = set(packed.getnames())
    expected = {"LICENSE", "README.md", "requirements.txt", "meta/runtime.yml"}
    expected |= {short(path) for path in project_files() if path.is_relative_to(ROOT / "plugins")}
    assert expected <= names
    workshop = (".", "tests/", "changelogs/.", "drift-report")
    assert [name for name in names if name.startswith(workshop) or name.endswith(".pyc")] == []
