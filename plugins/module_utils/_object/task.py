# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Arguments of a task for one object: checked without a request and converted to the desired state.

Private to the collection. C(run.py) applies the desired state.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._api.profile import ApiProfile
from .._arguments.arguments import ModuleArguments, connect, secrets_given
from .._arguments.connection import CONNECTION_OPTIONS, chosen_profile
from .._arguments.read_cache import READ_CACHE_OPTIONS, check_read_cache
from .._arguments.reporting import (
    REPORTING_OPTIONS,
    VERIFY_AUDIT_OPTIONS,
    check_reporting,
    check_verify_audit,
)
from .._arguments.validation import validate
from .._deps import pydantic
from .._errors import InputError, NotFound
from .._findings import Findings
from .._model.json_objects import ABSENT, REQUIRED, Body
from .._model.optional_part import for_task, with_part
from .._model.plan import DeclaredFields, RemoteObject, declared_fields
from .._model.resource import Resource, ResourceKind


@dataclasses.dataclass(kw_only=True)
class ResourceArguments(ModuleArguments):
    """Checked arguments of a module for one kind."""

    resource: Resource

    @property
    def identity_options(self) -> tuple[str, ...]:
        return self.resource.definition.identity_options

    @property
    def secret_names(self) -> tuple[str, ...]:
        return tuple(self.given.get("secret_headers") or ())


@dataclasses.dataclass(kw_only=True)
class ResourceTask(ResourceArguments):
    """Desired state of one object, checked without a request.

    C(desired) is the kind's model, or None if the model rejects the input. C(declared) are its fields in wire
    form. C(extra) are result fields that the checks computed, C(ignored) given options that have no effect.
    """

    desired: t.Any = None
    declared: DeclaredFields = dataclasses.field(default_factory=dict)
    extra: dict[str, t.Any] = dataclasses.field(default_factory=dict)
    ignored: tuple[str, ...] = ()

    def refuse_wrong_object(self, current: RemoteObject | None) -> None:
        """Raise NotFound if the object that was read does not match the task's name or id.

        Raise InputError if the collection only reads the object.
        """
        desired, resource = self.desired, self.resource
        reason = resource.unmanaged(current.body) if resource.unmanaged and current else ""
        if reason:
            findings = Findings()
            findings.problem(resource.id_option, reason)
            raise InputError(findings)
        if desired.id is None:
            if current is None and not resource.creatable:
                raise NotFound(
                    f"There is no {resource.title} {desired.name!r} in this org, and the API cannot create "
                    "one. Names must match exactly: correct the name, or give the id."
                )
        elif current is None and desired.state == "present" and not resource.has_declared_ids:
            cure = ", or omit it to create the object by name" if resource.creatable else ""
            raise NotFound(
                f"There is no {resource.title} with the id {desired.id!r} in this org. "
                f"Correct {'the id' if resource.id_option == 'id' else resource.id_option}{cure}."
            )
        elif (
            current is not None
            and desired.name not in (None, current.body.get("name"))
            and not resource.renames
        ):
            raise NotFound(
                f"The {resource.title} with the id {desired.id!r} is named {current.body.get('name')!r}, not "
                f"{desired.name!r}, and the API cannot rename it. Correct the id or the name, or omit one of "
                "them."
            )


def argument_spec(kind: ResourceKind) -> dict[str, dict[str, t.Any]]:
    """Return the argument spec of a resource module: options of connection, reports, read cache and kind."""
    is_cacheable = any(resource.endpoint.is_cacheable for resource in kind.profiles.values())
    cache = READ_CACHE_OPTIONS if is_cacheable else {}
    return {**CONNECTION_OPTIONS, **REPORTING_OPTIONS, **cache, **object_options(kind)}


def object_options(kind: ResourceKind) -> dict[str, dict[str, t.Any]]:
    """Return the options for one object of the kind."""
    audited = any(resource.event for resource in kind.profiles.values())
    return {**(VERIFY_AUDIT_OPTIONS if audited else {}), **kind.options}


def prepare_task(
    kind: ResourceKind, raw: t.Mapping[str, t.Any], environ: t.Mapping[str, str]
) -> ResourceTask:
    """Check raw arguments and resolve the connection. Add every problem to C(findings)."""
    findings = Findings()
    resource = resource_for(kind, chosen_profile(raw, environ, fitting=kind.profiles), findings)
    task = prepare_object(resource, argument_spec(kind), raw)
    for problem in findings.problems:
        task.findings.problem(*problem)
    for option in task.ignored:
        task.findings.warn(option, resource.ignored_options[option])
    task.secrets |= check_reporting(task.given, task.findings)
    check_read_cache(task.given, task.findings)
    if task.given.get("state") != "validated":
        connect(task, environ)
    return task


def resource_for(kind: ResourceKind, profile: ApiProfile, findings: Findings) -> Resource:
    """Return the resource of a task's kind in its API. If there is none, add a problem and return another."""
    resource = kind.profiles.get(profile.name)
    if resource is None:
        findings.problem(
            "api_profile",
            f"the API {profile.name!r} has no {kind.title}: the kind exists in {', '.join(kind.profiles)}. "
            f"If the target serves that API, set api_profile to {' or '.join(kind.profiles)}"
            + (f". Else use a kind of {profile.name!r}: {', '.join(profile.kinds)}" if profile.kinds else ""),
        )
        resource = next(iter(kind.profiles.values()))
    return resource


