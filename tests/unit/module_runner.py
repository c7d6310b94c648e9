# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runner of a module's real `main()` in this process.

It passes the arguments as the controller sends them and parses the result as the controller does.

    result = run_module("genesys_data_action", {**org.connection, "name": "A"}, check_mode=True)
    assert result["changed"], result
"""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import os
import typing as t
from unittest import mock

from ansible.module_utils import _internal
from ansible.module_utils._internal import _traceback
from ansible.module_utils._internal._json import _profiles
from ansible.module_utils.common import warnings
from ansible.module_utils.common.parameters import PASS_VARS
from ansible.module_utils.testing import patch_module_args


def run_module(
    name: str,
    arguments: t.Mapping[str, t.Any],
    *,
    check_mode: bool = False,
    environ: t.Mapping[str, str] | None = None,
) -> dict[str, t.Any]:
    """Return the module's result; `failed` is set if it failed. The caller's GENESYS_* are removed."""
    module = importlib.import_module(f"ansible_collections.genesys.cloud.plugins.modules.{name}")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GENESYS_")}
    output = io.StringIO()
    sent = sent_arguments(arguments, check_mode=check_mode)
    with (
        mock.patch.dict(os.environ, {**environment, **(environ or {})}, clear=True),
        # A test may have imported code of the controller; the module would then print warnings to the screen.
        mock.patch.object(_internal, "is_controller", False),
        mock.patch.dict(warnings._global_warnings, clear=True),  # a new process has no earlier warnings
        mock.patch.dict(warnings._global_deprecations, clear=True),
        mock.patch.object(_profiles, "_string_encoding_check_enabled", lambda: False),
        mock.patch.object(_traceback, "_is_traceback_enabled", _traceback._is_module_traceback_enabled),
        mock.patch.object(_traceback, "_module_tracebacks_enabled_events", None),  # cached per process
        patch_module_args(sent),
        contextlib.redirect_stdout(output),
        contextlib.suppress(SystemExit),
    ):
        module.main()
    lines = [line for line in output.getvalue().splitlines() if line.strip()]
    assert len(lines) == 1, f"a module prints one line of JSON, not {lines}"
    return json.loads(lines[0])


def sent_arguments(arguments: t.Mapping[str, t.Any], *, check_mode: bool) -> dict[str, t.Any]:
    """Return the arguments as a controller sends them that asks for the invocation in each result."""
    sent = {**arguments, "_ansible_check_mode": check_mode, "_ansible_remote_tmp": "/tmp"}
    if "inject_invocation" in PASS_VARS:  # ansible-core that does not know it always returns the invocation
        sent["_ansible_inject_invocation"] = True
    return sent


def without_keys(record: dict[str, t.Any] | None, keys: t.Container[str]) -> dict[str, t.Any] | None:
    """Return the record without these keys; None stays None."""
    return None if record is None else {key: value for key, value in record.items() if key not in keys}


def warnings_of(result: dict[str, t.Any]) -> list[str]:
    """Return the texts of a result's warnings."""
    return [warning["event"]["msg"] for warning in result.get("warnings", [])]
