# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Custom fields of a data schema: the JSON schema of the API and back, their merge and growth (N.8).

Private to the collection. A field in canonical form has every key of the option C(fields), null where the API
has none. C(other) has what the collection does not know, which survives an update.
"""

from __future__ import annotations

import typing as t

from ..._findings import Findings
from ..._model.json_objects import Body, exact
from ..._model.json_type import BOOLEAN, NUMBER, TEXT, WHOLE_NUMBER, list_of, object_of
from ..._model.options import add_missing, named_pairs, reset_missing
from ..._model.resource import Field
from ..._printable import printable

CustomField = dict[str, t.Any]

_REFERENCE = "#/definitions/"
#: The API's keys of a property by the options of a field.
_KEYS = {
    "title": "title",
    "description": "description",
    "min_length": "minLength",
    "max_length": "maxLength",
    "minimum": "minimum",
    "maximum": "maximum",
    "min_items": "minItems",
    "max_items": "maxItems",
    "unique_items": "uniqueItems",
}
#: The same for the keys in C(items), which hold for each tag.
_ITEM_KEYS = {"item_min_length": "minLength", "item_max_length": "maxLength"}
#: The keys of a field without its options, in the order of records.
_OWN = ("name", "type", *_KEYS, *_ITEM_KEYS)
_OPTION_TYPE = object_of({"name": TEXT, "title": TEXT, "disabled": BOOLEAN}, ["name"])
_FIELD_TYPE = object_of(
    {
        "name": TEXT,
        "type": TEXT,
        "title": TEXT,
        "description": TEXT,
        "min_length": WHOLE_NUMBER,
        "max_length": WHOLE_NUMBER,
        "minimum": NUMBER,
        "maximum": NUMBER,
        "min_items": WHOLE_NUMBER,
        "max_items": WHOLE_NUMBER,
        "unique_items": BOOLEAN,
        "item_min_length": WHOLE_NUMBER,
        "item_max_length": WHOLE_NUMBER,
        "options": list_of(_OPTION_TYPE),
    },
    ["name"],
)


def from_properties(properties: t.Any) -> t.Any:
    """Return the fields of the API's C(properties). A value of another form is returned as it is."""
    if not isinstance(properties, dict):
        return [] if properties is None else properties
    return [_field(name, described) for name, described in properties.items()]


def _field(name: str, described: t.Any) -> t.Any:
    if not isinstance(described, dict):
        return described
    rest = dict(described)
    field: CustomField = {"name": name, "type": _take_type(rest)}
    field |= {option: rest.pop(key, None) for option, key in _KEYS.items()}
    items = rest.pop("items", None)
    own = dict(items) if isinstance(items, dict) else {}
    field |= {option: own.pop(key, None) for option, key in _ITEM_KEYS.items()}
    if own or (items is not None and not isinstance(items, dict)):
        rest["items"] = own or items
    field["options"] = _take_options(rest)
    return {**field, "other": rest} if rest else field


def _take_type(rest: Body) -> str | None:
    """Return the core type of a property and remove it, None if the property refers to it in another way."""
    match rest.get("allOf"):
        case [{"$ref": str() as reference, **others}] if reference.startswith(_REFERENCE) and not others:
            del rest["allOf"]
            return reference.removeprefix(_REFERENCE)
    return None


def _take_options(rest: Body) -> list[t.Any] | None:
    """Return the options of a property with their titles and states, and remove them."""
    names, described = rest.get("enum"), rest.get("_enumProperties")
    if not isinstance(names, list):
        return None
    del rest["enum"]
    known = dict(described) if isinstance(described, dict) else {}
    options = [_option(name, known.pop(name, None) if isinstance(name, str) else None) for name in names]
    rest.pop("_enumProperties", None)
    if known:
        rest["_enumProperties"] = known
    return options


def _option(name: t.Any, described: t.Any) -> CustomField:
    rest = dict(described) if isinstance(described, dict) else {}
    option = {
        "name": name,
        "title": rest.pop("title", None),
        "disabled": rest.pop("_disabled", None) or False,
    }
    return {**option, "other": rest} if rest else option


def to_properties(fields: list[CustomField]) -> Body:
    """Return the C(properties) of the API for fields in canonical form."""
    return {field["name"]: _property(field) for field in fields}


def _property(field: CustomField) -> Body:
    described = dict(field.get("other") or {})
    if field.get("type") is not None:
        described["allOf"] = [{"$ref": f"{_REFERENCE}{field['type']}"}]
    described |= {key: field[option] for option, key in _KEYS.items() if field.get(option) is not None}
    items = {key: field[option] for option, key in _ITEM_KEYS.items() if field.get(option) is not None}
    if items:
        others = described.get("items")
        described["items"] = {**(others if isinstance(others, dict) else {}), **items}
    options = field.get("options")
    if options is not None:
        described["enum"] = [option["name"] for option in options]
        shown = {option["name"]: _enum_property(option) for option in options}
        described["_enumProperties"] = {**(described.get("_enumProperties") or {}), **shown}
    return described


