# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The content of one of the two orgs of a promotion: objects, and the options that declare them (X.3).

Private to the collection. Each kind is read once and whole.
"""

from __future__ import annotations

import concurrent.futures
import time
import typing as t

from .._export.reader import ExportReader, Objects
from .._http.client import Client
from .._model.json_objects import Body
from .._model.options import NotExpressible, Options, declared_options
from .._model.plan import RemoteObject
from .._model.resource import ResourceKind
from .._org.run import Reading
from .._org.titled_org import TitledOrg
from .._unexpected_errors import unexpected_errors
from .references import RecordedReferences, WithoutNames
from .task import PromoteTask


class DeclaredObject(t.NamedTuple):
    """An object of the org, and the options that declare it."""

    options: Options
    body: Body


class OrgContent(TitledOrg):
    """One org of a promotion. The threads of C(pool) send the requests."""

    def __init__(
        self, title: str, task: PromoteTask, client: Client, pool: concurrent.futures.Executor
    ) -> None:
        super().__init__(title, client)
        self._task = task
        resources = {kind.name: task.resource(kind) for kind in task.kinds}
        self.known = RecordedReferences(client, self.run_cache, resources)
        self._reader = ExportReader(task, client, pool, self.run_cache)
        self._objects: Objects = {}
        self._declared_objects: dict[ResourceKind, list[DeclaredObject]] = {}
        self._indexes: dict[tuple[ResourceKind, str], dict[t.Any, list[DeclaredObject]]] = {}
        self._began_at = time.monotonic()

    def read(self) -> None:
        """Read the kinds of the task. Raise GenesysError with the errors of all that failed."""
        with self.errors():
            self._objects = self._reader.read()

    def reading(self) -> Reading:
        """Return the objects of the kinds that lists show."""
        listed = [kind for kind in self._objects if self._task.resource(kind).endpoint.paging is not None]
        return Reading({kind: self._objects[kind] for kind in listed}, self._began_at)

    @property
    def unread(self) -> dict[ResourceKind, str]:
        """Return the kinds of which the org has no objects that could be read, each with the reason."""
        return self._reader.unread

    @property
    def read_objects(self) -> Objects:
        """Return the objects of the kinds that were read so far."""
        return self._objects

    def objects(self, kind: ResourceKind) -> list[RemoteObject]:
        """Return all objects of a kind. Raise GenesysError if any cannot be read."""
        if kind not in self._objects:
            with self.errors():
                self._objects[kind] = self._reader.read_kind(kind)
        return self._objects[kind]

    def matching(self, kind: ResourceKind, wanted: Options) -> list[DeclaredObject]:
        """Return the objects of a kind that options name."""
        resource = self._task.resource(kind)
        named = [option for option in resource.definition.named_ids if option in wanted]
        first, *others = named or resource.named_by or (resource.id_option,)
        others += [option for option in resource.narrowed_by if option in wanted]
        return [
            one
            for one in self._by_option(kind, first).get(wanted.get(first), [])
            if all(one.options.get(option) == wanted.get(option) for option in others)
        ]

    def narrowing(self, kind: ResourceKind, body: Body) -> Options:
        """Return the options that choose among objects of one name, such as the type of an integration.

        An export gives them only where a name of its org needs them, but the other org may have other names.
        """
        resource = self._task.resource(kind)
        if not resource.narrowed_by:
            return {}
        options = declared_options(resource, body, WithoutNames(self.known))
        return {option: options[option] for option in resource.narrowed_by if option in options}

    def _by_option(self, kind: ResourceKind, option: str) -> dict[t.Any, list[DeclaredObject]]:
        """Return the objects of a kind by the value of an option that names them."""
        if (kind, option) not in self._indexes:
            index = self._indexes[kind, option] = {}
            for one in self._declared(kind):
                index.setdefault(one.options.get(option), []).append(one)
        return self._indexes[kind, option]

    def _declared(self, kind: ResourceKind) -> list[DeclaredObject]:
        """Return the objects of a kind with their options. One that none declare has its name alone."""
        if kind not in self._declared_objects:
            resource = self._task.resource(kind)
            managed = [one.body for one in self.objects(kind) if resource.manages(one.body)]
            with self.errors(), unexpected_errors(f"The reading of the {kind.title}s"):
                self._declared_objects[kind] = [
                    DeclaredObject(self._options_of(kind, body), body) for body in managed
                ]
        return self._declared_objects[kind]

    def _options_of(self, kind: ResourceKind, body: Body) -> Options:
        resource = self._task.resource(kind)
        identifier = {} if resource.named_by else {resource.id_option: body["id"]}
        try:
            options = declared_options(resource, body, self.known)
            return {**options, **self.narrowing(kind, body), **identifier}
        except NotExpressible:
            return {"name": body.get("name"), **identifier}
