"""`limier simulate`: a labelled synthetic dump, for trying things out where the truth is known."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from analyzers.model.text import Code, Text
from bot.cli.speaking import Speaking, lang_option, note

MOST_POSTS = 2_000_000
"""A campaign is made in memory, and beyond this it would take most machines' whole memory."""


class _Listing(Speaking):
    """A command whose help ends with the scenarios there are."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from analyzers.simulate import SCENARIOS

        with formatter.section("Scenarios"):
            formatter.write_text(", ".join(SCENARIOS))


@click.command(cls=_Listing)
@click.argument("scenario")
@click.option(
    "--posts",
    type=click.IntRange(1, MOST_POSTS),
    help="Posts in the dump; the usual size if left out.",
)
@click.option("--seed", type=click.IntRange(min=0), help="Another seed gives another campaign.")
@click.option("--stage", type=click.Choice(["first", "full"]), default="full", show_default=True)
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help="The dump; its ending decides on the format.",
)
@lang_option
def simulate(
    scenario: str,
    posts: int | None,
    seed: int | None,
    stage: Literal["first", "full"],
    out: Path,
    lang: str | None,
) -> None:
    """Write a campaign of known truth as .jsonl, .io.csv or .rtweet.csv."""
    from analyzers.simulate import SEED, write
    from analyzers.simulate import simulate as simulated

    campaign = simulated(scenario, posts=posts, seed=SEED if seed is None else seed, stage=stage)
    for path in write(campaign, out):
        click.echo(path)
    target = Code(f"@{campaign.truth.target.removeprefix('@')}")
    note(Text("Investigate it with --target {target}.", target=target), lang)
