"""How much more often one side uses each item than the other, without few uses shouting."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def log_odds(
    ours: ArrayLike,
    our_total: ArrayLike,
    theirs: ArrayLike,
    their_total: ArrayLike,
    prior: ArrayLike,
    prior_total: ArrayLike,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The log-odds ratio of each item between two sides under a Dirichlet prior, and its error.

    `ours` of `our_total` uses against `theirs` of `their_total`; `prior` are the uses that each
    side is given beforehand, `prior_total` in all. Their quotient is the z by which to rank
    (Monroe, Colaresi and Quinn 2008, "Fightin' Words", Political Analysis 16). With a prior of 0.5
    and a total of 1 it is the odds ratio of a share with the Haldane-Anscombe correction, and its
    error is Woolf's. Arrays broadcast.
    """
    prior = np.asarray(prior, dtype=np.float64)
    mine, other = np.asarray(ours) + prior, np.asarray(theirs) + prior
    rest = np.asarray(our_total) + np.asarray(prior_total) - mine
    other_rest = np.asarray(their_total) + np.asarray(prior_total) - other
    ratio = np.log(mine * other_rest / (rest * other))
    return ratio, np.sqrt(1 / mine + 1 / rest + 1 / other + 1 / other_rest)
