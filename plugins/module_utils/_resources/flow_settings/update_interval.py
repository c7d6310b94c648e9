# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Minimum interval between two updates of one object, across processes and controllers (S2.3).

Private to the collection. The last update is the later of two dates. One is a record in a file on this host,
locked from before the write until the record is written. The other is the object's C(modifiedDate), compared
with the server's clock.
"""

from __future__ import annotations

import datetime
import fcntl
import json
import math
import os
import pathlib
import random
import time
import typing as t

from ..._append_only_file import check_new_file
from ..._engine.context import Context
from ..._engine.received_objects import parse_object
from ..._errors import DeadlineExceeded, InputError, NotFound, UpdateTooSoon
from ..._findings import Findings
from ..._http.connection import quote
from ..._http.responses import parse_date
from ..._model.plan import Plan, RemoteObject, name_of
from ..._private_file import OTHERS_WRITE, open_own_file, refuse_open_folder, replace_private_file
from ..._runtime import sleep, state_folder

#: Random addition to a pause [s], so that waiting processes do not continue at the same moment.
_JITTER = 0.25
#: Bytes that are read of a record, which has about 150.
_MOST_BYTES = 4096
#: How far a record may be in the future [s], after the host's clock was set back, before it is ignored.
_CLOCK_STEP = 1.0
#: Mean pause between two attempts to get the lock [s].
_PAUSE = 0.05


def await_interval(context: Context, plan: Plan) -> RemoteObject | None:
    """Wait or fail until the interval since the last update is over, then lock out other processes.

    The lock lasts until C(record). The options C(min_update_interval) and C(wait_timeout) [s], C(on_too_soon)
    and C(state_path) apply. Check mode only warns, and creates no file. Return the object if it changed
    since it was planned. Raise UpdateTooSoon, DeadlineExceeded when another process keeps the lock, NotFound,
    and InputError when the folder of the record cannot be used.
    """
    desired = context.desired
    if not desired.min_update_interval:
        return None
    last_update = _last_update(context, plan)
    if context.check_mode:
        last_update.check_folder()
        left = _read_again(context, plan, last_update)[1]
        if left > 0:
            would = "wait" if desired.on_too_soon == "wait" else "fail for another"
            age = max(desired.min_update_interval - left, 0)
            context.findings.warn(
                "min_update_interval",
                f"a real run would {would} {left:.0f} s, because the last update was {age:.0f} s ago",
            )
        return None
    ends_at = context.scratch.setdefault("interval_ends_at", time.monotonic() + desired.wait_timeout)
    while True:
        last_update.lock(ends_at)
        fresh, left = _read_again(context, plan, last_update)
        if context.plan(fresh).action == "none":
            return fresh
        if left <= 0:
            return fresh if fresh.body.get("version") != (plan.before or {}).get("version") else None
        last_update.unlock()
        _fail_or_wait(context, plan, left, ends_at)


def record_update(context: Context) -> None:
    """Record that the object was updated just now, and release the lock for the next process."""
    last_update = context.scratch.get("last_update")
    if last_update is not None:
        last_update.record()
        last_update.unlock()


def check_default_folder(given: t.Mapping[str, t.Any], findings: Findings) -> None:
    """Report a task that needs the default of C(state_path), which the user's missing home leaves open."""
    if not given.get("min_update_interval") or given.get("state_path") or given.get("state") == "validated":
        return
    try:
        state_folder(None)
    except RuntimeError:
        findings.problem(
            "state_path",
            "is required, because its default is in the home directory, and the user who runs the task has "
            "none: HOME is not set, and the user has no passwd entry. Give it, or set GENESYS_STATE_PATH",
        )


def _last_update(context: Context, plan: Plan) -> LastUpdate:
    """Return the task's one LastUpdate of the object; its lock ends with the task at the latest."""
    if "last_update" not in context.scratch:
        folder = state_folder(context.desired.state_path)
        last_update = LastUpdate(
            folder, str(context.organization["id"]), str((plan.before or {})["id"]), context.findings
        )
        context.exit_stack.callback(last_update.unlock)
        context.scratch["last_update"] = last_update
    return t.cast("LastUpdate", context.scratch["last_update"])


def _read_again(context: Context, plan: Plan, last_update: LastUpdate) -> tuple[RemoteObject, float]:
    """Return the current object and the rest of its interval [s], 0 or less if the interval is over."""
    object_id = (plan.before or {})["id"]
    response = context.resource.endpoint.read_item(context.client, object_id)
    if response is None:
        raise NotFound(f"The {context.resource.title} {name_of(plan)!r} was removed by a concurrent change.")
    fresh = parse_object(context.resource, response, "GET", context.resource.endpoint.path_of(object_id))
    ages = [age for age in (last_update.age(), _age(fresh, response.date)) if age is not None]
    return fresh, context.desired.min_update_interval - min(ages) if ages else 0.0


def _age(fresh: RemoteObject, date: str | None) -> float | None:
    """Return the seconds since the object was modified, by the server's clock; None without both dates."""
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


