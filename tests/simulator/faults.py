# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules that inject faults into the requests of one org.

Every rule that matches a request counts it. Only the first matching rule that is due is applied.
"""

from __future__ import annotations

import asyncio
import contextlib
import email.utils
import fnmatch
import http
import json
import random
import time
import typing as t

import pydantic

from .errors import ApiError
from .strict_models import Count, Key, Seconds, StrictModel, Wire

#: The effects of a rule, of which it needs at least one. C(took_effect) only changes their time.
ACTIONS = ("status", "drop", "delay", "together", "truncate", "revoke_token", "edit", "create", "delete")


def _known_status(status: int) -> int:
    """Raise ValueError for an unknown status. Pydantic cannot call the enumeration since Python 3.12."""
    return http.HTTPStatus(status)


class Fault(StrictModel):
    """One rule.

    Requests it applies to: C(method) (None is any; several as C(PUT|PATCH)), C(path) (a glob over the whole
    path; C(*) crosses slashes), C(after) (matching requests that pass first), C(times) (None has no limit),
    C(probability) (0 to 1, drawn from C(random_seed)).

    Effects before the request is handled: C(delay) [s], C(edit), C(create), C(delete), C(revoke_token). With
    C(together), each request is held until so many of them are there at the same time. A minute later the
    connection is closed.
    C(edit) is a merge patch by another writer on the object of the path; a list has a patch for each request
    and sets C(times). C(create) is an object that another writer adds to the collection of the path. With
    C(delete) another writer removes the object.

    Effects on the response: C(status) with C(body), C(code), C(retry_after) [s], C(retry_after_date) (the
    same as an HTTP date) and C(html) (the page of a proxy). C(drop) closes the connection without a response,
    "before" or "after" the request took effect. C(truncate) sends half of the response. With C(took_effect),
    C(delay) and C(status) are applied after the request was handled.
    """

    method: str | None = None
    path: Key = "*"
    times: Count | None = 1
    after: Count = 0
    probability: t.Annotated[float, pydantic.Field(ge=0, le=1)] = 1.0
    random_seed: int = 0
    status: t.Annotated[int, pydantic.AfterValidator(_known_status)] | None = None
    body: t.Any = None
    code: str | None = None
    retry_after: Count | None = None
    retry_after_date: Seconds | None = None
    html: bool = False
    drop: t.Literal["before", "after"] | None = None
    delay: Seconds = 0.0
    together: Count = 0
    truncate: bool = False
    revoke_token: bool = False
    edit: Wire | list[Wire] | None = None
    create: Wire | None = None
    delete: bool = False
    took_effect: bool = False

    _seen: int = pydantic.PrivateAttr(0)
    _fired: int = pydantic.PrivateAttr(0)
    _random: random.Random = pydantic.PrivateAttr()
    _active: int = pydantic.PrivateAttr(0)
    _most_active: int = pydantic.PrivateAttr(0)
    _complete: asyncio.Event = pydantic.PrivateAttr(default_factory=asyncio.Event)

    @pydantic.model_validator(mode="after")
    def _does_something(self) -> t.Self:
        if not any(getattr(self, action) for action in ACTIONS):
            raise ValueError(f"a fault that does nothing; it needs one of {', '.join(ACTIONS)}")
        return self

    def model_post_init(self, context: t.Any) -> None:
        if isinstance(self.edit, list):
            self.times = len(self.edit)
        self._random = random.Random(self.random_seed)

    def matches(self, method: str, path: str) -> bool:
        """Return whether the rule applies to a request, and count the request if so."""
        matches = (self.method is None or method in self.method.upper().split("|")) and fnmatch.fnmatchcase(
            path, self.path
        )
        self._seen += matches
        return matches

    def fires(self) -> bool:
        """Return whether the rule is due for the request that matched last, and count it if so."""
        if self._seen <= self.after or (self.times is not None and self._fired >= self.times):
            return False
        fires = self.probability >= 1 or self._random.random() < self.probability
        self._fired += fires
        return fires

    def next_patch(self) -> Wire | None:
        """Return the patch for the request that the rule is applied to."""
        return self.edit[self._fired - 1] if isinstance(self.edit, list) else self.edit

    @contextlib.contextmanager
    def counted(self) -> t.Iterator[None]:
        """Count a request that the rule is applied to, as long as it is not answered."""
        self._active += 1
        self._most_active = max(self._most_active, self._active)
        try:
            yield
        finally:
            self._active -= 1

    async def wait_for_others(self) -> bool:
        """Wait until C(together) requests are there. Return whether they came within a minute."""
        if self._active >= self.together:
            self._complete.set()
        try:
            await asyncio.wait_for(self._complete.wait(), 60)
        except TimeoutError:
            return False
        return True

    def counts(self) -> Wire:
        """Return what the rule has counted; C(most) are the requests that it held at the same time."""
        return {
            "method": self.method,
            "path": self.path,
            "does": self.describe(),
            "seen": self._seen,
            "fired": self._fired,
            "most": self._most_active,
        }

    def describe(self) -> str:
        """Return the effects as text, for instance C(status=503 delay=1.5)."""
        shown = {action: getattr(self, action) for action in (*ACTIONS, "took_effect")}
        return " ".join(
            action if value is True or isinstance(value, (dict, list)) else f"{action}={value}"
            for action, value in shown.items()
            if value
        )

    def response(self, path: str, context_id: str) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers and body of a rule with C(status)."""
        assert self.status is not None
        headers = {}
        if self.retry_after is not None:
            headers["retry-after"] = str(self.retry_after)
        if self.retry_after_date is not None:
            moment = time.time() + self.retry_after_date
            headers["retry-after"] = email.utils.formatdate(moment, usegmt=True)
        if self.html:
            headers["content-type"] = "text/html; charset=utf-8"
            return self.status, headers, self._page().encode()
        if isinstance(self.body, str):
            headers["content-type"] = "text/plain; charset=utf-8"
            return self.status, headers, self.body.encode()
        headers["content-type"] = "application/json"
        body = self._error(path, context_id) if self.body is None else self.body
        return self.status, headers, json.dumps(body).encode()

    def _page(self) -> str:
        title = f"{self.status} {self._phrase()}"
        text = self.body if isinstance(self.body, str) else "The upstream server cannot be reached."
        return (
            f"<!DOCTYPE html>\n<html><head><title>{title}</title></head>\n"
            f"<body><h1>{title}</h1><p>{text}</p></body></html>\n"
        )

    def _error(self, path: str, context_id: str) -> dict[str, t.Any]:
        assert self.status is not None
        code = self.code or self._phrase().lower().replace(" ", ".").replace("-", ".")
        if path.endswith("/oauth/token"):
            return {"error": code, "error_description": self._phrase()}
        return ApiError(self.status, code, f"{self._phrase()}.").body(context_id)

    def _phrase(self) -> str:
        assert self.status is not None
        return http.HTTPStatus(self.status).phrase


class Faults:
    """The rules of one org, in the order in which they were added."""

    def __init__(self) -> None:
        self.rules: list[Fault] = []

    def next(self, method: str, path: str) -> Fault | None:
        """Count a request on every rule that matches. Return the first rule that is due."""
        chosen = None
        for rule in self.rules:
            if rule.matches(method, path) and chosen is None and rule.fires():
                chosen = rule
        return chosen
