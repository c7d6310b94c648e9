# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rebuild after the PUT of a custom object schema, during which reads show older indexes and versions."""

from __future__ import annotations

import dataclasses
import time
import typing as t

from ..store import Stored, Wire
from ..strict_models import Seconds, StrictModel

#: The two groups of fields that a rebuild brings.
INDEXES = ("indexes",)
VERSION = ("schemaVersion", "lastUpdated")


class RebuildSettings(StrictModel):
    """C(duration) in seconds until the whole rebuild shows. What is first in C(order) shows at half time.

    C(never): the second part stays away for ever. C(flap): the first read of the finished schema is followed
    by one that shows the old one again.
    """

    duration: Seconds = 0.2
    order: t.Literal["indexes_first", "version_first", "together"] = "indexes_first"
    flap: bool = False
    never: bool = False

    def finished_fields(self, elapsed: float) -> tuple[str, ...]:
        """The fields that are new after so many seconds."""
        if elapsed >= self.duration and not self.never:
            return INDEXES + VERSION
        if self.order == "together" or elapsed < self.duration / 2:
            return ()
        return INDEXES if self.order == "indexes_first" else VERSION


@dataclasses.dataclass
class Rebuild:
    """One object's running rebuild: the view when it began, and how often the finished schema was read."""

    before: Wire
    began: float
    finished_reads: int = 0


class Rebuilds:
    """The rebuilds of one org."""

    def __init__(self) -> None:
        self.settings = RebuildSettings()
        self._running: dict[str, Rebuild] = {}

    def start(self, before: Wire, object_id: str) -> None:
        """C(before) is what reads showed; a rebuild that was running starts anew from there."""
        self._running[object_id] = Rebuild(before, time.monotonic())

    def visible_schema(self, stored: Stored, *, reading: bool = False) -> Wire:
        """The schema as it shows now; C(reading) when a client reads it, which is what flapping counts."""
        rebuild = self._running.get(stored.id)
        if rebuild is None:
            return stored.wire
        finished = self.settings.finished_fields(time.monotonic() - rebuild.began)
        if len(finished) == len(INDEXES + VERSION):
            rebuild.finished_reads += reading
            if not self.settings.flap or rebuild.finished_reads != 2:
                return stored.wire
            finished = ()
        held_back = {key for key in INDEXES + VERSION if key not in finished}
        view = {key: value for key, value in stored.wire.items() if key not in held_back}
        return {**view, **{key: rebuild.before[key] for key in held_back if key in rebuild.before}}
