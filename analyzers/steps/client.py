"""Which clients did the posts come from, and do these accounts crowd into one of them?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from analyzers.lib.categories import SHOWN, chart, commonest, different, having
from analyzers.lib.clients import is_automation
from analyzers.lib.measures import (
    ALPHA,
    Count,
    cited,
    no_comparison,
    share_measure,
    small_sample,
    some,
)
from analyzers.lib.stats import Concentration, concentration, wilson
from analyzers.model.case import Case
from analyzers.model.figure import Bars
from analyzers.model.finding import Finding, Measure, Test
from analyzers.model.step import Found, Needs, NotComputable
from analyzers.model.text import Code, Share, Text, plural

if TYPE_CHECKING:
    import pandas as pd

HABIT = 5
"""Other posts from which an account's usual clients are read."""

_NULL = Text(
    "An account's main client has nothing to do with its being one of these accounts: as many, "
    "drawn by lot, would crowd into some client as much."
)


@dataclass(frozen=True, slots=True)
class Client:
    """Compares the main client of each account's attack posts, cohort against comparison.

    Every account counts once. Measures: `client_share` (accounts that mainly used the client the
    claim names), `automation_clients` (accounts that used a client known to post by itself),
    `unused_elsewhere` (accounts whose main client about the target sent none of their other posts),
    `clients` (how many different main clients the cohort has). The primary test is the
    concentration into whichever client stands out most, with the choice paid for by shuffling
    account labels. Without any client in the cohort's posts, or without a cohort, the step is not
    computable; a handful of accounts gets counts. `draws` is the number of shuffles.

    Null of the primary test: main clients are spread over both sides as if by lot; the smallest
    exact p of any client is compared with that of each shuffle (Westfall and Young 1993,
    "Resampling-based multiple testing", single-step min-P).
    """

    id: ClassVar[str] = "client"
    title: ClassVar[Text] = Text("What the posts were sent from")
    needs: ClassVar[Needs] = Needs(columns=("posts.client",))
    draws: int = 99_999

    def __call__(self, case: Case, /) -> Found | NotComputable:
        posts = case.tables.posts
        attack = posts[posts["on_target"] & posts["client"].notna()]
        cohort, comparison = (attack[attack["group"] == g] for g in ("cohort", "comparison"))
        if cohort.empty:
            return NotComputable((_NO_CLIENT,))
        ours, theirs = main_clients(cohort), main_clients(comparison)
        stands_out = concentration(ours.tolist(), theirs.tolist(), self.draws, case.seed)
        noteworthy, client = _choice(ours, stands_out)
        share, other = having(ours, client), having(theirs, client)
        automation = (_automated(cohort), len(ours)), (_automated(comparison), len(theirs))
        unused = unused_elsewhere(posts, ours), unused_elsewhere(posts, theirs)
        figure = _chart(ours, theirs, client)
        return Found(
            Finding(
                claim=_claim(noteworthy, client, share, other),
                noteworthy=noteworthy or (stands_out is None and automation[0][0] > 0),
                measures=_measures(
                    client, share, other, automation, unused, (ours, theirs), stands_out
                ),
                evidence=cited(
                    Text("Posts sent from {client}.", client=Code(client)),
                    cohort.loc[cohort["client"] == client, "post_id"],
                ),
                figures=(figure,),
                caveats=_caveats(case, len(ours), len(theirs)),
                alternatives=_ALTERNATIVES,
                falsifier=Text(
                    "Ordinary accounts that wrote about the target over the same days and used "
                    "{client} as often would overturn this.",
                    client=Code(client),
                ),
                primary=_test(stands_out),
            )
        )


def main_clients(posts: pd.DataFrame) -> pd.Series[str]:
    """Each account's most used client, by account id; the first by name among equals."""
    counts = posts.groupby(["account_id", "client"]).size().reset_index(name="posts")
    ordered = counts.sort_values(
        ["account_id", "posts", "client"], ascending=[True, False, True]
    ).drop_duplicates("account_id")
    return ordered.set_index("account_id")["client"]


def unused_elsewhere(posts: pd.DataFrame, mains: pd.Series[str]) -> Count:
    """How many accounts never used their main client about the target in any other post.

    Of the accounts in `mains` with at least five other posts of known client: fewer would show
    no habit. An app that its owner never used may have been used by somebody else.
    """
    others = posts[~posts["on_target"].astype(bool) & posts["client"].notna()]
    others = others[others["account_id"].isin(mains.index)]
    usual = others.groupby("account_id")["client"].agg(list)
    unused = [
        mains[str(account)] not in clients
        for account, clients in usual.items()
        if len(clients) >= HABIT
    ]
    return sum(unused), len(unused)


