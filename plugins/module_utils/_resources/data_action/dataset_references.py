# Copyright (c) 2026 the genesys.cloud contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds circular references in a graph of datasets (feature S0.4; API: Data actions).

Private to the collection. Linear in the size of the graph for each cycle that it reports; nothing recurses.
"""

from __future__ import annotations

import collections
import itertools
import typing as t

#: A dataset and those that it refers to, each mapped to the place that says so.
Graph = dict[str, dict[str, t.Any]]


def reachable(graph: Graph, start: t.Iterable[str]) -> set[str]:
    """The datasets in C(start) and all that they refer to, directly or not."""
    seen = set(start)
    waiting = list(seen)
    while waiting:
        for target in graph.get(waiting.pop(), ()):
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    return seen


def find_cycles(graph: Graph, limit: int = 10) -> list[list[str]]:
    """Cycles as lists like C([crm, billing, crm]), at most C(limit), a self-loop as C([crm, crm]).

    Together they cover every reference that lies on a cycle, each by the shortest cycle through it; all
    cycles of a graph can be exponentially many. Order and rotation follow the order in C(graph).
    """
    order = {name: number for number, name in enumerate(graph)}
    component = _components(graph)
    cycles: list[list[str]] = []
    covered: set[tuple[str, str]] = set()
    for source, targets in graph.items():
        for target in targets:
            if component.get(target) != component[source] or (source, target) in covered:
                continue
            way = _shortest_way(graph, component, target, source)
            if way is None:
                continue
            first = min(range(len(way)), key=lambda index: order[way[index]])
            cycle = way[first:] + way[:first]
            cycle.append(cycle[0])
            covered.update(itertools.pairwise(cycle))
            cycles.append(cycle)
            if len(cycles) == limit:
                return cycles
    return cycles


def _shortest_way(graph: Graph, component: dict[str, int], start: str, end: str) -> list[str] | None:
    """The datasets from C(start) to C(end), both included, inside their component (breadth first)."""
    if start == end:
        return [start]
    came_from = {start: start}
    queue = collections.deque([start])
    while queue:
        name = queue.popleft()
        for target in graph.get(name, ()):
            if target in came_from or component.get(target) != component[end]:
                continue
            came_from[target] = name
            if target == end:
                way = [end]
                while way[-1] != start:
                    way.append(came_from[way[-1]])
                return way[::-1]
            queue.append(target)
    return None


def _components(graph: Graph) -> dict[str, int]:
    """The number of each dataset's strongly connected component (Tarjan's algorithm with its own stack)."""
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
