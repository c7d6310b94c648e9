# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random orgs with odd names and texts: an export of each changes nothing, and builds the same (X.1)."""

from __future__ import annotations

import pathlib
import typing as t

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from unit.export.exported import assert_unchanged, config_of, done, export, texts
from unit.export.orgs import stored_platform_action
from unit.inventory.odd_texts import ODD_TEXTS
from unit.inventory.odd_texts import texts as odd_texts
from unit.org.conftest import stored_action, stored_purpose, stored_webhook
from unit.platform.data_schemas import core
from unit.platform.data_tables import COLUMNS, schema_of
from unit.platform.stored import TYPE
from unit.platform.triggers import seed_trigger, seed_workflow

Wire = dict[str, t.Any]

#: Names that an API accepts: no blank ones.
names = (st.sampled_from(ODD_TEXTS) | odd_texts).filter(lambda name: bool(name.strip()) and len(name) <= 100)
headers = st.sampled_from(["on", "1_000", "{{ x }}", "null", "a: b # c", '"', "'"])
MANY = settings(
    derandomize=True,
    max_examples=6,
    phases=[Phase.explicit, Phase.generate],  # each example has ten runs of a module
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def some_names(most: int = 6) -> st.SearchStrategy[list[str]]:
    return st.lists(names, max_size=most, unique=True)


@st.composite
def reference_orgs(draw: st.DrawFn) -> dict[str, list[Wire]]:
    """Return the objects of an org of the reference API by kind, for its seed."""
    actions = []
    for name in draw(some_names()):
        stored = stored_action(name, description=draw(odd_texts))
        rest = {**stored["restConfig"], "httpMethod": "POST", "bodyTemplate": draw(odd_texts)}
        rest["variableMappings"] = [
            {"name": one, "source": "$.a", "type": "string", "default": draw(odd_texts)}
            for one in draw(some_names(3))
        ]
        actions.append({**stored, "restConfig": {**rest, "url": "https://crm.example.com/v1"}})
    purposes = [
        stored_purpose(name, description=draw(names), diversionIds=draw(some_names(3)))
        for name in draw(some_names())
    ]
    webhooks = [
        stored_webhook(name, target={"url": "https://h.example.com", "headers": {"X-A": draw(headers)}})
        for name in draw(some_names())
    ]
    return {"data_actions": actions, "privacy_purposes": purposes, "webhooks": webhooks}


@st.composite
def platform_orgs(draw: st.DrawFn) -> dict[str, t.Any]:
    """Return names and texts of an org of the platform API."""
    return {
        "integrations": {name: draw(odd_texts) for name in draw(some_names(4))},
        "actions": {name: (draw(odd_texts), draw(odd_texts)) for name in draw(some_names(4))},
        "tables": {name: draw(st.dictionaries(names, odd_texts, max_size=3)) for name in draw(some_names(3))},
        "rules": {name: draw(odd_texts) for name in draw(some_names(3))},
        "triggers": {name: draw(odd_texts) for name in draw(some_names(3))},
        "schemas": {name[:50]: (draw(odd_texts), draw(some_names(3))) for name in draw(some_names(3))},
        "policies": {name: draw(odd_texts) for name in draw(some_names(3))},
    }


def fill(org: t.Any, objects: dict[str, t.Any]) -> None:
    """Store a random org of the platform API."""
    home = [{"name": "Home of actions", "integrationType": {"id": TYPE}}]
    others = [
        {"name": name, "integrationType": {"id": TYPE}, "config": {"current": {"notes": notes}}}
        for name, notes in objects["integrations"].items()
    ]
    owner = org.seed([*home, *others], "integrations")[-1]["id"]
    actions = []
    for name, (template, title) in objects["actions"].items():
        stored = stored_platform_action(name, owner, secure=False)
        stored["config"]["request"] |= {"requestTemplate": template, "headers": {}}
        stored["contract"]["input"]["inputSchema"]["title"] = title
        actions.append(stored)
    org.seed(actions, "actions")
    for name, rows in objects["tables"].items():
        (table,) = org.seed([{"name": name, "schema": schema_of(COLUMNS)}], "data_tables")
        keyed = [{"key": key, "text": text, "count": 7} for key, text in rows.items()]
        org.seed([{"tableId": table["id"], "row": row} for row in keyed], "data_table_rows")
    org.seed(
        [{"name": name, "definition": "x", "description": text} for name, text in objects["rules"].items()],
        "masking_rules",
    )
    fill_later_kinds(org, objects)


def fill_later_kinds(org: t.Any, objects: dict[str, t.Any]) -> None:
    """Store triggers, data schemas and policies. The names of the triggers are those of workflows too."""
    for name, text in objects["triggers"].items():
        criterion = {"jsonPath": "a", "operator": "Equal", "value": text}
        workflow = next(one["id"] for one in org.objects("flows") if one["name"] == name)
        seed_trigger(org, workflow, name=name, description=text, matchCriteria=[criterion])
    for name, (text, fields) in objects["schemas"].items():
        properties = {field: core("text", title=text or field) for field in fields}
        schema = {"title": name, "description": text, "properties": properties}
        org.seed([{"name": name, "jsonSchema": schema}], "workitem_schemas")
    policies = [
        {"name": name, "description": text, "order": number}
        for number, (name, text) in enumerate(objects["policies"].items())
    ]
    org.seed(policies, "retention_policies")


def round_trip(first: t.Any, second: t.Any, folder: pathlib.Path) -> None:
    """Check that an export changes nothing in its org, and builds the same in an empty one."""
    export(first, folder / "first")
    config = config_of(folder / "first")
    assert_unchanged(first, config)
    done("org_config", second, config=config)
    export(second, folder / "second")
    assert texts(folder / "second") == texts(folder / "first")


@MANY
@given(objects=reference_orgs())
def test_random_orgs_of_the_reference_api(
    objects: dict[str, list[Wire]],
    new_org: t.Callable[..., t.Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    org = new_org()
    for kind, stored in objects.items():
        org.seed(stored, kind)
    round_trip(org, new_org(), tmp_path_factory.mktemp("org"))


@MANY
@given(objects=platform_orgs())
def test_random_orgs_of_the_platform_api(
    objects: dict[str, t.Any],
    new_org: t.Callable[..., t.Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    first, second = (new_org(api="platform") for _org in range(2))
    for org in (first, second):
        for name in objects["triggers"]:
            seed_workflow(org, name)
    fill(first, objects)
    round_trip(first, second, tmp_path_factory.mktemp("org"))
