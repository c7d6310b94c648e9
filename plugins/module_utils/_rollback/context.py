# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The contexts in which the engine carries out the writes of a rollback.

Private to the collection.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools

from .._engine.context import Context
from .._engine.run_cache import RunCache
from .._findings import Findings
from .._http.client import Client
from .._journal.entry import Entry
from .._journal.journal import Journal
from .._model.json_objects import copied, set_path
from .._model.plan import DeclaredFields, Plan, RemoteObject
from .._reporting.reporter import Report, stopped_before_outcome
from .._runtime import last_lines
from .comparison import Comparison, OwnWrites
from .restore import changed_since, combine_whole, values_to_restore


@dataclasses.dataclass(kw_only=True)
class RollbackRun:
    """The values that all objects of a rollback share. C(wait_timeout) (seconds) bounds a rebuild.

    C(successors) are the ids under which it has created removed objects again, by their earlier ids.
    """

    client: Client
    journal: Journal
    check_mode: bool
    wait_timeout: float
    report: Report | None
    run_cache: RunCache = dataclasses.field(default_factory=RunCache)
    successors: dict[str, str] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class RollbackContext(Context):
    """The context of a write that rolls back an entry. C(own) are the journal's writes to the object.

    C(reported) is the entry of the last write that was reported.
    """

    own: OwnWrites | None = None
    reported: Entry | None = None

    def compared(self, current: RemoteObject | None) -> Comparison:
        """Return the comparison of the object with the entry."""
        if self.rolls_back is None:
            raise AssertionError("the context of a rollback has the entry that it rolls back")
        return Comparison(self.rolls_back, current, self.own)

    def plan(self, current: RemoteObject | None) -> Plan:
        plan = super().plan(current)
        if plan.action == "create" and plan.after is not None:
            for field, value in self.declared.items():
                if isinstance(value, dict):
                    set_path(plan.after, field.wire, copied(combine_whole(field, field.initial(), value)))
        return plan


@dataclasses.dataclass
class RestoreIfUnchanged(RollbackContext):
    """The context that rolls back an update: a value is restored only if it is unchanged since."""

    def plan(self, current: RemoteObject | None) -> Plan:
        self.declared = values_to_restore(self.compared(current))
        return super().plan(current)


@dataclasses.dataclass
class RemoveIfUnchanged(RollbackContext):
    """The context that rolls back a creation: it removes the object only if it is unchanged since."""

    def plan(self, current: RemoteObject | None) -> Plan:
        if current is None:
            return Plan("none", before=None, after=None)
        if changed_since(self.compared(current), current.body):
            return Plan("none", before=current.body, after=None)
        return Plan("delete", before=current.body, after=None)


def rollback_context(
    kind: type[RollbackContext],
    rollback_run: RollbackRun,
    entry: Entry,
    declared: DeclaredFields,
    *,
    own: OwnWrites,
    client: Client,
    object_id: str | None,
    findings: Findings,
    exit_stack: contextlib.ExitStack,
) -> RollbackContext:
    """Create the context of the write that rolls back an entry.

    C(object_id) is the id that the object has now. The write overwrites concurrent changes of C(declared).
    If the task is stopped during the write, the end of C(exit_stack) reports it.
    """
    resource = entry.resource
    desired = resource.model.model_construct(
        name=entry.name,
        on_conflict="overwrite",
        wait_timeout=rollback_run.wait_timeout,
        **{resource.id_option: object_id},
    )
    context = kind(
        client=client,
        resource=resource,
        desired=desired,
        declared=declared,
        check_mode=rollback_run.check_mode,
        findings=findings,
        exit_stack=exit_stack,
        secret_names=entry.secret_names,
        run_cache=rollback_run.run_cache,
        journal=rollback_run.journal,
        rolls_back=entry,
        own=own,
    )
    if rollback_run.report is not None:
        exit_stack.push(functools.partial(_report_stop, rollback_run.report, context))
    return context


def _report_stop(
    report: Report, context: RollbackContext, kind: object, error: BaseException | None, traceback: object
) -> None:
    """Report a write that has no report yet, if the task is stopped."""
    entry = context.journal_entry
    if error is None or isinstance(error, Exception) or entry is None or entry is context.reported:
        return
    if entry.outcome != "refused":
        with last_lines():
            now = None if entry.written is None else RemoteObject(entry.written, entry.written_etag)
            failure = None if entry.outcome == "applied" else stopped_before_outcome()
            report(context, Plan(entry.action, entry.before, entry.after), now, failure)
