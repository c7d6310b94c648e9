# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The org's own audit trail: one query, or two where the API needs another for older records (S0.9, N.10).

Private to the collection. The POSTs of these queries only read. Each read adds to the records of the earlier
ones, because no record ever goes.
"""

from __future__ import annotations

import datetime
import typing as t
import urllib.parse

from .._api.profile import AuditFilter, AuditHistory, AuditQuery, AuditServices
from .._engine.run_cache import RunCache
from .._errors import (
    DeadlineExceeded,
    GenesysError,
    InputError,
    ListChanged,
    MalformedResponse,
    MissingObject,
)
from .._findings import Findings, did_you_mean
from .._http.client import Client
from .._http.pagination import numbered_pages
from .._http.responses import parse_date
from .._model.json_type import TEXT, find_fault, object_of
from .._model.rendering import snake_case
from .._retry_policy import LIST_CHANGES, RetryLoop, TimedOut, poll

AuditRecord = dict[str, t.Any]

#: An audit record in canonical form.
_RECORD = object_of(
    dict.fromkeys(("id", "timestamp", "actorId", "operation", "status", "eventType", "entityId"), TEXT),
    ["id"],
)
_STARTED = object_of({"id": TEXT}, ["id"])
#: The synchronous query is not used for its last hour, in which a record could leave it during a wait.
_MARGIN = datetime.timedelta(hours=1)
#: The difference of two clocks that a time in whole seconds shows for certain.
_SAME_CLOCK = datetime.timedelta(seconds=2)
#: Time limit of an asynchronous query if the caller has none [s].
_HISTORY_SECONDS = 60.0


class _Services(t.NamedTuple):
    """The services of a query, and the difference of the server's clock to the one here."""

    by_name: AuditServices
    clock: datetime.timedelta


