# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets through C(main) in both lanes: output, syslog and files must not have them.

A third of the cases meets a server that quotes the whole request in its errors.
"""

from __future__ import annotations

import os
import shutil
import syslog
import tempfile
import typing as t

from ansible.module_utils import basic

from simulator.process import running
from unit.scripted_server import Answer, ReceivedRequest, ScriptedServer

from .clients import LANES, call, free_memory
from .orgs import Org, new_org
from .rows import Bench
from .secret_cases import secret_case, secrets_in_files, shown_secret

FRESH_ORG = 100  # cases


def quoting(request: ReceivedRequest) -> Answer:
    """Answer with an error that quotes headers, path and body of the request."""
    body = request.body.decode(errors="replace")
    quoted = f"{request.method} {request.path} {request.query} {request.headers} {body}"
    details = [{"fieldName": quoted, "errorCode": quoted}]
    return Answer(
        400,
        {"message": quoted, "code": "bad.request", "status": 400, "details": details, "errors": [quoted]},
        {"ININ-Correlation-Id": quoted.encode("ascii", "replace").decode()[:500]},
    )


def connection_of(org: Org, server: ScriptedServer, quotes: bool) -> dict[str, t.Any]:
    limits = {"timeout": 2, "deadline": 2, "retries": 0, "list_lag": 0}
    given = {**org.connection_of(0), **limits}
    if quotes:
        given |= {"base_url": server.base_url}
        del given["organization"]
    return given


def run(bench: Bench, cases: t.Sequence[int]) -> t.Iterator[tuple[int, str]]:
    lines: list[str] = []
    syslog.syslog = lambda *given: lines.append(str(given))  # type: ignore[assignment]
    basic.has_journal = False
    home = bench.folder / "home"
    home.mkdir()
    os.environ |= {"HOME": str(home), "TMPDIR": str(home)}
    tempfile.tempdir = str(home)
    with running() as simulator, ScriptedServer() as server:
        server.respond(quoting)
        org = new_org(simulator)
        for done, case in enumerate(cases):
            bench.begin(case)
            if done % FRESH_ORG == FRESH_ORG - 1:
                org = new_org(simulator)
                free_memory()
            lines.clear()
            shutil.rmtree(home)
            home.mkdir()
            os.chdir(home)
            label, module, given = secret_case(case)
            arguments = {**connection_of(org, server, quotes=case % 3 == 0), **given}
            for lane in LANES:
                outcome = call(module, arguments, lane=lane, check_mode=case % 2 == 0, limit=30)
                for place, text in (("output", outcome.text), ("syslog", str(lines))):
                    found = shown_secret(text)
                    if found is not None:
                        yield case, f"{label}, {module}, {lane} lane, {place}: {found}"
                if outcome.exception:
                    yield case, f"{label}, {module}, {lane} lane: {outcome.exception}"
                yield from ((case, f"{label}, {lane} lane, file {text}") for text in secrets_in_files(home))