def _fail_or_wait(context: Context, plan: Plan, left: float, ends_at: float) -> None:
    """Sleep until the interval is over, or raise UpdateTooSoon; C(left) is in seconds."""
    desired = context.desired
    interval = desired.min_update_interval
    problem = (
        f"The {context.resource.title} {name_of(plan)!r} was updated {max(interval - left, 0):.0f} s ago, "
        f"and min_update_interval asks for {interval:g} s between two updates; nothing was written."
    )
    if desired.on_too_soon != "wait":
        raise UpdateTooSoon(
            f"{problem} Run again in {left:.0f} s, or set on_too_soon to wait.", seconds_left=round(left, 3)
        )
    pause = left + random.uniform(0, _JITTER)
    if time.monotonic() + pause > ends_at:
        raise UpdateTooSoon(
            f"{problem} The remaining {left:.0f} s are more than wait_timeout ({desired.wait_timeout:g} s) "
            "allows: raise it, or run again later.",
            seconds_left=round(left, 3),
        )
    sleep(pause)
    context.result_fields["waited_seconds"] = round(
        context.result_fields.get("waited_seconds", 0.0) + pause, 3
    )


class LastUpdate:
    """The record of one object's last update and its lock.

    They are the files C(ORG_OBJECT.json) and C(ORG_OBJECT.lock) of a folder. The folder is created with mode
    0700, the files with 0600. Warnings go to C(findings).
    """

    def __init__(self, folder: pathlib.Path, organization: str, identifier: str, findings: Findings) -> None:
        self._folder = folder
        self._object = {"organization": organization, "id": identifier}
        name = f"{quote(organization)}_{quote(identifier)}"
        self._file = folder / f"{name}.json"
        self._lock_file = folder / f"{name}.lock"
        self._findings = findings
        self._lock_fd: int | None = None

    def lock(self, ends_at: float) -> None:
        """Get the lock that excludes other processes; do nothing if this object has it already.

        Raise DeadlineExceeded at C(ends_at) (monotonic clock), InputError when the folder cannot be used.
        """
        if self._lock_fd is not None:
            return
        self._make_folder()
        try:
            self._lock_fd = open_own_file(self._lock_file, os.O_RDWR | os.O_CREAT, OTHERS_WRITE)
            while not _try_lock(self._lock_fd):
                if time.monotonic() >= ends_at:
                    self.unlock()
                    raise DeadlineExceeded(
                        "Another process on this host still held the lock of the same object after "
                        f"wait_timeout: {self._lock_file}. Nothing was written: run again later."
                    )
                sleep(_PAUSE * random.uniform(0.5, 1.5))
        except OSError as error:
            self.unlock()
            self._warn(
                self._lock_file, f"cannot be locked ({error.strerror})", "other processes are not excluded"
            )

    def unlock(self) -> None:
        """Release the lock, if this object has it."""
        if self._lock_fd is not None:
            os.close(self._lock_fd)
            self._lock_fd = None

    def age(self) -> float | None:
        """Return the seconds since this host last updated the object, None without a valid record."""
        try:
            updated_at = self._read()
        except FileNotFoundError:
            return None
        except OSError as error:
            self._warn(self._file, f"cannot be read ({error.strerror})")
            return None
        except ValueError as error:
            self._warn(self._file, str(error))
            return None
        age = time.time() - updated_at
        if age < -_CLOCK_STEP:
            self._warn(self._file, f"is dated {-age:.0f} s ahead of this host's clock")
            return None
        return max(0.0, age)

    def record(self) -> None:
        """Record an update just now. A failure only warns, because the update was already made."""
        content = json.dumps({**self._object, "updated_at": time.time()})
        try:
            self._make_folder()
            replace_private_file(self._file, content)
        except OSError as error:
            self._warn(self._file, f"cannot be written ({error.strerror})", "this update is not recorded")
        except InputError as error:
            self._findings.warn("state_path", f"{error}; this update is not recorded")

    def _make_folder(self) -> None:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            refuse_open_folder(self._folder)
            reason = "" if os.access(self._folder, os.W_OK | os.X_OK) else "it is not writable"
        except OSError as error:
            reason = error.strerror or "it cannot be created"
        if reason:
            self._refuse_folder(reason)

    def check_folder(self) -> None:
        """Check that the folder can be used, without creating it. Raise InputError if it cannot."""
        try:
            check_new_file(self._folder / self._file.name)
        except OSError as error:
            self._refuse_folder(error.strerror or "it cannot be created")

    def _refuse_folder(self, reason: str) -> t.NoReturn:
        findings = Findings()
        findings.problem(
            "state_path", f"the folder {str(self._folder)!r} cannot be used ({reason}): give another one"
        )
        raise InputError(findings)

    def _read(self) -> float:
        """Return the time of the record [s since the epoch]; raise ValueError with what makes it invalid."""
        file = open_own_file(self._file, os.O_RDONLY, OTHERS_WRITE)
        try:
            text = os.read(file, _MOST_BYTES)
        finally:
            os.close(file)
        try:
            content = json.loads(text)
        except (ValueError, RecursionError):
            raise ValueError("is damaged") from None
        updated_at = content.get("updated_at") if isinstance(content, dict) else None
        if (
            not isinstance(updated_at, (int, float))
            or isinstance(updated_at, bool)
            or not math.isfinite(updated_at)
            or {key: content.get(key) for key in self._object} != self._object
        ):
            raise ValueError("is not a record of this object's last update")
        return float(updated_at)

    def _warn(self, path: pathlib.Path, problem: str, effect: str = "it is ignored") -> None:
        self._findings.warn(
            "state_path", f"{str(path)!r} {problem}: {effect}, and only the date that the API gives counts"
        )


def _try_lock(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
