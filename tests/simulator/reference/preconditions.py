# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The If-Match header (RFC 9110, 13.1.1): parameter IfMatch of C(openapi.yaml)."""

from __future__ import annotations

from ..call import Call


def if_match(call: Call) -> str | None:
    return call.headers.get("if-match")


def matches(call: Call, etag: str | None) -> bool:
    """Return whether the request has no precondition or one that matches the current version.

    The value is accepted without quotes too, because clients send the C(etag) of the body unchanged.
    """
    header = if_match(call)
    if header is None or header.strip() == "*":
        return True
    tags = {tag.strip() for tag in header.split(",")}
    return bool(tags & {f'"{etag}"', etag})
