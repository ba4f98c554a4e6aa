"""`limier demo`: the reconstructed case of 2019, end to end, without token or network."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Literal

import click

from bot.cli.show import run_and_show
from bot.cli.speaking import Speaking, json_option, lang_option, language

APART = (".truth.json", ".events.csv")
"""What a simulation writes that is no part of the dump: the answer, and the context events."""


@click.command(cls=Speaking)
@lang_option
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Write the result here."
)
@click.option(
    "--stage",
    type=click.Choice(["first", "full"]),
    default="full",
    show_default=True,
    help="`first`: only the twenty insults. `full`: what was collected afterwards too.",
)
@json_option
def demo(
    lang: str | None, out: Path | None, stage: Literal["first", "full"], as_json: bool
) -> None:
    """Investigate the reconstructed 2019 case: no token and no network needed."""
    from analyzers.simulate import simulate, write
    from analyzers.simulate.register import write_register
    from bot.request import Request

    with tempfile.TemporaryDirectory(prefix="limier-demo-") as folder:
        campaign = simulate("rented_farm", stage=stage)
        files = write(campaign, Path(folder) / "demo.jsonl")
        events = [path for path in files if path.name.endswith(".events.csv")]
        register = Path(folder) / "demo.figures.csv"
        request = Request(
            paths=tuple(path for path in files if not path.name.endswith(APART)),
            targets=(f"@{campaign.truth.target.removeprefix('@')}",),
            events=events[0] if events else None,
            figures=register if write_register(campaign, register, language(lang)) else None,
        )
        run_and_show(request, lang, out, as_json)
