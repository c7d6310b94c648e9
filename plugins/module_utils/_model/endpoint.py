# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The place of a resource kind in one API: paths, paging, lock, and hooks that read and write its objects.

Private to the collection.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._api.profile import AnyPaging
from .._findings import Findings
from .._http.connection import quote
from .json_objects import Body

if t.TYPE_CHECKING:
    from .._http.client import Client, Response

#: The values of the options that name objects, as C(Identity) of C(resource.py) has them.
Identities = t.Collection[tuple[t.Any, ...]]


class ObjectWrite(t.Protocol):
    """A creation (POST to C(path)) or an update of one object, as C(Endpoint.send) gets it.

    C(body) is in the API's form, C(before) the canonical object before an update. C(repeatable) says that
    the request may be sent again after a lost response. C(ends_at) is the end of the write, on the monotonic
    clock. C(desired) is the desired state of the task. C(accepted) has the responses to the requests that
    took effect. The last one must have the whole object, in case that a later request fails.
    """

    method: str
    path: str
    body: Body
    etag: str | None
    repeatable: bool
    before: Body | None
    ends_at: float
    desired: t.Any
    accepted: list[Response]

    @property
    def client(self) -> Client:
        """Return the client, for reads of another form."""

    def read(
        self,
        path: str,
        params: t.Mapping[str, str] | None = None,
        *,
        exact: bool = False,
        extended: bool = False,
    ) -> Body:
        """Read a part of the object. Wait for a part of a new object that cannot be read yet.

        C(exact) is as in C(Client.get). With C(extended), the request has a time limit of its own.
        """

    def send(
        self,
        method: str,
        path: str,
        body: Body | None,
        *,
        etag: str | None = None,
        repeatable: bool,
        exact: bool = False,
        extended: bool = False,
    ) -> Response:
        """Send one request of the write within the time limit of the whole.

        With C(extended), the request has a time limit of its own: a write of very many requests is longer
        than the limit of one.
        """

    def send_after_read(
        self,
        read: t.Callable[[], None],
        method: str,
        path: str,
        body: Body | None,
        *,
        exact: bool = False,
        extended: bool = False,
    ) -> Response:
        """Send one request without a lock right after C(read), which raises for a concurrent change.

        If the rate limit makes the request wait, C(read) is called again.
        """

    def take_back(self) -> None:
        """Forget the requests so far, whose effects were removed again: the write has changed nothing."""


def unchanged(body: Body) -> Body:
    """Return an object as it is: the API's form and the canonical form are the same."""
    return body


def unchanged_for(body: Body, before: Body | None) -> Body:
    """Return the body of a write as it is."""
    return body


@dataclasses.dataclass(frozen=True, eq=False, kw_only=True)
class Endpoint:
    """The place of a kind in one API.

    C(paging) is how its lists are read, None if it has none. C(list_path) is the path of the list if it is
    not C(path). C(name_param) is the query parameter that limits a list to a superset of the objects with a
    name, None if lists have none. C(item_params) and C(list_params) go with every read. C(locking) is the
    precondition of a write: an ETag, a version in the body, or None. C(verb) of an update is C(PUT) for a
    full replacement or C(PATCH) for a merge patch.

    C(item_path) returns the path of an object from its id in quoted form, for objects that are not below
    C(path). C(read) reads one object by its id, with the time limit [s], where that is not one GET with
    C(item_params). It returns None for an object that does not exist. C(unlisted) are the ids of objects that
    no list shows.

    A kind may have several lists of one form, with a path each. Its canonical ids then have the name of the
    list before the id of the API. C(list_objects) reads the lists that may have objects of the given
    identities, or all of them (None), and returns each object with the path of its list. C(creation_path)
    returns the path of a creation from the object in canonical form. C(api_id) returns the id of the API from
    the canonical one. C(check_identity) gives the option of the id its canonical form, offline, and adds
    problems.

    C(decode) turns an object of the API into its canonical form, C(encode) the body of a write back. The
    latter also gets the canonical object before the write (None for a creation). Both are pure, and C(decode)
    accepts any JSON object: its result is checked against C(Resource.json_type). The canonical form has
    C(id), and if the API has them C(name), C(etag) and C(version).

    C(complete) reads the parts that the API serves elsewhere, such as a text behind a URI, and returns the
    whole object in canonical form, None if the API has it no more. It makes no request if nothing is missing.
    It gets the time limit of all its requests [s], None for the option C(deadline). C(completes_by_id) says
    that it reads each object of a list by its id. C(is_cacheable) says that an object of one id does not
    change without a new version, which lists show.

    C(read_part) reads the part that only some tasks need, as C(complete) does. C(part) is its key in the
    canonical form, whose fields are C(optional): an object that lacks it was read without it. C(needs_part)
    returns whether a desired state needs it. C(reads_part) says that every read includes it.

    C(unrestorable) returns the options of a plan whose changes the API cannot undo, each with the clause
    that says so.

    C(send) carries out a creation or an update that takes several requests, all by C(ObjectWrite.send). It
    returns the response that has the object with all parts that it wrote. None sends one request.

    C(with_sent) adds to the object of the response to that one request the parts that the response leaves
    out or has elsewhere, from the write itself. Pure.
    """

    path: str
    paging: AnyPaging | None
    list_path: str | None = None
    name_param: str | None = None
    item_path: t.Callable[[str], str] | None = None
    item_params: t.Mapping[str, str] = dataclasses.field(default_factory=dict)
    list_params: t.Mapping[str, str] = dataclasses.field(default_factory=dict)
    locking: t.Literal["etag", "version"] | None = "etag"
    verb: t.Literal["PUT", "PATCH"] = "PUT"
    decode: t.Callable[[Body], Body] = unchanged
    encode: t.Callable[[Body, Body | None], Body] = unchanged_for
    read: t.Callable[[Client, str, float | None], Response | None] | None = None
    unlisted: frozenset[str] = frozenset()
    list_objects: t.Callable[[Client, Identities | None], list[tuple[str, Body]]] | None = None
    creation_path: t.Callable[[Body], str] | None = None
    api_id: t.Callable[[str], str] = lambda object_id: object_id
    check_identity: t.Callable[[dict[str, t.Any], Findings], None] | None = None
    complete: t.Callable[[Client, Body, float | None], Body | None] | None = None
    completes_by_id: bool = False
    is_cacheable: bool = False
    read_part: t.Callable[[Client, Body, float | None], Body | None] | None = None
    part: str = ""
    needs_part: t.Callable[[t.Any], bool] | None = None
    reads_part: bool = False
    unrestorable: t.Callable[[t.Any], dict[str, str]] = lambda plan: {}
    send: t.Callable[[ObjectWrite], Response] | None = None
    with_sent: t.Callable[[Body, ObjectWrite], Body] | None = None

    def path_of_new(self, body: Body) -> str:
        """Return the path of the request that creates an object."""
        return self.path if self.creation_path is None else self.creation_path(body)

    def path_of(self, object_id: str) -> str:
        """Return the path of an object."""
        quoted = quote(object_id)
        return f"{self.path}/{quoted}" if self.item_path is None else self.item_path(quoted)

    def read_item(self, client: Client, object_id: str, *, within: float | None = None) -> Response | None:
        """Return the response with an object, None if there is none. C(within) is as in C(Client.get)."""
        if self.read is not None:
            return self.read(client, object_id, within)
        return client.get(self.path_of(object_id), self.item_params, allow_missing=True, within=within)
