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

from .._api.profile import AnyPaging, NumberedPaging, TokenPaging
from .._engine.identity import identify, listed_key
from .._engine.lookup import IdentityIndex, complete, find, list_all, list_matching, show_identity
from .._engine.read_cache import whole_object
from .._engine.received_objects import decoded
from .._engine.run_cache import RunCache
from .._errors import Ambiguous, GenesysError
from .._http import pagination
from .._http.client import Client
from .._model.json_objects import Body
from .._model.plan import RemoteObject, from_list
from .._model.resource import Identity, Resource
from .._object.task import ResourceTask
from .._retry_policy import LIST_CHANGES, RetryLoop
from .._unexpected_errors import unexpected_errors

#: Result of reading one object: the object, None if it does not exist, or the error.
Outcome: t.TypeAlias = "RemoteObject | GenesysError | None"


class BulkResult(t.NamedTuple):
    """C(outcomes) in the order of the tasks. C(objects) are all of the kind, None if not all were read."""

    outcomes: list[Outcome]
    objects: list[RemoteObject] | None


class BulkReader:
    """Reader of one kind's objects. The threads of C(pool) send the requests, the calling thread waits."""

    def __init__(
        self,
        client: Client,
        resource: Resource,
        pool: concurrent.futures.Executor,
        run_cache: RunCache | None = None,
        known: list[RemoteObject] | None = None,
    ) -> None:
        """Make a reader. C(known) are all objects of the kind if they were just read, each whole."""
        self._known = known
        self._client = client
        self._resource = resource
        self._pool = pool
        self._run_cache = RunCache() if run_cache is None else run_cache
        #: The identities of the wanted objects, None for all. A kind with several lists reads those alone.
        self._wanted: t.Collection[Identity] | None = None
        self._list_path = resource.endpoint.list_path or resource.endpoint.path
        self._fetch = client.page_fetcher(self._list_path, resource.endpoint.list_params)

    def read(self, tasks: list[ResourceTask], *, everything: bool) -> BulkResult:
        """Read the objects of the tasks, with C(everything) all objects of the kind.

        Raises GenesysError if the list fails. An error about one object is its outcome.
        """
        if not tasks and not everything:
            return BulkResult([], None)
        if not everything:
            self._wanted = [self._resource.desired_identity(task.desired) for task in tasks]
        objects = self._known
        if objects is None:
            objects = self._list(None if everything else tasks)
        if objects is None:
            return BulkResult(self._one_by_one(tasks), None)
        self._run_cache.keep(listed_key(self._resource.kind), [one.body for one in objects])
        by_id = {one.body["id"]: one for one in objects}
        index = IdentityIndex(self._resource, [one for one in objects if self._resource.manages(one.body)])
        outcomes = [self._find(index, by_id, task.desired) for task in tasks]
        cache = self._run_cache.read_cache
        if cache is not None and self._resource.endpoint.is_cacheable:
            cache.forget_others(self._resource, by_id)
        whole = outcomes if self._known is not None else self.completed(outcomes, tasks)
        return BulkResult(self._with_unlisted(tasks, whole), objects)

    def _with_unlisted(self, tasks: list[ResourceTask], outcomes: list[Outcome]) -> list[Outcome]:
        """Return the outcomes with those of objects that no list shows, which are read by their ids."""
        unlisted = self._resource.endpoint.unlisted
        return [
            self._pool.submit(self._read_one, task).result() if task.desired.id in unlisted else outcome
            for task, outcome in zip(tasks, outcomes, strict=True)
        ]

    def _find(self, index: IdentityIndex, by_id: dict[str, RemoteObject], desired: t.Any) -> Outcome:
        try:
            identify(self._client, self._resource, desired, self._run_cache)
        except GenesysError as error:
            return error
        if desired.id is not None:
            return by_id.get(desired.id)
        wanted = self._resource.desired_identity(desired)
        matches = index.matching(wanted)
        if len(matches) > 1:
            ids = [match.body["id"] for match in matches]
            return Ambiguous(self._resource.title, show_identity(wanted), ids)
        return matches[0] if matches else None

    def read_again(self, ids: t.Collection[str]) -> list[RemoteObject]:
        """List the kind again. Return all objects, or none if reading each id needs fewer requests."""
        endpoint = self._resource.endpoint
        if endpoint.paging is None or endpoint.list_objects is not None or len(ids) < 2:
            return []
        return self._pages(lambda pages: pages >= len(ids)) or []

    def list_again(self, identities: t.Mapping[str, Identity]) -> list[RemoteObject]:
        """Return objects that lists show, with as few requests as show those of the given identities.

        C(identities) are those of the wanted objects by id.
        """
        can_filter = self._resource.endpoint.name_param is not None
        self._wanted = list(identities.values())
        objects = self._pages(lambda pages: can_filter and pages >= len(identities))
        if objects is not None:
            return objects
        list_one = functools.partial(list_matching, self._client, self._resource)
        lists = self._pool.map(list_one, identities.values())
        return [from_list(body) for bodies in lists for body in bodies]

    def completed(
        self, outcomes: t.Sequence[Outcome], tasks: t.Sequence[ResourceTask] | None = None
    ) -> list[Outcome]:
        """Return objects of a list with the parts that the API serves elsewhere, or errors of these reads.

        C(tasks) are those of the objects, if the read cache may show that an object is as declared.
        """
        resources = [self._resource, *(task.resource for task in tasks or ())]
        if all(resource.endpoint.complete is None for resource in resources):
            return list(outcomes)
        return list(self._pool.map(self._complete, outcomes, tasks or [None] * len(outcomes)))

    def _complete(self, outcome: Outcome, task: ResourceTask | None) -> Outcome:
        try:
            if isinstance(outcome, RemoteObject):
                with unexpected_errors(f"The read of the {self._resource.title}"):
                    return self._whole(outcome, task)
        except GenesysError as error:
            return error
        return outcome

    def _whole(self, listed: RemoteObject, task: ResourceTask | None) -> RemoteObject | None:
        if task is None:
            return complete(self._client, self._resource, listed)
        return whole_object(self._client, task.resource, listed, self._run_cache, task.desired, task.declared)

    def _list(self, tasks: list[ResourceTask] | None) -> list[RemoteObject] | None:
        """List every object. Return None if reading each task's object needs fewer requests."""
        endpoint = self._resource.endpoint
        if endpoint.paging is None:
            return None
        only_listed = endpoint.name_param is None and any(task.desired.id is None for task in tasks or [])
        if tasks is None or only_listed:
            return self._pages(lambda pages: False)
        return self._pages(lambda pages: pages >= len(tasks))

    def _pages(self, too_many: t.Callable[[int], bool]) -> list[RemoteObject] | None:
        """Read all pages. Return None as soon as C(too_many) is true for the number of pages.

        The number is that of the pages after the first, if the first page has it, else of the pages so far.
        """
        paging = self._resource.endpoint.paging
        if paging is None:
            return None
        if self._resource.endpoint.list_objects is not None:
            listing = functools.partial(list_all, unmanaged=True, identities=self._wanted)
            return [
                from_list(body) for body in self._pool.submit(listing, self._client, self._resource).result()
            ]
        return pagination.with_smaller_pages(paging, functools.partial(self._read_pages, too_many))

    def _read_pages(self, too_many: t.Callable[[int], bool], paging: AnyPaging) -> list[RemoteObject] | None:
        if isinstance(paging, NumberedPaging):
            return self._numbered_pages(paging, too_many)
        if isinstance(paging, TokenPaging):
            return self._token_pages(paging, too_many)
        entities = self._pool.submit(pagination.list_objects, self._fetch, self._list_path, paging)
        return self._decoded(entities.result())

    def _token_pages(
        self, paging: TokenPaging, too_many: t.Callable[[int], bool]
    ) -> list[RemoteObject] | None:
        entities: dict[str, dict[str, t.Any]] = {}
        pages = pagination.token_pages(self._fetch, self._list_path, paging)
        for number, page in enumerate(iter(lambda: self._pool.submit(next, pages, None).result(), None), 1):
            for entity in page.entities:
                entities.setdefault(entity[paging.id_key], entity)
            if len(page.entities) >= paging.page_size and too_many(number):
                return None
        return self._decoded(entities.values())

    def _numbered_pages(
        self, paging: NumberedPaging, too_many: t.Callable[[int], bool]
    ) -> list[RemoteObject] | None:
        path = self._list_path
        read_page = functools.partial(pagination.numbered_page, self._fetch, path, paging)
        reads = RetryLoop(LIST_CHANGES)
        while True:
            first = self._pool.submit(read_page).result()
            rest = pagination.pages_after(first)
            if rest is None:
                return self._decoded(pagination.list_numbered(self._fetch, path, paging))
            if rest and too_many(rest):
                return None
            if rest >= pagination.MOST_PAGES:
                raise pagination.endless(path)
            others = [self._pool.submit(read_page, number) for number in range(2, rest + 2)]
            entities = pagination.merge([first, *(page.result() for page in others)], paging)
            if entities is not None:
                return self._decoded(entities)
            if not reads.wait():
                raise pagination.list_changed(path)

    def _decoded(self, entities: t.Iterable[Body]) -> list[RemoteObject]:
        return [from_list(decoded(self._resource, entity)) for entity in entities]

    def _one_by_one(self, tasks: list[ResourceTask]) -> list[Outcome]:
        return list(self._pool.map(self._read_one, tasks))

    def _read_one(self, task: ResourceTask) -> Outcome:
        try:
            with unexpected_errors(f"The read of the {self._resource.title}"):
                identify(self._client, self._resource, task.desired, self._run_cache)
                finish = functools.partial(self._whole, task=task)
                return find(self._client, task.resource, task.desired, finish)
        except GenesysError as error:
            return error
