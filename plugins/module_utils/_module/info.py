# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Info modules: the objects of a kind by id, name or name pattern, or all of them.

Private to the collection.
"""

from __future__ import annotations

import fnmatch
import functools
import typing as t

# The first import, because it refuses an old Python.
from .. import _deps  # noqa: F401 # pylint: disable=unused-import
from .._arguments.arguments import connect, secrets_given
from .._arguments.connection import CONNECTION_OPTIONS, chosen_profile
from .._arguments.validation import validate
from .._engine.lookup import (
    by_id,
    check_organization,
    complete,
    list_all,
    list_matching,
    read_organization,
)
from .._engine.run_cache import RunCache
from .._errors import InputError
from .._findings import Findings
from .._http.client import Client
from .._model.json_objects import Body
from .._model.optional_part import with_part
from .._model.plan import from_list
from .._model.rendering import MaskedBody, to_record
from .._model.resource import ResourceKind
from .._object.task import ResourceArguments, refuse_options, resource_for, take_named_id
from .ansible_module import run_query


def info_spec(kind: ResourceKind) -> dict[str, dict[str, t.Any]]:
    """Return the argument spec of a kind's info module."""
    own: dict[str, dict[str, t.Any]] = {kind.id_option: {"type": "str", "required": True}}
    if kind.only_id is not None:
        own = {}
    elif kind.identity:
        own = {name: {"type": "str"} for name in (*kind.identity, kind.id_option, "name_pattern")}
        own |= {name: {"type": "bool", "default": False} for name in kind.named_ids}
    fields = [field for resource in kind.profiles.values() for field in resource.fields]
    if any(field.display is not None for field in fields):
        own["readable"] = {"type": "bool", "default": False}
    own |= {
        resource.endpoint.part: {"type": "bool", "default": False}
        for resource in kind.profiles.values()
        if resource.endpoint.part
    }
    if any(field.headers for field in fields):
        own["secret_headers"] = {"type": "list", "elements": "str", "no_log": False}
    return {**CONNECTION_OPTIONS, **own}


def prepare_info(
    kind: ResourceKind, raw: t.Mapping[str, t.Any], environ: t.Mapping[str, str]
) -> ResourceArguments:
    """Check the raw arguments of an info module. Add every problem to C(findings)."""
    findings = Findings()
    spec = info_spec(kind)
    resource = resource_for(kind, chosen_profile(raw, environ, fitting=kind.profiles), findings)
    query = ResourceArguments(resource=resource, given=validate(spec, dict(raw), findings), findings=findings)
    refuse_options(resource, raw, findings)
    if query.given.get(resource.endpoint.part):
        query.resource = with_part(resource)
    query.secrets |= secrets_given(spec, raw)
    identities = (kind.id_option, "name", "name_pattern")
    chosen = [option for option in identities if query.given.get(option) is not None]
    if len(chosen) > 1:
        findings.problem(
            chosen[1],
            f"excludes {chosen[0]}: give one of {kind.id_option}, name and name_pattern, or none for all",
        )
    for option in chosen:
        if not query.given[option].strip():
            findings.problem(option, "must not be empty")
    take_named_id(kind, query.given, findings)
    if resource.endpoint.check_identity is not None:
        resource.endpoint.check_identity(query.given, findings)
    connect(query, environ)
    return query


def read_records(query: ResourceArguments) -> dict[str, t.Any]:
    """Return the result of an info module. Its C(records) are an empty list if no object matches.

    Raises InputError if there are problems.
    """
    if query.findings.problems:
        raise InputError(query.findings)
    if query.connection is None:
        raise AssertionError("a query without problems has a connection")
    with Client(query.connection) as client:
        if query.connection.organization is not None:
            check_organization(read_organization(client, RunCache()), query.connection)
        bodies = [MaskedBody(query.resource, body, query.secret_names) for body in _matching(client, query)]
        query.secrets.update(*(body.secrets for body in bodies))
        readable = query.given.get("readable", False)
        records = [to_record(body, readable=readable) for body in bodies]
        return {"changed": False, "records": records, "api": client.api()}


def _matching(client: Client, query: ResourceArguments) -> list[Body]:
    given, resource = query.given, query.resource
    if given.get(resource.id_option) is not None:
        current = by_id(client, resource, given[resource.id_option])
        return [] if current is None else [current.body]
    if resource.identify is not None:
        given = {**given, **resource.identify(client, RunCache(), given)}
    identity = resource.identity_of_options(given)
    if any(value is not None for value in identity):
        bodies = list_matching(client, resource, identity, unmanaged=True)
    else:
        bodies = list_all(client, resource, unmanaged=True)
    if given.get("name_pattern") is not None:
        bodies = [
            body for body in bodies if fnmatch.fnmatchcase(str(body.get("name")), given["name_pattern"])
        ]
    found = [complete(client, resource, from_list(body)) for body in bodies]
    whole = [one.body for one in found if one is not None]
    return sorted(whole, key=lambda body: str(body.get("name")))


def run_info(kind: ResourceKind) -> None:
    """Run the info module of a kind."""
    run_query(info_spec(kind), functools.partial(prepare_info, kind), read_records)
