# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The entry point of the resource modules.

Private to the collection.
"""

from __future__ import annotations

import functools
import typing as t

# The first import, because it refuses an old Python.
from .. import _deps  # noqa: F401 # pylint: disable=unused-import
from .._model.resource import ResourceKind
from .._object.converge import converge
from .._object.task import argument_spec, prepare_task
from .ansible_module import build, checked_arguments, raw_arguments, run


def run_resource(kind: ResourceKind) -> None:
    """Run the resource module of a kind."""
    raw = raw_arguments()
    spec = argument_spec(kind)
    task = checked_arguments(spec, raw, functools.partial(prepare_task, kind))
    module = build(spec, task)
    run(module, lambda: converge(t.cast("t.Any", task), check_mode=module.check_mode))
