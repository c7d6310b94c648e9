# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Conversion of a Terraform configuration to entries of an inventory (X.4).

Private to the collection. Pure. The entries are those that an export of the org has for the same objects.
"""

from __future__ import annotations

import dataclasses
import fnmatch
import typing as t

from .._engine.lookup import IdentityIndex
from .._errors import InputError
from .._export.entries import entry_order, named_options, with_secrets
from .._findings import Findings, did_you_mean
from .._inventory.variable_files import Entry
from .._model.json_objects import Body, copied
from .._model.options import NotExpressible
from .._model.plan import RemoteObject
from .._model.rendering import MaskedBody
from .._model.resource import ResourceKind
from .._object.task import object_options, prepare_object
from .._resources import registry
from .._secrets import scalars
from .attributes import Attributes
from .document import Block, Document, read_document
from .known_blocks import KnownBlocks
from .resource_types import MANAGED, PARTS, reason_of
from .scope import Scope, address_of, is_id

_IGNORED = "the option ignore names it"
_NO_MODULE = "its resources are in files of their own, so the configuration does not have them"


@dataclasses.dataclass(frozen=True)
class Choices:
    """Choices of the user about a configuration. C(ignore) are patterns for addresses, or types.

    The address of an attribute is that of its block with its path, such as C(TYPE.LABEL.config.notes).
    """

    ignore: t.Sequence[str] = ()
    variables: t.Mapping[str, t.Any] = dataclasses.field(default_factory=dict)
    ids: t.Mapping[str, str] = dataclasses.field(default_factory=dict)
    secret_headers: t.Sequence[str] = ()

    def ignores(self, address: str) -> bool:
        type_name = address.partition(".")[0]
        return any(one == type_name or fnmatch.fnmatchcase(address, one) for one in self.ignore)


@dataclasses.dataclass
class Imported:
    """The entries of each list, the blocks without an entry, and texts that must not be printed."""

    kinds: dict[str, list[Entry]] = dataclasses.field(default_factory=dict)
    not_imported: list[dict[str, str]] = dataclasses.field(default_factory=list)
    secrets: set[str] = dataclasses.field(default_factory=set)


@dataclasses.dataclass
class _Object:
    """An object of a kind. Only a declared one becomes an entry."""

    address: str
    kind: ResourceKind
    body: Body
    declared: bool = True
    failed: bool = False
    secret_headers: set[str] = dataclasses.field(default_factory=set)

    @property
    def is_data(self) -> bool:
        return self.address.startswith("data.")


def convert(sources: t.Mapping[str, t.Any], choices: Choices, findings: Findings) -> Imported:
    """Return the entries of parsed configurations by their names. Add every problem to C(findings)."""
    document = read_document(sources, findings)
    conversion = _Conversion(document, choices, findings)
    conversion.check_choices()
    conversion.read_objects()
    conversion.add_parts()
    conversion.add_entries()
    conversion.report_others()
    return conversion.imported


def refuse_problems(findings: Findings) -> None:
    """Raise InputError if there are problems."""
    if findings.problems:
        error = InputError(findings, "in the configuration of Terraform")
        error.add("The import is incomplete. Nothing was written.")
        raise error


class _Conversion:
    """The conversion of one configuration, step by step."""

    def __init__(self, document: Document, choices: Choices, findings: Findings) -> None:
        self._document = document
        self._choices = choices
        self._findings = findings
        self._scope = Scope(document, choices.variables, choices.ids, findings, choices.ignores)
        self._objects: dict[str, _Object] = {}
        self._indexes: dict[str, IdentityIndex] = {}
        #: Blocks without an entry, by the reason.
        self._others: dict[str, list[str]] = {}
        self.imported = Imported(secrets=self._scope.secrets)

    def check_choices(self) -> None:
        """Add a problem for each choice that fits nothing, and for several configurations of the provider."""
        names = (
            ("ids", self._choices.ids, self._document.blocks),
            ("variables", self._choices.variables, self._document.variables),
        )
        for option, given, known in names:
            for name in given:
                if name not in known and not self._findings.problems:
                    hint = did_you_mean(name, known) if known else ""
                    self._findings.problem(f"{option}.{name}", f"is not in the configuration{hint}")
        addresses: dict[str, str] = {}
        for address, value in self._choices.ids.items():
            if not isinstance(value, str) or not is_id(value):
                self._findings.problem(f"ids.{address}", "must be the id of an object")
            elif addresses.setdefault(value, address) != address:
                self._findings.problem(f"ids.{address}", f"is the id of {addresses[value]} too")
        for name in self._document.variables:
            if self._scope.is_sensitive(name):
                self._scope.secrets.update(map(str, scalars(self._choices.variables.get(name))))
        providers = {
            str(block.content.get("provider") or "genesyscloud")
            for block in self._document.blocks.values()
            if block.type in MANAGED and not block.is_data
        }
        if len(providers) > 1:
            self._findings.problem(
                "provider",
                f"the resources belong to several orgs ({', '.join(sorted(providers))}): give those of one",
            )

    def read_objects(self) -> None:
        """Read the blocks that are objects, or that name an object."""
        for block in self._document.blocks.values():
            managed = MANAGED.get(block.type)
            if managed is None:
                if not block.is_data and block.type not in PARTS:
                    self._add_other(block.address, reason_of(block.type))
            elif block.is_data:
                # A name that cannot be evaluated is a problem of the block that needs it.
                scope = dataclasses.replace(self._scope, findings=Findings())
                name = Attributes(scope, block.address, block.content).text("name")
                object_id = self._scope.id_of(block.address)
                body = {"id": object_id, "name": name}
                self._objects[object_id] = _Object(block.address, managed.kind, body, declared=False)
            else:
                self._read_object(block)

    def _read_object(self, block: Block) -> None:
        managed, scope, findings = MANAGED[block.type], self._scope, Findings()
        is_ignored = self._choices.ignores(block.address)
        if is_ignored:
            self._add_other(block.address, "")
        given = Attributes.of(dataclasses.replace(scope, findings=findings), block)
        reason = managed.unmanaged(given)
        if reason:
            if not is_ignored:
                self._add_other(block.address, reason)
            return
        body = managed.to_body(given)
        given.refuse_unread()
        if not is_ignored:
            for problem in findings.problems:
                self._findings.problem(*problem)
            for warning in findings.warnings:
                self._findings.warn(*warning)
        body = {"id": scope.id_of(block.address), **body}
        has_failed = bool(findings.problems)
        if not has_failed:
            decoded = managed.kind.profiles["platform"].endpoint.decode(body)
            # The canonical id may have the type of the object in it, but not in front of a symbolic id.
            body = {**decoded, "id": body["id"]} if address_of(body["id"]) else decoded
        self._objects[scope.id_of(block.address)] = _Object(
            block.address,
            managed.kind,
            body,
            declared=not has_failed and not is_ignored,
            failed=has_failed and not is_ignored,
            secret_headers=given.secret_headers,
        )

    def add_parts(self) -> None:
        """Add each block that is a part to its object. An object without a block gets an entry by its id."""
        for block in self._document.blocks.values():
            part = None if block.is_data else PARTS.get(block.type)
            if part is None:
                continue
            if self._choices.ignores(block.address):
                self._add_other(block.address, "")
                continue
            given = Attributes.of(self._scope, block)
            owner = part.owner(given)
            if owner is not None:
                one = self._objects.setdefault(owner, _Object(block.address, part.kind, {"id": owner}))
                one.declared |= one.is_data
                if not one.declared and not one.failed:
                    self._add_other(block.address, f"{one.address} is left out")
                # The columns of a data table that has problems itself are not complete.
                part.add(given, {} if one.failed else one.body)
            given.refuse_unread()

    def add_entries(self) -> None:
        """Add the entry of each declared object."""
        failed = {object_id for object_id, one in self._objects.items() if one.failed}
        bodies = ((one.kind, one.body) for one in self._objects.values())
        known = KnownBlocks(bodies, failed, self._scope)
        for one in self._objects.values():
            if one.declared:
                self._add_entry(one, known)
        kinds = self.imported.kinds
        for kind in registry.KINDS:
            if kind.list_option in kinds:
                kinds[kind.list_option] = sorted(kinds.pop(kind.list_option), key=entry_order)

    def _add_entry(self, one: _Object, known: KnownBlocks) -> None:
        resource = one.kind.profiles["platform"]
        reason = "" if resource.unmanaged is None else resource.unmanaged(one.body)
        if reason:
            self._add_other(one.address, reason.removeprefix("names "))
            return
        try:
            options = dict(resource.to_options(resource, one.body, known)) if resource.to_options else {}
        except NotExpressible as error:
            self._add_other(one.address, str(error))
            return
        problems = len(self._findings.problems)
        ordered = {option: options[option] for option in resource.options if option in options}
        named = known.named(ordered, one.address)
        if len(self._findings.problems) > problems:
            return
        if any(option in named for option in resource.named_by):
            named, owner = named_options(resource, one.body, named, self._index(one.kind))
        else:
            named, owner = {resource.id_option: one.body["id"], **named}, str(one.body["id"])
        if address_of(named.get(resource.id_option)) is not None:
            self._findings.problem(
                one.address,
                "has the name of another block: give the ids of both in ids, as terraform state show prints "
                "them",
            )
            return
        checked = prepare_object(resource, object_options(one.kind), copied(named)).findings
        for problem in checked.problems:
            self._findings.problem(f"{one.address}: {problem.path}", problem.message)
        headers = {*self._choices.secret_headers, *one.secret_headers}
        self._scope.secrets.update(MaskedBody(resource, one.body, tuple(headers)).secrets)
        entry = with_secrets(resource, named, owner, headers)
        self.imported.kinds.setdefault(one.kind.list_option, []).append(entry)

    def _index(self, kind: ResourceKind) -> IdentityIndex:
        """Return the resources of a kind, and the data sources that have parts, by their names."""
        if kind.name not in self._indexes:
            found = [
                one
                for one in self._objects.values()
                if one.kind is kind and (one.declared or not one.is_data)
            ]
            resource = kind.profiles["platform"]
            self._indexes[kind.name] = IdentityIndex(
                resource, [RemoteObject(one.body, None) for one in found]
            )
        return self._indexes[kind.name]

    def report_others(self) -> None:
        """Add a problem for each reason for which blocks have no entry, unless the user ignores them."""
        for module in self._document.modules:
            self._add_other(f"module.{module}", _NO_MODULE)
        for reason, addresses in self._others.items():
            left = [one for one in addresses if not self._choices.ignores(one)]
            if left:
                self._findings.problem(
                    ", ".join(left), f"{reason}. Name it in ignore to import the other resources"
                )

    def _add_other(self, address: str, reason: str) -> None:
        self.imported.not_imported.append({"address": address, "reason": reason or _IGNORED})
        self._others.setdefault(reason, []).append(address)