def _choice(ours: pd.Series[str], stands_out: Concentration | None) -> tuple[bool, str]:
    """Whether the clients are worth a message, and the client that it speaks of."""
    first = commonest(ours)[0]
    if stands_out is None:
        low, _ = wilson(*having(ours, first))
        return low > 0.5, first  # surely most of the accounts
    if stands_out.p <= ALPHA:
        return True, stands_out.category
    return False, first


def _automated(posts: pd.DataFrame) -> int:
    known = posts["client"].map(is_automation).astype(bool)
    return int(posts.loc[known, "account_id"].nunique())


def _claim(noteworthy: bool, client: str, share: Count, other: Count) -> Text:
    ours, theirs, name = Share(*share), Share(*other), Code(client)
    if not other[1]:
        return Text(
            "Of these accounts, {ours} sent their posts about the target mainly from {client}. "
            "There are no ordinary accounts to compare with.",
            ours=ours,
            client=name,
        )
    if noteworthy:
        return Text(
            "Of these accounts, {ours} sent their posts about the target mainly from {client}, "
            "against {theirs} among ordinary accounts.",
            ours=ours,
            theirs=theirs,
            client=name,
        )
    return Text(
        "No client sets these accounts apart: {client} is the main one of {ours} here, and of "
        "{theirs} among ordinary accounts.",
        ours=ours,
        theirs=theirs,
        client=name,
    )


def _measures(
    client: str,
    share: Count,
    other: Count,
    automation: tuple[Count, Count],
    unused: tuple[Count, Count],
    sides: tuple[pd.Series[str], pd.Series[str]],
    stands_out: Concentration | None,
) -> tuple[Measure, ...]:
    return (
        share_measure(
            "client_share",
            Text("Accounts that mainly used {client}", client=Code(client)),
            share,
            other,
            stands_out.p if stands_out else None,
        ),
        share_measure(
            "automation_clients",
            Text("Accounts that used a client known to post by itself"),
            *automation,
        ),
        *_unused(unused),
        different("clients", Text("Different main clients"), *sides),
    )


def _unused(unused: tuple[Count, Count]) -> tuple[Measure, ...]:
    if not unused[0][1]:
        return ()
    return (
        share_measure(
            "unused_elsewhere",
            Text("Accounts whose client here sent none of their other posts"),
            *unused,
        ),
    )


def _test(stands_out: Concentration | None) -> Test | None:
    if stands_out is None:
        return None
    return Test("client_concentration", _NULL, stands_out.statistic, stands_out.p)


def _chart(ours: pd.Series[str], theirs: pd.Series[str], client: str) -> Bars:
    first = commonest(ours)[: SHOWN - 2]
    names = [*first, *[name for name in commonest(theirs) if name not in first]]
    count, total = having(ours, client)
    title = Text(
        "{n} of {total} accounts mainly used {client}",
        n=count,
        total=total,
        client=Code(client),
    )
    axis = Text("Share of accounts, by their main client")
    return chart("client", (title, _alt(ours, theirs, client), axis), names, Code, ours, theirs)


def _alt(ours: pd.Series[str], theirs: pd.Series[str], client: str) -> Text:
    share = Share(*having(ours, client))
    if theirs.empty:
        return Text(
            "Bars of the main client of each of these accounts. {client}: {ours}.",
            client=Code(client),
            ours=share,
        )
    return Text(
        "Bars of the main client of each account, these accounts above ordinary ones. {client}: "
        "{ours} against {theirs}.",
        client=Code(client),
        ours=share,
        theirs=Share(*having(theirs, client)),
    )


def _caveats(case: Case, ours: int, theirs: int) -> tuple[Text, ...]:
    silent = len(case.cohort) - ours
    return some(
        Text("A browser can be automated and show the same client as a person's."),
        small_sample(ours),
        no_comparison(theirs),
        plural(
            "For one account no client is known.",
            "For {n} accounts no client is known.",
            silent,
        )
        if silent
        else None,
        Text("How usual a client is depends on the year and on where people live."),
    )


_NO_CLIENT = Text(
    "The client each post was sent from. X stopped giving it in December 2022; exports made before "
    "that, or Mastodon's, may carry it."
)
_ALTERNATIVES = (
    Text("People who write from a computer at work share the client of that computer."),
    Text("Newsrooms, shops and campaigns schedule their posts with the same few services."),
)
