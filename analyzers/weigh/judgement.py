"""The second question: by which mechanism? Probabilities, reasons either way, and one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analyzers.model.report import Coordination, Hypothesis
from analyzers.model.text import Text
from analyzers.weigh.combine import (
    Robustness,
    as_one,
    capped,
    contribution,
    levels,
    posterior,
    robustness,
    typical,
)
from analyzers.weigh.coordination import ESTABLISHED_MEMBERS
from analyzers.weigh.mechanisms import EXPLANATIONS, HIDDEN, OPEN, Mechanism, explanation
from analyzers.weigh.seen import Seen
from analyzers.weigh.signs import EVERY, AnySign
from analyzers.weigh.weights import FITTED, Weights

LIKELY = 0.55
"""Where "likely" begins; below it no explanation is named in the bottom line."""

ODD = 0.80
"""The most that is said of a case which resembles no simulated one, and of a search that found
nobody: the top of "likely". Simulated attacks all share texts; how many real ones do is unknown."""

LONGEST = 14.0
"""Days that an attack may last and resemble a simulated one, the longest of which takes six: what
months of posts show of rhythm and nights was never weighed."""

REASONS = 3
"""Reasons either way: what a reader takes in, strongest first."""

LEAST = 0.15
"""A sign that moves an explanation by less than a seventh (e to the 0.15) is no reason."""

BANDS: tuple[tuple[float, str, Text], ...] = (
    (0.01, "remote", Text("less likely than 1 %")),
    (0.05, "almost_no_chance", Text("almost impossible (1–5 %)")),
    (0.20, "very_unlikely", Text("very unlikely (5–20 %)")),
    (0.45, "unlikely", Text("unlikely (20–45 %)")),
    (0.55, "roughly_even", Text("about as likely as not (45–55 %)")),
    (0.80, "likely", Text("likely (55–80 %)")),
    (1.00, "very_likely", Text("very likely (80–95 %)")),
)
"""Upper ends and words of the bands of ICD 203 (Office of the Director of National Intelligence,
"Analytic Standards", 2015, section D.6.e.2). Confidence is said apart, as it asks."""


@dataclass(frozen=True)
class Judgement:
    """The weighed explanations, and what the bottom line says of them.

    `hypothesis`, `probability` and `band` are the one that is named there; `None` when none is.
    `flags` say why none or why less: out_of_distribution, prior_sensitive, hidden_coordination.
    """

    hypotheses: tuple[Hypothesis, ...] = ()
    statement: Text | None = None
    hypothesis: str | None = None
    probability: float | None = None
    band: str | None = None
    flags: tuple[str, ...] = ()


def band(probability: float) -> tuple[str, Text]:
    """The ICD-203 band of a probability: its stable name, and its words with the numbers."""
    for upper, name, words in BANDS:
        if probability <= upper:
            return name, words
    return BANDS[-1][1], BANDS[-1][2]


def judge(
    seen: Seen, coordination: Coordination, prior: Mapping[Mechanism, float], weights: Weights
) -> Judgement:
    """Weigh the explanations of one case, and say what the bottom line may say of them."""
    if not seen.searched and not seen.named:
        return Judgement(statement=_UNWEIGHED)
    if seen.alike:
        return Judgement(statement=_ALIKE)
    if not seen.aimed and not seen.members:
        return Judgement(statement=_NO_TARGET)
    found = levels(seen)
    odd = seen.days > LONGEST or not typical(found, weights)
    probabilities = posterior(found, prior, weights)
    if odd:
        probabilities = capped(probabilities, ODD)
    robust = robustness(found, prior, weights)
    named = _Named.of(probabilities, robust, coordination, seen, odd=odd)
    flags = (
        *(("out_of_distribution",) if odd else ()),
        *(() if robust.alone else ("prior_sensitive",)),
        *(("hidden_coordination",) if named.id == "hidden_coordination" else ()),
    )
    return Judgement(
        hypotheses=tuple(
            Hypothesis(
                id=each.id,
                name=each.name,
                probability=probabilities[each.id],
                speaks_for=_reasons(each.id, seen, found, weights, favourable=True),
                speaks_against=_reasons(each.id, seen, found, weights, favourable=False),
                would_change=each.would_change,
            )
            for each in EXPLANATIONS
        ),
        statement=named.statement,
        hypothesis=named.id,
        probability=named.probability,
        band=None if named.probability is None else band(named.probability)[0],
        flags=flags,
    )


@dataclass(frozen=True)
class _Named:
    """What the bottom line names, if anything."""

    id: str | None
    probability: float | None
    statement: Text

    @classmethod
    def of(
        cls,
        probabilities: Mapping[Mechanism, float],
        robust: Robustness,
        coordination: Coordination,
        seen: Seen,
        *,
        odd: bool,
    ) -> _Named:
        if not seen.members:
            return cls._ordinary(sum(probabilities[name] for name in OPEN), robust, seen)
        if coordination != "established":
            return cls(None, None, _NOT_ASKED)
        if odd:
            return cls(None, None, _UNLIKE)
        joined = as_one(probabilities)
        first = max(joined, key=lambda name: joined[name])
        if robust.alone and joined[first] >= LIKELY and first != "other":
            return cls(
                first,
                joined[first],
                Text(
                    "We judge it {band} that {clause}.",
                    band=band(joined[first])[1],
                    clause=explanation(first).clause,
                ),
            )
        hidden = min(sum(probabilities[name] for name in HIDDEN), 0.95)
        if robust.hidden and hidden >= LIKELY:
            return cls(
                "hidden_coordination",
                hidden,
                Text(
                    "We judge it {band} that the accounts are not what they claim. Which kind of "
                    "hidden coordination it is, this data cannot say.",
                    band=band(hidden)[1],
                ),
            )
        return cls(
            None,
            None,
            Text(
                "By which mechanism, this data cannot say: the likeliest explanation, {name}, is "
                "{band}.",
                name=explanation(first).name,
                band=band(joined[first])[1],
            )
            if robust.alone
            else Text(
                "By which mechanism, this data cannot say: what one holds likely beforehand would "
                "decide it."
            ),
        )

    @classmethod
    def _ordinary(cls, probability: float, robust: Robustness, seen: Seen) -> _Named:
        """Without accounts that act together only the harmless explanations are ever named.

        Not even these where many share texts that probably have a public source: operations copy
        titles and slogans as supporters do. And never as more than likely.
        """
        probability = min(probability, ODD)
        if seen.doubtful >= ESTABLISHED_MEMBERS:
            return cls(None, None, _READ_FIRST)
        if probability < LIKELY or not robust.winners <= OPEN:
            return cls(None, None, _NOT_SAID)
        return cls(
            "coincidence" if "coincidence" in robust.winners else "open_campaign",
            probability,
            Text(
                "As far as texts can show, we judge it {band} that nothing hidden is behind these "
                "posts: a common event moved people, or they took part in something open.",
                band=band(probability)[1],
            ),
        )


def _reasons(
    mechanism: Mechanism,
    seen: Seen,
    found: Mapping[str, float],
    weights: Weights,
    *,
    favourable: bool,
) -> tuple[Text, ...]:
    """The signs that move one explanation most against the others' average, strongest first.

    A sign that speaks for an explanation is no reason against it, though it help others more.
    """
    fitted_as = "rented_farm" if mechanism == "decoy" else mechanism
    if fitted_as not in FITTED:
        return ()
    moved: list[tuple[float, AnySign]] = []
    for sign in EVERY:
        if sign.name in found:
            every = [contribution(sign, found[sign.name], name, weights) for name in FITTED]
            moves = every[FITTED.index(fitted_as)] - sum(every) / len(every)
            direction = sign.speaks.get(fitted_as)
            helps = (found[sign.name] > 0) == (direction == "+")
            if direction is None or helps == favourable:
                moved.append((moves if favourable else -moves, sign))
    strongest = sorted(moved, key=lambda pair: (-pair[0], pair[1].name))
    return tuple(sign.sentence(seen) for size, sign in strongest[:REASONS] if size >= LEAST)


_UNWEIGHED = Text(
    "The rival explanations are not weighed: that takes ordinary accounts to compare with."
)
_NO_TARGET = Text(
    "The rival explanations are not weighed: they ask what is behind posts at a target, and none "
    "was named."
)
_ALIKE = Text(
    "The rival explanations are not weighed: the weights come from cases in which accounts share "
    "texts, and these do not."
)
_READ_FIRST = Text(
    "Whether those who share such texts agreed in the open, in secret or not at all, this data "
    "cannot say."
)
_UNLIKE = Text("By which mechanism is not judged.")
_NOT_ASKED = Text(
    "By which mechanism is not judged, since it is not established that they act together."
)
_NOT_SAID = Text("What moved these accounts to write, this data cannot say.")
