"""A cohort and its comparison, frozen on the posts about a target before timelines are collected.

Timelines bring in posts that would select other accounts, so the choice is made once, written to
a file, and taken from there for the whole data.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from analyzers.model.case import Explained, Proposal
from analyzers.model.dataset import Dataset
from analyzers.model.plain import plain, value_of
from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text

if TYPE_CHECKING:
    import polars as pl

SCHEMA = "limier.frozen/1"


@dataclass(frozen=True)
class Frozen:
    """What was chosen: the proposal, and whose timelines are collected beside the cohort's.

    `sample` are accounts of the comparison, drawn by lot. `examples` has one post of each explained
    family, by which it is found again in more data.
    """

    proposal: Proposal
    sample: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()

    @property
    def cohort(self) -> tuple[str, ...]:
        """The accounts of the first cohort, ranked."""
        return self.proposal.cohorts[0].accounts if self.proposal.cohorts else ()

    @property
    def comparison(self) -> tuple[str, ...]:
        """The ordinary accounts."""
        return self.proposal.comparison.accounts


def freeze(dataset: Dataset, proposal: Proposal, seed: int) -> Frozen:
    """Freeze a proposal, and draw whose timelines to collect for comparison.

    As many accounts as the cohort has, but not fewer than thirty where there are so many: matched
    on the number and language of their posts about the target.
    """
    import polars as pl

    from analyzers.cohort.comparison import ENOUGH, matched
    from analyzers.tables import load

    posts = load(dataset, "posts", ["post_id", "account_id", "family", "spoken"])
    examples = posts.unique("family", keep="first", maintain_order=True)
    by_family = dict(examples.select("family", "post_id").iter_rows())
    frozen = Frozen(
        proposal, (), tuple(by_family.get(one.family, "") for one in proposal.explained)
    )
    if not frozen.cohort:
        return frozen
    sample = matched(
        posts.filter(pl.col("account_id").is_in(list(frozen.comparison))),
        posts.filter(pl.col("account_id").is_in(list(frozen.cohort))),
        max(len(frozen.cohort), ENOUGH),
        seed,
    )
    return replace(frozen, sample=tuple(sample))


def thawed(frozen: Frozen, dataset: Dataset) -> Proposal:
    """The frozen proposal for more data: same accounts, with the timelines that came in since."""
    import polars as pl

    from analyzers.cohort.comparison import collected_timelines
    from analyzers.tables import load

    proposal = frozen.proposal
    posts = load(dataset, "posts", ["post_id", "account_id", "route", "organic", "family"])
    chosen = {account for cohort in proposal.cohorts for account in cohort.accounts}
    timelines = collected_timelines(
        posts.with_columns(on_target=pl.lit(True)),  # timelines are listed, not inferred
        load(dataset, "collected"),
        chosen | set(frozen.comparison),
    )
    compared = tuple(account for account in frozen.comparison if account in timelines)
    return replace(
        proposal,
        comparison=replace(proposal.comparison, timelines=compared),
        timelines=timelines,
        explained=tuple(_relabelled(frozen, posts)),
    )


def _relabelled(frozen: Frozen, posts: pl.DataFrame) -> Iterator[Explained]:
    """The explained families by the labels that they have in this data."""
    import polars as pl

    found = posts.filter(pl.col("post_id").is_in(list(frozen.examples)) & (pl.col("family") >= 0))
    labels = dict(found.select("post_id", "family").iter_rows())
    for one, example in zip(frozen.proposal.explained, frozen.examples, strict=True):
        if example in labels:
            yield replace(one, family=labels[example])


def written(frozen: Frozen) -> bytes:
    """A frozen choice as JSON, the same byte for byte for the same choice."""
    document = {
        "schema": SCHEMA,
        "proposal": plain(frozen.proposal),
        "sample": list(frozen.sample),
        "examples": list(frozen.examples),
    }
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def read_frozen(path: Path) -> Frozen:
    """Read what `written` wrote; raises `BadInput` when the file is something else."""
    try:
        document = json.loads(path.read_bytes())
        if document["schema"] != SCHEMA:
            raise ValueError("another schema")
        proposal = value_of(document["proposal"])
        if not isinstance(proposal, Proposal):
            raise TypeError("no proposal")
        return Frozen(proposal, tuple(document["sample"]), tuple(document["examples"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        raise BadInput(
            Text(
                "{file} does not hold the cohort that was frozen for this collection: collect "
                "again into another folder.",
                file=Code(path.name),
            )
        ) from None
