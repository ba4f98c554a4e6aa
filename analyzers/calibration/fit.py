"""Fitting: how large each sign is, by the likelihood of the mechanisms in simulated cases.

A multinomial logistic model with the shape of `analyzers.weigh.combine`: directions are declared,
so sizes are bounded below by zero; each step's sum is squashed to its bound. Explanations weigh
half-way between equal shares and the usual prior, and these masses enter as known offsets: what is
fitted are ratios of likelihoods, for any prior, with rare explanations heard and usual cases said
well. Ridge penalty; L-BFGS-B (Byrd, Lu, Nocedal and Zhu 1995), from a fixed start.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, log

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from analyzers.calibration.cases import MECHANISM, Observation
from analyzers.weigh.combine import BOUND, level_bin, levels, log_likelihoods, step_of, surprise
from analyzers.weigh.mechanisms import PRIOR, Mechanism
from analyzers.weigh.signs import EVERY
from analyzers.weigh.weights import FITTED, LEVELS, Region, Weights

PENALTIES = (0.01, 0.03, 0.1, 0.3, 1.0)
"""Ridge penalties tried; the one whose sizes serve best on cases that were kept out is taken."""

KEPT_OUT = 4
"""Every fourth case of the fitting variants is kept out to choose the penalty and the exponents."""

LEAST_EXPONENT = 0.2
"""A block keeps at least a fifth of its say: fewer cases than ours could not justify silence."""

USUAL = 0.99
"""The share of an explanation's own cases that lie within its region."""

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Cases:
    """Cases as arrays: `levels` (cases, signs), `truth` (index into `FITTED`), and weights."""

    levels: Matrix
    truth: NDArray[np.int64]
    weights: Matrix

    @classmethod
    def of(cls, observations: Sequence[Observation], mass: Mapping[Mechanism, float]) -> Cases:
        """Arrays of observations; the cases of each explanation weigh its mass in all."""
        rows = [levels(each.seen) for each in observations]
        table = np.array([[row.get(sign.name, 0.0) for sign in EVERY] for row in rows])
        truth = np.array([FITTED.index(MECHANISM[each.scenario]) for each in observations])
        scenarios = [each.scenario for each in observations]
        shared = {name: len({s for s in scenarios if MECHANISM[s] == name}) for name in FITTED}
        weights = np.array(
            [
                mass[MECHANISM[name]] / shared[MECHANISM[name]] / scenarios.count(name)
                for name in scenarios
            ]
        )
        return cls(table, truth, weights / weights.sum())


def masses(prior: Mapping[Mechanism, float]) -> dict[Mechanism, float]:
    """What each fitted explanation weighs, 1 in all: its prior, the decoy's with the farm's."""
    joined = {name: prior[name] for name in FITTED}
    joined["rented_farm"] += prior["decoy"]
    total = sum(joined.values())
    return {name: value / total for name, value in joined.items()}


def fitting_masses() -> dict[Mechanism, float]:
    """Half-way between equal shares and the usual prior."""
    return {name: (mass + 1 / len(FITTED)) / 2 for name, mass in masses(PRIOR).items()}


def fit(observations: Sequence[Observation]) -> Weights:
    """Fit sizes, exponents and regions on the cases of the fitting variants."""
    ordered = sorted(observations, key=lambda each: (each.seed, each.scenario))
    learn = [each for number, each in enumerate(ordered) if number % KEPT_OUT]
    check = [each for number, each in enumerate(ordered) if not number % KEPT_OUT]
    tried = [_sized(learn, penalty) for penalty in PENALTIES]
    losses = [_log_score(weights, check) for weights in tried]
    penalty = PENALTIES[int(np.argmin(losses))]
    blocks = _tempered(_sized(learn, penalty), check)
    sizes = _sized(ordered, penalty).sizes
    return Weights(
        sizes=sizes,
        blocks=blocks,
        regions=regions(ordered),
        fitted={"cases": str(len(ordered)), "penalty": str(penalty)},
    )


def _sized(observations: Sequence[Observation], penalty: float) -> Weights:
    """Sizes that make the true mechanisms likeliest."""
    cases = Cases.of(observations, fitting_masses())
    model = _Model(cases, penalty / len(observations))
    result = minimize(
        model.loss,
        np.full(model.size, 0.1),
        jac=True,
        method="L-BFGS-B",
        bounds=[(0.0, 6.0)] * model.size,
        options={"maxiter": 500},
    )
    sizes: dict[str, dict[str, tuple[float, float]]] = {}
    for (sign, mechanism, _), present, absent in zip(
        model.slots, result.x[: len(model.slots)], result.x[len(model.slots) :], strict=True
    ):
        sizes.setdefault(EVERY[sign].name, {})[FITTED[mechanism]] = (float(present), float(absent))
    return Weights(sizes, {sign.block: 1.0 for sign in EVERY})


