# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tasks that take chosen kinds and objects of an org, by kinds, ids, names and exclude (X.1, X.3).

Private to the collection.
"""

from __future__ import annotations

import dataclasses

from .._findings import did_you_mean
from .._model.resource import Resource, ResourceKind
from .._org.task import OrgTask
from .name_patterns import NamePatterns


@dataclasses.dataclass(kw_only=True)
class SelectingTask(OrgTask):
    """Checked arguments of a task that reads kinds whole and takes some of their objects.

    C(chosen) are the kinds, in the order of their writes.
    """

    chosen: list[ResourceKind] = dataclasses.field(default_factory=list)

    @property
    def patterns(self) -> NamePatterns:
        """Return the patterns for the names of the objects to take."""
        return NamePatterns(self.given["names"], self.given["exclude"])

    def ids_of(self, kind: ResourceKind) -> list[str]:
        """Return the ids of the objects that only their ids find, because the API has no list of them."""
        return list((self.given.get("ids") or {}).get(kind.list_option) or ())


def chosen_kinds(task: SelectingTask, done: str) -> list[ResourceKind]:
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
