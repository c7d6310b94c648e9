# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Entries of the inventory that declare the objects of an org, each proved by its plan (X.1).

Private to the collection. An entry is kept only if its plan against its object has no change.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import typing as t

from .._engine.identity import identify
from .._engine.lookup import IdentityIndex
from .._engine.run_cache import RunCache
from .._errors import ApiError, GenesysError, InputError, TransportError
from .._http.client import Client
from .._http.connection import Connection
from .._inventory.secret_variables import Secret
from .._journal.journal import Journal
from .._model.json_objects import Body, copied, get_path, set_path
from .._model.options import KnownObjects, NotExpressible, Options, declared_options
from .._model.plan import RemoteObject
from .._model.resource import Field, Resource
from .._object.run import ObjectRun
from .._object.task import object_options, prepare_object
from .._secrets import has_secret_name, is_secret, mask_url
from .._unexpected_errors import unexpected_errors


@dataclasses.dataclass(frozen=True)
class Export:
    """State that all entries of a run share. C(secret_headers) are names beside the usual ones."""

    client: Client
    connection: Connection
    run_cache: RunCache
    known: KnownObjects
    secret_headers: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True)
class ExportedObject:
    """One object. C(entry) declares it, unless C(reason) says why the export cannot.

    C(options) are those of the entry with the values of its secrets. The variables of the secrets are named
    after C(owner).
    """

    body: Body
    entry: Options
    reason: str = ""
    options: Options = dataclasses.field(default_factory=dict, repr=False)
    owner: str = ""


def exported_objects(
    export: Export, resource: Resource, found: t.Sequence[RemoteObject], chosen: t.Iterable[RemoteObject]
) -> list[ExportedObject]:
    """Return the chosen objects of a kind with their entries.

    C(found) are all objects of the kind, because a name that another one has too is no name for an entry.
    """
    index = index_of(resource, found)
    return [exported_object(export, resource, one, index) for one in chosen]


def index_of(resource: Resource, found: t.Iterable[RemoteObject]) -> IdentityIndex | None:
    """Return the index of a kind's managed objects by their identities, None if the kind has no names."""
    managed = [one for one in found if resource.manages(one.body)]
    return IdentityIndex(resource, managed) if resource.named_by else None


def exported_object(
    export: Export, resource: Resource, remote: RemoteObject, index: IdentityIndex | None
) -> ExportedObject:
    """Return one object with its entry. C(index) is that of all objects of the kind."""
    body = remote.body
    reason = "" if resource.unmanaged is None else resource.unmanaged(body)
    if reason:
        return ExportedObject(body, {}, reason.removeprefix("names "))
    try:
        with unexpected_errors(f"The export of the {resource.title}"):
            options = _options(export, resource, body)
            options, owner = named_options(resource, body, options, index)
            entry = with_secrets(resource, options, owner, export.secret_headers)
            _prove(export, resource, options, remote)
    except NotExpressible as error:
        return ExportedObject(body, {}, str(error))
    except InputError as error:
        problems = "; ".join(map(str, error.findings.problems))
        return ExportedObject(body, {}, f"cannot be declared: {problems}")
    except (TransportError, ApiError):  # the object may be expressible, so that the export is not whole
        raise
    except GenesysError as error:
        return ExportedObject(body, {}, f"cannot be declared: {error}")
    return ExportedObject(body, entry, options=options, owner=owner)


def _is_alone(resource: Resource, body: Body, options: Options, index: IdentityIndex | None) -> bool:
    """Return whether the options find the object, because no other one has its identity."""
    if index is None or any(option in options for option in resource.definition.named_ids):
        return True
    return len(index.matching(resource.identity_of(body))) == 1


def named_options(
    resource: Resource, body: Body, options: Options, index: IdentityIndex | None
) -> tuple[Options, str]:
    """Return the options, by id if no name finds the object, and the name of the owner of its secrets."""
    owner = _owner(resource, body, options, index)
    if _is_alone(resource, body, options, index):
        return options, owner
    # A run has no two entries of a name.
    options = {name: options[name] for name in options if name != resource.named_by[0]}
    return {resource.id_option: body["id"], **options}, f"{owner} {body['id']}"


def _owner(resource: Resource, body: Body, options: Options, index: IdentityIndex | None) -> str:
    """Return the name of an object for its secrets, with the rest of its identity if others have the name."""
    if index is None:
        return str(body["id"])
    name, *rest = resource.identity_of(body)
    parts: list[t.Any] = [name]
    if len(index.matching((name, *(None for _part in rest)))) > 1:
        parts += [options[one] for one in (*resource.named_by[1:], *resource.narrowed_by) if one in options]
    return " ".join(map(str, parts))


def _options(export: Export, resource: Resource, body: Body) -> Options:
    options = declared_options(resource, body, export.known)
    ordered = [name for name in resource.options if name in options]
    return {name: options[name] for name in ordered}


def _prove(export: Export, resource: Resource, options: Options, remote: RemoteObject) -> None:
    """Raise NotExpressible if the options would change the object, InputError if they are not valid."""
    task = prepare_object(resource, object_options(resource.definition), copied(options))
    if task.findings.problems:
        raise InputError(task.findings)
    with contextlib.ExitStack() as exit_stack:
        object_run = ObjectRun(
            task,
            export.client,
            export.connection,
            exit_stack,
            given={},
            check_mode=True,
            run_cache=export.run_cache,
            journal=Journal(),
        )
        identify(export.client, resource, task.desired, export.run_cache)
        object_run.make_plan(remote)
    if object_run.plan.action != "none":
        changed = ", ".join(field.option for field in object_run.plan.changed)
        raise NotExpressible(f"has values that no options declare: {changed}")


def with_secrets(
    resource: Resource, options: Options, owner: str, secret_headers: t.Collection[str]
) -> Options:
    """Return the options with a C(Secret) of the C(owner) in the place of each secret value."""
    entry = copied(options)
    named: set[str] = set()
    for field in resource.fields:
        value = get_path(entry, field.option)
        if field.write_only:
            set_path(entry, field.option, Secret(resource.kind, owner, field.option))
        elif field.headers and isinstance(value, dict):
            named |= _hide_headers(field, value, resource.kind, owner, secret_headers)
        elif field.url and mask_url(value, secret_headers, in_path=field.secret_path) != value:
            set_path(entry, field.option, Secret(resource.kind, owner, field.option))
    if named and "secret_headers" in resource.options:
        entry["secret_headers"] = sorted(named)
    return entry


def entry_order(entry: Options) -> tuple[str, str]:
    """Return the key of an order that does not depend on the org: by name, then by all other values."""
    return str(entry.get("name", "")), json.dumps(entry, sort_keys=True, default=str)


def _hide_headers(
    field: Field, headers: dict[str, t.Any], kind: str, owner: str, secret_names: t.Collection[str]
) -> set[str]:
    """Replace the secret values of headers. Return the names of those that only the user calls secret."""
    own = set()
    for header, value in headers.items():
        if is_secret(header, value, secret_names):
            headers[header] = Secret(kind, owner, f"{field.option}.{header}")
            if not has_secret_name(header):
                own.add(header)
    return own
