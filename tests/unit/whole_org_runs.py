# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs over a whole org of each API, as data: the objects before, the declaration, the state to compare."""

from __future__ import annotations

import dataclasses
import typing as t

from unit.org.conftest import (
    action,
    flow,
    purpose,
    state_of,
    stored_action,
    stored_flow,
    stored_purpose,
    stored_webhook,
    webhook,
)
from unit.platform_kinds import (
    credential,
    integration,
    stored_credential,
    stored_integration,
    without_volatile,
)

Entry = dict[str, t.Any]
OLD = 3


@dataclasses.dataclass(frozen=True)
class OrgRun:
    """A run that creates, updates and removes objects of every kind that allows it.

    C(declare) returns the declaration with a number of objects of each kind, of which C(seed) stores the
    half, and stores the objects to remove. C(state) returns the objects without ids, versions and dates.
    """

    declare: t.Callable[[int], dict[str, list[Entry]]]
    seed: t.Callable[[t.Any, int], None]
    state: t.Callable[[t.Any], dict[str, list[Entry]]]


def _absent() -> list[Entry]:
    return [{"name": f"Old {number}", "state": "absent"} for number in range(OLD)]


def _seed(org: t.Any, kind: str, name: str, make: t.Callable[[str], Entry], count: int) -> None:
    changed = [make(f"{name} {number}") for number in range(0, count, 2)]
    org.seed([*changed, *(make(f"Old {number}") for number in range(OLD))], kind)


def _declare_reference(count: int) -> dict[str, list[Entry]]:
    numbers = range(count)
    return {
        "data_actions": [*(action(f"Action {number}", description="new") for number in numbers), *_absent()],
        "privacy_purposes": [
            *(purpose(f"Purpose {number}", retention="30d") for number in numbers),
            *_absent(),
        ],
        "flow_settings": [flow(f"Flow {number}") for number in range(OLD)],
        "webhooks": [*(webhook(f"Webhook {number}", enabled=True) for number in numbers), *_absent()],
    }


def _seed_reference(org: t.Any, count: int) -> None:
    _seed(org, "data_actions", "Action", stored_action, count)
    _seed(org, "privacy_purposes", "Purpose", stored_purpose, count)
    _seed(org, "webhooks", "Webhook", stored_webhook, count)
    org.seed([stored_flow(f"Flow {number}") for number in range(OLD)], "flows")


def _declare_platform(count: int) -> dict[str, list[Entry]]:
    """Return a declaration without removals of credentials, which no rollback creates again."""
    slots = [{"basicAuth": f"Login {number}"} for number in range(count)]
    return {
        "integration_credentials": [credential(f"Login {number}") for number in range(count)],
        "integrations": [
            *(
                integration(f"CRM {number}", intended_state="ENABLED", credentials=slots[number])
                for number in range(count)
            ),
            *_absent(),
        ],
    }


def _seed_platform(org: t.Any, count: int) -> None:
    org.seed([stored_credential(f"Login {number}") for number in range(0, count, 2)], "credentials")
    _seed(org, "integrations", "CRM", stored_integration, count)


def _state_of_platform(org: t.Any) -> dict[str, list[Entry]]:
    logins = {one["id"]: one["name"] for one in org.objects("credentials")}
    integrations = []
    for stored in org.objects("integrations"):
        one = {key: value for key, value in without_volatile(stored).items() if key not in ("id", "selfUri")}
        slots = one["config"]["current"]["credentials"]
        one["config"]["current"]["credentials"] = {
            slot: logins.get(given["id"], given["id"]) for slot, given in slots.items()
        }
        integrations.append(one)
    names = sorted(logins.values())
    return {
        "credentials": [{"name": name} for name in names],
        "integrations": sorted(integrations, key=lambda one: str(one["name"])),
    }


RUNS = {
    "reference": OrgRun(_declare_reference, _seed_reference, state_of),
    "platform": OrgRun(_declare_platform, _seed_platform, _state_of_platform),
}
