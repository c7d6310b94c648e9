# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The description of a resource kind, and of its form in each API, as data.

Private to the collection. A C(ResourceKind) has what does not depend on the API: options, model, identity.
It has one C(Resource) for each API profile, with an C(Endpoint) and a C(Field) for each part that a task can
declare. Functions stand only where data cannot express a rule.
"""

from __future__ import annotations

import dataclasses
import functools
import typing as t

from .._findings import Findings
from .comparison import Comparison
from .endpoint import Endpoint
from .json_objects import ABSENT, REQUIRED, Body, copied, get_path
from .json_type import ANY, JsonType, canonical_type
from .replacement import Replacement

#: The values of the options of C(ResourceKind.identity), in their order. None: the option is not given.
Identity = tuple[t.Any, ...]


def same(value: t.Any) -> t.Any:
    """Return a value as it is: the option and the wire value are the same."""
    return value


def as_declared(value: t.Any, desired: t.Any) -> t.Any:
    """Return an option's value as the wire value, independent of the other options."""
    return value


def replaced(current: t.Any, declared: t.Any) -> t.Any:
    """Return the declared value: it replaces the current one."""
    return declared


@dataclasses.dataclass(frozen=True, eq=False)
class Field:
    """One managed field, with its dotted paths in the task (C(option)) and in the API's object (C(wire)).

    C(to_wire) converts the option's value, with the whole desired state, to the wire value. C(from_wire)
    converts it back, and C(display) does so for output. C(canonical) returns the form of a wire value that
    is compared. C(absent_as) stands for a missing value in a comparison if the field has no default.
    C(combine) returns the new wire value from the current one (ABSENT if there is none) and the result of
    C(to_wire). C(headers) marks a map of HTTP headers, C(url) an address with a query. Both may contain
    secrets. With C(secret_path), the path of the address may too. C(optional) marks a field that is equal to
    any value where an object lacks it, because it was not read. C(write_only) marks a field that no read
    shows: a declared one is always written and never compared. Its wire value has no secrets, because
    C(Resource.with_secrets) adds them right before the request. C(json_type) is the type of the wire value.
    An object of another type is refused where it is read. C(chosen_by_api) says that the API may choose a
    value where a write has none.
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
    secret_path: bool = False
    write_only: bool = False
    optional: bool = False
    json_type: JsonType = ANY
    chosen_by_api: bool = False

    def initial(self) -> t.Any:
        """Return the value of a new object without a declared one: the API's default, or ABSENT."""
        return ABSENT if self.default is REQUIRED else copied(self.default)

    def of(self, body: dict[str, t.Any]) -> t.Any:
        """Return the field's wire value in an object, or the default if the object lacks it."""
        value = get_path(body, self.wire)
        return self.initial() if value is ABSENT or value is None else value

    def parts(self, value: t.Any) -> dict[t.Any, t.Any]:
        """Return the independent parts of a value: the entries of a map, or the whole value."""
        value = self.comparable(value)
        if value is ABSENT:
            return {}
        return value if isinstance(value, dict) else {"": value}

    def equal(self, one: t.Any, other: t.Any) -> bool:
        """Return whether two wire values have the same canonical form. Equal texts are found far faster."""
        if self.write_only or repr(one) == repr(other):
            return True
        unread = self.optional and ABSENT in (one, other)
        return unread or bool(self.comparable(one) == self.comparable(other))

    def comparable(self, value: t.Any) -> t.Any:
        """Return the form of a wire value that is compared, ABSENT if there is none."""
        if value is ABSENT:
            value = self.initial()
        if value is ABSENT:
            value = self.absent_as
        return ABSENT if value is ABSENT else self.canonical(value)


