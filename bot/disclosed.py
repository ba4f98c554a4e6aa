"""Who is behind the pseudonyms and which posts a step rests on, for those who may see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from analyzers.model.refusal import BadInput
from analyzers.model.text import Text, plural
from analyzers.render.inert import markdown
from analyzers.render.words import Lang
from bot.addresses import account_address, of_x, post_address
from bot.message import MAX_LABEL, Block, Button, Buttons, Message, Words
from bot.record import GONE
from bot.voice import LINE, TITLE, Voice

RECORD = "private/report.json"

PER_PAGE = 15
"""Lines of one page: 250 characters each leave room for the heading."""

NAME = 80
"""Characters of a handle that are shown: longer than any platform allows."""


class _Account(msgspec.Struct):
    id: str
    pseudonym: str
    handle: str | None = None


class _Evidence(msgspec.Struct):
    note: dict[str, str]
    posts: list[str]


class _Step(msgspec.Struct):
    id: str
    title: dict[str, str] | None = None
    evidence: list[_Evidence] = []


class _Source(msgspec.Struct):
    format: str


class _Dataset(msgspec.Struct):
    sources: list[_Source]


class _Asked(msgspec.Struct):
    dataset: _Dataset


class _Cohort(msgspec.Struct):
    accounts: list[_Account]


class _Record(msgspec.Struct):
    case: _Asked
    cohort: _Cohort
    steps: list[_Step]


@dataclass(frozen=True)
class Listing:
    """Lines to be shown a page at a time, and a sentence that counts them for everybody else."""

    lines: tuple[str, ...]
    counts: Text

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, -(-len(self.lines) // PER_PAGE))


def names(folder: Path) -> Listing:
    """The accounts of a case with their handles; reads a file, so call it in a thread."""
    record = _read(folder)
    x = _is_of_x(record)
    lines = tuple(_named(account, x) for account in record.cohort.accounts)
    counts = plural("This case has one account.", "This case has {n} accounts.", len(lines))
    return Listing(lines, counts)


def posts(folder: Path, step: str, lang: Lang) -> Listing:
    """The posts that a step rests on; reads a file, so call it in a thread."""
    record = _read(folder)
    x = _is_of_x(record)
    found = next((one.evidence for one in record.steps if one.id == step), [])
    lines = tuple(
        f"{_linked(post, post_address(post, x))} · {markdown(part.note[lang], 150)}"
        for part in found
        for post in part.posts
    )
    counts = plural("This step names one post.", "This step names {n} posts.", len(lines))
    return Listing(lines, counts)


def page(
    listing: Listing,
    number: int,
    heading: Text,
    does: str,
    about: Sequence[str],
    voice: Voice,
    beside: Sequence[Button] = (),
) -> Message:
    """One page of a listing as a private message, with buttons to the pages beside it.

    The buttons do what `does` says, about the parts of `about` and the page's number; those of
    `beside` come after them.
    """
    number = min(max(number, 1), listing.pages)
    lines = listing.lines[(number - 1) * PER_PAGE : number * PER_PAGE]
    text = [f"### {voice.say(heading, TITLE)}", *(lines or [voice.say(listing.counts)])]
    text.append(
        voice.small(
            Text(
                "Page {number} of {pages}. Only you see this, and that you saw it is logged.",
                number=number,
                pages=listing.pages,
            ),
            LINE,
        )
    )
    blocks: list[Block] = [Words("\n".join(text))]
    turns = [(number - 1, Text("Previous")), (number + 1, Text("Next"))]
    buttons = [
        Button(does, voice.speech.say(label)[:MAX_LABEL], ":".join([*about, str(to)]))
        for to, label in turns
        if 1 <= to <= listing.pages
    ] + [*beside]
    if buttons:
        blocks.append(Buttons(tuple(buttons)))
    return Message("listing", tuple(blocks))


def _read(folder: Path) -> _Record:
    try:
        return msgspec.json.decode((folder / RECORD).read_bytes(), type=_Record)
    except (OSError, msgspec.MsgspecError) as error:
        raise BadInput(GONE) from error


def _is_of_x(record: _Record) -> bool:
    return of_x(source.format for source in record.case.dataset.sources)


def _named(account: _Account, x: bool) -> str:
    handle = (account.handle or account.id).removeprefix("@")
    shown = f"@{handle}" if account.handle else handle
    address = account_address(account.id, account.handle, x)
    return f"**{account.pseudonym}** · {_linked(shown, address)}"


def _linked(name: str, address: str | None) -> str:
    shown = markdown(name, NAME)
    return f"[{shown}](<{address}>)" if address else shown
