# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The states of an integration: C(reportedState) follows C(intendedState) some reads later."""

from __future__ import annotations

from ..orgs import Org
from ..store import Kind, Stored, Wire, timestamp
from .switches import switches

#: The reported state of each intended state, and the state on the way to it.
CODES = {"ENABLED": "ACTIVE", "DISABLED": "INACTIVE", "DELETED": "INACTIVE", "RESTORED": "INACTIVE"}
ON_THE_WAY = {"ACTIVE": "ACTIVATING", "INACTIVE": "DEACTIVATING"}


class Transitions:
    """The reads that each integration of one org still answers with the state on the way."""

    def __init__(self) -> None:
        self.reads_left: dict[str, int] = {}


def reported(code: str) -> Wire:
    state: Wire = {"code": code, "effective": code.capitalize(), "lastUpdated": timestamp()}
    if code == "ERROR":
        state["detail"] = {
            "localizableMessageCode": "activation.failed",
            "message": "The integration could not be activated.",
        }
    return state


def intended(org: Org, stored: Stored, wanted: str) -> Wire:
    """Return an integration after a change of its intended state. The true end comes with C(proceed)."""
    code, reads = CODES[wanted], switches(org).reads_until_state
    if stored.wire["reportedState"]["code"] == code:
        return {**stored.wire, "intendedState": wanted}
    waits = reads or switches(org).state_outcome == "never"
    org.state(Transitions).reads_left[stored.id] = reads
    now = ON_THE_WAY[code] if waits else _end(org, code)
    return {**stored.wire, "intendedState": wanted, "reportedState": reported(now)}


def proceed(org: Org, kind: Kind, stored: Stored) -> Stored:
    """Count a read of an integration. Return it, with the end of its change of state when that is due."""
    if stored.wire["reportedState"]["code"] not in ON_THE_WAY.values():
        return stored
    if org[kind].get(stored.id) is not stored or switches(org).state_outcome == "never":
        return stored
    left = org.state(Transitions).reads_left
    if left.get(stored.id, 0) > 0:
        left[stored.id] -= 1
        return stored
    end = reported(_end(org, CODES[stored.wire["intendedState"]]))
    return org[kind].rewrite(stored, {**stored.wire, "reportedState": end})


def _end(org: Org, code: str) -> str:
    return "ERROR" if switches(org).state_outcome == "error" and code == "ACTIVE" else code
