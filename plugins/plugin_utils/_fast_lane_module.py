# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A module that is ready to run in this process, and what the tasks of a run share. Made before the forks.

Private to the collection. It imports the libraries, and what of ansible-core is its own affair: whatever is
wrong there, this import or C(PreloadedModule) raises it.
"""

from __future__ import annotations

import contextlib
import importlib
import sys
import typing as t
from collections.abc import Mapping

from ansible import constants
from ansible.executor.module_common import _BuiltModule

from ansible_collections.genesys.cloud.plugins.module_utils._deps import MISSING, httpx
from ansible_collections.genesys.cloud.plugins.module_utils._desired import build_models
from ansible_collections.genesys.cloud.plugins.module_utils._surroundings import Surroundings
from ansible_collections.genesys.cloud.plugins.module_utils._tls import default_context
from ansible_collections.genesys.cloud.plugins.module_utils._token_store import TokenStore
from ansible_collections.genesys.cloud.plugins.plugin_utils._fast_lane_process import (
    SERIALIZATION_PROFILE,
    encode_arguments,
    run_main,
)

TOKEN_CACHE = TokenStore(constants.DEFAULT_LOCAL_TMP)
# httpx imports its transport with the first client; no socket is opened. Certificates that cannot be read are
# told of by the task that needs them.
with contextlib.suppress(OSError):
    httpx.Client(verify=default_context(), trust_env=False).close()


class PreloadedModule:
    """A module by its full Python name. Raises what its import raises, ImportError for missing libraries."""

    def __init__(self, name: str) -> None:
        if MISSING:
            raise ImportError(f"no {', '.join(MISSING)}")
        module = importlib.import_module(name)
        build_models()
        self.main = module.main
        self.path = str(module.__file__)

    @property
    def token_problem(self) -> str | None:
        """Why tasks do not share tokens; None as long as they do."""
        return TOKEN_CACHE.problem

    def build(self, name: str, arguments: Mapping[str, t.Any]) -> _BuiltModule:
        """What ansible-core would send to a process. Raises AnsibleError for what JSON cannot hold."""
        return _BuiltModule(
            b_module_data=encode_arguments(name, arguments),
            module_style="new",
            shebang=f"#!{sys.executable}",
            serialization_profile=SERIALIZATION_PROFILE,
        )

    def run(self, encoded_arguments: bytes, environ: Mapping[str, str], folder: str) -> dict[str, t.Any]:
        """What that process would return (see C(_fast_lane_process.run_main))."""
        return run_main(self.main, encoded_arguments, Surroundings(environ, TOKEN_CACHE), folder)
