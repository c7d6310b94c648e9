# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Modules whose interpreter is older than Python 3.11 fail with one message that names the needed version."""

from __future__ import annotations

import json
import pathlib
import re
import shutil
import subprocess
import sys

import pytest

from integration.playbook import COLLECTIONS, ROOT, clean_environment, make_play

MODULES = sorted(path.stem for path in (ROOT / "plugins/modules").glob("genesys_*.py"))
#: The modules that run in a playbook. All modules have the same check.
SOME = ("genesys_audit_info", "genesys_data_action", "genesys_org_config")
MESSAGE = (
    r"The modules of genesys\.cloud need Python 3\.11 or later, but \S+ is Python {present}\. Set "
    r"ansible_python_interpreter to a newer Python on the host that runs the task\."
)
#: Makes a new Python say that it is an old one.
CUSTOMIZED = """
import collections
import sys

Version = collections.namedtuple("Version", "major minor micro releaselevel serial")
sys.version_info = Version(3, 9, 18, "final", 0)
"""
#: Runs each module of its arguments in a fork, with arguments of a task as Ansible passes them.
EACH_MODULE = """
import os
import runpy
import sys

from ansible.module_utils import basic

basic._ANSIBLE_ARGS = b"{}"
for name in sys.argv[1:]:
    child = os.fork()
    if child == 0:
        runpy.run_module(f"ansible_collections.genesys.cloud.plugins.modules.{name}", run_name="__main__")
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 1, name
"""


def old_pythons() -> dict[str, str]:
    """Return version -> path of the old Pythons of this machine."""
    managed = pathlib.Path("~/.pyenv/versions").expanduser()
    found = {
        version: next(map(str, managed.glob(f"{version}.*/bin/python")), None)
        or shutil.which(f"python{version}")
        for version in ("3.9", "3.10")
    }
    return {version: path for version, path in found.items() if path}


@pytest.fixture
def customized(tmp_path):
    """Return the folder of a C(sitecustomize) that makes a new Python say that it is an old one."""
    folder = tmp_path / "customized"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(CUSTOMIZED, "utf-8")
    return folder


def test_an_old_python_gets_one_message(playbook, customized):
    """Check three modules in the old Pythons of this machine, and in a new one that says that it is old."""
    script = customized / "python"
    script.write_text(f'#!/bin/sh\nPYTHONPATH={customized} exec {sys.executable} "$@"\n', "utf-8")
    script.chmod(0o755)
    pythons = {"3.9.18": str(script), **old_pythons()}
    tasks = [{"name": name, f"genesys.cloud.{name}": {}, "ignore_errors": True} for name in SOME]
    inventory = {version: {"ansible_python_interpreter": python} for version, python in pythons.items()}
    run = playbook([make_play(tasks)], inventory=inventory)
    for name in SOME:
        for version in pythons:
            result = run.result(name, version).result
            message = MESSAGE.format(present=rf"{re.escape(version)}(\.\d+)?")
            assert re.fullmatch(message, result["msg"]), run.output
            assert "Traceback" not in str(result)


def test_every_module_has_the_check(customized):
    done = subprocess.run(
        [sys.executable, "-c", EACH_MODULE, *MODULES],
        env={**clean_environment(), "PYTHONPATH": f"{COLLECTIONS}:{customized}"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0 and done.stderr == "", done.stdout + done.stderr
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(results) == len(MODULES)
    for result in results:
        assert result["failed"] and re.fullmatch(MESSAGE.format(present=r"3\.9\.18"), result["msg"]), result
