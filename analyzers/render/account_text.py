"""One account's sheet in words: its sections for every face, and the whole for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, assert_never

from analyzers.lib.account_numbers import Name, Number
from analyzers.lib.account_periods import Period
from analyzers.lib.account_sheet import AccountSheet, Addressee, Client
from analyzers.lib.language_mix import UNDETERMINED, label
from analyzers.model.text import (
    AccountRef,
    Code,
    Language,
    Percent,
    Public,
    Quote,
    Share,
    Text,
    Value,
    plural,
)
from analyzers.render.signal_words import tie_lines
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
DOUBT: Final = Text(
    "One account shows no pattern by itself. A language is no evidence of where anyone comes from."
)
UNKNOWN: Final = Text("unknown")

_NAMES: Final[dict[Name, Text]] = {
    "posts": Text("Posts in this data"),
    "age": Text("Age when the attack began"),
    "reposts": Text("Reposts"),
    "pause": Text("Median pause between posts"),
    "silence": Text("Longest silence"),
    "silence_before": Text("Silence right before its first post about the target"),
    "quiet_hours": Text("Longest stretch of the day with hardly a post"),
    "main_language": Text("Posts in its most-used language"),
    "addressing": Text("Own posts that address others"),
    "addressed": Text("Different accounts that they address"),
    "moved": Text(
        "Change of words since eight weeks before the attack, beyond chance (0 none, 1 all)"
    ),
}

_PERIODS: Final = Text(
    "Terms that at least three accounts use, this one often and others seldom. Periods part where "
    "its languages, or its words, changed most: every account has such dates. Days are in UTC."
)
_THIRD: Final = Text(
    "T1, T2 and so on are third parties, who are not named; each sheet numbers them anew."
)

_SHADES: Final = " ░▒▓█"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, its lines, and what one must know to read them."""

    head: Text
    lines: tuple[Text, ...]
    note: Text | None = None


def title(sheet: AccountSheet) -> Text:
    """Whom the sheet is about."""
    return Text("{account} seen close", account=AccountRef(sheet.account))


def facts(sheet: AccountSheet) -> tuple[Text, ...]:
    """Profile and counts, with what is usual among ordinary accounts beside each number."""
    usual = {number.name: number.usual for number in sheet.numbers}
    known: list[tuple[Text, Value]] = [
        (Text("Created"), sheet.created or UNKNOWN),
        (Text("Interface language"), Language(sheet.interface) if sheet.interface else UNKNOWN),
        (_NAMES["posts"], _beside(Number("posts", sheet.posts, 1, usual.get("posts")))),
    ]
    if sheet.first and sheet.last:
        known.append((Text("First post in this data"), sheet.first))
        known.append((Text("Last post in this data"), sheet.last))
    known += [(_NAMES[one.name], _beside(one)) for one in sheet.numbers if one.name != "posts"]
    clients = tuple(
        plural("{client} (one post)", "{client} ({n} posts)", one.posts, client=_client(one))
        for one in sheet.clients
    )
    known.append((Text("Sent from"), clients or UNKNOWN))
    return tuple(Text("{name}: {value}", name=name, value=value) for name, value in known)


def compared(sheet: AccountSheet) -> Text:
    """Against whom the numbers are read, or why against nobody."""
    if any(number.usual for number in sheet.numbers):
        return Text(
            "Ordinary accounts: the median, and the range of the middle half of them, where "
            "timelines were collected too."
        )
    if sheet.timeline:
        return Text("There are too few ordinary accounts with timelines to compare with.")
    return Text(
        "Its timeline was not collected: only posts that a search found are here, so nothing is "
        "compared with ordinary accounts."
    )


def sections(sheet: AccountSheet) -> tuple[Section, ...]:
    """What a sheet tells below its charts: silences, subjects, whom it addresses, shared texts."""
    found = (
        Section(Text("What ties it to others of the group"), tuple(tie_lines(sheet.ties))),
        Section(
            Text("Its longest silences"),
            tuple(
                Text(
                    "{gap}, from {since} to {until}",
                    gap=_rounded((one.until - one.since).total_seconds()),
                    since=one.since,
                    until=one.until,
                )
                for one in sheet.silences
            ),
            Text("Deleted posts are missing, so a silence may have been filled once."),
        ),
        Section(
            Text("What it writes about, period by period"),
            tuple(_period(one) for one in sheet.periods if one.terms or len(sheet.periods) > 1),
            _PERIODS if any(one.terms for one in sheet.periods) else None,
        ),
        Section(
            plural(
                "Whom its own posts address: one account",
                "Whom its own posts address: {n} accounts",
                sheet.addressed,
            ),
            tuple(
                plural("{who}: one post", "{who}: {n} posts", one.posts, who=_who(one))
                for one in sheet.addressees
            ),
            _THIRD if any(one.who == "other" for one in sheet.addressees) else None,
        ),
        Section(
            Text("Texts that other accounts posted too"),
            tuple(
                plural(
                    "{text} (also posted by {n} other account)",
                    "{text} (also posted by {n} other accounts)",
                    one.others,
                    text=Quote(" ".join(one.text.split())),
                )
                for one in sheet.texts
            ),
        ),
    )
    return tuple(section for section in found if section.lines)


