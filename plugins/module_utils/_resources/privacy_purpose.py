# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Privacy purposes: reason, legal basis and retention of personal data (features S3.1 to S3.4).

Private to the collection.
"""

from __future__ import annotations

import json
import re
import typing as t

from .._api.reference import NUMBERED
from .._deps import pydantic
from .._findings import Findings, explain
from .._model.comparison import Comparison
from .._model.desired_state import CONFLICT_OPTIONS, IDENTITY_OPTIONS, DesiredState
from .._model.endpoint import Endpoint
from .._model.json_objects import REQUIRED, Body
from .._model.json_type import ANY, BOOLEAN, TEXT, TEXT_OR_NUMBER, list_of
from .._model.options import KnownObjects, Options, options_of
from .._model.resource import Field, Resource, ResourceKind

#: The legal bases of Article 6(1) of the GDPR, (a) to (f), by their names in the API.
LEGAL_BASES = [
    "consent",
    "contract",
    "legal_obligation",
    "vital_interests",
    "public_task",
    "legitimate_interests",
]
#: Longest retention [days], unless the option C(max_retention_days) allows more.
MAX_RETENTION_DAYS = 365

OPTIONS: dict[str, dict[str, t.Any]] = {
    **IDENTITY_OPTIONS,
    "description": {"type": "str"},
    "retention": {"type": "str"},
    "max_retention_days": {"type": "int", "default": MAX_RETENTION_DAYS},
    "legal_basis": {"type": "str", "choices": LEGAL_BASES},
    "active": {"type": "bool"},
    "diversion_ids": {"type": "list", "elements": "str"},
    "name_rule": {"type": "str"},
    **CONFLICT_OPTIONS,
    "verify": {"type": "bool", "default": True},
}

_DAYS = re.compile(r"P0*([0-9]{1,18})D|0*([0-9]{1,18})(?:\.0+|D)?", re.IGNORECASE)
_CALENDAR = re.compile(r"P[0-9.,WD]*[0-9][YM].*", re.IGNORECASE)


class PrivacyPurpose(DesiredState):
    """The desired state of a privacy purpose, as the task declares it; C(retention) is in days."""

    description: str | None = None
    retention: int | None = None
    max_retention_days: int = pydantic.Field(default=MAX_RETENTION_DAYS, ge=1)
    legal_basis: str | None = None
    active: bool | None = None
    diversion_ids: list[str] | None = None
    name_rule: str | None = None
    verify: bool = True


def validate_options(given: dict[str, t.Any], findings: Findings) -> dict[str, t.Any]:
    """Validate the task alone (S3.1) and replace the retention by its number of days.

    For C(state=validated) return C(missing), the options that are still needed to create a purpose.
    """
    if given.get("retention") is not None:
        try:
            given["retention"] = read_days(given["retention"])
        except ValueError as error:
            findings.problem("retention", str(error))
    for index, diversion in enumerate(given.get("diversion_ids") or []):
        if diversion is not None and not diversion.strip():
            findings.problem(f"diversion_ids[{index}]", "must not be empty")
    rule = _read_rule(given.get("name_rule"), findings)
    if given.get("state") == "absent":
        return {}  # a purpose that breaks the rules can be removed
    for option, message in violations(given, rule, given.get("max_retention_days")):
        findings.problem(option, message)
    if given.get("state") != "validated":
        return {}
    exists = given.get("id") is not None
    required = () if exists else ("description", "retention", "legal_basis")
    return {"missing": [option for option in required if option not in given]}


def preflight(context: t.Any, plan: t.Any) -> None:
    """Warn about values that the update keeps although a declaration of them would break the rules."""
    if plan.action != "update":
        return
    declared = {field.option for field in context.declared}
    undeclared = {
        field.option: field.canonical(field.of(plan.after))
        for field in context.resource.fields
        if field.option not in declared
    }
    rule = _read_rule(context.desired.name_rule, context.findings)
    for option, message in violations(undeclared, rule, context.desired.max_retention_days):
        context.findings.warn(option, f"{message}; this task leaves it as it is")


def violations(
    values: dict[str, t.Any], rule: re.Pattern[str] | None, cap: int | None
) -> t.Iterator[tuple[str, str]]:
    """Yield the violated rules as C((option, message)). Missing, null and unreadable values violate none.

    C(cap) is in days, None if the option C(max_retention_days) is invalid, which is reported elsewhere.
    """
    name, description, days = values.get("name"), values.get("description"), values.get("retention")
    if isinstance(name, str) and rule is not None and not rule.fullmatch(name):
        yield "name", f"{name!r} does not fit name_rule {rule.pattern!r}"
    if isinstance(description, str) and not description.strip():
        yield "description", "must not be empty: data subjects and auditors need it"
    if isinstance(days, int) and (days < 1 or (cap is not None and days > cap)):
        limit = "at least 1" if cap is None else f"1 to {cap} (max_retention_days)"
        yield "retention", f"is {days} days and must be {limit}"
    basis = values.get("legal_basis")
    if basis is not None and basis not in LEGAL_BASES:
        yield "legal_basis", f"{basis!r} is not a legal basis of Article 6(1) GDPR: {', '.join(LEGAL_BASES)}"


def read_days(text: str) -> int:
    """Return the days of a duration (C(180), C(180.0), C(180d) or C(P180D)).

    Raise ValueError with the reason.
    """
    match = _DAYS.fullmatch(text.strip())
    if match is not None:
        return int(match[1] or match[2])
    if _CALENDAR.fullmatch(text.strip()):
        raise ValueError(
            f"{text!r} counts months or years, which have no fixed length in days: give days, such as 180d"
        )
    raise ValueError(f"{text!r} is not a number of whole days: write 180, 180d or P180D")


def _days_or_text(wire: t.Any) -> t.Any:
    """Return the API's retention in days, or unchanged if it has an unknown form."""
    try:
        return read_days(wire) if isinstance(wire, str) else wire
    except ValueError:
        return wire


