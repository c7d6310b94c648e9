# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The fast lane: a module's own code in the controller's worker, where that is the same as a process for it.

Private to the collection. A worker is a fork of ansible-playbook that runs one task of one host. A module
gets a Python process there, which costs more than the requests that it makes. Here the whole of
C(ActionBase._execute_module) runs, on arguments as on results, but what it takes for a command is a function
call. Where there is a reason against it, everything is as without this plugin: the module lane.

The strategies import an action plugin before they fork: what costs time and serves all tasks is done then.
That must not fail, or the whole run would: a module's own process may have another Python.
"""

from __future__ import annotations

import importlib
import os
import sys
import typing as t
from collections.abc import Mapping

from ansible import constants
from ansible.plugins.action.normal import ActionModule as NormalAction
from ansible.utils.display import Display

from ansible_collections.genesys.cloud.plugins.plugin_utils._fast_lane_eligibility import (
    is_controller_python,
    is_enabled,
    unsupported_environment,
)
from ansible_collections.genesys.cloud.plugins.plugin_utils._fast_lane_progress import show_progress

if t.TYPE_CHECKING:
    from ansible_collections.genesys.cloud.plugins.plugin_utils._fast_lane_module import PreloadedModule

display = Display()

#: Whether somebody looks at the output; a worker has none of its own.
OUTPUT_IS_TERMINAL = sys.stdout.isatty()
_LOCAL_CONNECTION = "ansible.plugins.connection.local"


class FastLane(NormalAction):
    """The action of the module that has the action plugin's name."""

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
        if not self._uses_fast_lane:
            return super().run(tmp, task_vars)
        shows_progress = not self._task.no_log and self._is_switched_on(
            variables, "genesys_progress", OUTPUT_IS_TERMINAL
        )
        with show_progress(self._host, shows_progress):
            result = super().run(tmp, task_vars)
        problem = t.cast("PreloadedModule", self._module).token_problem
        if problem is not None:
            display.v(f"Every task asks for a token of its own: {problem}", host=self._host)
        return result

    def _reason_for_module_lane(
        self, variables: Mapping[str, t.Any], environment: Mapping[str, str]
    ) -> str | None:
        """Why the task needs a process of its own; None where it does not."""
        if not self._is_switched_on(variables, "genesys_fast_lane", True):
            return "switched off"
        if self._task.async_val:
            return "async"
        if type(self._connection).__module__ != _LOCAL_CONNECTION:
            return f"the connection is {self._connection.transport}"
        if self._connection.become is not None:
            return "become"
        if constants.DEFAULT_KEEP_REMOTE_FILES:
            return "its files are to be kept"
        if self._module is None:
            return f"ansible-playbook itself cannot import it ({self._import_error})"
        python = self._module_python(variables)
        if not is_controller_python(python):
            return f"its Python is {python or 'not found yet'}, that of ansible-playbook is {sys.executable}"
        if environment:
            return unsupported_environment(
                environment, self._module.build("", self._task.args).b_module_data.decode()
            )
        return None

    def _is_switched_on(self, variables: Mapping[str, t.Any], name: str, default: bool) -> bool:
        """A variable, else the environment variable of the same name."""
        value = self._templar.template(variables.get(name))
        if value is None:
            value = self._environ.get(name.upper(), "").strip()
        return default if value in (None, "") else is_enabled(value)

    def _module_python(self, variables: Mapping[str, t.Any]) -> str | None:
        """The Python that a module would run in, as far as it is known before anybody looks for one."""
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
    ) -> tuple[t.Any, str]:
        if self._module is None or not self._uses_fast_lane:
            return t.cast("tuple[t.Any, str]", super()._configure_module(module_name, module_args, task_vars))
        return self._module.build(module_name, module_args), self._module.path

    def _low_level_execute_command(
        self, cmd: str, sudoable: bool = True, in_data: bytes | None = None, **more: t.Any
    ) -> dict[str, t.Any]:
        if self._module is None or not self._uses_fast_lane or in_data is None:
            result = super()._low_level_execute_command(cmd, sudoable=sudoable, in_data=in_data, **more)
            return t.cast("dict[str, t.Any]", result)
        return self._module.run(in_data, self._environ, self._loader.get_basedir())
