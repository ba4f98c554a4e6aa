"""Judging: how often the weighing is right, how sure it says to be, and whom it accuses falsely."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import TypeAlias

import numpy as np

from analyzers.calibration.cases import MECHANISM, ORGANIC, Observation
from analyzers.calibration.fit import fit, masses
from analyzers.lib.stats import wilson
from analyzers.simulate.dials import AGES, FIELDS, GRAMMARS, RHYTHMS
from analyzers.weigh.combine import accusing, as_one, levels, posterior, typical
from analyzers.weigh.mechanisms import PRIOR, Mechanism
from analyzers.weigh.weights import Weights

ACCUSED = 0.55
"""Where "likely" begins: an accusation that a reader would act on."""

SURE = 0.8
"""Where "very likely" begins: verdicts judged apart."""

BINS = 10
"""Bins of equal width of the winner's probability (Guo et al. 2017, "On calibration of modern
neural networks", section 2)."""

LARGE = 10
"""Members of a case from which the search is judged."""

_RESAMPLES = 1_000

Count: TypeAlias = tuple[int, int]


@dataclass(frozen=True)
class Judged:
    """One case with the probabilities that the weighing gave it, farm and decoy as one."""

    case: Observation
    probabilities: Mapping[Mechanism, float]
    accusing: float
    typical: bool

    @property
    def truth(self) -> Mechanism:
        return MECHANISM[self.case.scenario]

    @property
    def winner(self) -> Mechanism:
        return max(self.probabilities, key=lambda name: self.probabilities[name])

    @property
    def sure(self) -> float:
        return self.probabilities[self.winner]

    @property
    def right(self) -> bool:
        return self.winner == self.truth


@dataclass(frozen=True)
class Bin:
    """Cases whose winner was said to have about this probability, weighted to the prior."""

    said: float
    happened: float
    weight: float
    cases: int
    low: float
    high: float


@dataclass(frozen=True)
class Calibration:
    """How far what is said lies from what happens: expected error, its interval, log and Brier.

    `over` is the part of the error that claims too much: bins in which less happened than was said.
    """

    error: float
    over: float
    low: float
    high: float
    log_score: float
    brier: float
    bins: tuple[Bin, ...]
    cases: int


def judged(observations: Iterable[Observation], weights: Weights) -> list[Judged]:
    """Weigh every case under the usual prior."""
    found = []
    for each in observations:
        shown = levels(each.seen)
        probabilities = posterior(shown, PRIOR, weights)
        found.append(
            Judged(each, as_one(probabilities), accusing(probabilities), typical(shown, weights))
        )
    return found


def coordinated(cases: Iterable[Judged]) -> list[Judged]:
    """The cases in which an accusation is true."""
    return [each for each in cases if each.case.scenario not in ORGANIC]


def first_right(cases: Iterable[Judged]) -> Count:
    """In how many cases the true mechanism comes first."""
    chosen = list(cases)
    return sum(each.right for each in chosen), len(chosen)


def complete(each: Judged) -> bool:
    """Whether the export lacks no field (timelines and followers may be missing)."""
    return not each.case.missing


def bare(each: Judged) -> bool:
    """Whether client, interface language and creation date are all missing, as today."""
    return set(each.case.missing) == set(FIELDS)


def false_accusations(cases: Iterable[Judged]) -> dict[str, Count]:
    """Per organic scenario, how many cases sum to an accusation."""
    found = {name: [0, 0] for name in ORGANIC}
    for each in cases:
        if each.case.scenario in found:
            found[each.case.scenario][0] += each.accusing >= ACCUSED
            found[each.case.scenario][1] += 1
    return {name: (wrong, total) for name, (wrong, total) in found.items()}


def prior_weights(cases: Sequence[Judged]) -> list[float]:
    """What each case weighs so that mechanisms come up as often as the prior says."""
    counts = Counter(each.case.scenario for each in cases)
    scenarios = Counter(MECHANISM[name] for name in counts)
    mass = masses(PRIOR)
    return [mass[each.truth] / scenarios[each.truth] / counts[each.case.scenario] for each in cases]


