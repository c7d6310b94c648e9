# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads of all objects of the kinds of an export, each with all its parts.

Private to the collection. A kind is read whole or not at all: the list is held against the number of objects
that the API gives, and an object that cannot be read is an error. An object that another client removes
meanwhile is left out.
"""

from __future__ import annotations

import concurrent.futures
import typing as t

from .._engine.identity import identify
from .._engine.lookup import IdentityIndex, by_id
from .._engine.run_cache import RunCache
from .._errors import GenesysError, NotFound
from .._http.client import Client
from .._model.optional_part import with_part
from .._model.plan import RemoteObject
from .._model.resource import Resource, ResourceKind
from .._org.bulk_reader import BulkReader, Outcome
from .._org.joined_errors import joined
from .._org.task import ConfigEntry
from .._unexpected_errors import unexpected_errors
from .selecting_task import SelectingTask

#: The objects of each kind.
Objects = dict[ResourceKind, list[RemoteObject]]


class ExportReader:
    """Reader of one org. The threads of C(pool) send the requests."""

    def __init__(
        self, task: SelectingTask, client: Client, pool: concurrent.futures.Executor, run_cache: RunCache
    ) -> None:
        self._task = task
        self._client = client
        self._pool = pool
        self._run_cache = run_cache
        #: Kinds of which the org has no objects that could be read, each with the reason.
        self.unread: dict[ResourceKind, str] = {}

    def read(self) -> Objects:
        """Return the objects of all chosen kinds. Raise GenesysError with the errors of all that failed."""
        objects: Objects = {}
        errors: dict[str, GenesysError] = {}
        for kind in self._task.chosen:
            try:
                with unexpected_errors(f"The read of the {kind.title}s"):
                    objects[kind] = self.read_kind(kind)
            except GenesysError as error:
                errors.setdefault(str(error), error)
        if errors:
            failure = joined(errors.values())
            failed = ", ".join(kind.list_option for kind in self._task.chosen if kind not in objects)
            failure.add(f"Not read: {failed}. Nothing was written: correct the cause, or choose other kinds.")
            raise failure
        return objects

    def declared_ids(
        self, kind: ResourceKind, objects: t.Sequence[RemoteObject], entries: t.Iterable[ConfigEntry]
    ) -> set[str]:
        """Return the ids of the objects that entries declare. Raise GenesysError for a wrong entry."""
        resource = self._task.resource(kind)
        index = IdentityIndex(resource, objects) if resource.named_by else None
        ids: set[str] = set()
        for entry in entries:
            desired = entry.task.desired
            identify(self._client, resource, desired, self._run_cache)
            if desired.id is not None:
                ids.add(desired.id)
            elif index is not None:
                ids |= {one.body["id"] for one in index.matching(resource.desired_identity(desired))}
        return ids

    def read_kind(self, kind: ResourceKind) -> list[RemoteObject]:
        """Return all objects of a kind. Raise GenesysError if any cannot be read."""
        resource = with_part(self._task.resource(kind))
        endpoint = resource.endpoint
        ids = [*self._task.ids_of(kind), *sorted(endpoint.unlisted)]
        if endpoint.paging is None:
            return self._read_unlisted(kind, resource, ids)
        reader = BulkReader(self._client, resource, self._pool, self._run_cache)
        listed = reader.read([], everything=True).objects or []
        managed = [one for one in listed if resource.manages(one.body)]
        # An unmanaged object is only named, so its parts need no read.
        others = [one for one in listed if not resource.manages(one.body)]
        whole = _all_read(resource, managed, reader.completed(managed))
        return [*whole, *others, *self._by_id(resource, ids, required=False)]

    def _read_unlisted(self, kind: ResourceKind, resource: Resource, ids: list[str]) -> list[RemoteObject]:
        if kind.only_id is None:
            if not ids:
                self.unread[kind] = f"the API has no list of these objects: give ids.{kind.list_option}"
            return self._by_id(resource, ids, required=True)
        try:
            return self._by_id(resource, [kind.only_id], required=False)
        except NotFound as error:
            self.unread[kind] = str(error)
            return []

    def _by_id(self, resource: Resource, ids: list[str], *, required: bool) -> list[RemoteObject]:
        found = list(self._pool.map(lambda object_id: by_id(self._client, resource, object_id), ids))
        missing = [repr(object_id) for object_id, one in zip(ids, found, strict=True) if one is None]
        if required and missing:
            where = f"ids.{resource.definition.list_option}"
            raise NotFound(f"{where}: there is no {resource.title} with the id {', '.join(missing)}.")
        return [one for one in found if one is not None]


def _all_read(
    resource: Resource, listed: list[RemoteObject], outcomes: t.Sequence[Outcome]
) -> list[RemoteObject]:
    """Return the objects that exist. Raise the first error, with the names of all objects that failed."""
    failed = [
        (one.body, outcome)
        for one, outcome in zip(listed, outcomes, strict=True)
        if isinstance(outcome, GenesysError)
    ]
    if failed:
        names = ", ".join(f"{body.get('name')!r} (id {body['id']})" for body, _error in failed[:20])
        error = failed[0][1]
        error.add(f"{len(failed)} of {len(listed)} {resource.title}s could not be read: {names}.")
        raise error
    return [outcome for outcome in outcomes if isinstance(outcome, RemoteObject)]
