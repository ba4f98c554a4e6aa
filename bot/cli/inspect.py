"""`limier inspect`: which format a file has, what it carries, and which questions it can answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analyzers.model.text import Code, Percent, Text
from bot.cli.mapped import map_option, pairs
from bot.cli.speaking import Speaking, json_option, lang_option, plain_words
from bot.inspection import facts, steps

if TYPE_CHECKING:
    from analyzers.read.inspection import FileInspection


@click.command(cls=Speaking)
@click.argument(
    "dumps", metavar="DUMP...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@map_option
@json_option
@lang_option
def inspect(
    dumps: tuple[Path, ...], mapped: tuple[str, ...], as_json: bool, lang: str | None
) -> None:
    """Say which format each file has, what it carries, and what was skipped and why."""
    from analyzers.read import inspect as inspected
    from bot.pipeline import present

    found = inspected(*(present(path) for path in dumps), mapping=dict(pairs(mapped)))
    if as_json:
        document = found.to_json()
        for entry, file in zip(document["files"], found.files, strict=True):
            entry["steps"] = steps(file)
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    for file in found.files:
        _print(file, lang)


def _print(file: FileInspection, lang: str | None) -> None:
    words = plain_words(lang)
    click.echo(words.value(Code(file.source.name)) + " · " + words.value(Code(file.source.format)))
    for line in facts(file):
        click.echo(f"  {words.say(line)}")
    for name, share in file.fields:
        click.echo(f"  {name:28} {words.value(Percent(share)):>7}")
    for step, state in steps(file).items():
        if state == "computable":
            said = words.say(Text("computable"))
        else:
            said = words.say(Text("missing: {fields}", fields=tuple(Code(name) for name in state)))
        click.echo(f"  {step:28} {said}")
