# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A module that is imported before Ansible forks its workers, and the token cache that all workers share.

Private to the collection. The imports cover the libraries and private parts of ansible-core. If one of them
is missing or has changed, importing this file or creating a C(PreloadedModule) raises an exception.
"""

from __future__ import annotations

import contextlib
import importlib
import sys
import typing as t
from collections.abc import Callable, Mapping

from ansible import constants
from ansible.executor.module_common import _BuiltModule

from ansible_collections.genesys.cloud.plugins.module_utils._deps import MISSING, httpx
from ansible_collections.genesys.cloud.plugins.module_utils._http.connection_pool import default_context
from ansible_collections.genesys.cloud.plugins.module_utils._http.token_cache import TokenCache
from ansible_collections.genesys.cloud.plugins.module_utils._model.desired_state import build_models
from ansible_collections.genesys.cloud.plugins.module_utils._runtime import Runtime
from ansible_collections.genesys.cloud.plugins.plugin_utils._fast_lane_process import (
    SERIALIZATION_PROFILE,
    encode_arguments,
    run_main,
)

TOKEN_CACHE = TokenCache(constants.DEFAULT_LOCAL_TMP)
# The first client makes httpx import its transport, which saves that time in every worker. No socket is
# opened. Unreadable certificates are ignored here, because the task that needs them reports them.
with contextlib.suppress(OSError):
    httpx.Client(verify=default_context(), trust_env=False).close()


class PreloadedModule:
    """An imported module, by its full Python name. Raises ImportError if it needs a missing library."""

    def __init__(self, name: str) -> None:
        if MISSING:
            raise ImportError(f"missing libraries: {', '.join(MISSING)}")
        module = importlib.import_module(name)
        build_models()
        self.main: Callable[[], None] = module.main
        self.path = str(module.__file__)

    @property
    def token_problem(self) -> str | None:
        """Return why tasks do not share tokens, or None if they do."""
        return TOKEN_CACHE.problem

    def build(self, name: str, arguments: Mapping[str, t.Any]) -> _BuiltModule:
        """Return the module as ansible-core would build it for a process.

        Raises AnsibleError for arguments that JSON cannot represent.
        """
        return _BuiltModule(
            b_module_data=encode_arguments(name, arguments),
            module_style="new",
            shebang=f"#!{sys.executable}",
            serialization_profile=SERIALIZATION_PROFILE,
        )

    def run(self, encoded_arguments: bytes, environ: Mapping[str, str], folder: str) -> dict[str, t.Any]:
        """Run the module and return a command's result (see C(run_main))."""
        return run_main(self.main, encoded_arguments, Runtime(environ, TOKEN_CACHE), folder)
