# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The description of an API that C(app) mounts."""

from __future__ import annotations

import dataclasses
import typing as t

from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from .errors import ApiError
from .rate_limits import Limit, Usage
from .scope_names import ScopeNames
from .store import Kind

if t.TYPE_CHECKING:
    from .events import Event
    from .orgs import Org, World

#: A function that is called after every change of an object whose kind has events.
Listener = t.Callable[["Org", "Event"], None]


@dataclasses.dataclass(frozen=True)
class Api:
    """One API. Each org has one, so two APIs may serve the same path differently.

    C(scopes) are the names that a client can hold: OAuth scopes or permissions. C(headers) are added to every
    response. C(usual_limit) is the rate limit of each token until a test sets another,
    C(usual_client_limit) that of all tokens of a client. C(org_without_token) finds
    the org of a request without a token by its path.
    """

    name: str
    routes: t.Callable[[World], t.Sequence[BaseRoute]]
    kinds: t.Sequence[Kind]
    scopes: ScopeNames
    unknown_path: ASGIApp
    too_many_requests: t.Callable[[Usage], ApiError]
    listeners: t.Sequence[Listener] = ()
    headers: t.Mapping[str, str] = dataclasses.field(default_factory=dict)
    usual_limit: Limit | None = None
    usual_client_limit: Limit | None = None
    org_without_token: t.Callable[[World, str], Org | None] = lambda world, path: None
