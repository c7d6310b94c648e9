# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The entry point of the resource modules.

Private to the collection.
"""

from __future__ import annotations

import typing as t

from .._deps import MISSING
from .._model.resource import ResourceKind
from .._object.run import converge
from .._object.task import argument_spec, prepare_task
from .._runtime import current_runtime
from .ansible_module import build, raw_arguments, run


def run_resource(kind: ResourceKind) -> None:
    """Run the resource module of a kind."""
    raw = raw_arguments()
    task = None if raw is None or MISSING else prepare_task(kind, raw, current_runtime().environ)
    module = build(argument_spec(kind), task)
    run(module, lambda: converge(t.cast("t.Any", task), check_mode=module.check_mode))
