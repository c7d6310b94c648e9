# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Removal of what a stopped write has left apart from its object, such as the draft of a data action (P.14).

Private to the collection.
"""

from __future__ import annotations

from .._journal.entry import Entry, Side
from .._model.json_objects import Body
from .._model.plan import RemoteObject
from .context import RollbackContext
from .outcome import OutcomeTracker
from .restore import same_object


def discard_rest(context: RollbackContext, entry: Entry, tracker: OutcomeTracker) -> None:
    """Remove the rest of a write whose outcome is unknown, if the kind has such a rest."""
    discard = context.resource.discard
    if discard is None or entry.outcome == "applied":
        return

    def is_own(body: Body) -> bool:
        comparison = context.compared(RemoteObject(body, None))
        sides: tuple[Side, ...] = ("before", "after")
        return any(getattr(entry, side) is not None and same_object(comparison, side, body) for side in sides)

    left = discard(context, entry.after or {}, entry.id, is_own)
    if left:
        tracker.note(["id"], left)
