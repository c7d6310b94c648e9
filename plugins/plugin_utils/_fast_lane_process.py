# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Call of a module's C(main) in the current process, with the behaviour of a process that Ansible starts.

Private to the collection. This file does the work of ansible-core's module wrapper. Arguments and result
pass through JSON, so that they have the types of the module lane. Warnings become part of the result.
Unexpected exceptions fail the task.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import pathlib
import typing as t
from collections.abc import Callable, Iterator, Mapping

from ansible.errors import AnsibleError
from ansible.module_utils import _internal, basic
from ansible.module_utils._internal._ansiballz import _loader
from ansible.module_utils.common import warnings
from ansible.module_utils.common.json import Direction, get_module_encoder

from ansible_collections.genesys.cloud.plugins.module_utils._runtime import Runtime, use_runtime

#: The name of ansible-core's JSON format for the arguments and results of modules.
SERIALIZATION_PROFILE = "legacy"
_ARGUMENTS_ENCODER = get_module_encoder(SERIALIZATION_PROFILE, Direction.CONTROLLER_TO_MODULE)
get_module_encoder(
    SERIALIZATION_PROFILE, Direction.MODULE_TO_CONTROLLER
)  # imports the encoder of results before the forks


def encode_arguments(name: str, arguments: Mapping[str, t.Any]) -> bytes:
    """Encode a module's arguments as JSON. Raises AnsibleError for values that JSON cannot represent."""
    try:
        return json.dumps({"ANSIBLE_MODULE_ARGS": arguments}, cls=_ARGUMENTS_ENCODER).encode()
    except TypeError as error:
        raise AnsibleError(f"Failed to serialize arguments for the {name!r} module.") from error


def run_main(
    main: Callable[[], None], encoded_arguments: bytes, runtime: Runtime, folder: str
) -> dict[str, t.Any]:
    """Run C(main) and return the result of a command: C(rc), C(stdout), C(stderr), and both as lines.

    C(stdout) is the module's result as JSON. C(folder) is the working directory while C(main) runs.
    """
    output, errors = io.StringIO(), io.StringIO()
    with (
        contextlib.redirect_stdout(output),
        contextlib.redirect_stderr(errors),
        _working_directory(folder),
        _module_globals(encoded_arguments),
        use_runtime(runtime),
    ):
        try:
            try:
                main()
            except Exception as error:  # as ansible-core's module wrapper does
                _loader._handle_exception(error, SERIALIZATION_PROFILE)
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
    stdout, stderr = output.getvalue(), errors.getvalue()
    return {
        "rc": code,
        "stdout": stdout,
        "stdout_lines": stdout.splitlines(),
        "stderr": stderr,
        "stderr_lines": stderr.splitlines(),
    }


@contextlib.contextmanager
def _module_globals(encoded_arguments: bytes) -> Iterator[None]:
    """Set the globals that ansible-core keeps for a module, its arguments and warnings; restore them."""
    before = basic._ANSIBLE_ARGS, basic._ANSIBLE_PROFILE, basic._PARSED_MODULE_ARGS, _internal.is_controller
    basic._ANSIBLE_ARGS, basic._ANSIBLE_PROFILE = encoded_arguments, SERIALIZATION_PROFILE
    _internal.is_controller = False
    warnings._global_warnings.clear()
    warnings._global_deprecations.clear()
    try:
        yield
    finally:
        basic._ANSIBLE_ARGS, basic._ANSIBLE_PROFILE, basic._PARSED_MODULE_ARGS, _internal.is_controller = (
            before
        )


@contextlib.contextmanager
def _working_directory(folder: str) -> Iterator[None]:
    """Change to C(folder); change back at the end if the earlier folder can still be entered.

    The module may have written by then, so the way back must not fail. A worker ends with its task.
    """
    before: pathlib.Path | None = None
    with contextlib.suppress(OSError):
        before = pathlib.Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        if before is not None:
            with contextlib.suppress(OSError):
                os.chdir(before)
