# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The description of an API that C(app) mounts."""

from __future__ import annotations

import dataclasses
import typing as t

from starlette.routing import BaseRoute

from .orgs import Listener
from .scope_names import ScopeNames
from .store import Kind


@dataclasses.dataclass(frozen=True)
class Api:
    """One API. Its listeners are called after every change of an object whose kind has events."""

    routes: t.Sequence[BaseRoute]
    kinds: t.Sequence[Kind]
    listeners: t.Sequence[Listener]
    scopes: ScopeNames
