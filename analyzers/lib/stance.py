"""What a post says of a name: an insult, praise, or neither that can be told from its words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, TypeAlias

Stance: TypeAlias = Literal["insult", "praise"]

WINDOW = 8
"""Words on either side of the name that may speak of it: about a clause."""

DENIED = 3
"""A denial this few words away takes a word's sense away ("n'est pas du tout un clown")."""

_TOKEN = re.compile(r"[@#]?\w+|[.!?…\n]+")
_LINK = re.compile(r"https?://\S+")
_JOINING = frozenset(
    {"de", "du", "des", "d", "la", "le", "les", "et"}
    | {"of", "the", "and", "von", "van", "der", "und"}
    | {"di", "da", "do", "dos", "del", "y"}
)
"""Small words within a name, such as "Loups du Périph"."""

_QUOTED = re.compile(r"[«“„\"]([^«»“”„\"\n]{1,300})[»”“\"]")

_DENY_AFTER = frozenset({"tr"})
"""Turkish denies after the word: "aptal değil" is "not stupid"."""

_NO_NAMES = frozenset({"de"})
"""German writes every noun with a capital."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Folded words of one language: insults and scorn, praise, denials."""

    insults: frozenset[str]
    praise: frozenset[str]
    denials: frozenset[str]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one sentence says of one name; `key` is the same however the name is written.

    `word` is the first word that says so.
    """

    key: str
    name: str
    stance: Stance
    word: str


@cache
def lexicons() -> dict[str, Lexicon]:
    """The word lists per language code, folded as normal text is."""
    import tomllib

    folder = files(__package__)
    ours, cuss = (
        tomllib.loads(folder.joinpath(name).read_text(encoding="utf-8"))
        for name in ("stance.toml", "insults.toml")
    )
    return {
        language: Lexicon(
            insults=_folded(f"{lists['scorn']} {cuss.get(language, '')}"),
            praise=_folded(lists["praise"]),
            denials=_folded(lists["denial"]),
        )
        for language, lists in ours.items()
    }


def _folded(words: str) -> frozenset[str]:
    return frozenset(fold(words.split()).values())


def fold(words: Iterable[str]) -> dict[str, str]:
    """Each word's normal text: without capitals and accents."""
    import polars as pl

    from analyzers.lib.normal import normal

    distinct = sorted(set(words))
    return dict(zip(distinct, normal(pl.Series(distinct, dtype=pl.String)), strict=True))


def tokens(text: str) -> list[str]:
    """A text's words, mentions and hashtags, and the marks that end its sentences; no links."""
    return _TOKEN.findall(_LINK.sub(" ", text))


def unquoted(text: str) -> str:
    """A text without what stands in quotation marks, since somebody else may say that; names stay.

    >>> unquoted("Il a dit « quel clown » à propos de “Loups du Périph”")
    'Il a dit   à propos de  Loups du Périph '
    """
    return _QUOTED.sub(lambda found: f" {found[1]} " if _all_names(found[1]) else " ", text)


def _all_names(words: str) -> bool:
    return all(_capital(word) or word in _JOINING for word in _TOKEN.findall(words))


def names(words: list[str], language: str) -> set[str]:
    """The keys of the names that a text holds elsewhere than at the start of a sentence."""
    return {key for sentence, _ in _sentences(words) for key, _, _ in _names(sentence, language)}


def judgements(
    words: list[str], language: str, folded: dict[str, str], known: Collection[str] = ()
) -> Iterator[Judgement]:
    """What each sentence of a text says of the one name in it.

    A sentence that asks, that holds two names, or both praise and insult, says nothing that can
    be told. `words` come from `tokens`, `folded` from `fold`. Names are mentions, hashtags, and
    runs of words with a capital; the first word of a sentence has one anyway, so a run that starts
    there is a name only if its key is `known`.
    """
    lexicon = lexicons().get(language)
    if lexicon is None:
        return
    for sentence, end in _sentences(words):
        if "?" in end:
            continue
        found = list(_names(sentence, language, known))
        if len({key for key, _, _ in found}) != 1:
            continue
        key, start, stop = found[0]
        around = range(max(0, start - WINDOW), min(len(sentence), stop + WINDOW))
        said: dict[Stance, str] = {}
        for place in around:
            stance = _stance(sentence, place, folded, lexicon, language)
            if stance is not None and not start <= place < stop:
                said.setdefault(stance, sentence[place].lower())
        if len(said) == 1:
            name = " ".join(sentence[start:stop])
            yield from (Judgement(key, name, stance, word) for stance, word in said.items())


def _sentences(words: list[str]) -> Iterator[tuple[list[str], str]]:
    """Sentences and the mark that ends each."""
    sentence: list[str] = []
    for word in words:
        if word[0] in ".!?…\n":
            yield sentence, word
            sentence = []
        else:
            sentence.append(word)
    yield sentence, ""


def _names(
    sentence: list[str], language: str, known: Collection[str] = ()
) -> Iterator[tuple[str, int, int]]:
    """The key of each name, where it starts and where it stops."""
    capitals = language not in _NO_NAMES
    stop = 0
    for place, word in enumerate(sentence):
        if place < stop:
            continue  # within a name
        if word[0] in "@#":
            yield word.casefold(), place, place + 1
        elif capitals and word[0].isupper() and len(word) > 2:
            end = _name_end(sentence, place)
            key = " ".join(sentence[place:end]).casefold()
            if place or key in known:
                yield key, place, end
                stop = end


def _name_end(sentence: list[str], start: int) -> int:
    stop = start + 1
    while stop < len(sentence):
        if _capital(sentence[stop]):
            stop += 1
        elif (
            sentence[stop] in _JOINING and stop + 1 < len(sentence) and _capital(sentence[stop + 1])
        ):
            stop += 2
        else:
            break
    return stop


def _capital(word: str) -> bool:
    return word[0].isupper() and len(word) > 2


def _stance(
    sentence: list[str], place: int, folded: dict[str, str], lexicon: Lexicon, language: str
) -> Stance | None:
    word = folded.get(sentence[place], "")
    stance: Stance
    if word in lexicon.insults:
        stance = "insult"
    elif word in lexicon.praise:
        stance = "praise"
    else:
        return None
    if language in _DENY_AFTER:
        near = sentence[place + 1 : place + 1 + DENIED]
    else:
        near = sentence[max(0, place - DENIED) : place]
    return None if any(folded.get(one) in lexicon.denials for one in near) else stance
