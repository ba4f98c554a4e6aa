"""The commands of `limier`; each loads what it needs only when it runs."""

from __future__ import annotations

import click

from bot.cli.account import account
from bot.cli.collect import collect
from bot.cli.demo import demo
from bot.cli.doctor import doctor
from bot.cli.inspect import inspect
from bot.cli.investigate import investigate
from bot.cli.run import run
from bot.cli.simulate import simulate
from bot.cli.verify import verify

__all__ = ["cli"]


@click.group(
    commands=[demo, collect, investigate, account, inspect, simulate, run, doctor, verify],
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="limier", message="limier %(version)s")
def cli() -> None:
    """Investigate who attacked, how, since when, and which explanation fits best.

    Begin with `limier demo`.
    """
