# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waits, after a change, until the org's own audit has it (S0.9).

Private to the collection. Clocks do not matter: the record of a change is one that was not there before the
write, of the right entity and event type, and by this client where its id is known.
"""

from __future__ import annotations

import typing as t

from ._errors import DeadlineExceeded
from ._events import CHANGES
from ._findings import Findings
from ._polling import TimedOut, poll
from ._reporting.org_audit import Record, read_audit, shown

if t.TYPE_CHECKING:
    from ._arguments.connection import Connection
    from ._engine.apply import Context
    from ._engine.lookup import Found
    from ._model.plan import Plan

#: The options of every resource module whose changes the API keeps records of.
VERIFY_AUDIT_OPTIONS: dict[str, dict[str, t.Any]] = {
    "verify_audit": {"type": "bool", "default": False},
    "audit_timeout": {"type": "float", "default": 60.0},
}


def check_verify_audit(given: t.Mapping[str, t.Any], findings: Findings) -> None:
    """What the types of the options do not say."""
    if not given.get("audit_timeout", 1) > 0:
        findings.problem("audit_timeout", "must be more than 0 seconds")


class AuditVerification:
    """One task's wait. Without the option nothing here does anything, nor without a change."""

    def __init__(self, given: t.Mapping[str, t.Any], connection: Connection, context: Context) -> None:
        self._wanted = bool(given.get("verify_audit"))
        self._timeout = float(given.get("audit_timeout", 0))
        self._actor = connection.client_id
        self._context = context
        self._seen: set[str] = set()

    def planned(self, plan: Plan) -> None:
        """Takes note of the records that are there before the write.

        An object that is to be created has none, but the question shows while nothing is written yet that
        the audit can be read: raises what the API answers where it cannot.
        """
        if not self._wanted or plan.action == "none":
            return
        nothing = self._context.resource.kind  # the id of no object
        entity_id = nothing if plan.before is None else str(plan.before["id"])
        self._seen = {record["id"] for record in self._read(plan, entity_id)}

    def finish(self, plan: Plan, now: Found | None) -> None:
        """Waits for the record of a confirmed change and notes it as C(audit_record).

        Raises DeadlineExceeded where it does not come in time; the change stays.
        """
        if not self._wanted or plan.action == "none":
            return
        body = now.body if now is not None else plan.before or {}
        entity_id = str(body["id"])
        try:
            records = poll(
                lambda left: self._read(plan, entity_id, left),
                lambda found: any(self._is_ours(record) for record in found),
                timeout=self._timeout,
            )
        except TimedOut as error:
            raise self._missing(plan, entity_id, error) from None
        ours = [record for record in records if self._is_ours(record)]
        self._context.notes["audit_record"] = shown(ours[-1])

    def _read(self, plan: Plan, entity_id: str, within: float | None = None) -> list[Record]:
        return read_audit(
            self._context.client, entity_id=entity_id, event_type=self._event_type(plan), within=within
        )

    def _event_type(self, plan: Plan) -> str:
        return f"{self._context.resource.event}.{CHANGES[plan.action]}"

    def _is_ours(self, record: Record) -> bool:
        return record["id"] not in self._seen and self._actor in (None, record.get("actorId"))

    def _missing(self, plan: Plan, entity_id: str, error: TimedOut) -> DeadlineExceeded:
        event_type, title = self._event_type(plan), self._context.resource.title
        told = [
            f"The {title} was {CHANGES[plan.action]}, but the org's audit has no record of it "
            f"({event_type!r} on {entity_id!r}{f' by {self._actor}' if self._actor else ''}) after "
            f"{self._timeout:g} s (audit_timeout) and {error.reads} reads."
        ]
        last: list[Record] = error.last or []
        others = [str(record.get("actorId")) for record in last if record["id"] not in self._seen]
        told.append(
            f"It has {len(last)} such records, {len(self._seen)} of them from before the change"
            f"{', the others by ' if others else ''}{', '.join(sorted(set(others)))}."
        )
        if error.failure is not None:
            told.append(f"The last read failed: {error.failure}")
        told.append("The change stays. Look later with genesys_audit_info, or raise audit_timeout.")
        return DeadlineExceeded(
            " ".join(told), cause=error.failure, audit_records=[shown(record) for record in last]
        )
