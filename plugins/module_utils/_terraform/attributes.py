# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Attributes of one block: evaluated texts, parsed JSON texts, nested blocks, references.

Private to the collection. A wrong value is a problem with the address of the block. C(null) is the same as an
omitted attribute.
"""

from __future__ import annotations

import contextlib
import decimal
import json
import typing as t

from .._resources.data_action.json_text import NoJson, read_json
from .._secrets import scalars
from .document import Block
from .expressions import Expression, parts_of, shown
from .scope import Scope, is_id

#: Attributes of every block, which say how Terraform handles it.
_FOR_TERRAFORM = ("//", "depends_on", "provider", "provisioner", "connection", "timeouts")
_SEVERAL = ("count", "for_each")
_BOOLEANS = {"true": True, "false": False}


class Attributes:
    """The attributes of a block or of a nested block. Each method reads one of them."""

    def __init__(self, scope: Scope, path: str, content: dict[str, t.Any]) -> None:
        self.scope = scope
        self.path = path
        self._content = {name: value for name, value in content.items() if value is not None}
        self._unread = set(self._content) - set(_FOR_TERRAFORM)
        self._nested: list[Attributes] = []
        #: Names of headers whose values are sensitive variables.
        self.secret_headers: set[str] = set()

    @classmethod
    def of(cls, scope: Scope, block: Block) -> Attributes:
        """Return the attributes of a block. Add a problem for a block that stands for several objects."""
        attributes = cls(scope, block.address, block.content)
        for name in _SEVERAL:
            if attributes._value(name) is not None:
                attributes.problem(
                    name,
                    "makes one block several objects, which only Terraform can evaluate: export the org, "
                    "which gives each object its own block",
                )
        if attributes._value("lifecycle") is not None and "ignore_changes" in str(block.content["lifecycle"]):
            scope.findings.warn(
                f"{block.address}.lifecycle",
                "ignore_changes has no counterpart: remove these options from the entry to leave them alone",
            )
        return attributes

    def problem(self, name: str, message: str) -> None:
        self.scope.findings.problem(f"{self.path}.{name}", message)

    def text(self, name: str, *, required: bool = False) -> str | None:
        """Return a text. Numbers and booleans become text, as in Terraform."""
        return self._as_text(self._evaluated(name, required), f"{self.path}.{name}")

    def _as_text(self, value: t.Any, path: str) -> str | None:
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, (int, float)):
            return str(value)
        if value is None or isinstance(value, str):
            return value
        self.scope.findings.problem(path, f"must be text, not {shown(value)}")
        return None

    def boolean(self, name: str, *, required: bool = False) -> bool | None:
        value = self._evaluated(name, required)
        value = _BOOLEANS.get(value, value) if isinstance(value, str) else value
        if value is None or isinstance(value, bool):
            return value
        self.problem(name, f"must be true or false, not {shown(value)}")
        return None

    def whole_number(self, name: str) -> int | None:
        value = self._evaluated(name)
        if isinstance(value, str) and value.isascii() and value.isdigit():
            value = int(value)
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        self.problem(name, f"must be a whole number, not {shown(value)}")
        return None

    def json_object(
        self, name: str, *, required: bool = False, exact: bool = False
    ) -> dict[str, t.Any] | None:
        """Return the object of a JSON text. With C(exact), its decimals keep their digits."""
        text, value = self._json(name, dict, "a JSON object", required)
        if value is None or not exact:
            return t.cast("dict[str, t.Any] | None", value)
        return t.cast("dict[str, t.Any]", json.loads(text, parse_float=decimal.Decimal))

    def json_objects(self, name: str) -> list[dict[str, t.Any]] | None:
        """Return the objects of a JSON text that is a list of them."""
        _text, value = self._json(name, list, "a JSON list")
        wrong = [shown(one) for one in value or () if not isinstance(one, dict)]
        if not wrong:
            return t.cast("list[dict[str, t.Any]] | None", value)
        self.problem(name, f"must be the text of a JSON list of objects, and has {wrong[0]} in it")
        return None

    def _json(self, name: str, kind: type[t.Any], noun: str, required: bool = False) -> tuple[str, t.Any]:
        """Return a JSON text and its value, None as the value of a missing or wrong one."""
        text = self._evaluated(name, required)
        if not isinstance(text, str) or not text:
            if text is not None and text != "":
                self.problem(name, f"must be the text of {noun}, not {shown(text)}")
            return "", None
        try:
            value = read_json(text, unique_keys=True)
        except NoJson as error:
            self.problem(name, str(error))
            return "", None
        if not isinstance(value, kind):
            self.problem(name, f"must be the text of {noun}, not of {shown(value)}")
            return "", None
        return text, value

    def list_of_texts(self, name: str) -> list[str]:
        """Return the texts of a list without those that are null."""
        found = [
            self._as_text(self.scope.text(entry, path) if isinstance(entry, str) else entry, path)
            for path, entry in self._entries(name)
        ]
        return [text for text in found if text is not None]

    def texts(self, name: str) -> dict[str, str]:
        """Return a map of texts. Entries that are null are left out."""
        return {key: text for key, text in self._map(name) if text is not None}

    def headers(self, name: str) -> tuple[dict[str, str], set[str]]:
        """Return a map of headers, and the names of those whose values are sensitive variables.

        These have any text as a value.
        """
        value = self._value(name)
        hidden = {
            key: "(sensitive)"
            for key, entry in (value.items() if isinstance(value, dict) else ())
            if isinstance(entry, str) and self._is_sensitive(entry)
        }
        return {**dict(self._map(name, hidden)), **hidden}, set(hidden)

    def reference(self, name: str, types: t.Collection[str], *, required: bool = False) -> str | None:
        """Return the id of the object of a block of one of the types, or an id that is given as it is."""
        value = self._value(name)
        if value is None or value == "":
            if required:
                self.problem(name, "is required")
            return None
        return self._referenced(value, f"{self.path}.{name}", types)

    def references(self, name: str, types: t.Collection[str]) -> dict[str, str]:
        """Return a map of references, as C(reference) returns one."""
        value = self._value(name)
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.problem(name, f"must be an object, not {shown(value)}")
            return {}
        found = {
            key: self._referenced(entry, f"{self.path}.{name}.{key}", types)
            for key, entry in value.items()
            if entry is not None and entry != ""
        }
        return {key: entry for key, entry in found.items() if entry is not None}

    def list_of_references(self, name: str, types: t.Collection[str]) -> list[str]:
        """Return a list of references, as C(reference) returns one."""
        found = [self._referenced(entry, path, types) for path, entry in self._entries(name)]
        return [entry for entry in found if entry is not None]

    def block(self, name: str) -> Attributes | None:
        """Return the only nested block of a name, None without one."""
        blocks = self.blocks(name)
        if len(blocks) > 1:
            self.problem(name, f"must be one block, not {len(blocks)}")
        return blocks[0] if blocks else None

    def blocks(self, name: str) -> list[Attributes]:
        """Return the nested blocks of a name, in their order."""
        value = self._value(name)
        entries = value if isinstance(value, list) else [] if value is None else [value]
        if any(not isinstance(entry, dict) for entry in entries):
            self.problem(name, "must be a block, or a list of blocks")
            return []
        many = len(entries) > 1
        nested = [
            Attributes(self.scope, f"{self.path}.{name}{f'[{index}]' if many else ''}", entry)
            for index, entry in enumerate(entries)
        ]
        self._nested += nested
        return nested

    def secret(self, name: str) -> None:
        """Read an attribute whose texts are secrets, and must not be printed."""
        for text in map(str, scalars(self._value(name))):
            with contextlib.suppress(ValueError):
                self.scope.secrets.update(one for one in parts_of(text) if isinstance(one, str) and one)

    def is_given(self, name: str) -> bool:
        """Return whether an attribute or nested block has any text or number. Its content is not read."""
        return any(scalars(self._value(name)))

    def skip_computed(self, *names: str) -> None:
        """Read attributes that only the API sets, and which are no part of an entry."""
        self._unread.difference_update(names)

    def refuse_content(self, name: str, message: str) -> None:
        """Add a problem for an attribute or nested block with content, unless the user ignores it."""
        if self.is_given(name) and not self.scope.ignores(f"{self.path}.{name}"):
            self.problem(name, f"{message}: name it in ignore")

    def refuse_unread(self) -> None:
        """Add a problem for each unread attribute that the user does not ignore, in nested blocks too."""
        for name in sorted(self._unread):
            if not self.scope.ignores(f"{self.path}.{name}"):
                self.problem(name, "is not known to this version of the collection: name it in ignore")
        for nested in self._nested:
            nested.refuse_unread()

    def _value(self, name: str) -> t.Any:
        self._unread.discard(name)
        return self._content.get(name)

    def _evaluated(self, name: str, required: bool = False) -> t.Any:
        value = self._value(name)
        if value is None and required:
            self.problem(name, "is required")
        return self.scope.text(value, f"{self.path}.{name}") if isinstance(value, str) else value

    def _entries(self, name: str) -> list[tuple[str, t.Any]]:
        """Return the entries of a list that are not null, each with its path."""
        value = self._value(name)
        if value is not None and not isinstance(value, list):
            self.problem(name, f"must be a list, not {shown(value)}")
            return []
        return [
            (f"{self.path}.{name}[{index}]", entry)
            for index, entry in enumerate(value or ())
            if entry is not None
        ]

    def _map(self, name: str, hidden: t.Container[str] = ()) -> t.Iterator[tuple[str, str]]:
        value = self._value(name)
        value = self.scope.text(value, f"{self.path}.{name}") if isinstance(value, str) else value
        if value is not None and not isinstance(value, dict):
            self.problem(name, f"must be an object, not {shown(value)}")
            return
        entries = Attributes(self.scope, f"{self.path}.{name}", value or {})
        for key in value or {}:
            if key not in hidden:
                text = entries.text(key)
                plain = self.scope.text(key, f"{self.path}.{name}")
                if text is not None and isinstance(plain, str):
                    yield plain, text

    def _is_sensitive(self, text: str) -> bool:
        try:
            parts = parts_of(text)
        except ValueError:
            return False
        names = [part.variable for part in parts if isinstance(part, Expression)]
        return any(name is not None and self.scope.is_sensitive(name) for name in names)

    def _referenced(self, value: t.Any, path: str, types: t.Collection[str]) -> str | None:
        try:
            parts = parts_of(value) if isinstance(value, str) else []
        except ValueError:
            parts = []
        if len(parts) != 1 or (isinstance(parts[0], str) and not is_id(parts[0])):
            self.scope.findings.problem(path, "must be the reference to a block, or an id")
            return None
        if isinstance(parts[0], str):
            return parts[0]
        found = parts[0].reference
        if found is None:
            evaluated = self.scope.text(t.cast("str", value), path)
            if evaluated is None:
                return None
            if isinstance(evaluated, str) and is_id(evaluated):
                return evaluated
            self.scope.findings.problem(path, f"has {parts[0]}, whose value is no id")
            return None
        address, attribute = found
        block = self.scope.document.blocks.get(address)
        if block is None or attribute != "id" or block.type not in types:
            why = (
                "no block of the export has this address"
                if block is None
                else f"only the id of a block of the type {' or '.join(sorted(types))} can be here"
            )
            self.scope.findings.problem(path, f"has {parts[0]}, but {why}")
            return None
        return self.scope.id_of(address)
