"""Sentences and values in the reader's language, as plain text that each face escapes itself."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from gettext import c2py
from pathlib import Path
from typing import Literal, TypeAlias, assert_never

from babel import Locale
from babel.lists import format_list
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_scientific
from babel.units import format_unit

from analyzers.model.text import (
    AccountRef,
    Code,
    Interval,
    Language,
    Percent,
    PostRef,
    Probability,
    Public,
    Quote,
    Share,
    Text,
    Value,
    plural,
)
from analyzers.render.disclosure import Disclosure

Lang: TypeAlias = Literal["en", "fr"]
LANGS: tuple[Lang, ...] = ("en", "fr")

CATALOGUE = Path(__file__).parent.parent / "locales/fr/LC_MESSAGES/limier.po"
"""Read as it stands, so that a fresh clone needs no compile step."""

MAX_QUOTE = 140
"""Characters of a quotation: the old length of a tweet, half of the 280 a claim may take."""

FEW = 5
"""Below this many items a share is written as a count (house rule: no percentage of a handful)."""

BEYOND_COUNTING = 1e15
"""From here on a number is written with its power of ten: nobody counts the digits, and beyond
28 of them decimal arithmetic fails."""

_LOCALES = {"en": Locale("en", "GB"), "fr": Locale("fr")}  # en_GB: 9 February, "a, b and c"
_NARROW = "\u202f"
_SPACE = re.compile(r"[^\S\u00a0\u202f]+")
_OLD_CODES = {"in": "id", "iw": "he", "ji": "yi"}  # ISO 639 codes withdrawn in 1989, still in use
_UNITS = (
    # the unit is natural up to about two of the next one: 90 minutes, 36 hours, 45 days
    (timedelta(minutes=2), "duration-second", timedelta(seconds=1)),
    (timedelta(hours=2), "duration-minute", timedelta(minutes=1)),
    (timedelta(days=2), "duration-hour", timedelta(hours=1)),
    (timedelta(days=60), "duration-day", timedelta(days=1)),
    (timedelta(days=730), "duration-month", timedelta(days=30.44)),
    (timedelta.max, "duration-year", timedelta(days=365.25)),
)


@dataclass(frozen=True)
class Words:
    """Says texts and values to one reader: in `lang`, with what `disclosure` lets them see."""

    lang: Lang
    disclosure: Disclosure

    def say(self, text: Text) -> str:
        """The sentence in the reader's language; English where the catalogue has none."""
        return self._fill(text, {name: self.value(value) for name, value in text.values})

    def value(self, value: Value) -> str:
        """One value in words, as plain text without line breaks or invisible characters."""
        match value:
            case Text():
                return self.say(value)
            case int() | float():
                return self._number(value)
            case str():
                return inert(value)
            case datetime():
                return self._moment(value)
            case date():
                return self._day(value)
            case timedelta():
                return self._duration(value)
            case tuple():
                return self._list(value)
            case AccountRef():
                return inert(self.disclosure.account(value))
            case PostRef():
                return self._post(value)
            case Public(name):
                return inert(name)
            case Code(name):
                return inert(self.disclosure.code(name))
            case Quote():
                return self._quote(value)
            case Language(code):
                return self._language(code)
            case Percent(proportion):
                return self._percent(proportion)
            case Share():
                return self._share(value)
            case Interval():
                return self._interval(value)
            case Probability(number, adjusted):
                return self._probability(number, "q" if adjusted else "p")
            case _:
                assert_never(value)

    def _fill(self, text: Text, parts: Mapping[str, str]) -> str:
        """The sentence with its places filled by strings that are already in words."""
        return _template(self.lang, text.msgid, text.plural, text.count).format_map(parts)

    def _quote(self, quote: Quote) -> str:
        if self.disclosure.withholds(quote.text):
            return self._withheld(1)
        words = inert(quote.text)
        quoted = words if self.disclosure.strict else self.disclosure.mask(words)
        return self._fill(Text("“{words}”"), {"words": shortened(quoted)})

    def _withheld(self, n: int) -> str:
        return self.say(plural("[text not shown]", "[{n} texts not shown]", n))

    def _post(self, post: PostRef) -> str:
        number = self.disclosure.posts.get(post.id)
        if self.disclosure.reveal:
            return inert(self.disclosure.post(post))
        if number is None:
            return self.say(Text("a post"))
        return self._fill(Text("post {number}"), {"number": number})

    def _decimal(self, value: float, decimals: int) -> str:
        if abs(value) >= BEYOND_COUNTING:
            return format_scientific(value, "0.##E0", locale=_LOCALES[self.lang])
        pattern = "#,##0." + "0" * decimals if decimals else "#,##0"
        return format_decimal(round(value, decimals) + 0.0, pattern, locale=_LOCALES[self.lang])

    def _number(self, value: float) -> str:
        if not math.isfinite(value):
            return self.say(Text("unknown"))
        if isinstance(value, int) or value == 0 or abs(value) >= 100:
            return self._decimal(value, 0)
        if abs(value) < 1 / BEYOND_COUNTING:
            return format_scientific(value, "0.##E0", locale=_LOCALES[self.lang])
        decimals = 2 - math.floor(math.log10(abs(value)))  # three significant digits
        return format_decimal(
            round(value, decimals), "#,##0." + "#" * decimals, locale=_LOCALES[self.lang]
        )

    def _day(self, value: date) -> str:
        locale = _LOCALES[self.lang]
        month = locale.months["format"]["wide"][value.month]
        day = "1er" if self.lang == "fr" and value.day == 1 else str(value.day)
        return f"{day} {month} {value.year}"

    def _moment(self, value: datetime) -> str:
        utc = value.astimezone(UTC) if value.tzinfo else value
        day = self._day(utc.date())
        if self.disclosure.strict:
            return day
        return self._fill(Text("{day}, {time} UTC"), {"day": day, "time": f"{utc:%H:%M}"})

    def span(self, low: timedelta, high: timedelta) -> str:
        """Two durations in one unit, such as the ends of an interval: "59–63 minutes"."""
        if low < timedelta(0):  # a dash would look like a minus
            return self.say(Text("{low} to {high}", low=low, high=high))
        unit, length = _unit(high)
        return self.say(
            Text(
                "{low}–{high}",
                low=_rounded(low / length),
                high=format_unit(
                    _rounded(high / length), unit, length="long", locale=_LOCALES[self.lang]
                ),
            )
        )

    def _duration(self, value: timedelta) -> str:
        unit, length = _unit(value)
        return format_unit(
            _rounded(value / length), unit, length="long", locale=_LOCALES[self.lang]
        )

    def _list(self, values: tuple[Value, ...]) -> str:
        if not values:
            return self.say(Text("none"))
        if all(isinstance(one, Quote) and self.disclosure.withholds(one.text) for one in values):
            return self._withheld(len(values))
        return format_list([self.value(value) for value in values], locale=_LOCALES[self.lang])

    def _language(self, code: str) -> str:
        code = _OLD_CODES.get(code.lower(), code)
        if code == "und":
            return self.say(Text("undetermined"))
        names = _LOCALES[self.lang].languages
        main = re.split("[-_]", code)[0].lower()
        return str(names.get(code.replace("-", "_")) or names.get(main) or inert(code))

    def _percent(self, proportion: float) -> str:
        if not math.isfinite(proportion):
            return self.say(Text("unknown"))
        if 0 < proportion < 0.0005:  # would be written as none
            return self._fill(Text("under {number}%"), {"number": self._decimal(0.1, 1)})
        if 0.9995 < proportion < 1:
            return self._fill(Text("over {number}%"), {"number": self._decimal(99.9, 1)})
        number = self._decimal(proportion * 100, _decimals(proportion))
        return self._fill(Text("{number}%"), {"number": number})

    def _share(self, share: Share) -> str:
        if share.n < FEW:
            return self.say(Text("{k} of {n}", k=share.k, n=share.n))
        percent = Percent(share.k / share.n)
        return self.say(Text("{k} of {n} ({percent})", k=share.k, n=share.n, percent=percent))

    def _interval(self, interval: Interval) -> str:
        if not interval.percent:
            return self.say(Text("{low} to {high}", low=interval.low, high=interval.high))
        ends = (interval.low, interval.high)
        if interval.low == interval.high:
            return self._percent(interval.low)
        tight = abs(interval.high - interval.low) < 0.02
        scale, decimals = (1000, 1) if tight else (100, 0)
        parts = [round(end * scale) for end in ends]
        if parts[0] == parts[1]:  # outwards, so that an interval is never written as a point
            parts = [math.floor(ends[0] * scale), math.ceil(ends[1] * scale)]
        low, high = (self._decimal(part / scale * 100, decimals) for part in parts)
        return self._fill(Text("{low}–{high}%"), {"low": low, "high": high})

    def _probability(self, p: float, letter: str) -> str:
        if not math.isfinite(p):
            return self.say(Text("unknown"))
        if p < 0.001:
            return f"{letter} < {self._decimal(0.001, 3)}"
        if p > 0.99:
            return f"{letter} > {self._decimal(0.99, 2)}"
        return f"{letter} = {self._decimal(p, 3 if p < 0.01 else 2)}"


