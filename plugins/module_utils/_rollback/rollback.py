# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rollback of the writes in a journal: kind after kind, the objects of a kind in parallel.

Private to the collection. The writes of one object are rolled back one after the other, the newest first. The
rollback's own writes are journaled, so that a killed rollback can be continued.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import dataclasses
import datetime
import os
import typing as t

from .._api.profile import ApiProfile
from .._errors import InputError
from .._findings import Findings
from .._http.client import Client
from .._http.connection import Connection
from .._journal.entry import Entry
from .._journal.file import open_for_rollback, read_all
from .._journal.journal import Journal
from .._journal.reader import JournalContent, read_journal
from .._model.optional_part import with_part
from .._model.rendering import BodyMasker
from .._model.resource import Resource
from .._reporting.audit_log import AuditLog
from .._reporting.recovered_lines import add_missing_lines
from .._reporting.reporter import Report, rollback_reporter
from .._resources import registry
from .._runtime import report_progress
from .._worker_pool import worker_pool
from .context import RollbackRun
from .current_state import CurrentStateReader
from .object_rollback import ObjectRollback
from .outcome import RollbackOutcome
from .recreated import settle_recreated

#: Writes that are further apart hardly belong to one rollout.
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
    organization: dict[str, t.Any] | None = None,
) -> list[RollbackOutcome]:
    """Roll back the entries, which are in the order of the writes. Return the outcome for each object.

    C(journal) records the rollback and must have begun. It may be the journal of the entries. Errors are in
    the outcomes, and each ends the rollback of its object alone. C(wait_timeout) (seconds) bounds a rebuild.
    C(organization) is the org of the credentials if it was read already, so that a stop needs no request.
    """
    rollback_run = RollbackRun(
        client=client, journal=journal, check_mode=check_mode, wait_timeout=wait_timeout, report=report
    )
    if organization is not None:
        rollback_run.run_cache.get_or_compute("organization", lambda: organization)
    original = [entry for entry in entries if entry.rolls_back is None]
    rollback_run.successors |= {
        entry.id: entry.successor
        for entry in original
        if entry.id is not None and entry.successor is not None
    }
    results: list[RollbackOutcome] = []
    with worker_pool(threads) as pool:
        for groups in _in_order(original):
            results += _roll_back_kind(rollback_run, _resource_with_parts(groups), groups, pool)
    return results


def _in_order(entries: list[Entry]) -> list[list[list[Entry]]]:
    """Return the entries to roll back in the order of a rollback, by kind and by object.

    A run writes in the order of the kinds, then removes in the reverse order. So removed objects are created
    again first, and the other changes are rolled back after them.
    """
    kinds: dict[str, list[list[Entry]]] = {kind.name: [] for kind in registry.KINDS}
    for name in kinds:
        of_kind = [entry for entry in entries if entry.resource.kind == name]
        groups = _group_by_object(of_kind)
        kinds[name] = [group for group in groups if any(entry.is_pending for entry in group)]
    removed = [[group for group in kinds[name] if _is_removal(group)] for name in kinds]
    others = [
        [group for group in kinds[kind.name] if not _is_removal(group)] for kind in registry.rollback_order()
    ]
    return [groups for groups in (*removed, *others) if groups]


def _is_removal(group: list[Entry]) -> bool:
    return all(entry.action == "delete" for entry in group)


def _resource_with_parts(groups: list[list[Entry]]) -> Resource:
    """Return the resource of entries. Its reads include the optional part if an entry has it."""
    entries = [entry for group in groups for entry in group]
    resource = entries[0].resource
    part = resource.endpoint.part
    bodies = (body for entry in entries for body in (entry.before, entry.after, entry.written) if body)
    if part and any(part in body for body in bodies):
        resource = with_part(resource)
        for entry in entries:
            entry.resource = resource
    return resource


def _roll_back_kind(
    rollback_run: RollbackRun,
    resource: Resource,
    groups: list[list[Entry]],
    pool: concurrent.futures.Executor,
) -> list[RollbackOutcome]:
    bodies = [body for entries in groups for one in entries for body in (one.before, one.after) if body]
    identities = [resource.identity_of(body) for body in bodies]
    reader = CurrentStateReader(rollback_run.client, resource, len(groups), identities)
    rollbacks = [ObjectRollback(rollback_run, reader, group) for group in groups]
    for number, _done in enumerate(pool.map(ObjectRollback.roll_back, rollbacks), 1):
        report_progress(f"{resource.title}s rolled back: {number} of {len(rollbacks)}")
    settle_recreated(one for rollback in rollbacks for one in rollback.recreated)
    done = [one for rollback in rollbacks for one in rollback.done]
    if resource.after_all_writes is not None and done:
        resource.after_all_writes(done)
    return [outcome for rollback in rollbacks for outcome in rollback.finish()]


def _group_by_object(entries: list[Entry]) -> list[list[Entry]]:
    """Return the entries in groups of one object, or of objects that had a name one after the other."""
    leaders: dict[tuple[str, str], tuple[str, str]] = {}

    def leader_of(key: tuple[str, str]) -> tuple[str, str]:
        while leaders.setdefault(key, key) != key:
            key = leaders[key]
        return key

    for entry in entries:
        first, *others = _keys_of_object(entry)
        for other in others:
            leaders[leader_of(other)] = leader_of(first)
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        groups.setdefault(leader_of(_keys_of_object(entry)[0]), []).append(entry)
    return list(groups.values())


