# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Integration credentials: a name, a type and secret fields that no read shows (P.8).

Private to the collection.
"""

from __future__ import annotations

import re
import typing as t

from ..._findings import Findings
from ..._model.desired_state import CONFLICT_OPTIONS, IDENTITY_OPTIONS, DesiredState
from ..._model.resource import ResourceKind
from . import platform

#: Names that a template of a data action can use, as in C(${credentials.userName}).
_NAME = re.compile(r"[A-Za-z0-9_.-]+")
OPTIONS: dict[str, dict[str, t.Any]] = {
    **IDENTITY_OPTIONS,
    "type": {"type": "str"},
    "fields": {"type": "dict", "no_log": True},
    # no_log=False, because the options themselves are no secrets.
    "update_secret": {
        "type": "str",
        "choices": ["on_create", "always", "when_changed"],
        "default": "on_create",
        "no_log": False,
    },
    "state_path": {"type": "path"},
    **CONFLICT_OPTIONS,
    "verify": {"type": "bool", "default": True},
}


class IntegrationCredential(DesiredState):
    """The desired state of a credential. C(fields) are its secrets."""

    type: str | None = None
    fields: dict[str, str] | None = None
    update_secret: str = "on_create"
    state_path: str | None = None
    verify: bool = True


def validate_options(given: dict[str, t.Any], findings: Findings) -> dict[str, t.Any]:
    """Validate the task alone, and convert the names and values of fields to strings."""
    if given.get("type") is not None and not given["type"].strip():
        findings.problem("type", "must not be empty")
    fields = given.get("fields")
    if fields is not None:
        for number, (name, value) in enumerate(fields.items(), 1):
            # A wrong name may be a secret, as in {password:secret} without a blank.
            if not _NAME.fullmatch(str(name)):
                findings.problem(
                    "fields",
                    f"entry {number} has a name with other characters than letters, digits, '.', '_', '-', "
                    "so no template can use it: write each field as its name, a colon, a blank and its value",
                )
            elif value is None or isinstance(value, (dict, list, bool)):
                findings.problem(f"fields.{name}", "must be a text")
        given["fields"] = {str(name): str(value) for name, value in fields.items()}
        if not fields:
            findings.problem("fields", "must have at least one field, or be omitted")
    elif given.get("update_secret") in ("always", "when_changed") and given.get("state") != "absent":
        findings.problem("fields", f"is required with update_secret {given['update_secret']}")
    return {}


INTEGRATION_CREDENTIAL = ResourceKind(
    name="integration_credential",
    title="integration credential",
    options=OPTIONS,
    model=IntegrationCredential,
    profiles={"platform": platform.PLATFORM_RESOURCE},
    list_option="integration_credentials",
    verifies=True,
    validate=validate_options,
)
