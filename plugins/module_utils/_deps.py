# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The only place that imports third-party libraries.

Private to the collection. Ansible imports every plugin without the libraries installed (documentation,
sanity tests), so a missing one is replaced by a stand-in with which class definitions and decorators
still work, and C(require) reports it when a task runs.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
import traceback
import typing as t

from ansible.module_utils.basic import missing_required_lib

__all__ = ["MISSING", "httpx", "jsonpath", "load_ciphers", "pydantic", "require", "tenacity", "yaml"]


class _MissingLibrary:
    """Takes the place of a missing library: any attribute or call of it is itself, as a base it vanishes."""

    def __getattr__(self, name: str) -> t.Any:
        return self

    def __call__(self, *args: t.Any, **kwargs: t.Any) -> t.Any:
        return self

    def __mro_entries__(self, bases: t.Any) -> tuple[type, ...]:
        return ()


class _LazyModule:
    """A library that is imported when it is first needed, for one that few tasks need."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> t.Any:
        return getattr(importlib.import_module(self._name), name)


#: Distribution names of the libraries that cannot be imported, with the traceback of the attempt.
MISSING: dict[str, str] = {}

if t.TYPE_CHECKING:
    import httpx
    import jsonpath
    import pydantic
    import tenacity
else:
    try:
        if "httpx" not in sys.modules:
            # httpx loads its command line, and rich with it, where that is installed: half of its own time.
            sys.modules["httpx._main"] = None
        import httpx
    except ImportError:
        MISSING["httpx"] = traceback.format_exc()
        httpx = _MissingLibrary()
    finally:
        if sys.modules.get("httpx._main", ...) is None:
            del sys.modules["httpx._main"]

    try:
        import pydantic
    except ImportError:
        MISSING["pydantic"] = traceback.format_exc()
        pydantic = _MissingLibrary()

    # Only for requests that are sent again, and for paths with a filter that is not plain.
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

# Only for samples in YAML; a module's Python may lack it, then they are JSON. None where it is missing.
yaml: t.Any = None if importlib.util.find_spec("yaml") is None else _LazyModule("yaml")


def load_ciphers() -> t.Any:
    """The ciphers of the library cryptography, which only journals with a password need; None without it."""
    package = "cryptography.hazmat.primitives.ciphers"
    try:
        for module in ("algorithms", "modes"):
            importlib.import_module(f"{package}.{module}")
        return importlib.import_module(package)
    except ImportError:
        return None


def require() -> str | None:
    """The message about every missing library and the command that installs them; None when all are there."""
    if not MISSING:
        return None
    names = " ".join(MISSING)
    return f"{missing_required_lib(names)} Install with: {sys.executable} -m pip install {names}"
