# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module genesys_audit_info: audit records, read at once or awaited up to a deadline (S0.9).

Private to the collection.
"""

from __future__ import annotations

import typing as t

# The first import, because it refuses an old Python.
from .. import _deps  # noqa: F401 # pylint: disable=unused-import
from .._arguments.arguments import ModuleArguments, connect, secrets_given
from .._arguments.connection import CONNECTION_OPTIONS, PROFILES, chosen_profile
from .._arguments.validation import validate
from .._engine.lookup import check_organization, read_organization
from .._engine.run_cache import RunCache
from .._errors import DeadlineExceeded, InputError
from .._findings import Findings, did_you_mean
from .._http.client import Client
from .._printable import printable
from .._reporting.org_audit import AuditRecord, audit_record_result, read_audit
from .._retry_policy import TimedOut, poll


def _all_event_types() -> list[str]:
    """Return the event types of all API profiles."""
    return list(dict.fromkeys(name for profile in PROFILES.values() for name in profile.event_types))


AUDIT_INFO_OPTIONS: dict[str, dict[str, t.Any]] = {
    **CONNECTION_OPTIONS,
    "entity_id": {"type": "str"},
    "event_type": {"type": "str", "choices": _all_event_types()},
    "wait_for": {"type": "int"},
    "wait_timeout": {"type": "float", "default": 60.0},
}


def prepare_audit_info(raw: t.Mapping[str, t.Any], environ: t.Mapping[str, str]) -> ModuleArguments:
    """Check the raw arguments of the module. Add every problem to C(findings)."""
    findings = Findings()
    query = ModuleArguments(given=validate(AUDIT_INFO_OPTIONS, dict(raw), findings), findings=findings)
    query.secrets |= secrets_given(AUDIT_INFO_OPTIONS, raw)
    given = query.given
    if given.get("entity_id") is None and given.get("event_type") is None:
        findings.problem("entity_id", "is required, or event_type: the audit of a whole org is unbounded")
    profile = chosen_profile(raw, environ)
    event_type = given.get("event_type")
    if profile.audit is None:
        findings.problem("api_profile", f"this release cannot query the audit of the API {profile.name!r}")
    elif event_type is not None and event_type not in profile.event_types:
        hint = did_you_mean(event_type, profile.event_types)
        findings.problem("event_type", f"{event_type!r} is not an event of the API {profile.name!r}{hint}")
    if given.get("entity_id") is not None and not given["entity_id"].strip():
        findings.problem("entity_id", "must not be empty")
    if given.get("wait_for") is not None and given["wait_for"] < 1:
        findings.problem("wait_for", "must be 1 or more")
    if not given.get("wait_timeout", 1) > 0:
        findings.problem("wait_timeout", "must be more than 0 seconds")
    connect(query, environ)
    return query


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
    def read(within: float | None = None) -> list[AuditRecord]:
        return read_audit(
            client, entity_id=given.get("entity_id"), event_type=given.get("event_type"), within=within
        )

    count = given.get("wait_for") or 0
    records = read()
    if len(records) >= count:
        return records
    try:
        return poll(read, lambda records: len(records) >= count, timeout=given["wait_timeout"])
    except TimedOut as error:
        raise _too_few(given, records if error.last is None else error.last, error) from None


def _too_few(given: dict[str, t.Any], records: list[AuditRecord], error: TimedOut) -> DeadlineExceeded:
    subject = " ".join(
        text
        for text in (
            f"of {given['event_type']!r}" if given.get("event_type") else "",
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
        "Records appear some time after the event: raise wait_timeout, or correct entity_id and event_type."
    )
    return DeadlineExceeded(
        " ".join(sentences), cause=error.failure, records=[audit_record_result(record) for record in records]
    )
