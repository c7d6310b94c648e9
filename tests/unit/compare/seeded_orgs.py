# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two equal orgs of each API, each with about 300 objects of every kind and with odd names."""

from __future__ import annotations

import copy
import typing as t

from unit.org.conftest import stored_action, stored_flow, stored_purpose, stored_schema, stored_webhook
from unit.platform.actions import DEFINITION
from unit.platform.data_tables import COLUMNS, schema_of
from unit.platform_kinds import stored_credential, stored_integration

Wire = dict[str, t.Any]

#: Names that paths, patterns, YAML and comparisons may treat in another way than as a name.
ODD_NAMES = (
    "a/b", "50 %", "100%25", "it's", 'say "hi"', "caf\u00e9", "cafe\u0301", "on", "null", "1_000", "0x10",
    "007", "#tag", "{{ x }}", "{% raw %}", "a,b", "*", "?", "[a]", " ", "\u00a0x", "\u202ex", "\U0001f600",
    "\u212b", "\u00c5", "A\u030a", "~", "- x", "key: value", "tab\tx",
)  # fmt: skip
LOGIN = "Bearer s3cr3t-of-both-orgs"


def names(stem: str, count: int) -> list[str]:
    """Return odd names and numbered ones."""
    return [*ODD_NAMES, *(f"{stem} {number}" for number in range(count - len(ODD_NAMES)))]


def seed_platform(org: t.Any, *, reverse: bool = False) -> None:
    """Store 300 objects. In reverse order, no object gets the place that it has in the other org.

    Reading them takes fewer requests than the rate limit of a token allows in a minute.
    """
    order: t.Callable[[list[t.Any]], list[t.Any]] = (lambda values: values[::-1]) if reverse else list
    logins = org.seed(order([stored_credential(f"Login {number}") for number in range(60)]), "credentials")
    by_name = {one["name"]: one["id"] for one in logins}
    wires = []
    for number in range(40):
        slots = {"basicAuth": {"id": by_name[f"Login {number % 20}"]}}
        config = {"credentials": slots, "properties": {"host": f"h{number}.example.com"}}
        wires.append(stored_integration(f"App {number}", config=config))
    integrations = {one["name"]: one["id"] for one in org.seed(order(wires), "integrations")}
    actions = []
    for number, name in enumerate(names("Action", 60)):
        wire = {"name": name, "category": "C", **copy.deepcopy(DEFINITION)}
        wire["integrationId"] = integrations[f"App {number % 40}"]
        wire["config"]["request"]["headers"] = {"Authorization": LOGIN}
        actions.append(wire)
    org.seed(order(actions), "actions")
    tables = [{"name": f"Table {number}", "schema": schema_of(COLUMNS)} for number in range(20)]
    for table in org.seed(order(tables), "data_tables"):
        rows = [{"key": key, "count": number} for number, key in enumerate(("a/b", "1", "caf\u00e9"), 1)]
        org.seed([{"tableId": table["id"], "row": row} for row in rows], "data_table_rows")
    rules = [masking_rule(name) for name in names("Rule", 80)]
    org.seed(order(rules), "masking_rules")
    flows = [{"name": f"Flow {number}", "type": "INBOUNDCALL"} for number in range(40)]
    for flow in org.seed(order(flows), "flows"):
        characteristics = {"level": "Notes", "characteristics": {"names": True}}
        org.seed([{"id": flow["id"], "logLevelCharacteristics": characteristics}], "flow_log_levels")


def masking_rule(name: str) -> Wire:
    """Return a rule as the simulator stores it."""
    definition = {"definition": "[0-9]{16}", "substituteCharacter": "X", "direction": "inbound"}
    return {"name": name, **definition, "enabled": False, "integrations": ["Chat"], "type": "Custom"}


def seed_reference(org: t.Any, *, reverse: bool = False) -> None:
    """Store 300 objects, in reverse order as C(seed_platform) does."""
    order: t.Callable[[list[t.Any]], list[t.Any]] = (lambda values: values[::-1]) if reverse else list
    actions = [stored_action(name) for name in names("Action", 120)]
    for action in actions:
        action["restConfig"]["headers"] = {"Authorization": LOGIN}
    org.seed(order(actions))
    org.seed(order([stored_purpose(name) for name in names("Purpose", 100)]), "privacy_purposes")
    org.seed(order([stored_webhook(name) for name in names("Hook", 50)]), "webhooks")
    org.seed(order([stored_flow(f"Flow {number}") for number in range(25)]), "flows")
    org.seed([stored_schema(f"object-{number}") for number in range(5)], "customobjects")


#: The ids of the custom objects that C(seed_reference) stores.
CUSTOM_OBJECTS = [f"object-{number}" for number in range(5)]
