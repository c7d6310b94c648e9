# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The checked arguments of a module, with its connection and the secrets found in them.

Private to the collection.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._findings import Findings
from .._http.connection import Connection
from .._secrets import secrets_in_arguments
from .connection import CONNECTION_OPTIONS, resolve


@dataclasses.dataclass(kw_only=True)
class ModuleArguments:
    """A module's checked arguments: C(given) in their types, C(findings) with every problem.

    C(connection) is None where the input has problems and where no request is wanted. C(secrets) are the
    texts that must never be printed; reading objects adds to them.
    """

    given: dict[str, t.Any]
    findings: Findings
    connection: Connection | None = None
    secrets: set[str] = dataclasses.field(default_factory=set)

    @property
    def identity_options(self) -> tuple[str, ...]:
        """The options that name the object of the task."""
        return ()


def connect(prepared: ModuleArguments, environ: t.Mapping[str, str]) -> None:
    """Resolves the connection options, with the environment's fallbacks for what the task leaves away."""
    given = {name: value for name, value in prepared.given.items() if name in CONNECTION_OPTIONS}
    prepared.connection = resolve(given, environ, prepared.findings)
    if prepared.connection is not None:
        prepared.secrets.update(prepared.connection.secrets())


def secrets_given(spec: dict[str, t.Any], raw: t.Mapping[str, t.Any], *, urls: bool = False) -> set[str]:
    """The secret texts in raw arguments; known options of the top level are AnsibleModule's to mask.

    An option whose spec says C(no_log=False) holds none, whatever its keys are called.
    """
    names = raw.get("secret_headers")
    extra = [str(name) for name in names] if isinstance(names, list) else []
    found: set[str] = set()
    for option, value in raw.items():
        if spec.get(option, {}).get("no_log") is not False:
            found |= secrets_in_arguments(value if option in spec else {option: value}, extra, urls=urls)
    return found
