# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Objects of an org that no entry declares: candidates of pruning, and the report on them by kind (X.5).

Private to the collection. Objects that the collection only reads are left out, such as built-in data actions.
"""

from __future__ import annotations

import fnmatch
import typing as t

from .._errors import GenesysError
from .._model.plan import RemoteObject
from .._model.resource import Resource, ResourceKind, same_identity
from .._resources import registry
from .._unexpected_errors import unexpected_errors
from .bulk_reader import BulkResult
from .run import Item, Run
from .task import OrgTask


def undeclared(
    resource: Resource, objects: t.Iterable[RemoteObject], declared: list[Item]
) -> list[RemoteObject]:
    """Return the managed objects that no entry declares."""
    ids = {item.id for item in declared}
    # A declared name may be ambiguous. All objects that have it are declared.
    identities = {resource.desired_identity(item.object_run.task.desired) for item in declared}
    partial = [identity for identity in identities if None in identity and identity[0] is not None]
    return [
        one
        for one in objects
        if one.body["id"] not in ids
        and (identity := resource.identity_of(one.body)) not in identities
        and not any(same_identity(wanted, identity) for wanted in partial)
        and resource.manages(one.body)
    ]


def is_protected(one: RemoteObject, globs: t.Iterable[str]) -> bool:
    """Return whether the name of an object fits any of the patterns."""
    return any(fnmatch.fnmatchcase(str(one.body.get("name")), glob) for glob in globs)


def report_undeclared(
    run: Run, kind: ResourceKind, reading: BulkResult, declared: list[Item], planned: list[Item]
) -> None:
    """Add the report on a kind to the run if the task asks for it.

    C(declared) are the items of entries, C(planned) all items of the kind. Removals that the run plans are
    reported with their items and left out here.
    """
    rule = run.task.undeclared(kind)
    if rule is None:
        return
    if kind in run.not_listed:
        run.undeclared.append(_report(kind, rule, error=str(run.not_listed[kind])))
    elif reading.objects is None:
        run.undeclared.append(_report(kind, rule, not_comparable=_reason_without_list(kind)))
    else:
        ids = {item.id for item in planned}
        names = [str(item.name) for item in declared]
        globs = [*rule["protect"], *run.task.prune_protect(kind)]
        resource = run.task.resource(kind)
        replacement, built_in, may_prune = resource.replacement, resource.built_in, resource.may_prune

        def wanted(one: RemoteObject) -> bool:
            # An earlier run has replaced such an object by a declared one, and removes it when it can.
            retired = replacement and any(replacement.retires(name, one.body) for name in names)
            special = retired or (built_in is not None and built_in(one.body))
            if one.body["id"] in ids or is_protected(one, globs) or special:
                return False
            return may_prune is None or may_prune(run.client, run.run_cache, one.body)

        try:
            with unexpected_errors(f"The search for undeclared {kind.title}s"):
                found = [one for one in undeclared(resource, reading.objects, declared) if wanted(one)]
        except GenesysError as error:
            run.undeclared.append(_report(kind, rule, error=str(error)))
        else:
            run.undeclared.append(_report(kind, rule, found))


def kinds_without_api(task: OrgTask) -> list[dict[str, t.Any]]:
    """Return the reports on kinds that the task names and that the API of the org does not have."""
    reports = []
    for kind in registry.KINDS:
        rule = task.undeclared(kind)
        if rule is not None and task.profile.name not in kind.profiles:
            reason = f"the API {task.profile.name!r} does not have this kind"
            reports.append(_report(kind, rule, not_comparable=reason))
    return reports


def _report(
    kind: ResourceKind,
    rule: dict[str, t.Any],
    objects: t.Iterable[RemoteObject] = (),
    *,
    error: str | None = None,
    not_comparable: str | None = None,
) -> dict[str, t.Any]:
    """Return the report on a kind, its objects in an order that does not depend on the API's list."""
    found = [{"name": one.body.get("name"), "id": one.body["id"]} for one in objects]
    return {
        "kind": kind.name,
        "mode": rule["mode"],
        "objects": sorted(found, key=lambda one: (str(one["name"]), str(one["id"]))),
        "error": error,
        "not_comparable": not_comparable,
    }


def _reason_without_list(kind: ResourceKind) -> str:
    if kind.only_id is not None:
        return "an org has exactly one of them, so there is no list to compare"
    return "the API has no list of these objects, so undeclared ones cannot be found"
