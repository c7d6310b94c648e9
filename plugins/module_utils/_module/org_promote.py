# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The entry point of the module that promotes the objects of an org to another one.

Private to the collection.
"""

from __future__ import annotations

import functools
import typing as t

# The first import, because it refuses an old Python.
from .. import _deps  # noqa: F401 # pylint: disable=unused-import
from .._promote.promote import promote
from .._promote.task import prepare_promotion, promote_spec
from .ansible_module import build, checked_arguments, raw_arguments, run
from .org import garbage_collection_disabled, without_config_entries


def run_org_promote() -> None:
    """Run the module that promotes the objects of an org to another one."""
    with garbage_collection_disabled():
        raw, spec = raw_arguments(), promote_spec()
        task = checked_arguments(spec, raw, prepare_promotion)
        module = build(spec, task, None if raw is None else without_config_entries(raw))
        work = functools.partial(promote, check_mode=module.check_mode, diff_mode=module._diff)
        run(module, lambda: work(t.cast("t.Any", task)))
