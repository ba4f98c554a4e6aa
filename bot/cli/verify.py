"""`limier verify`: is a result what was written, and does the data give it again."""

from __future__ import annotations

from pathlib import Path

import click

from analyzers.model.text import Text, plural
from bot.cli.speaking import BAD_INPUT, Speaking, lang_option, plain_words


@click.command(cls=Speaking)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("dumps", metavar="[DUMP...]", nargs=-1, type=click.Path(path_type=Path))
@lang_option
@click.pass_context
def verify(ctx: click.Context, folder: Path, dumps: tuple[Path, ...], lang: str | None) -> None:
    """Check a result's hashes and, with its data, run the investigation again and compare."""
    from bot.config import PoolSettings
    from bot.pool import Pool
    from bot.verify import manifest, rehash, rerun

    words = plain_words(lang)
    record = manifest(folder)
    found = [*rehash(folder, record)]
    if dumps and not found:
        with Pool.of(PoolSettings()) as pool:
            found += rerun(folder, record, dumps, pool)
    for difference in found:
        click.echo(words.say(difference.says), err=True)
    if found:
        ctx.exit(BAD_INPUT)
    files = len(record["files"])
    click.echo(words.say(plural("{n} file is as written.", "{n} files are as written.", files)))
    if dumps:
        click.echo(words.say(Text("The data gives the same report again.")))
