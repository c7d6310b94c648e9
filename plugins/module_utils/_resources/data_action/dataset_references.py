# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Search for circular references in a graph of datasets (feature S0.4).

Private to the collection. Iterative, and for each reported cycle linear in the size of the graph.
"""

from __future__ import annotations

import collections
import itertools
import typing as t

#: Maps a dataset to the datasets that it refers to, and these to the place of the reference.
Graph = dict[str, dict[str, t.Any]]


def reachable(graph: Graph, start: t.Iterable[str]) -> set[str]:
    """Return the datasets in C(start) and all datasets that they refer to, directly or indirectly."""
    seen = set(start)
    pending = list(seen)
    while pending:
        for target in graph.get(pending.pop(), ()):
            if target not in seen:
                seen.add(target)
                pending.append(target)
    return seen


def find_cycles(graph: Graph, limit: int = 10) -> list[list[str]]:
    """Return at most C(limit) cycles as lists like C([crm, billing, crm]), a self-loop as C([crm, crm]).

    Up to the limit, they cover every reference that is part of a cycle by the shortest cycle through it.
    (A graph can have exponentially many cycles.) Order and rotation follow the order in C(graph).
    """
    order = {name: number for number, name in enumerate(graph)}
    component = _components(graph)
    cycles: list[list[str]] = []
    covered: set[tuple[str, str]] = set()
    for source, targets in graph.items():
        for target in targets:
            if component.get(target) != component[source] or (source, target) in covered:
                continue
            route = _shortest_path(graph, component, target, source)
            if route is None:
                continue
            first = min(range(len(route)), key=lambda index: order[route[index]])
            cycle = route[first:] + route[:first]
            cycle.append(cycle[0])
            covered.update(itertools.pairwise(cycle))
            cycles.append(cycle)
            if len(cycles) == limit:
                return cycles
    return cycles


def _shortest_path(graph: Graph, component: dict[str, int], start: str, end: str) -> list[str] | None:
    """Return the datasets from C(start) to C(end), both included, inside their component (breadth first)."""
    if start == end:
        return [start]
    predecessors = {start: start}
    queue = collections.deque([start])
    while queue:
        name = queue.popleft()
        for target in graph.get(name, ()):
            if target in predecessors or component.get(target) != component[end]:
                continue
            predecessors[target] = name
            if target == end:
                route = [end]
                while route[-1] != start:
                    route.append(predecessors[route[-1]])
                return route[::-1]
            queue.append(target)
    return None


def _components(graph: Graph) -> dict[str, int]:
    """Return the number of each dataset's strongly connected component (Tarjan's algorithm, iterative)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    component: dict[str, int] = {}
    path: list[str] = []
    for root in graph:
        if root in index:
            continue
        index[root] = low[root] = len(index)
        path.append(root)
        work = [(root, iter(graph[root]))]
        while work:
            name, targets = work[-1]
            for target in targets:
                if target not in index:
                    index[target] = low[target] = len(index)
                    path.append(target)
                    work.append((target, iter(graph.get(target, ()))))
                    break
                if target not in component:
                    low[name] = min(low[name], index[target])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[name])
                if low[name] == index[name]:
                    while name not in component:
                        component[path.pop()] = index[name]
    return component
