# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the pipelines in docs/ci: the vendors' schemas and the reaction to each exit code (C.5)."""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys
import typing as t

import pytest
import yaml

CI = pathlib.Path(__file__).resolve().parents[3] / "docs" / "ci"
BIN = pathlib.Path(sys.executable).parent
GITHUB, GITLAB = CI / "github-actions.yml", CI / "gitlab-ci.yml"


def test_every_pipeline_is_tested() -> None:
    assert sorted(CI.iterdir()) == [GITHUB, GITLAB]


@pytest.mark.parametrize(
    ("path", "schema"), [(GITHUB, ["vendor.github-workflows"]), (GITLAB, ["vendor.gitlab-ci", "gitlab-ci"])]
)
def test_pipeline_fits_the_schema_of_its_vendor(path: pathlib.Path, schema: list[str]) -> None:
    command = [BIN / "check-jsonschema", "--builtin-schema", schema[0]]
    command += ["--data-transform", schema[1]] if schema[1:] else []
    done = subprocess.run([*command, path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def scripts() -> t.Iterator[tuple[str, str]]:
    for name, job in yaml.safe_load(GITHUB.read_text("utf-8"))["jobs"].items():
        for step in job["steps"]:
            if "run" in step:
                yield f"github {name} {step['name']}", step["run"]
    for name, job in yaml.safe_load(GITLAB.read_text("utf-8")).items():
        if isinstance(job, dict):
            for key in ("before_script", "script", "after_script"):
                if key in job:
                    yield f"gitlab {name} {key}", "\n".join(job[key])


SCRIPTS = dict(scripts())


@pytest.mark.parametrize("name", SCRIPTS)
def test_script_passes_shellcheck(name: str) -> None:
    done = subprocess.run(
        [BIN / "shellcheck", "--shell", "bash", "-"],
        input=SCRIPTS[name],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("ended", [0, 1, 2, 4, 250])
@pytest.mark.parametrize(
    ("script", "variable", "merge", "night"),
    [
        (
            "github check Compare the orgs with the inventory",
            "GITHUB_EVENT_NAME",
            "pull_request",
            "schedule",
        ),
        ("gitlab drift script", "CI_PIPELINE_SOURCE", "merge_request_event", "schedule"),
    ],
)
def test_drift_fails_at_night_and_not_before_a_merge(
    tmp_path: pathlib.Path, script: str, variable: str, merge: str, night: str, ended: int
) -> None:
    playbook = tmp_path / "ansible-playbook"
    playbook.write_text(f'#!/bin/sh\n[ "$1" = genesys.cloud.check ] && exit {ended}\nexit 99\n', "utf-8")
    playbook.chmod(0o755)

    def exit_code(source: str) -> int:
        environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}", variable: source}
        # GitHub and GitLab also end the script at the first command that fails.
        return subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", SCRIPTS[script]], env=environment, check=False
        ).returncode

    assert exit_code(night) == ended
    assert exit_code(merge) == (0 if ended == 2 else ended)
