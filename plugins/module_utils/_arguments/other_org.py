# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The connection to a second org, as one option of a module (X.2, X.3).

Private to the collection. It takes nothing from the environment and has no defaults of the module, so that
targets and credentials of two orgs are never mixed.
"""

from __future__ import annotations

import typing as t

from .._findings import Findings
from .._http.connection import Connection, proxy_secrets
from .arguments import ModuleArguments
from .connection import CONNECTION_OPTIONS, resolve


def other_org_option() -> dict[str, t.Any]:
    """Return the spec of the option."""
    options = {
        name: {key: value for key, value in option.items() if key not in ("fallback", "default")}
        for name, option in CONNECTION_OPTIONS.items()
    }
    return {"type": "dict", "options": options}


def connect_other(task: ModuleArguments, option: str) -> Connection | None:
    """Return the connection that the option describes, None if it has problems. Store its secrets."""
    findings, given = Findings(), task.given[option]
    task.secrets.update(proxy_secrets(given.get("proxy")))
    connection = resolve(given, None, findings)
    if connection is not None:
        task.secrets.update(connection.secrets())
    task.findings.take(option, findings)
    return connection
