# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Warnings about the parts of objects that differ after a promotion, or that should not be in it (X.3).

Private to the collection.
"""

from __future__ import annotations

import collections
import typing as t

from .._compare.pairs import rule_of
from .._findings import Findings, counted
from .._model.json_objects import ABSENT, Body, get_path
from .._model.options import Options
from .._model.rendering import MaskedBody
from .._model.resource import Resource
from .._model.unmanaged_values import lost_values
from .._printable import printable
from .._resources import registry
from .._secrets import is_distinctive
from .secrets import has_text, shown
from .selection import PromotedObject
from .task import PromoteTask


class LeftBehind:
    """Parts of the objects of one kind that the source has and no entry, or that only the target has."""

    def __init__(self, resource: Resource) -> None:
        self._resource = resource
        self._lost: collections.Counter[tuple[str, str]] = collections.Counter()
        self._kept: dict[str, list[str]] = {}

    def add(self, one: PromotedObject, there: Body | None) -> None:
        """Count the parts of an object without an option, and those that only its own org understands.

        C(there) is the object of the target, None if it has none.
        """
        for option, reason in rule_of(self._resource).not_compared.items():
            if get_path(one.options, option) is not ABSENT:
                self._lost[option, reason] += 1
        usual: Body = self._resource.constants if there is None else there
        for key in lost_values(self._resource, one.body, usual):
            self._lost[printable(key), "the collection does not manage it"] += 1

    def keep(self, label: str, parts: list[str]) -> None:
        """Note the parts that an object of the target keeps."""
        self._kept[label] = parts

    def warn(self, findings: Findings) -> None:
        """Add a warning for each part that an object keeps or loses."""
        kind = self._resource.definition.list_option
        for label, parts in self._kept.items():
            if parts:
                findings.warn(kind, f"the {label} keeps what only the target has: {', '.join(parts)}")
        for (part, reason), number in sorted(self._lost.items()):
            findings.warn(kind, f"{part} of {counted(number)} was not promoted, because {reason}")


def warn_of_copied_secrets(task: PromoteTask, drafts: t.Mapping[PromotedObject, Options]) -> None:
    """Warn of secrets of headers and URLs that an object has at another place too, such as a template."""
    secrets = {
        secret
        for one in drafts
        for secret in MaskedBody(task.resource(one.kind), one.body, task.secret_names).secrets
        if is_distinctive(secret)
    }
    for one, draft in drafts.items():
        if has_text(draft, secrets):
            task.findings.warn(
                one.kind.list_option,
                f"the {one.label} has a secret of the source outside of headers and URLs, such as in a "
                "template, and the target gets it: use a credential of the integration instead",
            )


def warn_of_unused_secrets(task: PromoteTask, unused: list[str]) -> None:
    """Warn of given secrets that no object has, unless they may be those of objects that are not promoted."""
    if task.given["names"] != ["*"]:
        return
    others = tuple(f"vault_{kind.name}_" for kind in registry.KINDS if kind not in task.chosen)
    names = [printable(name) for name in unused if not name.startswith(others)]
    if names:
        task.findings.warn("secrets", f"no promoted object has {shown(names)}: correct or remove the names")
