# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reader of the field errors in a response of the simulator."""

from __future__ import annotations

import httpx


def field_errors(response: httpx.Response) -> list[tuple[str, str]]:
    """Return the (field name, error code) pairs of an error response."""
    return [(detail["fieldName"], detail["errorCode"]) for detail in response.json()["details"]]
