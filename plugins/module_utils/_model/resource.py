# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The frozen description of a resource kind: what the engine needs to know to read, plan and write it.

Private to the collection. A kind is data: its paths, its identity, how it is listed and locked, and one
C(Field) for each thing that a task can declare. Only what data cannot say is a function.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._findings import Findings
from .json_objects import ABSENT, REQUIRED, copied, get_path

#: The options that name an object, in whatever kind; a message takes the first that is there.
IDENTITIES = ("name", "id", "custom_object_id")


def same(value: t.Any) -> t.Any:
    """The conversion of a field whose option and wire forms are the same."""
    return value


def as_declared(value: t.Any, desired: t.Any) -> t.Any:
    """How most fields turn into wire form: they are the same there."""
    return value


def replaced(current: t.Any, declared: t.Any) -> t.Any:
    """How most fields take a declared value: it replaces the current one."""
    return declared


@dataclasses.dataclass(frozen=True, eq=False)
class Field:
    """One managed field: where it stands in the task (C(option)) and in the API's object (C(wire)).

    C(to_wire) makes the wire value from the option's value and the whole desired state, C(from_wire) is
    its way back; C(canonical) turns a wire value into what is compared, C(absent_as) is what a missing one
    compares as where it has no default; C(combine) makes the new wire value from the current one (ABSENT
    where there is none) and what C(to_wire) gave; C(display) is C(from_wire) for a reader. C(headers) marks
    a map of HTTP headers, C(url) an address with a query; both may hold secrets.
    """

    option: str
    wire: str
    default: t.Any = ABSENT
    to_wire: t.Callable[[t.Any, t.Any], t.Any] = as_declared
    from_wire: t.Callable[[t.Any], t.Any] = same
    canonical: t.Callable[[t.Any], t.Any] = same
    absent_as: t.Any = ABSENT
    combine: t.Callable[[t.Any, t.Any], t.Any] = replaced
    display: t.Callable[[t.Any], t.Any] | None = None
    headers: bool = False
    url: bool = False

    def initial(self) -> t.Any:
        """The value of a new object that does not declare the field: API.md's default, or absent."""
        return ABSENT if self.default is REQUIRED else copied(self.default)

    def of(self, body: dict[str, t.Any]) -> t.Any:
        """The field's wire value in an object; where the object lacks it, the default it stands for."""
        value = get_path(body, self.wire)
        return self.initial() if value is ABSENT or value is None else value

    def parts(self, value: t.Any) -> dict[t.Any, t.Any]:
        """What of the value can be changed apart from the rest: its entries, where it compares as a map."""
        value = self._compared(value)
        if value is ABSENT:
            return {}
        return value if isinstance(value, dict) else {"": value}

    def equal(self, one: t.Any, other: t.Any) -> bool:
        if repr(one) == repr(other):  # most fields of most objects, and far cheaper than canonical forms
            return True
        return bool(self._compared(one) == self._compared(other))

    def _compared(self, value: t.Any) -> t.Any:
        if value is ABSENT:
            value = self.initial()
        if value is ABSENT:
            value = self.absent_as
        return ABSENT if value is ABSENT else self.canonical(value)


@dataclasses.dataclass(frozen=True)
class Resource:
    """A resource kind.

    C(options) is the argument spec of its own options, C(model) the pydantic model of the desired state, with
    the object's id as C(id); C(id_option) is that field's option.
    C(paging) says how its lists are read, None that there are none: then C(id_option), which the spec must
    require, is the only identity. C(name_filter) says that a list takes C(name) and answers with a
    superset of the exact matches; C(unique_names) that the server refuses a second object of a name, where
    it does not the collection has to; C(item_params) and C(list_params) go with every read. C(locking) is
    what a write is conditional on: an ETag, a version in the body, or nothing; C(verb) is C(PUT) for a
    full replacement or C(PATCH) for a merge patch. C(creatable) is off where the API cannot create
    objects. C(event) begins the types of the API's events and audit records of the kind ("" for
    none).
    """

    kind: str
    title: str
    path: str
    options: dict[str, dict[str, t.Any]]
    model: t.Any
    fields: tuple[Field, ...]
    server_owned: tuple[str, ...]
    constants: dict[str, t.Any] = dataclasses.field(default_factory=dict)
    id_option: str = "id"
    paging: t.Literal["numbered", "token"] | None = "numbered"
    name_filter: bool = False
    unique_names: bool = False
    item_params: dict[str, str] = dataclasses.field(default_factory=dict)
    list_params: dict[str, str] = dataclasses.field(default_factory=dict)
    locking: t.Literal["etag", "version"] | None = "etag"
    verb: t.Literal["PUT", "PATCH"] = "PUT"
    creatable: bool = True
    removable: bool = True
    event: str = ""
    # Judges the given options, without a request and before the model does: what is wrong in type is missing
    # or None there. May put options into the form that the model takes; returns what goes into the result.
    validate: t.Callable[[dict[str, t.Any], Findings], dict[str, t.Any]] | None = None
    # Judges a plan that would change something, with reads only; check mode does it too, a rollback does
    # not. Where the object changed while it waited, it returns the object as it is: to be planned anew.
    preflight: t.Callable[[t.Any, t.Any], t.Any] | None = None
    # The body of an update; without it, the object as it will be (PUT) or the merge patch to it (PATCH).
    update_body: t.Callable[[t.Any, t.Any], dict[str, t.Any]] | None = None
    # What follows a confirmed write: reading back, waiting, reloading. Returns the object as it is then.
    after_write: t.Callable[[t.Any, t.Any, t.Any], t.Any] | None = None
    # What follows once after all of a run's settled writes, however many; gets them as (context, plan) and
    # returns those that failed by it, with the error.
    after_all_writes: t.Callable[[list[tuple[t.Any, t.Any]]], list[tuple[t.Any, t.Any]]] | None = None
    # Reads the object again after a conflict or a lost answer, where one read by id may not show yet what
    # others, or we, have written. Takes the object as it was planned on, returns it as it is (None: gone).
    refresh: t.Callable[[t.Any, t.Any], t.Any] | None = None
    # Looks, with reads only, at an object that is as the task wants it, whether the task had to change it or
    # not; with the plan. Check mode does it where nothing would change.
    check_current: t.Callable[[t.Any, t.Any, t.Any], None] | None = None

    @property
    def renames(self) -> bool:
        """Whether the name is something that an update can change."""
        return any(field.option == "name" for field in self.fields)

    def with_server_fields(self, after: dict[str, t.Any], known: dict[str, t.Any]) -> dict[str, t.Any]:
        """The object that a write would leave: what the server owns is as it is known."""
        return {**after, **{key: value for key, value in known.items() if key in self.server_owned}}

    def without_server_fields(self, body: dict[str, t.Any]) -> dict[str, t.Any]:
        """The part of an object that clients own, as a copy that may be changed."""
        return {key: copied(value) for key, value in body.items() if key not in self.server_owned}
