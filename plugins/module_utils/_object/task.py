# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task says: its arguments, checked as far as that is possible without a request.

Private to the collection. Knows nothing of AnsibleModule; C(_converge) does the work.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._api.profile import ApiProfile
from .._arguments.arguments import ModuleArguments, connect, secrets_given
from .._arguments.connection import CONNECTION_OPTIONS, chosen_profile
from .._arguments.reporting import (
    REPORTING_OPTIONS,
    VERIFY_AUDIT_OPTIONS,
    check_reporting,
    check_verify_audit,
)
from .._arguments.validation import validate
from .._deps import pydantic
from .._findings import Findings
from .._model.json_objects import ABSENT, REQUIRED
from .._model.plan import DeclaredFields, declared_fields
from .._model.resource import Resource, ResourceKind


@dataclasses.dataclass(kw_only=True)
class ResourceArguments(ModuleArguments):
    """The checked arguments of a module that is about one kind."""

    resource: Resource

    @property
    def identity_options(self) -> tuple[str, ...]:
        return self.resource.definition.identity_options

    @property
    def secret_names(self) -> tuple[str, ...]:
        return tuple(self.given.get("secret_headers") or ())


@dataclasses.dataclass(kw_only=True)
class ResourceTask(ResourceArguments):
    """What the user wants an object to be, checked as far as that is possible offline.

    C(desired) is None where the input has problems, C(declared) are its fields in wire form; C(extra) is what
    the checks computed for the result.
    """

    desired: t.Any = None
    declared: DeclaredFields = dataclasses.field(default_factory=dict)
    extra: dict[str, t.Any] = dataclasses.field(default_factory=dict)


def argument_spec(kind: ResourceKind) -> dict[str, dict[str, t.Any]]:
    """Return the module's argument spec: options of the kind, of the connection and of reports."""
    return {**CONNECTION_OPTIONS, **REPORTING_OPTIONS, **object_options(kind)}


def object_options(kind: ResourceKind) -> dict[str, dict[str, t.Any]]:
    """Return the options that are about one object of the kind."""
    audited = any(resource.event for resource in kind.profiles.values())
    return {**(VERIFY_AUDIT_OPTIONS if audited else {}), **kind.options}


def prepare(kind: ResourceKind, raw: t.Mapping[str, t.Any], environ: t.Mapping[str, str]) -> ResourceTask:
    """Checks raw arguments and the environment's fallbacks: every violation ends up in C(findings)."""
    findings = Findings()
    resource = resource_for(kind, chosen_profile(raw, environ), findings)
    task = prepare_object(resource, argument_spec(kind), raw)
    for problem in findings.problems:
        task.findings.problem(*problem)
    task.secrets |= check_reporting(task.given, task.findings)
    if task.given.get("state") != "validated":
        connect(task, environ)
    return task


def resource_for(kind: ResourceKind, profile: ApiProfile, findings: Findings) -> Resource:
    """Return the kind's resource in an API. If the API has none, add a problem and return another API's."""
    resource = kind.profiles.get(profile.name)
    if resource is None:
        findings.problem(
            "api_profile",
            f"the API {profile.name!r} has no {kind.title}: the kind exists in {', '.join(kind.profiles)}",
        )
        resource = next(iter(kind.profiles.values()))
    return resource


def prepare_object(
    resource: Resource,
    spec: dict[str, dict[str, t.Any]],
    raw: t.Mapping[str, t.Any],
    common: t.Mapping[str, t.Any] | None = None,
) -> ResourceTask:
    """Checks what raw arguments say of one object, without the connection and the reports.

    C(common) are options of the kind that were checked elsewhere, for many objects at once.
    """
    findings = Findings()
    given = {**validate(spec, dict(raw), findings), **(common or {})}
    task = ResourceTask(resource=resource, given=given, findings=findings)
    task.secrets |= secrets_given(spec, raw, urls=any(field.url for field in resource.fields))
    check_verify_audit(task.given, findings)
    own = {name: value for name, value in task.given.items() if name in resource.options}
    kind = resource.definition
    # Without the other options of the identity, the first one must name a single object.
    for option in kind.identity[:1]:
        if own.get(kind.id_option) is None and own.get(option) is None:
            findings.problem(option, f"is required, or {kind.id_option}")
    if kind.validate is not None:
        task.extra = kind.validate(own, findings)
        task.given |= own
    try:
        task.desired = resource.model.model_validate(own)
    except pydantic.ValidationError as error:
        _add_model_problems(error, findings)
    else:
        task.declared = declared_fields(resource, task.desired)
        _refuse_null(task)
    return task


def _add_model_problems(error: t.Any, findings: Findings) -> None:
    """What the model finds where nothing else found anything: each slip is reported once."""
    reported = [problem.path for problem in findings.problems]
    for entry in error.errors(include_url=False):
        path = ""
        for key in entry["loc"]:
            path += f"[{key}]" if isinstance(key, int) else f".{key}" if path else str(key)
        if not any(_within(path, known) or _within(known, path) for known in reported):
            message = entry["msg"].removeprefix("Value error, ")
            findings.problem(path, message[:1].lower() + message[1:])


def _within(path: str, outer: str) -> bool:
    return path == outer or path.startswith((f"{outer}.", f"{outer}["))


def _refuse_null(task: ResourceTask) -> None:
    """A required field cannot be reset."""
    if task.desired.state == "absent":
        return
    for field, value in task.declared.items():
        if value is ABSENT and field.default is REQUIRED:
            task.findings.problem(field.option, "is required and cannot be null")
