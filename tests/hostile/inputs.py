# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Malformed arguments through the C(main) of every module, in either lane: an error, never a traceback.

A task whose input has problems must send no request.
"""

from __future__ import annotations

import os
import typing as t

from simulator.process import running
from unit.org.conftest import stored_flow, stored_schema

from .clients import LANES, Outcome, call, free_memory
from .malformed import Malformed, api_of, malformed
from .orgs import Org, new_org
from .rows import Bench

#: A case that takes longer [s] hangs, unless a wrong value is an option with which it may wait.
LIMIT = 5.0
FRESH_ORG = 500  # cases


def prepared(simulator: t.Any) -> dict[str, Org]:
    """Return an org of each API."""
    org = new_org(simulator)
    org.seed([stored_flow("Flow 0")], "flows")
    org.seed([stored_schema("object-0")], "customobjects")
    return {"reference": org, "platform": new_org(simulator, api="platform")}


def faults_of(given: Malformed, outcome: Outcome, requests: int) -> t.Iterator[str]:
    if outcome.exception:
        yield f"{given}\n{outcome.exception}"
    elif outcome.timed_out and not given.may_wait:
        yield f"{given}: no end within {LIMIT:g} s"
    elif outcome.failed and not outcome.timed_out and not outcome.message.strip():
        yield f"{given}: failed without a message"
    if (outcome.result or {}).get("problems") and requests:
        yield f"{given}: {requests} requests in spite of {outcome.result['problems']}"


def run(bench: Bench, cases: t.Sequence[int]) -> t.Iterator[tuple[int, str]]:
    os.chdir(bench.folder)
    os.environ["HOME"] = str(bench.folder)
    with running() as simulator:
        orgs = prepared(simulator)
        for done, case in enumerate(cases):
            bench.begin(case)
            if done % FRESH_ORG == FRESH_ORG - 1:
                orgs = prepared(simulator)
                free_memory()
            org = orgs[api_of(case)]
            chance = bench.chance("inputs", case)
            limits = {"timeout": 2, "deadline": 2, "retries": 0, "list_lag": 0}
            given = malformed(case, chance, {**org.token_connection(0), **limits})
            before = len(org.log()) if case % 10 == 0 else 0
            outcome = call(
                given.module,
                given.arguments,
                lane=chance.choice(LANES),
                check_mode=chance.random() < 0.5,
                limit=LIMIT,
            )
            requests = len(org.log()) - before if case % 10 == 0 else 0
            yield from ((case, text) for text in faults_of(given, outcome, requests))
