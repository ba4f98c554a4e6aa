"""`limier inspect`: which format a file has, what it carries, and which questions it can answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from analyzers.model.text import Code, Percent, Text
from bot.cli.speaking import Speaking, json_option, lang_option, plain_words

if TYPE_CHECKING:
    from analyzers.model.step import Needs
    from analyzers.read.inspection import FileInspection


@click.command(cls=Speaking)
@click.argument(
    "dumps", metavar="DUMP...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@json_option
@lang_option
def inspect(dumps: tuple[Path, ...], as_json: bool, lang: str | None) -> None:
    """Say which format each file has, what it carries, and what was skipped and why."""
    from analyzers.read import inspect as inspected
    from bot.pipeline import present

    found = inspected(*(present(path) for path in dumps))
    if as_json:
        document = found.to_json()
        for entry, file in zip(document["files"], found.files, strict=True):
            entry["steps"] = steps(file)
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    for file in found.files:
        _print(file, lang)


def steps(file: FileInspection) -> dict[str, Any]:
    """Each step's id with "computable", or the fields and tables that the file lacks for it."""
    from analyzers.catalog import STEPS

    present = dict(file.fields)
    return {step.id: lacking(step.needs, present) or "computable" for step in STEPS}


def lacking(needs: Needs, present: Mapping[str, float]) -> list[str]:
    """The columns and tables a step needs of which these fields hold no value."""

    def has(column: str) -> bool:
        if column in ("posts.spoken", "posts.normal", "posts.family"):
            return has("posts.text")  # derived from it
        return present.get(column, 0) > 0 or column in ("posts.organic", "posts.spoken_by")

    missing = [column for column in needs.columns if not has(column)]
    missing += [choices[0] for choices in needs.alternatives if not any(map(has, choices))]
    tables = {name.partition(".")[0] for name in present}
    return missing + [table for table in needs.tables if table not in tables]


def _print(file: FileInspection, lang: str | None) -> None:
    words = plain_words(lang)
    source = file.source
    lines = [
        Text("{posts} posts, {accounts} accounts", posts=file.posts, accounts=file.accounts),
        *(
            Text("{n} rows skipped: {reason}", n=one.count, reason=one.reason)
            for one in source.skipped
        ),
        *source.notes,
    ]
    if file.span[0] and file.span[1]:
        lines.append(Text("From {first} to {last}", first=file.span[0], last=file.span[1]))
    if source.time_zone:
        lines.append(
            Text(
                "Time zone {zone}: {evidence}",
                zone=Code(source.time_zone.assumed),
                evidence=source.time_zone.evidence,
            )
        )
    click.echo(words.value(Code(source.name)) + " · " + words.value(Code(source.format)))
    for line in lines:
        click.echo(f"  {words.say(line)}")
    for name, share in file.fields:
        click.echo(f"  {name:28} {words.value(Percent(share)):>7}")
    for step, state in steps(file).items():
        if state == "computable":
            said = words.say(Text("computable"))
        else:
            said = words.say(Text("missing: {fields}", fields=tuple(Code(name) for name in state)))
        click.echo(f"  {step:28} {said}")
