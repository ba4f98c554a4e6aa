"""The normal text of a post: what is left of it when everything cheap to vary is taken away.

Two posts with the same normal text say the same words. Comparison, search for a phrase and
near-duplicate families all start from it.
"""

from __future__ import annotations

from functools import cache

import polars as pl

REPOSTED = r"(?i)^\s*RT\s+@[a-z0-9_]+\s*:?"
"""The start of a repost made by hand, "RT @name:"."""

MENTION = (
    r"(^|[^A-Za-z0-9_])@[A-Za-z0-9_]+(?:-[A-Za-z0-9_]+)*(?:\.[a-z0-9-]+)*"
    r"(?:@[a-z0-9-]+(?:\.[a-z0-9-]+)*)?"
)
"""A mention on X, Mastodon (`@name@host.org`) or Bluesky (`@name.host.org`), not an email address.

Handles are ASCII on all three, so words of a script without spaces may follow one directly; parts
after a dot must be lower case, so that "@name.Then" keeps its second sentence.
"""

_UNSPACED_LETTERS = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"

LINK = (
    rf"(?i)\bhttps?://[^\s{_UNSPACED_LETTERS}]*"
    r"|\bhttps?:?/{0,2}(?:\.\.\.|…)"  # what a cut text leaves of a link
    rf"|\b(?:www\.[^\s{_UNSPACED_LETTERS}]+|(?:[a-z0-9-]+\.)+[a-z]{{2,}}/[^\s{_UNSPACED_LETTERS}]*)"
)
"""A link, with or without its scheme, whole or cut."""

_INVISIBLE = (
    r"[\p{Cf}\u034F\u115F\u1160\u3164\uFFA0\u17B4\u17B5\u180B-\u180F"
    r"\x{FE00}-\x{FE0F}\x{E0100}-\x{E01EF}]"
)
"""Zero-width and bidirectional controls, fillers and variation selectors: they show nothing."""

_ACCENTS = (
    r"[\u0300-\u036F\u0483-\u0489\u0591-\u05C7\u0610-\u061A\u0640\u064B-\u065F\u0670\u06D6-\u06DC"
    r"\u06DF-\u06E8\u06EA-\u06ED\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF]"
)
"""Accents, Hebrew and Arabic points and tatweel. Vowel signs of Indic scripts are letters: kept."""

_MIXED = (
    r"\p{Latin}\p{N}*[\p{Cyrillic}\p{Greek}]|[\p{Cyrillic}\p{Greek}]\p{N}*\p{Latin}"  # in one word
)

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
    text = pl.col("text")
    plain = text.str.len_bytes() == text.str.len_chars()
    frame = texts.cast(pl.String).rename("text").to_frame()
    masked = frame.select(plain=plain.fill_null(True))["plain"]
    if not masked.all():
        frame = frame.with_columns(text=_folded_to_plain(frame["text"], ~masked))
    return frame.select(_only_words(text))["text"].rename(texts.name)


def normal_one(text: str) -> str:
    """The normal text of one text: exactly what `normal` gives; for many texts use `normal`."""
    return str(normal(pl.Series([text]))[0])


def unspaced(texts: pl.Series) -> pl.Series:
    """Whether most letters of each text belong to a script that puts no spaces between words.

    True for Chinese, Japanese, Thai, Lao, Khmer and Burmese; null and empty texts are false.
    """
    letters, without = letter_counts(texts)
    return ((without * 2 > letters) & (without > 0)).fill_null(False)


def letter_counts(texts: pl.Series) -> tuple[pl.Series, pl.Series]:
    """How many letters, marks and digits each text has, and how many are of scripts unspaced."""
    return (
        texts.str.count_matches(r"[\p{L}\p{M}\p{N}]"),
        texts.str.count_matches(rf"[{_UNSPACED_LETTERS}]"),
    )


def _folded_to_plain(texts: pl.Series, foreign: pl.Series) -> pl.Series:
    """Fold the rows that hold anything beyond ASCII; the others pass untouched."""
    rows = texts.filter(foreign).str.normalize("NFKD")
    rows = rows.str.replace_all(_INVISIBLE, "").str.replace_all(_ACCENTS, "")
    mixed = rows.str.contains(_MIXED)
    if mixed.any():
        rows = rows.scatter(
            mixed.arg_true(), [_without_look_alikes(row) for row in rows.filter(mixed)]
        )
    rows = rows.str.normalize("NFC")
    return texts.scatter(foreign.arg_true(), rows)


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


def _only_words(text: pl.Expr) -> pl.Expr:
    """Drop what is not said, keep letters and digits of words, one space between them."""
    bare = text.str.replace(REPOSTED, " ").str.replace_all(LINK, " ")
    return (
        bare.str.replace_all(MENTION, "${1} ")
        .str.to_lowercase()
        .str.replace_many(list(_UNDECOMPOSED), list(_UNDECOMPOSED.values()))
        .str.replace_all(r"[^\p{L}\p{M}\p{N}]+", " ")
        .str.strip_chars(" ")
    )
