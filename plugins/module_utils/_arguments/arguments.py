# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checked arguments of a module, with the connection and the secrets that they contain.

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
    """Checked arguments of a module: C(given) has the typed values, C(findings) every problem.

    C(connection) is None if the input has problems or if the task sends no request. C(secrets) are the texts
    that must never be printed. Each object that is read adds its secrets to them.
    """

    given: dict[str, t.Any]
    findings: Findings
    connection: Connection | None = None
    secrets: set[str] = dataclasses.field(default_factory=set)

    @property
    def identity_options(self) -> tuple[str, ...]:
        """Return the options that name the object of the task."""
        return ()


def connect(prepared: ModuleArguments, environ: t.Mapping[str, str]) -> None:
    """Resolve the connection of checked arguments; options that the task omits come from the environment."""
    given = {name: value for name, value in prepared.given.items() if name in CONNECTION_OPTIONS}
    prepared.connection = resolve(given, environ, prepared.findings)
    if prepared.connection is not None:
        prepared.secrets.update(prepared.connection.secrets())


def secrets_given(spec: dict[str, t.Any], raw: t.Mapping[str, t.Any], *, urls: bool = False) -> set[str]:
    """Return the secret texts in raw arguments. C(urls) also finds the secrets in URLs.

    AnsibleModule masks the C(no_log) options of the top level, so their values are left out. An option whose
    spec has C(no_log=False) contains no secret, even if the name of a key looks like one.
    """
    names = raw.get("secret_headers")
    extra = [str(name) for name in names] if isinstance(names, list) else []
    secrets: set[str] = set()
    for option, value in raw.items():
        if spec.get(option, {}).get("no_log") is not False:
            secrets |= secrets_in_arguments(value if option in spec else {option: value}, extra, urls=urls)
    return secrets
