"""The chart and the tables of who acts alike with whom."""

from __future__ import annotations

import numpy as np

from analyzers.lib.coaction import LayerName
from analyzers.lib.together import Together
from analyzers.model.case import NAMES
from analyzers.model.figure import Edge, Network, Node
from analyzers.model.finding import Table
from analyzers.model.text import AccountRef, Share, Text, Value

DRAWN = 60
"""Accounts in the chart: more dots touch on a phone."""

NAMES_OF: dict[LayerName, Text] = {
    "text": Text("Pairs that share texts"),
    "link": Text("Pairs that link the same pages"),
    "hashtags": Text("Pairs that use the same hashtags in the same order"),
    "repost": Text("Pairs that repost the same posts within the hour"),
    "mentions": Text("Pairs that mention the same accounts together"),
    "minute": Text("Pairs that post in the same minutes"),
}
"""What each layer ties, as a measure."""

WAYS: dict[LayerName, Text] = {
    "text": Text("the same texts"),
    "link": Text("links to the same pages"),
    "hashtags": Text("the same hashtags in the same order"),
    "repost": Text("reposts of the same posts within the hour"),
    "mentions": Text("the same accounts mentioned together"),
    "minute": Text("posts in the same minutes"),
}
"""What tied accounts have in common, within a sentence."""

LISTED = 8
"""Groups in the table."""


def chart(together: Together) -> Network:
    """The cohort with its ties, and ordinary accounts that are tied, those tied to it first."""
    graph, size = together.graph, together.size
    order = _order(together)
    shown = order[:DRAWN]
    place = {account: number for number, account in enumerate(shown)}
    edges = tuple(
        Edge(place[int(one)], place[int(other)], int(ways))
        for (one, other), ways in zip(graph.pairs, graph.ways, strict=True)
        if int(one) in place and int(other) in place
    )
    tied, ordinary = graph.tied_accounts(0, size), max(0, len(order) - size)
    return Network(
        slug="network",
        title=Text(
            "{n} of {total} accounts act alike with others of them more often than chance allows",
            n=tied,
            total=size,
        ),
        alt=Text(
            "A network of {n} accounts joined by {ties} lines, one for each pair that acts alike; "
            "{ordinary} of the accounts are ordinary ones.",
            n=len(shown),
            ties=len(edges),
            ordinary=min(ordinary, max(0, len(shown) - size)),
        ),
        note=Text("Ordinary accounts without a tie are not drawn."),
        nodes=tuple(
            Node(
                AccountRef(together.accounts[account]),
                "cohort" if account < size else "comparison",
            )
            for account in shown
        ),
        edges=edges,
        total=len(order),
        weight_label=Text("in how many ways the two act alike"),
    )


def _order(together: Together) -> list[int]:
    """The accounts worth drawing: the cohort's, then tied ordinary ones, those tied to it first."""
    graph, size = together.graph, together.size
    degree = np.bincount(graph.pairs.ravel(), minlength=len(together.accounts))
    crossing = graph.pairs[(graph.pairs < size).sum(axis=1) == 1]
    bound = np.bincount(crossing.ravel(), minlength=len(together.accounts))
    ours = sorted(range(size), key=lambda one: (-degree[one], one))
    tied = [one for one in range(size, len(together.accounts)) if degree[one]]
    return [*ours, *sorted(tied, key=lambda one: (-bound[one], -degree[one], one))]


def layers_table(together: Together) -> Table:
    """For each layer, how many accounts do it, and which share of each side's pairs it ties."""
    rows: list[tuple[Value | None, ...]] = []
    size, last = together.size, len(together.accounts)
    for layer in together.layers:
        graph = together.graph_of([layer])
        ours, theirs = size * (size - 1) // 2, (last - size) * (last - size - 1) // 2
        rows.append(
            (
                NAMES_OF[layer.name],
                layer.acting,
                Share(len(graph.within(0, size)), ours),
                Share(len(graph.within(size, last)), theirs) if theirs else None,
            )
        )
    return Table(
        Text("Pairs tied in each way"),
        (Text("Way"), Text("Accounts that do it"), NAMES["cohort"], NAMES["comparison"]),
        tuple(rows),
    )


def communities_table(together: Together, seed: int) -> Table:
    """The groups that ties form, and how many accounts of each side are in them."""
    groups = together.graph.communities(seed)[:LISTED]
    return Table(
        Text("Groups of accounts tied among themselves"),
        (Text("Group"), NAMES["cohort"], NAMES["comparison"]),
        tuple(
            (
                number,
                sum(account < together.size for account in group),
                sum(account >= together.size for account in group),
            )
            for number, group in enumerate(groups, start=1)
        ),
    )
