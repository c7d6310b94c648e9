# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`make demo`: converges the four orgs of tests/demo/inventory, repairs drift and rolls back a rollout.

Runs the real playbooks and modules against the simulator, explains each step and checks its outcome. The exit
code is 0 for success, 1 for an unexpected outcome, which is printed, and 128 + signal for an interruption.
"""

from __future__ import annotations

import dataclasses
import os
import pathlib
import shutil
import signal
import sys
import tempfile
import time
import typing as t

DEMO = pathlib.Path(__file__).resolve().parent
sys.path.insert(1, str(DEMO.parent))

from demo.ansible_run import AnsibleRun, run  # noqa: E402
from demo.orgs import NAMES, PLATFORM, VAULT_PASSWORD, create_orgs  # noqa: E402
from integration.playbook import ROOT, clean_environment  # noqa: E402
from simulator.control import Simulator  # noqa: E402
from simulator.process import running  # noqa: E402

LOGS = ROOT / ".cache" / "demo"
ORGS = list(NAMES)
#: Kind in the simulator -> number of objects that the inventory declares for an org of the reference API.
KINDS = {"data_actions": 13, "privacy_purposes": 3, "customobjects": 2, "flows": 3}
#: The same for an org of the platform API.
PLATFORM_KINDS = {
    "credentials": 1,
    "integrations": 1,
    "actions": 8,
    "data_tables": 1,
    "flow_log_levels": 1,
    "flow_log_level_default": 1,
    "execution_data": 1,
    "masking_rules": 1,
    "retention_policies": 1,
    "analytics_retention": 1,
    "workitem_schemas": 1,
    "triggers": 1,
}
#: Org -> number of declared objects. dev has one more data action.
DECLARED = {
    org: sum(PLATFORM_KINDS.values()) if org == PLATFORM else sum(KINDS.values()) + (org == "dev")
    for org in ORGS
}
#: The objects whose diffs are shown, of about forty diffs of the dry run.
SHOWN = ["Orders: status", "Payment disputes", "Broadband contract", "Inbound: residential support"]
#: Org -> number of objects that the inventory does not declare, which no run may change: a flow, or the
#: vendor's own masking rules.
FOREIGN = {org: 5 if org == PLATFORM else 1 for org in ORGS}
#: The data action that is edited by hand in prod, and the edit as a merge patch.
EDITED = "Network: outage check"
EDIT = {
    "description": "TEMP, back to normal on Monday",
    "restConfig": {
        "url": "https://network.test.fjordnet.example/status/v1/outages?postcode=${postcode}&service=all"
    },
}
#: The purpose that is edited in prod too. The law requires a retention of one year.
PURPOSE = "Payment disputes"
PURPOSE_EDIT = {"retentionPeriod": "30d"}
#: The variables of a mistaken rollout to all orgs, and the objects that it changes.
MISTAKE = {"rollout": "fewer-orders", "max_orders": 1, "residential_max_wait": 5}
MISTAKEN = {
    org: ["Orders: status", *([] if org == PLATFORM else ["Inbound: residential support"])] for org in ORGS
}
#: Ends of the paths of POSTs that change nothing: a token, and the validation of a masking rule.
_NO_WRITES = ("/oauth/token", "/maskingrules/validate")
_SERVER_OWNED = ("etag", "version", "dateModified", "modifiedDate", "schemaVersion", "lastUpdated")


class Unexpected(Exception):
    """An unexpected outcome; the message has the expected and the actual value."""


class Interrupted(BaseException):
    """A signal that ends the demo. A BaseException, so that only main catches it."""


@dataclasses.dataclass
class Step:
    """A row of the summary."""

    title: str
    seconds: float
    requests: int
    writes: int
    changed: int


class Demo:
    """The steps of the demo, with the checks of their outcomes."""

    def __init__(self, simulator: Simulator, environment: dict[str, str], arguments: list[str]) -> None:
        self._simulator = simulator
        self._environment = environment
        self._arguments = arguments
        self.steps: list[Step] = []

    def announce(self, number: int, title: str, *text: str) -> None:
        print(f"\n==== {number} of 8: {title} ".ljust(100, "="))
        for line in text:
            print(line)

    def run(
        self,
        title: str,
        *arguments: str,
        diffs: t.Collection[str] = (),
        playbook: str = "genesys.cloud.site",
    ) -> AnsibleRun:
        """Run ansible-playbook for all orgs. Raise Unexpected if it fails."""
        for org in ORGS:
            self._simulator.clear_log(org)
        log = LOGS / f"{len(self.steps) + 1}-{title.replace(' ', '-')}.log"
        print("$ ansible-playbook", playbook, "-i tests/demo/inventory", *arguments, flush=True)
        done = run(playbook, [*self._arguments, *arguments], self._environment, log, diffs)
        requests = [entry for org in ORGS for entry in self._simulator.log(org)]
        changed = sum(map(len, done.changed().values()))
        self.steps.append(Step(title, done.seconds, len(requests), len(self.writes()), changed))
        self.expect("exit code", done.returncode, 0)
        return done

    def writes(self) -> list[str]:
        """Return method and org of every writing request since the last run began."""
        return [
            f"{entry['method']} to {org}"
            for org in ORGS
            for entry in self._simulator.log(org)
            if entry["method"] != "GET" and not entry["path"].endswith(_NO_WRITES)
        ]

    def contents(self) -> dict[str, dict[str, t.Any]]:
        """Return org -> name or id -> stored object, without the fields that differ after every write."""
        return {
            org: {
                stored.get("name", stored["id"]): {
                    key: value for key, value in stored.items() if key not in _SERVER_OWNED
                }
                for kind in (PLATFORM_KINDS if org == PLATFORM else KINDS)
                for stored in self._simulator.objects(org, kind)
            }
            for org in ORGS
        }

    def secret_headers(self) -> set[str]:
        """Return the values of secret headers that the orgs have stored for requests to the backends."""
        return {
            value
            for stored in self.contents().values()
            for action in stored.values()
            for request in (action.get("restConfig"), action.get("config", {}).get("request"))
            for name, value in (request or {}).get("headers", {}).items()
            if name in ("Authorization", "X-Api-Key", "X-Client-Secret")
        }

    def edit(self) -> None:
        """Change two objects of prod, as a person would by hand."""
        for kind, name, patch in (
            ("data_actions", EDITED, EDIT),
            ("privacy_purposes", PURPOSE, PURPOSE_EDIT),
        ):
            (stored,) = [one for one in self._simulator.objects("prod", kind) if one["name"] == name]
            self._simulator.edit("prod", kind, stored["id"], patch)

    @staticmethod
    def expect(what: str, actual: t.Any, expected: t.Any) -> None:
        if actual != expected:
            raise Unexpected(f"{what}: expected {_text(expected)}, got {_text(actual)}")
        print(f"  ok  {what}: {_text(actual)}")


def run_steps(demo: Demo, secrets: set[str]) -> None:
    """Run all steps. Raise Unexpected at the first unexpected outcome."""
    demo.announce(
        1,
        "dry run with diff",
        "Three orgs have only flows and custom objects yet. The fourth, of the platform API, has two flows",
        "and a queue.",
        "Check mode reads each org and shows the changes that a run would make. It writes nothing.",
    )
    done = demo.run("dry run", "--check", "--diff", diffs=SHOWN)
    demo.expect("objects to create or change", _counts(done), DECLARED)
    demo.expect("writes that any org received", demo.writes(), [])

    demo.announce(
        2, "converge", "The same command without --check. Secrets come from the environment and a vault."
    )
    done = demo.run("converge")
    demo.expect("objects created or changed", _counts(done), DECLARED)
    wanted = demo.contents()
    there = {org: count + FOREIGN[org] for org, count in DECLARED.items()}
    demo.expect("objects in the orgs", {org: len(stored) for org, stored in wanted.items()}, there)

    demo.announce(3, "converge again", "Nothing differs, so nothing is written.")
    done = demo.run("again")
    demo.expect("objects changed", _counts(done), {})
    demo.expect("writes that any org received", demo.writes(), [])

    demo.announce(
        4,
        "an edit by hand in prod",
        f"The data action {EDITED!r} now uses the test system, and {PURPOSE!r} are deleted after 30 days.",
        "Ansible did not make these edits.",
    )
    demo.edit()

    demo.announce(5, "find the drift", "The dry run of step 1, as a pipeline would run it every night.")
    done = demo.run("drift", "--check", "--diff", diffs=[EDITED, PURPOSE])
    demo.expect("drift", done.changed(), {"prod": [EDITED, PURPOSE]})
    demo.expect("writes that any org received", demo.writes(), [])

    demo.announce(
        6, "repair the drift", "The run of step 2 for prod alone: two writes, to the two objects that differ."
    )
    done = demo.run("repair", "--limit", "prod")
    demo.expect("objects changed", done.changed(), {"prod": [EDITED, PURPOSE]})
    demo.expect("writes that any org received", demo.writes(), ["PUT to prod", "PUT to prod"])
    demo.expect("orgs that are as step 2 left them", _same(demo.contents(), wanted), ORGS)

    demo.announce(
        7,
        "a mistaken rollout",
        "All orgs read out one order only, and callers wait five seconds. Every run writes a journal for",
        "each org, with encrypted secrets.",
    )
    mistake = [f"--extra-vars={name}={value}" for name, value in MISTAKE.items()]
    done = demo.run("mistake", *mistake)
    demo.expect("objects changed", done.changed(), MISTAKEN)
    demo.expect("orgs that are as step 2 left them", _same(demo.contents(), wanted), [])

    demo.announce(
        8,
        "roll back the rollout",
        "The journals have the earlier state of the objects; the inventory is not read.",
    )
    done = demo.run("rollback", mistake[0], playbook="genesys.cloud.rollback")
    demo.expect("orgs that are as step 2 left them", _same(demo.contents(), wanted), ORGS)
    demo.expect(
        "files with a secret in what the runs printed or kept", _printed(secrets | demo.secret_headers()), []
    )


def _text(value: t.Any) -> str:
    if isinstance(value, dict):
        value = [f"{name} {_text(inner)}" for name, inner in value.items()]
    return (", ".join(map(str, value)) or "none") if isinstance(value, list) else str(value)


def _counts(done: AnsibleRun) -> dict[str, int]:
    changed = done.changed()
    return {org: len(changed[org]) for org in ORGS if org in changed}


def _same(one: dict[str, t.Any], other: dict[str, t.Any]) -> list[str]:
    return [org for org in ORGS if one[org] == other[org]]


def _printed(secrets: set[str]) -> list[str]:
    """Return the names of the files with output, results or journals that have a secret."""
    return [
        path.name
        for path in sorted(LOGS.rglob("*"))
        if path.is_file() and any(secret in path.read_text(encoding="utf-8") for secret in secrets)
    ]


def _summarize(steps: list[Step], seconds: float) -> None:
    print(f"\n{'run':<12}{'seconds':>9}{'requests':>10}{'writes':>8}{'changed':>9}")
    for step in steps:
        changed = f"({step.changed})" if step.changed and not step.writes else str(step.changed)
        print(f"{step.title:<12}{step.seconds:>9.1f}{step.requests:>10}{step.writes:>8}{changed:>9}")
    print(f"{'all':<12}{seconds:>9.1f}   (in brackets: would change)\nThe output of all runs: {LOGS}")


def _interrupt(number: int, frame: t.Any) -> t.NoReturn:
    for other in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(other, signal.SIG_IGN)  # a second signal must not interrupt the cleanup
    raise Interrupted(number)


def main() -> int:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    for name in [name for name in os.environ if name.startswith("GENESYS_")]:
        del os.environ[name]  # child processes must not connect to an org of the caller
    started = time.monotonic()
    shutil.rmtree(LOGS, ignore_errors=True)
    LOGS.mkdir(parents=True)
    try:
        with tempfile.TemporaryDirectory() as folder, running() as simulator:
            print(f"A simulator of the API serves {len(ORGS)} orgs at {simulator.base_url}.")
            credentials = create_orgs(simulator)
            password = pathlib.Path(folder) / "vault-password"
            password.write_text(f"{VAULT_PASSWORD}\n", encoding="utf-8")
            settings = {
                "ANSIBLE_CONFIG": str(DEMO / "ansible.cfg"),
                "DEMO_API_URL": simulator.base_url,
                "DEMO_JOURNALS": str(LOGS / "journals"),
            }
            if sys.stdout.isatty():
                settings["ANSIBLE_FORCE_COLOR"] = "1"
            environment = clean_environment() | credentials.environment | settings
            demo = Demo(simulator, environment, ["--vault-password-file", str(password)])
            run_steps(demo, credentials.secrets)
    except Unexpected as error:
        print(f"\nThe demo FAILED: {error}\nThe output of all runs: {LOGS}", file=sys.stderr)
        return 1
    except Interrupted as interrupted:
        print("\nInterrupted; all processes of the demo are stopped.", file=sys.stderr)
        return 128 + int(interrupted.args[0])
    _summarize(demo.steps, time.monotonic() - started)
    return 0


if __name__ == "__main__":
    sys.exit(main())
