"""`limier collect`: from a handle to a folder of kept pages, which `limier investigate` reads."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text
from bot.cli.speaking import Speaking, lang_option, note, plain_words, progress_bar

if TYPE_CHECKING:
    from bot.collect.handles import PlatformName
    from bot.collect.plan import Plan
    from bot.collect.platform import Platform, Sizes
    from bot.collect.result import Result
    from bot.config import Settings


@click.command(cls=Speaking)
@click.argument("target")
@click.option(
    "--platform",
    type=click.Choice(["bluesky", "mastodon", "x"]),
    help="Where the target is, when its name does not say.",
)
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder for the collection; one that was begun goes on.",
)
@click.option("--since", metavar="T", help="Posts about the target from this day or time on (UTC).")
@click.option("--until", metavar="T", help="Posts about the target before this day or time (UTC).")
@click.option("--requests", type=click.IntRange(min=1), help="Most pages to ask for.")
@click.option("--minutes", type=click.FloatRange(min=0, min_open=True), help="Most minutes to run.")
@click.option(
    "--dollars",
    type=click.FloatRange(min=0, min_open=True),
    help="Most US dollars to spend, on a platform that is paid for.",
)
@click.option("--config", type=click.Path(path_type=Path), help="Settings, such as config.toml.")
@click.option("--yes", is_flag=True, help="Start without asking.")
@lang_option
def collect(
    target: str,
    platform: PlatformName | None,
    out: Path,
    since: str | None,
    until: str | None,
    requests: int | None,
    minutes: float | None,
    dollars: float | None,
    config: Path | None,
    yes: bool,
    lang: str | None,
) -> None:
    """Collect who attacks TARGET: a handle, a DID, @user@instance, or the address of a post.

    Shows what it is going to do and what that costs, and asks before it starts.
    """
    import msgspec

    from bot.bundle import ready
    from bot.collect.handles import parse
    from bot.collect.plan import now, start
    from bot.collect.plan import read as known
    from bot.collect.proposal import proposed, window
    from bot.config import load
    from bot.request import day

    settings = load(config)
    wanted = parse(target, platform)
    there = _platform(wanted.platform, settings)
    started_at = now()
    within = window(day(since) if since else None, day(until) if until else None, started_at)
    seed, costs = settings.analysis.seed, settings.collect
    plan = proposed(target, wanted.platform, within, there.sizes, costs, started_at, seed)
    asked = {"requests": requests, "minutes": minutes, "dollars": dollars if plan.dollars else None}
    plan = msgspec.structs.replace(plan, **{name: most for name, most in asked.items() if most})
    begun = known(out)
    _show_plan(begun or plan, plan, there.sizes, lang)
    for limit in there.lacks(wanted):
        note(limit, lang)
    if not yes:
        _ask(lang)
    ready(out)
    plan = start(out, plan)
    _tell(_carried_out(out, plan, there, settings, lang), out, lang)


def _platform(name: PlatformName, settings: Settings) -> Platform:
    """The collector of a platform; raises BadInput where it is off."""
    from bot.collect.platforms import chosen

    return chosen(name, settings.collect)


def _show_plan(begun: Plan, plan: Plan, sizes: Sizes, lang: str | None) -> None:
    from bot.collect.plan import resumed
    from bot.collect.proposal import told

    if begun is not plan:
        note(Text("This collection was begun at {at} and goes on.", at=begun.started_at), lang)
    for sentence in told(resumed(begun, plan), sizes):
        note(sentence, lang)


def _ask(lang: str | None) -> None:
    if not sys.stdin.isatty():
        raise BadInput(Text("Nobody can be asked here: add --yes to start."))
    if not click.confirm(plain_words(lang).say(Text("Start?")), err=True):
        raise click.Abort


def _carried_out(
    out: Path, plan: Plan, platform: Platform, settings: Settings, lang: str | None
) -> Result:
    import asyncio

    from analyzers.investigation import Progress
    from bot.collect.collection import STAGES
    from bot.collect.collection import collect as carry_out
    from bot.collect.http import Http, Manners
    from bot.pool import Pool

    async def run(pool: Pool) -> Result:
        manners = Manners(private_addresses=settings.collect.private_addresses)
        async with Http(manners) as http:
            return await carry_out(
                out,
                plan,
                platform,
                http,
                pool.run,
                lambda stage, done, total: progress(Progress(stage, done, total)),
            )

    with progress_bar(lang, STAGES) as progress, Pool.of(settings.pool) as pool:
        return asyncio.run(run(pool))


def _tell(result: Result, out: Path, lang: str | None) -> None:
    note(
        Text(
            "{pages} pages are kept in {folder}, {fetched} of them new. {cohort} accounts act "
            "together; {sample} of {comparison} ordinary ones were drawn to compare timelines.",
            pages=result.pages,
            folder=Code(str(out)),
            fetched=result.fetched,
            cohort=result.cohort,
            sample=result.sample,
            comparison=result.comparison,
        ),
        lang,
    )
    if result.dollars:
        note(
            Text(
                "It cost {dollars} US dollars at most, by the prices in the config.",
                dollars=round(result.dollars, 2),
            ),
            lang,
        )
    for missing in result.missing:
        note(missing, lang)
    note(Text("Read it with {command}.", command=Code(f"limier investigate {out}")), lang)
