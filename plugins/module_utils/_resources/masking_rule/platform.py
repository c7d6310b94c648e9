# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The masking rule of the platform API: fields, writes, and checks of the vendor's own rules (N.3).

Private to the collection.
"""

from __future__ import annotations

import typing as t

from ..._api.platform import UNPAGED
from ..._engine.context import Context
from ..._errors import GenesysError, InputError
from ..._findings import Findings
from ..._model.comparison import Comparison
from ..._model.endpoint import Endpoint
from ..._model.json_objects import ABSENT, REQUIRED, Body
from ..._model.json_type import BOOLEAN, TEXT, list_of
from ..._model.options import KnownObjects, Options, options_of
from ..._model.plan import Plan, name_of
from ..._model.resource import Field, Resource
from .channel_limit import refuse_full_channels, rules_of_org
from .sample import VALIDATE, validate_definition

PATH = "/api/v2/dataprivacy/maskingrules"
#: The types of rules that the vendor defines. Clients change only some of their fields.
_VENDOR_TYPES = ("Predefined", "Default")


def _as_set(channels: t.Any) -> t.Any:
    """Return channels in comparable form: neither order nor repetition matters."""
    return sorted(set(channels)) if isinstance(channels, list) else channels


NAME = Field("name", "name", REQUIRED, json_type=TEXT)
DEFINITION = Field("definition", "definition", REQUIRED, json_type=TEXT)
ENABLED = Field("enabled", "enabled", True, json_type=BOOLEAN)
CHANNELS = Field(
    "channels",
    "integrations",
    [],
    to_wire=lambda channels, desired: list(dict.fromkeys(channels)),
    canonical=_as_set,
    json_type=list_of(TEXT),
)
_FIELDS = (
    NAME,
    Field("description", "description", "", json_type=TEXT),
    DEFINITION,
    Field("substitute_character", "substituteCharacter", "X", json_type=TEXT),
    ENABLED,
    Field("direction", "direction", "inbound", json_type=TEXT),
    CHANNELS,
)


def built_in(body: Body) -> bool:
    """Return whether the vendor has defined a rule."""
    return body.get("type") in _VENDOR_TYPES


def update_body(context: Context, plan: Plan) -> Body:
    """Return the whole rule: the API may replace what a PATCH omits."""
    return plan.after or {}


def preflight(context: Context, plan: Plan) -> None:
    """Check a plan before its write: the vendor's rules, the name, the channels, then the definition."""
    findings = Findings()
    before = plan.before or {}
    if plan.action == "update" and built_in(before):
        for field in plan.changed:
            if field not in (CHANNELS, ENABLED):
                findings.problem(
                    field.option,
                    f"cannot be changed: the rule {name_of(plan)!r} is of the type {before['type']}, which "
                    "lets only channels and enabled change",
                )
    if plan.action == "update" and NAME in plan.changed:
        _refuse_taken_name(context, plan, findings)
    if plan.action in ("create", "update"):
        refuse_full_channels(context, plan, ENABLED, CHANNELS, findings)
        if not findings.problems and (
            plan.action == "create" or DEFINITION in plan.changed or _has_sample(context)
        ):
            validate_definition(context, DEFINITION.of(plan.after or {}), findings)
    if findings.problems:
        raise InputError(findings, "with the masking rule, nothing was written")


def _has_sample(context: Context) -> bool:
    return context.desired.sample_text is not None


def _refuse_taken_name(context: Context, plan: Plan, findings: Findings) -> None:
    before, after = plan.before or {}, plan.after or {}
    taken = [
        str(rule["id"])
        for rule in rules_of_org(context)
        if rule.get("name") == after["name"]
        and rule["id"] != before["id"]
        and rule["id"] not in context.run_cache.renamed
    ]
    if taken:
        findings.problem(
            "name", f"{after['name']!r} is taken by another masking rule (id {', '.join(taken)})"
        )


def refuse_removal(context: Context, plan: Plan) -> None:
    """Refuse to remove a rule that the vendor defines."""
    before = plan.before or {}
    if built_in(before):
        raise GenesysError(
            f"The masking rule {name_of(plan)!r} was not removed, because it is of the type "
            f"{before['type']}: the API keeps such rules. Set enabled to false instead."
        )


def to_options(resource: Resource, body: Body, known: KnownObjects) -> Options:
    """Return the options of a rule. A rule of the vendor has only those that may change."""
    options = options_of(resource, body, known)
    if not built_in(body):
        return options
    changeable = {field.option: field.from_wire(field.of(body)) for field in (NAME, ENABLED, CHANNELS)}
    return {option: value for option, value in changeable.items() if value is not ABSENT}


PLATFORM_RESOURCE = Resource(
    endpoint=Endpoint(path=PATH, paging=UNPAGED, locking=None, verb="PATCH"),
    fields=_FIELDS,
    server_owned=("id", "dateCreated", "dateModified"),
    constants={"type": "Custom"},
    unique_names=True,
    created_field="dateCreated",
    other_types={"type": TEXT, "dateCreated": TEXT, "dateModified": TEXT},
    write_paths=(VALIDATE,),
    built_in=built_in,
    preflight=preflight,
    refuse_removal=refuse_removal,
    update_body=update_body,
    to_options=to_options,
    comparison=Comparison(),
)
