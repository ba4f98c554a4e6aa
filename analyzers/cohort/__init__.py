"""Who acts together: the accounts that a common text ties, and the ordinary ones beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analyzers.model.case import TIE_DRAWS, Proposal, Window

if TYPE_CHECKING:
    from analyzers.cohort.named import NamedCohort
    from analyzers.model.dataset import Dataset
    from analyzers.model.target import Target

_ALWAYS = Window()


def propose_cohort(
    dataset: Dataset,
    targets: tuple[Target, ...] = (),
    window: Window = _ALWAYS,
    named: NamedCohort | None = None,
    seed: int = 20190211,
    draws: int = TIE_DRAWS,
) -> Proposal:
    """Search an enriched dataset for accounts that act together against the targets.

    Cohorts come largest first; the one that a person named, if any, before them. Without targets,
    like texts among all organic posts are looked at. The same rows in any order and the same seed
    give the same proposal. Raises `BadInput` when no post concerns one of the targets, or when
    none of the named accounts is in the data. `draws` are those of the tie test. How the search
    goes is told in `proposal`.
    """
    from analyzers.cohort.proposal import propose

    return propose(dataset, targets, window, named, seed, draws)
