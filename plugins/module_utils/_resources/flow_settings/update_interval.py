# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The least time between two updates of one object, kept by all processes and controllers (S2.3).

Private to the collection. Two memories count: a file on this host, locked from before the write until it is
stamped, and the server's own date of the object, judged by the server's own clock.
"""

from __future__ import annotations

import datetime
import os
import pathlib
import random
import time
import typing as t

from ..._engine.apply import Context, name_of
from ..._engine.lookup import Found, found, item_path
from ..._errors import NotFound, UpdateTooSoon
from ..._http.retry import parse_date
from ..._model.plan import Plan
from ..._runtime import surroundings
from ..._update_memory import UpdateMemory

_FOLDER = "genesys.cloud"
_JITTER = 0.25  # seconds


def await_interval(context: Context, plan: Plan) -> Found | None:
    """Lets an update pass when the last one is long enough ago; from then on others wait for C(stamp).

    Of C(context.desired) it takes C(min_update_interval), C(wait_timeout) (seconds), C(on_too_soon) (C(fail),
    C(wait)) and C(state_path). Check mode only warns. Returns the object where it is not the one that was
    planned on any more. Raises UpdateTooSoon, DeadlineExceeded when others keep the lock, NotFound, and
    InputError when the folder of the memory cannot be used.
    """
    desired = context.desired
    if not desired.min_update_interval:
        return None
    memory = _memory(context, plan)
    if context.check_mode:
        left = _look(context, plan, memory)[1]
        if left > 0:
            then = "wait" if desired.on_too_soon == "wait" else "fail for another"
            ago = max(desired.min_update_interval - left, 0)
            context.findings.warn(
                "min_update_interval",
                f"a real run would {then} {left:.0f} s, because the last update was {ago:.0f} s ago",
            )
        return None
    ends_at = context.kept.setdefault("interval_ends_at", time.monotonic() + desired.wait_timeout)
    while True:
        memory.lock(ends_at)
        fresh, left = _look(context, plan, memory)
        if context.plan(fresh).action == "none":
            return fresh
        if left <= 0:
            return fresh if fresh.body.get("version") != (plan.before or {}).get("version") else None
        memory.unlock()
        _refuse_or_wait(context, plan, left, ends_at)


def stamp(context: Context) -> None:
    """Remembers that the object was updated just now, and lets the next process have a look."""
    memory = context.kept.get("update_memory")
    if memory is not None:
        memory.stamp()
        memory.unlock()


def default_folder(environ: t.Mapping[str, str]) -> pathlib.Path:
    """Where the memory is when the task does not say: the user's folder for state, as XDG has it."""
    given = environ.get("GENESYS_STATE_PATH", "").strip()
    if given:
        return pathlib.Path(os.path.expandvars(given)).expanduser()
    state = pathlib.Path(environ.get("XDG_STATE_HOME", ""))
    return (state if state.is_absolute() else pathlib.Path("~/.local/state").expanduser()) / _FOLDER


def _memory(context: Context, plan: Plan) -> UpdateMemory:
    """The one memory of the object in this task; its lock ends with the task at the latest."""
    if "update_memory" not in context.kept:
        given = context.desired.state_path
        folder = default_folder(surroundings().environ) if given is None else pathlib.Path(given)
        memory = UpdateMemory(
            folder, str(context.organization["id"]), str((plan.before or {})["id"]), context.findings
        )
        context.closing.callback(memory.unlock)
        context.kept["update_memory"] = memory
    return t.cast("UpdateMemory", context.kept["update_memory"])


def _look(context: Context, plan: Plan, memory: UpdateMemory) -> tuple[Found, float]:
    """The object as it is now, and the seconds that are left of its interval (0 or less: none)."""
    path = item_path(context.resource, (plan.before or {})["id"])
    reply = context.client.get(path, context.resource.item_params, allow_missing=True)
    if reply is None:
        raise NotFound(f"The {context.resource.title} {name_of(plan)!r} was removed by somebody else.")
    fresh = found(reply, f"GET {path}")
    ages = [age for age in (memory.age(), _age(fresh, reply.date)) if age is not None]
    return fresh, context.desired.min_update_interval - min(ages) if ages else 0.0


def _age(fresh: Found, date: str | None) -> float | None:
    """Seconds since the object was modified, both times by the server's clock; None where it gives none."""
    now = parse_date(date or "")
    try:
        modified = datetime.datetime.fromisoformat(str(fresh.body.get("modifiedDate")))
    except ValueError:
        return None
    if now is None:
        return None
    if modified.tzinfo is None:
        modified = modified.replace(tzinfo=datetime.UTC)
    return max(0.0, (now - modified).total_seconds())


def _refuse_or_wait(context: Context, plan: Plan, left: float, ends_at: float) -> None:
    desired = context.desired
    interval = desired.min_update_interval
    what = (
        f"The {context.resource.title} {name_of(plan)!r} was updated {max(interval - left, 0):.0f} s ago, "
        f"and min_update_interval asks for {interval:g} s between two updates; nothing was written."
    )
    if desired.on_too_soon != "wait":
        raise UpdateTooSoon(
            f"{what} Run again in {left:.0f} s, or set on_too_soon to wait.", seconds_left=round(left, 3)
        )
    pause = left + random.uniform(0, _JITTER)
    if time.monotonic() + pause > ends_at:
        raise UpdateTooSoon(
            f"{what} The {left:.0f} s that are left are more than wait_timeout ({desired.wait_timeout:g} s) "
            "allows: raise it, or run again later.",
            seconds_left=round(left, 3),
        )
    time.sleep(pause)
    context.notes["waited_seconds"] = round(context.notes.get("waited_seconds", 0.0) + pause, 3)