def _keys_of_object(entry: Entry) -> list[tuple[str, str]]:
    """Return the keys of the object of an entry: its id, and its identities before and after.

    An identity without any value is left out, because several objects may have it. An entry without id and
    identity has a key for itself.
    """
    bodies = [body for body in (entry.before, entry.after) if body]
    identities = [entry.resource.identity_of(body) for body in bodies]
    names = {repr(identity) for identity in identities if any(part is not None for part in identity)}
    keys = [("name", name) for name in sorted(names)]
    if entry.id is not None:
        return [("id", entry.id), *keys]
    return keys or [("entry", repr(entry.key))]


@dataclasses.dataclass(frozen=True)
class OpenJournal:
    """The journal of a rollback. C(file) is its descriptor, which keeps it locked."""

    file: int
    content: JournalContent


@contextlib.contextmanager
def opened_journal(
    given: t.Mapping[str, t.Any], findings: Findings, profile: ApiProfile, *, check_mode: bool
) -> t.Iterator[OpenJournal]:
    """Lock and read the task's journal. The lock is released at the end of the context.

    Raises InputError, before any request, if the journal is unusable, or in use by a run or a rollback.
    """
    path = given["journal"]
    kinds = {
        kind.name: kind.profiles[profile.name] for kind in registry.KINDS if profile.name in kind.profiles
    }
    try:
        file = open_for_rollback(path, check_mode=check_mode)
    except OSError as error:
        unusable = Findings()
        unusable.problem("journal", f"{path!r} cannot be read ({error.strerror or error})")
        raise InputError(unusable) from None
    try:
        content = read_journal(path, read_all(file), given.get("journal_password"), {profile.name: kinds})
        for warning in content.warnings:
            findings.warn("journal", warning)
        yield OpenJournal(file, content)
    finally:
        os.close(file)


def roll_back_journal(
    client: Client,
    connection: Connection,
    given: t.Mapping[str, t.Any],
    opened: OpenJournal,
    organization: dict[str, t.Any],
    findings: Findings,
    *,
    check_mode: bool,
    secrets: set[str],
) -> list[RollbackOutcome]:
    """Roll back every run of the org in the journal, the newest first. Return the outcome for each object.

    C(given) has the checked options C(journal), C(journal_password), C(concurrency), C(audit_log) and
    C(notify). C(organization) is the org of the credentials. Warnings are added to C(findings), secret texts
    of the journal to C(secrets). Raises, before any write, InputError if the journal belongs to another org,
    JournalFailed if it cannot be written, and ReportFailed if the audit log cannot be written.
    """
    content = select_own_org(opened.content, given["journal"], organization, findings)
    if not content.pending():
        return []
    _warn_of_old_runs(content, findings)
    for entry in content.pending():
        masker = BodyMasker(entry.resource, entry.secret_names)
        secrets |= masker.secrets_in(entry.before, entry.after, entry.written)

    journal = Journal.of_task(given, connection, opened.file)
    try:
        with journal:
            if not check_mode:
                if given.get("audit_log"):
                    AuditLog(given["audit_log"]).check()
                journal.begin(organization, connection)
                if given.get("audit_log"):
                    add_missing_lines(AuditLog(given["audit_log"]), content.runs, organization)
            return roll_back_entries(
                client,
                content.entries,
                journal=journal,
                check_mode=check_mode,
                threads=given.get("concurrency") or 8,
                report=rollback_reporter(given, connection, secrets),
                organization=organization,
            )
    finally:
        for lost in journal.lost:
            findings.warn("journal", lost)


def _warn_of_old_runs(content: JournalContent, findings: Findings) -> None:
    """Warn if the journal has runs of several rollouts, of which the user may expect only the last."""
    times = [run.time for run in content.runs if any(entry.is_pending for entry in run.entries)]
    first, last = (datetime.datetime.fromisoformat(time) for time in (min(times), max(times)))
    if last - first > _ONE_ROLLOUT:
        findings.warn(
            "journal",
            f"the writes of {len(times)} runs from {min(times)} to {max(times)} are all rolled back: "
            "give each rollout a separate journal",
        )


def select_own_org(
    content: JournalContent, path: str, organization: dict[str, t.Any], findings: Findings
) -> JournalContent:
    """Return the runs of the task's org and their entries.

    Warn of pending writes to other orgs. Raise InputError if there are no others.
    """
    own = [run for run in content.runs if run.org_id == organization.get("id")]
    others = {
        run.org_id: run.org_name
        for run in content.runs
        if run not in own and any(entry.is_pending for entry in run.entries)
    }
    entries = [entry for run in own for entry in run.entries]
    if others:
        named = ", ".join(f"{name!r} (id {identifier})" for identifier, name in others.items())
        belongs = (
            f"the org {named}, but these credentials belong to {organization.get('name')!r} (id "
            f"{organization.get('id')})"
        )
        if not any(entry.is_pending for entry in entries):
            findings.problem("journal", f"{path!r} belongs to {belongs}: nothing was written")
            raise InputError(findings)
        findings.warn("journal", f"{path!r} also has writes to {belongs}: those writes are not rolled back")
    return JournalContent(own, [entry for entry in content.entries if entry in set(entries)])
