# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Eight writers that update one object at the same time, some of whom roll their update back.

Each writer owns one part of the object. The server's log has every accepted write. A write that changes
the parts of two writers has reverted the change of one of them. At the end, each part must have the value
that the result of its writer's last task promised.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import pathlib
import random
import typing as t

from simulator.process import running
from unit import platform_kinds

from .clients import LANES, at_once, call
from .conflict_kinds import KINDS, WRITERS, Kind, Part
from .orgs import Org, new_org
from .rows import Bench

UPDATES = 5
#: Messages about too many conflicts. Such a task has failed, but lost nothing.
REFUSALS = ("changed between read and write", "changed since it was read")


@dataclasses.dataclass
class Told:
    """The results of one writer: the revisions that its part may have now, and the faults."""

    possible: set[int | None]
    faults: list[str] = dataclasses.field(default_factory=list)
    succeeded: int = 0


def write(
    org: Org, kind: Kind, stored: dict[str, t.Any], writer: int, folder: pathlib.Path, seed: str
) -> Told:
    """Update the part of one writer several times. Roll a fourth of the updates back from its journal."""
    chance, part, told = random.Random(f"{seed}/{writer}"), kind.parts[writer], Told({None})
    connection = {**org.connection_of(writer), "deadline": 30}
    for revision in range(1, UPDATES + 1):
        before, journal = told.possible, str(folder / f"{seed.replace('/', '-')}-{writer}-{revision}.jsonl")
        given = {**kind.identity(stored), **part.declare(revision), **kind.more, "on_conflict": "overwrite"}
        lane = chance.choice(LANES)
        outcome = call(kind.module, {**connection, **given, "journal": journal}, lane=lane)
        if outcome.exception or outcome.timed_out:
            told.faults.append(f"writer {writer}: {outcome.exception or 'no end'}")
        if outcome.failed:
            told.possible = {*before, revision}
            if not any(words in outcome.message for words in REFUSALS):
                told.faults.append(f"writer {writer}, revision {revision} failed: {outcome.message}")
            continue
        told.succeeded += 1
        told.possible = {revision}
        if chance.random() < 0.25:
            rollback = {**connection, "state": "rolled_back", "journal": journal, "wait": False}
            undone = call("genesys_org_config", rollback, lane=lane)
            if undone.exception or undone.timed_out:
                told.faults.append(f"writer {writer}, rollback: {undone.exception or 'no end'}")
            told.possible = {*before, revision} if undone.failed else before
    return told


def value_at(kind: Kind, stored: dict[str, t.Any], part: Part) -> t.Any:
    """Return the value of a part in a stored object, None if it has none."""
    value: t.Any = stored
    for key in part.path:
        if isinstance(value, list):  # the indexes of a schema
            value = next((entry for entry in value if entry.get("name") == key), None)
        else:
            value = value.get(key) if isinstance(value, dict) else None
    return value


def accepted(org: Org, kind: Kind) -> list[dict[str, t.Any]]:
    """Return the object after each accepted write, by the bodies of the requests."""
    return [
        kind.seen(entry["body"])
        for entry in org.log()
        if entry["method"] in ("PUT", "PATCH")
        and entry["status"] == 200
        and not entry["path"].endswith("/token")
    ]


def lost_updates(
    kind: Kind, first: dict[str, t.Any], bodies: t.Sequence[dict[str, t.Any]]
) -> t.Iterator[str]:
    """Yield each accepted write that changed the parts of several writers."""
    now = {part.path: value_at(kind, first, part) for part in kind.parts}
    for number, body in enumerate(bodies):
        changed = []
        for part in kind.parts:
            if not kind.mentions(body, part.path):
                continue
            value = value_at(kind, body, part)
            if value != now[part.path]:
                changed.append((part.path, now[part.path], value))
                now[part.path] = value
        if len(changed) > 1:
            yield f"write {number} changed the parts of several writers: {changed}"


def shown_value(
    kind: Kind, part: Part, stored: dict[str, t.Any], first: dict[str, t.Any], revision: int | None
) -> bool:
    """Return whether the part of the stored object has the value of a revision, None for the first one."""
    value = value_at(kind, stored, part)
    if revision is None:
        return bool(value == value_at(kind, first, part))
    if part.path == ("conditions",):
        return bool(value) and str(revision) in str(value[0].get("expression", value[0]))
    return bool(value == part.stored(revision))


def run(bench: Bench, cases: t.Sequence[int]) -> t.Iterator[tuple[int, str]]:
    with contextlib.ExitStack() as stack:
        simulator = stack.enter_context(running())
        for case in cases:
            bench.begin(case)
            kind = KINDS[case % len(KINDS)]
            org = new_org(simulator, WRITERS, platform_kinds.profile_of(kind.collection))
            first = org.seed([kind.make()], kind.collection)[0]
            seed = f"{bench.seed}/conflicts/{case}"
            works = [
                functools.partial(write, org, kind, first, writer, bench.folder, seed)
                for writer in range(WRITERS)
            ]
            told = at_once(works)
            last = org.objects(kind.collection)[0]
            for one in told:
                yield from ((case, f"{kind.collection}: {text}") for text in one.faults)
            for text in lost_updates(kind, first, accepted(org, kind)):
                yield case, f"{kind.collection}: {text}"
            for writer, one in enumerate(told):
                part = kind.parts[writer]
                if not any(shown_value(kind, part, last, first, revision) for revision in one.possible):
                    yield (
                        case,
                        (
                            f"{kind.collection}: the part {part.path} of writer {writer} is "
                            f"{value_at(kind, last, part)!r}, not of revision {one.possible}"
                        ),
                    )
            if not any(one.succeeded for one in told):
                yield case, f"{kind.collection}: no update succeeded"
