# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One org of a comparison: its client, and its objects, each read once (X.2).

Private to the collection.
"""

from __future__ import annotations

import concurrent.futures
import functools
import typing as t

from .._engine.lookup import by_id
from .._errors import GenesysError
from .._http.client import Client
from .._model.json_objects import Body
from .._model.optional_part import with_part
from .._model.plan import RemoteObject
from .._model.resource import Resource, ResourceKind
from .._org.bulk_reader import BulkReader
from .._org.titled_org import TitledOrg
from .._unexpected_errors import unexpected_errors
from .._worker_pool import worker_pool
from .task import DiffTask


class Reading(t.NamedTuple):
    """The objects of a kind in one org. C(failed) are the listed ones that could not be read whole.

    C(unmanaged) counts those that the collection only reads, which are not compared.
    """

    found: list[Body]
    failed: list[tuple[Body, GenesysError]]
    unmanaged: int


class OrgSide(TitledOrg):
    """One org of a comparison. The threads of C(pool) send the requests."""

    def __init__(self, title: str, task: DiffTask, client: Client, pool: concurrent.futures.Executor) -> None:
        super().__init__(title, client)
        self.task = task
        self.pool = pool

    def resource(self, kind: ResourceKind) -> Resource:
        """Return the kind's form in the API of the org."""
        return kind.profiles[self.client.profile.name]

    def read(self, kind: ResourceKind) -> Reading:
        """Read the objects of a kind. Raise GenesysError if the list cannot be read."""
        resource = self.resource(kind)
        if self.task.reads(resource.endpoint.part):
            resource = with_part(resource)
        alone = [*sorted(resource.endpoint.unlisted), *self.task.ids_of(kind)]
        if kind.only_id is not None:
            alone.append(kind.only_id)
        listed: list[RemoteObject] = []
        outcomes: list[t.Any] = []
        unmanaged = 0
        if resource.endpoint.paging is not None:
            reader = BulkReader(self.client, resource, self.pool, self.run_cache)
            objects = reader.read([], everything=True).objects or []
            listed = [one for one in objects if resource.manages(one.body)]
            unmanaged = len(objects) - len(listed)
            outcomes = reader.completed(listed)
        outcomes += self.pool.map(functools.partial(self._read_alone, resource), alone)
        bodies: list[Body] = [
            *(one.body for one in listed),
            *({"id": object_id, "name": object_id} for object_id in alone),
        ]
        pairs = list(zip(bodies, outcomes, strict=True))
        return Reading(
            [one.body for _body, one in pairs if isinstance(one, RemoteObject)],
            [(body, self.named(one)) for body, one in pairs if isinstance(one, GenesysError)],
            unmanaged,
        )

    def managed(self, kind: ResourceKind, reading: Reading) -> Reading:
        """Return a reading without objects that only other objects show to be unmanaged."""
        resource = self.resource(kind)
        if resource.may_prune is None:
            return reading
        may_prune = functools.partial(resource.may_prune, self.client, self.run_cache)
        with self.errors():
            found = [body for body in reading.found if may_prune(body)]
            failed = [(body, error) for body, error in reading.failed if may_prune(body)]
        others = len(reading.found) + len(reading.failed) - len(found) - len(failed)
        return Reading(found, failed, reading.unmanaged + others)

    def _read_alone(self, resource: Resource, object_id: str) -> RemoteObject | GenesysError | None:
        """Return the object with an id, None if the org has none, or the error of the read."""
        try:
            with unexpected_errors(f"The read of the {resource.title}"):
                return by_id(self.client, resource, object_id)
        except GenesysError as error:
            return error


Readings = dict[tuple[str, str], "Reading | GenesysError"]


def read_both(sides: tuple[OrgSide, OrgSide], kinds: list[ResourceKind]) -> Readings:
    """Read the kinds of both orgs at the same time. Return the objects or the error by title and kind."""

    def read(place: tuple[OrgSide, ResourceKind]) -> Reading | GenesysError:
        side, kind = place
        try:
            with side.errors(), unexpected_errors(f"The read of the {kind.title}s"):
                return side.read(kind)
        except GenesysError as error:
            return error

    places = [(side, kind) for side in sides for kind in kinds]
    with worker_pool(max(1, len(places))) as threads:
        readings = list(threads.map(read, places))
    return {(side.title, kind.name): one for (side, kind), one in zip(places, readings, strict=True)}
