# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Privacy purposes: why personal data is kept, on which legal basis, for how long (features S3.1 to S3.4).

Private to the collection. API: "Privacy purposes".
"""

from __future__ import annotations

import json
import re
import typing as t

from .._deps import pydantic
from .._findings import Findings, explain
from .._model.desired_state import CONFLICT_OPTIONS, IDENTITY_OPTIONS, DesiredState
from .._model.json_objects import REQUIRED
from .._model.resource import Endpoint, Field, Resource, ResourceKind

#: Article 6(1) of the GDPR, (a) to (f), by the names that the API has for them.
LEGAL_BASES = [
    "consent",
    "contract",
    "legal_obligation",
    "vital_interests",
    "public_task",
    "legitimate_interests",
]
#: Days; a longer retention is a violation unless the task allows it.
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

_DAYS = re.compile(r"P0*([0-9]{1,18})D|0*([0-9]{1,18})D?", re.IGNORECASE)
_CALENDAR = re.compile(r"P[0-9.,WD]*[0-9][YM].*", re.IGNORECASE)


class PrivacyPurpose(DesiredState):
    """The desired state of a privacy purpose, as the task declares it; C(retention) in days."""

    description: str | None = None
    retention: int | None = None
    max_retention_days: int = pydantic.Field(default=MAX_RETENTION_DAYS, ge=1)
    legal_basis: str | None = None
    active: bool | None = None
    diversion_ids: list[str] | None = None
    name_rule: str | None = None
    verify: bool = True


def check(given: dict[str, t.Any], findings: Findings) -> dict[str, t.Any]:
    """Judges the task alone (S3.1); replaces the retention by its days.

    Returns, for a task that is only to be judged, what is C(missing) to create a purpose.
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
        return {}  # what breaks the rules must be removable
    for option, message in violations(given, rule, given.get("max_retention_days")):
        findings.problem(option, message)
    if given.get("state") != "validated":
        return {}
    exists = given.get("id") is not None
    needed = () if exists else ("description", "retention", "legal_basis")
    return {"missing": [option for option in needed if option not in given]}


def preflight(context: t.Any, plan: t.Any) -> None:
    """Warns when an update leaves in place what the rules would refuse, had the task declared it."""
    if plan.action != "update":
        return
    declared = {field.option for field in context.declared}
    kept = {
        field.option: field.canonical(field.of(plan.after))
        for field in REFERENCE.fields
        if field.option not in declared
    }
    rule = _read_rule(context.desired.name_rule, context.findings)
    for option, message in violations(kept, rule, context.desired.max_retention_days):
        context.findings.warn(option, f"{message}; this task leaves it as it is")


def violations(
    values: dict[str, t.Any], rule: re.Pattern[str] | None, cap: int | None
) -> t.Iterator[tuple[str, str]]:
    """The rules that values break, as C((option, message)); what is missing, null or no days breaks none.

    C(cap) is in days; None where the task's own is no number, which is a problem by itself.
    """
    name, description, days = values.get("name"), values.get("description"), values.get("retention")
    if isinstance(name, str) and rule is not None and not rule.fullmatch(name):
        yield "name", f"{name!r} does not fit name_rule {rule.pattern!r}"
    if isinstance(description, str) and not description.strip():
        yield "description", "must not be empty: it tells data subjects and auditors what the purpose is"
    if isinstance(days, int) and (days < 1 or (cap is not None and days > cap)):
        limit = "at least 1" if cap is None else f"1 to {cap} (max_retention_days)"
        yield "retention", f"is {days} days and must be {limit}"
    basis = values.get("legal_basis")
    if basis is not None and basis not in LEGAL_BASES:
        yield "legal_basis", f"{basis!r} is none of the six of Article 6(1): {', '.join(LEGAL_BASES)}"


def read_days(text: str) -> int:
    """The days of a duration (C(180), C(180d) or C(P180D)); raises ValueError with the reason."""
    found = _DAYS.fullmatch(text.strip())
    if found is not None:
        return int(found[1] or found[2])
    if _CALENDAR.fullmatch(text.strip()):
        raise ValueError(
            f"{text!r} counts months or years, which have no fixed length in days: give days, such as 180d"
        )
    raise ValueError(f"{text!r} is not a number of whole days: write 180, 180d or P180D")


def _days_or_text(wire: t.Any) -> t.Any:
    """What the API holds, in days; another form than it promises is left as it is."""
    try:
        return read_days(wire) if isinstance(wire, str) else wire
    except ValueError:
        return wire


def _as_wire(days: t.Any) -> t.Any:
    return f"{days}d" if isinstance(days, int) else days


def _read_rule(pattern: str | None, findings: Findings) -> re.Pattern[str] | None:
    if pattern is None:
        return None
    try:
        return re.compile(pattern)
    except re.error as error:
        reason = f"is no regular expression: {error.msg}"
        findings.problem("name_rule", explain(reason, pattern, error.pos or 0))
    except (OverflowError, RecursionError) as error:
        findings.problem("name_rule", f"cannot be used as a regular expression: {error}")
    return None


def _as_set(diversions: list[t.Any]) -> list[str]:
    """The order of diversions means nothing, nor does naming one twice; a server may hold any JSON."""
    return sorted({json.dumps(diversion, sort_keys=True) for diversion in diversions})


REFERENCE = Resource(
    endpoint=Endpoint(path="/api/v2/privacy/purposes", locking=None),
    fields=(
        Field("name", "name", REQUIRED),
        Field("description", "description", REQUIRED),
        Field(
            "retention",
            "retentionPeriod",
            REQUIRED,
            to_wire=lambda days, desired: _as_wire(days),
            from_wire=lambda wire: _as_wire(_days_or_text(wire)),
            canonical=_days_or_text,
        ),
        Field("legal_basis", "legalBasis", REQUIRED),
        Field("active", "isActive", True),
        Field("diversion_ids", "diversionIds", [], canonical=_as_set),
    ),
    server_owned=("id", "createdDate", "modifiedDate"),
    event="privacy.purpose",
    preflight=preflight,
)

PRIVACY_PURPOSE = ResourceKind(
    name="privacy_purpose",
    title="privacy purpose",
    options=OPTIONS,
    model=PrivacyPurpose,
    profiles={"reference": REFERENCE},
    list_option="privacy_purposes",
    prunable=True,
    verifies=True,
    validate=check,
)
