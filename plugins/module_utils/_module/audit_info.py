# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module genesys_audit_info: audit records, read at once or awaited up to a deadline (S0.9).

Private to the collection.
"""

from __future__ import annotations

import datetime
import typing as t

# The first import, because it refuses an old Python.
from .. import _deps  # noqa: F401 # pylint: disable=unused-import
from .._api.profile import ApiProfile, AuditFilter, AuditHistory
from .._arguments.arguments import ModuleArguments, connect, secrets_given
from .._arguments.connection import CONNECTION_OPTIONS, PROFILES, chosen_profile
from .._arguments.validation import validate
from .._engine.attempts import parse_time
from .._engine.lookup import check_organization, read_organization
from .._engine.run_cache import RunCache
from .._errors import DeadlineExceeded, InputError
from .._findings import Findings, did_you_mean
from .._http.client import Client
from .._printable import printable
from .._reporting.org_audit import AuditReader, AuditRecord, audit_record_result
from .._retry_policy import TimedOut, poll


def _all_event_types() -> list[str]:
    """Return the event types of all API profiles."""
    return list(dict.fromkeys(name for profile in PROFILES.values() for name in profile.event_types))


AUDIT_INFO_OPTIONS: dict[str, dict[str, t.Any]] = {
    **CONNECTION_OPTIONS,
    "entity_id": {"type": "str"},
    "event_type": {"type": "str", "choices": _all_event_types()},
    "service": {"type": "str"},
    "entity_type": {"type": "str"},
    "action": {"type": "str"},
    "since": {"type": "str"},
    "until": {"type": "str"},
    "wait_for": {"type": "int"},
    "wait_timeout": {"type": "float", "default": 60.0},
}


def prepare_audit_info(raw: t.Mapping[str, t.Any], environ: t.Mapping[str, str]) -> ModuleArguments:
    """Check the raw arguments of the module. Add every problem to C(findings)."""
    findings = Findings()
    query = ModuleArguments(given=validate(AUDIT_INFO_OPTIONS, dict(raw), findings), findings=findings)
    query.secrets |= secrets_given(AUDIT_INFO_OPTIONS, raw)
    given = query.given
    _check_filter(query, chosen_profile(raw, environ))
    if given.get("entity_id") is not None and not given["entity_id"].strip():
        findings.problem("entity_id", "must not be empty")
    if given.get("wait_for") is not None and given["wait_for"] < 1:
        findings.problem("wait_for", "must be 1 or more")
    if not given.get("wait_timeout", 1) > 0:
        findings.problem("wait_timeout", "must be more than 0 seconds")
    connect(query, environ)
    return query


def _check_filter(query: ModuleArguments, profile: ApiProfile) -> None:
    """Check the options that choose records, which differ by API."""
    given, findings = query.given, query.findings
    audit = profile.audit
    if audit is None:
        findings.problem("api_profile", f"this release cannot query the audit of the API {profile.name!r}")
        return
    every = dict.fromkeys(name for one in PROFILES.values() if one.audit for name in one.audit.options)
    for option in every:
        if given.get(option) is not None and option not in audit.options:
            findings.problem(
                option, f"has no meaning in the API {profile.name!r}: give {' or '.join(audit.options)}"
            )
    choices = [option for option in ("event_type", "service") if option in audit.options]
    if all(given.get(option) is None for option in ("entity_id", *choices)):
        names = " or ".join(choices)
        findings.problem("entity_id", f"is required, or {names}: the audit of a whole org is unbounded")
    event_type = given.get("event_type")
    if event_type is not None and "event_type" in audit.options and event_type not in profile.event_types:
        hint = did_you_mean(event_type, profile.event_types)
        findings.problem("event_type", f"{event_type!r} is not an event of the API {profile.name!r}{hint}")
    for option in ("entity_type", "action"):
        if given.get(option) is not None and given.get("service") is None and option in audit.options:
            findings.problem(option, "needs service, because each service has its own names")
    if audit.history is not None:
        _check_span(query, audit.history)


def _check_span(query: ModuleArguments, history: AuditHistory) -> None:
    """Check C(since) and C(until) and put them into the form of times."""
    given, findings = query.given, query.findings
    now = datetime.datetime.now(datetime.UTC)
    for option in ("since", "until"):
        text = given.get(option)
        given[option] = None if text is None else parse_time(text)
        if text is not None and given[option] is None:
            findings.problem(option, f"{text!r} is not a time in ISO 8601, such as 2026-01-20T14:00:00Z")
    since, until = given["since"], given["until"]
    if since is None:
        since = now - datetime.timedelta(days=history.days)
    elif since >= now:
        findings.problem("since", "must be in the past")
    elif since < now - datetime.timedelta(days=history.kept_days):
        findings.warn("since", f"the API keeps audit records for {history.kept_days} days")
    if until is not None and until <= since:
        findings.problem("until", f"must be later than {'since' if given['since'] else since.isoformat()}")
    if since < now - datetime.timedelta(days=history.days) and given.get("service") is None:
        findings.problem(
            "service",
            f"is required for records of more than {history.days} days ago: they come from another query, "
            "which takes one service",
        )


def read_audit_records(query: ModuleArguments) -> dict[str, t.Any]:
    """Return the result of the module; its C(records) are sorted by time.

    Raises InputError if there are problems, DeadlineExceeded with the records so far if C(wait_timeout) ends
    before there are C(wait_for) records.
    """
    if query.findings.problems:
        raise InputError(query.findings)
    if query.connection is None:
        raise AssertionError("a query without problems has a connection")
    with Client(query.connection) as client:
        if query.connection.organization is not None:
            check_organization(read_organization(client, RunCache()), query.connection)
        records = _read(client, query.given)
        return {
            "changed": False,
            "records": [audit_record_result(record) for record in records],
            "api": client.api(),
        }


def _read(client: Client, given: dict[str, t.Any]) -> list[AuditRecord]:
    wanted = AuditFilter(**{name: given.get(name) for name in AuditFilter._fields})
    reader = AuditReader(client, wanted, RunCache(), timeout=given["wait_timeout"])
    count = given.get("wait_for") or 0
    records = reader.read()
    if len(records) >= count:
        return records
    try:
        return poll(reader.read, lambda records: len(records) >= count, timeout=given["wait_timeout"])
    except TimedOut as error:
        raise _too_few(given, records if error.last is None else error.last, error) from None


def _too_few(given: dict[str, t.Any], records: list[AuditRecord], error: TimedOut) -> DeadlineExceeded:
    names = [given[name] for name in ("event_type", "service", "entity_type", "action") if given.get(name)]
    subject = " ".join(
        text
        for text in (
            f"of {'.'.join(names)!r}" if names else "",
            f"on the entity {given['entity_id']!r}" if given.get("entity_id") else "",
        )
        if text
    )
    sentences = [
        f"The audit has {len(records)} of the {given['wait_for']} expected records {subject} "
        f"after {given['wait_timeout']:g} s (wait_timeout) and {error.reads + 1} reads."
    ]
    if records:
        last = audit_record_result(records[-1])
        sentences.append(
            printable(
                f"The last is {last.get('event_type')} by {last.get('actor_id')} at {last.get('timestamp')}."
            )
        )
    if error.failure is not None:
        sentences.append(f"The last read failed: {error.failure}")
    sentences.append(
        "Records appear some time after the event: raise wait_timeout, or correct the options that "
        "choose them."
    )
    return DeadlineExceeded(
        " ".join(sentences), cause=error.failure, records=[audit_record_result(record) for record in records]
    )
