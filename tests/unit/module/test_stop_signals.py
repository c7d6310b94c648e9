# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signals that stop a task while its main thread writes: the result, the handlers, and the audit log."""

from __future__ import annotations

import json
import os
import pathlib
import signal
import threading
import time
import typing as t

import pytest

from ansible_collections.genesys.cloud.plugins.module_utils._module.stop_signals import stopped_by_signals
from ansible_collections.genesys.cloud.plugins.module_utils._reporting import audit_log
from ansible_collections.genesys.cloud.plugins.module_utils._runtime import Stopped, signals_deferred
from integration.stops import appends_blocked
from unit.module_runner import run_module
from unit.org.conftest import purpose

SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


@pytest.fixture
def handlers() -> t.Iterator[None]:
    """Restore the handlers of the signals after the test."""
    before = {number: signal.getsignal(number) for number in SIGNALS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", SIGNALS)
@pytest.mark.usefixtures("handlers")
def test_the_first_signal_ends_the_run_and_others_do_not_disturb_its_end(number):
    signal.signal(number, signal.SIG_DFL)
    with pytest.raises(Stopped) as stop, stopped_by_signals():
        try:
            os.kill(os.getpid(), number)
            pytest.fail("the signal was ignored")
        finally:
            for other in SIGNALS:
                os.kill(os.getpid(), other)
            ended = True
    assert ended and stop.value.name == signal.Signals(number).name
    assert signal.getsignal(number) is signal.SIG_DFL


@pytest.mark.usefixtures("handlers")
def test_the_handler_of_the_process_is_called_at_the_end():
    """A worker of ansible-playbook ends in its handler."""
    calls: list[str] = []
    signal.signal(signal.SIGTERM, lambda *_arguments: calls.append("handler"))
    with pytest.raises(Stopped), stopped_by_signals():
        try:
            os.kill(os.getpid(), signal.SIGTERM)
        finally:
            calls.append("end of the run")
    assert calls == ["end of the run", "handler"]


@pytest.mark.usefixtures("handlers")
def test_ctrl_c_of_a_process_without_a_handler_of_its_own():
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with pytest.raises(KeyboardInterrupt), stopped_by_signals():
        os.kill(os.getpid(), signal.SIGINT)


@pytest.mark.usefixtures("handlers")
def test_ignored_signals_stay_ignored():
    """A process that nohup starts, or a shell in the background, ignores some signals."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    with stopped_by_signals():
        for number in SIGNALS:
            os.kill(os.getpid(), number)


def test_a_thread_without_signals_runs_unchanged():
    results: list[int] = []

    def run() -> None:
        with stopped_by_signals():
            results.append(1)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert results == [1]


@pytest.mark.parametrize("in_other_thread", [False, True])
def test_signals_are_deferred(in_other_thread):
    """The kernel may give a signal to any thread. Python runs its handler in the main thread."""
    end, done = threading.Event(), False
    other = threading.Thread(target=end.wait)
    other.start()
    thread = other if in_other_thread else threading.main_thread()
    try:
        with pytest.raises(Stopped), stopped_by_signals(), signals_deferred():
            signal.pthread_kill(t.cast("int", thread.ident), signal.SIGTERM)
            time.sleep(0.05)  # the test also passes if the signal comes later
            done = True
    finally:
        end.set()
    assert done


def test_a_deferred_signal_replaces_an_error():
    with pytest.raises(Stopped), stopped_by_signals(), signals_deferred():
        os.kill(os.getpid(), signal.SIGTERM)
        raise OSError


@pytest.mark.usefixtures("handlers")
def test_a_signal_at_the_lock_of_the_audit_log(org, tmp_path, monkeypatch):
    """The write is confirmed, its line waits for another process, and then SIGTERM arrives."""
    log = tmp_path / "audit.jsonl"
    log.touch(0o600)
    waits = threading.Event()
    append = audit_log.append

    def noted(file: int, lines: bytes) -> None:
        waits.set()
        append(file, lines)

    monkeypatch.setattr(audit_log, "append", noted)

    def stop() -> None:
        with appends_blocked(log):
            waits.wait()
            time.sleep(0.05)  # the test also passes if the line does not wait for the lock yet
            os.kill(os.getpid(), signal.SIGTERM)

    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    thread = threading.Thread(target=stop)
    thread.start()
    result = run_module("genesys_privacy_purpose", {**org.connection, **purpose("A"), "audit_log": str(log)})
    thread.join()
    assert result["failed"] and result["changed"] is True
    assert "stopped by SIGTERM before it ended. Writes that took effect: 1, " in result["msg"]
    lines = [json.loads(line) for line in pathlib.Path(log).read_text("utf-8").splitlines()]
    assert [(line["name"], line["status"], line["changed"]) for line in lines] == [("A", "applied", True)]


@pytest.mark.usefixtures("handlers")
def test_a_signal_before_any_write(org, tmp_path):
    """The first read hangs until the signal arrives."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    org.fault(method="GET", path="/api/*", delay=600)

    def stop() -> None:
        while not org.log():
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGTERM)

    thread = threading.Thread(target=stop)
    thread.start()
    result = run_module(
        "genesys_privacy_purpose", {**org.connection, **purpose("A"), "timeout": 300, "deadline": 600}
    )
    thread.join()
    assert result["failed"] and result["changed"] is False
    assert result["msg"] == (
        "The task was stopped by SIGTERM before it ended. Nothing was written. Run the task again."
    )
