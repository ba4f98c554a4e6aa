"""`limier run`: the Discord bot, until it is stopped."""

from __future__ import annotations

from pathlib import Path

import click

from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text
from bot.cli.speaking import Speaking, lang_option


@click.command(cls=Speaking)
@click.option("--config", type=click.Path(path_type=Path), help="Settings, such as config.toml.")
@lang_option
def run(config: Path | None, lang: str | None) -> None:
    """Run the Discord bot; its token comes from the environment variable LIMIER_TOKEN."""
    import logging

    from bot.config import TOKEN_VARIABLE, load

    settings = load(config)
    if not settings.token.get_secret_value():
        raise BadInput(
            Text(
                "There is no token. Put the bot's token into the environment variable {variable}; "
                "`limier doctor` says where to get it.",
                variable=Code(TOKEN_VARIABLE),
            )
        )
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    from bot.client import serve

    serve(settings)
