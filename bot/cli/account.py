"""`limier account`: one account of a result seen close, on one sheet."""

from __future__ import annotations

import json
from pathlib import Path

import click

from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text
from bot.cli.investigate import beside
from bot.cli.speaking import Speaking, lang_option, language, note

_FILE = click.Path(path_type=Path)


@click.command(cls=Speaking)
@click.argument("pseudonym")
@click.argument("dumps", metavar="DUMP...", nargs=-1, required=True, type=_FILE)
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
    """See one account of a result close: its languages, rhythm, pauses and shared texts.

    PSEUDONYM is one that the result uses, such as A07; DUMP are the files that it was made from.
    """
    import tempfile

    from analyzers import enrich, read
    from analyzers.account import account as seen
    from analyzers.render.account_text import account_text
    from analyzers.render.disclosure import Disclosure
    from analyzers.render.words import Words
    from bot.pipeline import present
    from bot.verify import manifest

    request = manifest(folder)["request"]
    accounts = _accounts(folder)
    if pseudonym.upper() not in accounts:
        raise BadInput(
            Text(
                "This result calls no account {name}: its accounts are {first} to {last}.",
                name=Code(pseudonym),
                first=Code(min(accounts, default="")),
                last=Code(max(accounts, default="")),
            )
        )
    account_id, _ = accounts[pseudonym.upper()]
    paths = dict.fromkeys([*(present(path) for path in dumps), *beside(dumps)])
    with tempfile.TemporaryDirectory(prefix="limier-account-") as scratch:
        dataset = read(*paths, directory=Path(scratch), mapping=dict(request["mapping"]))
        sheet = seen(enrich(dataset), account_id)
    if not any(map(sum, sheet.hours)):
        raise BadInput(
            Text(
                "These files hold no dated post of {name}: give those that the result was made "
                "from.",
                name=Code(pseudonym.upper()),
            )
        )
    words = Words(
        language(lang),
        Disclosure(
            reveal=reveal,
            names={account: name for name, (account, _) in accounts.items()},
            handles={account: handle for account, handle in accounts.values() if handle},
            spared=frozenset(str(t).removeprefix("@").casefold() for t in request["targets"]),
        ),
    )
    for line in account_text(sheet, words):
        click.echo(line)
    if out:
        from analyzers.render.figures.account_sheet import draw_account

        out.write_bytes(draw_account(sheet, words))
        note(Text("The sheet is in {file}.", file=Code(str(out))), lang)


def _accounts(folder: Path) -> dict[str, tuple[str, str]]:
    """The result's pseudonyms, with the id and the handle that each stands for."""
    from bot.verify import RECORD

    path = folder / RECORD
    try:
        report = json.loads(path.read_bytes())
        return {
            line["pseudonym"]: (line["id"], (line["handle"] or "").removeprefix("@"))
            for line in report["cohort"]["accounts"]
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadInput(
            Text(
                "{file} is missing or was changed: only the whole result says which account a "
                "pseudonym stands for.",
                file=Code(str(path)),
            )
        ) from error
