# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Definitions of log levels: the characteristics that each level has by itself (N.1).

Private to the collection. The API serves them, so that a plan shows all that a new level changes.
"""

from __future__ import annotations

import typing as t

from ..._engine.context import Context
from ..._engine.received_objects import check_type
from ..._model.json_type import BOOLEAN, TEXT, list_of, map_of, object_of

DEFINITIONS = "/api/v2/flows/instances/settings/loglevels/characteristics"
_TYPE = object_of({"logLevels": list_of(object_of({"level": TEXT, "characteristics": map_of(BOOLEAN)}))})


def characteristics_of(context: Context, level: str) -> dict[str, bool] | None:
    """Return the characteristics of a level, None if the API does not define the level.

    Raise MalformedResponse for a value of a wrong type. Only the first call of a run sends a request.
    """

    def read() -> dict[str, dict[str, bool]]:
        answer: t.Any = context.client.get(DEFINITIONS).data
        check_type(_TYPE, answer, f"GET {DEFINITIONS}", "list of levels")
        levels = answer.get("logLevels") or []
        return {str(one.get("level")): dict(one.get("characteristics") or {}) for one in levels}

    return context.run_cache.get_or_compute("definitions of flow log levels", read).get(level)
