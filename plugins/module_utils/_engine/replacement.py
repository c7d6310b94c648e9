# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Replacement of an object whose change the API refuses: a new object, then other names for both (P.13).

Private to the collection. The new object has an interim name until it works, and the old one keeps its name
until then. The old object stays under another name if other objects may refer to its id, else it is removed.
Each of the three writes has an entry in the journal. A run that was stopped between them is continued by the
next one.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._errors import GenesysError, InputError
from .._findings import Findings
from .._journal.entry import Entry
from .._model.json_objects import Body, set_path
from .._model.plan import Plan, RemoteObject, declare_all, from_list, is_older, make_plan, name_of
from .._model.resource import Field, Resource, same_identity
from .apply import apply
from .context import Context
from .duplicates import settle_duplicates
from .identity import listed_key
from .lookup import by_identity, complete, list_all, list_matching
from .verify import after_write, wait_for_list, wait_for_lists


@dataclasses.dataclass
class _Step(Context):
    """The context of one of the writes. Its fields are declared in wire form, so nothing is resolved."""

    removes: bool = False

    def plan(self, current: RemoteObject | None) -> Plan:
        if self.removes:
            before = None if current is None else current.body
            return Plan("none" if before is None else "delete", before=before, after=None)
        return make_plan(self.resource, self.declared, "present", None if current is None else current.body)


def write_object(context: Context, first: RemoteObject | None) -> tuple[Plan, RemoteObject | None]:
    """Bring an object to the declared state as C(apply) does. Replace it if the API refuses the change."""
    plan = context.plan(first)
    if first is None or not replaces(context, plan):
        return apply(context, first)
    return _Replacing(context, plan, first).replace()


def replaces(context: Context, plan: Plan) -> bool:
    """Return whether a plan replaces the object by a new one."""
    return bool(frozen_changes(context, plan)) and context.desired.replaces


def frozen_changes(context: Context, plan: Plan) -> list[Field]:
    """Return the changed fields of a plan that the API refuses to change."""
    replacement = context.resource.replacement
    if replacement is None or plan.action != "update":
        return []
    return [field for field in plan.changed if replacement.freezes(field.wire)]


def find_interim(context: Context) -> RemoteObject | None:
    """Return the new object of a replacement that was stopped after the old object got another name."""
    resource, desired = context.resource, context.desired
    replacement = resource.replacement
    if replacement is None or not desired.replaces or desired.name is None or desired.state != "present":
        return None
    name, *others = resource.desired_identity(desired)
    identity = (replacement.interim_name(str(name)), *others)
    listed = context.run_cache.known(listed_key(resource.kind))
    if listed is None:
        listed = list_all(context.client, resource, name=identity[0])
    found = [body for body in listed if same_identity(identity, resource.identity_of(body))]
    return complete(context.client, resource, from_list(found[0])) if len(found) == 1 else None


def refuse_replaced(context: Context, current: RemoteObject | None) -> None:
    """Raise InputError if a task gives the id of an object that was replaced, with another name."""
    replacement, desired = context.resource.replacement, context.desired
    if replacement is None or current is None or desired.state != "present" or desired.id is None:
        return
    if replacement.is_retired(current.body) and desired.name not in (None, current.body.get("name")):
        findings = Findings()
        findings.problem(
            context.resource.id_option,
            f"is that of {current.body['name']!r}, which another {context.resource.title} has replaced: omit "
            "it, or give that of the new one",
        )
        raise InputError(findings)


