# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A run over a whole org: everything is read, planned and checked before anything is written.

Private to the collection. Knows nothing of AnsibleModule.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import dataclasses
import itertools
import typing as t

from .._engine.lookup import RunCache
from .._errors import GenesysError, ReportFailed
from .._http.client import Client
from .._http.connection import Connection
from .._journal.journal import Journal
from .._model.rendering import secrets_of
from .._model.resource import Identity, Resource, ResourceKind
from .._object.run import ObjectRun
from .._object.task import ResourceTask
from .._rollback.outcome import RollbackOutcome
from .._runtime import report_progress
from .task import OrgTask

Status = t.Literal["unchanged", "planned", "done", "failed", "skipped", "rolled_back"]


@dataclasses.dataclass(eq=False)
class Item:
    """One object of a run. C(path) is its entry's place in C(config), empty for what is pruned."""

    kind: ResourceKind
    path: str
    object_run: ObjectRun
    status: Status = "unchanged"
    error: GenesysError | None = None
    #: What an undo could not bring back, in the terms of the options: known before the write.
    not_restorable: list[str] = dataclasses.field(default_factory=list)
    #: What became of it when the run was undone.
    rollback_outcome: RollbackOutcome | None = None

    @property
    def resource(self) -> Resource:
        return self.object_run.task.resource

    @property
    def name(self) -> str | None:
        plan, desired = self.object_run.plan, self.object_run.task.desired
        name = desired.name or {**(plan.before or {}), **(plan.after or {})}.get("name")
        return None if name is None else str(name)

    @property
    def identity(self) -> Identity:
        plan = self.object_run.plan
        return self.resource.identity_of(plan.after or plan.before or {})

    @property
    def id(self) -> str | None:
        known = self.object_run.now or self.object_run.found
        return self.object_run.task.desired.id if known is None else str(known.body["id"])

    @property
    def action(self) -> str:
        return self.object_run.plan.action

    def record_rollback(self, outcome: RollbackOutcome) -> None:
        """Takes note of what became of it when the run was undone. What failed stays failed."""
        self.rollback_outcome = outcome
        if outcome.error is not None:
            self.status = "failed"
        elif self.error is None:
            self.status = "rolled_back"

    @property
    def label(self) -> str:
        """How a message names the object."""
        named = repr(self.name) if self.name is not None else f"with the id {self.id!r}"
        what = f"the {self.resource.title} {named}"
        return f"{self.path} ({what})" if self.path else what

    @property
    def changed(self) -> bool:
        """Whether the org was changed, or in check mode would be; an undo and an error know it better."""
        if self.rollback_outcome is not None:
            return self.rollback_outcome.error is not None or bool(self.rollback_outcome.not_restored)
        if self.error is not None:
            return bool(self.error.returned.get("changed", False))
        return self.status in ("planned", "done") and self.action != "none"


@dataclasses.dataclass
class Run:
    """What all object_run of a run need. C(pool) has the threads that make the requests."""

    task: OrgTask
    connection: Connection
    client: Client
    pool: concurrent.futures.Executor
    exit_stack: contextlib.ExitStack
    check_mode: bool
    run_cache: RunCache = dataclasses.field(default_factory=RunCache)
    journal: Journal = dataclasses.field(default_factory=Journal)
    #: Whether an error ended the writing: nothing more is begun.
    stopped: bool = False

    @property
    def workers(self) -> int:
        return int(self.task.given["concurrency"])

    def item(self, kind: ResourceKind, path: str, task: ResourceTask) -> Item:
        object_run = ObjectRun(
            task,
            self.client,
            self.connection,
            self.exit_stack,
            given=self.task.given,
            check_mode=self.check_mode,
            run_cache=self.run_cache,
            journal=self.journal,
        )
        return Item(kind, path, object_run)

    def hide_secrets(self, item: Item) -> None:
        """Takes note of the secrets in an object: an answer about another one may repeat them."""
        object_run = item.object_run
        for body in (object_run.plan.before, object_run.plan.after):
            self.task.secrets |= secrets_of(item.resource, body, object_run.task.secret_names)

    def fail(self, item: Item, error: GenesysError) -> None:
        """Keeps an object's error, which ends the writing unless the task goes on after errors."""
        self.stopped |= self.task.given["on_error"] != "continue"
        item.error, item.status = error, "failed"
        # What the report itself could not do is no failure of the change.
        if not isinstance(error, ReportFailed):
            item.object_run.reporting.failed(error)

    def each(
        self, step: t.Callable[[Item], t.Any], items: t.Iterable[Item], doing: str | None = None
    ) -> None:
        """Takes a step with every object that did not fail, at the same time. Errors become the objects'.

        C(doing) tells of its progress, such as C(webhooks written).
        """
        waiting = [item for item in items if item.error is None]
        done = itertools.count(1)
        left = iter(waiting)  # each thread takes the next one: a future for each object would cost more

        def take() -> None:
            for item in left:
                try:
                    step(item)
                except GenesysError as error:
                    self.fail(item, error)
                if doing is not None:
                    report_progress(f"{next(done)} of {len(waiting)} {doing}")

        threads = [self.pool.submit(take) for _thread in range(min(self.workers, len(waiting)))]
        try:
            # The first that fails ends the step: it is the program's own fault, or somebody interrupts it.
            for thread in concurrent.futures.as_completed(threads):
                thread.result()
        finally:
            for _item in left:
                pass  # nobody begins another one
