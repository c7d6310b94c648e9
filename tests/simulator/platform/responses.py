# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Responses that several routers of the platform API share."""

from __future__ import annotations

from starlette.responses import Response

from ..call import Call
from .switches import switches


def deleted(call: Call) -> Response:
    """Return the response of a delete: no body, with the status of the switch C(delete_status)."""
    return Response(status_code=switches(call.org).delete_status)
