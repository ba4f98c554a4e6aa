"""Whether anybody mentions the targets, with a clear refusal that suggests whom was meant."""

from __future__ import annotations

import polars as pl

from analyzers.lib.scope import in_scope
from analyzers.lib.targets import nearest, resolve
from analyzers.model.dataset import Dataset
from analyzers.model.refusal import BadInput
from analyzers.model.target import Target, shown
from analyzers.model.text import Public, Text
from analyzers.tables import load


def target_keys(dataset: Dataset, targets: tuple[Target, ...]) -> frozenset[str]:
    """Every account id and `@handle` by which posts may name one of the targets."""
    accounts = load(dataset, "accounts", ["account_id", "handle"])
    keys: frozenset[str] = frozenset()
    for target in targets:
        keys |= resolve(target, accounts)
    return keys


def refuse_unknown(dataset: Dataset, posts: pl.DataFrame, targets: tuple[Target, ...]) -> None:
    """Raise `BadInput` when no post at all concerns one of the targets, naming those it may mean.

    `posts` has the columns of `analyzers.lib.scope`. Posts outside the window count here: an empty
    window is an answer, a misspelt target is not.
    """
    accounts = load(dataset, "accounts", ["account_id", "handle"])
    for target in targets:
        if not in_scope(posts, target, resolve(target, accounts)).any():
            raise BadInput(_unknown(target, _handles(accounts, posts)))


def _unknown(target: Target, handles: list[str]) -> Text:
    likest = nearest(target, handles)
    if not likest:
        return Text(
            "No post in this data mentions {target}. Check the spelling, or leave the target out "
            "to see whom the data is about.",
            target=shown(target),
        )
    if len(likest) == 1:
        return Text(
            "No post in this data mentions {target}. Did you mean {nearest}?",
            target=shown(target),
            nearest=Public(f"@{likest[0]}"),
        )
    return Text(
        "No post in this data mentions {target}. Did you mean one of {nearest}?",
        target=shown(target),
        nearest=tuple(Public(f"@{handle}") for handle in likest),
    )


def _handles(accounts: pl.DataFrame, posts: pl.DataFrame) -> list[str]:
    """Handles that posts speak to, or that have an account; most data mentions far more names."""
    named = posts.select(pl.col("mentions").explode(empty_as_null=True).drop_nulls().unique())
    loose = named["mentions"].filter(named["mentions"].str.starts_with("@"))
    return [*accounts["handle"].drop_nulls().to_list(), *loose.to_list()]
