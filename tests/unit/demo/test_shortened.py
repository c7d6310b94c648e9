# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo leaves diffs out of what Ansible prints, and nothing else."""

from __future__ import annotations

import pathlib
import typing as t

import pytest
from ansible import constants
from ansible.plugins.callback.default import CallbackModule
from ansible.utils import color

from demo.ansible_run import shortened

LOG = pathlib.Path("/logs/1-dry-run.log")
ACTIONS = [("dev", "A"), ("test", "A"), ("dev", "B's"), ("test", "B's")]


@pytest.fixture(params=[False, True], ids=["plain", "colours"])
def printed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Lines as Ansible's own callback makes them, on a terminal and in a pipe."""
    monkeypatch.setattr(color, "ANSIBLE_COLOR", request.param)
    text = "PLAY [Converge the orgs] ****\n\nTASK [Apply the data actions] ****\n"
    for host, name in ACTIONS:
        header = f"data action '{name}'"
        diff = {
            "before": {},
            "after": {"name": name, "of": host},
            "before_header": header,
            "after_header": header,
        }
        text += CallbackModule()._get_diff(t.cast("t.Any", diff)) + "\n"
        text += color.stringc(f"changed: [{host}] => (item={name})", constants.COLOR_CHANGED) + "\n"
    return (text + "\nPLAY RECAP ****\n").splitlines(keepends=True)


def test_the_first_diff_of_each_wanted_name_is_shown(printed: list[str]) -> None:
    shown = "".join(shortened(printed, ["B's"], LOG))
    assert shown.count("--- before") == 1
    assert shown.index("changed: [test] => (item=A)") < shown.index("+++ after: data action 'B's'")
    assert '"of": "dev"' in shown and '"of": "test"' not in shown
    assert shown.endswith(f"(3 more diffs: {LOG})\n")


def test_everything_else_stays(printed: list[str]) -> None:
    shown = "".join(shortened(printed, [], LOG))
    for host, name in ACTIONS:
        assert shown.count(f"changed: [{host}] => (item={name})") == 1
    assert "PLAY [Converge the orgs]" in shown and "PLAY RECAP" in shown
    assert "\n\n\n" not in shown


def test_without_hidden_diffs_it_is_the_output_itself(printed: list[str]) -> None:
    assert list(shortened(printed[-2:], [], LOG)) == printed[-2:]
