# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the objects that a run is about, with the fewest requests the API allows (S0.7, S2.1, S3.2).

Private to the collection. A kind is listed once, its pages at the same time where the first one tells how
many there are; where so few objects are wanted that asking for each is cheaper, they are asked for.
"""

from __future__ import annotations

import concurrent.futures
import functools
import typing as t

from .._engine.lookup import complete, find
from .._errors import Ambiguous, GenesysError
from .._http import pagination
from .._http.client import Client
from .._model.json_objects import Body
from .._model.plan import RemoteObject, from_list
from .._model.resource import Identity, Resource, same_identity
from .._object.task import ResourceTask

#: What reading one object gave: the object, None where there is none, or why it cannot be told.
Outcome: t.TypeAlias = "RemoteObject | GenesysError | None"


class BulkResult(t.NamedTuple):
    """C(outcomes) in the order of the tasks; C(objects) are all of the kind, None where not all were read."""

    outcomes: list[Outcome]
    objects: list[RemoteObject] | None


class BulkReader:
    """Reads one kind. The C(pool)'s threads make the requests, the caller's only waits for them."""

    def __init__(self, client: Client, resource: Resource, pool: concurrent.futures.Executor) -> None:
        self._client = client
        self._resource = resource
        self._pool = pool
        self._fetch = client.page_fetcher(resource.endpoint.path, resource.endpoint.list_params)

    def read(self, tasks: list[ResourceTask], *, everything: bool) -> BulkResult:
        """The objects that the tasks mean; with C(everything) all the kind has, whatever that costs.

        Raises what a list raises; what concerns a single object is its outcome.
        """
        if not tasks and not everything:
            return BulkResult([], None)
        objects = self._list(None if everything else tasks)
        if objects is None:
            return BulkResult(self._one_by_one(tasks), None)
        index = _Index(self._resource, objects)
        return BulkResult(self.completed([index.find(task) for task in tasks]), objects)

    def read_again(self, ids: t.Collection[str]) -> dict[str, RemoteObject]:
        """Objects by id as a list has them now, where listing is cheaper than asking for each; else none."""
        if self._resource.endpoint.paging is None or len(ids) < 2:
            return {}
        objects = self._pages(lambda pages: pages >= len(ids)) or []
        wanted = self.completed([found for found in objects if found.body["id"] in ids])
        return {found.body["id"]: found for found in wanted if isinstance(found, RemoteObject)}

    def completed(self, outcomes: t.Sequence[Outcome]) -> list[Outcome]:
        """Return objects of a list with the parts that the API serves elsewhere, or errors of these reads."""
        if self._resource.endpoint.complete is None:
            return list(outcomes)
        return list(self._pool.map(self._complete, outcomes))

    def _complete(self, outcome: Outcome) -> Outcome:
        try:
            if isinstance(outcome, RemoteObject):
                return complete(self._client, self._resource, outcome)
        except GenesysError as error:
            return error
        return outcome

    def _list(self, tasks: list[ResourceTask] | None) -> list[RemoteObject] | None:
        """Every object; None where asking for each of the tasks' objects is cheaper."""
        endpoint = self._resource.endpoint
        if endpoint.paging is None:
            return None
        only_listed = endpoint.name_param is None and any(task.desired.id is None for task in tasks or [])
        if tasks is None or only_listed:
            return self._pages(lambda pages: False)
        return self._pages(lambda pages: pages >= len(tasks))

    def _pages(self, too_many: t.Callable[[int], bool]) -> list[RemoteObject] | None:
        """All pages, unless C(too_many) says so: of the number of pages to come where the first one tells,
        else of the number of pages read so far."""
        paging = self._resource.endpoint.paging
        if isinstance(paging, pagination.TokenPaging):
            return self._token_pages(paging, too_many)
        return self._numbered_pages(paging or pagination.NUMBERED, too_many)

    def _token_pages(
        self, paging: pagination.TokenPaging, too_many: t.Callable[[int], bool]
    ) -> list[RemoteObject] | None:
        entities: dict[str, dict[str, t.Any]] = {}
        pages = pagination.token_pages(self._fetch, self._resource.endpoint.path, paging)
        for number, page in enumerate(iter(lambda: self._pool.submit(next, pages, None).result(), None), 1):
            for entity in page.entities:
                entities.setdefault(entity["id"], entity)
            if len(page.entities) >= paging.page_size and too_many(number):
                return None
        return self._decoded(entities.values())

    def _numbered_pages(
        self, paging: pagination.NumberedPaging, too_many: t.Callable[[int], bool]
    ) -> list[RemoteObject] | None:
        path = self._resource.endpoint.path
        one = functools.partial(pagination.numbered_page, self._fetch, path, paging)
        for _turn in range(1 + pagination.REREADS):
            first = self._pool.submit(one).result()
            rest = pagination.pages_after(first)
            if rest is None:
                return self._decoded(pagination.list_numbered(self._fetch, path, paging))
            if rest and too_many(rest):
                return None
            if rest >= pagination.MOST_PAGES:
                raise pagination.endless(path)
            others = [self._pool.submit(one, number) for number in range(2, rest + 2)]
            entities = pagination.merge([first, *(page.result() for page in others)])
            if entities is not None:
                return self._decoded(entities)
        raise pagination.list_changed(path)

    def _decoded(self, entities: t.Iterable[Body]) -> list[RemoteObject]:
        return [from_list(self._resource.endpoint.decode(entity)) for entity in entities]

    def _one_by_one(self, tasks: list[ResourceTask]) -> list[Outcome]:
        return list(self._pool.map(self._one, tasks))

    def _one(self, task: ResourceTask) -> Outcome:
        try:
            return find(self._client, self._resource, task.desired)
        except GenesysError as error:
            return error


class _Index:
    """The objects of a list by id and by identity."""

    def __init__(self, resource: Resource, objects: list[RemoteObject]) -> None:
        self._resource = resource
        self._by_id = {found.body["id"]: found for found in objects}
        self._by_name: dict[t.Any, list[tuple[Identity, RemoteObject]]] = {}
        for found in objects:
            identity = resource.identity_of(found.body)
            self._by_name.setdefault(identity[0], []).append((identity, found))

    def find(self, task: ResourceTask) -> Outcome:
        desired = task.desired
        if desired.id is not None:
            return self._by_id.get(desired.id)
        wanted = self._resource.desired_identity(desired)
        matches = [
            found for identity, found in self._by_name.get(wanted[0], []) if same_identity(wanted, identity)
        ]
        if len(matches) > 1:
            return Ambiguous(self._resource.title, wanted[0], [match.body["id"] for match in matches])
        return matches[0] if matches else None
