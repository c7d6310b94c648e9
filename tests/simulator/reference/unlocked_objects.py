# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The requests that kinds without a lock have in common: list, read, replace and remove an object."""

from __future__ import annotations

import dataclasses

from starlette.responses import Response

from ..call import Call, no_content, object_response
from ..errors import Detail, bad_request
from ..store import Kind, Stored, Wire
from .body_shapes import Object
from .paging import numbered_page


@dataclasses.dataclass(frozen=True)
class UnlockedObjects:
    """Handlers for a kind. C(shape) is that of a body, C(title) the kind's name in messages."""

    kind: Kind
    shape: Object
    title: str

    def list_all(self, call: Call) -> Response:
        return numbered_page(call, call.org[self.kind].listed())

    def read(self, call: Call) -> Response:
        return object_response(call.visible_object(self.kind))

    def replace(self, call: Call) -> Response:
        stored = call.current_object(self.kind)
        return object_response(call.org[self.kind].replace(stored, self.validated_fields(call, stored)))

    def delete(self, call: Call) -> Response:
        call.org[self.kind].remove(call.current_object(self.kind).id)
        return no_content()

    def validated_fields(self, call: Call, stored: Stored | None) -> Wire:
        """Return the checked body without server-owned fields. Raise the response to an invalid body."""
        body = call.json_object()
        problems: list[Detail] = []
        self.shape.check(body, "", [stored.wire] if stored else [], problems)
        if problems:
            raise bad_request(f"The {self.title} is not valid.", problems)
        return {key: value for key, value in body.items() if key not in self.kind.server_owned}
