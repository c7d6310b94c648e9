# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The measured processes: a module as a process, and the baseline process."""

from __future__ import annotations

import json
import pathlib
import subprocess
import sys
import typing as t

from integration.playbook import COLLECTIONS, ROOT, clean_environment

from .measured_org import MeasuredOrg

HERE = pathlib.Path(__file__).resolve().parent
#: Concurrent requests of the module and of the baseline: the default of the module.
CONCURRENCY = 8
#: The folder for bytecode, which must not be left in the checkout.
COMPILED = ROOT / ".cache" / "bench" / "compiled"
#: Seconds after which a hanging process is killed.
_LONGEST = 3600


class Cost(t.NamedTuple):
    """The cost of a process: wall time [s], CPU time [s] and peak memory [MiB]."""

    wall: float
    cpu: float
    peak_mb: float


class Failed(Exception):
    """A measured process that failed; the message is its output."""


def run(command: t.Sequence[str], folder: pathlib.Path, env: t.Mapping[str, str] | None = None) -> Cost:
    """Run a command and return its cost. Its standard output is in C(folder)/output afterwards.

    Raise Failed for another exit code than 0.
    """
    report, output, errors = folder / "report.json", folder / "output", folder / "errors"
    report.unlink(missing_ok=True)
    with errors.open("w") as stream:
        subprocess.run(
            [sys.executable, "-S", str(HERE / "measure_process.py"), str(report), str(output), *command],
            env={**_environment(), **(env or {})},
            stdin=subprocess.DEVNULL,
            stderr=stream,
            cwd=folder,
            timeout=_LONGEST,
            check=True,
        )
    cost = json.loads(report.read_text())
    if cost.pop("returncode") != 0:
        output_tail = output.read_text()[-2000:] + errors.read_text()[-2000:]
        raise Failed(f"{' '.join(command)}\n{output_tail}")
    return Cost(**cost)


def _environment() -> dict[str, str]:
    """Return the environment of measured processes, which use cached bytecode like ordinary processes."""
    environment = clean_environment()
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return {**environment, "PYTHONPATH": str(COLLECTIONS), "PYTHONPYCACHEPREFIX": str(COMPILED)}


def run_baseline(org: MeasuredOrg, stages: list[list[dict[str, t.Any]]], folder: pathlib.Path) -> Cost:
    job = folder / "job.json"
    job.write_text(
        json.dumps(
            {
                "base_url": org.base_url,
                "client_id": org.client_id,
                "client_secret": org.client_secret,
                "concurrency": CONCURRENCY,
                "stages": stages,
            }
        )
    )
    return run([sys.executable, str(HERE / "httpx_baseline.py"), str(job)], folder)


def run_module(name: str, options: dict[str, t.Any], folder: pathlib.Path) -> tuple[Cost, dict[str, t.Any]]:
    """Run a module with the arguments that a controller sends. Return its cost and its result.

    Raise Failed if the task would have failed.
    """
    arguments = folder / "arguments.json"
    sent = {
        **options,
        "_ansible_check_mode": False,
        "_ansible_diff": False,
        "_ansible_remote_tmp": str(folder),
    }
    arguments.write_text(json.dumps({"ANSIBLE_MODULE_ARGS": sent}))
    module = f"ansible_collections.genesys.cloud.plugins.modules.{name}"
    cost = run([sys.executable, "-m", module, str(arguments)], folder)
    return cost, json.loads((folder / "output").read_text())
