# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the demo's filter, which removes only diffs from the output of Ansible."""

from __future__ import annotations

import pathlib
import typing as t

import pytest
from ansible import constants
from ansible.plugins.callback.default import CallbackModule
from ansible.utils import color

from demo.ansible_run import shortened

LOG = pathlib.Path("/logs/1-dry-run.log")
HOSTS, NAMES = ["dev", "test"], ["A", "B's"]


@pytest.fixture(params=[False, True], ids=["plain", "colours"])
def printed_lines(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return lines as Ansible's callback prints them, with and without colours."""
    monkeypatch.setattr(color, "ANSIBLE_COLOR", request.param)
    text = "PLAY [Converge the orgs] ****\n\nTASK [Apply what the inventory declares] ****\n"
    for host in HOSTS:
        headers = {name: f"data action '{name}'" for name in NAMES}
        diffs = [
            {
                "before": {},
                "after": {"name": name, "of": host},
                "before_header": header,
                "after_header": header,
            }
            for name, header in headers.items()
        ]
        text += CallbackModule()._get_diff(t.cast("t.Any", diffs)) + "\n"
        text += color.stringc(f"changed: [{host}]", constants.COLOR_CHANGED) + "\n"
    return (text + "\nPLAY RECAP ****\n").splitlines(keepends=True)


def test_the_first_diff_of_each_wanted_name_is_shown(printed_lines: list[str]) -> None:
    shown = "".join(shortened(printed_lines, ["B's"], LOG))
    assert shown.count("--- before") == 1
    assert shown.index("+++ after: data action 'B's'") < shown.index("changed: [dev]")
    assert '"of": "dev"' in shown and '"of": "test"' not in shown
    assert shown.endswith(f"(3 more diffs: {LOG})\n")


def test_everything_else_stays(printed_lines: list[str]) -> None:
    shown = "".join(shortened(printed_lines, [], LOG))
    for host in HOSTS:
        assert shown.count(f"changed: [{host}]") == 1
    assert "PLAY [Converge the orgs]" in shown and "PLAY RECAP" in shown
    assert "\n\n\n" not in shown


def test_without_hidden_diffs_it_is_the_output_itself(printed_lines: list[str]) -> None:
    assert list(shortened(printed_lines[-2:], [], LOG)) == printed_lines[-2:]
