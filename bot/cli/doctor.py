"""`limier doctor`: is everything in place for the bot, and if not, what to do."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.speaking import BAD_INPUT, Speaking, lang_option, plain_words


@click.command(cls=Speaking)
@click.option("--config", type=click.Path(path_type=Path), help="Settings, such as config.toml.")
@lang_option
@click.pass_context
def doctor(ctx: click.Context, config: Path | None, lang: str | None) -> None:
    """Check settings, token, storage, fonts and memory, and say what to do."""
    from bot.doctor import examine

    words = plain_words(lang)
    broken = False
    for check in examine(config):
        mark = "✓" if check.fine else "!" if check.advisory else "✗"
        click.echo(f"{mark} {words.say(check.name)}: {words.say(check.says)}")
        broken |= not (check.fine or check.advisory)
    ctx.exit(BAD_INPUT if broken else 0)