def _secrets_of_files(
    spec: dict[str, dict[str, t.Any]], raw: t.Mapping[str, t.Any], own: t.Mapping[str, t.Any]
) -> set[str]:
    """Return the secrets of structures that the checks have read from files, whose paths the task has."""
    read = {
        name: value
        for name, value in own.items()
        if isinstance(value, dict) and isinstance(raw.get(name), str) and spec[name].get("type") == "raw"
    }
    return (
        secrets_given(spec, {**read, "secret_headers": own.get("secret_headers")}, urls=True)
        if read
        else set()
    )


def prepare_object(
    resource: Resource,
    spec: dict[str, dict[str, t.Any]],
    raw: t.Mapping[str, t.Any],
    common: t.Mapping[str, t.Any] | None = None,
) -> ResourceTask:
    """Check the raw arguments for one object, without those of connection and reports.

    C(common) are options of the kind that were checked once for many objects.
    """
    findings = Findings()
    given = {**validate(spec, dict(raw), findings), **(common or {})}
    task = ResourceTask(resource=resource, given=given, findings=findings)
    task.secrets |= secrets_given(spec, raw, urls=any(field.url for field in resource.fields))
    check_verify_audit(task.given, findings)
    own = {name: value for name, value in task.given.items() if name in resource.options}
    kind = resource.definition
    take_named_id(kind, own, findings)
    if resource.endpoint.check_identity is not None:
        resource.endpoint.check_identity(own, findings)
    refuse_options(resource, raw, findings)
    task.ignored = tuple(option for option in resource.ignored_options if raw.get(option) is not None)
    if kind.validate is not None:
        task.extra = kind.validate(own, findings)
    if resource.validate is not None:
        resource.validate(own, findings)
        task.secrets |= _secrets_of_files(spec, raw, own)
    task.given |= own
    # Without the other options of the identity, the first one must name a single object.
    for option in kind.identity[:1]:
        if own.get(kind.id_option) is None and own.get(option) is None:
            findings.problem(option, f"is required, or {kind.id_option}")
    try:
        task.desired = resource.model.model_validate(own)
    except pydantic.ValidationError as error:
        _add_model_problems(error, findings)
    else:
        task.resource = for_task(resource, task.desired)
        task.declared = declared_fields(resource, task.desired)
        _refuse_null(task)
    return task


def take_named_id(kind: ResourceKind, given: dict[str, t.Any], findings: Findings) -> None:
    """Add the id of the object that an option names alone. Add a problem if other options name one too."""
    if kind.only_id is not None:
        given[kind.id_option] = kind.only_id
    for option, object_id in kind.named_ids.items():
        if given.get(option):
            others = [
                other
                for other in (*kind.identity, kind.id_option, "name_pattern")
                if given.get(other) is not None
            ]
            if others:
                findings.problem(option, f"excludes {' and '.join(others)}: give one of them")
            given[kind.id_option] = object_id


def removal_task(resource: Resource, body: Body, secrets: set[str], *, force: bool = False) -> ResourceTask:
    """Create the task that removes an object that no task declares.

    C(secrets) are those of the run, C(force) is the option of kinds that have it.
    """
    given = {"name": body.get("name"), "id": body["id"], "state": "absent"}
    given |= {"force": force} if "force" in resource.options else {}
    # Not validated as input: an org may have names that no task can declare, such as an empty one.
    desired = resource.model.model_construct(**given)
    task = ResourceTask(resource=with_part(resource), given=given, findings=Findings(), desired=desired)
    task.secrets = secrets
    return task


def refuse_options(resource: Resource, raw: t.Mapping[str, t.Any], findings: Findings) -> None:
    """Add a problem for each given option that the API has no place for. Empty lists declare nothing."""
    for option, reason in resource.refused_options.items():
        if raw.get(option) not in (None, [], {}):
            findings.problem(option, reason)


def _add_model_problems(error: t.Any, findings: Findings) -> None:
    """Add the errors of the model, except at paths that have a problem already."""
    reported = [problem.path for problem in findings.problems]
    for entry in error.errors(include_url=False):
        path = ""
        for key in entry["loc"]:
            path += f"[{key}]" if isinstance(key, int) else f".{key}" if path else str(key)
        if not any(_is_inside(path, other) or _is_inside(other, path) for other in reported):
            message = entry["msg"].removeprefix("Value error, ")
            findings.problem(path, message[:1].lower() + message[1:])


def _is_inside(path: str, outer: str) -> bool:
    return path == outer or path.startswith((f"{outer}.", f"{outer}["))


def _refuse_null(task: ResourceTask) -> None:
    """Add a problem for each required field that is null: the API cannot reset it."""
    if task.desired.state == "absent":
        return
    for field, value in task.declared.items():
        if value is ABSENT and field.default is REQUIRED:
            task.findings.problem(field.option, "is required and cannot be null")
