# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The comparison of two orgs, and of an org with declared entries (X.2).

Private to the collection. Both orgs are read once. Nothing is written.
"""

from __future__ import annotations

import contextlib
import functools
import typing as t

from .._errors import GenesysError, InputError
from .._findings import Findings
from .._http.client import Client
from .._http.connection import Connection
from .._model.comparison import NameOf
from .._model.json_objects import Body
from .._model.resource import Resource, ResourceKind
from .._org.joined_errors import joined
from .._org.titled_org import for_both
from .._unexpected_errors import unexpected_errors
from .._worker_pool import worker_pool
from .declared import compare_with_declared
from .names import Names
from .org_side import OrgSide, Reading, Readings, read_both
from .pairs import OrgObject, compare_objects, notes_of, rule_of
from .result import Outcome, diff_result
from .task import DiffTask
from .translation import compare_translated

THIS, OTHER = "this org", "the other org"


def compare(task: DiffTask, *, diff_mode: bool) -> dict[str, t.Any]:
    """Compare the org with the other one, or with the declared entries. Return the module's result.

    Raises InputError if the task has problems, WrongOrganization, and NotComplete with the whole result if
    anything could not be read or compared.
    """
    if task.findings.problems:
        raise InputError(task.findings)
    if task.connection is None:
        raise AssertionError("a task without problems has a connection")
    if task.other is None:
        return compare_with_declared(task, task.connection, diff_mode=diff_mode)
    return _compare_orgs(task, task.connection, task.other, diff_mode=diff_mode)


def _compare_orgs(
    task: DiffTask, here: Connection, there: Connection, *, diff_mode: bool
) -> dict[str, t.Any]:
    with contextlib.ExitStack() as stack:
        sides = tuple(
            OrgSide(
                title,
                task,
                stack.enter_context(Client(connection)),
                stack.enter_context(worker_pool(task.given["concurrency"])),
            )
            for title, connection in ((THIS, here), (OTHER, there))
        )
        this, other = sides
        orgs = _organizations(this, other)
        readings = read_both((this, other), task.kinds)
        outcome = Outcome(notes=list(task.left_out))
        names = Names((this, other))
        for kind in task.kinds:
            try:
                with unexpected_errors(f"The comparison of the {kind.title}s"):
                    _compare_kind(kind, this, other, readings, names, outcome)
            except GenesysError as error:
                outcome.unread.append(f"{kind.list_option}: {error}")
                outcome.errors.append(error)
        more = {"org": orgs[0], "other_org": orgs[1], "other_api": other.client.api()}
        return diff_result(task, outcome, {**more, "api": this.client.api()}, diff_mode=diff_mode)


def _organizations(this: OrgSide, other: OrgSide) -> tuple[Body, Body]:
    """Return both orgs. Raise the errors of both, and InputError if they are the same org."""
    one, another = for_both((this, other), lambda side: side.organization("Nothing was compared"))
    if one.get("id") == another.get("id"):
        findings = Findings()
        findings.problem(
            "other",
            f"is the org of the task itself ({one.get('name')!r}, id {one.get('id')}): give another one",
        )
        raise InputError(findings, "and nothing was compared")
    return one, another


def _compare_kind(
    kind: ResourceKind, this: OrgSide, other: OrgSide, readings: Readings, names: Names, outcome: Outcome
) -> None:
    """Compare the objects of a kind. Raise GenesysError if one of the orgs could not be read."""
    found = [readings[side.title, kind.name] for side in (this, other)]
    errors = [one for one in found if isinstance(one, GenesysError)]
    if errors:
        raise joined(errors)
    here, there = (
        side.managed(kind, reading)
        for side, reading in zip((this, other), t.cast("list[Reading]", found), strict=True)
    )
    outcome.notes += _notes_of_reads(kind, this, here, there)
    resource, other_resource = this.resource(kind), other.resource(kind)
    if resource is not other_resource:
        pair = [[*_objects(reading, lambda body: body)] for reading in (here, there)]
        compared, notes, secrets = compare_translated(resource, pair[0], other_resource, pair[1])
        outcome.secrets |= secrets
    else:
        pair = [
            [*_objects(reading, functools.partial(_with_names, resource, names.of(side)))]
            for side, reading in ((this, here), (other, there))
        ]
        compared = compare_objects(resource, *pair)
        notes = notes_of(resource, compared, {one.id: one.body for one in pair[1]})
    outcome.notes += notes
    outcome.compared += compared


def _with_names(resource: Resource, name_of: NameOf, body: Body) -> Body:
    return rule_of(resource).with_names(body, name_of)


def _objects(reading: Reading, with_names: t.Callable[[Body], Body]) -> t.Iterator[OrgObject]:
    """Yield the objects of one org with names in the place of ids."""
    for body in reading.found:
        yield OrgObject(str(body["id"]), with_names(body))
    for body, error in reading.failed:
        yield OrgObject(str(body["id"]), with_names(body), error)


def _notes_of_reads(kind: ResourceKind, this: OrgSide, here: Reading, there: Reading) -> list[str]:
    """Return what was not read of a kind."""
    endpoint, name, notes = this.resource(kind).endpoint, kind.list_option, []
    if here.unmanaged or there.unmanaged:
        notes.append(
            f"{name}: {here.unmanaged} of this org and {there.unmanaged} of the other org not compared, "
            "because the collection only reads them"
        )
    if endpoint.part and not this.task.reads(endpoint.part):
        notes.append(f"{name}: {endpoint.part} not compared, because the option {endpoint.part} is false")
    if endpoint.paging is None and kind.only_id is None and not this.task.ids_of(kind):
        notes.append(f"{name}: not compared, because no list shows them: name them in ids.{name}")
    return notes
