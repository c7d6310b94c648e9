# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The entry point of the module that exports an org.

Private to the collection.
"""

from __future__ import annotations

import functools
import typing as t

# The first import, because it refuses an old Python.
from .. import _deps  # noqa: F401 # pylint: disable=unused-import
from .._export.export import export_org
from .._export.task import export_spec, prepare_export
from .ansible_module import build, checked_arguments, raw_arguments, run
from .org import without_config_entries


def run_export() -> None:
    """Run the module that exports an org."""
    raw = raw_arguments()
    spec = export_spec()
    task = checked_arguments(spec, raw, prepare_export)
    module = build(spec, task, None if raw is None else without_config_entries(raw))
    work = functools.partial(export_org, check_mode=module.check_mode, diff_mode=module._diff)
    run(module, lambda: work(t.cast("t.Any", task)))
