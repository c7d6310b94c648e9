# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options for the reports of a change, and their checks: audit log, journal, notify, verify_audit.

Private to the collection.
"""

from __future__ import annotations

import pathlib
import sys
import typing as t

from .._deps import load_ciphers
from .._findings import Findings
from .._private_file import folder_warning
from .._secret_hmac import check_key_file
from .validation import check_headers, check_url

_MAX_SECONDS = 3600
#: Value of C(on) to the statuses of the change records that it selects.
_STATUSES = {
    "changed": ("applied",),
    "failed": ("failed", "rolled_back"),
    "planned": ("planned",),
    "rolled_back": ("rolled_back",),
}
NOTIFY_OPTIONS: dict[str, dict[str, t.Any]] = {
    # A secret, because everyone who has the URL of an incoming hook can send to it.
    "url": {"type": "str", "required": True, "no_log": True},
    "headers": {"type": "dict"},
    # YAML 1.1 reads the key "on" without quotes as the boolean true.
    "on": {
        "type": "list",
        "elements": "str",
        "choices": list(_STATUSES),
        "default": ["changed", "failed"],
        "aliases": ["true"],
    },
    "on_failure": {"type": "str", "choices": ["fail", "warn"], "default": "warn"},
    "timeout": {"type": "float", "default": 10.0},
    "validate_certs": {"type": "bool", "default": True},
    "ca_path": {"type": "path"},
}
#: Options of every resource module, in addition to the connection options.
REPORTING_OPTIONS: dict[str, dict[str, t.Any]] = {
    "audit_log": {"type": "path"},
    "journal": {"type": "path"},
    "journal_password": {"type": "str", "no_log": True},
    # A path is no secret, although the name of the option looks like one.
    "hmac_key_file": {"type": "path", "no_log": False},
    "notify": {"type": "dict", "options": NOTIFY_OPTIONS},
}
#: Options of the resource modules whose changes appear in the audit of the API.
VERIFY_AUDIT_OPTIONS: dict[str, dict[str, t.Any]] = {
    "verify_audit": {"type": "bool", "default": False},
    "audit_timeout": {"type": "float", "default": 60.0},
}


def check_notify(notify: dict[str, t.Any], findings: Findings) -> None:
    """Check the values of C(notify) that a type cannot check: URL, headers and timeout."""
    if notify.get("url") is not None:
        check_url(notify["url"], "notify.url", findings, sent="the record and the headers")
    check_headers(notify.get("headers") or {}, "notify.headers", findings)
    if not 0 < notify.get("timeout", 1) <= _MAX_SECONDS:
        findings.problem("notify.timeout", f"must be more than 0 and at most {_MAX_SECONDS} seconds")


def check_reporting(given: t.Mapping[str, t.Any], findings: Findings) -> set[str]:
    """Check the options without a request. Return their secrets, which must never be printed."""
    for option in ("audit_log", "journal"):
        path = given.get(option)
        if path is not None and not pathlib.Path(path).is_absolute():
            findings.problem(
                option,
                f"must be an absolute path, not {path!r}: the working directory may differ from task to task",
            )
        elif path is not None and given.get("state") != "validated":
            _warn_of_folder(option, pathlib.Path(path), findings)
    secrets = _check_password(given, findings)
    check_key_file(given, findings)
    notify = given.get("notify")
    if isinstance(notify, dict):
        check_notify(notify, findings)
        secrets |= {notify["url"]} if notify.get("url") else set()
    return secrets


def _warn_of_folder(option: str, path: pathlib.Path, findings: Findings) -> None:
    """Warn of other users who can replace the file. A folder that all users can write to is refused later."""
    reason = folder_warning(path.parent)
    if reason is not None:
        findings.warn(
            option,
            f"other users can replace the file {str(path)!r}, because of its folder: {reason}. Use a folder "
            "of the user who runs the task, with the mode 0700",
        )


def _check_password(given: t.Mapping[str, t.Any], findings: Findings) -> set[str]:
    password = given.get("journal_password")
    if password is None:
        return set()
    if not password.strip():
        findings.problem("journal_password", "must not be empty")
    if given.get("journal") is None:
        findings.problem("journal_password", "needs journal, the file whose secrets it encrypts")
    if load_ciphers() is None:
        findings.problem(
            "journal_password",
            f"needs the Python library cryptography, which {sys.executable} lacks. Install with: "
            f"{sys.executable} -m pip install cryptography",
        )
    return {password}


def check_verify_audit(given: t.Mapping[str, t.Any], findings: Findings) -> None:
    """Check the value of C(audit_timeout)."""
    if not given.get("audit_timeout", 1) > 0:
        findings.problem("audit_timeout", "must be more than 0 seconds")