class _Model:
    """The penalised loss and its gradient; a slot is a sign that speaks about an explanation."""

    def __init__(self, cases: Cases, penalty: float) -> None:
        self.cases = cases
        self.penalty = penalty
        self.slots = [
            (number, FITTED.index(mechanism), 1.0 if direction == "+" else -1.0)
            for number, sign in enumerate(EVERY)
            for mechanism, direction in sign.speaks.items()
            if mechanism in FITTED
        ]
        self.size = 2 * len(self.slots)
        self.steps = sorted({step_of(sign) for sign in EVERY})
        self.step_of_sign = [self.steps.index(step_of(sign)) for sign in EVERY]
        up, down = np.clip(cases.levels, 0, 1), np.clip(-cases.levels, 0, 1)
        signs = [number for number, _, _ in self.slots]
        directions = np.array([direction for _, _, direction in self.slots])
        self.inputs = np.hstack([up[:, signs] * directions, -down[:, signs] * directions])
        # `other` has no signs: its score is its share of the prior
        mass = fitting_masses()
        self.offsets = np.log([*(mass[name] for name in FITTED), PRIOR["other"]])
        self.place = [
            self.step_of_sign[number] * len(FITTED) + mechanism
            for number, mechanism, _ in self.slots
        ] * 2
        self.route = np.zeros((self.size, len(self.steps) * len(FITTED)))
        self.route[np.arange(self.size), self.place] = 1.0

    def loss(self, sizes: Matrix) -> tuple[float, Matrix]:
        cases = self.cases
        raw = (self.inputs * sizes) @ self.route
        bounded = BOUND * np.tanh(raw / BOUND)
        scores = bounded.reshape(len(raw), len(self.steps), len(FITTED)).sum(axis=1)
        full = np.hstack([scores, np.zeros((len(scores), 1))]) + self.offsets
        full -= full.max(axis=1, keepdims=True)
        chances = np.exp(full)
        chances /= chances.sum(axis=1, keepdims=True)
        rows = np.arange(len(scores))
        value = -float(cases.weights @ np.log(chances[rows, cases.truth] + 1e-300))
        slope = chances[:, : len(FITTED)].copy()
        slope[rows, cases.truth] -= 1
        slope *= cases.weights[:, None]
        inner = np.tile(slope, (1, len(self.steps))) * (1 - (bounded / BOUND) ** 2)
        gradient = (self.inputs * (inner @ self.route.T)).sum(axis=0)
        return (
            value + self.penalty * float(sizes @ sizes),
            gradient + 2 * self.penalty * sizes,
        )


def _log_score(weights: Weights, observations: Sequence[Observation]) -> float:
    """The mean of -log of the true mechanism's probability, by the usual prior, no cap."""
    cases = Cases.of(observations, masses(PRIOR))
    return _score(_by_block(weights, observations), _blocks(), cases, np.ones(len(_blocks())))


def _blocks() -> list[str]:
    return sorted({sign.block for sign in EVERY})


def _by_block(weights: Weights, observations: Sequence[Observation]) -> Matrix:
    """Log-likelihoods (cases, blocks, explanations) with every exponent 1."""
    blocks = _blocks()
    home = {step_of(sign): blocks.index(sign.block) for sign in EVERY}
    plain = replace(weights, blocks=dict.fromkeys(blocks, 1.0))
    table = np.zeros((len(observations), len(blocks), len(FITTED)))
    for row, each in enumerate(observations):
        for mechanism, steps in log_likelihoods(levels(each.seen), plain).items():
            for step, value in steps.items():
                table[row, home[step], FITTED.index(mechanism)] += value
    return table


def _score(table: Matrix, blocks: list[str], cases: Cases, exponents: Matrix) -> float:
    mass = masses(PRIOR)
    scores = np.einsum("nbm,b->nm", table, exponents)
    scores = scores + np.log([mass[name] for name in FITTED])
    full = np.hstack([scores, np.full((len(scores), 1), log(PRIOR["other"]))])
    full -= full.max(axis=1, keepdims=True)
    chances = np.exp(full)
    chances /= chances.sum(axis=1, keepdims=True)
    return -float(cases.weights @ np.log(chances[np.arange(len(full)), cases.truth] + 1e-300))


def _tempered(weights: Weights, observations: Sequence[Observation]) -> dict[str, float]:
    """Exponents, 0.2 to 1 a block, that serve best on cases which the sizes never saw."""
    blocks, cases = _blocks(), Cases.of(observations, masses(PRIOR))
    table = _by_block(weights, observations)

    def badness(exponents: Matrix) -> float:
        return _score(table, blocks, cases, exponents)

    result = minimize(
        badness,
        np.full(len(blocks), 0.8),
        method="L-BFGS-B",
        bounds=[(LEAST_EXPONENT, 1.0)] * len(blocks),
    )
    return {name: float(value) for name, value in zip(blocks, result.x, strict=True)}


def regions(observations: Sequence[Observation]) -> dict[str, Region]:
    """What each explanation's cases look like, and how surprising 99 % of them are at most."""
    found: dict[str, Region] = {}
    for mechanism in FITTED:
        rows = [levels(o.seen) for o in observations if MECHANISM[o.scenario] == mechanism]
        shares: dict[str, tuple[float, ...]] = {}
        for sign in EVERY:
            counts = np.ones(LEVELS)  # one imagined case a bin (Laplace): nothing is impossible
            for row in rows:
                if sign.name in row:
                    counts[level_bin(row[sign.name])] += 1
            shares[sign.name] = tuple(float(x) for x in counts / counts.sum())
        surprises = sorted(surprise(row, shares) for row in rows)
        place = min(len(surprises) - 1, ceil(USUAL * len(surprises)))
        found[mechanism] = Region(surprises[place] if surprises else 0.0, shares)
    return found
