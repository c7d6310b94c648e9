# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook that compares orgs, playbooks/compare.yml: exit codes and reports (X.2)."""

from __future__ import annotations

import pathlib
import typing as t

import pytest

from integration.playbook import ROOT, PlaybookRun
from integration.test_check_gate import Reports, action, declared

COMPARE = ROOT / "playbooks" / "compare.yml"
SITE = ROOT / "playbooks" / "site.yml"

Compare = t.Callable[..., tuple[PlaybookRun, Reports]]


@pytest.fixture
def compare(playbook: t.Callable[..., PlaybookRun], tmp_path: pathlib.Path) -> Compare:
    def run(
        inventory: dict[str, t.Any], *, extra: t.Any = None, **options: t.Any
    ) -> tuple[PlaybookRun, Reports]:
        folder = tmp_path / "reports"
        variables = {"org_compare_folder": str(folder), **(extra or {})}
        done = playbook(COMPARE, inventory=inventory, extra_vars=variables, **options)
        assert folder.is_dir(), done.output
        return done, Reports(folder)

    return run


def test_two_orgs_equal_then_different_then_with_a_wrong_secret(
    playbook: t.Callable[..., PlaybookRun], compare: Compare, new_org: t.Callable[..., t.Any]
) -> None:
    dev, prod = new_org(name="Acme `dev`|1"), new_org()
    inventory = {"dev": declared(dev), "prod": declared(prod)}
    done = playbook(SITE, inventory=inventory)
    assert done.returncode == 0, done.output
    with_dev = {"org_compare_with": "dev"}
    done, reports = compare(inventory, extra=with_dev)
    assert done.returncode == 0, done.output
    assert [org["org"] for org in reports.json["orgs"]] == ["prod"]
    org = reports.org("prod")
    assert (org["other"], org["status"], len(org["objects"])) == ("Acme `dev`|1", "in_sync", 2)
    assert any(note.startswith("customobject_indexes: not compared") for note in org["notes"])
    assert "customobject_indexes: not compared" in reports.html and "[WARNING]: customobject_i" in done.output

    prod.edit(prod.named("Order status")["id"], {"restConfig": {"httpMethod": "POST"}})
    prod.delete(prod.named("Customer")["id"])
    dev.seed([{"name": "H", "events": [], "target": {"url": "https://x.example.com"}}], "webhooks")
    done, reports = compare(inventory, extra=with_dev)
    assert done.returncode == 2, done.output
    found = {
        (one["kind"], one["name"]): (one["action"], [field["field"] for field in one["differences"]])
        for one in reports.org("prod")["objects"]
    }
    assert found[("data_actions", "Order status")] == ("update", ["rest.method"])
    assert found[("data_actions", "Customer")][0] == found[("webhooks", "H")][0] == "create"
    assert "data_actions 'Customer' (is only in Acme `dev`|1)" in done.output
    assert "<code>Customer</code> is only in <code>Acme `dev`|1</code></h3>" in reports.html
    assert "<th><code>prod</code></th>" in reports.html
    assert (reports.junit.tests, reports.junit.failures, reports.junit.errors) == (3, 3, 0)
    assert prod.writes() == [entry for entry in prod.writes() if entry["method"] == "POST"]

    wrong = {**inventory, "dev": {**inventory["dev"], "org_config_client_secret": "not-the-secret-of-dev"}}
    done, reports = compare(wrong, extra=with_dev)
    assert done.returncode == 4, done.output
    (problem,) = reports.org("prod")["problems"]
    assert problem.startswith("The other org: ")
    everything = done.output + "".join(reports.texts.values())
    assert not [text for text in ("not-the-secret-of-dev", dev.client_secret) if text in everything]


def test_an_org_and_what_the_inventory_declares(compare: Compare, org: t.Any) -> None:
    org.seed(
        [{"name": "Old", "type": "rest", "restConfig": {"url": "https://x.example.com", "httpMethod": "GET"}}]
    )
    done, reports = compare({"dev": declared(org, data_actions=[action("New")])})
    assert done.returncode == 2, done.output
    assert {one["name"]: one["action"] for one in reports.org("dev")["objects"]} == {
        "New": "create",
        "Old": "delete",
    }
    assert reports.org("dev")["other"] is None
    assert org.writes() == []


def test_mistakes_of_the_inventory_are_not_judged(compare: Compare, new_org: t.Callable[..., t.Any]) -> None:
    dev, prod = new_org(), new_org()
    variables = declared(dev)
    del variables["org_config_organization"]
    inventory = {
        "dev": variables,
        "prod": {**declared(prod), "org_compare_with": "dev"},
        "unknown": {**declared(prod), "org_compare_with": "nowhere", "org_compare_kind": ["webhooks"]},
        "same": {**declared(prod), "org_compare_with": "prod"},
        "kinds": {**declared(prod), "org_compare_with": "vaulted", "org_compare_kinds": ["webhook"]},
        "undefined": {**declared(prod), "org_compare_with": "vaulted"},
        "vaulted": {**declared(dev), "org_config_client_secret": "{{ missing_secret }}"},
    }
    done, reports = compare(inventory, arguments=["--limit", "prod,unknown,same,kinds,undefined"])
    assert done.returncode == 4, done.output
    problems = {org["org"]: "\n".join(org["problems"]) for org in reports.json["orgs"]}
    assert 'org_compare_with: the host "dev" has no org_config_organization' in problems["prod"]
    assert 'org_compare_with: the inventory has no host "nowhere"' in problems["unknown"]
    assert (
        "org_compare_kind: is no variable of the role org_compare; did you mean org_compare_kinds?"
        in problems["unknown"]
    )
    assert problems["unknown"].count("org_compare_kind:") == 1
    assert "other: is the org of the task itself" in problems["same"]
    assert "org_compare_kinds[0]: there is no such kind; did you mean webhooks?" in problems["kinds"]
    assert "missing_secret" in problems["undefined"]


def test_a_limit_to_the_org_to_compare_with_compares_nothing(
    playbook: t.Callable[..., PlaybookRun], org: t.Any
) -> None:
    done = playbook(COMPARE, inventory={"dev": declared(org)}, extra_vars={"org_compare_with": "dev"})
    assert done.returncode == 4, done.output
    assert "apart from the one to compare with" in done.output


@pytest.mark.parametrize("pattern", ["all", ""])
def test_a_pattern_in_the_place_of_a_host_is_not_judged(compare: Compare, org: t.Any, pattern: str) -> None:
    """A pattern would exclude all orgs from the play, which would then pass without a comparison."""
    done, reports = compare({"dev": declared(org)}, extra={"org_compare_with": pattern})
    assert done.returncode == 4, done.output
    problems = "".join(reports.org("dev")["problems"])
    assert f'org_compare_with: the inventory has no host "{pattern}"' in problems
    assert org.log() == []