def find_retired(context: Context) -> list[Body]:
    """Return the objects that the declared one has replaced, as the list has them."""
    resource, desired = context.resource, context.desired
    if resource.replacement is None or resource.replacement.retired_suffix is None:
        return []
    if not desired.replaces or desired.state != "present" or desired.name is None:
        return []
    # The name of a replaced object may be cut, so the list is filtered by its beginning.
    beginning = desired.name[: resource.replacement.longest_name // 2]
    listed = list_all(context.client, resource, name=beginning)
    return [body for body in listed if resource.replacement.retires(desired.name, body)]


def kept_sentence(resource: Resource, body: Body, reason: str) -> str:
    """Return the warning about a replaced object that has to stay."""
    return f"the replaced {resource.title} {body['name']!r} (id {body['id']}) is kept: {reason}"


class _Replacing:
    """One replacement. C(plan) is the update of the old object, whose body is C(plan.before)."""

    def __init__(self, context: Context, plan: Plan, first: RemoteObject) -> None:
        self._context = context
        self._plan = plan
        self._first = first
        replacement = context.resource.replacement
        if replacement is None:
            raise AssertionError("only kinds with a rule for replacements get here")
        self._replacement = replacement
        self._name_field = next(field for field in context.resource.fields if field.option == "name")
        self._done: list[str] = []
        self._created: Entry | None = None

    def replace(self) -> tuple[Plan, RemoteObject | None]:
        """Make the new object, then rename both. Return the update as a whole, and the new object."""
        context = self._context
        old = context.read_again(self._plan, self._first)
        if old is None or context.resource.identity_of(old.body) != context.resource.identity_of(
            self._first.body
        ):
            raise GenesysError(
                f"The {context.resource.title} {name_of(self._plan)!r} was not replaced, because another "
                "client renamed or removed it. Lists may show that late: run again later."
            )
        context.refuse_conflicts(self._first, old)
        plan = context.plan(old)
        if not replaces(context, plan):
            return apply(context, old)
        context.preflight(plan)
        interim = self._replacement.interim_name(str((plan.after or {})["name"]))
        if old.body.get("name") == interim:
            self._carry_out(self._step(self._desired(interim, old), {}, removes=True), old)
            return apply(context, None)
        try:
            return self._replace(plan, old)
        except GenesysError as error:
            error.message = self._with_name(error.message, plan)
            if self._done:
                error.returned["changed"] = True
                error.add(f"{' '.join(self._done)} Run again to continue.")
            raise

    def _replace(self, plan: Plan, old: RemoteObject) -> tuple[Plan, RemoteObject | None]:
        context, title, after = self._context, self._context.resource.title, plan.after or {}
        name = str(after["name"])
        new = self._create(after)
        new_id, old_id = str(new.body["id"]), str(old.body["id"])
        self._done.append(f"The new {title} {new.body['name']!r} (id {new_id}) exists.")
        retired = self._replacement.retired_name(name, old_id)
        if retired is None:
            self._remove(old, plan)
            self._done.append(f"The old one (id {old_id}) was removed.")
        else:
            self._rename(old, retired)
            self._done.append(f"The old one (id {old_id}) is named {retired!r}.")
        now = self._give_final_name(new, name)
        self._wait_for_list(plan, old_id, new_id)
        old_name = {} if retired is None else {"old_name": retired}
        context.result_fields["replacement"] = {"old_id": old_id, **old_name, "new_id": new_id}
        return Plan("update", before=plan.before, after=after, changed=plan.changed), now

    def _create(self, after: Body) -> RemoteObject:
        """Create the new object under the interim name, or take the one that a stopped run has left."""
        context, resource = self._context, self._context.resource
        interim = self._replacement.interim_name(str(after["name"]))
        wanted = {**after}
        set_path(wanted, self._name_field.wire, interim)
        desired = context.desired.model_copy(update={"name": interim, "id": None})
        step = self._step(desired, declare_all(resource, wanted))
        step.findings = Findings()
        try:
            return self._create_once(step, wanted)
        finally:
            for path, message in step.findings.warnings:
                context.findings.warn(path, self._with_name(message, self._plan))

    def _create_once(self, step: _Step, wanted: Body) -> RemoteObject:
        """Create the new object unless it exists. Settle with another run that replaces the same object."""
        context, resource, interim = self._context, self._context.resource, str(step.desired.name)
        found = by_identity(context.client, resource, resource.identity_of(wanted))
        if found is not None and frozen_changes(step, step.plan(found)):
            self._carry_out(self._step(self._desired(interim, found), {}, removes=True), found)
            found = None
        now = self._carry_out(step, found)
        if now is not None and step.created_id == now.body["id"]:
            created = Plan("create", before=None, after=wanted)
            others = wait_for_list(step, created, now)
            now = settle_duplicates(step, created, now, others)[1]
            self._created = step.journal_entry if step.created_id else None
        if now is None:
            raise AssertionError("a creation has an object")
        return now

    def _with_name(self, message: str, plan: Plan) -> str:
        """Return the message of a step. If it has the interim name, begin it with the name of the task."""
        title, name = self._context.resource.title, str((plan.after or {})["name"])
        if repr(self._replacement.interim_name(name)) not in message:
            return message
        return f"The replacement of the {title} {name!r} by a new one: {message}"

    def _remove(self, old: RemoteObject, plan: Plan) -> None:
        """Remove the old object, unless another client has changed it since the new one was planned."""
        now = self._context.read_again(plan, old)
        if now is not None and is_older(old, now):
            raise GenesysError(
                f"The {self._context.resource.title} {name_of(plan)!r} was not removed, because another "
                "client changed it meanwhile."
            )
        self._carry_out(self._step(self._desired(str(old.body["name"]), old), {}, removes=True), now)

    def _rename(self, one: RemoteObject, name: str) -> RemoteObject | None:
        return self._carry_out(self._step(self._desired(name, one), {self._name_field: name}), one)

    def _give_final_name(self, new: RemoteObject, name: str) -> RemoteObject | None:
        """Give the new object its name. If another run has replaced the old one too, remove the own one."""
        try:
            return self._rename(new, name)
        except InputError as taken:
            if self._created is not None and self._created.id == new.body["id"]:
                removal = self._step(self._desired(name, new), {}, removes=True)
                removal.rolls_back = self._created
                self._carry_out(removal, new)
                self._context.journal.record_rolled_back(self._created)
                self._done.clear()
                taken.add(
                    f"Another client has replaced the {self._context.resource.title} meanwhile, so the new "
                    "one of this task was removed again. Run again."
                )
            raise

    def _desired(self, name: str, one: RemoteObject) -> t.Any:
        context = self._context
        return context.resource.model.model_construct(
            name=name, id=str(one.body["id"]), verify=context.desired.verify
        )

    def _step(self, desired: t.Any, declared: dict[Field, t.Any], *, removes: bool = False) -> _Step:
        context = self._context
        fields = {one.name: getattr(context, one.name) for one in dataclasses.fields(Context) if one.init}
        return _Step(
            **{**fields, "desired": desired, "declared": declared, "scratch": {}, "removes": removes}
        )

    def _carry_out(self, step: _Step, current: RemoteObject | None) -> RemoteObject | None:
        """Send one write and read it back. Return the object after it."""
        try:
            plan, now = apply(step, current)
            return now if plan.action == "none" else after_write(step, plan, now)
        finally:
            self._context.journal_entry = step.journal_entry

    def _wait_for_list(self, plan: Plan, old_id: str, new_id: str) -> None:
        """Wait until lists show the new object under its name and not the old one, for later tasks."""
        context = self._context
        identity = context.resource.identity_of(plan.after or {})

        def look(_ids: set[str]) -> set[str]:
            found = {str(one["id"]) for one in list_matching(context.client, context.resource, identity)}
            return found if old_id not in found else set()

        created = Plan("create", before=None, after=plan.after)
        if wait_for_lists(context.client, look, {new_id}, created):
            context.findings.warn(
                "",
                f"lists do not show the new {context.resource.title} {name_of(plan)!r} in place of the old "
                f"one yet, although the task waited up to the deadline ({context.client.deadline:g} s): "
                "meanwhile, another task may find the old one",
            )
