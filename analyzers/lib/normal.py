"""The normal text of a post: what is left of it when everything cheap to vary is taken away.

Two posts with the same normal text say the same words. Comparison, search for a phrase and
near-duplicate families all start from it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache
from unicodedata import combining

import numpy as np
import polars as pl

from analyzers.lib.slices import Spelt, on_every_core, slices_of, spelt, written

REPOSTED = r"(?i)^\s*RT\s+@[a-z0-9_]+\s*:?"
"""The start of a repost made by hand, "RT @name:"."""

_HANDLE = r"@[A-Za-z0-9_]+(?:-[A-Za-z0-9_]+)*(?:\.[a-z0-9-]+)*(?:@[a-z0-9-]+(?:\.[a-z0-9-]+)*)?"

MENTION = rf"(^|[^A-Za-z0-9_]){_HANDLE}"
"""A mention on X, Mastodon (`@name@host.org`) or Bluesky (`@name.host.org`), not an email address.

Handles are ASCII on all three, so words of a script without spaces may follow one directly; parts
after a dot must be lower case, so that "@name.Then" keeps its second sentence.
"""

_MENTION = rf"(?-u:\B){_HANDLE}"
"""The same without the character before it: nothing to put back, so four times as fast."""

_UNSPACED_LETTERS = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"

LINK = (
    rf"(?i)\bhttps?://[^\s{_UNSPACED_LETTERS}]*"
    r"|\bhttps?:?/{0,2}(?:\.\.\.|…)"  # what a cut text leaves of a link
    rf"|\b(?:www\.[^\s{_UNSPACED_LETTERS}]+|(?:[a-z0-9-]+\.)+[a-z]{{2,}}/[^\s{_UNSPACED_LETTERS}]*)"
)
"""A link, with or without its scheme, whole or cut."""

_LINK = LINK.replace(r"\b", r"(?-u:\b)")
"""The same, also where it directly follows a letter beyond ASCII; eight times as fast."""

_MAY_LINK = r"(?i)/|\.\.\.|…|www\."
"""What every link has, quickly found: `LINK` itself takes longer than all else together."""

_INVISIBLE = (
    r"\p{Cf}\u034F\u115F\u1160\u3164\uFFA0\u17B4\u17B5\u180B-\u180F"
    r"\x{FE00}-\x{FE0F}\x{E0100}-\x{E01EF}"
)
"""Zero-width and bidirectional controls, fillers and variation selectors: they show nothing."""

_ACCENTS = (
    r"\u0300-\u036F\u0483-\u0489\u0591-\u05C7\u0610-\u061A\u0640\u064B-\u065F\u0670\u06D6-\u06DC"
    r"\u06DF-\u06E8\u06EA-\u06ED\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF"
)
"""Accents, Hebrew and Arabic points and tatweel. Vowel signs of Indic scripts are letters: kept."""

_MIXED = (
    r"\p{Latin}\p{N}*[\p{Cyrillic}\p{Greek}]|[\p{Cyrillic}\p{Greek}]\p{N}*\p{Latin}"  # in one word
)

_COMPOSING = r"[\p{M}\u1160-\u11FF]"
"""Marks, vowels and endings that may be one letter with what stands before them."""

_UNDECOMPOSED = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l",
    "ŧ": "t", "þ": "th", "ɑ": "a", "ɡ": "g", "ς": "σ",
}  # fmt: skip
"""Latin letters whose stroke or ligature Unicode does not split off, and final sigma."""

_LOOK_ALIKE = dict(
    zip("АВЕЅІЈКМНОРСТУХавеѕіјкмнорстухԁԛԝһ", "ABESIJKMHOPCTYXabesijkmhopctyxdqwh", strict=True)
) | dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαεικνορτυχ", "ABEZHIKMNOPTYXaeikvoptux", strict=True))
"""Cyrillic and Greek letters drawn like a Latin one, capitals apart from small letters.

