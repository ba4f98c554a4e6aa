"""`limier account`: one account of a result seen close, on one sheet."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import click

from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text
from bot.cli.speaking import Speaking, lang_option, language, note

_FILE = click.Path(path_type=Path)


@click.command(cls=Speaking)
@click.argument("pseudonym")
@click.argument("dumps", metavar="[DUMP]...", nargs=-1, type=_FILE)
@click.option(
    "--in",
    "folder",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="The result that gave the pseudonym: the folder given to --out.",
)
@click.option("--out", type=_FILE, help="Write the sheet here, as a PNG.")
@lang_option
@click.option("--reveal", is_flag=True, help="Show the handle beside the pseudonym.")
def account(
    pseudonym: str,
    dumps: tuple[Path, ...],
    folder: Path,
    out: Path | None,
    lang: str | None,
    reveal: bool,
) -> None:
    """See one account of a result close: its languages, rhythm, subjects, pauses, shared texts.

    PSEUDONYM is one that the result uses, such as A07. The result holds all that is shown; give
    DUMP, files of posts, to be sure that it was made from them.
    """
    from analyzers.render.account_text import account_text
    from analyzers.render.words import Words
    from bot.close_up import kept_sheets, unknown
    from bot.verify import manifest

    record = manifest(folder)
    _check(dumps, {source["sha256"] for source in record["sources"]})
    kept = kept_sheets(folder)
    sheet = kept.sheets.get(pseudonym.strip().upper())
    if sheet is None:
        raise unknown(pseudonym, kept.sheets)
    public = kept.words(language(lang))
    handles = _handles(folder) if reveal else {}
    words = Words(public.lang, replace(public.disclosure, reveal=reveal, handles=handles))
    for line in account_text(sheet, words):
        click.echo(line)
    if out:
        from analyzers.render.figures.account_sheet import draw_account

        out.write_bytes(draw_account(sheet, words))
        note(Text("The sheet is in {file}.", file=Code(str(out))), lang)


def _check(dumps: tuple[Path, ...], sources: set[str]) -> None:
    from bot.bundle import sha256
    from bot.pipeline import present

    for path in dumps:
        if sha256(present(path)) not in sources:
            raise BadInput(Text("This result was not made from {file}.", file=Code(str(path))))


def _handles(folder: Path) -> dict[str, str]:
    """The handles of the result's accounts, by id, without @."""
    from bot.verify import RECORD

    path = folder / RECORD
    try:
        accounts = json.loads(path.read_bytes())["cohort"]["accounts"]
        return {one["id"]: one["handle"].removeprefix("@") for one in accounts if one["handle"]}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInput(
            Text(
                "{file} is missing or was changed: only the whole result says which account a "
                "pseudonym stands for.",
                file=Code(str(path)),
            )
        ) from error
