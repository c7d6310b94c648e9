# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Objects that a retention policy names: users, queues, forms and others become ids (N.4).

Private to the collection. An integration that the same run creates has a symbolic id until it is written.
"""

from __future__ import annotations

import contextlib
import typing as t

from ..._engine.context import Context
from ..._engine.run_cache import RunCache
from ..._errors import Ambiguous, GenesysError, InputError, NotFound
from ..._findings import Findings
from ..._http.client import Client
from ..._model.json_objects import Body
from ..._model.options import KnownObjects
from ..._model.plan import Plan, RemoteObject, name_of
from ..flow import find_flow
from ..integration.references import is_symbolic, known_id, resolve_reference
from ..named_objects import NamedKind, find_named, is_id
from .blocks import FIELDS, block_of, given_value
from .conversion import to_wire, with_undeclared
from .parts import Part

#: The type of the flows that invite to a survey.
SURVEY_FLOWS = "surveyinvite"


def resolve(context: Context, current: RemoteObject | None) -> None:
    """Give each declared block its value: names as ids, and inside its keys what the task leaves out.

    Raise InputError for all names that do not exist or mean several objects.
    """
    findings = Findings()
    for block, field in FIELDS.items():
        given = given_value(context.desired, block.option)
        if isinstance(given, dict):
            wire = _resolved(context, block.parts, to_wire(block.parts, given), block.option, findings)
            earlier = None if current is None else block_of(block, current.body)
            context.declared[field] = with_undeclared(block.parts, earlier, wire)
    if findings.problems:
        raise InputError(findings, "with objects that the media retention policy names")


def _resolved(
    context: Context, parts: tuple[Part, ...], wire: dict[str, t.Any], path: str, findings: Findings
) -> dict[str, t.Any]:
    known = {part.wire: part for part in parts}
    result = {}
    for key, value in wire.items():
        part = known.get(key)
        if part is None or value is None:
            result[key] = value
            continue
        place = f"{path}.{part.option}"
        if part.form == "reference":
            result[key] = _reference(context, part, value, place, findings)
        elif part.form == "references":
            result[key] = [
                _reference(context, part, one, f"{place}[{index}]", findings)
                for index, one in enumerate(value)
            ]
        elif part.form == "group":
            result[key] = _resolved(context, part.parts, value, place, findings)
        elif part.form == "groups":
            result[key] = [
                _resolved(context, part.parts, one, f"{place}[{index}]", findings)
                for index, one in enumerate(value)
            ]
        else:
            result[key] = value
    _add_context(parts, result)
    return result


def _add_context(parts: tuple[Part, ...], entry: Body) -> None:
    """Name the context of a form beside it, where the API wants both: in metered assignments."""
    form = entry.get("evaluationForm")
    metered = any(part.wire == "maxNumberEvaluations" for part in parts)
    if metered and isinstance(form, dict) and form.get("contextId"):
        entry["evaluationContextId"] = form["contextId"]


def _reference(
    context: Context, part: Part, reference: dict[str, str], path: str, findings: Findings
) -> dict[str, t.Any]:
    """Return the reference with the id of its object. Add a problem if there is none, or more than one."""
    if "id" in reference:
        return reference
    try:
        return _found(context.client, context.run_cache, part, reference["name"])
    except (NotFound, Ambiguous) as error:
        findings.problem(path, str(error))
        return reference


def _found(client: Client, run_cache: RunCache, part: Part, name: str) -> dict[str, t.Any]:
    """Return the reference to the object that a name means. Raise NotFound and Ambiguous."""
    if isinstance(part.target, NamedKind):
        return find_named(client, run_cache, part.target, name)
    if part.target == "integration":
        found = resolve_reference(client, run_cache, name, None)
        return {"id": known_id(run_cache, found), "name": name}
    flow = find_flow(client, run_cache, None, name, SURVEY_FLOWS)
    return {"id": flow["id"], "name": flow.get("name")}


def text_of(part: Part, reference: Body, known: KnownObjects) -> str:
    """Return the email address or the name that means the object of a reference alone, else its id."""
    if part.target == "integration":
        name = known.name_of(part.target, str(reference["id"]))
        return str(reference["id"]) if name is None or is_id(name) else name

    def look_up(client: Client, run_cache: RunCache) -> str:
        for text in (reference.get("email"), reference.get("name")):
            if isinstance(text, str) and text.strip() and not is_id(text):
                with contextlib.suppress(NotFound, Ambiguous):
                    if _found(client, run_cache, part, text)["id"] == reference["id"]:
                        return text
        return str(reference["id"])

    return known.text_of(str(reference["id"]), look_up)


def refuse_new_integrations(plan: Plan) -> None:
    """Raise GenesysError if an integration that the run should have created does not exist."""
    missing = sorted(
        str(export["integration"].get("name"))
        for block in FIELDS
        if isinstance(export := (block_of(block, plan.after or {}) or {}).get("integrationExport"), dict)
        and is_symbolic(export["integration"].get("id"))
    )
    if missing:
        raise GenesysError(
            f"The media retention policy {name_of(plan)!r} was not written, because this run did not create "
            f"its integration {', '.join(map(repr, missing))}. Correct the failure of the integration, and "
            "run again."
        )
