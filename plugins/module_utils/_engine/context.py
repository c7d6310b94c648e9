# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The context of one object, which the engine and the hooks of its kind share.

Private to the collection.
"""

from __future__ import annotations

import contextlib
import dataclasses
import time
import typing as t

from .._errors import (
    ApiError,
    DuplicateName,
    FieldConflict,
    GenesysError,
    MissingObject,
    NotFound,
    StaleObject,
    TooManyConflicts,
)
from .._findings import Findings
from .._http.client import Client, Response
from .._journal.entry import Entry
from .._journal.journal import Journal
from .._model.endpoint import ObjectWrite
from .._model.json_objects import Body
from .._model.plan import DeclaredFields, Plan, RemoteObject, conflicting_fields, make_plan, name_of
from .._model.rendering import BodyMasker, shown_value
from .._model.resource import Field, Resource
from .lookup import (
    by_id,
    find_created_object,
    find_holder_of_name,
    find_in_recent_list,
    read_organization,
    reject_duplicate_name,
    show_identity,
)
from .run_cache import RunCache


@dataclasses.dataclass
class Context:
    """One object of a run.

    C(declared) are the fields of C(desired) in wire form. C(findings) collects warnings, C(result_fields)
    keys for the module's result, C(scratch) values that hooks of the kind pass on to each other.
    C(exit_stack) frees locks and files at the end of the task. C(run_cache) has values that all objects of a
    run need, C(prefetched) objects of a list that was read after the writes, by id, each used once.
    C(journal_entry) is the entry of the last write, C(rolls_back) the entry that a rollback undoes.
    C(looked_at) is the time of the last look for the object, on the monotonic clock. C(created_id) is the id
    in the response to the last creation, C(may_appear_late) says that the response of a creation was lost.
    C(given) are the checked options of connection and reports.
    """

    client: Client
    resource: Resource
    desired: t.Any
    declared: DeclaredFields
    check_mode: bool
    findings: Findings
    exit_stack: contextlib.ExitStack
    secret_names: tuple[str, ...] = ()
    result_fields: dict[str, t.Any] = dataclasses.field(default_factory=dict)
    scratch: dict[str, t.Any] = dataclasses.field(default_factory=dict)
    journal: Journal = dataclasses.field(default_factory=Journal)
    journal_entry: Entry | None = None
    rolls_back: Entry | None = None
    run_cache: RunCache = dataclasses.field(default_factory=RunCache)
    prefetched: dict[str, RemoteObject] = dataclasses.field(default_factory=dict)
    looked_at: float = dataclasses.field(default_factory=time.monotonic)
    created_id: str | None = None
    may_appear_late: bool = False
    given: t.Mapping[str, t.Any] = dataclasses.field(default_factory=dict)
    #: Shared by everything that renders a body of the object, so that each body is masked once.
    masker: BodyMasker = dataclasses.field(init=False)

    def __post_init__(self) -> None:
        self.masker = BodyMasker(self.resource, self.secret_names)

    @property
    def is_rollback(self) -> bool:
        return self.rolls_back is not None

    @property
    def organization(self) -> dict[str, t.Any]:
        """Return the org of the credentials, C({id, name}). Only the first call of a run sends a request."""
        return read_organization(self.client, self.run_cache)

    def sender(self, plan: Plan) -> t.Callable[[ObjectWrite], Response] | None:
        """Return the hook that sends a write in several requests, None for a write of one request."""
        in_steps = self.resource.send_in_steps
        return (None if in_steps is None else in_steps(self, plan)) or self.resource.endpoint.send

    def plan(self, current: RemoteObject | None) -> Plan:
        """Return the plan from the object as it is to the declared state."""
        resource = self.resource
        if current is not None and not current.is_whole:
            body = {key: value for key, value in current.body.items() if key not in resource.server_owned}
            return Plan("none", before=current.body, after=body)
        if resource.resolve is not None and not self.is_rollback and self.desired.state != "absent":
            resource.resolve(self, current)
        plan = make_plan(
            resource, self.declared, self.desired.state, None if current is None else current.body
        )
        self._record_plan(plan)
        return plan

    def _record_plan(self, plan: Plan) -> None:
        """Record the plan for the objects of other kinds that depend on this one."""
        kind, body = self.resource.kind, plan.before or plan.after
        if body is None:
            return
        identity = self.resource.identity_of(body)
        key = identity if plan.before is None else str(plan.before["id"])
        if plan.action == "create":
            self.run_cache.plan_object(kind, identity)
        if plan.action == "none":
            self.run_cache.forget_plan(kind, key)
        else:
            self.run_cache.plan_change(kind, key, plan.after)

    def preflight(self, plan: Plan) -> RemoteObject | None:
        """Check a plan with reads only: for a duplicate name, and by the kind's own hook.

        Return the object as it is now if it changed meanwhile, else None.
        """
        if plan.action == "delete" and self.resource.refuse_removal is not None:
            self.resource.refuse_removal(self, plan)
        if self.is_rollback:
            return None
        reject_duplicate_name(
            self.client,
            self.resource,
            plan,
            self.run_cache.renamed,
            removed=self.run_cache.removals(planned=False),
            check_mode=self.check_mode,
        )
        if plan.action == "none" or self.resource.preflight is None:
            return None
        return t.cast("RemoteObject | None", self.resource.preflight(self, plan))

    def look_before_create(self, plan: Plan) -> RemoteObject | None:
        """Return the object of a planned creation if it exists by now, else None.

        Look only if the server would accept a duplicate and the last look is older than C(list_lag).
        """
        resource = self.resource
        if plan.action != "create" or resource.unique_names or resource.endpoint.paging is None:
            return None
        if time.monotonic() - self.looked_at <= self.client.list_lag:
            return None
        identity = resource.identity_of(plan.after or {})
        self.looked_at, found = find_in_recent_list(self.client, resource, identity, self.run_cache)
        return found

    def read_after_failure(
        self, plan: Plan, current: RemoteObject | None, error: GenesysError
    ) -> RemoteObject | None:
        """Return the object after a failed write as C(read_again) does. Raise the error if that cannot help.

        A name that the server refused as taken belongs to an object that lists may show late. NotFound
        returns the status, code and correlation id of the failed write.
        """
        if isinstance(error, DuplicateName) and current is None:
            identity = self.resource.identity_of(plan.after or {})
            return find_holder_of_name(self.client, self.resource, identity)
        try:
            fresh = self.read_again(plan, current)
        except NotFound as removed:
            removed.returned.update(error.returned)
            raise
        if isinstance(error, MissingObject) and plan.action == "update":
            raise error
        return fresh

    def give_up(
        self,
        plan: Plan,
        error: ApiError | None,
        current: RemoteObject | None,
        fresh: RemoteObject | None,
        attempts: int,
        effect: str,
    ) -> t.NoReturn:
        """Raise the error of the last allowed conflict. C(error) is None if preflight found the conflict.

        C(current) is the object before the last write, C(fresh) after it. C(effect) is as in FieldConflict.
        """
        title, name = self.resource.title, name_of(plan)
        if isinstance(error, DuplicateName) and fresh is None:
            error.add(
                f"The name was refused in each of {attempts} attempts: another {title} is named {name!r}, "
                f"but no list showed it within list_lag ({self.client.list_lag:g} s). Raise list_lag if "
                "lists lag longer, give the client access to the other object, or choose another name."
            )
            raise error
        if isinstance(error, StaleObject) and current and fresh and current.body == fresh.body:
            error.add(
                f"The write was refused as outdated in each of {attempts} attempts, but the {title} {name!r} "
                "did not change meanwhile. A proxy or gateway before the API may alter ETags or the header "
                "If-Match: let it pass both as they are."
            )
            raise error
        raise TooManyConflicts(title, name, attempts, error, effect)

    def read_again(self, plan: Plan, current: RemoteObject | None) -> RemoteObject | None:
        """Return the object of a plan as it is now, None if it does not exist.

        C(current) is the object that was planned on. Raise NotFound if an update has no object any more.
        """
        resource = self.resource
        if current is None:
            found = find_created_object(self.client, resource, resource.identity_of(plan.after or {}))
            self.looked_at = time.monotonic()
            return found
        if resource.refresh is not None:
            fresh = t.cast("RemoteObject | None", resource.refresh(self, current))
        else:
            fresh = by_id(self.client, resource, current.body["id"])
        if fresh is None and plan.action == "update":
            cure = " Run again to create it anew." if resource.creatable else ""
            raise NotFound(
                f"The {resource.title} {name_of(plan)!r} was removed by a concurrent change during its "
                f"update. Lists may still show it for a while.{cure}"
            )
        return fresh

    def reread_if_unlocked(
        self, plan: Plan, first: RemoteObject | None, current: RemoteObject | None, is_old: bool
    ) -> RemoteObject | None:
        """Return the object as it is now if its kind has no lock.

        This is the last request before the write, so that the time for concurrent changes stays short. After
        a failed write the object was read again, and only preflight's search for a new name makes it old.
        With C(is_old), the write had to wait since the last read.
        """
        resource = self.resource
        if current is None or resource.endpoint.locking is not None:
            return current
        renames = resource.identity_of(plan.after or {}) != resource.identity_of(plan.before or {})
        if current is not first and not renames and not is_old:
            return current
        return self.read_again(plan, current)

    def refuse_conflicts(
        self, first: RemoteObject | None, fresh: RemoteObject | None, effect: str = "nothing was written"
    ) -> None:
        """Raise FieldConflict if a declared field changed since C(first) to a value that is not declared.

        C(effect) is for the message: the clause that says what was written.
        """
        if self.desired.state == "absent":
            self._refuse_renamed(first, fresh, effect)
            return
        if self.desired.on_conflict == "overwrite" or fresh is None:
            return
        fields = conflicting_fields(self.declared, None if first is None else first.body, fresh.body)
        if fields:
            wanted = self.plan(fresh).after or {}
            shown, name = self.shown(fields, fresh.body, wanted), str(fresh.body.get("name"))
            raise FieldConflict(self.resource.title, name, shown, effect)

    def _refuse_renamed(self, first: RemoteObject | None, fresh: RemoteObject | None, effect: str) -> None:
        """Raise GenesysError if the object to remove has another identity now, because it may be another one.

        A task that gives only the id means the object of any name.
        """
        resource = self.resource
        if self.is_rollback or first is None or fresh is None:
            return
        was, now = resource.identity_of(first.body), resource.identity_of(fresh.body)
        given = resource.desired_identity(self.desired)
        if all(part is None or one == other for part, one, other in zip(given, was, now, strict=True)):
            return
        raise GenesysError(
            f"The {resource.title} {show_identity(was)} was not removed, because a concurrent change gave it "
            f"the name {show_identity(now)}; {effect}. Give the new name or the id to remove it."
        )

    def shown(self, fields: t.Iterable[Field], one: Body, other: Body) -> list[tuple[str, t.Any, t.Any]]:
        """Return fields of two objects as a message shows them: C([(option, value, other value)])."""
        names = self.secret_names
        return [
            (
                field.option,
                shown_value(field, field.of(one), names),
                shown_value(field, field.of(other), names),
            )
            for field in fields
        ]