class AuditReader:
    """Reads of the records that one filter asks for.

    C(cache) keeps the services of the org's audit for the whole run. C(timeout) (seconds) is the limit of an
    asynchronous query, from the option C(timeout_option). C(option) is the option that a missing service is
    a problem of, None for those of the filter.
    """

    def __init__(
        self,
        client: Client,
        wanted: AuditFilter,
        cache: RunCache,
        *,
        timeout: float = _HISTORY_SECONDS,
        timeout_option: str = "wait_timeout",
        option: str | None = None,
    ) -> None:
        if client.profile.audit is None:
            raise AssertionError("the checks refuse audit queries in an API without them")
        self._audit: AuditQuery = client.profile.audit
        self._client = client
        self._wanted = wanted
        self._cache = cache
        self._timeout = timeout
        self._timeout_option = timeout_option
        self._option = option
        self._found: dict[str, AuditRecord] = {}
        self._border: datetime.datetime | None = None
        self._has_older = False

    def read(self, within: float | None = None) -> list[AuditRecord]:
        """Return the records in canonical form, sorted by time. C(within) (seconds) bounds each request.

        Raise InputError if the audit has no such records, ListChanged if old ones are missing in as many
        reads as C(LIST_CHANGES) allows, DeadlineExceeded or GenesysError for an asynchronous query.
        """
        history = self._audit.history
        if history is None:
            self._add(self._recent(self._wanted, within))
        else:
            self._read_span(history, within)
        return sorted(self._found.values(), key=_sort_key)

    def check(self) -> None:
        """Raise InputError if the audit has no such records, and PermissionDenied if it cannot be read.

        The list of the services is enough if the API has one, else this sends a query.
        """
        if self._audit.history is None:
            self.read()
        else:
            self._place()

    def _read_span(self, history: AuditHistory, within: float | None) -> None:
        """Read the records of the filter's time span: older ones once, recent ones each time."""
        is_recent, clock = self._place()
        now = datetime.datetime.now(datetime.UTC) + clock
        if self._border is None:
            self._border = now - datetime.timedelta(days=history.days) + _MARGIN
        since, until = self._wanted.since or self._border, min(self._wanted.until or now, now)
        if not is_recent:
            self._add(self._older(history, self._between(since, until), within))
            return
        if self._wanted.service is None:
            self._add(self._recent(self._between(since, until), within))  # the checks refuse an older time
            return
        if since < self._border and not self._has_older:
            older = self._between(since, min(until, self._border))
            self._add(self._older(history, older, within))
            self._has_older = True
        if until > self._border:
            self._add(self._recent(self._between(max(since, self._border), until), within))

    def _between(self, since: datetime.datetime, until: datetime.datetime) -> AuditFilter:
        return self._wanted._replace(since=since, until=until)

    def _recent(self, wanted: AuditFilter, within: float | None) -> list[AuditRecord]:
        """Return the raw records of the synchronous query. New ones may appear while the pages are read."""
        audit = self._audit
        params = (audit.paging.size_param, audit.paging.number_param)

        def fetch(paging: dict[str, t.Any]) -> dict[str, t.Any]:
            body = audit.body(wanted, *(paging[name] for name in params))
            reply = self._client.send("POST", audit.path, json=body, repeatable=True, within=within)
            return t.cast("dict[str, t.Any]", reply.data or {})

        reads = RetryLoop(LIST_CHANGES)
        while True:
            pages = list(numbered_pages(fetch, audit.path, audit.paging))
            records = [record for page in pages for record in page.entities]
            if len({record[audit.paging.id_key] for record in records}) >= (pages[0].total or 0):
                return records
            if not reads.wait():
                raise ListChanged(
                    f"The audit records changed while their pages were read, {reads.failures} times in a "
                    "row: some are missing. Run again, or ask for one entity."
                )

    def _older(
        self, history: AuditHistory, wanted: AuditFilter, within: float | None
    ) -> list[dict[str, t.Any]]:
        """Return the raw records of an asynchronous query: start it, wait for its end, read its results."""
        reply = self._client.send(
            "POST", history.path, json=history.body(wanted), repeatable=True, within=within
        )
        started = reply.data or {}
        fault = find_fault(_STARTED, started)
        if fault is not None:
            raise MalformedResponse(
                f"The response to an audit query is malformed: {fault.path} {fault.reason}."
            )
        query_id = urllib.parse.quote(started["id"], safe="")
        timeout = self._timeout if within is None else min(self._timeout, within)
        state = history.state(started)
        if state in history.running:
            state = self._awaited_state(history, query_id, timeout)
        if state != history.succeeded:
            raise GenesysError(
                f"The audit query {started['id']!r} has the state {state!r}. Run again, or ask for a shorter "
                "time span."
            )
        path, _separator, params = history.results_path.format(id=query_id).partition("?")
        return self._client.list(path, history.paging, dict(urllib.parse.parse_qsl(params)), within=within)

    def _awaited_state(self, history: AuditHistory, query_id: str, timeout: float) -> t.Any:
        path = history.state_path.format(id=query_id)

        def read(left: float) -> t.Any:
            try:
                return history.state(self._client.get(path, within=left).data or {})
            except MissingObject:
                return history.running[0]  # a read may not show the new query yet

        try:
            return poll(read, lambda state: state not in history.running, timeout=timeout)
        except TimedOut as error:
            state = history.running[0] if error.last is None else error.last
            message = (
                f"The audit query {query_id!r} was not done after {timeout:g} s and {error.reads} reads: its "
                f"state was {state!r}. Raise {self._timeout_option}, or ask for a shorter time span."
            )
            if error.failure is not None:
                message += f" The last read failed: {error.failure}"
            raise DeadlineExceeded(message, cause=error.failure) from None

    def _add(self, raw: list[dict[str, t.Any]]) -> None:
        for record in map(self._audit.decode, raw):
            fault = find_fault(_RECORD, record)
            if fault is not None:
                raise MalformedResponse(
                    "The audit has a record that is not as the API describes it: "
                    f"{fault.path} {fault.reason}."
                )
            self._found[record["id"]] = record

    def _place(self) -> tuple[bool, datetime.timedelta]:
        """Return whether the synchronous query has the filter's service, and the clock's difference.

        Raise InputError if neither query has the service, entity type and action.
        """
        history = t.cast("AuditHistory", self._audit.history)
        recent = self._cache.get_or_compute(
            "services of recent audits", lambda: self._services(history, history.recent_services_path)
        )
        if _problem(self._wanted, recent.by_name) is None:
            return True, recent.clock
        every = self._cache.get_or_compute(
            "services of all audits", lambda: self._services(history, history.services_path)
        )
        problem = _problem(self._wanted, every.by_name)
        if problem is not None:
            findings = Findings()
            findings.problem(self._option or problem[0], problem[1])
            raise InputError(findings)
        return False, recent.clock

    def _services(self, history: AuditHistory, path: str) -> _Services:
        reply = self._client.get(path)
        here = datetime.datetime.now(datetime.UTC)
        clock = (parse_date(reply.date or "") or here) - here
        by_name = history.services(reply.data or {})
        if by_name is None:
            raise MalformedResponse(f"The response of {path} has no services of the audit.")
        return _Services(by_name, clock if abs(clock) >= _SAME_CLOCK else datetime.timedelta())


def _problem(wanted: AuditFilter, services: AuditServices) -> tuple[str, str] | None:
    """Return the option that names something that the services lack, with the reason."""
    if wanted.service is None:
        return None
    types = services.get(wanted.service)
    if types is None:
        hint = did_you_mean(wanted.service, services)
        return "service", f"the audit of this org has no service {wanted.service!r}{hint}"
    actions = [action for of_type in types.values() for action in of_type]
    if wanted.entity_type is not None:
        if wanted.entity_type not in types:
            return "entity_type", (
                f"the service {wanted.service!r} has no entity type {wanted.entity_type!r} in the audit"
                f"{did_you_mean(wanted.entity_type, types)}"
            )
        actions = types[wanted.entity_type]
    if wanted.action is not None and wanted.action not in actions:
        return "action", (
            f"the audit of {wanted.entity_type or wanted.service!r} has no action {wanted.action!r}"
            f"{did_you_mean(wanted.action, set(actions))}"
        )
    return None


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
