# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The org's own audit trail: queries for its records, and the wait for the record of a change (S0.9).

Private to the collection. The reference API has C(/api/v2/audit/records/query) in
C(tests/simulator/reference/openapi.yaml): a POST that only reads.
"""

from __future__ import annotations

import datetime
import typing as t

from .._errors import DeadlineExceeded, ListChanged, MalformedResponse
from .._http.client import Client
from .._http.pagination import numbered_pages
from .._model.json_type import TEXT, find_fault, object_of
from .._model.plan import COUNTED_AS
from .._model.rendering import snake_case
from .._printable import printable
from .._retry_policy import LIST_CHANGES, RetryLoop, TimedOut, poll

if t.TYPE_CHECKING:
    from .._engine.context import Context
    from .._http.connection import Connection
    from .._model.plan import Plan, RemoteObject


AuditRecord = dict[str, t.Any]

#: An audit record in canonical form.
_RECORD = object_of(
    dict.fromkeys(("id", "timestamp", "actorId", "operation", "status", "eventType", "entityId"), TEXT),
    ["id"],
)


def read_audit(
    client: Client,
    *,
    entity_id: str | None = None,
    event_type: str | None = None,
    within: float | None = None,
) -> list[AuditRecord]:
    """Return the records of an entity, an event type or both, in canonical form, sorted by time.

    C(within) (seconds) bounds each page. New records may appear while the pages are read. Raises ListChanged
    if old ones are missing, in as many reads as C(LIST_CHANGES) allows.
    """
    audit = client.profile.audit
    if audit is None:
        raise AssertionError("the checks refuse audit queries in an API without them")
    params = (audit.paging.size_param, audit.paging.number_param)

    def fetch(paging: dict[str, t.Any]) -> dict[str, t.Any]:
        body = audit.body(entity_id, event_type, *(paging[name] for name in params))
        reply = client.send("POST", audit.path, json=body, repeatable=True, within=within)
        return t.cast("dict[str, t.Any]", reply.data or {})

    reads = RetryLoop(LIST_CHANGES)
    while True:
        pages = list(numbered_pages(fetch, audit.path, audit.paging))
        decoded = (_checked(audit.decode(record)) for page in pages for record in page.entities)
        records = {record["id"]: record for record in decoded}
        if len(records) >= (pages[0].total or 0):
            return sorted(records.values(), key=_sort_key)
        if not reads.wait():
            raise ListChanged(
                f"The audit records changed while their pages were read, {reads.failures} times in a row: "
                "some are missing. Run again, or ask for one entity."
            )


def _checked(record: AuditRecord) -> AuditRecord:
    fault = find_fault(_RECORD, record)
    if fault is None:
        return record
    raise MalformedResponse(
        f"The audit has a record that is not as the API describes it: {fault.path} {fault.reason}."
    )


def audit_record_result(record: AuditRecord) -> AuditRecord:
    """Return an audit record as the modules return it, with keys in snake_case."""
    return {snake_case(key): value for key, value in record.items()}


def _sort_key(record: AuditRecord) -> tuple[float, str]:
    """Return the sort key of a record. A record without a valid time comes last."""
    text = str(record.get("timestamp"))
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        return (float("inf"), text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.UTC)
    return (moment.timestamp(), text)


class AuditVerification:
    """The wait of one task. It does nothing without C(verify_audit), nor without a change."""

    def __init__(self, given: t.Mapping[str, t.Any], connection: Connection, context: Context) -> None:
        self._wanted = bool(given.get("verify_audit"))
        self._timeout = float(given.get("audit_timeout", 0))
        self._actor = connection.client_id
        self._context = context
        self._seen: set[str] = set()

    def planned(self, plan: Plan) -> None:
        """Note the records that exist before the write.

        An object that will be created has none. The query is sent nevertheless, so that an audit that cannot
        be read fails the task before the write.
        """
        if not self._wanted or plan.action == "none":
            return
        unused_id = self._context.resource.kind  # no object has this id
        entity_id = unused_id if plan.before is None else str(plan.before["id"])
        self._seen = {record["id"] for record in self._read(plan, entity_id)}

    def finish(self, plan: Plan, now: RemoteObject | None) -> None:
        """Wait for the record of a confirmed change and put it into the result as C(audit_record).

        Raises DeadlineExceeded if it does not appear in time. The change stays.
        """
        if not self._wanted or plan.action == "none":
            return
        body = now.body if now is not None else plan.before or {}
        entity_id = str(body["id"])
        try:
            records = poll(
                lambda left: self._read(plan, entity_id, left),
                lambda found: any(self._is_of_this_task(record) for record in found),
                timeout=self._timeout,
            )
        except TimedOut as error:
            raise self._missing(plan, entity_id, error) from None
        own = [record for record in records if self._is_of_this_task(record)]
        self._context.result_fields["audit_record"] = audit_record_result(own[-1])

    def _read(self, plan: Plan, entity_id: str, within: float | None = None) -> list[AuditRecord]:
        return read_audit(
            self._context.client, entity_id=entity_id, event_type=self._event_type(plan), within=within
        )

    def _event_type(self, plan: Plan) -> str:
        return self._context.client.profile.event_type(self._context.resource.event, plan.action)

    def _is_of_this_task(self, record: AuditRecord) -> bool:
        return record["id"] not in self._seen and self._actor in (None, record.get("actorId"))

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
