# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A module's C(main) in the current process: its input, its result, and that it restores all state."""

from __future__ import annotations

import json
import os
import pathlib
import sys

import pytest
from ansible.errors import AnsibleError
from ansible.module_utils import _internal, basic

from ansible_collections.genesys.cloud.plugins.module_utils._runtime import Runtime, current_runtime
from ansible_collections.genesys.cloud.plugins.plugin_utils._fast_lane_process import (
    encode_arguments,
    run_main,
)


def run(main, arguments=None, folder=".", environ=None):
    encoded_arguments = encode_arguments("a.b.c", {"_ansible_remote_tmp": "/tmp", **(arguments or {})})
    return run_main(main, encoded_arguments, Runtime(environ or {}), str(folder))


def result(outcome):
    return json.loads(outcome["stdout"])


def warns():
    module = basic.AnsibleModule(argument_spec={"text": {"type": "str"}})
    module.warn(f"careful with {module.params['text']}")
    module.deprecate("old", version="9.0.0", collection_name="genesys.cloud")
    module.exit_json(
        changed=True, folder=str(pathlib.Path.cwd()), variable=current_runtime().environ.get("GENESYS_X")
    )


def fails():
    raise ValueError("unexpected")


def exits_without_result():
    sys.exit("no JSON at all")


def test_a_module_gets_its_arguments_folder_and_variables(tmp_path):
    found = result(run(warns, {"text": "ü"}, tmp_path, {"GENESYS_X": "y"}))
    assert (found["changed"], found["folder"], found["variable"]) == (True, str(tmp_path), "y")


def test_warnings_belong_to_one_module(monkeypatch):
    monkeypatch.setattr(_internal, "is_controller", True)  # on the controller, Ansible displays them
    first, second = result(run(warns, {"text": "a"})), result(run(warns, {"text": "b"}))
    assert [[entry["event"]["msg"] for entry in found["warnings"]] for found in (first, second)] == [
        ["careful with a"],
        ["careful with b"],
    ]
    assert len(second["deprecations"]) == 1


@pytest.mark.parametrize("main", [warns, fails, exits_without_result])
def test_a_module_leaves_no_state_behind(main, monkeypatch, tmp_path):
    def state():
        kept = basic._ANSIBLE_ARGS, basic._ANSIBLE_PROFILE, basic._PARSED_MODULE_ARGS, _internal.is_controller
        return pathlib.Path.cwd(), dict(os.environ), current_runtime(), sys.stdout, sys.stderr, kept

    monkeypatch.setattr(_internal, "is_controller", True)
    before = state()
    run(main, {"text": "a"}, tmp_path, {"GENESYS_X": "y"})
    assert state() == before


@pytest.mark.parametrize("obstacle", ["removed before", "removed", "not enterable"])
def test_a_folder_without_a_way_back_does_not_hide_the_result(monkeypatch, tmp_path, obstacle):
    """The module may have written before the worker goes back to its folder."""
    folder = tmp_path / "before"
    folder.mkdir()
    monkeypatch.chdir(folder)

    def main():
        if obstacle == "removed":
            folder.rmdir()
        elif obstacle == "not enterable":
            folder.chmod(0)
            monkeypatch.setattr(os, "chdir", refuse)  # root may enter every folder
        warns()

    def refuse(path):
        raise PermissionError(13, "Permission denied", str(path))

    if obstacle == "removed before":
        folder.rmdir()
    assert result(run(main, {"text": "a"}, tmp_path))["changed"]


def test_unexpected_exceptions_fail_the_task():
    outcome = run(fails)
    found = result(outcome)
    assert (outcome["rc"], found["failed"]) == (1, True)
    assert "unexpected" in json.dumps(found["exception"])


def test_an_exit_without_a_result_has_its_code_and_no_output():
    outcome = run(exits_without_result)
    assert (outcome["rc"], outcome["stdout"]) == (1, "")


def test_stderr_is_captured_and_not_displayed(capsys):
    def writes_to_stderr():
        print("to stderr", file=sys.stderr)
        warns()

    assert run(writes_to_stderr, {"text": "a"})["stderr_lines"][0] == "to stderr"
    assert capsys.readouterr() == ("", "")


def test_arguments_that_json_cannot_represent():
    with pytest.raises(AnsibleError, match=r"Failed to serialize arguments for the 'a.b.c' module"):
        encode_arguments("a.b.c", {"text": object()})
