# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""State of a run over a whole org: its objects, their status, and the threads that process them.

Private to the collection.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import dataclasses
import itertools
import time
import typing as t

from .._engine.run_cache import RunCache
from .._errors import GenesysError, OutcomeUnknown, ReportFailed
from .._http.client import Client
from .._http.connection import Connection
from .._journal.journal import Journal
from .._model.plan import RemoteObject
from .._model.resource import Identity, Resource, ResourceKind
from .._object.run import ObjectRun
from .._object.task import ResourceTask
from .._rollback.outcome import RollbackOutcome
from .._runtime import check_cancelled, report_progress
from .._unexpected_errors import UnexpectedError
from .._worker_pool import completed
from .task import OrgTask

Status = t.Literal["unchanged", "planned", "done", "failed", "skipped", "rolled_back"]


class Reading(t.NamedTuple):
    """All objects of some kinds, each whole, and the monotonic time before their read."""

    objects: t.Mapping[ResourceKind, list[RemoteObject]]
    began_at: float


@dataclasses.dataclass(eq=False)
class Item:
    """One object of a run. C(path) is its entry's place in C(config), empty for an object to prune."""

    kind: ResourceKind
    path: str
    object_run: ObjectRun
    status: Status = "unchanged"
    error: GenesysError | None = None
    #: Options that a rollback could not restore, computed before the write.
    not_restorable: list[str] = dataclasses.field(default_factory=list)
    #: Set if the run was rolled back and had written the object.
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
        latest = self.object_run.now or self.object_run.initial
        return self.object_run.task.desired.id if latest is None else str(latest.body["id"])

    @property
    def action(self) -> str:
        return self.object_run.plan.action

    def record_rollback(self, outcome: RollbackOutcome) -> None:
        """Store the outcome of the rollback. A failed object stays failed."""
        self.rollback_outcome = outcome
        if outcome.error is not None:
            self.status = "failed"
        elif self.error is None:
            self.status = "rolled_back"

    @property
    def label(self) -> str:
        """Return the object's name for messages, such as C(config.webhooks[0] (webhook 'Orders'))."""
        return f"{self.path} ({self.object_run.label})" if self.path else self.object_run.label

    @property
    def changed(self) -> bool:
        """Return whether the object was changed, or in check mode would be.

        A rollback's outcome takes precedence over an error, and an error over the plan.
        """
        if self.rollback_outcome is not None:
            return self.rollback_outcome.error is not None or bool(self.rollback_outcome.not_restored)
        if self.error is not None:
            return bool(self.error.returned.get("changed", False))
        return self.status in ("planned", "done") and self.action != "none"

    @property
    def perhaps_changed(self) -> bool:
        """Return whether the outcome of the object's write is unknown."""
        return (
            self.rollback_outcome is None
            and isinstance(self.error, (OutcomeUnknown, UnexpectedError))
            and "changed" not in self.error.returned
        )


@dataclasses.dataclass
class Run:
    """Everything that the objects of a run share. The threads of C(pool) send the requests."""

    task: OrgTask
    connection: Connection
    client: Client
    pool: concurrent.futures.Executor
    exit_stack: contextlib.ExitStack
    check_mode: bool
    run_cache: RunCache = dataclasses.field(default_factory=RunCache)
    journal: Journal = dataclasses.field(default_factory=Journal)
    #: The earliest time at which the objects may have been read, on the monotonic clock.
    began_at: float = dataclasses.field(default_factory=time.monotonic)
    #: All objects of kinds that an earlier step has read, each whole.
    known: t.Mapping[ResourceKind, list[RemoteObject]] = dataclasses.field(default_factory=dict)
    #: Whether an error stopped the run. No further write is started.
    stopped: bool = False
    #: An error of a step for the whole run, which ended it.
    error: GenesysError | None = None
    #: Errors of lists that are read only for the report on undeclared objects.
    not_listed: dict[ResourceKind, GenesysError] = dataclasses.field(default_factory=dict)
    #: The report on undeclared objects, C({kind, mode, objects, error, not_comparable}) for each kind.
    undeclared: list[dict[str, t.Any]] = dataclasses.field(default_factory=list)

    @property
    def workers(self) -> int:
        return int(self.task.given["concurrency"])

    def make_item(self, kind: ResourceKind, path: str, task: ResourceTask) -> Item:
        """Create the item of a task for one object."""
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
        object_run.context.looked_at = self.began_at
        return Item(kind, path, object_run)

    def hide_secrets(self, item: Item) -> None:
        """Add the object's secrets to those of the run: responses about other objects may contain them."""
        plan, masker = item.object_run.plan, item.object_run.context.masker
        # An unchanged object has the same secrets before and after.
        bodies = (plan.before,) if plan.action == "none" else (plan.before, plan.after)
        self.task.secrets |= masker.secrets_in(*bodies)

    def fail(self, item: Item, error: GenesysError) -> None:
        """Store and report an object's error. It stops the run unless C(on_error) is C(continue)."""
        self.stopped |= self.task.given["on_error"] != "continue"
        item.error, item.status = error, "failed"
        self.run_cache.forget_plan(item.kind.name, item.id or item.identity)
        # A failed report does not mean that the change failed.
        if not isinstance(error, ReportFailed):
            item.object_run.reporting.failed(error)

    @contextlib.contextmanager
    def errors_of(self, item: Item) -> t.Iterator[None]:
        """Store an error about the object in its item, also an unexpected one."""
        try:
            with item.object_run.unexpected_errors():
                yield
        except GenesysError as error:
            if item.error is None:
                self.fail(item, error)
            else:
                item.error.add(str(error))

    def each(
        self, step: t.Callable[[Item], t.Any], items: t.Iterable[Item], doing: str | None = None
    ) -> None:
        """Call C(step) for every object that has not failed, in parallel. Store errors in the objects.

        C(doing) labels the progress lines, such as C(webhooks written).
        """
        pending = [item for item in items if item.error is None]
        done = itertools.count(1)
        queue = iter(pending)  # shared by the threads, because a future for each object would cost more

        def work() -> None:
            for item in queue:
                check_cancelled()
                with self.errors_of(item):
                    step(item)
                if doing is not None:
                    report_progress(f"{next(done)} of {len(pending)} {doing}")

        threads = [self.pool.submit(work) for _thread in range(min(self.workers, len(pending)))]
        try:
            # An interruption ends the step at once.
            for thread in completed(threads):
                thread.result()
        finally:
            for _item in queue:
                pass  # emptied, so that no thread starts another object


def in_write_order(run: Run, items: list[Item]) -> list[tuple[ResourceKind, list[Item]]]:
    """Return the objects to write, in groups of one kind: creations and updates first, then removals.

    Removals have the reverse order of the kinds, because an object may be in use until the changes and
    removals of later kinds are written. They are last also because a rollback creates a removed object again
    only under a new id.
    """
    of_kind = {kind: [item for item in items if item.kind is kind] for kind in run.task.kinds}
    written = [
        (kind, [one for one in of_kind[kind] if one.action in ("create", "update")]) for kind in of_kind
    ]
    removed = [(kind, [one for one in of_kind[kind] if one.action == "delete"]) for kind in reversed(of_kind)]
    return [(kind, group) for kind, group in (*written, *removed) if group]
