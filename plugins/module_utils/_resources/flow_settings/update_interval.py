# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The least time between two updates of one object, kept by all processes and controllers (S2.3).

Private to the collection. Two memories count: a file on this host, locked from before the write until it is
stamped, and the server's own date of the object, judged by the server's own clock.
"""

from __future__ import annotations

import contextlib
import datetime
import fcntl
import json
import math
import os
import pathlib
import random
import stat
import tempfile
import time
import typing as t

from ..._engine.context import Context
from ..._engine.lookup import item_path, parse_object
from ..._errors import DeadlineExceeded, InputError, NotFound, UpdateTooSoon
from ..._findings import Findings
from ..._http.connection import quote
from ..._http.responses import parse_date
from ..._model.plan import Plan, RemoteObject, name_of
from ..._runtime import current_runtime

_FOLDER = "genesys.cloud"
_JITTER = 0.25  # seconds


#: A memory has about 150 bytes; of anything longer no more is read.
_MOST_BYTES = 4096
#: Seconds that the host's clock may have been set back before a record makes no sense any more.
_CLOCK_STEP = 1.0
#: Seconds between two tries to get the lock.
_PAUSE = 0.05
_FLAGS = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def await_interval(context: Context, plan: Plan) -> RemoteObject | None:
    """Lets an update pass when the last one is long enough ago; from then on others wait for C(record).

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
    ends_at = context.scratch.setdefault("interval_ends_at", time.monotonic() + desired.wait_timeout)
    while True:
        memory.lock(ends_at)
        fresh, left = _look(context, plan, memory)
        if context.plan(fresh).action == "none":
            return fresh
        if left <= 0:
            return fresh if fresh.body.get("version") != (plan.before or {}).get("version") else None
        memory.unlock()
        _refuse_or_wait(context, plan, left, ends_at)


def record(context: Context) -> None:
    """Remembers that the object was updated just now, and lets the next process have a look."""
    memory = context.scratch.get("update_memory")
    if memory is not None:
        memory.record()
        memory.unlock()


def default_folder(environ: t.Mapping[str, str]) -> pathlib.Path:
    """Where the memory is when the task does not say: the user's folder for state, as XDG has it."""
    given = environ.get("GENESYS_STATE_PATH", "").strip()
    if given:
        return pathlib.Path(os.path.expandvars(given)).expanduser()
    state = pathlib.Path(environ.get("XDG_STATE_HOME", ""))
    return (state if state.is_absolute() else pathlib.Path("~/.local/state").expanduser()) / _FOLDER


def _memory(context: Context, plan: Plan) -> LastUpdate:
    """The one memory of the object in this task; its lock ends with the task at the latest."""
    if "update_memory" not in context.scratch:
        given = context.desired.state_path
        folder = default_folder(current_runtime().environ) if given is None else pathlib.Path(given)
        memory = LastUpdate(
            folder, str(context.organization["id"]), str((plan.before or {})["id"]), context.findings
        )
        context.exit_stack.callback(memory.unlock)
        context.scratch["update_memory"] = memory
    return t.cast("LastUpdate", context.scratch["update_memory"])


def _look(context: Context, plan: Plan, memory: LastUpdate) -> tuple[RemoteObject, float]:
    """The object as it is now, and the seconds that are left of its interval (0 or less: none)."""
    path = item_path(context.resource, (plan.before or {})["id"])
    reply = context.client.get(path, context.resource.endpoint.item_params, allow_missing=True)
    if reply is None:
        raise NotFound(f"The {context.resource.title} {name_of(plan)!r} was removed by somebody else.")
    fresh = parse_object(context.resource, reply, f"GET {path}")
    ages = [age for age in (memory.age(), _age(fresh, reply.date)) if age is not None]
    return fresh, context.desired.min_update_interval - min(ages) if ages else 0.0


def _age(fresh: RemoteObject, date: str | None) -> float | None:
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
    context.result_fields["waited_seconds"] = round(
        context.result_fields.get("waited_seconds", 0.0) + pause, 3
    )


