# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The entry point of the module for a whole org.

Private to the collection.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import typing as t

# The first import, because it refuses an old Python.
from .. import _deps  # noqa: F401 # pylint: disable=unused-import
from .._org.converge import converge_org
from .._org.task import org_spec, prepare_org
from .ansible_module import build, checked_arguments, raw_arguments, run


def run_org() -> None:
    """Run the module for a whole org."""
    with garbage_collection_disabled():
        raw = raw_arguments()
        spec = org_spec()
        task = checked_arguments(spec, raw, prepare_org)
        module = build(spec, task, None if raw is None else without_config_entries(raw))
        work = functools.partial(converge_org, check_mode=module.check_mode, diff_mode=module._diff)
        run(module, lambda: work(t.cast("t.Any", task)))


@contextlib.contextmanager
def garbage_collection_disabled() -> t.Iterator[None]:
    """Disable garbage collection while the context is open.

    Thousands of objects live until the end of the process, and searching them for cycles takes half of the
    run's time.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # spares a last search when the process ends
        if was_enabled:
            gc.enable()


def without_config_entries(raw: dict[str, t.Any]) -> dict[str, t.Any]:
    """Return the arguments with the number of entries in place of each list of C(config).

    The entries were checked before. AnsibleModule would copy, log and return thousands of them.
    """
    config, defaults = raw.get("config"), raw.get("defaults")
    if isinstance(defaults, dict):
        # Values may be secrets, which only the specs of the kinds show.
        raw = {**raw, "defaults": {str(kind): {} for kind in defaults}}
    if config is None:
        return raw
    # A config that is no dictionary was converted or became a problem. It is dropped, as it may have secrets.
    kinds = config.items() if isinstance(config, dict) else ()
    lists = {str(kind): len(entries) for kind, entries in kinds if isinstance(entries, list)}
    return {**raw, "config": {kind: [{"entries": number}] for kind, number in lists.items()}}
