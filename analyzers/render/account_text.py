"""One account's sheet as text for a terminal, and the headings it shares with the picture."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from analyzers.lib.account_sheet import AccountSheet
from analyzers.model.figure import Label
from analyzers.model.text import Text
from analyzers.render.words import Words

DAYS: Final = (
    Text("Mon"),
    Text("Tue"),
    Text("Wed"),
    Text("Thu"),
    Text("Fri"),
    Text("Sat"),
    Text("Sun"),
)

MONTHS_HEAD: Final = Text("Languages of its posts by month, in shares; below, the number of posts")
HOURS_HEAD: Final = Text("When it posts: hours of the day (UTC) and days of the week")
TEXTS_HEAD: Final = Text("Texts that other accounts posted too")
DOUBT: Final = Text(
    "One account shows no pattern by itself. A language is no evidence of where anyone comes from."
)

_SHADES: Final = " ░▒▓█"


def account_text(sheet: AccountSheet, words: Words) -> Iterator[str]:
    """The lines of a sheet: facts, languages by month, hours of the week, shared texts."""
    yield words.say(Text("{account} seen close", account=sheet.account))
    for name, value in sheet.facts:
        yield "  " + words.say(Text("{name}: {value}", name=name, value=value))
    if sheet.months:
        yield from ("", words.say(MONTHS_HEAD))
        for month in sheet.months:
            mix, posts = _mix(sheet, month.counts, words), words.value(month.posts)
            yield f"  {month.name}  {mix} ({posts})"
        yield from ("", words.say(HOURS_HEAD))
        most = max(max(row) for row in sheet.hours)
        yield "  " + " " * 6 + "".join(f"{hour:<6}" for hour in range(0, 24, 3))
        for day, row in zip(DAYS, sheet.hours, strict=True):
            cells = "".join(_SHADES[-(-count * 4 // most)] * 2 for count in row)
            yield f"  {words.say(day):<6}{cells}"
    if sheet.texts:
        yield from ("", words.say(TEXTS_HEAD))
        for text in sheet.texts:
            yield "  " + words.say(text)
    yield from ("", words.say(DOUBT))


def _mix(sheet: AccountSheet, counts: tuple[int, ...], words: Words) -> str:
    """A month's languages with their counts, the commonest first."""
    found = sorted(zip(counts, sheet.languages, strict=True), key=lambda one: -one[0])
    return ", ".join(f"{_say(name, words)} {words.value(count)}" for count, name in found if count)


def _say(label: Label, words: Words) -> str:
    return words.say(label) if isinstance(label, Text) else words.value(label)
