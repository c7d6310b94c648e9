# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""References between the datasets of a whole configuration (S0.4).

Private to the collection. What an entry declares of datasets (C(dataset_dependencies)) is a fact about the
org, so it counts for the conditions of all entries.
"""

from __future__ import annotations

import itertools
import typing as t

from .._findings import Findings
from .._resources.data_action.conditions import references
from .._resources.data_action.dataset_references import Graph, find_cycles, reachable


def refuse_circular_references(entries: list[tuple[str, dict[str, t.Any]]], findings: Findings) -> None:
    """Adds a problem for each circular reference that no entry has by itself.

    Entries are C((path, given options)) of data actions whose conditions were read into trees.
    """
    declared: Graph = {}
    for path, given in entries:
        for source, targets in _dependencies(given):
            place = f"{path}.dataset_dependencies.{source}"
            for target in targets:
                declared.setdefault(source, {}).setdefault(target, place)
    if not declared:
        return  # what an entry's own conditions say was judged with the entry
    _report({}, declared, findings)
    for path, given in entries:
        own: Graph = references(given.get("conditions") or [], f"{path}.conditions")
        if any(source in declared for source in own):
            near = reachable(declared, own)
            _report(own, {source: declared[source] for source in near if source in declared}, findings)


def _report(own: Graph, declared: Graph, findings: Findings) -> None:
    graph: Graph = {source: dict(targets) for source, targets in own.items()}
    for source, targets in declared.items():
        for target, place in targets.items():
            graph.setdefault(source, {}).setdefault(target, place)
    for cycle in find_cycles(graph):
        edges = list(itertools.pairwise(cycle))
        if own and not any(target in own.get(source, {}) for source, target in edges):
            continue  # reported with the declared ones
        places = [str(graph[source][target]) for source, target in edges]
        entries = {place.split("].", 1)[0] for place in places}
        if len(entries) > 1:  # one of a single entry was reported with the entry
            where = ", ".join(dict.fromkeys(places))
            findings.problem(
                places[0], f"circular dataset reference over several entries: {' -> '.join(cycle)} ({where})"
            )


def _dependencies(given: dict[str, t.Any]) -> t.Iterator[tuple[str, list[str]]]:
    """What is well-formed of an entry's declared dependencies; the rest was reported with the entry."""
    dependencies = given.get("dataset_dependencies")
    if not isinstance(dependencies, dict):
        return
    for source, targets in dependencies.items():
        if isinstance(targets, (list, tuple)) and all(isinstance(target, str) for target in targets):
            yield str(source), list(targets)
