# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Undoes what a journal took down: kind by kind in reverse order, objects of a kind at the same time.

Private to the collection. The writes of one object are undone one after the other, the newest first. Every
undo is itself in the journal, so that one that was killed can be gone on with.
"""

from __future__ import annotations

import concurrent.futures
import datetime
import typing as t

from .._api.profile import ApiProfile
from .._errors import InputError
from .._findings import Findings
from .._http.client import Client
from .._http.connection import Connection
from .._journal.entry import Entry
from .._journal.journal import Journal
from .._journal.reader import JournalContent, read_journal
from .._model.rendering import secrets_of
from .._model.resource import Resource
from .._reporting.audit_log import AuditLog
from .._reporting.reporter import Report, rollback_reporter
from .._resources import registry
from .._runtime import report_progress
from .current_state import CurrentStateReader
from .object_rollback import ObjectRollback, RollbackRun
from .outcome import RollbackOutcome

#: Writes further apart than this are hardly of one rollout.
_ONE_ROLLOUT = datetime.timedelta(hours=12)


def roll_back_entries(
    client: Client,
    entries: t.Iterable[Entry],
    *,
    journal: Journal,
    check_mode: bool = False,
    threads: int = 8,
    wait_timeout: float = 300.0,
    report: Report | None = None,
) -> list[RollbackOutcome]:
    """Undoes the entries, which are in the order in which the writes were made; what became of each object.

    C(journal) takes down the undos and must have begun; it may be the one that the entries are of. Errors are
    in the results, each ends the undo of its object alone. C(wait_timeout) (seconds) is for each rebuild.
    """
    undoing = RollbackRun(
        client=client, journal=journal, check_mode=check_mode, wait_timeout=wait_timeout, report=report
    )
    original = [entry for entry in entries if entry.rolls_back is None]
    results: list[RollbackOutcome] = []
    with concurrent.futures.ThreadPoolExecutor(threads) as pool:
        for kind in reversed(registry.KINDS):
            of_kind = [entry for entry in original if entry.resource.kind == kind.name]
            if of_kind:
                results += _roll_back_kind(undoing, of_kind[0].resource, of_kind, pool)
    return results


def _roll_back_kind(
    undoing: RollbackRun, resource: Resource, entries: list[Entry], pool: concurrent.futures.Executor
) -> list[RollbackOutcome]:
    groups = [group for group in _linked(entries) if any(entry.is_pending for entry in group)]
    reader = CurrentStateReader(undoing.client, resource, len(groups))
    rollbacks = [ObjectRollback(undoing, reader, group) for group in groups]
    for number, _undone in enumerate(pool.map(ObjectRollback.roll_back, rollbacks), 1):
        report_progress(f"{resource.title}s undone: {number} of {len(rollbacks)}")
    done = [one for rollback in rollbacks for one in rollback.done]
    if resource.after_all_writes is not None and done:
        resource.after_all_writes(done)
    return [undone for rollback in rollbacks for undone in rollback.finish()]


def _linked(entries: list[Entry]) -> list[list[Entry]]:
    """The entries in groups that have an object in common, or a name that one had after the other."""
    leaders: dict[tuple[str, str], tuple[str, str]] = {}

    def leader_of(key: tuple[str, str]) -> tuple[str, str]:
        while leaders.setdefault(key, key) != key:
            key = leaders[key]
        return key

    for entry in entries:
        first, *others = _keys(entry)
        for other in others:
            leaders[leader_of(other)] = leader_of(first)
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        groups.setdefault(leader_of(_keys(entry)[0]), []).append(entry)
    return list(groups.values())


def _keys(entry: Entry) -> list[tuple[str, str]]:
    """What an object is known by in the entry: its id, its names before and after."""
    bodies = [body for body in (entry.before, entry.after) if body and entry.resource.definition.identity]
    names = {repr(entry.resource.identity_of(body)) for body in bodies}
    keys = [("name", name) for name in sorted(names)]
    return keys if entry.id is None else [("id", entry.id), *keys]


def read_own_journal(given: t.Mapping[str, t.Any], findings: Findings, profile: ApiProfile) -> JournalContent:
    """What the task's journal has. Raises InputError, without a request, where the file cannot be used."""
    kinds = {
        kind.name: kind.profiles[profile.name] for kind in registry.KINDS if profile.name in kind.profiles
    }
    recorded = read_journal(given["journal"], given.get("journal_password"), kinds)
    for warning in recorded.warnings:
        findings.warn("journal", warning)
    return recorded


def roll_back_journal(
    client: Client,
    connection: Connection,
    given: t.Mapping[str, t.Any],
    recorded: JournalContent,
    organization: dict[str, t.Any],
    findings: Findings,
    *,
    check_mode: bool,
    secrets: set[str],
) -> list[RollbackOutcome]:
    """Undoes every run in the journal, the newest first; what became of each object.

    Of C(given) it takes the checked options C(journal), C(journal_password), C(concurrency), C(audit_log) and
    C(notify). C(organization) is the org of the credentials. Warnings go to C(findings), to C(secrets)
    the texts of the journal that must never be printed. Raises, before any write, InputError where the file
    is of another org, JournalFailed and ReportFailed where it or the audit log cannot be written.
    """
    path, password = given["journal"], given.get("journal_password")
    refuse_other_orgs(recorded, path, organization)
    if not recorded.pending():
        return []
    _warn_of_old_runs(recorded, findings)
    for entry in recorded.pending():
        for body in (entry.before, entry.after, entry.written):
            secrets |= secrets_of(entry.resource, body, entry.secret_names)

    journal = Journal(path, password)
    try:
        if not check_mode:
            if given.get("audit_log"):
                AuditLog(given["audit_log"]).check()
            journal.begin(organization, connection)
        return roll_back_entries(
            client,
            recorded.entries,
            journal=journal,
            check_mode=check_mode,
            threads=given.get("concurrency") or 8,
            report=rollback_reporter(given, connection, secrets),
        )
    finally:
        journal.close()
        for lost in journal.lost:
            findings.warn("journal", lost)


def _warn_of_old_runs(recorded: JournalContent, findings: Findings) -> None:
    """A file that was kept for long has more than the rollout that somebody has in mind."""
    times = [run.time for run in recorded.runs if any(entry.is_pending for entry in run.entries)]
    first, last = (datetime.datetime.fromisoformat(time) for time in (min(times), max(times)))
    if last - first > _ONE_ROLLOUT:
        findings.warn(
            "journal",
            f"the writes of {len(times)} runs from {min(times)} to {max(times)} are undone, all that it has: "
            "give each rollout a journal of its own",
        )


def refuse_other_orgs(recorded: JournalContent, path: str, organization: dict[str, t.Any]) -> None:
    """Raises InputError where something is to be undone in another org than the credentials'."""
    others = {
        run.org_id: run.org_name
        for run in recorded.runs
        if run.org_id != organization.get("id") and any(entry.is_pending for entry in run.entries)
    }
    if others:
        findings = Findings()
        named = ", ".join(f"{name!r} (id {identifier})" for identifier, name in others.items())
        findings.problem(
            "journal",
            f"{path!r} is of the org {named}, but these credentials belong to "
            f"{organization.get('name')!r} (id {organization.get('id')}): nothing was written",
        )
        raise InputError(findings)
