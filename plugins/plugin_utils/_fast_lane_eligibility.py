# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Conditions under which a module may run in the controller's process: same Python, same environment.

Private to the collection.
"""

from __future__ import annotations

import pathlib
import re
import shutil
import sys
import typing as t
from collections.abc import Mapping

from ansible.module_utils.parsing.convert_bool import boolean

#: Only this collection reads these variables, through the task's runtime and never from C(os.environ).
_COLLECTION_VARIABLE = re.compile(r"GENESYS_[A-Z0-9_]+")


def is_enabled(value: t.Any) -> bool:
    """Convert the value of a switch to a boolean. Values that are no boolean count as false."""
    return bool(boolean(value, strict=False))


def is_controller_python(python: str | None) -> bool:
    """Return whether C(python) runs ansible-playbook too, so that both find the same packages.

    The python of a virtual environment is often a link to the system's, so the link's target is not enough:
    the folder must be the same too. Different names in one folder (python, python3) are the same Python.
    """
    found = shutil.which(python) if python else None
    if found is None:
        return False
    module, controller = pathlib.Path(found), pathlib.Path(sys.executable)
    same_folder = module.parent.resolve() == controller.parent.resolve()
    return same_folder and module.resolve() == controller.resolve()


def unsupported_environment(environment: Mapping[str, str], arguments: str) -> str | None:
    """Return which variable of the task's C(environment) needs a process, or None if none does.

    C(arguments) are the module's arguments as JSON. Ansible expands variables in path options, so a variable
    that an argument refers to needs a process too.
    """
    for name, value in environment.items():
        if not _COLLECTION_VARIABLE.fullmatch(name) or "\0" in value:
            return f"the task's environment sets {name}"
    texts = [arguments, *environment.values()]
    for name in environment:
        if any(re.search(rf"\$\{{?{name}\b", text) for text in texts):
            return f"the task's environment sets {name}, which an argument refers to"
    return None