From Unicode's confusables (UTS #39), kept to what a reader takes for the Latin letter in a word. A
small letter is listed only if its capital is, so that normal text is its own normal text.
Cyrillic "в", "к", "м", "н", "т" pass for small capitals.
"""


def normal(texts: pl.Series) -> pl.Series:
    """Turn texts into their normal texts, row for row; null stays null, nothing left is "".

    Compatibility forms (NFKC), case, accents, mentions, links, emoji, punctuation and invisible
    characters are folded away, a leading "RT @name:" too; hashtags keep their word. In a word that
    mixes Latin letters with Cyrillic or Greek ones, look-alikes become Latin: a word wholly in
    Cyrillic is left alone. Normal text is its own normal text.
    """
    slices = slices_of(texts.cast(pl.String))
    return pl.concat(on_every_core(_normal, slices)).rename(texts.name)


def _normal(texts: pl.Series) -> pl.Series:
    said = _of_some(_beyond_ascii(texts), texts, _folded_to_plain)
    mentioning = said.str.contains("@", literal=True)
    said = _of_some(mentioning, said, lambda rows: rows.str.replace(REPOSTED, " "))
    linking = said.str.contains(_MAY_LINK)
    said = _of_some(linking, said, lambda rows: rows.str.replace_all(_LINK, " "))
    said = _of_some(mentioning, said, lambda rows: rows.str.replace_all(_MENTION, " "))
    words = _only_words(_of_some(_beyond_ascii(said), said, _only_letters_beyond_ascii))
    return words.set(texts.is_null(), None) if texts.null_count() else words


def _beyond_ascii(texts: pl.Series) -> pl.Series:
    return texts.str.len_bytes() != texts.str.len_chars()


def _of_some(
    chosen: pl.Series, texts: pl.Series, change: Callable[[pl.Series], pl.Series]
) -> pl.Series:
    """Change the chosen rows, in their places; rows of which it is not known are left alone."""
    chosen = chosen.fill_null(False)
    if not chosen.any():
        return texts
    if chosen.all():
        return change(texts)
    both = pl.concat([change(texts.filter(chosen)), texts.filter(~chosen)])
    mask = chosen.to_numpy()
    changed = np.cumsum(mask) - 1
    untouched = np.count_nonzero(mask) + np.cumsum(~mask) - 1
    return both.gather(pl.Series(np.where(mask, changed, untouched)))


def normal_one(text: str) -> str:
    """The normal text of one text: exactly what `normal` gives; for many texts use `normal`."""
    return str(normal(pl.Series([text]))[0])


def unspaced(texts: pl.Series) -> pl.Series:
    """Whether most letters of each text belong to a script that puts no spaces between words.

    True for Chinese, Japanese, Thai, Lao, Khmer and Burmese; null and empty texts are false.
    """
    having = texts.str.contains(rf"[{_UNSPACED_LETTERS}]").fill_null(False)
    if not having.any():
        return having
    letters, without = letter_counts(texts.filter(having))
    return having.scatter(having.arg_true(), without * 2 > letters)


def letter_counts(texts: pl.Series) -> tuple[pl.Series, pl.Series]:
    """How many letters, marks and digits each text has, and how many are of scripts unspaced."""
    return (
        texts.str.replace_all(r"[^\p{L}\p{M}\p{N}]+", "").str.len_chars(),
        texts.str.len_chars()
        # a run of letters left out costs what one letter counted does
        - texts.str.replace_all(rf"[{_UNSPACED_LETTERS}]+", "").str.len_chars(),
    )


def _folded_to_plain(texts: pl.Series) -> pl.Series:
    """Fold texts that hold anything beyond ASCII; most texts in Latin letters hold no more then."""
    texts = texts.str.replace_many(list(_latin()), list(_latin().values()))
    return _of_some(_beyond_ascii(texts), texts, _taken_apart)


@cache
def _latin() -> dict[str, str]:
    """What the commonest letters with an accent and typographic marks fold to, all in ASCII.

    Each folds to what `_taken_apart` makes of it (a mark to one that is in no word either), which
    takes five times as long.
    """
    letters = [chr(code) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))]
    apart = {
        letter: "".join(
            piece for piece in unicodedata.normalize("NFKD", letter) if not combining(piece)
        )
        for letter in letters
    }
    marks = dict.fromkeys("‘’“”«»–—", "'") | {"…": "...", "\u00a0": " "}
    return {letter: plain for letter, plain in apart.items() if plain.isascii()} | marks


def _taken_apart(texts: pl.Series) -> pl.Series:
    texts = texts.str.normalize("NFKD").str.replace_all(f"[{_INVISIBLE}{_ACCENTS}]", "")
    texts = _of_some(
        texts.str.contains(_MIXED),
        texts,
        lambda rows: pl.Series([_without_look_alikes(row) for row in rows]),
    )
    return _of_some(texts.str.contains(_COMPOSING), texts, lambda rows: rows.str.normalize("NFC"))


def _without_look_alikes(text: str) -> str:
    """Fold look-alike letters in the words that also hold a Latin letter."""
    return "".join(
        word.translate(_look_alike()) if _has_latin(word) else word for word in _words_apart(text)
    )


@cache
def _look_alike() -> dict[int, str]:
    return str.maketrans(_LOOK_ALIKE)


def _has_latin(word: str) -> bool:
    return any("a" <= letter <= "z" or "A" <= letter <= "Z" for letter in word)


def _words_apart(text: str) -> list[str]:
    """Cut a text into runs of letters and digits, and what stands between them."""
    pieces: list[str] = []
    inside = False
    for letter in text:
        if letter.isalnum() and inside:
            pieces[-1] += letter
        else:
            pieces.append(letter)
        inside = letter.isalnum()
    return pieces


def _only_letters_beyond_ascii(texts: pl.Series) -> pl.Series:
    """Make letters small, and a space of everything beyond ASCII that is in no word."""
    import pyarrow.compute as pc

    # polars minds the last sigma of a word, which is folded below, and takes five times as long
    small = pl.Series(pc.utf8_lower(texts.to_arrow()), dtype=pl.String).str.replace_many(
        list(_UNDECOMPOSED), list(_UNDECOMPOSED.values())
    )
    return small.str.replace_all(r"[^\p{L}\p{M}\p{N}\x00-\x7F]+", " ")


def _only_words(texts: pl.Series) -> pl.Series:
    """Keep small ASCII letters, digits and all beyond ASCII, with one space between words."""
    data, bounds = spelt(texts)
    data = np.frombuffer(data.tobytes().translate(_IN_WORDS), dtype=np.uint8)
    space = data == _SPACE
    before_space = np.ones(len(data), dtype=np.bool_)
    before_space[:-1] = space[1:]
    before_space[bounds[1:][np.diff(bounds) > 0] - 1] = True  # so is the end of a text
    dropped = space & before_space
    places = np.flatnonzero(dropped)
    words = Spelt(data[~dropped], bounds - np.searchsorted(places, bounds))
    return written(words).str.strip_chars_start(" ")


_SPACE = ord(" ")

_IN_WORDS = bytes(
    byte if byte > 127 else ord(chr(byte).lower()) if chr(byte).isalnum() else _SPACE
    for byte in range(256)
)
"""For each byte what `_only_words` makes of it; bytes beyond ASCII stay as they are."""
