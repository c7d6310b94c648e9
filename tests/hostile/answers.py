# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Wrong-typed and damaged answers to every request of every module: C(hostile_cases) makes them."""

from __future__ import annotations

import itertools
import types
import typing as t

from hostile_cases.answer_scenarios import scenarios
from hostile_cases.wrong_answers import Case, Recording, cases, play, record, replaying
from simulator.process import running
from unit.scripted_server import Answer

from .clients import free_memory
from .orgs import new_org
from .rows import Bench

_HTML = b"<html><head><title>502 Bad Gateway</title></head><body>" + b"<title>" * 300 + b"</body></html>"
_ETAGS = ("", '"', "W/", 'W/"x"', "x" * 5000, '"\xff"', "7", '"a", "b"', "*", "\t")
_ENCODINGS = ("gzip", "deflate", "br", "identity", "gzip, gzip", "\xff")
_TYPES = ("text/html", "application/xml", "application/json; charset=utf-16", "", "x" * 300)


def damaged(answer: Answer) -> t.Iterator[Answer]:
    """Yield the answer with damage to its bytes or headers."""
    content = answer.content()
    for body in (
        content[: len(content) // 2],
        content[:-1],
        content + content,
        content + b"\x00",
        b"\xef\xbb\xbf" + content,
        content.replace(b'"', b"'"),
        content.replace(b"e", b"\xff"),
        content.decode("utf-8", "replace").encode("utf-16"),
        b"[" * 100_000,
        b'{"id": ' + b"9" * 5000 + b"}",
        b'{"entities": [' + b"[" * 900 + b"]" * 900 + b"]}",
        _HTML,
        b"",
        b"\x1f\x8b\x08\x00",
    ):
        yield Answer(answer.status, body, answer.headers)
    for name, values in (("ETag", _ETAGS), ("Content-Encoding", _ENCODINGS), ("Content-Type", _TYPES)):
        for value in values:
            yield Answer(answer.status, answer.body, {**answer.headers, name: value})
    for status in (200, 201, 202, 204, 206, 302, 304, 400, 404, 409, 412, 418, 422, 428):
        for body in (_HTML, b"[]", b'{"message": 7, "code": [], "details": {"x": 1}, "errors": "x"}'):
            yield Answer(status, body, answer.headers)


def all_cases(recording: Recording) -> t.Iterator[Case]:
    yield from cases(recording)
    for number, (_method, _path, answer) in enumerate(recording.answers):
        yield from (Case(number, None, wrong) for wrong in damaged(answer))


def interleaved(recordings: t.Sequence[Recording]) -> list[tuple[Recording, Case]]:
    """Return all cases of all recordings, in turn, so that every part has cases of every kind."""
    parts = [[(recording, case) for case in all_cases(recording)] for recording in recordings]
    turns = itertools.zip_longest(*parts)
    return [pair for turn in turns for pair in turn if pair is not None]


def run(bench: Bench, numbers: t.Sequence[int]) -> t.Iterator[tuple[int, str]]:
    """Run the cases with these numbers. If there are more cases than numbers, they are spread over all."""
    with running() as simulator:
        recordings = [
            record(_recorded(new_org(simulator, api=scenario.api)), scenario) for scenario in scenarios()
        ]
    pairs = interleaved(recordings)
    bench.chance("answers", 0).shuffle(pairs)
    with replaying() as server:
        for number in numbers:
            bench.begin(number)
            recording, case = pairs[number % len(pairs)]
            yield from ((number, text) for text in play(server, recording, case))
            if number % 200 == 0:
                free_memory()


def _recorded(org: t.Any) -> t.Any:
    """Return an org with what the scenarios need of the fixture C(org)."""

    def named(name: str, kind: str) -> dict[str, t.Any]:
        (found,) = [one for one in org.objects(kind) if one["name"] == name]
        return found

    connection = org.connection
    return types.SimpleNamespace(
        simulator=org.simulator,
        key=org.key,
        id=org.id,
        base_url=connection["base_url"],
        client_id=connection["client_id"],
        client_secret=connection["client_secret"],
        connection=connection,
        seed=org.seed,
        objects=org.objects,
        named=named,
    )
