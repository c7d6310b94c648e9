# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pythons and variables of a task's environment that the fast lane supports."""

from __future__ import annotations

import os
import pathlib
import sys
import venv

import pytest

from ansible_collections.genesys.cloud.plugins.plugin_utils._fast_lane_eligibility import (
    is_controller_python,
    is_enabled,
    unsupported_environment,
)


@pytest.fixture(scope="module")
def other_python(tmp_path_factory):
    """Return the python of another virtual environment with the same base."""
    folder = tmp_path_factory.mktemp("other")
    venv.create(folder, with_pip=False, symlinks=True)
    return folder / "bin/python"


def test_names_of_the_controller_python(tmp_path, monkeypatch):
    controller = pathlib.Path(sys.executable)
    link = tmp_path / "bin"
    link.symlink_to(controller.parent, target_is_directory=True)
    monkeypatch.setenv("PATH", f"{controller.parent}:{os.environ['PATH']}")
    for python in (
        str(controller),
        str(controller.with_name("python3")),
        str(link / controller.name),
        "python3",
    ):
        assert is_controller_python(python), python


def test_other_pythons(other_python, tmp_path):
    assert other_python.resolve() == pathlib.Path(sys.executable).resolve()  # else the test proves nothing
    link = tmp_path / "python"
    link.symlink_to(sys.executable)
    for python in (
        None,
        "",
        str(other_python),
        str(link),
        "/nowhere/python",
        f"{sys.executable} -I",
        "~/x",
        "sh",
    ):
        assert not is_controller_python(python), python


@pytest.mark.parametrize(
    ("environment", "arguments", "named"),
    [
        ({}, "$HOME/x", None),
        ({"GENESYS_REGION": "us-east-1", "GENESYS_CLIENT_SECRET": "a$b"}, '{"url": "https://x/${id}"}', None),
        ({"GENESYS_REGION": ""}, "", None),
        ({"GENESYS_REGION": "x", "HOME": "/x"}, "", "HOME"),
        ({"https_proxy": "x"}, "", "https_proxy"),
        ({"GENESYS_ĶEY": "x"}, "", "GENESYS_ĶEY"),
        ({"genesys_region": "x"}, "", "genesys_region"),
        ({"GENESYS_REGION": "x\0"}, "", "GENESYS_REGION"),
        ({"GENESYS_D": "x"}, '{"audit_log": "$GENESYS_D/log"}', "GENESYS_D"),
        ({"GENESYS_D": "x"}, '{"audit_log": "${GENESYS_D}/log"}', "GENESYS_D"),
        ({"GENESYS_D": "x"}, '{"audit_log": "$GENESYS_DIR/log"}', None),
        ({"GENESYS_D": "x", "GENESYS_CA_PATH": "$GENESYS_D/ca.pem"}, "", "GENESYS_D"),
    ],
)
def test_variables_that_need_a_process(environment, arguments, named):
    reason = unsupported_environment(environment, arguments)
    assert reason is None if named is None else f"sets {named}" in reason


def test_switches():
    enabled = {
        value: is_enabled(value) for value in (True, "yes", "1", 1, False, "no", "off", "0", 0, "perhaps")
    }
    assert [value for value, on in enabled.items() if on] == [True, "yes", "1"]
