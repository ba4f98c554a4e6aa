"""What a sign is: one number of one step, read as a level, and the explanations it speaks for.

A sign reads one number of one step and turns it into a level from -1 (plainly absent) to +1
(plainly present), 0 where the data says nothing. For each explanation it is declared whether the
sign's presence speaks for it (`+`) or against it (`-`); `make calibrate` fits how much, never the
direction. `analyzers.weigh.signs` lists them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import log
from typing import Literal, TypeAlias

from analyzers.model.text import Percent, Share, Text, Value
from analyzers.weigh.coordination import ESTABLISHED_MEMBERS
from analyzers.weigh.seen import Number, Seen

Block: TypeAlias = Literal["search", "time", "language", "identity", "audience", "network"]
"""Signs of one block depend on each other: fitted jointly, then tempered together."""

Form: TypeAlias = Literal["share", "mean", "number"]
"""How a sign's numbers are written: k of n accounts or posts, a mean share, or a plain number."""

SMALL = 2.0
"""A level over n items is shrunk by n / (n + 2): two accounts say half of what many would."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One number of one step, the levels at which it is plainly absent and present, and for whom.

    `name` is "step.measure". `scale` says how the number is read: as it is, as its excess over the
    comparison's, or as the logarithm of its ratio to that. `absent` and `present` are the values
    that give -1 and +1; levels between are linear. `speaks` maps explanations to "+" or "-";
    those not named are indifferent. `barred` are the cohort signals that make it describe only.
    `says` is the sentence with {ours} and {theirs}.
    """

    name: str
    block: Block
    scale: Literal["value", "excess", "ratio"]
    absent: float
    present: float
    speaks: Mapping[str, Literal["+", "-"]]
    says: Text
    form: Form = "share"
    barred: tuple[str, ...] = ()
    describes_too: bool = False
    """Read although its step describes: it did not select anyone (see the reason beside it)."""
    alone: Text | None = None
    """Said in place of `says` where the comparison has no such number; a sign read as it is."""

    @property
    def step(self) -> str:
        return self.name.partition(".")[0]

    def level(self, seen: Seen) -> float:
        """How present the sign is, -1 to 1; 0 where the case does not show it."""
        number = seen.measures.get(self.name)
        if number is None or not number.n or self._barred(seen):
            return 0.0
        value = self._scaled(number)
        if value is None:
            return 0.0
        return between(value, self.absent, self.present) * number.n / (number.n + SMALL)

    def sentence(self, seen: Seen) -> Text:
        """The sign in words, with the case's own numbers."""
        number = seen.measures[self.name]
        says = self.alone if number.baseline is None and self.alone else self.says
        return filled(
            says,
            {
                "ours": self._written(number.value, number.n),
                "theirs": self._written(number.baseline or 0.0, 0),
            },
        )

    def _barred(self, seen: Seen) -> bool:
        # three or four found by their texts may be friends, of whom the steps show this and that:
        # every false accusation in 786 simulated crowds and open campaigns came of a group of three
        if seen.members < ESTABLISHED_MEMBERS and not seen.named:
            return True
        if self.step in seen.describing and not self.describes_too:
            return True
        return any(signal in seen.signals for signal in self.barred)

    def _scaled(self, number: Number) -> float | None:
        if self.scale == "value":
            return number.value
        if number.baseline is None:
            return None
        if self.scale == "excess":
            return number.value - number.baseline
        if number.value <= 0 or number.baseline <= 0:
            return None
        return log(number.value / number.baseline)

    def _written(self, value: float, n: int) -> Value:
        if self.form == "number":
            return round(value, 1) if value < 10 else round(value)
        if self.form == "share" and n:
            return Share(round(value * n), n)
        return Percent(value)


def between(value: float, absent: float, present: float) -> float:
    """-1 at `absent`, +1 at `present`, linear between and flat beyond."""
    return max(-1.0, min(1.0, 2 * (value - absent) / (present - absent) - 1))


@dataclass(frozen=True, slots=True)
class Searched:
    """A sign read off the search for the cohort itself, which is weighed once."""

    name: str
    read: Callable[[Seen], float]
    speaks: Mapping[str, Literal["+", "-"]]
    says: Text
    """Said when the sign is present; `says_not` when it is absent."""
    says_not: Text
    block: Block = "search"

    def level(self, seen: Seen) -> float:
        return self.read(seen)

    def sentence(self, seen: Seen) -> Text:
        chosen = self.says if self.read(seen) > 0 else self.says_not
        numbers: dict[str, Value] = {
            "members": seen.members,
            "shown": seen.shown,
            "doubtful": seen.doubtful,
        }
        return filled(chosen, numbers)


def filled(sentence: Text, values: Mapping[str, Value]) -> Text:
    """The sentence with those of the values that it has a place for."""
    return Text(
        sentence.msgid,
        _plural=None,
        _count=None,
        **{name: value for name, value in values.items() if f"{{{name}}}" in sentence.msgid},
    )


AnySign: TypeAlias = Sign | Searched


HANDS = ("rented_farm", "scripted_network", "single_operator", "compromised_accounts")
"""Explanations in which a few hands, or a program, move many accounts."""


def pro(*mechanisms: str) -> dict[str, Literal["+", "-"]]:
    """For whom the presence of a sign speaks."""
    return dict.fromkeys(mechanisms, "+")


def contra(*mechanisms: str) -> dict[str, Literal["+", "-"]]:
    """Against whom the presence of a sign speaks."""
    return dict.fromkeys(mechanisms, "-")
