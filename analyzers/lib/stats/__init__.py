"""Small-sample statistics: intervals of shares, exact tests, permutations of whole accounts.

Everything here takes plain numbers or arrays, draws from a fixed seed, and gives the same answer
whatever the order of its input.
"""

from __future__ import annotations

from analyzers.lib.stats.bootstrap import bootstrap
from analyzers.lib.stats.concentration import Concentration, concentration
from analyzers.lib.stats.log_odds import log_odds
from analyzers.lib.stats.permutation import SEED, mean_excess, monte_carlo_p
from analyzers.lib.stats.scan import Scan, densest_window, scan
from analyzers.lib.stats.shares import binomial_tail, excess, shortfall, wilson
from analyzers.lib.stats.shuffles import shuffled_best
from analyzers.lib.stats.surprise import surprise

__all__ = [
    "SEED",
    "Concentration",
    "Scan",
    "binomial_tail",
    "bootstrap",
    "concentration",
    "densest_window",
    "excess",
    "log_odds",
    "mean_excess",
    "monte_carlo_p",
    "scan",
    "shortfall",
    "shuffled_best",
    "surprise",
    "wilson",
]
