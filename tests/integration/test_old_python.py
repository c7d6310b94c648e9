# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Modules whose interpreter is older than Python 3.11 fail with one message that names the needed version."""

from __future__ import annotations

import pathlib
import re
import shutil
import sys

import pytest

from integration.playbook import ROOT, make_play

MODULES = sorted(path.stem for path in (ROOT / "plugins/modules").glob("genesys_*.py"))
#: The modules that real old Pythons run. All modules have the same check, which the customized one shows.
SOME = ("genesys_audit_info", "genesys_data_action", "genesys_org_config")
#: Makes a new Python say that it is an old one.
CUSTOMIZED = """
import collections
import sys

Version = collections.namedtuple("Version", "major minor micro releaselevel serial")
sys.version_info = Version(3, 9, 18, "final", 0)
"""


def old_pythons() -> list[str]:
    """Return the old Pythons of this machine, and a new one that says that it is old."""
    managed = pathlib.Path("~/.pyenv/versions").expanduser()
    found = [
        next(map(str, managed.glob(f"{version}.*/bin/python")), None) or shutil.which(f"python{version}")
        for version in ("3.9", "3.10")
    ]
    return ["customized", *(path for path in found if path)]


@pytest.mark.parametrize("python", old_pythons())
def test_an_old_python_gets_one_message(playbook, tmp_path, python):
    present, modules = r"3\.(9|10)\.\d+", SOME
    if python == "customized":
        present, modules = r"3\.9\.18", MODULES
        tmp_path.joinpath("sitecustomize.py").write_text(CUSTOMIZED, "utf-8")
        script = tmp_path / "python"
        script.write_text(f'#!/bin/sh\nPYTHONPATH={tmp_path} exec {sys.executable} "$@"\n', "utf-8")
        script.chmod(0o755)
        python = str(script)
    tasks = [{"name": name, f"genesys.cloud.{name}": {}, "ignore_errors": True} for name in modules]
    run = playbook([make_play(tasks, vars={"ansible_python_interpreter": python})])
    for name in modules:
        result = run.result(name).result
        assert re.fullmatch(
            rf"The modules of genesys\.cloud need Python 3\.11 or later, but \S+ is Python {present}\. Set "
            r"ansible_python_interpreter to a newer Python on the host that runs the task\.",
            result["msg"],
        ), run.output
        assert "Traceback" not in str(result)
