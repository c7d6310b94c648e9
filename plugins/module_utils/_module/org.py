# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole of the module that is about an org as a whole.

Private to the collection.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import typing as t

from .._deps import MISSING
from .._org.converge import converge_org
from .._org.task import org_spec, prepare_org
from .._runtime import current_runtime
from .ansible_module import build, raw_arguments, run


def run_org() -> None:
    """The whole of the module that is about an org as a whole."""
    with _garbage_collection_disabled():
        raw = raw_arguments()
        task = None if raw is None or MISSING else prepare_org(raw, current_runtime().environ)
        module = build(org_spec(), task, None if raw is None else _without_config_entries(raw))
        work = functools.partial(converge_org, check_mode=module.check_mode, diff_mode=module._diff)
        run(module, lambda: work(t.cast("t.Any", task)))


@contextlib.contextmanager
def _garbage_collection_disabled() -> t.Iterator[None]:
    """Spares Python the search for garbage cycles: thousands of objects all stay to the end, and looking
    through them again and again takes half of the time.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # nor does it look through all of them once more when the process ends
        if collecting:
            gc.enable()


def _without_config_entries(raw: dict[str, t.Any]) -> dict[str, t.Any]:
    """The arguments without the entries of C(config), which were checked: what remains is how many they are.

    Thousands of entries would be copied, logged and returned with each result.
    """
    config = raw.get("config")
    if config is None:
        return raw
    # What is no dictionary was read as one, or is a problem by now; as it is it may hold secrets.
    kinds = config.items() if isinstance(config, dict) else ()
    lists = {str(kind): len(entries) for kind, entries in kinds if isinstance(entries, list)}
    return {**raw, "config": {kind: [{"entries": number}] for kind, number in lists.items()}}
