# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The objects that a promotion takes from the source: the chosen ones, and those to which they refer (X.3).

Private to the collection.
"""

from __future__ import annotations

import collections
import dataclasses
import glob
import typing as t

from .._export.entries import Export, ExportedObject, exported_object, index_of
from .._model.json_objects import Body
from .._model.options import Options
from .._model.plan import RemoteObject
from .._model.resource import Resource, ResourceKind
from .._printable import printable
from .org_content import OrgContent
from .references import UNMANAGED, Reference
from .task import PromoteTask

#: Beginnings of reasons for which an object has no options, although the collection manages it.
_INEXPRESSIBLE = ("cannot be declared", "has values")


@dataclasses.dataclass(eq=False)
class PromotedObject:
    """One object. C(options) declare it in the target, secrets as they are in the source."""

    kind: ResourceKind
    body: Body
    options: Options
    owner: str
    label: str
    #: The label of the object that refers to this one, if this one was not chosen.
    needed_by: str | None = None


@dataclasses.dataclass
class Selection:
    """All objects to promote, and C({kind, name, id, reason}) of each chosen one that is left out.

    C(protected) are patterns for the names that excluded objects of the source have in the target, by list.
    """

    objects: list[PromotedObject] = dataclasses.field(default_factory=list)
    left_out: list[dict[str, t.Any]] = dataclasses.field(default_factory=list)
    protected: dict[str, list[str]] = dataclasses.field(default_factory=dict)

    def of(self, kind: ResourceKind) -> list[PromotedObject]:
        """Return the objects of a kind, sorted by name."""
        return sorted((one for one in self.objects if one.kind is kind), key=lambda one: one.label)


def select(task: PromoteTask, export: Export, source: OrgContent, target: OrgContent) -> Selection:
    """Return the objects to promote. Add a problem for each one that cannot be declared in another org.

    Raise GenesysError if a kind cannot be read.
    """
    return _Selector(task, export, source, target).select()


class _Selector:
    def __init__(self, task: PromoteTask, export: Export, source: OrgContent, target: OrgContent) -> None:
        self._task, self._export = task, export
        self._source, self._target = source, target
        self._selection = Selection()
        self._indexes: dict[ResourceKind, t.Any] = {}
        self._exported: dict[Reference, tuple[ExportedObject, dict[Reference, bool]]] = {}
        #: Objects that are read or to be read.
        self._pending: collections.deque[tuple[ResourceKind, RemoteObject, str | None]] = collections.deque()
        self._taken: set[Reference] = set()
        #: Pairs of the label of an object and its reference, which are checked when all objects are known.
        self._references: list[tuple[str, Reference]] = []

    def select(self) -> Selection:
        task = self._task
        for kind, reason in self._source.unread.items():
            self._leave_out(kind, None, None, reason)
        for kind in task.chosen:
            resource = task.resource(kind)
            for remote in self._source.objects(kind):
                if self._is_excluded(kind, remote.body):
                    self._protect(kind, remote.body)
                elif task.patterns.fit(resource, remote.body):
                    self._take(kind, remote, None)
        while self._pending:
            self._add(*self._pending.popleft())
            if not self._pending:
                self._follow_references()
        self._warn_of_unused_patterns()
        return self._selection

    def _warn_of_unused_patterns(self) -> None:
        task, chosen, others = self._task, [], []
        for kind, objects in self._source.read_objects.items():
            resource = task.resource(kind)
            chosen += [(resource, one.body) for one in objects if kind in task.chosen]
            others += [(resource, body) for one in objects for body in self._in_both_orgs(kind, one.body)]
        for kind, objects in self._target.read_objects.items():
            others += [(task.resource(kind), one.body) for one in objects]
        task.patterns.warn_of_unused(chosen, task.findings, others)

    def _in_both_orgs(self, kind: ResourceKind, body: Body) -> tuple[Body, Body]:
        """Return an object of the source with its own name, and with the name that it has in the target."""
        names = self._task.table.uncounted().apply(self._task.resource(kind), {"name": body.get("name")})
        return body, {**body, **names}

    def _is_excluded(self, kind: ResourceKind, body: Body) -> bool:
        """Return whether an object of the source is left alone by its name in either org."""
        resource, patterns = self._task.resource(kind), self._task.patterns
        return any(patterns.excludes(resource, one) for one in self._in_both_orgs(kind, body))

    def _protect(self, kind: ResourceKind, body: Body) -> None:
        """Keep the object of the target that an excluded object of the source means."""
        name = str(self._in_both_orgs(kind, body)[1]["name"])
        self._selection.protected.setdefault(kind.list_option, []).append(glob.escape(name))

    def _take(self, kind: ResourceKind, remote: RemoteObject, needed_by: str | None) -> None:
        key = (kind.name, str(remote.body["id"]))
        if key not in self._taken:
            self._taken.add(key)
            self._pending.append((kind, remote, needed_by))

    def _add(self, kind: ResourceKind, remote: RemoteObject, needed_by: str | None) -> None:
        """Add an object to the selection, or leave it out with the reason."""
        resource, body = self._task.resource(kind), remote.body
        label = self._label(resource, body)
        if resource.replacement is not None and resource.replacement.is_retired(body):
            self._leave_out(kind, body.get("name"), body["id"], "was replaced by another object")
            return
        exported, references = self._options_of(kind, remote)
        if exported.reason.startswith(_INEXPRESSIBLE):
            self._task.found.problem("source", f"the {label} {exported.reason}: name it in exclude")
        elif exported.reason:
            self._leave_out(kind, body.get("name"), body["id"], exported.reason)
        elif not _has_name(resource, exported.options):
            self._task.found.problem(
                "source",
                f"the {label} shares its name with other objects, so that it means none in the target: "
                "rename all but one, or name it in exclude",
            )
        else:
            options = {**exported.options, **self._source.narrowing(kind, body)}
            options = self._task.table.apply(resource, options)
            self._selection.objects.append(
                PromotedObject(kind, body, options, exported.owner, label, needed_by)
            )
            self._check_named(label, references)
            self._references += [(label, reference) for reference, named in references.items() if named]

    def _options_of(
        self, kind: ResourceKind, remote: RemoteObject
    ) -> tuple[ExportedObject, dict[Reference, bool]]:
        """Return the options of an object of the source, and the objects to which they refer."""
        key = (kind.name, str(remote.body["id"]))
        if key not in self._exported:
            resource = self._task.resource(kind)
            if kind not in self._indexes:
                self._indexes[kind] = index_of(resource, self._source.objects(kind))
            with self._source.errors(), self._source.known.recorded() as references:
                exported = exported_object(self._export, resource, remote, self._indexes[kind])
            self._exported[key] = exported, references
        return self._exported[key]

    def _check_named(self, label: str, references: dict[Reference, bool]) -> None:
        """Add a problem for each reference to an object that no name means."""
        for (kind, object_id), named in references.items():
            if not named:
                title = kind if kind == UNMANAGED else self._kind(kind).title
                self._task.found.problem(
                    "source",
                    f"the {label} refers to the {title} with the id {object_id}, whose name means others "
                    "too or none: give it a name of its own, or name the first in exclude",
                )

    def _follow_references(self) -> None:
        """Take the missing objects along to which the selected ones refer, or add a problem for each."""
        references, self._references = self._references, []
        for label, (kind_name, object_id) in references:
            kind = self._kind(kind_name)
            if (kind_name, object_id) in self._taken:
                continue
            found = [one for one in self._source.objects(kind) if str(one.body["id"]) == object_id]
            if not found or self._target_has(kind, found[0]):
                continue
            resource, body = self._task.resource(kind), found[0].body
            excluded = self._is_excluded(kind, body)
            if self._task.given["dependencies"] == "include" and not excluded:
                self._take(kind, found[0], label)
                continue
            cure = "remove its name from exclude" if excluded else "set dependencies to include"
            self._task.found.problem(
                "dependencies",
                f"the {label} refers to the {self._label(resource, body)}, which the target does not have: "
                f"{cure}, or create it first",
            )

    def _target_has(self, kind: ResourceKind, remote: RemoteObject) -> bool:
        exported, _references = self._options_of(kind, remote)
        options = self._task.table.apply(self._task.resource(kind), exported.options)
        return bool(self._target.matching(kind, options))

    def _kind(self, name: str) -> ResourceKind:
        return next(kind for kind in self._task.kinds if kind.name == name)

    def _leave_out(self, kind: ResourceKind, name: t.Any, object_id: t.Any, reason: str) -> None:
        self._selection.left_out.append({"kind": kind.name, "name": name, "id": object_id, "reason": reason})

    def _label(self, resource: Resource, body: Body) -> str:
        name = body.get("name") if resource.named_by else None
        return f"{resource.title} {printable(repr(body['id'] if name is None else name))}"


def _has_name(resource: Resource, options: Options) -> bool:
    """Return whether options name an object in a way that holds in other orgs too."""
    return (
        not resource.named_by
        or options.get(resource.named_by[0]) is not None
        or any(option in options for option in resource.definition.named_ids)
    )
