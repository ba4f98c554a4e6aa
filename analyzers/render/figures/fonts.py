"""Which fonts can draw a label, and what to write instead when none can."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from anyascii import anyascii
from matplotlib.font_manager import FontProperties, findSystemFonts, fontManager, get_font

BASE: Final = "DejaVu Sans"
"""Comes with matplotlib, so that a chart looks the same on every machine; has Latin, Greek,
Cyrillic, Hebrew, Arabic and some emoji."""

LONGEST: Final = 1500
"""Characters of a label that are looked at: no chart has room for more than a few hundred."""

_FALLBACKS: Final = ("NotoSans", "NotoNaskh", "Symbola")
"""How the files of the fallback fonts begin. Noto Color Emoji is left out: it holds bitmaps, which
matplotlib cannot scale."""

_UNWANTED: Final = ("Mono", "Serif", "Condensed", "ColorEmoji")
_INVISIBLE: Final = ("Cc", "Cf", "Cs", "Co", "Cn")
_SELECTORS: Final = frozenset(map(chr, range(0xFE00, 0xFE10)))  # they ask for emoji or plain forms
_PACKAGES: Final = {
    "CJK": "fonts-noto-cjk",
    "HIRAGANA": "fonts-noto-cjk",
    "KATAKANA": "fonts-noto-cjk",
    "HANGUL": "fonts-noto-cjk",
    "BOPOMOFO": "fonts-noto-cjk",
}
"""First word of a character's Unicode name → the Debian package that draws its script."""


def face(text: str, *, bold: bool = False) -> tuple[str, FontProperties]:
    """The text as it can be drawn on this machine, and the fonts to draw it with.

    A bold face that lacks a letter is given up for the regular one. Characters that no font has are
    written in ASCII ("Han Zi"), and dropped when they have no ASCII form.
    """
    clean = "".join(_visible(unicodedata.normalize("NFC", text[:LONGEST])))
    if bold and any(_family(c, True) is None and _family(c, False) for c in set(clean)):
        bold = False
    families: dict[str, None] = {BASE: None}
    drawn: list[str] = []
    for character in clean:
        family = _family(character, bold)
        if family is None:
            if "\u2e80" <= character <= "\uffff" and drawn and drawn[-1].isalpha():
                drawn.append(" ")  # a Chinese or Japanese letter is a word: "Han Zi"
            drawn.append(_ascii(character))
        else:
            families[family] = None
            drawn.append(character)
    return re.sub(" +", " ", "".join(drawn)), _properties(tuple(families), bold)


def missing_fonts(sample: str) -> tuple[str, ...]:
    """Scripts of the sample that this machine cannot draw, as "HANGUL (fonts-noto-cjk)".

    The name in brackets is the Debian package that helps. An empty tuple means all can be drawn.
    """
    found = {
        _script(character)
        for character in _visible(unicodedata.normalize("NFC", sample))
        if _family(character, False) is None
    }
    return tuple(sorted(found))


def _visible(text: str) -> Iterable[str]:
    """Spaces for any white space; no control, format, surrogate or private characters."""
    for character in text:
        if character.isspace():
            # the narrow no-break space of French has no glyph in some fonts; width hardly differs
            yield "\u00a0" if character in "\u00a0\u202f\u2007" else " "
        elif unicodedata.category(character) not in _INVISIBLE and character not in _SELECTORS:
            yield character


def _ascii(character: str) -> str:
    if unicodedata.combining(character):
        return ""
    return str(anyascii(character))


def _script(character: str) -> str:
    word = unicodedata.name(character, "UNKNOWN").split()[0].split("-")[0]
    if unicodedata.category(character) in ("So", "Sk"):
        return "EMOJI (fonts-symbola)"
    return f"{word} ({_PACKAGES.get(word, 'fonts-noto-core')})"


@lru_cache(maxsize=20_000)  # distinct characters of a large multilingual report
def _family(character: str, bold: bool) -> str | None:
    for family in (BASE, *_fallbacks()):
        if get_font(fontManager.findfont(_properties((family,), bold))).get_char_index(
            ord(character)
        ):
            return family
    return None


@cache
def _properties(families: tuple[str, ...], bold: bool) -> FontProperties:
    return FontProperties(family=list(families), weight="bold" if bold else "normal")


@cache
def _fallbacks() -> tuple[str, ...]:
    """Families of the fallback fonts installed here, known to matplotlib even if just installed."""
    known = {Path(entry.fname).resolve() for entry in fontManager.ttflist}
    wanted: list[Path] = []
    for found in sorted(findSystemFonts()):
        path = Path(found).resolve()
        if path.name.startswith(_FALLBACKS) and not any(word in path.name for word in _UNWANTED):
            wanted.append(path)
            if path not in known:
                fontManager.addfont(str(path))
    names = {e.name for e in fontManager.ttflist if Path(e.fname).resolve() in set(wanted)}
    return tuple(sorted(names, key=lambda name: (name != "Noto Sans", name)))
