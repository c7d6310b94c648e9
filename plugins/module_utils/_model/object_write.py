# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The interface of a write of several requests, as the hook of an endpoint gets it.

Private to the collection.
"""

from __future__ import annotations

import typing as t

from .json_objects import Body

if t.TYPE_CHECKING:
    from .._http.client import Response


class ObjectWrite(t.Protocol):
    """A creation (POST to C(path)) or an update of one object, as C(Endpoint.send) gets it.

    C(body) is in the API's form, C(before) the canonical object before an update. C(repeatable) says that
    the request may be sent again after a lost response.
    """

    method: str
    path: str
    body: Body
    etag: str | None
    repeatable: bool
    before: Body | None

    def read(self, path: str) -> Body:
        """Read a part of the object. Wait for a part of a new object that cannot be read yet."""

    def send(
        self, method: str, path: str, body: Body, *, etag: str | None = None, repeatable: bool
    ) -> Response:
        """Send one request of the write within the time limit of the whole."""