class LastUpdate:
    """The memory of one object, C(ORG_OBJECT.json) in a folder, and its lock, C(ORG_OBJECT.lock).

    The folder is made with mode 0700, the files with 0600. Warnings go to C(findings).
    """

    def __init__(self, folder: pathlib.Path, organization: str, identifier: str, findings: Findings) -> None:
        self._folder = folder
        self._of = {"organization": organization, "id": identifier}
        name = f"{quote(organization)}_{quote(identifier)}"
        self._file = folder / f"{name}.json"
        self._lock_file = folder / f"{name}.lock"
        self._findings = findings
        self._held: int | None = None

    def lock(self, ends_at: float) -> None:
        """Waits until no other process holds the lock; nothing to do where this one has it.

        Raises DeadlineExceeded at C(ends_at) (monotonic clock), InputError when the folder cannot be used.
        """
        if self._held is not None:
            return
        self._make_folder()
        try:
            self._held = os.open(self._lock_file, os.O_RDWR | os.O_CREAT | _FLAGS, 0o600)
            while not _locked(self._held):
                if time.monotonic() >= ends_at:
                    self.unlock()
                    raise DeadlineExceeded(
                        "Another process on this host was about to update the same object until wait_timeout "
                        f"was over; it holds {self._lock_file}. Nothing was written: run again later."
                    )
                time.sleep(_PAUSE * random.uniform(0.5, 1.5))
        except OSError as error:
            self.unlock()
            self._warn(
                self._lock_file, f"cannot be locked ({error.strerror})", "other processes are not seen"
            )

    def unlock(self) -> None:
        if self._held is not None:
            os.close(self._held)
            self._held = None

    def age(self) -> float | None:
        """Seconds since this host last updated the object; None where it does not remember any update."""
        try:
            stamped = self._read()
        except FileNotFoundError:
            return None
        except OSError as error:
            self._warn(self._file, f"cannot be read ({error.strerror})")
            return None
        except ValueError as error:
            self._warn(self._file, str(error))
            return None
        age = time.time() - stamped
        if age < -_CLOCK_STEP:
            self._warn(self._file, f"is dated {-age:.0f} s ahead of this host's clock")
            return None
        return max(0.0, age)

    def record(self) -> None:
        """Remembers an update just now; a failure is only a warning, since the update cannot be unmade."""
        content = json.dumps({**self._of, "updated_at": time.time()})
        try:
            self._make_folder()
            handle, name = tempfile.mkstemp(prefix=".record-", dir=self._folder)
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    file.write(content)
                pathlib.Path(name).replace(self._file)
            except BaseException:
                with contextlib.suppress(OSError):
                    pathlib.Path(name).unlink()
                raise
        except OSError as error:
            self._warn(self._file, f"cannot be written ({error.strerror})", "this update is not remembered")
        except InputError as error:
            self._findings.warn("state_path", f"{error}; this update is not remembered")

    def _make_folder(self) -> None:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            reason = "" if os.access(self._folder, os.W_OK | os.X_OK) else "it is not writable"
        except OSError as error:
            reason = error.strerror or "it cannot be made"
        if reason:
            findings = Findings()
            findings.problem(
                "state_path", f"the folder {str(self._folder)!r} cannot be used ({reason}): give another one"
            )
            raise InputError(findings)

    def _read(self) -> float:
        """The record; raises ValueError with what is wrong where the file is not a memory of this object."""
        file = os.open(self._file, os.O_RDONLY | _FLAGS)
        try:
            status = os.fstat(file)
            if not stat.S_ISREG(status.st_mode):
                raise ValueError("is no file")
            if status.st_uid != os.geteuid():
                raise ValueError("belongs to another user")
            text = os.read(file, _MOST_BYTES)
        finally:
            os.close(file)
        try:
            content = json.loads(text)
        except (ValueError, RecursionError):
            raise ValueError("is damaged") from None
        stamped = content.get("updated_at") if isinstance(content, dict) else None
        if (
            not isinstance(stamped, (int, float))
            or isinstance(stamped, bool)
            or not math.isfinite(stamped)
            or {key: content.get(key) for key in self._of} != self._of
        ):
            raise ValueError("is not this collection's memory of this object")
        return float(stamped)

    def _warn(self, path: pathlib.Path, wrong: str, then: str = "it is ignored") -> None:
        self._findings.warn(
            "state_path", f"{str(path)!r} {wrong}: {then}, and only the server's own date counts"
        )


def _locked(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
