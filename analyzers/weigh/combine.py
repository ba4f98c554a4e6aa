"""From signs to probabilities: bounded log-likelihoods by step, tempered by block, and a prior.

The odds form of Bayes' rule (Good 1950, "Probability and the Weighing of Evidence"): a prior, and
for each explanation a sum of log-likelihoods. Sizes were fitted jointly, so that signs which come
together do not count twice; two bounds keep any step, and the whole, from claiming too much.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log, log2, tanh

from analyzers.weigh.mechanisms import EXPLANATIONS, HIDDEN, OPEN, Mechanism
from analyzers.weigh.seen import Seen
from analyzers.weigh.signs import EVERY, AnySign, Sign
from analyzers.weigh.weights import FITTED, LEVELS, Weights

BOUND = log(10) / 2
"""A step's log-likelihood stays within ± this, so that the ratio between any two explanations
stays within 1/10 and 10: one step alone may not decide a case."""

HIGHEST = 0.95
"""No probability is said to be higher until labelled real cases justify it: the weights come from
simulated campaigns, which real ones need not resemble."""

ROBUST = 3.0
"""A prior three times as high or as low must not change the winner: about how far careful people
differ when asked how common such mechanisms are."""


def levels(seen: Seen) -> dict[str, float]:
    """How present each sign is, -1 to 1; those that the case does not show are left out."""
    found = {sign.name: sign.level(seen) for sign in EVERY}
    return {name: level for name, level in found.items() if level}


def step_of(sign: AnySign) -> str:
    """The step whose log-likelihood a sign belongs to; what the search shows stands by itself."""
    return sign.step if isinstance(sign, Sign) else sign.name


def contribution(sign: AnySign, level: float, mechanism: str, weights: Weights) -> float:
    """What a sign at a level adds to one explanation's log-likelihood, before bounds."""
    direction = sign.speaks.get(mechanism)
    if direction is None:
        return 0.0
    present, absent = weights.sizes.get(sign.name, {}).get(mechanism, (0.0, 0.0))
    size = present * level if level > 0 else absent * level
    return size if direction == "+" else -size


def log_likelihoods(
    found: Mapping[str, float], weights: Weights
) -> dict[Mechanism, dict[str, float]]:
    """Each fitted explanation's log-likelihood by step, bounded, and tempered by its block."""
    result: dict[Mechanism, dict[str, float]] = {}
    for mechanism in FITTED:
        sums: dict[str, float] = {}
        exponents: dict[str, float] = {}
        for sign in EVERY:
            if sign.name in found:
                step = step_of(sign)
                exponents[step] = weights.blocks.get(sign.block, 1.0)
                sums[step] = sums.get(step, 0.0) + contribution(
                    sign, found[sign.name], mechanism, weights
                )
        result[mechanism] = {
            step: exponents[step] * BOUND * tanh(total / BOUND) for step, total in sums.items()
        }
    return result


def posterior(
    found: Mapping[str, float], prior: Mapping[Mechanism, float], weights: Weights
) -> dict[Mechanism, float]:
    """The probability of each explanation, none above `HIGHEST`; they sum to 1."""
    by_step = log_likelihoods(found, weights)
    scores: dict[Mechanism, float] = {}
    for each in EXPLANATIONS:
        fitted_as: Mechanism = "rented_farm" if each.id == "decoy" else each.id
        scores[each.id] = log(prior[each.id]) + sum(by_step.get(fitted_as, {}).values())
    top = max(scores.values())
    odds = {name: exp(score - top) for name, score in scores.items()}
    total = sum(odds.values())
    return capped({name: value / total for name, value in odds.items()})


def capped(
    probabilities: Mapping[Mechanism, float], highest: float = HIGHEST
) -> dict[Mechanism, float]:
    """The same with the highest held at a limit, the others sharing the rest as before.

    Farm and decoy count as one here, and keep their proportion.
    """
    joined = as_one(probabilities)
    first = max(joined, key=lambda name: joined[name])
    if joined[first] <= highest:
        return dict(probabilities)
    held = ("rented_farm", "decoy") if first == "rented_farm" else (first,)
    down, up = highest / joined[first], (1 - highest) / (1 - joined[first])
    return {name: value * (down if name in held else up) for name, value in probabilities.items()}


def as_one(probabilities: Mapping[Mechanism, float]) -> dict[Mechanism, float]:
    """Farm and decoy scored as one, under the farm's name: the data cannot tell them apart."""
    joined = dict(probabilities)
    joined["rented_farm"] += joined.pop("decoy", 0.0)
    return joined


def accusing(probabilities: Mapping[Mechanism, float]) -> float:
    """The summed probability of everything but coincidence and an open campaign."""
    return sum(value for name, value in probabilities.items() if name not in OPEN)


@dataclass(frozen=True)
class Robustness:
    """Who wins when any one prior is three times as high or as low.

    `winners` always holds the winner under the prior itself.
    """

    winners: frozenset[Mechanism]

    @property
    def alone(self) -> bool:
        return len(self.winners) == 1

    @property
    def hidden(self) -> bool:
        """Whether, whatever the prior, the winner is some kind of hidden coordination."""
        return self.winners <= HIDDEN


def robustness(
    found: Mapping[str, float], prior: Mapping[Mechanism, float], weights: Weights
) -> Robustness:
    """Re-weigh the case under each prior multiplied by 3 and by 1/3, farm and decoy as one."""

    def winner(changed: Mapping[Mechanism, float]) -> Mechanism:
        joined = as_one(posterior(found, changed, weights))
        return max(joined, key=lambda name: joined[name])

    winners = {winner(prior)}
    for each in EXPLANATIONS:
        for factor in (ROBUST, 1 / ROBUST):
            together = ("rented_farm", "decoy")
            moved = together if each.id in together else (each.id,)
            winners.add(winner({k: v * factor if k in moved else v for k, v in prior.items()}))
    return Robustness(frozenset(winners))


def level_bin(level: float) -> int:
    """Which of the bins of `Region.levels` a level falls into."""
    return min(LEVELS - 1, int((level + 1) / 2 * LEVELS))


def typical(found: Mapping[str, float], weights: Weights) -> bool:
    """Whether the case lies within the 99 % region of at least one explanation's simulated cases.

    The surprise of a case is the mean of -log2 of how often its levels came up there. A case
    outside every region resembles nothing that the weights were fitted on.
    """
    if not found or not weights.regions:
        return True
    return any(
        surprise(found, region.levels) <= region.limit for region in weights.regions.values()
    )


def surprise(found: Mapping[str, float], shares: Mapping[str, tuple[float, ...]]) -> float:
    """The mean surprise, in bits, of a case's levels under the shares of one explanation."""
    known = [name for name in found if name in shares]
    if not known:
        return 0.0
    return sum(-log2(shares[name][level_bin(found[name])]) for name in known) / len(known)