@dataclasses.dataclass(frozen=True, eq=False, kw_only=True)
class Resource:
    """A resource kind in one API.

    C(server_owned) are the fields that clients cannot set, C(constants) those that every new object has.
    C(unique_names) says that the server rejects a second object of the same identity. The collection prevents
    one if the server does not, but with C(names_may_repeat) it only warns of those that other clients create
    at the same time. C(creatable) is false if the API cannot create objects. C(created_field) is the
    server-owned field with the date of creation ("" for none). C(event) is the subject of the kind's events
    and audit records ("" for none), of which C(unaudited_fields) leave none if they change alone.
    C(other_types) are the types of wire values without a field, by path. The hooks get a C(Context) of
    C(_engine), a C(Plan) and a C(RemoteObject), which this file cannot import. C(ResourceKind) sets
    C(definition) in its own copy of the resource.
    """

    endpoint: Endpoint
    fields: tuple[Field, ...]
    server_owned: tuple[str, ...]
    constants: dict[str, t.Any] = dataclasses.field(default_factory=dict)
    unique_names: bool = False
    names_may_repeat: bool = False
    creatable: bool = True
    created_field: str = ""
    event: str = ""
    unaudited_fields: tuple[str, ...] = ()
    other_types: t.Mapping[str, JsonType] = dataclasses.field(default_factory=dict)
    #: Paths that the kind reads, and those that it writes, beside that of its endpoint, for the permissions.
    other_paths: tuple[str, ...] = ()
    write_paths: tuple[str, ...] = ()
    #: The options that together name an object in this API, None for those of the kind.
    identity: tuple[str, ...] | None = None
    #: Options that choose among the objects which an option of the identity may mean.
    narrowed_by: tuple[str, ...] = ()
    #: Options for which this API has no place, with the reason. A given one is an error.
    refused_options: t.Mapping[str, str] = dataclasses.field(default_factory=dict)
    #: Options that have no effect in this API, with the reason. A run warns of each once.
    ignored_options: t.Mapping[str, str] = dataclasses.field(default_factory=dict)
    #: Checks given options after C(ResourceKind.validate) and puts them into the form of the fields, offline.
    validate: t.Callable[[dict[str, t.Any], Findings], None] | None = None
    #: Returns the values of the API for identity options, such as the id of a named object. Makes reads only
    #: and is called before each lookup. Gets the client, the cache of the run and the given options.
    identify: t.Callable[[t.Any, t.Any, t.Mapping[str, t.Any]], dict[str, t.Any]] | None = None
    #: Returns the reason for which the collection only reads an object, "" if it manages the object. Pure.
    unmanaged: t.Callable[[Body], str] | None = None
    built_in: t.Callable[[Body], bool] | None = None  #: Returns whether the vendor has made a managed object.
    #: Returns whether a run may remove an undeclared object. Reads only. Gets client, run cache and object.
    may_prune: t.Callable[[t.Any, t.Any, Body], bool] | None = None
    #: Gives declared fields their wire values with reads only, such as the id of a named object. It precedes
    #: each plan but no rollback. Gets the current object, or None.
    resolve: t.Callable[[t.Any, t.Any], None] | None = None
    #: Returns the body of a write with the secrets that plans do not have.
    with_secrets: t.Callable[[t.Any, dict[str, t.Any]], dict[str, t.Any]] | None = None
    #: Checks a plan with reads only, in check mode too but not in a rollback. Returns the object as it is now
    #: if it changed meanwhile: the engine plans again.
    preflight: t.Callable[[t.Any, t.Any], t.Any] | None = None
    #: Raises if an object must not be removed, in a rollback too. Gets the plan, makes reads only.
    refuse_removal: t.Callable[[t.Any, t.Any], None] | None = None
    #: Makes the body of an update. Default: the new object (PUT), the merge patch (PATCH).
    update_body: t.Callable[[t.Any, t.Any], dict[str, t.Any]] | None = None
    #: Follows a confirmed write: reads back, waits. Returns the object as it is then.
    after_write: t.Callable[[t.Any, t.Any, t.Any], t.Any] | None = None
    #: Follows all writes of a run once. Gets pairs of context and plan, returns failed contexts and errors.
    after_all_writes: t.Callable[[list[tuple[t.Any, t.Any]]], list[tuple[t.Any, t.Any]]] | None = None
    #: Reads the object again after a conflict or a lost response, if a read by id may not show the last write
    #: yet. Gets the object of the plan, returns the object as it is now (None: it does not exist).
    refresh: t.Callable[[t.Any, t.Any], t.Any] | None = None
    #: Checks with reads only an object that is as declared, after a write or without one.
    check_current: t.Callable[[t.Any, t.Any, t.Any], None] | None = None
    #: Returns how a write is sent in several requests, like C(Endpoint.send), or None for C(Endpoint.send).
    send_in_steps: t.Callable[[t.Any, t.Any], t.Callable[[t.Any], t.Any] | None] | None = None
    #: Removes what an unfinished write has left where reads of the object do not show it, such as a draft.
    #: Called in a rollback. Gets the context, the object as it was sent, its id if known, and a function that
    #: returns whether an object is as before or after the write. Returns the reason for which a rest stays.
    discard: t.Callable[[t.Any, Body, str | None, t.Callable[[Body], bool]], str] | None = None
    #: Returns the options that declare an object: C(options.options_of), or a function that changes these.
    to_options: t.Callable[[t.Any, Body, t.Any], dict[str, t.Any]] | None = None
    #: Replaces objects if C(desired.replaces) allows it. None: every field can change.
    replacement: Replacement | None = None
    comparison: Comparison | None = None  #: with objects of another org; each kind has a rule
    definition: ResourceKind = dataclasses.field(init=False, repr=False)

    @property
    def kind(self) -> str:
        return self.definition.name

    @property
    def title(self) -> str:
        return self.definition.title

    @property
    def options(self) -> dict[str, dict[str, t.Any]]:
        return self.definition.options

    @property
    def model(self) -> t.Any:
        return self.definition.model

    @property
    def id_option(self) -> str:
        return self.definition.id_option

    @functools.cached_property
    def json_type(self) -> JsonType:
        """Return the type of an object in canonical form."""
        fields = {field.wire: field.json_type for field in self.fields}
        return canonical_type({**self.other_types, **fields})

    @property
    def renames(self) -> bool:
        """Return whether an update can change the name."""
        return any(field.option == "name" for field in self.fields)

    @property
    def has_declared_ids(self) -> bool:
        """Return whether the id of an object is known before it exists, because it is that of another one."""
        return any(field.wire == "id" for field in self.fields)

    def identity_of(self, body: Body) -> Identity:
        """Return the identity of an object."""
        if self._identity_key is not None:  # most kinds, and called for each object of a list
            return (body.get(self._identity_key),)
        values = (get_path(body, path) for path in self._identity_paths)
        return tuple(None if value is ABSENT else value for value in values)

    def desired_identity(self, desired: t.Any) -> Identity:
        """Return the identity that a desired state declares."""
        return self.identity_of_options({option: getattr(desired, option) for option in self.named_by})

    @property
    def named_by(self) -> tuple[str, ...]:
        """The options that together name an object."""
        return self.definition.identity if self.identity is None else self.identity

    def manages(self, body: Body) -> bool:
        """Return whether the collection manages an object, and does not only read it."""
        return self.unmanaged is None or not self.unmanaged(body)

    def identity_of_options(self, values: t.Mapping[str, t.Any]) -> Identity:
        """Return the identity that the values of options mean."""
        return tuple(
            value if value is None or field is None else field.to_wire(value, None)
            for field, value in ((field, values.get(option)) for option, field in self._identity_fields)
        )

    @functools.cached_property
    def _identity_fields(self) -> tuple[tuple[str, Field | None], ...]:
        fields = {field.option: field for field in self.fields}
        return tuple((option, fields.get(option)) for option in self.named_by)

    @functools.cached_property
    def _identity_paths(self) -> tuple[str, ...]:
        return tuple(option if field is None else field.wire for option, field in self._identity_fields)

    @functools.cached_property
    def _identity_key(self) -> str | None:
        """The top-level key that alone is the identity, None if there is no such key."""
        paths = self._identity_paths
        return paths[0] if len(paths) == 1 and "." not in paths[0] else None

    def with_server_fields(self, after: Body, known: Body) -> Body:
        """Return the object that a write would leave: the server's own fields are as they are known."""
        return {**after, **{key: value for key, value in known.items() if key in self.server_owned}}

    def without_server_fields(self, body: Body) -> Body:
        """Return the part of an object that clients own, as a copy that may be changed."""
        return {key: copied(value) for key, value in body.items() if key not in self.server_owned}


