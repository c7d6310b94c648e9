# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Objects of an org that no inventory declares, as a drift check reports them (X.5).

Private to the collection. Pure: they come from the result C(undeclared) of genesys_org_config.
"""

from __future__ import annotations

import dataclasses
import typing as t
from collections.abc import Mapping, Sequence

from ansible_collections.genesys.cloud.plugins.plugin_utils._drift_status import (
    DRIFTED,
    INVENTORY_NAMES,
    NOT_JUDGED,
    WARNED,
)

#: Mode of a kind to the status of its undeclared objects.
_STATUSES = {"fail": DRIFTED, "warn": WARNED}
#: Number of objects that a sentence names.
_SHOWN = 20


@dataclasses.dataclass(frozen=True)
class Undeclared:
    """One undeclared object, or a kind whose undeclared objects are not known.

    In the second case C(name) and C(id) are None, and C(message) has the reason. C(status) is then
    C(not_judged) after an error, and C(warned) for a kind that can never be compared.
    """

    kind: str  #: list in the inventory, such as C(data_actions)
    status: str
    name: str | None = None
    id: str | None = None
    message: str | None = None

    @property
    def label(self) -> str:
        """Return what a report calls the object or the kind."""
        return "undeclared objects" if self.message is not None else str(self.name or self.id)

    @property
    def finding(self) -> str:
        """Return what is wrong, on a line that follows kind and label."""
        if self.message is None:
            return "is not declared"
        return "could not be compared" if self.status == NOT_JUDGED else "cannot be compared"


def read_undeclared(reports: Sequence[Mapping[str, t.Any]]) -> list[Undeclared]:
    """Convert the result of a whole org, which has a report for each kind."""
    found = []
    for report in reports:
        kind, status = INVENTORY_NAMES.get(report["kind"], report["kind"]), _STATUSES[report["mode"]]
        if report["error"] is not None:
            found.append(Undeclared(kind, NOT_JUDGED, message=str(report["error"])))
        elif report["not_comparable"] is not None:
            found.append(Undeclared(kind, WARNED, message=str(report["not_comparable"])))
        found += [
            Undeclared(kind, status, None if one["name"] is None else str(one["name"]), str(one["id"]))
            for one in report["objects"]
        ]
    return found


def undeclared_sentences(undeclared: Sequence[Undeclared]) -> list[str]:
    """Return a sentence for undeclared objects, and one for each kind whose objects are not known."""
    objects = [one for one in undeclared if one.message is None]
    sentences = [
        f"{one.kind}: undeclared objects {one.finding}: {str(one.message).rstrip('.')}."
        for one in undeclared
        if one.message is not None
    ]
    if objects:
        names = "; ".join(f"{one.kind} {one.label!r}" for one in objects[:_SHOWN])
        more = f" and {len(objects) - _SHOWN} more" if len(objects) > _SHOWN else ""
        sentences.append(f"Objects that no inventory declares: {len(objects)}: {names}{more}.")
    return sentences
