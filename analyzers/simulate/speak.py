"""Sentences from small grammars, in eight languages, kept as TOML beside this file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from random import Random
from typing import TypeAlias

from analyzers.simulate.listing import listed

_Part: TypeAlias = tuple[str, str | None]  # literal text, then the rule to say after it
_PLACE = re.compile(r"\{(\w+)\}")
_CONTRACTIONS = {"de le ": "du ", "de les ": "des ", "à le ": "au ", "à les ": "aux "}
_CONTRACTED = re.compile(r"\b(?:de|à) les? ")
_ELIDED = re.compile(r"\b([Dd]|qu|Qu)e (?=[aeiouéèêâôœAEIOUÉÈÊÂÔŒ])")

TRADE = ("seo", "bitcoin", "tips")
"""Rules of marketing talk; a language may lack one."""

CHAT = ("football", "weather", "recipes", "everyday", "tech")
"""Rules of everyday talk."""


class Voice:
    """A grammar: rules by name, each a list of alternatives with places for other rules."""

    def __init__(self, rules: dict[str, str]) -> None:
        self._rules = {name: _alternatives(text) for name, text in rules.items()}
        for name, options in self._rules.items():
            for option in options:
                for _, rule in option:
                    if rule is not None and rule not in self._rules:
                        raise KeyError(f"rule {name} speaks of {rule}, which is not there")

    def __contains__(self, rule: object) -> bool:
        return rule in self._rules

    def say(self, rule: str, random: Random) -> str:
        """One sentence by a rule, each alternative as likely as the others."""
        out: list[str] = []
        self._fill(rule, random.random, out)
        return "".join(out)

    def _fill(self, rule: str, draw: Callable[[], float], out: list[str]) -> None:
        options = self._rules[rule]
        for literal, nested in options[int(draw() * len(options))]:
            out.append(literal)
            if nested is not None:
                self._fill(nested, draw, out)


def _alternatives(text: str) -> tuple[tuple[_Part, ...], ...]:
    lines = (line for chunk in text.splitlines() for line in chunk.split(" | "))
    return tuple(_parts(line.strip(" |")) for line in lines if line.strip(" |"))


def _parts(line: str) -> tuple[_Part, ...]:
    pieces = _PLACE.split(line)  # literal, rule, literal, rule, …, literal
    rules: list[str | None] = [*pieces[1::2], None]
    return tuple(zip(pieces[::2], rules, strict=True))


@cache
def voice(name: str) -> Voice:
    """The grammar kept in `NAME.toml` beside this module."""
    text = files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return Voice(tomllib.loads(text))


def french(text: str) -> str:
    """Repair what filling in places breaks in French: contractions and elisions."""
    text = _CONTRACTED.sub(lambda found: _CONTRACTIONS[found.group()], text)
    return _ELIDED.sub(r"\1'", text)


_CYRILLIC = "абвгдђежзијклљмнњопрстћуфхцчџш"
_LATIN = listed("a b v g d đ e ž z i j k l lj m n nj o p r s t ć u f h c č dž š")
_TO_LATIN = str.maketrans(
    dict(zip(_CYRILLIC, _LATIN, strict=True))
    | {c.upper(): latin.capitalize() for c, latin in zip(_CYRILLIC, _LATIN, strict=True)}
)


def latin(text: str) -> str:
    """Serbian Cyrillic in the Latin alphabet, letter by letter."""
    return text.translate(_TO_LATIN)


def speak(language: str, random: Random, rules: tuple[str, ...] = TRADE + CHAT) -> str:
    """One sentence in a language (ISO 639-1), on one of some topics; Serbian in either script."""
    grammar = voice(f"voice_{language}")
    known = [rule for rule in rules if rule in grammar]
    text = grammar.say(known[int(random.random() * len(known))], random)
    if language == "sr" and random.random() < 0.4:  # both alphabets are in daily use
        return latin(text)
    return text
