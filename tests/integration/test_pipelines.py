# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pipelines of docs/ci, run as they are on docs/inventory (C.5).

Only the regions of the inventory are replaced, by the simulator. The secrets managers are lookup plugins that
need the variables of their access. Installations are recorded instead of made.
"""

from __future__ import annotations

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import typing as t

import pytest
import yaml

from integration.playbook import COLLECTIONS, ROOT, clean_environment
from simulator.process import running

GITHUB, GITLAB = (ROOT / "docs/ci" / name for name in ("github-actions.yml", "gitlab-ci.yml"))
ORGS = {
    "acme-dev": "Acme Development",
    "acme-us": "Acme",
    "acme-eu": "Acme Europe",
    "acme-de": "Acme Deutschland",
}
US_CLIENT = "2f9c6f0e-6d0f-4c7e-9b55-0c8a3c1f7d11"
SECRET = "made-up-client-secret"

#: Variables and secrets that the comments of the pipelines name.
VARIABLES = {
    "ACME_DEV_CLIENT_ID": "acme-dev",
    "ACME_DEV_CLIENT_SECRET": SECRET,
    "ACME_TEST_ORDERS_API_KEY": "a-key",
    "VAULT_ADDR": "https://vault.example.com",
    "VAULT_TOKEN": "a-token",
    "AWS_REGION": "eu-central-1",
    "AWS_ACCESS_KEY_ID": "an-id",
    "AWS_SECRET_ACCESS_KEY": "a-key",
}
LOOKUPS = {
    "amazon.aws": ("secretsmanager_secret", ["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]),
    "community.hashi_vault": ("vault_kv2_get", ["VAULT_ADDR", "VAULT_TOKEN"]),
}
LOOKUP = """
import json, os
from ansible.plugins.lookup import LookupBase

class LookupModule(LookupBase):
    def run(self, terms, variables=None, **options):
        assert all(os.environ.get(name) for name in {needed!r})
        secret = {{"client_id": terms[0].rpartition("/")[2], "client_secret": {secret!r}}}
        return [json.dumps(secret) if {text!r} else {{"secret": secret}}]
"""
GALAXY = """#!/bin/sh
[ "$1 $2" = "collection install" ] || exit 99
shift 2
for name in "$@"; do
  [ "$name" = genesys.cloud ] && continue
  folder=$(echo "$name" | tr . /)
  mkdir -p "$HOME/installed/ansible_collections/$folder"
  cp -R "$HOME/galaxy/$folder/." "$HOME/installed/ansible_collections/$folder" || exit 1
