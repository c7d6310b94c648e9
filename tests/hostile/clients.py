# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Callers of a module's real C(main) in this process, in either lane, and in forked processes at once."""

from __future__ import annotations

import contextlib
import dataclasses
import gc
import importlib
import json
import multiprocessing
import re
import signal
import time
import traceback
import typing as t

from ansible.errors import AnsibleError

from ansible_collections.genesys.cloud.plugins.module_utils._model.json_objects import is_unicode
from ansible_collections.genesys.cloud.plugins.module_utils._runtime import Runtime
from ansible_collections.genesys.cloud.plugins.plugin_utils._fast_lane_process import (
    encode_arguments,
    run_main,
)
from unit.module_runner import run_module, sent_arguments

LANES = ("module", "fast")
#: Time [s] after which a call counts as hanging. It may take a minute, and many run at once.
HANGING = 400.0
FORK = multiprocessing.get_context("fork")
#: Names of exceptions that no user should see. An exception that became a message is one too.
_EXCEPTION = re.compile(
    r"Traceback \(most recent|\b(?:Type|Attribute|Key|Index|Value|Recursion|Assertion|Overflow|Memory|Lookup|"
    r"ZeroDivision|NotImplemented|UnboundLocal|Unicode(?:Encode|Decode)|Name|Runtime|JSONDecode|OS|Validation)"
    r"Error\b(?!s)"
)


class TimeIsUp(BaseException):
    """The end of a call that took longer than its limit."""


@dataclasses.dataclass(frozen=True)
class Outcome:
    """The end of one call. C(result) is None if the module returned none, C(text) is all that it printed."""

    result: dict[str, t.Any] | None
    text: str
    seconds: float
    timed_out: bool = False

    @property
    def failed(self) -> bool:
        return self.result is None or bool(self.result.get("failed"))

    @property
    def message(self) -> str:
        return str((self.result or {}).get("msg", ""))

    @property
    def exception(self) -> str | None:
        """Return the traceback, or the name of an exception, that a user would see; None if there is none."""
        if self.timed_out:
            return None
        if self.result is None:
            return self.text[-3000:]
        if "exception" in self.result:
            return json.dumps(self.result["exception"])[-3000:]
        shown = {
            key: value for key, value in self.result.items() if key not in ("invocation", "diff", "record")
        }
        return found_exception(json.dumps(shown))


def found_exception(text: str) -> str | None:
    """Return the place in a text that shows an exception of Python, None if there is none."""
    found = _EXCEPTION.search(text)
    return None if found is None else text[max(0, found.start() - 300) : found.end() + 700]


def call(
    module: str,
    arguments: t.Mapping[str, t.Any],
    *,
    lane: str = "module",
    check_mode: bool = False,
    environ: t.Mapping[str, str] | None = None,
    limit: float = HANGING,
) -> Outcome:
    """Call a module as one lane does. End it after C(limit) [s]. No exception of the module gets out."""
    started = time.monotonic()
    try:
        with _limited(limit):
            if lane == "fast" and is_unicode(
                arguments
            ):  # the fast lane leaves other texts to the module lane
                text = _in_fast_lane(module, arguments, check_mode, environ or {})
            else:
                text = json.dumps(run_module(module, arguments, check_mode=check_mode, environ=environ))
        result = json.loads(text)
    except TimeIsUp:
        return Outcome(None, "", time.monotonic() - started, timed_out=True)
    except BaseException:
        result, text = None, traceback.format_exc()
    return Outcome(result, text, time.monotonic() - started)


def _in_fast_lane(
    name: str, arguments: t.Mapping[str, t.Any], check_mode: bool, environ: t.Mapping[str, str]
) -> str:
    main = importlib.import_module(f"ansible_collections.genesys.cloud.plugins.modules.{name}").main
    sent = sent_arguments(arguments, check_mode=check_mode)
    try:
        encoded = encode_arguments(name, sent)
    except AnsibleError as error:  # the action plugin fails with its message
        return json.dumps({"failed": True, "msg": str(error)})
    outcome = run_main(main, encoded, Runtime(dict(environ)), ".")
    if not outcome["stdout"].strip() or outcome["stderr"].strip():
        raise AssertionError(f"not one line of JSON: {outcome['stdout']!r} {outcome['stderr']!r}")
    return str(outcome["stdout"])


@contextlib.contextmanager
def _limited(seconds: float) -> t.Iterator[None]:
    def end(*_signal: object) -> None:
        raise TimeIsUp

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def free_memory() -> None:
    """Free what calls of genesys_org_config left, which exclude it from garbage collection."""
    gc.unfreeze()
    gc.collect()


class Fork:
    """A forked process that computes a value."""

    def __init__(self, work: t.Callable[[], t.Any]) -> None:
        self._receiver, sender = FORK.Pipe(duplex=False)
        self.process = FORK.Process(target=self._run, args=(work, sender))
        self.process.start()
        sender.close()

    @staticmethod
    def _run(work: t.Callable[[], t.Any], sender: t.Any) -> None:
        sender.send(work())
        sender.close()

    def value(self, limit: float = 2 * HANGING) -> t.Any:
        """Wait for the value. Raise RuntimeError if the process ended without one or takes too long."""
        try:
            if self._receiver.poll(limit):
                return self._receiver.recv()
        except EOFError:
            pass
        finally:
            self._receiver.close()
            if self.process.is_alive():
                self.process.join(2)
            self.process.kill()
            self.process.join()
        raise RuntimeError(f"a forked process ended with {self.process.exitcode} and without a value")


def at_once(works: t.Sequence[t.Callable[[], t.Any]], limit: float = 2 * HANGING) -> list[t.Any]:
    """Run all functions in forked processes that begin at the same time, and return their values."""
    barrier = FORK.Barrier(len(works))

    def together(work: t.Callable[[], t.Any]) -> t.Callable[[], t.Any]:
        def run() -> t.Any:
            barrier.wait(HANGING)
            return work()

        return run

    forks = [Fork(together(work)) for work in works]
    return [fork.value(limit) for fork in forks]
