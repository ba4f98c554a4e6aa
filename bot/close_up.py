"""Keeps the sheets of a case's accounts in its private folder, and shows one by its pseudonym."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from analyzers.lib.account_sheet import AccountSheet
from analyzers.model.refusal import BadInput
from analyzers.model.report import Report
from analyzers.model.text import Code, Text
from analyzers.render.account_text import DOUBT, Section, alt, compared, facts, sections, title
from analyzers.render.disclosure import Disclosure, Redaction
from analyzers.render.inert import markdown
from analyzers.render.words import Lang, Words
from bot.message import MAX_ALT, MAX_TEXT
from bot.voice import LINE, SENTENCE, TITLE, Voice, as_many_as_fit

SHEETS = "private/sheets.json"
PLACE = "private/place.json"

ROOM = MAX_TEXT - 300
"""Characters of a sheet's words in one message: the rest is for the doubt and for what was cut."""


@dataclass(frozen=True)
class Kept:
    """The sheets of a case by pseudonym, and what a public reader may see of names in them.

    `names` maps account ids to pseudonyms, `spared` are the handles that the case makes public.
    """

    names: dict[str, str]
    spared: frozenset[str]
    sheets: dict[str, AccountSheet]
    redaction: Redaction = "usual"

    def words(self, lang: Lang) -> Words:
        """Speaks to anybody: pseudonyms and masks, redacted as the case is."""
        shown = Disclosure(False, self.names, spared=self.spared, redaction=self.redaction)
        return Words(lang, shown)


@dataclass(frozen=True, slots=True)
class Place:
    """The server and the thread in which a case may be looked at."""

    guild: int
    thread: int


@dataclass(frozen=True)
class CloseUp:
    """One account ready to be shown: its sheet as markdown, and its charts with a description."""

    markdown: str
    picture: bytes
    alt: str


def encoded(
    report: Report, sheets: Mapping[str, AccountSheet], redaction: Redaction = "usual"
) -> bytes:
    """The sheets of a report's accounts, by account id, as the bytes of `private/sheets.json`."""
    names = {line.account_id: line.pseudonym for line in report.accounts}
    kept = Kept(
        names=names,
        spared=Disclosure.public(report).spared,
        sheets={name: sheets[account] for account, name in names.items() if account in sheets},
        redaction=redaction,
    )
    return msgspec.json.encode(kept, order="sorted")


def remember(folder: Path, place: Place) -> None:
    """Note where a case was published: its accounts are shown there and nowhere else."""
    (folder / PLACE).write_bytes(msgspec.json.encode(place))


def check_place(folder: Path, place: Place) -> None:
    """Refuse a look at a case from another server or thread, or at one that is no longer kept."""
    try:
        published = msgspec.json.decode((folder / PLACE).read_bytes(), type=Place)
    except (OSError, msgspec.MsgspecError) as error:
        raise BadInput(_GONE) from error
    if published != place:
        raise BadInput(Text("This case belongs to another thread: look at its accounts there."))


def kept_sheets(folder: Path) -> Kept:
    """The sheets of a result. Raises BadInput when they are no longer there."""
    try:
        return msgspec.json.decode((folder / SHEETS).read_bytes(), type=Kept)
    except (OSError, msgspec.MsgspecError) as error:
        raise BadInput(_GONE) from error


def pseudonyms(folder: Path) -> tuple[str, ...]:
    """The accounts of a result that can be looked at; reads a file, so call it in a thread."""
    try:
        kept = msgspec.json.decode((folder / SHEETS).read_bytes(), type=_Named)
    except (OSError, msgspec.MsgspecError) as error:
        raise BadInput(_GONE) from error
    return tuple(sorted(kept.sheets))


class _Named(msgspec.Struct):
    """What of the sheets it takes to name them: a suggestion must come within three seconds."""

    sheets: dict[str, msgspec.Raw]


def close_up(task: tuple[Path, str, Lang]) -> CloseUp:
    """Make one account of a result ready to be shown; drawing takes a second, so call a worker.

    Raises BadInput when the result is gone or gives nobody that pseudonym.
    """
    from analyzers.render.figures.account_sheet import draw_account

    folder, typed, lang = task
    kept = kept_sheets(folder)
    sheet = kept.sheets.get(typed.strip().upper())
    if sheet is None:
        raise unknown(typed, kept.sheets)
    words = kept.words(lang)
    return CloseUp(
        markdown=_markdown(sheet, Voice(words)),
        picture=draw_account(sheet, words, charts_only=True),
        alt=markdown(words.say(alt(sheet)), MAX_ALT),
    )


def unknown(typed: str, names: Mapping[str, object]) -> BadInput:
    """The refusal of a pseudonym that a result gives nobody."""
    return BadInput(
        Text(
            "This result calls no account {name}: its accounts are {first} to {last}.",
            name=Code(typed),
            first=Code(min(names, default="")),
            last=Code(max(names, default="")),
        )
    )


def _markdown(sheet: AccountSheet, voice: Voice) -> str:
    """The sheet's words within the room of a message: what has none is counted."""
    lines = [f"## {voice.say(title(sheet), TITLE)}"]
    lines += [voice.say(fact, LINE) for fact in facts(sheet)]
    lines.append(voice.small(compared(sheet), LINE))
    for section in sections(sheet):
        lines += _section(section, voice)
    kept = as_many_as_fit(lines, ROOM)
    if len(kept) < len(lines):
        kept.append(voice.small(Text("There is no room for all of the sheet here.")))
    return "\n".join([*kept, voice.small(DOUBT, 250)])


def _section(section: Section, voice: Voice) -> list[str]:
    lines = [f"**{voice.say(section.head, TITLE)}**"]
    lines += [f"- {voice.say(line, SENTENCE)}" for line in section.lines]
    return [*lines, voice.small(section.note, LINE)] if section.note else lines


_GONE = Text(
    "This case is no longer kept here: it was deleted, or the time for which cases are kept has "
    "passed. Give the command again with its files to see its accounts."
)