done
"""


class Runner:
    """A machine of a vendor's continuous integration that has a copy of docs/inventory."""

    def __init__(self, home: pathlib.Path, pipeline: pathlib.Path, base_url: str) -> None:
        self.home, self.github = home, pipeline == GITHUB
        self.content = yaml.safe_load(pipeline.read_text("utf-8"))
        self.comments = "".join(re.findall(r"^#.*$", pipeline.read_text("utf-8"), re.MULTILINE))
        shutil.copytree(ROOT / "docs/inventory", home / "inventory")
        for name in ("americas", "europe"):
            path = home / f"inventory/group_vars/{name}.yml"
            path.write_text(f"org_config_base_url: {base_url}\n", "utf-8")
        for collection, (name, needed) in LOOKUPS.items():
            path = home / "galaxy" / collection.replace(".", "/") / f"plugins/lookup/{name}.py"
            path.parent.mkdir(parents=True)
            text = LOOKUP.format(needed=needed, secret=SECRET, text=collection == "amazon.aws")
            path.write_text(text, "utf-8")
        self._program("ansible-galaxy", GALAXY)
        self._program("python", "#!/bin/sh\n[ \"$1 $2 $3\" = '-m pip install' ]\n")
        playbook = pathlib.Path(sys.executable).with_name("ansible-playbook")
        self._program("ansible-playbook", f'#!/bin/sh\nexec "{sys.executable}" "{playbook}" "$@"\n')

    def _program(self, name: str, text: str) -> None:
        path = self.home / "bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
        path.chmod(0o755)

    def run(self, job: str, source: str) -> subprocess.CompletedProcess[str]:
        """Run the scripts of a job up to its playbook, for an event such as a schedule."""
        environment = clean_environment() | {
            "HOME": str(self.home),
            "PATH": f"{self.home / 'bin'}:{os.environ['PATH']}",
            "ANSIBLE_COLLECTIONS_PATH": f"{COLLECTIONS}:{self.home / 'installed'}",
            "ANSIBLE_LOCALHOST_WARNING": "0",
        }
        environment |= self._github(source) if self.github else self._gitlab(source)
        for text, variables in self._scripts(job):
            done = subprocess.run(
                ["bash", "-e", "-o", "pipefail", "-c", text],
                env=environment | variables | self._written(),
                cwd=self.home,
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode or "ansible-playbook" in text:
                return done
        raise AssertionError(f"job {job} runs no playbook")

    def _scripts(self, job: str) -> t.Iterator[tuple[str, dict[str, str]]]:
        if self.github:
            for step in self.content["jobs"][job]["steps"]:
                if "run" in step:
                    yield step["run"], self._filled(step.get("env", {}))
        else:
            yield "\n".join([*self.content["default"]["before_script"], *self.content[job]["script"]]), {}

    def _github(self, source: str) -> dict[str, str]:
        return {
            "GITHUB_EVENT_NAME": source,
            "GITHUB_WORKSPACE": str(self.home),
            "GITHUB_ENV": str(self.home / "github-env"),
            "GITHUB_RUN_ID": "7",
            "RUNNER_TEMP": str(self.home),
            **self._filled(self.content["env"]),
        }

    def _gitlab(self, source: str) -> dict[str, str]:
        password = self.home / "vault-password"
        password.write_text("example\n", "utf-8")
        defined = VARIABLES | {"ANSIBLE_VAULT_PASSWORD_FILE": str(password)}
        assert [name for name in defined if name not in self.comments] == []
        return {
            "CI_PIPELINE_SOURCE": source,
            "CI_PROJECT_DIR": str(self.home),
            "CI_PIPELINE_ID": "7",
            **defined,
            **self.content["variables"],
        }

    @staticmethod
    def _filled(variables: dict[str, str]) -> dict[str, str]:
        known = VARIABLES | {"ANSIBLE_VAULT_PASSWORD": "example"}
        pattern = re.compile(r"\$\{\{ (?:secrets|vars)\.(\w+) \}\}")
        return {name: pattern.sub(lambda found: known[found[1]], text) for name, text in variables.items()}

    def _written(self) -> dict[str, str]:
        """Return the variables that earlier steps of a job on GitHub wrote."""
        path = self.home / "github-env"
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
        return dict(line.split("=", 1) for line in lines)


@pytest.fixture
def orgs() -> t.Iterator[str]:
    """Start a simulator with the orgs of docs/inventory and yield its base URL."""
    with running() as simulator:
        for host, name in ORGS.items():
            client = {"client_id": US_CLIENT if host == "acme-us" else host, "client_secret": SECRET}
            simulator.create_org(host, name=name, datasets=[], clients=[client])
        yield simulator.base_url


@pytest.mark.parametrize(
    ("pipeline", "check", "merge"),
    [(GITHUB, "check", "pull_request"), (GITLAB, "drift", "merge_request_event")],
    ids=["github", "gitlab"],
)
def test_the_pipeline_stands_as_it_is(
    orgs: str, tmp_path: pathlib.Path, pipeline: pathlib.Path, check: str, merge: str
) -> None:
    runner = Runner(tmp_path, pipeline, orgs)

    done = runner.run(check, merge)
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads((tmp_path / "drift-report/drift.json").read_text("utf-8"))
    assert report["counts"] == {"in_sync": 0, "drifted": 4, "not_judged": 0}, done.stdout

    done = runner.run("converge", "push")
    assert done.returncode == 0, done.stdout + done.stderr
    journals = {path.name for path in (tmp_path / "journals/7").iterdir()}
    assert journals == {f"{host}.jsonl" for host in ORGS if host != "acme-dev"}

    done = runner.run(check, "schedule")
    assert done.returncode == 0, done.stdout + done.stderr