def _as_wire(days: t.Any) -> t.Any:
    """Return days in the API's form, such as C(180d); any other value unchanged."""
    return f"{days}d" if isinstance(days, int) else days


def _read_rule(pattern: str | None, findings: Findings) -> re.Pattern[str] | None:
    """Compile C(name_rule), and report a pattern that is not a regular expression."""
    if pattern is None:
        return None
    try:
        return re.compile(pattern)
    except re.error as error:
        reason = f"is not a regular expression: {error.msg}"
        findings.problem("name_rule", explain(reason, pattern, error.pos or 0))
    except (OverflowError, RecursionError) as error:
        findings.problem("name_rule", f"cannot be used as a regular expression: {error}")
    return None


def _as_set(diversions: list[t.Any]) -> list[str]:
    """Return the diversions in comparable form. Neither order nor repetition matters.

    They are compared as JSON, because the API does not guarantee strings.
    """
    return sorted({json.dumps(diversion, sort_keys=True) for diversion in diversions})


def to_options(resource: Resource, body: Body, known: KnownObjects) -> Options:
    """Return the options of a purpose, which allow a longer retention than usual if it has one."""
    options = options_of(resource, body, known)
    days = _days_or_text(body.get("retentionPeriod"))
    if isinstance(days, int) and days > MAX_RETENTION_DAYS:
        options["max_retention_days"] = days
    return options


REFERENCE_RESOURCE = Resource(
    endpoint=Endpoint(path="/api/v2/privacy/purposes", paging=NUMBERED, locking=None),
    fields=(
        Field("name", "name", REQUIRED, json_type=TEXT),
        Field("description", "description", REQUIRED, json_type=TEXT),
        Field(
            "retention",
            "retentionPeriod",
            REQUIRED,
            to_wire=lambda days, desired: _as_wire(days),
            from_wire=lambda wire: _as_wire(_days_or_text(wire)),
            canonical=_days_or_text,
            json_type=TEXT_OR_NUMBER,
        ),
        Field("legal_basis", "legalBasis", REQUIRED, json_type=TEXT),
        Field("active", "isActive", True, json_type=BOOLEAN),
        Field("diversion_ids", "diversionIds", [], canonical=_as_set, json_type=list_of(ANY)),
    ),
    server_owned=("id", "createdDate", "modifiedDate"),
    created_field="createdDate",
    event="privacy.purpose",
    other_types={"createdDate": TEXT, "modifiedDate": TEXT},
    preflight=preflight,
    to_options=to_options,
    comparison=Comparison(not_compared={"diversion_ids": "they are ids of their own org"}),
)

PRIVACY_PURPOSE = ResourceKind(
    name="privacy_purpose",
    title="privacy purpose",
    options=OPTIONS,
    model=PrivacyPurpose,
    profiles={"reference": REFERENCE_RESOURCE},
    list_option="privacy_purposes",
    prunable=True,
    verifies=True,
    validate=validate_options,
)
