# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Wrong-typed and damaged answers of an org, made from real ones, and a run of a module against each.

    recording = record(org, scenario)      # the module runs against the simulator
    with replaying() as server:
        for case in cases(recording):
            assert play(server, recording, case) == []

A case changes one value in one answer. The server replays the recorded answers, and the module runs again
through its real `main()`. It must end with a result, without a traceback and without a write to an object
that the recorded run did not write.
"""

from __future__ import annotations

import contextlib
import copy
import dataclasses
import json
import ssl
import tempfile
import traceback
import typing as t
import urllib.parse
from unittest import mock

import httpx

from ansible_collections.genesys.cloud.plugins.module_utils._engine import lookup, verify, write_request
from ansible_collections.genesys.cloud.plugins.module_utils._resources.data_action import platform_parts
from ansible_collections.genesys.cloud.plugins.module_utils._resources.integration import platform
from ansible_collections.genesys.cloud.plugins.module_utils._retry_policy import Backoff, RetryPolicy
from unit.module_runner import run_module
from unit.scripted_server import Answer, ReceivedRequest, ScriptedServer

Path = tuple[str | int, ...]

#: In the place of a value: the answer lacks its key.
MISSING = object()
_STATE = tempfile.TemporaryDirectory(prefix="wrong-answers-")
#: Shared by all recordings, because a context takes longer than a recording.
_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
OTHER_ID = "00000000-0000-4000-8000-000000000000"
_DEEP = b'{"a":' * 450 + b"1" + b"}" * 450

WRONG_VALUES: tuple[t.Any, ...] = (
    MISSING, None, True, 0, -1, 1.5, 10**30, "", "x", OTHER_ID, "\x1b[2J\u202e", [], [None], [["x"]], {},
    {"x": None}, {"id": 7, "name": [], "type": {}},
)  # fmt: skip

#: Whole answers in the place of a success.
WRONG_ANSWERS: tuple[Answer, ...] = (
    Answer(204),
    Answer(202, b""),
    Answer(200, b"[]"),
    Answer(200, b"{}"),
    Answer(200, b"null"),
    Answer(200, b'"text"'),
    Answer(200, _DEEP),
    Answer(200, b'{"entities": ' + _DEEP + b', "id": "x"}'),
    Answer(200, b'{"entities": [], "id": "\\ud800", "name": "\\udfff"}'),
    Answer(200, b'{"entities": [NaN], "id": "x", "version": NaN}'),
    Answer(200, b'{"entities": [1e999], "id": "x", "version": -Infinity}'),
)


@dataclasses.dataclass(frozen=True)
class Scenario:
    """A task for one module, the API of its org, and the objects that the org has before."""

    name: str
    module: str
    options: dict[str, t.Any]
    seed: t.Callable[[t.Any], None] = lambda org: None
    check_mode: bool = False
    api: str = "reference"


@dataclasses.dataclass(frozen=True)
class Recording:
    """The answers to the requests of one run, in their order, and the paths that it wrote to."""

    scenario: Scenario
    options: dict[str, t.Any]
    answers: tuple[tuple[str, str, Answer], ...]
    written: frozenset[str]


@dataclasses.dataclass(frozen=True)
class Case:
    """A changed value: the number of the answer, the path of the value, and the value in its place.

    Without a path, the whole answer is replaced.
    """

    answer: int
    path: Path | None
    value: t.Any

    def __str__(self) -> str:
        value = "missing" if self.value is MISSING else repr(self.value)
        return f"answer {self.answer}, {self.path}: {value[:80]}"


def record(org: t.Any, scenario: Scenario) -> Recording:
    """Run the scenario against an org of the simulator and return its recording."""
    scenario.seed(org)
    options = {name: value(org) if callable(value) else value for name, value in scenario.options.items()}
    answers: list[tuple[str, str, Answer]] = []
    simulated = httpx.Client(base_url=org.base_url, verify=_TLS, trust_env=False)
    with ScriptedServer() as server, simulated as simulator:
        credentials = {"grant_type": "client_credentials"}
        reply = simulator.post("/oauth/token", data=credentials, auth=(org.client_id, org.client_secret))
        token = reply.json()["access_token"]

        def forward(request: ReceivedRequest) -> Answer:
            wanted = ("if-match", "content-type", "accept")
            headers = {name: value for name, value in request.headers.items() if name in wanted}
            reply = simulator.request(
                request.method,
                request.path,
                params=request.query,
                content=request.body,
                headers={**headers, "Authorization": f"Bearer {token}"},
            )
            kept = {name: reply.headers[name] for name in ("ETag",) if name in reply.headers}
            is_json = reply.headers.get("content-type", "").startswith("application/json")
            answer = Answer(reply.status_code, reply.json() if is_json else reply.content, kept)
            answers.append((request.method, request.path, answer))
            return answer

        server.respond(forward)
        result = run_module(scenario.module, {**_connection(server, scenario), **options}, environ=_environ())
    assert not result.get("failed"), result
    written = frozenset(path for method, path, _answer in answers if method in ("PUT", "PATCH", "DELETE"))
    return Recording(scenario, options, tuple(answers), written)


def cases(recording: Recording) -> t.Iterator[Case]:
    """Yield every case of a recording."""
    for number, (_method, _path, answer) in enumerate(recording.answers):
        for whole in WRONG_ANSWERS:
            yield Case(number, None, whole)
        for path in _paths(answer.body):
            for value in WRONG_VALUES:
                yield Case(number, path, value)


def token_cases() -> t.Iterator[Answer]:
    """Yield wrong answers to the request for a token."""
    yield from WRONG_ANSWERS
    right = {"access_token": "token-1", "token_type": "bearer", "expires_in": 3600, "scope": "a b"}
    for path in _paths(right):
        for value in WRONG_VALUES:
            yield Answer(200, changed(right, path, value))


@contextlib.contextmanager
def replaying() -> t.Iterator[ScriptedServer]:
    """Run the server that C(play) uses. Waits for an API that lags are short, because nothing changes."""
    few = RetryPolicy(attempts=2, backoff=Backoff(first=0.001))
    with (
        mock.patch.object(verify, "CATCH_UP", 0.1),
        mock.patch.object(write_request, "NOT_YET_KNOWN", few),
        mock.patch.object(platform, "CREATED_OBJECT", few),
        mock.patch.object(platform_parts, "CREATED_OBJECT", few),
        mock.patch.object(lookup, "CREATED_OBJECT", few),
        ScriptedServer() as server,
    ):
        yield server


def play(server: ScriptedServer, recording: Recording, case: Case) -> list[str]:
    """Run the module against the answers of a case. Return its faults."""
    answers = list(recording.answers)
    method, path, answer = answers[case.answer]
    wrong = case.value
    if case.path is not None:
        wrong = dataclasses.replace(answer, body=changed(answer.body, case.path, case.value))
    answers[case.answer] = (method, path, wrong)
    server.respond(_Replay(answers))
    server.calls.clear()
    options = _impatient(recording.options)
    connection = {**_connection(server, recording.scenario), "deadline": 0.3}
    faults = traceback_of(recording.scenario, {**connection, **options})
    allowed = set(recording.written)
    if case.path and case.path[-1] == "id" and len(case.path) > 1 and isinstance(case.value, str):
        # A list gives the object of a name another id, so this is the object that the task means.
        allowed |= {f"{path}/{urllib.parse.quote(case.value, safe='')}" for _m, path, _a in recording.answers}
    if method == "POST" and wrong.status == 409 and isinstance(answer.body, dict):
        # The name is taken, so the object that lists show under it is the one that the task means.
        allowed.add(f"{path}/{answer.body.get('id')}")
    for call in server.calls:
        if call.method in ("PUT", "PATCH", "DELETE") and call.path not in allowed:
            faults.append(f"wrote {call.method} {call.path}")
    return [f"{recording.scenario.name}, {case}: {fault}" for fault in faults]


def traceback_of(scenario: Scenario, options: dict[str, t.Any]) -> list[str]:
    """Run the scenario's module. Return the traceback, if there is one."""
    try:
        result = run_module(scenario.module, options, check_mode=scenario.check_mode, environ=_environ())
    except Exception:
        return [traceback.format_exc(limit=-4)]
    text = json.dumps(result)
    return [text[-2000:]] if "Traceback" in text or "exception" in result else []


