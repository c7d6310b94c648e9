# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Base class of the action plugins: run a module in the controller's worker instead of in a new process.

Private to the collection. A worker is a fork of ansible-playbook that runs one task of one host. Starting a
Python process for a module takes longer than the module's requests. The fast lane runs
C(ActionBase._execute_module) as it is, and only the command that would start the process becomes a function
call. A task that the fast lane would change takes the module lane, which is Ansible's normal way.

Ansible imports action plugins once, before it forks its workers, so expensive imports are done here. An
exception here would abort the whole run. It is caught, and tasks take the module lane, whose Python may
have the libraries.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import sys
import typing as t
from collections.abc import Mapping

from ansible import constants
from ansible.plugins.action.normal import ActionModule as NormalAction
from ansible.utils.display import Display

from ansible_collections.genesys.cloud.plugins.module_utils._model.json_objects import is_unicode
from ansible_collections.genesys.cloud.plugins.plugin_utils._fast_lane_eligibility import (
    is_controller_python,
    is_enabled,
    unsupported_environment,
)
from ansible_collections.genesys.cloud.plugins.plugin_utils._fast_lane_progress import show_progress

if t.TYPE_CHECKING:
    from ansible.executor.module_common import _BuiltModule

    from ansible_collections.genesys.cloud.plugins.plugin_utils._fast_lane_module import PreloadedModule

display = Display()

#: Read before the forks, because a worker's stdout is no terminal.
OUTPUT_IS_TERMINAL = sys.stdout.isatty()
_STOPPED = (
    "The task was stopped before it ended. Changes that it had sent are not rolled back. The outcome of a "
    "request in flight is unknown. Run the task again, or roll back from its journal if it has one."
)
_LOCAL_CONNECTION = "ansible.plugins.connection.local"


