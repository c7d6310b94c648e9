# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bulk reader: the objects of a run, read with as few requests as possible (S0.7, S2.1, S3.2).

Private to the collection. A kind is listed once. If the first page has the number of pages, the others are
read in parallel. If reading each wanted object needs fewer requests than the list, each is read alone.
"""

from __future__ import annotations

import concurrent.futures
import functools
import typing as t

from .._engine.lookup import find
from .._errors import Ambiguous, GenesysError
from .._http import pagination
from .._http.client import Client
from .._model.plan import RemoteObject, from_list
from .._model.resource import Resource
from .._object.task import ResourceTask

_PAGE_SIZE = 100

#: Result of reading one object: the object, None if it does not exist, or the error.
Outcome: t.TypeAlias = "RemoteObject | GenesysError | None"


class BulkResult(t.NamedTuple):
    """C(outcomes) in the order of the tasks. C(objects) are all of the kind, None if not all were read."""

    outcomes: list[Outcome]
    objects: list[RemoteObject] | None


class BulkReader:
    """Reader of one kind's objects. The threads of C(pool) send the requests, the calling thread waits."""

    def __init__(self, client: Client, resource: Resource, pool: concurrent.futures.Executor) -> None:
        self._client = client
        self._resource = resource
        self._pool = pool
        self._fetch = client.page_fetcher(resource.path, resource.list_params)

    def read(self, tasks: list[ResourceTask], *, everything: bool) -> BulkResult:
        """Read the objects of the tasks, with C(everything) all objects of the kind.

        Raises GenesysError if the list fails. An error about one object is its outcome.
        """
        if not tasks and not everything:
            return BulkResult([], None)
        objects = self._list(None if everything else tasks)
        if objects is None:
            return BulkResult(self._one_by_one(tasks), None)
        index = _Index(self._resource, objects)
        return BulkResult([index.find(task) for task in tasks], objects)

    def read_again(self, ids: t.Collection[str]) -> dict[str, RemoteObject]:
        """List the kind again. Return objects by id, or none if reading each object needs fewer requests."""
        if self._resource.paging is None or len(ids) < 2:
            return {}
        objects = self._pages(lambda pages: pages >= len(ids))
        return {one.body["id"]: one for one in objects or []}

    def _list(self, tasks: list[ResourceTask] | None) -> list[RemoteObject] | None:
        """List every object. Return None if reading each task's object needs fewer requests."""
        resource = self._resource
        if resource.paging is None:
            return None
        only_listed = not resource.name_filter and any(task.desired.id is None for task in tasks or [])
        if tasks is None or only_listed:
            return self._pages(lambda pages: False)
        return self._pages(lambda pages: pages >= len(tasks))

    def _pages(self, too_many: t.Callable[[int], bool]) -> list[RemoteObject] | None:
        """Read all pages. Return None as soon as C(too_many) is true for the number of pages.

        The number is that of the pages after the first, if the first page has it, else of the pages so far.
        """
        if self._resource.paging == "token":
            return self._token_pages(too_many)
        return self._numbered_pages(too_many)

    def _token_pages(self, too_many: t.Callable[[int], bool]) -> list[RemoteObject] | None:
        entities: dict[str, dict[str, t.Any]] = {}
        pages = pagination.token_pages(self._fetch, self._resource.path, _PAGE_SIZE)
        for number, page in enumerate(iter(lambda: self._pool.submit(next, pages, None).result(), None), 1):
            for entity in page.entities:
                entities.setdefault(entity["id"], entity)
            if len(page.entities) >= _PAGE_SIZE and too_many(number):
                return None
        return _to_remote_objects(entities.values())

    def _numbered_pages(self, too_many: t.Callable[[int], bool]) -> list[RemoteObject] | None:
        path = self._resource.path
        read_page = functools.partial(pagination.numbered_page, self._fetch, path, _PAGE_SIZE)
        for _attempt in range(1 + pagination.REREADS):
            first = self._pool.submit(read_page).result()
            rest = pagination.pages_after(first)
            if rest is None:
                return _to_remote_objects(pagination.list_numbered(self._fetch, path, _PAGE_SIZE))
            if rest and too_many(rest):
                return None
            if rest >= pagination.MOST_PAGES:
                raise pagination.endless(path)
            others = [self._pool.submit(read_page, number) for number in range(2, rest + 2)]
            entities = pagination.merge([first, *(page.result() for page in others)])
            if entities is not None:
                return _to_remote_objects(entities)
        raise pagination.list_changed(path)

    def _one_by_one(self, tasks: list[ResourceTask]) -> list[Outcome]:
        return list(self._pool.map(self._read_one, tasks))

    def _read_one(self, task: ResourceTask) -> Outcome:
        try:
            return find(self._client, self._resource, task.desired)
        except GenesysError as error:
            return error


class _Index:
    """The objects of a list by id and by name."""

    def __init__(self, resource: Resource, objects: list[RemoteObject]) -> None:
        self._resource = resource
        self._by_id = {one.body["id"]: one for one in objects}
        self._by_name: dict[str, list[RemoteObject]] = {}
        for one in objects:
            self._by_name.setdefault(str(one.body.get("name")), []).append(one)

    def find(self, task: ResourceTask) -> Outcome:
        desired = task.desired
        if desired.id is not None:
            return self._by_id.get(desired.id)
        matches = self._by_name.get(desired.name, [])
        if len(matches) > 1:
            return Ambiguous(self._resource.title, desired.name, [match.body["id"] for match in matches])
        return matches[0] if matches else None


def _to_remote_objects(entities: t.Iterable[dict[str, t.Any]]) -> list[RemoteObject]:
    return list(map(from_list, entities))
