# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Types of data schemas: the path of each type, and ids that name the type (N.8).

Private to the collection. Each type has a list of its own. An id in canonical form is C(TYPE:ID), because the
id of the API alone does not show the path.
"""

from __future__ import annotations

import typing as t

from ..._findings import Findings, did_you_mean
from ..._model.json_objects import Body

PATHS = {
    "workitem": "/api/v2/taskmanagement/workitems/schemas",
    "external_contact": "/api/v2/externalcontacts/contacts/schemas",
    "external_organization": "/api/v2/externalcontacts/organizations/schemas",
}
#: The type whose schemas the API cannot remove.
LASTING_TYPE = "external_organization"
_SEPARATOR = ":"
_QUOTED_SEPARATOR = "%3A"


def with_type(kind: str, object_id: str) -> str:
    """Return an id in canonical form."""
    return f"{kind}{_SEPARATOR}{object_id}"


def split_id(canonical_id: str) -> tuple[str, str]:
    """Return type and id. The type is "" if the id names none."""
    kind, separator, object_id = canonical_id.partition(_SEPARATOR)
    return (kind, object_id) if separator and kind in PATHS else ("", canonical_id)


def api_id(canonical_id: str) -> str:
    """Return the id as the API has it."""
    return split_id(canonical_id)[1]


def item_path(quoted_id: str) -> str:
    """Return the path of a schema from its canonical id in quoted form."""
    kind, object_id = split_id(quoted_id.replace(_QUOTED_SEPARATOR, _SEPARATOR, 1))
    return f"{PATHS.get(kind, PATHS['workitem'])}/{object_id.replace(_SEPARATOR, _QUOTED_SEPARATOR)}"


def creation_path(body: Body) -> str:
    """Return the path for a new schema in canonical form."""
    return PATHS.get(str(body.get("type")), PATHS["workitem"])


def type_of_path(path: str) -> str:
    """Return the type of the schemas below a path."""
    return next(kind for kind, own in PATHS.items() if path == own or path.startswith(f"{own}/"))


def wanted_types(identities: t.Collection[tuple[t.Any, ...]] | None) -> list[str]:
    """Return the types whose lists may have schemas of the identities, which are C((name, type))."""
    types = None if identities is None else {identity[1] for identity in identities}
    return list(PATHS) if types is None or None in types else [one for one in PATHS if one in types]


def check_identity(given: dict[str, t.Any], findings: Findings) -> None:
    """Give the type its known spelling and the id its canonical form. Add a problem for a wrong one."""
    kind, object_id = given.get("type"), given.get("id")
    if isinstance(kind, str):
        known = kind.strip().lower()
        if known not in PATHS:
            shown = ", ".join(PATHS)
            findings.problem(
                "type", f"must be one of {shown}, not {kind!r}{did_you_mean(known, list(PATHS))}"
            )
            return
        given["type"] = kind = known
    if not isinstance(object_id, str) or not object_id.strip():
        return
    named, own_id = split_id(object_id)
    if named and kind is not None and named != kind:
        findings.problem(
            "id", f"is that of the type {named}, but the option type is {kind}: correct one of them"
        )
    elif not named and kind is None:
        findings.problem(
            "type", f"is required with id, or give the id as TYPE{_SEPARATOR}ID: each type has its own path"
        )
    else:
        given |= {"type": named or kind, "id": with_type(named or str(kind), own_id)}
