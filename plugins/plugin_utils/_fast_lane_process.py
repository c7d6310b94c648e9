# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a module's C(main) in this process, so that it notices as little as who called it.

Private to the collection. What ansible-core's wrapper does for a module in a process of its own is done here:
arguments come as JSON and the result goes out as JSON, so that both are what a module would see and send,
warnings are part of the result, and what nobody expected is a failure of the task.
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

from ansible_collections.genesys.cloud.plugins.module_utils._surroundings import Surroundings, within

#: How ansible-core writes arguments and results of modules as JSON.
SERIALIZATION_PROFILE = "legacy"
_ARGUMENTS_ENCODER = get_module_encoder(SERIALIZATION_PROFILE, Direction.CONTROLLER_TO_MODULE)
get_module_encoder(SERIALIZATION_PROFILE, Direction.MODULE_TO_CONTROLLER)  # imports what every result needs


def encode_arguments(name: str, arguments: Mapping[str, t.Any]) -> bytes:
    """The arguments as they are sent to a module. Raises AnsibleError for what JSON cannot hold."""
    try:
        return json.dumps({"ANSIBLE_MODULE_ARGS": arguments}, cls=_ARGUMENTS_ENCODER).encode()
    except TypeError as error:
        raise AnsibleError(f"Failed to serialize arguments for the {name!r} module.") from error


def run_main(
    main: Callable[[], None], encoded_arguments: bytes, runtime: Surroundings, folder: str
) -> dict[str, t.Any]:
    """What a command would return: C(rc), C(stdout) with the result, C(stderr), and both as lines.

    C(folder) is the working directory meanwhile.
    """
    output, errors = io.StringIO(), io.StringIO()
    with (
        contextlib.redirect_stdout(output),
        contextlib.redirect_stderr(errors),
        _working_directory(folder),
        _module_globals(encoded_arguments),
        within(runtime),
    ):
        try:
            try:
                main()
            except Exception as error:  # as the wrapper of a module's process does
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
    """What ansible-core keeps for the module of a process: its arguments, and warnings of its own."""
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
    before = pathlib.Path.cwd()
    try:
        os.chdir(folder)
        yield
    finally:
        os.chdir(before)
