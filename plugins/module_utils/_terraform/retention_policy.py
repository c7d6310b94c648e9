# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The resource type of media retention policies, whose blocks are those of the kind's tables.

Private to the collection. Pure. The provider sends false and 0 for what a configuration leaves out.
"""

from __future__ import annotations

import typing as t

from .._model.json_objects import Body
from .._resources.media_retention_policy.parts import ACTIONS, CONDITIONS, MEDIA, Part
from .._resources.media_retention_policy.references import SURVEY_FLOWS
from .._resources.named_objects import SURVEY_FORM, NamedKind, is_id
from .attributes import Attributes
from .named_types import FLOW, TYPES, named_reference, named_references

INTEGRATION = "genesyscloud_integration"
#: The flag whose default differs from that of the API.
_RETAIN = "retain_recording"


def retention_policy(given: Attributes) -> Body:
    """Return a media retention policy."""
    media = given.block("media_policies")
    if given.is_given("policy_errors"):
        given.scope.findings.warn(
            f"{given.path}.policy_errors", "is what the org finds wrong in the policy, and becomes no option"
        )
    return {
        "name": given.text("name", required=True),
        "description": given.text("description"),
        "order": given.whole_number("order") or 0,
        "enabled": given.boolean("enabled") or False,
        **_blocks(given, CONDITIONS),
        "mediaPolicies": {
            wire: _blocks(policy, conditions)
            for medium, (wire, conditions) in MEDIA.items()
            if media is not None and (policy := media.block(medium)) is not None
        },
    }


def _blocks(given: Attributes, conditions: tuple[Part, ...]) -> Body:
    """Return the actions and the conditions of all media or of one."""
    found: Body = {}
    actions = given.block("actions")
    if actions is not None:
        actions.refuse_content("media_transcriptions", "has no option in the collection")
        found["actions"] = _values(actions, ACTIONS)
    own = given.block("conditions")
    if own is not None:
        found["conditions"] = _values(own, conditions)
    return found


def _values(given: Attributes, parts: tuple[Part, ...]) -> Body:
    """Return the values of a block in the API's form. Parts without a value are left out."""
    found = {part.wire: _READERS[part.form](given, part) for part in parts}
    if "timeSlots" in found and given.boolean("empty") and found["timeSlots"]:
        given.problem("empty", "must be false with time_slots")
    return {key: value for key, value in found.items() if value is not None}


def _flag(given: Attributes, part: Part) -> bool | None:
    value = given.boolean(part.option)
    return False if value is None and part.option == _RETAIN else value


def _group(given: Attributes, part: Part) -> Body | None:
    block = given.block(part.option)
    return None if block is None else _values(block, part.parts)


def _groups(given: Attributes, part: Part) -> list[Body]:
    return [_values(block, part.parts) for block in given.blocks(part.option)]


def _reference(given: Attributes, part: Part) -> Body | None:
    if part.target is SURVEY_FORM:
        return _survey_form(given)
    name = f"{part.option}_id"
    if part.target == "survey flow":
        return named_reference(given, name, FLOW, flow_type=SURVEY_FLOWS)
    return named_reference(given, name, _type_of(part))


def _references(given: Attributes, part: Part) -> list[Body]:
    return named_references(given, f"{part.option.removesuffix('s')}_ids", _type_of(part))


def _type_of(part: Part) -> str:
    return TYPES[part.target] if isinstance(part.target, NamedKind) else INTEGRATION


def _survey_form(given: Attributes) -> Body | None:
    """Return the reference to a survey form, which the provider names. The name is in the place of the id."""
    name = given.text("survey_form_name") or None
    if name is not None and is_id(name):
        given.problem("survey_form_name", f"is {name!r}, and the collection takes such a text for an id")
    return None if name is None else {"id": name, "name": name}


_READERS: dict[str, t.Callable[[Attributes, Part], t.Any]] = {
    "text": lambda given, part: given.text(part.option) or None,
    "number": lambda given, part: given.whole_number(part.option),
    "flag": _flag,
    "texts": lambda given, part: given.list_of_texts(part.option),
    "reference": _reference,
    "references": _references,
    "group": _group,
    "groups": _groups,
}