def alt(sheet: AccountSheet) -> Text:
    """The sheet's picture in a sentence or two, for those who do not see it."""
    if not sheet.months:
        return Text("{account} seen close: no dated post.", account=AccountRef(sheet.account))
    totals = [sum(column) for column in zip(*(m.counts for m in sheet.months), strict=True)]
    found = sorted(zip(totals, sheet.languages, strict=True), key=lambda one: -one[0])
    mix = tuple(
        Text("{language} {share}", language=label(code), share=Share(count, sum(totals)))
        for count, code in found
        if count
    )
    most = max(max(row) for row in sheet.hours)
    day = next(number for number, row in enumerate(sheet.hours) if most in row)
    return plural(
        "{account} seen close. Bars of its languages by month, {first} to {last}: {mix}. A grid "
        "of the hours in which it posts, most often on {day} at {hour}:00 UTC (one post).",
        "{account} seen close. Bars of its languages by month, {first} to {last}: {mix}. A grid "
        "of the hours in which it posts, most often on {day} at {hour}:00 UTC ({n} posts).",
        most,
        account=AccountRef(sheet.account),
        first=Code(sheet.months[0].name),
        last=Code(sheet.months[-1].name),
        mix=mix,
        day=DAYS[day],
        hour=Code(f"{sheet.hours[day].index(most):02d}"),
    )


def account_text(sheet: AccountSheet, words: Words) -> Iterator[str]:
    """The lines of a sheet for a terminal: all of it, the charts in letters."""
    yield words.say(title(sheet))
    for fact in facts(sheet):
        yield "  " + words.say(fact)
    yield "  " + words.say(compared(sheet))
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
    for section in sections(sheet):
        yield from ("", words.say(section.head))
        for line in section.lines:
            yield "  " + words.say(line)
        if section.note:
            yield "  " + words.say(section.note)
    yield from ("", words.say(DOUBT))


def _period(one: Period) -> Text:
    posts = plural("one own post", "{n} own posts", one.posts)
    first, last = one.first.date(), one.last.date()
    if one.language == UNDETERMINED:
        return Text("{first} to {last}, {posts}", first=first, last=last, posts=posts)
    terms = tuple(Quote(term) for term in one.terms) or Text("no term that stands out")
    return Text(
        "{first} to {last}, mostly {language}, {posts}: {terms}",
        first=first,
        last=last,
        language=label(one.language),
        posts=posts,
        terms=terms,
    )


def _beside(number: Number) -> Value:
    """A number's value, with that of ordinary accounts where there are enough."""
    usual = number.usual
    if usual is None:
        return _value(number.name, number.value, number.of)
    low, middle, high = (_value(number.name, x) for x in (usual.low, usual.middle, usual.high))
    return Text(
        "{value}; {n} ordinary accounts: {middle} ({low} to {high})",
        value=_value(number.name, number.value, number.of),
        n=usual.n,
        middle=middle,
        low=low,
        high=high,
    )


def _value(name: Name, value: float, of: int | None = None) -> Value:
    """A number as people say it; shares are given as counts `of` posts where these are known."""
    match name:
        case "posts" | "addressed":
            return round(value)
        case "age":
            return timedelta(days=value)
        case "reposts" | "main_language" | "addressing":
            return Percent(value) if of is None else Share(round(value * of), of)
        case "pause" | "silence" | "silence_before":
            return _rounded(value)
        case "quiet_hours":
            return timedelta(hours=value)
        case "moved":
            return round(value, 2)
        case _:
            assert_never(name)


def _rounded(seconds: float) -> timedelta:
    """Whole hours from two days up, else whole minutes from an hour up."""
    step = 3600 if seconds >= 172_800 else 60 if seconds >= 3600 else 1
    return timedelta(seconds=seconds // step * step)


def _client(one: Client) -> Value:
    return Text("a client that no other account here uses") if one.name is None else Code(one.name)


def _who(one: Addressee) -> Value:
    match one.who:
        case "target":
            return Public(one.name)
        case "member":
            return AccountRef(one.name)
        case "other":
            return Code(one.name)
        case _:
            assert_never(one.who)


def _mix(sheet: AccountSheet, counts: tuple[int, ...], words: Words) -> str:
    """A month's languages with their counts, the commonest first."""
    found = sorted(zip(counts, sheet.languages, strict=True), key=lambda one: -one[0])
    return ", ".join(
        f"{words.value(label(code))} {words.value(count)}" for count, code in found if count
    )
