"""Which groups a report may show: small ones go into others, so that no subtraction tells of them."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

OTHERS = "all other groups"
NOT_SAID = "not said"

Graph = Any  # of networkx, which has no types
Labels = dict[str, str]  # what a report calls a group, by the group's own name
Pairs = Mapping[tuple[str, str], int]  # notes that are in a group of one table and a group of another


def folded(sizes: Mapping[str, int], smallest: int) -> Labels:
    """Return a label for each group: its name, or `OTHERS` for those with fewer than `smallest` notes.

    Others that would be fewer than `smallest` themselves take the next smallest groups in as well: a lone small group
    could be told from the total. Empty where no two rows would be left.
    """
    ranked = sorted(sizes, key=lambda name: (sizes[name], name))
    inside = [name for name in ranked if sizes[name] < smallest]
    while inside and sum(sizes[name] for name in inside) < smallest and len(inside) < len(ranked):
        inside.append(ranked[len(inside)])
    labels = {name: OTHERS if name in inside else name for name in sorted(sizes)}
    return labels if len(set(labels.values())) > 1 else {}


def periods(sizes: Mapping[str, int], smallest: int) -> Labels:
    """Return a label for each month (2026-01, or `NOT_SAID`): months with few notes go together with those after them.

    Empty where no two periods would be left. The labels, in the order of the months, are in the order of time.
    """
    months = sorted(sizes, key=lambda month: (month == NOT_SAID, month))
    runs: list[list[str]] = [[]]
    for month in months:
        if _notes(runs[-1], sizes) >= smallest:
            runs.append([])
        runs[-1].append(month)
    if len(runs) > 1 and _notes(runs[-1], sizes) < smallest:
        last = runs.pop()
        runs[-1] += last
    if len(runs) < 2 or _notes(runs[0], sizes) < smallest:
        return {}
    return {month: _period(run) for run in runs for month in run}


def _notes(names: Iterable[str], sizes: Mapping[str, int]) -> int:
    return sum(sizes[name] for name in names)


def _period(run: Sequence[str]) -> str:
    """Return what people call a run of months."""
    dated = [dt.date.fromisoformat(f"{month}-01") for month in run if month != NOT_SAID]
    if not dated:
        return "no date"
    first, last = dated[0], dated[-1]
    words = f"{last:%B %Y}"
    if first != last:
        words = f"{first:%B}{f' {first:%Y}' if first.year != last.year else ''} to {words}"
    return words + (" and no date" if NOT_SAID in run else "")


def tells(pairs: Pairs, one: Labels, other: Labels, smallest: int) -> bool:
    """Whether two tables together tell of fewer than `smallest` notes, though neither does alone.

    Rows of one added up, less rows of the other added up, leave the notes that a cut through the graph of both tables
    parts (rows are its nodes, the notes they share the weights of its edges). So the smallest cut is what counts; it
    is found by the method of Stoer and Wagner (1997).
    """
    import networkx as nx

    graph = nx.Graph()
    for (first, second), notes in pairs.items():
        _join(graph, (0, one[first]), (1, other[second]), notes)
    graph = _without_thick_edges(graph, smallest)
    parts = (graph.subgraph(nodes) for nodes in nx.connected_components(graph) if len(nodes) > 1)
    return any(nx.stoer_wagner(part)[0] < smallest for part in parts)


def _join(graph: Graph, one: object, other: object, notes: int) -> None:
    already = graph.edges[one, other]["weight"] if graph.has_edge(one, other) else 0
    graph.add_edge(one, other, weight=already + notes)


def _without_thick_edges(graph: Graph, smallest: int) -> Graph:
    """Return `graph` with nodes made one that no cut below `smallest` can part; few are left."""
    import networkx as nx

    while thick := [(a, b) for a, b, weight in graph.edges(data="weight") if weight >= smallest]:
        parts = nx.connected_components(nx.Graph(thick))
        one = {node: nodes for nodes in map(frozenset, parts) for node in nodes}
        smaller = nx.Graph()
        smaller.add_nodes_from(one.get(node, node) for node in graph)
        for a, b, weight in graph.edges(data="weight"):
            if one.get(a, a) != one.get(b, b):
                _join(smaller, one.get(a, a), one.get(b, b), weight)
        graph = smaller
    return graph
