# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The wait for the org's own record of a change, after the write (S0.9, N.10).

Private to the collection.
"""

from __future__ import annotations

import datetime
import typing as t

from .._errors import DeadlineExceeded
from .._model.plan import COUNTED_AS
from .._printable import printable
from .._retry_policy import TimedOut, poll
from .org_audit import AuditReader, AuditRecord, audit_record_result

if t.TYPE_CHECKING:
    from .._engine.context import Context
    from .._http.connection import Connection
    from .._model.plan import Plan, RemoteObject

#: Age of the oldest record that is read. The record of the change is younger.
_LOOK_BACK = datetime.timedelta(days=1)


class AuditVerification:
    """The wait of one task. It does nothing without C(verify_audit), nor without a change."""

    def __init__(self, given: t.Mapping[str, t.Any], connection: Connection, context: Context) -> None:
        self._wanted = bool(given.get("verify_audit"))
        self._timeout = float(given.get("audit_timeout", 0))
        self._actor = connection.client_id
        self._context = context
        self._awaited = False
        self._seen: set[str] = set()

    def planned(self, plan: Plan) -> None:
        """Note the records that exist before the write.

        An object that will be created has none. An audit that cannot be read fails the task before the write
        nevertheless.
        """
        self._awaited = self._wanted and plan.action != "none" and self._has_record(plan)
        if not self._awaited:
            return
        if plan.before is None:
            unused_id = self._context.resource.kind  # no object has this id
            self._reader(plan, unused_id).check()
        else:
            self._seen = {record["id"] for record in self._reader(plan, str(plan.before["id"])).read()}

    def finish(self, plan: Plan, now: RemoteObject | None) -> None:
        """Wait for the record of a confirmed change and put it into the result as C(audit_record).

        Raises DeadlineExceeded if it does not appear in time. The change stays.
        """
        if not self._awaited or plan.action == "none":
            return
        body = now.body if now is not None else plan.before or {}
        entity_id = str(body["id"])
        reader = self._reader(plan, entity_id)
        try:
            records = poll(
                reader.read,
                lambda found: any(self._is_of_this_task(plan, record) for record in found),
                timeout=self._timeout,
            )
        except TimedOut as error:
            raise self._missing(plan, entity_id, error) from None
        own = [record for record in records if self._is_of_this_task(plan, record)]
        self._context.result_fields["audit_record"] = audit_record_result(own[-1])

    def _has_record(self, plan: Plan) -> bool:
        """Return whether the audit has a record of the object for this plan, else warn."""
        unaudited = self._context.resource.unaudited_fields
        if plan.action != "update" or any(field.wire not in unaudited for field in plan.changed):
            return True
        self._context.findings.warn(
            "verify_audit",
            f"the org's audit has no record of a {self._context.resource.title} whose "
            f"{' and '.join(unaudited)} alone change: the task does not wait",
        )
        return False

    def _reader(self, plan: Plan, entity_id: str) -> AuditReader:
        client = self._context.client
        audit = client.profile.audit
        if audit is None:
            raise AssertionError("the checks refuse audit queries in an API without them")
        wanted = audit.filter_of(self._context.resource.event, self._event_type(plan))
        since = datetime.datetime.now(datetime.UTC) - _LOOK_BACK
        return AuditReader(
            client,
            wanted._replace(entity_id=entity_id, since=since),
            self._context.run_cache,
            timeout=self._timeout,
            timeout_option="audit_timeout",
            option="verify_audit",
        )

    def _event_type(self, plan: Plan) -> str:
        return self._context.client.profile.event_type(self._context.resource.event, plan.action)

    def _is_of_this_task(self, plan: Plan, record: AuditRecord) -> bool:
        audit = self._context.client.profile.audit
        return (
            audit is not None
            and record["id"] not in self._seen
            and self._actor in (None, record.get("actorId"))
            and audit.shows(record, plan.action)
        )

    def _missing(self, plan: Plan, entity_id: str, error: TimedOut) -> DeadlineExceeded:
        event_type, title = self._event_type(plan), self._context.resource.title
        sentences = [
            f"The {title} was {COUNTED_AS[plan.action]}, but the org's audit has no record of it "
            f"({event_type!r} on {entity_id!r}{f' by {self._actor}' if self._actor else ''}) after "
            f"{self._timeout:g} s (audit_timeout) and {error.reads} reads."
        ]
        last: list[AuditRecord] = error.last or []
        others = [str(record.get("actorId")) for record in last if record["id"] not in self._seen]
        sentences.append(
            f"It has {len(last)} such records, {len(self._seen)} of them from before the change"
            f"{', the others by ' if others else ''}{', '.join(map(printable, sorted(set(others))))}."
        )
        if error.failure is not None:
            sentences.append(f"The last read failed: {error.failure}")
        sentences.append("The change stays. Look later with genesys_audit_info, or raise audit_timeout.")
        return DeadlineExceeded(
            " ".join(sentences),
            cause=error.failure,
            audit_records=[audit_record_result(record) for record in last],
        )
