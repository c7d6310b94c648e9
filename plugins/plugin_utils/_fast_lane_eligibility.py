# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When a module's code may run in the controller's process: with the same Python and the same variables.

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

#: Variables that only this collection reads, and only where it is told which values count.
_COLLECTION_VARIABLE = re.compile(r"GENESYS_[A-Z0-9_]+")


def is_enabled(value: t.Any) -> bool:
    """What a switch says; what is neither yes nor no counts as no."""
    return bool(boolean(value, strict=False))


def is_controller_python(python: str | None) -> bool:
    """Whether a module's Python is the one that runs ansible-playbook, and finds the same packages.

    The python of a virtual environment is a link to another one's: the folder tells them apart, while the
    names in one folder (python, python3, python3.12) are the same Python.
    """
    found = shutil.which(python) if python else None
    if found is None:
        return False
    theirs, ours = pathlib.Path(found), pathlib.Path(sys.executable)
    return theirs.parent.resolve() == ours.parent.resolve() and theirs.resolve() == ours.resolve()


def unsupported_environment(environment: Mapping[str, str], arguments: str) -> str | None:
    """Which variable of the task's C(environment) needs a process that has it; None: none does.

    C(arguments) is the text of all arguments: in paths, variables are replaced by their values.
    """
    for name, value in environment.items():
        if not _COLLECTION_VARIABLE.fullmatch(name) or "\0" in value:
            return f"the environment sets {name}"
    texts = [arguments, *environment.values()]
    for name in environment:
        if any(re.search(rf"\$\{{?{name}\b", text) for text in texts):
            return f"the environment sets {name}, which an argument refers to"
    return None
