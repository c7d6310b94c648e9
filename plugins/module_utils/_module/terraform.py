# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The entry point of the module that imports a Terraform configuration.

Private to the collection.
"""

from __future__ import annotations

import functools
import typing as t

# The first import, because it refuses an old Python.
from .. import _deps  # noqa: F401 # pylint: disable=unused-import
from .._terraform.import_configuration import import_configuration
from .._terraform.task import import_spec, prepare_import
from .ansible_module import build, checked_arguments, raw_arguments, run


def run_import() -> None:
    """Run the module that imports a Terraform configuration."""
    spec = import_spec()
    task = checked_arguments(spec, raw_arguments(), prepare_import)
    module = build(spec, task)
    work = functools.partial(import_configuration, check_mode=module.check_mode, diff_mode=module._diff)
    run(module, lambda: work(t.cast("t.Any", task)))
