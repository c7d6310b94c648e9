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

#: The two groups of fields that a rebuild updates.
INDEXES = ("indexes",)
VERSION = ("schemaVersion", "lastUpdated")


class RebuildSettings(StrictModel):
    """The course of a rebuild: C(duration) [s] until reads show the whole new schema.

    Reads show the group that is first in C(order) after half of that time. With C(never) they never show the
    second group. With C(flap) the second read of the finished schema shows the old schema once more.
    """

    duration: Seconds = 0.2
    order: t.Literal["indexes_first", "version_first", "together"] = "indexes_first"
    flap: bool = False
    never: bool = False

    def finished_fields(self, elapsed: float) -> tuple[str, ...]:
        """Return the fields that reads show in their new state after so many seconds."""
        if elapsed >= self.duration and not self.never:
            return INDEXES + VERSION
        if self.order == "together" or elapsed < self.duration / 2:
            return ()
        return INDEXES if self.order == "indexes_first" else VERSION


@dataclasses.dataclass
class Rebuild:
    """The rebuild of one schema: the visible schema at its start and the reads of the finished schema."""

    before: Wire
    began: float
    finished_reads: int = 0


class Rebuilds:
    """The rebuilds of one org."""

    def __init__(self) -> None:
        self.settings = RebuildSettings()
        self._running: dict[str, Rebuild] = {}

    def start(self, before: Wire, object_id: str) -> None:
        """Start a rebuild, or restart a running one. C(before) is the schema that reads showed until now."""
        self._running[object_id] = Rebuild(before, time.monotonic())

    def visible_schema(self, stored: Stored, *, reading: bool = False) -> Wire:
        """Return the schema that reads show now.

        C(reading) is true for the read of a client, which counts for C(flap).
        """
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
