"""What ties an account to others of its group, in words, one line for each signal."""

from __future__ import annotations

from collections.abc import Iterator

from analyzers.model.case import Signal
from analyzers.model.text import AccountRef, Code, Probability, Text, plural

SHOWN = 6
"""Accounts named in a line; the private record has more."""

_NAMES: dict[str, Text] = {
    "template": Text("One model of text"),
    "rotation": Text("Posting in turn at regular gaps"),
    "acquaintance": Text("Follows and mentions, both ways"),
    "same_texts": Text("The same titles and phrases"),
    "same_links": Text("The same pages linked"),
    "same_hashtags": Text("The same hashtags in one order"),
    "same_reposts": Text("The same posts passed on"),
    "same_replies": Text("The same posts answered"),
    "same_mentions": Text("The same accounts mentioned together"),
    "fast_reposts": Text("Reposts closer together in time than others'"),
    "synchronous": Text("Posts in the same minutes"),
    "creation_window": Text("Created around the same time"),
    "rare_client": Text("A client that ordinary accounts hardly use"),
}


def tie_lines(signals: tuple[Signal, ...]) -> Iterator[Text]:
    """A line for each signal that ties to somebody: what, with how many and whom, how likely."""
    for signal in signals:
        if signal.accounts:
            yield _with_p(_named(signal), signal)


def _named(signal: Signal) -> Text:
    shown = tuple(AccountRef(account) for account in signal.accounts[:SHOWN])
    more = len(signal.accounts) - len(shown)
    name = _NAMES.get(signal.name, Code(signal.name))
    if more:
        return plural(
            "{name}: {accounts}; {n} more",
            "{name}: {accounts}; {n} more",
            more,
            name=name,
            accounts=shown,
        )
    return Text("{name}: {accounts}", name=name, accounts=shown)


def _with_p(named: Text, signal: Signal) -> Text:
    if signal.p is None:
        return named
    if signal.selecting:
        return Text("{tie} ({p})", tie=named, p=Probability(signal.p))
    return Text("{tie} ({p}; did not select the account)", tie=named, p=Probability(signal.p))