def calibration(cases: Sequence[Judged]) -> Calibration:
    """Top-label expected calibration error of cases weighted to the prior, with its scores.

    The interval resamples cases within scenarios (bootstrap).
    """
    weights = np.array(prior_weights(cases))
    weights = weights / weights.sum()
    sure = np.array([each.sure for each in cases])
    right = np.array([each.right for each in cases], dtype=float)
    places = np.minimum((sure * BINS).astype(int), BINS - 1)
    rng = np.random.default_rng(1)
    groups = [
        np.flatnonzero([each.case.scenario == name for each in cases])
        for name in sorted({each.case.scenario for each in cases})
    ]
    drawn = []
    for _ in range(_RESAMPLES):
        chosen = np.concatenate([rng.choice(group, len(group)) for group in groups])
        drawn.append(_error(places[chosen], sure[chosen], right[chosen], weights[chosen]))
    low, high = np.quantile(drawn, [0.025, 0.975])
    bins = tuple(_bins(places, sure, right, weights))
    true = np.array([each.probabilities[each.truth] for each in cases])
    squares = [
        sum((p - (name == each.truth)) ** 2 for name, p in each.probabilities.items())
        for each in cases
    ]
    return Calibration(
        error=_error(places, sure, right, weights),
        over=sum(each.weight * max(each.said - each.happened, 0.0) for each in bins),
        low=float(low),
        high=float(high),
        log_score=-float(weights @ np.log(true)),
        brier=float(weights @ np.array(squares)),
        bins=bins,
        cases=len(cases),
    )


def _error(places: np.ndarray, sure: np.ndarray, right: np.ndarray, weights: np.ndarray) -> float:
    total = 0.0
    for place in range(BINS):
        inside = places == place
        mass = weights[inside].sum()
        if mass:
            total += abs(float((weights[inside] * (right[inside] - sure[inside])).sum()))
    return total / float(weights.sum())


def _bins(
    places: np.ndarray, sure: np.ndarray, right: np.ndarray, weights: np.ndarray
) -> Iterable[Bin]:
    for place in range(BINS):
        inside = places == place
        mass = float(weights[inside].sum())
        if not mass:
            continue
        happened = float((weights[inside] * right[inside]).sum()) / mass
        # Kish's effective number of equally weighted cases
        effective = mass**2 / float((weights[inside] ** 2).sum())
        n = max(1, round(effective))
        low, high = wilson(min(happened, 1.0) * n, n)
        said = float((weights[inside] * sure[inside]).sum()) / mass
        yield Bin(said, happened, mass, int(inside.sum()), low, high)


def confusion(cases: Iterable[Judged]) -> dict[str, Counter[Mechanism]]:
    """For each scenario, how often each explanation came first."""
    found: dict[str, Counter[Mechanism]] = {}
    for each in cases:
        found.setdefault(each.case.scenario, Counter())[each.winner] += 1
    return found


def search_quality(cases: Iterable[Judged]) -> dict[str, tuple[float, float, int, int]]:
    """Per coordinated scenario: mean precision, mean recall, cases with a cohort, and cases.

    Cases of at least ten members. One without a cohort has recall 0 and no precision.
    """
    found: dict[str, list[Observation]] = {}
    for each in coordinated(cases):
        if each.case.truth >= LARGE:
            found.setdefault(each.case.scenario, []).append(each.case)
    return {
        name: (
            float(np.mean([o.hits / o.found for o in some if o.found] or [0.0])),
            float(np.mean([o.hits / o.truth for o in some])),
            sum(o.found > 0 for o in some),
            len(some),
        )
        for name, some in found.items()
    }


def left_out(
    fitting: Sequence[Observation], judging: Sequence[Observation]
) -> dict[str, tuple[Count, Count]]:
    """What happens on a grammar, rhythm or age model that no case of the fit had.

    For each of the nine: right first among coordinated cases that have it, and false accusations
    among the organic ones, by sizes fitted on the cases without it.
    """
    found: dict[str, tuple[Count, Count]] = {}
    for place, names in enumerate((GRAMMARS, RHYTHMS, AGES)):
        for name in names:
            weights = fit([o for o in fitting if o.variant[place] != name])
            cases = judged([o for o in judging if o.variant[place] == name], weights)
            organic = [each for each in cases if each.case.scenario in ORGANIC]
            accused = sum(each.accusing >= ACCUSED for each in organic)
            found[name] = (first_right(coordinated(cases)), (accused, len(organic)))
    return found


def share_of(cases: Iterable[Judged], holds: Callable[[Judged], bool]) -> Count:
    """In how many cases something holds."""
    chosen = list(cases)
    return sum(holds(each) for each in chosen), len(chosen)


def log_of_prior() -> float:
    """The log score of saying the prior every time, to beat."""
    mass = masses(PRIOR)
    total = sum(PRIOR.values()) - PRIOR["other"]
    return -sum(value * log(value * total) for value in mass.values())
