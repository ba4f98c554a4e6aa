"""Do these accounts act alike, in several ways, more often than chance allows?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from analyzers.lib.elsewhere import NO_TIMELINES
from analyzers.lib.inner_circle import address_inside, by_lot, selected_for_it
from analyzers.lib.measures import ALPHA, cited, no_comparison, share_measure, small_sample, some
from analyzers.lib.network_charts import NAMES_OF, WAYS, chart, communities_table, layers_table
from analyzers.lib.tie_graph import Density
from analyzers.lib.together import Bridges, Together, bridges
from analyzers.model.case import WHAT, WHEN, Case
from analyzers.model.finding import Finding, Measure, Table, Test
from analyzers.model.step import Found, Needs, NotComputable
from analyzers.model.text import AccountRef, Percent, Text, plural

LISTED = 12
"""Pairs across groups in the table."""

_NULL = Text(
    "Acting alike has nothing to do with being one of these accounts: any accounts as numerous, "
    "drawn by lot from all, are tied in as many pairs."
)

_SELECTED = Text(
    "Acting alike is what brought accounts in, so these numbers only describe the group."
)


@dataclass(frozen=True, slots=True)
class Network:
    """Counts the pairs of accounts that do the same things more often than chance allows.

    Six layers: the same text, linked page, hashtags in order (two or more), repost within a clock
    hour, set of mentioned accounts (two or more), and minute of posting. A pair is tied in a layer
    when it shares at least two items, and more than a bipartite null model allows that keeps each
    account's activity and each item's popularity (`lib.bipartite`); for minutes, more than both
    accounts' hours explain. Reads timelines apart from the target, else what the search brought in;
    never a post that selected the cohort. Common public texts are left out.

    The primary test, named beforehand, is the share of pairs tied in any layer within the cohort,
    by drawing whole accounts from both sides. Null: any accounts as numerous are tied in as many
    pairs (Pitman 1937, "Significance tests which may be applied to samples from any populations",
    Supplement to the Journal of the Royal Statistical Society 4). Groups are Louvain communities.
    `address_inside` counts accounts that speak to others of their group, the comparison's read at
    the cohort's size, and only describes when acquaintance selected some; so does all of it when
    accounts were selected for acting alike about the target. Needs two accounts of
    the cohort with such posts; a handful gets counts.
    """

    id: ClassVar[str] = "network"
    title: ClassVar[Text] = Text("Acting alike")
    needs: ClassVar[Needs] = Needs(
        columns=("posts.created_at",),
        optional=(
            "posts.text",
            "posts.normal",
            "posts.family",
            "posts.urls",
            "posts.hashtags",
            "posts.mentions",
            "posts.reply_to_account",
            "posts.reposted_post",
        ),
        cohort=2,
        signals=(*WHAT, *WHEN),
    )

    def __call__(self, case: Case, /) -> Found | NotComputable:
        together = Together.of(case)
        if together.size < 2:
            return NotComputable((NO_TIMELINES,))
        finding = _finding(together, bridges(case), addressing(case), case.seed)
        alike = case.selected_by(*self.needs.signals)
        caveats = some(_SELECTED if alike else None, *finding.caveats, selected_for_it(case))
        return Found(replace(finding, caveats=caveats, describes=alike))


def _finding(
    together: Together, across: Bridges | None, inside: tuple[Measure, ...], seed: int
) -> Finding:
    tied = _tied(together, seed)
    test = None
    if tied.p is not None and isinstance(tied.value, float):
        test = Test("tied_pairs", _NULL, tied.value, tied.p)
    measures = (
        tied,
        _accounts(together),
        *_groups(together, seed),
        *_layers(together, seed),
        *inside,
    )
    if across is not None:
        measures += (_across(across),)
    if not tied.value:
        return Finding(
            claim=Text(
                "No two of these {n} accounts do the same things more often than chance allows, in "
                "any of the ways looked at.",
                n=together.size,
            ),
            noteworthy=False,
            measures=measures,
            tables=(layers_table(together), *_bridge_table(across)),
            caveats=_caveats(together),
            primary=test,
        )
    noteworthy = tied.p is None or tied.p <= ALPHA
    return Finding(
        claim=_claim(together, tied, noteworthy),
        noteworthy=noteworthy,
        measures=measures,
        evidence=cited(
            Text("Posts of what most of these accounts did alike, one per account and item."),
            together.cited(),
        ),
        figures=(chart(together),),
        tables=(
            layers_table(together),
            communities_table(together, seed),
            *_bridge_table(across),
        ),
        caveats=_caveats(together),
        alternatives=(
            Text("Fans, campaigners and newsrooms agree in the open on what to post, and when."),
            Text("People who follow the same few accounts pass on the same things."),
            Text("A scheduling service posts for several of its customers at the same minute."),
        ),
        falsifier=Text(
            "Ordinary accounts of the same circle, as active and read as deep, that are tied in as "
            "many pairs would overturn this."
        ),
        primary=test,
    )


def addressing(case: Case) -> tuple[Measure, ...]:
    """How many accounts of each group mention or answer another one of it, at the cohort's size."""
    ours, theirs = (address_inside(case, group) for group in ("cohort", "comparison"))
    if not ours or not {"mentions", "reply_to_account"} & set(case.tables.posts.columns):
        return ()
    size = len(case.cohort)
    met = by_lot([len(named) for named in theirs.values()], len(case.comparison), size)
    measure = share_measure(
        "address_inside",
        Text("Accounts that mention or answer another one of their group"),
        (sum(map(bool, ours.values())), len(ours)),
    )
    return (replace(measure, baseline=met, baseline_n=len(theirs) if met is not None else None),)


