# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lines that the audit log lacks after kill -9, made from the journal by its rollback (S2.9).

Private to the collection. The rollback holds the lock of the journal, so no other run is between a write and
its line. A run that lost more lines than it can have threads had another log, or a log that was rotated.
"""

from __future__ import annotations

import typing as t

from .._http.connection_pool import THREADS
from .._journal.entry import Entry
from .._model.plan import Plan, RemoteObject
from .._model.rendering import BodyMasker
from .audit_log import AuditLog
from .change_record import ChangeRecord, entry_key, make_record

if t.TYPE_CHECKING:
    from .._journal.reader import JournalRun


def add_missing_lines(log: AuditLog, runs: t.Iterable[JournalRun], organization: dict[str, t.Any]) -> None:
    """Append a line for each confirmed write that the log lacks. Raise ReportFailed.

    A run of which the log has no line is left out.
    """
    known = log.journal_entries()
    for run in runs:
        applied = [entry for entry in run.entries if entry.outcome == "applied"]
        missing = [entry for entry in applied if entry_key(entry) not in known]
        has_lines = any(entry_key(entry) in known for entry in run.entries)
        if has_lines and len(missing) <= THREADS:
            for entry in missing:
                log.append(_record(entry, run.actor, organization))


def _record(entry: Entry, actor: str, organization: dict[str, t.Any]) -> ChangeRecord:
    """Return the record of a journaled write. Its time is that of the recovery."""
    record = make_record(
        BodyMasker(entry.resource, entry.secret_names),
        Plan(entry.action, entry.before, entry.after),
        status="applied" if entry.rolls_back is None else "rolled_back",
        now=None if entry.written is None else RemoteObject(entry.written, entry.written_etag),
        organization=organization,
        actor=actor,
        check_mode=False,
        api={"correlation_ids": [], "latency_ms": None},
        entry=entry,
    )
    return {**record, "id": record["id"] or entry.id, "recovered": True}
