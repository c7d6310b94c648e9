# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Orgs with published data actions: exported, applied to them and to empty orgs, compared (X.1, X.2)."""

from __future__ import annotations

import pathlib
import typing as t

import pytest

from unit.compare.conftest import differences
from unit.export.exported import assert_unchanged, changes_of, config_of, done, export, texts
from unit.module_runner import run_module
from unit.platform.published_actions import INTEGRATIONS, MEANT, REFUSED, definitions, rests
from unit.shared_data import needs_corpus

pytestmark = needs_corpus

Entry = dict[str, t.Any]
#: The action whose path the collection does not accept.
ODD = "SendAgentlessOutboundMessage"
ACTIONS = {"platform": "actions", "reference": "data_actions"}


def for_platform(entries: list[Entry]) -> Entry:
    """Return the configuration of an org of the platform API that has the entries."""
    for entry in entries:
        entry["category"] = (entry.get("definition") or {}).get("category") or "Corpus"
    return {"integrations": INTEGRATIONS, "data_actions": entries}


def for_reference(entries: list[Entry]) -> Entry:
    """Return the configuration of an org of the reference API, which has no integrations."""
    return {"data_actions": [{key: entry[key] for key in ("name", "rest")} for entry in entries]}


#: Each corpus in an org of an API: the configuration, and the number of actions.
CORPORA = {
    "definitions on the platform": ("platform", lambda: for_platform(definitions(everything=True)), 98),
    "rest on the platform": ("platform", lambda: for_platform(rests(everything=True)), 41),
    "rest on the reference API": ("reference", lambda: for_reference(rests(everything=True)), 41),
}


def unlimited_org(new_org: t.Callable[..., t.Any], api: str) -> t.Any:
    org = new_org(api=api)
    org.simulator.rate_limit(org.key, allowed=None)
    return org


def give_published_path(org: t.Any) -> None:
    """Give one action its path as it was published, as another client has written it."""
    kind = ACTIONS[org.api]
    stored = org.named(ODD, kind)
    patch: Entry
    if org.api == "platform":
        paths = stored["config"]["response"]["translationMap"]
        published = {name: REFUSED for name, path in paths.items() if path == MEANT}
        patch = {"config": {"response": {"translationMap": published}}}
    else:
        mappings = stored["restConfig"]["variableMappings"]
        sources = [REFUSED if one["source"] == MEANT else one["source"] for one in mappings]
        changed = [{**one, "source": source} for one, source in zip(mappings, sources, strict=True)]
        patch = {"restConfig": {"variableMappings": changed}}
    org.edit(stored["id"], patch, kind)


@pytest.mark.parametrize(("api", "config", "count"), CORPORA.values(), ids=CORPORA)
def test_published_actions_survive_an_export(
    api: str,
    config: t.Callable[[], Entry],
    count: int,
    new_org: t.Callable[..., t.Any],
    tmp_path: pathlib.Path,
) -> None:
    first, second = (unlimited_org(new_org, api) for _org in range(2))
    done("org_config", first, config=config())
    give_published_path(first)
    assert len(first.objects(ACTIONS[api])) == count

    result = export(first, tmp_path / "first", allowed=[ODD])
    assert result["objects"]["data_actions"] == count - 1
    (left_out,) = [one for one in result["not_exported"] if one["name"] == ODD]
    assert left_out["reason"].startswith("cannot be declared: ") and REFUSED in left_out["reason"]
    exported = config_of(tmp_path / "first")
    first.clear_log()
    assert_unchanged(first, exported)
    assert changes_of(first) == []

    assert done("org_config", second, config=exported)["totals"]["created"] >= count - 1
    export(second, tmp_path / "second")
    assert texts(tmp_path / "second") == texts(tmp_path / "first")

    compared = run_module("genesys_org_diff", {**first.connection, "other": second.connection})
    assert differences(compared) == {("data_action", ODD): "delete"}
    first.delete(first.named(ODD, ACTIONS[api])["id"], ACTIONS[api])
    assert run_module("genesys_org_diff", {**first.connection, "other": second.connection})["equal"]