class FastLane(NormalAction):
    """Action plugin that runs the module of the same name, in the fast lane if the task allows it."""

    _module: t.ClassVar[PreloadedModule | None] = None
    _import_error: t.ClassVar[str] = ""

    _uses_fast_lane = False

    def __init_subclass__(cls) -> None:
        try:
            fast_lane_module = importlib.import_module(f"{__package__}._fast_lane_module")
            cls._module = fast_lane_module.PreloadedModule(
                cls.__module__.replace(".plugins.action.", ".plugins.modules.")
            )
        except Exception as error:
            cls._import_error = f"{type(error).__name__}: {error}"

    def run(self, tmp: str | None = None, task_vars: dict[str, t.Any] | None = None) -> dict[str, t.Any]:
        variables = task_vars or {}
        given: dict[str, t.Any] = {}
        self._compute_environment_string(given)
        environment = {str(name): str(value) for name, value in given.items()}
        self._environ = {**os.environ, **environment}
        self._host = str(variables.get("inventory_hostname"))
        reason = self._reason_for_module_lane(variables, environment)
        self._uses_fast_lane = reason is None
        display.vvv(f"module lane: {reason}" if reason else "fast lane", host=self._host)
        try:
            result = self._run_in_lane(tmp, variables)
        except Exception:
            raise
        except BaseException:  # the task's time-out, which is no Exception
            if type(self._connection).__module__ == _LOCAL_CONNECTION:
                _stop_process_group()
            if not self._task.action.endswith("_info"):
                display.warning(f"[{self._host}] {_STOPPED}")
            raise
        self._show_profile(result.get("api"))
        return result

    def _show_profile(self, api: t.Any) -> None:
        """Show the profile of the API at -v, unless the task hides its result."""
        if isinstance(api, Mapping) and not self._task.no_log:
            display.v(f"API profile: {api.get('profile')}", host=self._host)

    def _run_in_lane(self, tmp: str | None, variables: dict[str, t.Any]) -> dict[str, t.Any]:
        if not self._uses_fast_lane:
            return super().run(tmp, variables)
        shows_progress = not self._task.no_log and self._is_switched_on(
            variables, "genesys_progress", OUTPUT_IS_TERMINAL
        )
        with show_progress(self._host, shows_progress):
            result = super().run(tmp, variables)
        problem = t.cast("PreloadedModule", self._module).token_problem
        if problem is not None:
            display.v(
                "Tasks do not share access tokens, because the token cache in local_tmp "
                f"(ANSIBLE_LOCAL_TEMP) cannot be used: {problem}",
                host=self._host,
            )
        return result

    def _reason_for_module_lane(
        self, variables: Mapping[str, t.Any], environment: Mapping[str, str]
    ) -> str | None:
        """Return why the task needs a process for its module, or None if it can take the fast lane."""
        if not self._is_switched_on(variables, "genesys_fast_lane", True):
            return "disabled by genesys_fast_lane or GENESYS_FAST_LANE"
        if self._task.async_val:
            return "the task sets async"
        if type(self._connection).__module__ != _LOCAL_CONNECTION:
            return f"ansible_connection is {self._connection.transport}, not local"
        if self._connection.become is not None:
            return "the task uses become"
        if constants.DEFAULT_KEEP_REMOTE_FILES:
            return "ANSIBLE_KEEP_REMOTE_FILES or keep_remote_files is set"
        if self._module is None:
            return (
                f"{sys.executable}, which runs ansible-playbook, cannot import the module "
                f"({self._import_error}); install the module's requirements there"
            )
        python = self._module_python(variables)
        if not is_controller_python(python):
            return (
                f"the module's Python is {python or 'not discovered yet'}, that of ansible-playbook is "
                f'{sys.executable}; set ansible_python_interpreter: "{{{{ ansible_playbook_python }}}}"'
            )
        if environment:
            return unsupported_environment(
                environment, self._module.build("", self._task.args).b_module_data.decode()
            )
        return None

    def _is_switched_on(self, variables: Mapping[str, t.Any], name: str, default: bool) -> bool:
        """Return the value of a switch: the variable, else the environment variable, else the default."""
        value = self._templar.template(variables.get(name))
        if value is None:
            value = self._environ.get(name.upper(), "").strip()
        return default if value in (None, "") else is_enabled(value)

    def _module_python(self, variables: Mapping[str, t.Any]) -> str | None:
        """Return the Python of the module's process; None while Ansible has yet to discover it."""
        if self._task.delegate_to:
            variables = variables["ansible_delegated_vars"][self._task.delegate_to]
        configured = constants.config.get_config_value("INTERPRETER_PYTHON", variables=variables)
        python = self._templar.template(configured)
        if not python or str(python).startswith("auto"):
            python = variables.get("ansible_facts", {}).get("discovered_interpreter_python")
        return str(python).strip() if python else None

    def _is_pipelining_enabled(self, module_style: str, wrap_async: bool = False) -> bool:
        return self._uses_fast_lane or super()._is_pipelining_enabled(module_style, wrap_async)

    def _configure_module(
        self, module_name: str, module_args: dict[str, t.Any], task_vars: dict[str, t.Any]
    ) -> tuple[_BuiltModule, str]:
        # In the controller's process, ansible-core refuses to decode lone surrogates.
        self._uses_fast_lane &= is_unicode(module_args)
        if self._module is None or not self._uses_fast_lane:
            return t.cast(
                "tuple[_BuiltModule, str]", super()._configure_module(module_name, module_args, task_vars)
            )
        return self._module.build(module_name, module_args), self._module.path

    def _low_level_execute_command(
        self, cmd: str, sudoable: bool = True, in_data: bytes | None = None, **more: t.Any
    ) -> dict[str, t.Any]:
        if self._module is None or not self._uses_fast_lane or in_data is None:
            result = super()._low_level_execute_command(cmd, sudoable=sudoable, in_data=in_data, **more)
            return t.cast("dict[str, t.Any]", result)
        return self._module.run(in_data, self._environ, self._loader.get_basedir())


def _stop_process_group() -> None:
    """Terminate the processes that this worker has started, such as the process of a module.

    Ansible's local connection leaves a module's process running if an exception ends the wait for it. The
    worker must lead a process group of its own, else other processes of the user would be terminated.
    """
    if os.getpgrp() != os.getpid():
        return
    handler = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        with contextlib.suppress(OSError):
            os.killpg(os.getpgrp(), signal.SIGTERM)
    finally:
        signal.signal(signal.SIGTERM, handler)