def same_identity(wanted: Identity, found: Identity) -> bool:
    """Return whether an identity fits the wanted one, where None fits any value."""
    return all(one is None or one == other for one, other in zip(wanted, found, strict=True))


@dataclasses.dataclass(frozen=True, eq=False, kw_only=True)
class ResourceKind:
    """A resource kind, independent of any API.

    C(options) is the argument spec of its own options, C(model) the pydantic model of the desired state, with
    the object's id as C(id). C(prune_by) is an option of the rule for pruning, and the path of the wire value
    that an object needs to be removed under the rule. C(identity) are the options that together name an
    object if C(id_option) is not given; without any, the spec must require C(id_option). C(named_ids) are
    boolean options that each name the object of an id, such as C({default: id}). C(only_id) is the id of the
    kind's only object in an org, which no option names. C(list_option) is the kind's list in the option
    C(config) of genesys_org_config, C(prunable) whether objects outside of the list can be removed. With
    C(verifies), C(waits) and C(rolls_back_on_failure) it has the option that the name is made of.

    C(validate) checks the given options, without a request and before the model does: options of a wrong type
    are missing or None there. It may put options into the form of the model and returns keys for the result.
    C(validate_together) checks all entries of the kind in one run, as pairs of path and given options.
    """

    name: str
    title: str
    options: dict[str, dict[str, t.Any]]
    model: t.Any
    profiles: t.Mapping[str, Resource]
    identity: tuple[str, ...] = ("name",)
    id_option: str = "id"
    named_ids: t.Mapping[str, str] = dataclasses.field(default_factory=dict)
    only_id: str | None = None
    list_option: str = ""
    prunable: bool = False
    prune_by: tuple[str, str] | None = None
    verifies: bool = False
    waits: bool = False
    rolls_back_on_failure: bool = False
    validate: t.Callable[[dict[str, t.Any], Findings], dict[str, t.Any]] | None = None
    validate_together: t.Callable[[list[tuple[str, dict[str, t.Any]]], Findings], None] | None = None

    def __post_init__(self) -> None:
        listed = [profile for profile, resource in self.profiles.items() if resource.endpoint.paging]
        if listed and not self.identity:
            raise ValueError(f"The kind {self.name!r} has lists in {', '.join(listed)}, but no identity.")
        bound = {profile: dataclasses.replace(resource) for profile, resource in self.profiles.items()}
        for resource in bound.values():
            object.__setattr__(resource, "definition", self)
        object.__setattr__(self, "profiles", bound)

    @property
    def identity_options(self) -> tuple[str, ...]:
        """The options that name an object, the id's after those of the identity."""
        return () if self.only_id is not None else (*self.identity, self.id_option, *self.named_ids)
