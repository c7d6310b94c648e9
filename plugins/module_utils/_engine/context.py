# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The context of one object: what its steps share.

Private to the collection.
"""

from __future__ import annotations

import contextlib
import dataclasses
import typing as t

from .._findings import Findings
from .._http.client import Client
from .._journal.entry import Entry
from .._journal.journal import Journal
from .._model.json_objects import Body
from .._model.plan import DeclaredFields, Plan, RemoteObject, make_plan
from .._model.rendering import BodyMasker, shown_value
from .._model.resource import Field, Resource
from .lookup import RunCache, read_organization, reject_duplicate_name


@dataclasses.dataclass
class Context:
    """One object on its way: what the task wants of it, and what the steps of a kind need to do their part.

    C(notes) are keys for the module's result, C(findings) takes warnings. C(kept) is what the steps keep for
    each other, C(closing) what must be let go of when the task ends. C(shared) is what all objects of a run
    ask for once, C(listed) what a list that was read after the write has of them: by id, each good for one
    look. C(journal) takes down the writes, C(entry) is the last one's; in a rollback, C(undoes) is the entry
    that it undoes.
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
    #: Shared by everything that renders a body of the object, so that each body is masked once.
    masker: BodyMasker = dataclasses.field(init=False)

    def __post_init__(self) -> None:
        self.masker = BodyMasker(self.resource, self.secret_names)

    @property
    def is_rollback(self) -> bool:
        return self.rolls_back is not None

    @property
    def organization(self) -> dict[str, t.Any]:
        """The org of the credentials, C({id, name})."""
        return read_organization(self.client, self.run_cache)

    def plan(self, current: RemoteObject | None) -> Plan:
        return make_plan(
            self.resource, self.declared, self.desired.state, None if current is None else current.body
        )

    def preflight(self, plan: Plan) -> RemoteObject | None:
        """The checks of a plan that would change something: of its name, and the kind's own.

        Returns the object where it is not the one that was planned on any more.
        """
        if self.is_rollback:
            return None
        reject_duplicate_name(self.client, self.resource, plan)
        if plan.action == "none" or self.resource.preflight is None:
            return None
        return t.cast("RemoteObject | None", self.resource.preflight(self, plan))

    def shown(self, fields: t.Iterable[Field], one: Body, other: Body) -> list[tuple[str, t.Any, t.Any]]:
        """The fields of two objects beside each other, as a message may show them."""
        names = self.secret_names
        return [
            (
                field.option,
                shown_value(field, field.of(one), names),
                shown_value(field, field.of(other), names),
            )
            for field in fields
        ]
