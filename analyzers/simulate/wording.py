"""Words that several accounts share, in one of three grammars, and typed again by hand."""

from __future__ import annotations

from random import Random

from analyzers.simulate.dials import Grammar
from analyzers.simulate.speak import french, voice

_MODELS = "models_fr"
_SHORTER = {"vous": "vs", "pas": "pa", "quand": "qd", "tout": "tt", "c'est": "cest", "des": "d"}
_ENDINGS = (" !", " !!", "...", "", "", " 😡", " 👏", ".")


class Wording:
    """One model of text on a theme: `say` gives it in the words of one account.

    `ready` is the text that an organiser shows for others to copy.

    Themes are the first parts of rule names in `models_fr.toml`. `number` picks one of a theme's
    models, at random unless told; there are `Wording.known(theme, grammar)` of them.
    """

    def __init__(
        self, theme: str, grammar: Grammar, random: Random, number: int | None = None
    ) -> None:
        self.grammar = grammar
        chosen = number or random.randint(1, self.known(theme, grammar))
        self.rule = f"{theme}_{grammar}_{chosen}"
        self.ready = said(self.rule, random)

    @staticmethod
    def known(theme: str, grammar: Grammar) -> int:
        """How many models a theme has in a grammar."""
        number = 0
        while f"{theme}_{grammar}_{number + 1}" in voice(_MODELS):
            number += 1
        return number

    def say(self, random: Random) -> str:
        """The model with its places filled anew, or its one sentence typed anew."""
        text = said(self.rule, random)
        return retyped(text, random, 2) if self.grammar == "typed" else text

    def copied(self, random: Random) -> str:
        """The text that was on show, pasted as it stood, or typed anew."""
        return self.say(random) if self.grammar == "typed" else self.ready


def said(rule: str, random: Random) -> str:
    """A text by any rule of `models_fr.toml`."""
    return french(voice(_MODELS).say(rule, random))


def retyped(text: str, random: Random, slips: int) -> str:
    """A sentence as a person types it again: up to `slips` words change, and the end does."""
    words = text.split(" ")
    for _ in range(random.randint(0, slips)):
        spot = random.randrange(len(words))
        words[spot] = _slip(words[spot], random)
    return " ".join(words) + random.choice(_ENDINGS)


def _slip(word: str, random: Random) -> str:
    if word.startswith(("#", "@")):
        return word
    if word in _SHORTER:
        return _SHORTER[word]
    if len(word) < 5:
        return word.upper() if random.random() < 0.5 else word
    spot = random.randrange(1, len(word) - 2)
    return word[:spot] + word[spot + 1] + word[spot] + word[spot + 2 :]
