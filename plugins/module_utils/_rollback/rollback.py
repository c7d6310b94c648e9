# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Undoes what a journal took down: kind by kind in reverse order, objects of a kind at the same time.

Private to the collection. The writes of one object are undone one after the other, the newest first. Every
undo is itself in the journal, so that one that was killed can be gone on with.
"""

from __future__ import annotations

import concurrent.futures
import typing as t

from .._http.client import Client
from .._journal.entry import Entry
from .._journal.journal import Journal
from .._model.resource import Resource
from .._progress import tell
from .._resources.registry import KINDS
from .current_state import UndoReader
from .object_rollback import Chain, Report, Undoing
from .outcome import Undone


def undo_all(
    client: Client,
    entries: t.Iterable[Entry],
    *,
    journal: Journal,
    check_mode: bool = False,
    threads: int = 8,
    wait_timeout: float = 300.0,
    report: Report | None = None,
) -> list[Undone]:
    """Undoes the entries, which are in the order in which the writes were made; what became of each object.

    C(journal) takes down the undos and must have begun; it may be the one that the entries are of. Errors are
    in the results, each ends the undo of its object alone. C(wait_timeout) (seconds) is for each rebuild.
    """
    undoing = Undoing(
        client=client, journal=journal, check_mode=check_mode, wait_timeout=wait_timeout, report=report
    )
    original = [entry for entry in entries if entry.undoes is None]
    results: list[Undone] = []
    with concurrent.futures.ThreadPoolExecutor(threads) as pool:
        for kind in reversed(KINDS):
            of_kind = [entry for entry in original if entry.resource.kind == kind.resource.kind]
            results += _undo_kind(undoing, kind.resource, of_kind, pool)
    return results


def _undo_kind(
    undoing: Undoing, resource: Resource, entries: list[Entry], pool: concurrent.futures.Executor
) -> list[Undone]:
    groups = [group for group in _linked(entries) if any(entry.is_pending for entry in group)]
    reader = UndoReader(undoing.client, resource, len(groups))
    chains = [Chain(undoing, reader, group) for group in groups]
    for number, _undone in enumerate(pool.map(Chain.undo, chains), 1):
        tell(f"{resource.title}s undone: {number} of {len(chains)}")
    done = [one for chain in chains for one in chain.done]
    if resource.conclude is not None and done:
        resource.conclude(done)
    return [undone for chain in chains for undone in chain.conclude()]


def _linked(entries: list[Entry]) -> list[list[Entry]]:
    """The entries in groups that have an object in common, or a name that one had after the other."""
    leaders: dict[tuple[str, str], tuple[str, str]] = {}

    def leader_of(key: tuple[str, str]) -> tuple[str, str]:
        while leaders.setdefault(key, key) != key:
            key = leaders[key]
        return key

    for entry in entries:
        first, *others = _keys(entry)
        for other in others:
            leaders[leader_of(other)] = leader_of(first)
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        groups.setdefault(leader_of(_keys(entry)[0]), []).append(entry)
    return list(groups.values())


def _keys(entry: Entry) -> list[tuple[str, str]]:
    """What an object is known by in the entry: its id, its names before and after."""
    names = {str(body["name"]) for body in (entry.before, entry.after) if body and "name" in body}
    keys = [("name", name) for name in sorted(names)]
    return keys if entry.id is None else [("id", entry.id), *keys]
