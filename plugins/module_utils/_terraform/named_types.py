# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Types of blocks that entries only name, such as flows, queues and users, and references to them.

Private to the collection. Pure.
"""

from __future__ import annotations

import collections
import dataclasses

from .._findings import Findings
from .._model.json_objects import Body
from .._resources import named_objects
from .._resources.flow import lower
from .._resources.named_objects import NamedKind
from .attributes import Attributes
from .document import Block
from .scope import Scope, address_of

FLOW = "genesyscloud_flow"
_USER = "genesyscloud_user"
#: The types of the objects that are found by their names, by the kinds of these objects.
TYPES: dict[NamedKind, str] = {
    named_objects.USER: _USER,
    named_objects.QUEUE: "genesyscloud_routing_queue",
    named_objects.WRAPUP_CODE: "genesyscloud_routing_wrapupcode",
    named_objects.LANGUAGE: "genesyscloud_routing_language",
    named_objects.TEAM: "genesyscloud_team",
    named_objects.EVALUATION_FORM: "genesyscloud_quality_forms_evaluation",
}
_NAMED = (FLOW, *TYPES.values())

#: A text that may mean an object, after the group of objects among which it must be the only one.
_Name = tuple[str, str]


class NamedBlocks:
    """Names of the blocks of these types. The blocks of a type are read when the first of them is needed."""

    def __init__(self, scope: Scope) -> None:
        # A name that cannot be evaluated is a problem of the block that needs it.
        self._scope = dataclasses.replace(scope, findings=Findings())
        self._names: dict[str, dict[str, str]] = {}

    def name_of(self, address: str) -> str | None:
        """Return the text that means the object of a block and no other one. Return None without one."""
        block = self._scope.document.blocks.get(address)
        if block is None or block.type not in _NAMED:
            return None
        if block.type not in self._names:
            self._names[block.type] = self._unique_names(block.type)
        return self._names[block.type].get(address)

    def _unique_names(self, type_name: str) -> dict[str, str]:
        """Return the names of the blocks of a type by their addresses."""
        blocks = [one for one in self._scope.document.blocks.values() if one.type == type_name]
        names = {block.address: self._names_of(block) for block in blocks}
        uses = collections.Counter(name for own in names.values() for name in set(own))
        return {
            address: unique[0]
            for address, own in names.items()
            if (unique := [text for group, text in own if uses[group, text] == 1])
        }

    def _names_of(self, block: Block) -> list[_Name]:
        """Return the texts that may mean the object of a block, the better one first."""
        given = Attributes(self._scope, block.address, block.content)
        names = [("", given.text("email"))] if block.type == _USER else []
        names.append((lower(given.text("type")) or "" if block.type == FLOW else "", given.text("name")))
        return [
            (group, text)
            for group, text in names
            if text is not None and text.strip() and not named_objects.is_id(text)
        ]


def named_reference(
    given: Attributes, name: str, type_name: str, *, flow_type: str = "", required: bool = False
) -> Body | None:
    """Return the reference to an object that an option names. Add a problem for a flow of another type."""
    if required and not given.is_given(name):
        given.problem(name, f"is required: the provider leaves it out of an export that lacks {type_name}")
        return None
    identifier = given.reference(name, (type_name,))
    if identifier is None or not _is_usable(given, name, identifier):
        return None
    block = given.scope.document.blocks.get(address_of(identifier) or "")
    if flow_type and block is not None:
        found = name_and_type(given, name, block)
        if found is not None and lower(found[1]) != flow_type:
            given.problem(
                name, f"refers to {block.address}, a flow of the type {found[1]!r}, not {flow_type!r}"
            )
    return {"id": identifier}


def named_references(given: Attributes, name: str, type_name: str) -> list[Body]:
    """Return the references of a list to objects that an option names."""
    return [
        {"id": identifier}
        for identifier in given.list_of_references(name, (type_name,))
        if _is_usable(given, name, identifier)
    ]


def name_and_type(given: Attributes, name: str, block: Block) -> tuple[str, str] | None:
    """Return name and type of the block of a flow. Add a problem for the attribute that refers to it."""
    flow = Attributes(given.scope, block.address, block.content)
    found, kind = flow.text("name"), flow.text("type")
    if found is not None and kind is not None:
        return found, kind
    given.problem(
        name,
        f"refers to {block.address}, which lacks name or type: set export_computed in the export, or give "
        f"ids['{block.address}']",
    )
    return None


def _is_usable(given: Attributes, name: str, identifier: str) -> bool:
    """Return whether an option can have an id. It takes other texts as names."""
    is_known = address_of(identifier) is not None or identifier in given.scope.ids.values()
    if is_known or named_objects.is_id(identifier):
        return True
    given.problem(
        name, f"has {identifier!r}, which is neither the reference to a block nor the id of an object"
    )
    return False
