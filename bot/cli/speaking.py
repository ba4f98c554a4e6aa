"""How the command line speaks: refusals in one sentence, progress on a terminal, JSON alone."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any, Literal

import click

from analyzers.model.refusal import BadInput
from analyzers.model.text import Text

if TYPE_CHECKING:
    from analyzers.investigation import Progress
    from analyzers.render.words import Words

BAD_INPUT = 2
"""The exit code of a refusal; 1 is Python's own for a bug, with its traceback."""

FULL = (errno.ENOSPC, errno.EDQUOT)
"""No room is left, or none for this user: nothing that a traceback would help with."""


class Refusal(click.ClickException):
    """A BadInput on its way out: its sentence alone on standard error, exit code 2."""

    exit_code = BAD_INPUT

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the sentence, without click's "Error:" before it."""
        click.echo(self.format_message(), file=file or sys.stderr)


class Speaking(click.Command):
    """A command whose BadInput becomes one sentence in the reader's language."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BadInput as refusal:
            raise Refusal(plain_words(ctx.params.get("lang")).say(refusal.text)) from None
        except OSError as error:
            if error.errno not in FULL:
                raise
            full = Text("The disk is full: make room, or name a folder on another disk.")
            raise Refusal(plain_words(ctx.params.get("lang")).say(full)) from None


def language(lang: str | None) -> Literal["en", "fr"]:
    """The language asked for, else the terminal's own, else English."""
    if lang in ("en", "fr"):
        return "fr" if lang == "fr" else "en"
    variables = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "fr" if next(filter(None, variables), "").lower().startswith("fr") else "en"


def plain_words(lang: str | None) -> Words:
    """Words about no report in particular, such as refusals."""
    from analyzers.render.disclosure import Disclosure
    from analyzers.render.words import Words

    return Words(language(lang), Disclosure(reveal=False))


def note(text: Text, lang: str | None) -> None:
    """A remark beside the result: on standard error, so that standard output stays clean."""
    click.echo(plain_words(lang).say(text), err=True)


@contextmanager
def progress_bar(
    lang: str | None, stages: Mapping[str, Text] | None = None
) -> Iterator[Callable[[Progress], None]]:
    """Show progress on standard error when that is a terminal, else nothing.

    `stages` names the stages, those of an investigation when `None`.
    """
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    from bot.progress import STAGES

    words, names = plain_words(lang), stages or STAGES
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=1)

        def show(now: Progress) -> None:
            stage = words.say(names[now.stage])
            bar.update(task, description=stage, completed=now.done, total=max(1, now.total))

        yield show


lang_option = click.option(
    "--lang",
    type=click.Choice(["en", "fr"]),
    help="Language of the result; the terminal's own by default.",
)
json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print the document alone to standard output."
)
