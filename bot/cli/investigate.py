"""`limier investigate`: a dump of posts goes in, an investigated thread comes out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text
from bot.cli.mapped import map_option, pairs
from bot.cli.show import run_and_show
from bot.cli.speaking import Speaking, json_option, lang_option, note

if TYPE_CHECKING:
    from analyzers.render.disclosure import Redaction

BESIDE = ("users", "follows", "statuses", "collected")
"""Tables that are picked up beside NAME.jsonl when they are called NAME.users.csv and so on."""

_FILE = click.Path(path_type=Path)


@click.command(cls=Speaking)
@click.argument("dumps", metavar="DUMP...", nargs=-1, required=True, type=_FILE)
@click.option(
    "--target",
    "targets",
    multiple=True,
    metavar="T",
    help="@handle, #hashtag, a quoted phrase, a link or a post's address. May be repeated.",
)
@click.option("--accounts", type=_FILE, help="CSV that names the cohort: account, ground, note.")
@click.option("--events", type=_FILE, help="CSV of context events: time, label, until.")
@click.option(
    "--figures", type=_FILE, help="CSV or TOML of public figures: handle, name, category."
)
@click.option("--follows", type=_FILE, help="CSV of who follows whom.")
@click.option("--statuses", type=_FILE, help="CSV of status checks: account, checked_at, status.")
@click.option("--since", metavar="T", help="Leave out posts before this day or time (UTC).")
@click.option("--until", metavar="T", help="Leave out posts from this day or time on (UTC).")
@map_option
@click.option(
    "--prior",
    "priors",
    multiple=True,
    metavar="NAME=WEIGHT",
    help="How likely an explanation is held beforehand, as in community_raid=0.3. May be repeated.",
)
@lang_option
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Write the result here."
)
@json_option
@click.option("--reveal", is_flag=True, help="Show handles instead of pseudonyms.")
@click.option(
    "--redaction",
    type=click.Choice(["usual", "strict"]),
    default="usual",
    show_default=True,
    help="How much of the posts is shown: texts that several accounts share, or no text at all.",
)
def investigate(
    dumps: tuple[Path, ...],
    targets: tuple[str, ...],
    accounts: Path | None,
    events: Path | None,
    figures: Path | None,
    follows: Path | None,
    statuses: Path | None,
    since: str | None,
    until: str | None,
    mapped: tuple[str, ...],
    priors: tuple[str, ...],
    lang: str | None,
    out: Path | None,
    as_json: bool,
    reveal: bool,
    redaction: Redaction,
) -> None:
    """Investigate who attacks a target together, in a dump of one or several files.

    DUMP may be a folder that `limier collect` filled: the target, the window and the accounts that
    act together are then those that were collected.
    """
    from bot.collect.folder import opened
    from bot.pipeline import present
    from bot.request import Request, day

    if reveal and redaction == "strict":
        raise BadInput(
            Text("--reveal shows what --redaction strict withholds: leave one of them out.")
        )
    collected = opened(dumps)
    if collected is not None:
        dumps = collected.dumps
        targets, since, until = (
            targets or collected.targets,
            since or collected.since,
            until or collected.until,
        )
        for missing in collected.missing:
            note(missing, lang)
    tables = {"follows": follows, "statuses": statuses}
    for table, path in tables.items():
        if path:
            _check_table(present(path), table)
    given = (*dumps, *(path for path in tables.values() if path))
    found = tuple(path for path in beside(dumps) if path not in given)
    if found and collected is None:
        names = tuple(Code(path.name) for path in found)
        note(Text("Also read, found beside the dump: {files}.", files=names), lang)
    request = Request(
        paths=(*given, *found),
        targets=targets,
        accounts=accounts,
        events=events,
        figures=figures,
        frozen=collected.frozen if collected else None,
        since=None if since is None else day(since),
        until=None if until is None else day(until),
        mapping=pairs(mapped),
        prior=tuple(_weight(text) for text in priors),
        reveal=reveal,
        redaction=redaction,
    )
    run_and_show(request, lang, out, as_json)


def beside(dumps: tuple[Path, ...]) -> list[Path]:
    """The tables that lie beside the dumps under their names, such as NAME.users.csv."""
    stems = [dump.parent / dump.name.partition(".")[0] for dump in dumps]
    paths = [stem.with_name(f"{stem.name}.{table}.csv") for stem in stems for table in BESIDE]
    return [path for path in dict.fromkeys(paths) if path.is_file()]


def _check_table(path: Path, table: str) -> None:
    """Refuse a file that is given as a table of follows or statuses and is something else."""
    from analyzers.read.detect import detect
    from analyzers.read.limits import DEFAULT
    from analyzers.read.sidecar import SIDECARS

    wanted = next(sidecar for sidecar in SIDECARS if sidecar.name == table)
    if detect(path, DEFAULT, {}).format is not wanted:
        raise BadInput(
            Text(
                "{file} is no such table: --{table} takes a CSV file with the columns {columns}.",
                file=Code(path.name),
                table=Code(table),
                columns=tuple(Code(name) for name in sorted(wanted.needed)),
            )
        )


def _weight(text: str) -> tuple[str, float]:
    name, _, weight = text.partition("=")
    try:
        return name.strip(), float(weight)
    except ValueError:
        raise BadInput(
            Text(
                "--prior takes NAME=WEIGHT, as in community_raid=0.3; {text} is not.",
                text=Code(text),
            )
        ) from None