def changed(body: t.Any, path: Path, value: t.Any) -> t.Any:
    """Return a copy of an answer with another value at a path."""
    if not path:
        return {} if value is MISSING else value
    body = copy.deepcopy(body)
    place = body
    for key in path[:-1]:
        place = place[key]
    if value is MISSING:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return body


def _paths(body: t.Any, above: Path = ()) -> t.Iterator[Path]:
    """Yield the path of every value in an answer, of structures and of plain values."""
    entries = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    for key, value in entries:
        yield (*above, key)
        yield from _paths(value, (*above, key))


def _impatient(options: t.Any) -> t.Any:
    """Return options with short waits, at any depth."""
    if isinstance(options, dict):
        return {key: 0.1 if key == "wait_timeout" else _impatient(entry) for key, entry in options.items()}
    return [_impatient(entry) for entry in options] if isinstance(options, list) else options


class _Replay:
    """A responder with recorded answers: those to one method and path in their order, the last one again."""

    def __init__(self, answers: t.Iterable[tuple[str, str, Answer]]) -> None:
        self._answers: dict[tuple[str, str], list[Answer]] = {}
        for method, path, answer in answers:
            self._answers.setdefault((method, path), []).append(answer)

    def __call__(self, request: ReceivedRequest) -> Answer:
        known = self._answers.get((request.method, request.path))
        if not known:
            return Answer(404, {"message": "not found", "code": "not.found", "status": 404})
        return known.pop(0) if len(known) > 1 else known[0]


def _environ() -> dict[str, str]:
    """Return the environment of a run: its memory of secrets is not that of the user."""
    return {"GENESYS_STATE_PATH": _STATE.name}


def _connection(server: ScriptedServer, scenario: Scenario) -> dict[str, t.Any]:
    return {
        "base_url": server.base_url,
        "api_profile": scenario.api,
        "client_id": "client-4711",
        "client_secret": "s3cr3t-5f0d",
        "retries": 0,
        "timeout": 5,
        "deadline": 20,
    }
