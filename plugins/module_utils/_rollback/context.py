# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The contexts in which the engine carries out the writes of a rollback.

Private to the collection.
"""

from __future__ import annotations

import contextlib
import dataclasses

from .._engine.context import Context
from .._engine.lookup import RunCache
from .._findings import Findings
from .._http.client import Client
from .._journal.entry import Entry
from .._journal.journal import Journal
from .._model.plan import DeclaredFields, Plan, RemoteObject
from .._reporting.reporter import Report
from .restore import changed_since


@dataclasses.dataclass(kw_only=True)
class RollbackRun:
    """The values that all objects of a rollback share. C(wait_timeout) (seconds) bounds a rebuild."""

    client: Client
    journal: Journal
    check_mode: bool
    wait_timeout: float
    report: Report | None
    run_cache: RunCache = dataclasses.field(default_factory=RunCache)


@dataclasses.dataclass
class RemoveIfUnchanged(Context):
    """The context that rolls back a creation: it removes the object only if it is unchanged since."""

    def plan(self, current: RemoteObject | None) -> Plan:
        if self.rolls_back is None or current is None:
            return Plan("none", before=None, after=None)
        if changed_since(self.rolls_back, current.body):
            return Plan("none", before=current.body, after=None)
        return Plan("delete", before=current.body, after=None)


def rollback_context(
    kind: type[Context],
    rollback_run: RollbackRun,
    entry: Entry,
    declared: DeclaredFields,
    *,
    client: Client,
    object_id: str | None,
    findings: Findings,
    exit_stack: contextlib.ExitStack,
) -> Context:
    """Create the context of the write that rolls back an entry.

    C(object_id) is the id that the object has now. The write overwrites concurrent changes of C(declared).
    """
    resource = entry.resource
    desired = resource.model.model_construct(
        name=entry.name,
        on_conflict="overwrite",
        wait_timeout=rollback_run.wait_timeout,
        **{resource.id_option: object_id},
    )
    return kind(
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
    )
