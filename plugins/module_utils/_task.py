# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The way of a task: params, desired, current, plan, apply, result. Knows nothing of AnsibleModule.

Private to the collection. C(prepare) judges the task without any request; C(converge) does the work.
"""

from __future__ import annotations

import contextlib
import dataclasses
import typing as t

from ._apply import Context, apply
from ._arguments import CONNECTION_OPTIONS, Connection, resolve
from ._client import Client
from ._deps import pydantic
from ._errors import GenesysError, InputError, NotFound, WrongOrganization
from ._plan import Plan, declared_fields
from ._problems import Findings
from ._read import Found, by_id, by_name
from ._record import secrets_of, to_diff, to_record
from ._reporting import REPORTING_OPTIONS, Reporting, check_reporting
from ._resource import ABSENT, REQUIRED, Resource
from ._rollback import roll_back
from ._secrets import secrets_in_arguments
from ._validate import validate
from ._verify_audit import VERIFY_AUDIT_OPTIONS, AuditVerification, check_verify_audit


@dataclasses.dataclass(kw_only=True)
class Arguments:
    """A module's checked arguments: C(given) in their types, C(findings) with every problem.

    C(connection) is None where the input has problems and where no request is wanted. C(secrets) are the
    texts that must never be printed; reading objects adds to them.
    """

    given: dict[str, t.Any]
    findings: Findings
    connection: Connection | None = None
    secrets: set[str] = dataclasses.field(default_factory=set)


@dataclasses.dataclass(kw_only=True)
class Prepared(Arguments):
    """The checked arguments of a module that is about one kind."""

    resource: Resource

    @property
    def secret_names(self) -> tuple[str, ...]:
        return tuple(self.given.get("secret_headers") or ())


@dataclasses.dataclass(kw_only=True)
class Task(Prepared):
    """What the user wants an object to be, checked as far as that is possible offline.

    C(desired) is None where the input has problems; C(extra) is what the checks computed for the result.
    """

    desired: t.Any = None
    extra: dict[str, t.Any] = dataclasses.field(default_factory=dict)


def argument_spec(resource: Resource) -> dict[str, dict[str, t.Any]]:
    """The module's argument spec: the kind's own options, the connection's, and how a change is reported."""
    audit = VERIFY_AUDIT_OPTIONS if resource.event else {}
    return {**CONNECTION_OPTIONS, **REPORTING_OPTIONS, **audit, **resource.options}


def prepare(resource: Resource, raw: t.Mapping[str, t.Any], environ: t.Mapping[str, str]) -> Task:
    """Checks raw arguments and the environment's fallbacks: every violation ends up in C(findings)."""
    findings = Findings()
    spec = argument_spec(resource)
    task = Task(resource=resource, given=validate(spec, dict(raw), findings), findings=findings)
    task.secrets |= secrets_given(spec, raw, urls=any(field.url for field in resource.fields))
    task.secrets |= check_reporting(task.given, findings)
    check_verify_audit(task.given, findings)
    own = {name: value for name, value in task.given.items() if name in resource.options}
    if resource.paging is not None and own.get("name") is None and own.get(resource.id_option) is None:
        findings.problem("name", f"is required, or {resource.id_option}")
    if resource.check is not None:
        task.extra = resource.check(own, findings)
    try:
        task.desired = resource.model.model_validate(own)
    except pydantic.ValidationError as error:
        _add_model_problems(error, findings)
    else:
        _refuse_null(task)
    if own.get("state") != "validated":
        connect(task, environ)
    return task


def connect(prepared: Arguments, environ: t.Mapping[str, str]) -> None:
    """Resolves the connection options, with the environment's fallbacks for what the task leaves away."""
    given = {name: value for name, value in prepared.given.items() if name in CONNECTION_OPTIONS}
    prepared.connection = resolve(given, environ, prepared.findings)
    if prepared.connection is not None:
        prepared.secrets.update(prepared.connection.secrets())


def converge(task: Task, *, check_mode: bool) -> dict[str, t.Any]:
    """Brings the org to the task's state, or only plans it in check mode; returns the module's result.

    Raises InputError when the task has problems, and every other GenesysError that the way can meet.
    """
    if task.findings.problems:
        raise InputError(task.findings)
    if task.desired.state == "validated":
        return {"changed": False, "plan": "none", **task.extra}
    if task.connection is None:
        raise AssertionError("a task without problems knows its connection")
    with Client(task.connection) as client, contextlib.ExitStack() as closing:
        context = _context(client, task, check_mode, closing)
        if task.connection.organization is not None:
            check_organization(context.organization, task.connection)
        found = _read(context)
        plan, now = context.plan(found), found
        reporting = Reporting(task.given, task.connection, context, task.secrets)
        audit = AuditVerification(task.given, task.connection, context)
        with reporting.failures():
            reporting.planned(plan)
            audit.planned(plan)
            if check_mode:
                context.preflight(plan)
            elif plan.action != "none":
                plan, now = apply(context, found)
                now = _settle(context, task, plan, now)
            if task.resource.examine is not None and not (check_mode and plan.action != "none"):
                with _telling(context, plan):
                    task.resource.examine(context, plan, now)
            if not check_mode:
                _verify_audit(audit, context, task, plan, now)
        result = {**_result(task, plan, now), **context.notes, "api": client.api()}
        return reporting.finish(plan, now, result)


