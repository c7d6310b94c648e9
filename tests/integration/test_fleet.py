# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the rollout over many orgs, playbooks/site.yml: canaries, batches and failing orgs (C.4).

`make fleet` runs the first test with 50 orgs and the playbook's own settings, `make test` with 6.
"""

from __future__ import annotations

import json
import os
import pathlib
import sys
import typing as t

import pytest

from integration.playbook import ROOT, PlaybookRun

SITE = ROOT / "playbooks" / "site.yml"
ORGS = int(os.environ.get("FLEET_ORGS", "6"))
#: In a small fleet one failing org already exceeds the playbook's limit of a quarter of the batch.
SMALL = {"rollout_serial": 2, "rollout_max_fail_percentage": 50}
NAMES = ["Order status", "Customer"]

Run = t.Callable[..., PlaybookRun]
Hosts = dict[str, dict[str, t.Any]]


class Fleet:
    """An inventory of orgs that declare the same two data actions with one description."""

    def __init__(self, playbook: Run, folder: pathlib.Path, orgs: dict[str, t.Any]) -> None:
        self._playbook = playbook
        self._file = folder / "fleet.json"
        self.orgs = orgs
        self.hosts: Hosts = {
            name: {f"org_config_{option}": value for option, value in org.connection.items()}
            for name, org in orgs.items()
        }
        self.canaries: list[str] = []

    def run(self, description: str, arguments: t.Sequence[str] = (), **rollout: t.Any) -> PlaybookRun:
        for org in self.orgs.values():
            org.clear_log()
        rest = {"method": "GET", "url": "https://{{ inventory_hostname }}.example.com"}
        actions = [{"name": name, "description": description, "rest": rest} for name in NAMES]
        group: dict[str, t.Any] = {
            "vars": {
                "ansible_connection": "local",
                "ansible_python_interpreter": sys.executable,
                "org_config_retries": 0,
                "org_config_data_actions": actions,
            },
            "hosts": self.hosts,
        }
        if self.canaries:
            group["children"] = {"canary": {"hosts": {name: {} for name in self.canaries}}}
        self._file.write_text(json.dumps({"all": {"children": {"genesys_orgs": group}}}), encoding="utf-8")
        return self._playbook(
            SITE,
            inventory=self._file,
            extra_vars=rollout,
            arguments=["--forks", "5", *arguments],
            env={
                "ANSIBLE_PIPELINING": "1",
                "ANSIBLE_CALLBACKS_ENABLED": "task_results,genesys.cloud.org_summary",
            },
            timeout=1800,
        )

    def descriptions(self) -> dict[str, list[str]]:
        return {name: [one["description"] for one in org.objects()] for name, org in self.orgs.items()}

    def touched(self) -> list[str]:
        """Return the orgs that got any request since the last run began."""
        return [name for name, org in self.orgs.items() if org.log()]


@pytest.fixture
def fleet(playbook: Run, tmp_path: pathlib.Path, new_org: t.Callable[..., t.Any]) -> t.Callable[[int], Fleet]:
    return lambda size: Fleet(playbook, tmp_path, {f"org-{n:02}": new_org() for n in range(1, size + 1)})


def all_have(fleet: Fleet, description: str, *, but: t.Mapping[str, str]) -> None:
    expected = {name: [but.get(name, description)] * len(NAMES) for name in fleet.orgs}
    assert fleet.descriptions() == expected


def test_a_fleet_converges_and_what_fails_in_two_orgs_leaves_the_others_right(
    fleet: t.Callable[[int], Fleet],
) -> None:
    many = fleet(ORGS)
    rollout = SMALL if ORGS < 20 else {}
    done = many.run("first", **rollout)
    assert done.returncode == 0, done.output
    all_have(many, "first", but={})

    done = many.run("first", **rollout)
    assert done.returncode == 0, done.output
    assert [org.writes() for org in many.orgs.values()] == [[]] * ORGS
    assert {figures["changed"] for figures in done.stats.values()} == {0}

    refused, failing = "org-02", f"org-{ORGS - 2:02}"
    many.hosts[refused]["org_config_client_secret"] = "not-its-secret"
    many.orgs[failing].fault(path="/api/v2/*", status=500, times=None)
    done = many.run("second", **rollout)
    assert done.returncode == 2, done.output
    assert {name for name, figures in done.stats.items() if figures["failures"]} == {refused, failing}
    assert set(done.stats) == set(many.orgs)
    all_have(many, "second", but={refused: "first", failing: "first"})
    assert "401 invalid_client" in done.results(host=refused)[-1].result["msg"]
    assert "500" in done.results(host=failing)[-1].result["msg"]

    # A canary with the wrong credentials fails, so no request reaches the other orgs.
    many.orgs[failing].simulator.clear_faults(many.orgs[failing].key)
    many.canaries = ["org-01", refused]
    done = many.run("third", **rollout)
    assert done.returncode == 2, done.output
    assert set(many.touched()) == set(many.canaries)
    untouched = set(many.orgs) - set(many.canaries)
    assert all(many.descriptions()[name] == ["second"] * 2 for name in untouched - {failing})
    summary = done.stdout.partition("ORG SUMMARY")[2]
    assert [name for name in sorted(many.orgs) if f"\n{name} " not in summary] == []


def test_canaries_come_first_and_their_group_may_have_another_name(
    fleet: t.Callable[[int], Fleet],
) -> None:
    few = fleet(3)
    few.canaries = ["org-03"]
    done = few.run("first", **SMALL)
    assert done.returncode == 0, done.output
    times = {name: [entry["time"] for entry in org.writes()] for name, org in few.orgs.items()}
    assert max(times["org-03"]) < min(times["org-01"] + times["org-02"])

    done = few.run("second", rollout_canary="cannaries")
    assert done.returncode != 0
    assert "there is no group cannaries" in done.output
    assert few.touched() == []


def test_too_many_failures_in_a_batch_end_the_run(fleet: t.Callable[[int], Fleet]) -> None:
    few = fleet(4)
    for name in ("org-01", "org-02"):
        del few.hosts[name]["org_config_client_secret"]
    done = few.run("first", rollout_serial=3, rollout_max_fail_percentage=50)
    assert done.returncode == 2, done.output
    assert few.touched() == []
    assert set(done.stats) == {"org-01", "org-02", "org-03"}


@pytest.mark.parametrize(
    ("option", "values"),
    [
        ("rollout_serial", ["abc", "[1, 2]", "1.5", "-1", "", None, [1, "x%"], {"a": 1}]),
        ("rollout_max_fail_percentage", ["abc", "150", -1, None, [25]]),
    ],
)
def test_a_wrong_setting_ends_the_run_before_the_canaries(
    fleet: t.Callable[[int], Fleet], option: str, values: list[t.Any]
) -> None:
    few = fleet(2)
    few.canaries = ["org-01"]
    for value in values:
        done = few.run("first", **{option: value, "rollout_canary": "cannaries"})
        assert done.returncode != 0 and "Traceback" not in done.output, (value, done.output)
        words = " ".join(done.output.split())
        assert f"{option}: must be" in words and json.dumps(value) in words, (value, done.output)
        assert "there is no group cannaries" in words, "all problems are reported at once"
        assert few.touched() == []


def test_every_form_of_the_settings_is_accepted(fleet: t.Callable[[int], Fleet]) -> None:
    few = fleet(2)
    few.canaries = ["org-01"]
    settings = [("2", "0"), ("50%", "12.5%"), ([1, "50%"], 100), (["1"], 0.5), (0, "100%")]
    for serial, limit in settings:
        done = few.run("first", rollout_serial=serial, rollout_max_fail_percentage=limit)
        assert done.returncode == 0, (serial, limit, done.output)
        assert few.touched() == ["org-01", "org-02"]


def test_a_batch_in_which_every_org_fails_ends_the_run(fleet: t.Callable[[int], Fleet]) -> None:
    """Ansible ends the run with every limit, as playbooks/site.yml states."""
    few = fleet(3)
    del few.hosts["org-01"]["org_config_client_secret"]
    done = few.run("first", rollout_serial=1, rollout_max_fail_percentage=100)
    assert done.returncode == 2, done.output
    assert few.touched() == []
    assert "every org failed" in " ".join(SITE.read_text(encoding="utf-8").replace("#", "").split())
    done = few.run("first", rollout_serial=2, rollout_max_fail_percentage=100)
    assert done.returncode == 2, done.output
    assert few.touched() == ["org-02", "org-03"]


@pytest.mark.parametrize("playbook_name", ["site", "check", "rollback"])
@pytest.mark.parametrize(
    ("orgs", "arguments"),
    [({}, []), ({}, ["--limit", "web-01"]), ({"dev": {}}, ["--limit", "web-*", "--tags", "webhooks"])],
)
def test_every_playbook_rejects_an_inventory_without_orgs(
    playbook: Run, tmp_path: pathlib.Path, playbook_name: str, orgs: dict[str, t.Any], arguments: list[str]
) -> None:
    children = {"genesys_orgs": {"hosts": orgs}, "other": {"hosts": {"web-01": {}}}}
    inventory = tmp_path / "hosts.json"
    inventory.write_text(json.dumps({"all": {"children": children}}), encoding="utf-8")
    done = playbook(ROOT / f"playbooks/{playbook_name}.yml", inventory=inventory, arguments=arguments)
    assert done.returncode == (4 if arguments or playbook_name == "check" else 2), done.output
    assert "genesys_orgs: this group of the inventory has no host" in " ".join(done.output.split())


def test_orgs_that_resolve_are_not_asked_by_ssh(playbook: Run, org: t.Any, tmp_path: pathlib.Path) -> None:
    """Port 9 of this machine refuses ssh, so only a local connection reaches the API."""
    variables = {f"org_config_{name}": value for name, value in org.connection.items()}
    rest = {"method": "GET", "url": "https://crm.example.com"}
    variables |= {
        "ansible_host": "127.0.0.1",
        "ansible_port": 9,
        "ansible_python_interpreter": sys.executable,
        "org_config_data_actions": [{"name": "Order status", "rest": rest}],
        "org_config_journal": str(tmp_path / "prod.jsonl"),
    }
    inventory = tmp_path / "hosts.json"
    groups = {"genesys_orgs": {"hosts": {"prod": variables}}, "canary": {"hosts": {}}}
    for name, canaries in (("site", {"prod": {}}), ("site", {}), ("check", {}), ("rollback", {})):
        groups["canary"]["hosts"] = canaries
        inventory.write_text(json.dumps({"all": {"children": groups}}), encoding="utf-8")
        done = playbook(ROOT / f"playbooks/{name}.yml", inventory=inventory)
        assert done.returncode == 0, done.output


def test_limit_selects_orgs_and_tags_select_kinds(fleet: t.Callable[[int], Fleet]) -> None:
    few = fleet(3)
    few.canaries = ["org-01"]
    done = few.run("first", ["--limit", "org-02", "--tags", "data_actions"])
    assert done.returncode == 0, done.output
    assert few.touched() == ["org-02"]
    done = few.run("first", ["--tags", "privacy_purposes"])
    assert done.returncode == 0, done.output
    assert few.touched() == []