def inert(text: str) -> str:
    """Text on one line without control, zero-width, direction or lone surrogate characters.

    The no-break spaces of French typography stay; every other white space becomes one space.
    """
    spaced = _SPACE.sub(" ", text)
    shown = (c for c in spaced if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co"))
    return _SPACE.sub(" ", "".join(shown)).strip()


def shortened(text: str, limit: int = MAX_QUOTE) -> str:
    """The text cut at the last word that fits in `limit` characters, with an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    word_end = cut.rfind(" ")
    return (cut[:word_end] if word_end > limit // 2 else cut).rstrip() + "…"


def _unit(value: timedelta) -> tuple[str, timedelta]:
    """The unit in which people would say a duration, and its length."""
    whole = next(((unit, one) for _, unit, one in _UNITS if value == one), None)
    fitting = ((unit, one) for limit, unit, one in _UNITS if abs(value) < limit)
    return whole or next(fitting, _UNITS[-1][1:])


def _rounded(amount: float) -> float:
    amount = round(amount, 1) if abs(amount) < 10 else round(amount)
    return int(amount) if amount == int(amount) else amount


def _decimals(proportion: float) -> int:
    """One decimal near 0 and 1, so that 99.6% is not written as all, nor 0.4% as none."""
    return 1 if 0 < proportion < 0.01 or 0.99 < proportion < 1 else 0


def _template(lang: Lang, msgid: str, plural: str | None, count: int | None) -> str:
    if lang == "fr":
        forms = _french().get(msgid)
        if forms:
            return forms[_french_form(count) if plural is not None and count is not None else 0]
    return msgid if plural is None or count == 1 else plural


@cache
def _french() -> dict[str, tuple[str, ...]]:
    """Message id → its French forms, with French spacing, for every complete entry."""
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="fr")
    found: dict[str, tuple[str, ...]] = {}
    for message in catalogue:
        if not message.id or message.fuzzy:
            continue
        msgid = message.id if isinstance(message.id, str) else message.id[0]
        forms = (message.string,) if isinstance(message.string, str) else message.string
        if forms and all(forms):
            found[msgid] = tuple(_spaced(form) for form in forms)
    return found


def _french_form(count: int) -> int:
    return int(_french_plural()(abs(count)))


@cache
def _french_plural() -> Callable[[int], int]:
    """Which form a count takes, by the catalogue's own rule."""
    with CATALOGUE.open("rb") as file:
        rule: Callable[[int], int] = c2py(read_po(file, locale="fr").plural_expr)
    return rule


def _spaced(french: str) -> str:
    """Narrow no-break spaces before ; : ! ? % and inside « », as French typography wants."""
    french = re.sub(r"[ \u00a0](?=[;:!?%»])", _NARROW, french)
    return re.sub(r"(?<=«)[ \u00a0]", _NARROW, french)
