# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Days after which a retention policy archives or deletes: their limits, and what has no effect (N.4).

Private to the collection. Pure.
"""

from __future__ import annotations

import typing as t

from ..._findings import Findings
from ..._model.json_objects import Body
from .blocks import block_of, given_value
from .conversion import from_wire
from .parts import BLOCKS

#: Longest retention [days], unless the option C(max_retention_days) allows more.
MAX_RETENTION_DAYS = 365
_HOLDERS = ("retention_duration", "initiate_screen_recording")
_KINDS = ("archive_retention", "delete_retention")


def declared_actions(options: t.Any) -> dict[str, dict[str, t.Any]]:
    """Return the actions that a task gives, by their paths."""
    found = {block.option: given_value(options, block.option) for block in BLOCKS}
    return {path: value for path, value in found.items() if path.endswith("actions") and value}


def actions_of(body: Body) -> dict[str, dict[str, t.Any]]:
    """Return the actions of a policy in the form of the options, by their paths."""
    return {
        block.option: from_wire(block.parts, value)
        for block in BLOCKS
        if block.option.endswith("actions") and isinstance(value := block_of(block, body), dict)
    }


def longest_deletion(body: Body) -> int:
    """Return the greatest number of days after which a policy deletes anything, 0 without one."""
    return _longest(body, ("delete_retention",))


def longest_retention(body: Body) -> int:
    """Return the greatest number of days after which a policy archives or deletes, 0 without one."""
    return _longest(body, _KINDS)


def _longest(body: Body, kinds: tuple[str, ...]) -> int:
    days = [
        given_value(block, f"{holder}.{kind}.days")
        for block in actions_of(body).values()
        for holder in _HOLDERS
        for kind in kinds
    ]
    return max((one for one in days if isinstance(one, int)), default=0)


def violations(actions: dict[str, dict[str, t.Any]], cap: int | None) -> t.Iterator[tuple[str, str]]:
    """Yield a path and a message for each number of days that is below 1 or above C(cap).

    C(cap) is None if the option C(max_retention_days) is invalid, which is reported elsewhere.
    """
    for path, block in actions.items():
        for holder in _HOLDERS:
            for kind in _KINDS:
                days = given_value(block, f"{holder}.{kind}.days")
                if isinstance(days, int) and (days < 1 or (cap is not None and days > cap)):
                    limit = "at least 1" if cap is None else f"1 to {cap} (max_retention_days)"
                    yield f"{path}.{holder}.{kind}.days", f"is {days} days and must be {limit}"


def warn_of_effects(body: Body, declared: dict[str, dict[str, t.Any]], findings: Findings) -> None:
    """Warn of a deletion that has no effect, and of recordings that a task retains and nothing deletes."""
    for path, block in actions_of(body).items():
        retains = block.get("retain_recording", True)
        if retains and block.get("delete_recording"):
            findings.warn(f"{path}.delete_recording", "has no effect while retain_recording is true")
        keeps = declared.get(path, {}).get("retain_recording") and not block.get("always_delete")
        if keeps and given_value(block, "retention_duration.delete_retention.days") is None:
            findings.warn(
                f"{path}.retention_duration",
                "has no delete_retention: the policy keeps recordings without end, and max_retention_days "
                "does not limit them",
            )
