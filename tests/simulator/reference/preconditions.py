# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""If-Match (RFC 9110, 13.1.1). Source: API.md, "Data actions" and "Custom objects"."""

from __future__ import annotations

from ..call import Call


def if_match(call: Call) -> str | None:
    return call.headers.get("if-match")


def matches(call: Call, etag: str | None) -> bool:
    """Whether the request may go on: it has no precondition, or one that the present version meets.

    The bare value is accepted beside the quoted one: 000 sends the body's C(etag) as it stands.
    """
    header = if_match(call)
    if header is None or header.strip() == "*":
        return True
    tags = {tag.strip() for tag in header.split(",")}
    return bool(tags & {f'"{etag}"', etag})