def _enum_property(option: CustomField) -> Body:
    title = {} if option.get("title") is None else {"title": option["title"]}
    return {**(option.get("other") or {}), **title, "_disabled": bool(option.get("disabled"))}


def take_away(entry: dict[str, t.Any], present: t.Mapping[str, t.Any]) -> list[str]:
    """Declare the fields too that only the present schema has, which nothing can remove. Return them.

    Fields of both lose the keys that only the present one has. Its other options stay, disabled.
    """
    disabled = []
    for field, there in named_pairs(entry.get("fields"), present.get("fields")):
        reset_missing(field, there)
        for option, _present in named_pairs(field.get("options"), there.get("options")):
            option.setdefault("title", option["name"])
        wanted = [option["name"] for option in field.get("options") or ()]
        names = [option["name"] for option in there.get("options") or () if option["name"] not in wanted]
        where = f"of the field {printable(repr(field['name']))}, disabled"
        disabled += [f"the option {printable(repr(name))} {where}" for name in names]
    others = add_missing(entry, present, "fields")
    return [*disabled, *(f"the field {printable(repr(name))}" for name in others)]


def merged(current: t.Any, declared: list[CustomField]) -> list[CustomField]:
    """Return the declared fields, then the other current ones, which nothing can remove.

    A field keeps the keys that the task does not give. A null key is removed. A current option that the field
    does not declare stays, disabled.
    """
    known = {field["name"]: field for field in current} if isinstance(current, list) else {}
    result = []
    for field in declared:
        before = known.pop(field["name"], None)
        new = {**({"title": field["name"]} if before is None else before), **field}
        if "options" in field:
            new["options"] = _merged_options((before or {}).get("options"), field["options"])
        result.append(new)
    return [*result, *known.values()]


def _merged_options(current: t.Any, declared: list[CustomField] | None) -> list[CustomField] | None:
    known = {option["name"]: option for option in current or ()}
    if not known and declared is None:
        return None
    result = []
    for option in declared or ():
        before = known.pop(option["name"], {"title": option["name"]})
        given = {key: value for key, value in option.items() if value is not None}
        result.append({**before, "disabled": False, **given})
    return [*result, *({**option, "disabled": True} for option in known.values())]


def check_growth(current: list[CustomField], declared: list[CustomField], findings: Findings) -> None:
    """Add a problem for each field that the task removes or gives another type."""
    wanted = {field["name"]: field.get("type") for field in declared}
    for field in current:
        name, kind = field["name"], field.get("type")
        if name not in wanted:
            findings.problem(
                "fields",
                f"lacks {name!r}, which the data schema has, and the API removes no field: declare it, or "
                "create another data schema",
            )
        elif kind is not None and wanted[name] not in (None, kind):
            findings.problem(
                "fields",
                f"declares {name!r} as {wanted[name]}, but it is {kind} in the data schema, and the API "
                "changes no type: correct it, or declare a field of another name",
            )


def new_names(before: t.Any, after: t.Any) -> list[str]:
    """Return the names of the entries that a change adds to a list of fields or of options."""
    known = {entry["name"] for entry in before or ()}
    return [entry["name"] for entry in after or () if entry["name"] not in known]


def _comparable(fields: t.Any) -> t.Any:
    """Return the fields by name. Their order does not count, that of options does."""
    if not isinstance(fields, list):
        return fields
    return {field["name"]: _comparable_field(field) for field in fields}


def _comparable_field(field: CustomField) -> Body:
    plain = {option: field.get(option) for option in ("type", *_KEYS, *_ITEM_KEYS)}
    plain |= {
        "title": field.get("title") or field["name"],
        "description": field.get("description") or "",
        "unique_items": bool(field.get("unique_items")),
        "options": [
            [option["name"], option.get("title") or option["name"], bool(option.get("disabled"))]
            for option in field.get("options") or ()
        ],
    }
    return t.cast("Body", exact(plain))


def _as_options(fields: list[CustomField]) -> list[CustomField]:
    """Return the fields as the option has them, without the keys that they lack."""
    return [{**_known(field, _OWN), **_options_of(field)} for field in fields]


def _options_of(field: CustomField) -> CustomField:
    options = field.get("options")
    return (
        {}
        if options is None
        else {"options": [_known(one, ("name", "title", "disabled")) for one in options]}
    )


def without_defaults(field: CustomField) -> CustomField:
    """Return a field in the form of the option, without keys that mean the same as missing ones."""
    own = _without(field, {"title": field["name"], "description": "", "unique_items": False, "options": []})
    if "options" in own:
        own["options"] = [_without(one, {"title": one["name"], "disabled": False}) for one in own["options"]]
    return own


def _without(entry: CustomField, defaults: CustomField) -> CustomField:
    return {key: value for key, value in entry.items() if key not in defaults or value != defaults[key]}


def _known(entry: CustomField, keys: t.Iterable[str]) -> CustomField:
    return {key: entry[key] for key in keys if entry.get(key) is not None}


FIELDS = Field(
    "fields",
    "fields",
    [],
    from_wire=_as_options,
    canonical=_comparable,
    combine=merged,
    json_type=list_of(_FIELD_TYPE),
)
