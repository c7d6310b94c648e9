# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sample response for the tests of JSONPaths."""

from __future__ import annotations

import typing as t

DOCUMENT: dict[str, t.Any] = {
    "total": 3,
    "current": "b",
    "nothing": None,
    "presence": {"system": "Away", "since": 5},
    "entities": [
        {"id": "a", "count": 1, "tags": ["x", "y"], "ns:kind": "k1"},
        {"id": "b", "count": "2", "tags": []},
        {"id": "c", "count": 3, "address": {"id": "inner"}},
    ],
}
