# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The imports of third-party libraries, for the whole collection.

Private to the collection. Ansible imports plugins without these libraries for documentation and sanity
tests. A missing library is therefore replaced by a stand-in that supports class definitions and
decorators. C(require) reports it when a task runs. An old Python is reported when this file is imported, so
this file and the files that are imported before it must not use newer syntax.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import sys
import traceback
import typing as t

from ansible.module_utils.basic import missing_required_lib

__all__ = [
    "MISSING",
    "httpcore",
    "httpx",
    "jsonpath",
    "load_ciphers",
    "pydantic",
    "require",
    "tenacity",
    "yaml",
]

#: The oldest Python that runs the modules.
_OLDEST_PYTHON = (3, 11)


def _refuse_old_python() -> None:
    """End a module's process with one message if its Python is too old; elsewhere raise ImportError."""
    if sys.version_info >= _OLDEST_PYTHON:
        return
    from ansible.module_utils.basic import _ANSIBLE_ARGS

    needed, present = (".".join(map(str, version)) for version in (_OLDEST_PYTHON, sys.version_info[:3]))
    message = (
        f"The modules of genesys.cloud need Python {needed} or later, but {sys.executable} is Python "
        f"{present}. Set ansible_python_interpreter to a newer Python on the host that runs the task."
    )
    if _ANSIBLE_ARGS is None:
        raise ImportError(message)
    sys.stdout.write(json.dumps({"failed": True, "msg": message}) + "\n")
    raise SystemExit(1)


_refuse_old_python()


class _MissingLibrary:
    """Stand-in for a missing library: its attributes and calls return itself, as a base class it vanishes."""

    def __getattr__(self, name: str) -> t.Any:
        return self

    def __call__(self, *args: t.Any, **kwargs: t.Any) -> t.Any:
        return self

    def __mro_entries__(self, bases: t.Any) -> tuple[type, ...]:
        return ()


class _LazyModule:
    """Library that is imported at its first use, because few tasks need it."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> t.Any:
        return getattr(importlib.import_module(self._name), name)


#: Distribution names of the libraries that cannot be imported, with the tracebacks.
MISSING: dict[str, str] = {}

if t.TYPE_CHECKING:
    import httpcore
    import httpx
    import jsonpath
    import pydantic
    import tenacity
else:
    try:
        if "httpx" not in sys.modules:
            # httpx would import its command line and, if installed, rich: half of its import time.
            sys.modules["httpx._main"] = None
        import httpcore  # a requirement of httpx, installed with it
        import httpx
    except ImportError:
        MISSING["httpx"] = traceback.format_exc()
        httpcore = httpx = _MissingLibrary()
    finally:
        if sys.modules.get("httpx._main", ...) is None:
            del sys.modules["httpx._main"]

    try:
        import pydantic
    except ImportError:
        MISSING["pydantic"] = traceback.format_exc()
        pydantic = _MissingLibrary()

    # tenacity serves retries only, jsonpath only filters that are not plain.
    if importlib.util.find_spec("tenacity") is not None:
        tenacity = _LazyModule("tenacity")
    else:
        MISSING["tenacity"] = "The module tenacity was not found."
        tenacity = _MissingLibrary()

    if importlib.util.find_spec("jsonpath") is not None:
        jsonpath = _LazyModule("jsonpath")
    else:
        MISSING["python-jsonpath"] = "The module jsonpath was not found."
        jsonpath = _MissingLibrary()

# Only for samples in YAML. The Python of a module may lack PyYAML (None): samples must then be JSON.
yaml: t.Any = None if importlib.util.find_spec("yaml") is None else _LazyModule("yaml")


def load_ciphers() -> t.Any:
    """Import the ciphers of cryptography, for journals with a password; return None if it is missing."""
    package = "cryptography.hazmat.primitives.ciphers"
    try:
        for module in ("algorithms", "modes"):
            importlib.import_module(f"{package}.{module}")
        return importlib.import_module(package)
    except ImportError:
        return None


def require() -> str | None:
    """Return a message that names the missing libraries and an install command; None if all are there."""
    if not MISSING:
        return None
    names = " ".join(MISSING)
    return f"{missing_required_lib(names)} Install with: {sys.executable} -m pip install {names}"
