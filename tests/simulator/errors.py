# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The error responses that the APIs share."""

from __future__ import annotations

import typing as t


class Detail(t.NamedTuple):
    """One problem of a request body: the path of the field, an error code and a sentence for the message."""

    field_name: str
    error_code: str
    sentence: str


class ApiError(Exception):
    """An error response. Handlers raise it, and C(routing) turns it into a response."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        details: t.Sequence[Detail] = (),
        params: t.Mapping[str, t.Any] | None = None,
        limit: t.Mapping[str, t.Any] | None = None,
        headers: t.Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.details = details
        self.params = dict(params or {})
        self.limit = limit
        self.headers = dict(headers or {})

    def body(self, context_id: str) -> dict[str, t.Any]:
        """Return the error body. C(contextId) equals the ININ-Correlation-Id header of the response."""
        sentences = [f"{detail.field_name}: {detail.sentence}" for detail in self.details]
        limit = {"limit": self.limit} if self.limit else {}
        return {
            **limit,
            "message": " ".join([self.message, *sentences]),
            "code": self.code,
            "status": self.status,
            "messageParams": self.params,
            "contextId": context_id,
            "details": [
                {"fieldName": detail.field_name, "errorCode": detail.error_code} for detail in self.details
            ],
            "errors": [],
        }


def bad_request(message: str, details: t.Sequence[Detail] = (), code: str = "bad.request") -> ApiError:
    return ApiError(400, code, message, details=details)


def not_found(what: str) -> ApiError:
    return ApiError(404, "not.found", f"{what} was not found.")
