# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Undoes all that a journal's file has and that was not undone yet, be it after its process was killed.

Private to the collection.
"""

from __future__ import annotations

import datetime
import typing as t

from ._arguments.connection import Connection
from ._errors import InputError
from ._findings import Findings
from ._http.client import Client
from ._journal.journal import Journal
from ._journal.reader import Recorded, read_journal
from ._model.rendering import secrets_of
from ._reporting.audit_log import AuditLog
from ._reporting.reporter import undo_reports
from ._resources.registry import KINDS
from ._rollback.outcome import Undone
from ._rollback.rollback import undo_all

#: Writes further apart than this are hardly of one rollout.
_ONE_ROLLOUT = datetime.timedelta(hours=12)


def read_own_journal(given: t.Mapping[str, t.Any], findings: Findings) -> Recorded:
    """What the task's journal has. Raises InputError, without a request, where the file cannot be used."""
    kinds = {kind.resource.kind: kind.resource for kind in KINDS}
    recorded = read_journal(given["journal"], given.get("journal_password"), kinds)
    for warning in recorded.warnings:
        findings.warn("journal", warning)
    return recorded


def roll_back_journal(
    client: Client,
    connection: Connection,
    given: t.Mapping[str, t.Any],
    recorded: Recorded,
    organization: dict[str, t.Any],
    findings: Findings,
    *,
    check_mode: bool,
    secrets: set[str],
) -> list[Undone]:
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
        return undo_all(
            client,
            recorded.entries,
            journal=journal,
            check_mode=check_mode,
            threads=given.get("concurrency") or 8,
            report=undo_reports(given, connection, secrets),
        )
    finally:
        journal.close()
        for lost in journal.lost:
            findings.warn("journal", lost)


def _warn_of_old_runs(recorded: Recorded, findings: Findings) -> None:
    """A file that was kept for long has more than the rollout that somebody has in mind."""
    times = [run.time for run in recorded.runs if any(entry.is_pending for entry in run.entries)]
    first, last = (datetime.datetime.fromisoformat(time) for time in (min(times), max(times)))
    if last - first > _ONE_ROLLOUT:
        findings.warn(
            "journal",
            f"the writes of {len(times)} runs from {min(times)} to {max(times)} are undone, all that it has: "
            "give each rollout a journal of its own",
        )


def refuse_other_orgs(recorded: Recorded, path: str, organization: dict[str, t.Any]) -> None:
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