def _density(together: Together, seed: int) -> tuple[Density, Density]:
    graph, last = together.graph, len(together.accounts)
    return graph.density(0, together.size, seed), graph.density(together.size, last, seed)


def _tied(together: Together, seed: int) -> Measure:
    ours, theirs = _density(together, seed)
    known = theirs.pairs > 0
    return Measure(
        "tied_pairs",
        Text("Pairs of accounts that act alike more often than chance allows, in any way"),
        ours.share,
        "share",
        ours.pairs,
        ours.low,
        ours.high,
        baseline=theirs.share if known else None,
        baseline_n=theirs.pairs if known else None,
        baseline_low=theirs.low if known else None,
        baseline_high=theirs.high if known else None,
        p=together.graph.p(seed) if known else None,
    )


def _accounts(together: Together) -> Measure:
    graph, last = together.graph, len(together.accounts)
    return share_measure(
        "tied_accounts",
        Text("Accounts tied to at least one other of their group"),
        (graph.tied_accounts(0, together.size), together.size),
        (graph.tied_accounts(together.size, last), together.others),
    )


def _groups(together: Together, seed: int) -> tuple[Measure, ...]:
    groups = together.graph.communities(seed)
    if not groups:
        return ()
    largest = sum(account < together.size for account in groups[0])
    ordinary = max(sum(account >= together.size for account in group) for group in groups)
    return (
        share_measure(
            "largest_community",
            Text("Accounts in the largest group of accounts tied among themselves"),
            (largest, together.size),
            (ordinary, together.others),
        ),
    )


def _layers(together: Together, seed: int) -> tuple[Measure, ...]:
    found = []
    for layer in together.layers:
        graph, last = together.graph_of([layer]), len(together.accounts)
        ours = graph.density(0, together.size, seed)
        theirs = graph.density(together.size, last, seed)
        found.append(
            Measure(
                f"tied_{layer.name}",
                NAMES_OF[layer.name],
                ours.share,
                "share",
                ours.pairs,
                ours.low,
                ours.high,
                baseline=theirs.share if theirs.pairs else None,
                baseline_n=theirs.pairs or None,
                baseline_low=theirs.low if theirs.pairs else None,
                baseline_high=theirs.high if theirs.pairs else None,
            )
        )
    return tuple(found)


def _across(across: Bridges) -> Measure:
    return share_measure(
        "bridges",
        Text("Pairs of one of these accounts and one of another group found, tied in any way"),
        (len(across.pairs), across.possible),
    )


def _claim(together: Together, tied: Measure, noteworthy: bool) -> Text:
    assert isinstance(tied.value, float)
    ours = Percent(tied.value)
    within = {
        layer.name: len(together.graph_of([layer]).within(0, together.size))
        for layer in together.layers
    }
    way = WAYS[max(together.layers, key=lambda layer: within[layer.name]).name]
    if not isinstance(tied.baseline, float):
        return Text(
            "{ours} of the pairs that these {n} accounts make act alike more often than chance "
            "allows; most often: {way}. There are no ordinary accounts to compare with.",
            ours=ours,
            n=together.size,
            way=way,
        )
    theirs = Percent(tied.baseline)
    if not noteworthy:
        return Text(
            "Acting alike does not set these accounts apart: {ours} of their pairs do so more "
            "often than chance allows, against {theirs} of ordinary pairs.",
            ours=ours,
            theirs=theirs,
        )
    return Text(
        "{ours} of the pairs that these {n} accounts make act alike more often than chance allows, "
        "against {theirs} of ordinary pairs; most often: {way}.",
        ours=ours,
        n=together.size,
        theirs=theirs,
        way=way,
    )


def _bridge_table(across: Bridges | None) -> tuple[Table, ...]:
    if across is None or not across.pairs:
        return ()
    return (
        Table(
            Text("Ties to other groups found"),
            (Text("Account"), Text("Account of another group")),
            tuple((AccountRef(one), AccountRef(other)) for one, other in across.pairs[:LISTED]),
        ),
    )


def _caveats(together: Together) -> tuple[Text, ...]:
    searched = None
    if not together.timelines:
        searched = Text(
            "Only posts that the search brought in were read; they are few, and all on one subject."
        )
    return some(
        small_sample(together.size),
        Text(
            "Fans and newsrooms act together too: ties show acting alike, neither secrecy nor one "
            "owner."
        ),
        no_comparison(together.others),
        searched,
        Text("An event followed live makes strangers post in the same minutes."),
        plural(
            "One tie in 20 may be due to chance.",
            "In each of {n} ways, one tie in 20 may be due to chance.",
            len(together.layers),
        ),
    )
