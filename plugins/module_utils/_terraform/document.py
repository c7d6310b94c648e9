# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Terraform configuration in JSON syntax: its blocks by address, its variables and modules.

Private to the collection. Pure.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._findings import Findings, did_you_mean
from .expressions import shown

#: Parts of a configuration that declare no object. Checks, moves and imports only matter to Terraform.
_WITHOUT_OBJECTS = frozenset(
    ("//", "check", "import", "locals", "moved", "output", "provider", "removed", "terraform")
)
_PARTS = ("data", "module", "resource", "variable")
_CURE = 'give the configuration that the provider exports with export_format = "json"'
#: Keys of other files of Terraform.
_OTHER_FILES = {
    "terraform_version": "is a state or a plan of Terraform",
    "format_version": "is the output of terraform show",
}


@dataclasses.dataclass(frozen=True)
class Block:
    """A block C(resource) or C(data). Its address is that of Terraform's messages."""

    type: str
    label: str
    content: dict[str, t.Any]
    is_data: bool = False

    @property
    def address(self) -> str:
        return f"{'data.' * self.is_data}{self.type}.{self.label}"


@dataclasses.dataclass
class Document:
    """The blocks of all sources. C(variables) are the declarations by name, C(modules) are names."""

    blocks: dict[str, Block] = dataclasses.field(default_factory=dict)
    variables: dict[str, dict[str, t.Any]] = dataclasses.field(default_factory=dict)
    modules: list[str] = dataclasses.field(default_factory=list)

    def of_type(self, name: str) -> list[Block]:
        """Return the resources of a type."""
        return [block for block in self.blocks.values() if block.type == name and not block.is_data]


def read_document(sources: t.Mapping[str, t.Any], findings: Findings) -> Document:
    """Return the blocks of parsed configurations by their names. Add a problem for everything else."""
    document = Document()
    for name, source in sources.items():
        other = next((text for key, text in _OTHER_FILES.items() if _has(source, key)), None)
        if not isinstance(source, dict):
            findings.problem(name, f"must be a configuration, not {shown(source)}: {_CURE}")
        elif other is not None:
            findings.problem(name, f"{other}, and no configuration: {_CURE}")
        else:
            _read_source(document, name, source, findings)
    if not findings.problems and not document.blocks and not document.modules:
        findings.problem(", ".join(sources), f"has no resource: {_CURE}")
    return document


def _has(source: t.Any, key: str) -> bool:
    return isinstance(source, dict) and key in source and "resource" not in source


def _read_source(document: Document, name: str, source: dict[str, t.Any], findings: Findings) -> None:
    for part, value in source.items():
        if part in ("resource", "data"):
            for block in _blocks(part, value, f"{name}: {part}", findings):
                if block.address in document.blocks:
                    findings.problem(block.address, "is declared twice: keep one of the blocks")
                document.blocks[block.address] = block
        elif part == "variable":
            for variable, content in _labelled(value, f"{name}: variable", findings):
                document.variables[variable] = content
        elif part == "module":
            document.modules += [module for module, _content in _labelled(value, f"{name}: module", findings)]
        elif part not in _WITHOUT_OBJECTS:
            hint = did_you_mean(part, [*_PARTS, *sorted(_WITHOUT_OBJECTS - {"//"})])
            findings.problem(f"{name}: {part}", f"is no part of a configuration{hint}")


def _blocks(part: str, value: t.Any, path: str, findings: Findings) -> t.Iterator[Block]:
    for kind, labelled in _labelled(value, path, findings, whole=True):
        for label, content in _labelled(labelled, f"{path}.{kind}", findings):
            yield Block(kind, label, content, part == "data")


def _labelled(
    value: t.Any, path: str, findings: Findings, *, whole: bool = False
) -> t.Iterator[tuple[str, t.Any]]:
    """Yield the entries of an object, or of each object in a list. C(whole) keeps lists as values."""
    for entry in value if isinstance(value, list) else [value]:
        if not isinstance(entry, dict):
            findings.problem(path, f"must be an object, not {shown(entry)}")
            continue
        for key, content in entry.items():
            if key == "//":
                continue
            for one in content if isinstance(content, list) and not whole else [content]:
                if isinstance(one, (dict, list) if whole else dict):
                    yield key, one
                else:
                    findings.problem(f"{path}.{key}", f"must be an object, not {shown(one)}")
