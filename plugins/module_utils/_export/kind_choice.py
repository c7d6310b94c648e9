# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The kinds that a task reads whole, by the options kinds and ids (X.1, X.3).

Private to the collection.
"""

from __future__ import annotations

import typing as t

from .._api.profile import ApiProfile
from .._findings import Findings, did_you_mean
from .._model.resource import Resource, ResourceKind


class ChoosingTask(t.Protocol):
    """A task with the options kinds and ids."""

    given: dict[str, t.Any]
    findings: Findings
    profile: ApiProfile

    @property
    def kinds(self) -> list[ResourceKind]:
        """Return the kinds that the API has, in the order of their writes."""

    def resource(self, kind: ResourceKind) -> Resource:
        """Return the kind's form in the API."""

    def ids_of(self, kind: ResourceKind) -> list[str]:
        """Return the ids of the objects of a kind that only their ids find."""


def chosen_kinds(task: ChoosingTask, done: str) -> list[ResourceKind]:
    """Return the chosen kinds in the order of their writes. Without the option, all that the API has.

    Add a problem for each wrong name, and for ids that are missing or of no use. C(done) is the participle of
    the task, such as C(exported).
    """
    wanted, findings = task.given.get("kinds"), task.findings
    known = {kind.list_option: kind for kind in task.kinds}
    if wanted == []:
        findings.problem("kinds", "must name at least one kind, or be omitted for all of them")
    for index, name in enumerate(wanted or []):
        kind = known.get(name)
        if kind is None and name is not None:
            hint = did_you_mean(str(name), known)
            message = f"{name!r} is no list of objects of the API {task.profile.name!r}{hint}"
            findings.problem(f"kinds[{index}]", message)
        elif kind is not None and _needs_ids(task.resource(kind)) and not task.ids_of(kind):
            findings.problem(f"ids.{name}", "is required: the API has no list of these objects")
    chosen = [kind for name, kind in known.items() if wanted is None or name in wanted]
    for name, ids in (task.given.get("ids") or {}).items():
        if ids and name not in [kind.list_option for kind in chosen]:
            findings.problem(f"ids.{name}", f"is of a kind that is not {done}: remove it")
    return chosen


def _needs_ids(resource: Resource) -> bool:
    return resource.endpoint.paging is None and resource.definition.only_id is None
