# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The limit of enabled masking rules for each channel, counted before a write (N.3).

Private to the collection. Rules of one run count together, although none of them is written yet.
"""

from __future__ import annotations

import threading
import typing as t

from ..._engine.context import Context
from ..._engine.lookup import list_all
from ..._findings import Findings
from ..._model.json_objects import Body
from ..._model.plan import Plan
from ..._model.resource import Field

#: The number of enabled rules that a channel can have.
MOST_OF_A_CHANNEL = 15
_SHOWN = 5


class PlannedRules:
    """The rules that a run writes: name and channels of each by its id, or by its name if it is new.

    A disabled rule has no channels.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rules: dict[tuple[str, t.Any], tuple[str, frozenset[str]]] = {}

    def add(
        self, plan: Plan, channels: frozenset[str]
    ) -> dict[tuple[str, t.Any], tuple[str, frozenset[str]]]:
        """Add a rule. Return all rules so far."""
        name = str((plan.after or {}).get("name"))
        key = ("name", name) if plan.before is None else ("id", plan.before["id"])
        with self._lock:
            self._rules[key] = (name, channels)
            return dict(self._rules)


def rules_of_org(context: Context) -> list[Body]:
    """Return the rules of the org, as a list of at most C(list_lag) ago has them."""
    _read_at, rules = context.run_cache.get_or_compute_recent(
        "all masking rules",
        lambda: list_all(context.client, context.resource),
        max_age=context.client.list_lag,
    )
    return rules


def refuse_full_channels(
    context: Context, plan: Plan, enabled: Field, channels: Field, findings: Findings
) -> None:
    """Add a problem for each channel that would have more rules than the API allows.

    A rule that the same run disables still counts, because the run writes its rules concurrently.
    """

    def used(body: Body) -> frozenset[str]:
        return frozenset(channels.of(body)) if enabled.of(body) is True else frozenset()

    wanted = used(plan.after or {})
    planned = context.run_cache.get_or_compute("planned masking rules", PlannedRules).add(plan, wanted)
    for channel in sorted(wanted - used(plan.before or {})):
        of_channel = [name for name, used_by in planned.values() if channel in used_by]
        for rule in rules_of_org(context):
            _name, planned_channels = planned.get(("id", rule["id"]), ("", frozenset()))
            if (
                channel in used(rule)
                and channel not in planned_channels
                and ("name", rule.get("name")) not in planned
            ):
                of_channel.append(str(rule.get("name")))
        if len(of_channel) > MOST_OF_A_CHANNEL:
            shown = ", ".join(map(repr, sorted(of_channel)[:_SHOWN]))
            findings.problem(
                "channels",
                f"{channel!r} would have {len(of_channel)} enabled masking rules, and the API allows "
                f"{MOST_OF_A_CHANNEL}: {shown} and others. Disable or remove one of them in an earlier task",
            )