def _settle(context: Context, task: Task, plan: Plan, written: Found | None) -> Found | None:
    """What follows a confirmed write. Where it fails, the result says what was written, and what is left."""
    if context.resource.settle is None or plan.action == "none":
        return written
    with _telling(context, plan):
        try:
            return t.cast("Found | None", context.resource.settle(context, plan, written))
        except GenesysError as error:
            error.returned |= {"plan": plan.action, "snapshot": _snapshot(task, plan)}
            if "rollback_on_failure" in task.resource.options:
                error.returned |= {"changed": True, "rolled_back": False}
                if context.desired.rollback_on_failure and plan.action == "update" and written is not None:
                    roll_back(context, plan, written, error)
            raise


def _verify_audit(
    audit: AuditVerification, context: Context, task: Task, plan: Plan, now: Found | None
) -> None:
    """Waits for the audit's record. Without it the task fails, with its whole result: the change is done."""
    try:
        audit.finish(plan, now)
    except GenesysError as error:
        error.returned = {**_result(task, plan, now), **context.notes, **error.returned}
        raise


@contextlib.contextmanager
def _telling(context: Context, plan: Plan) -> t.Iterator[None]:
    """Lets a failure after the write tell that there was one, unless it says better, and what was noted."""
    try:
        yield
    except GenesysError as error:
        error.returned = {**context.notes, "changed": plan.action != "none", **error.returned}
        raise


def check_organization(organization: dict[str, t.Any], connection: Connection) -> None:
    """Raises WrongOrganization when the credentials' org is not the one that the task names."""
    if connection.organization not in (organization.get("id"), organization.get("name")):
        raise WrongOrganization(
            str(connection.organization), name=organization.get("name"), identifier=organization.get("id")
        )


def _read(context: Context) -> Found | None:
    desired, resource = context.desired, context.resource
    if desired.id is None:
        found = by_name(context.client, resource, desired.name)
        if found is None and not resource.creatable:
            raise NotFound(
                f"There is no {resource.title} named {desired.name!r} in this org, and the API cannot create "
                "one. Names compare exactly: correct the name, or give the id."
            )
        return found
    found = by_id(context.client, resource, desired.id)
    if found is None and desired.state == "present":
        cure = ", or leave it away to create the object by name" if resource.creatable else ""
        raise NotFound(
            f"There is no {resource.title} with the id {desired.id!r} in this org. "
            f"Correct {'the id' if resource.id_option == 'id' else resource.id_option}{cure}."
        )
    if found is not None and desired.name not in (None, found.body.get("name")) and not resource.renames:
        raise NotFound(
            f"The {resource.title} with the id {desired.id!r} is named {found.body.get('name')!r}, not "
            f"{desired.name!r}, and the API cannot rename it. Correct the id or the name, or leave one away."
        )
    return found


def _context(client: Client, task: Task, check_mode: bool, closing: contextlib.ExitStack) -> Context:
    return Context(
        client=client,
        resource=task.resource,
        desired=task.desired,
        declared=declared_fields(task.resource, task.desired),
        check_mode=check_mode,
        findings=task.findings,
        secret_names=task.secret_names,
        closing=closing,
    )


def _result(task: Task, plan: Plan, now: Found | None) -> dict[str, t.Any]:
    resource, names = task.resource, task.secret_names
    for body in (plan.before, plan.after, now.body if now else None):
        task.secrets |= secrets_of(resource, body, names)
    if plan.action == "delete":
        record = None
    elif plan.action == "none" or (now is not None and now.body is not plan.before):
        record = None if now is None else to_record(resource, now.body, names)
    else:
        record = _predicted(resource, plan, names)
    result: dict[str, t.Any] = {
        "changed": plan.action != "none",
        "plan": plan.action,
        "record": record,
        "diff": to_diff(resource, plan, names),
        **task.extra,
    }
    if plan.action != "none":
        result["snapshot"] = _snapshot(task, plan)
    return result


def _snapshot(task: Task, plan: Plan) -> dict[str, t.Any] | None:
    """The object as it was before a change; None where there was none."""
    if plan.before is None:
        return None
    task.secrets |= secrets_of(task.resource, plan.before, task.secret_names)
    return to_record(task.resource, plan.before, task.secret_names)


def _predicted(resource: Resource, plan: Plan, names: t.Collection[str]) -> dict[str, t.Any]:
    """The record after a write that check mode does not send: what the server owns stays as read."""
    owned = {key: value for key, value in (plan.before or {}).items() if key in resource.server_owned}
    return to_record(resource, {**(plan.after or {}), **owned}, names)


def secrets_given(spec: dict[str, t.Any], raw: t.Mapping[str, t.Any], *, urls: bool = False) -> set[str]:
    """The secret texts in raw arguments; known options of the top level are AnsibleModule's to mask.

    An option whose spec says C(no_log=False) holds none, whatever its keys are called.
    """
    names = raw.get("secret_headers")
    extra = [str(name) for name in names] if isinstance(names, list) else []
    found: set[str] = set()
    for option, value in raw.items():
        if spec.get(option, {}).get("no_log") is not False:
            found |= secrets_in_arguments(value if option in spec else {option: value}, extra, urls=urls)
    return found


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


def _refuse_null(task: Task) -> None:
    """A required field cannot be reset."""
    if task.desired.state == "absent":
        return
    for field, value in declared_fields(task.resource, task.desired).items():
        if value is ABSENT and field.default is REQUIRED:
            task.findings.problem(field.option, "is required and cannot be null")
