"""How unlikely it is that so many items of a kind fall to one side."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def surprise(sizes: NDArray[np.int64], drawn: int, pool: int) -> NDArray[np.float64]:
    """-log10 of the chance of at least k of a kind among `drawn` of `pool` items.

    One row per kind, of which there are `sizes`; one column per k from 0 to `drawn`. The chance is
    the hypergeometric one, as in Fisher's exact test.
    """
    from scipy.stats import hypergeom

    ks = np.arange(drawn + 1)
    different, where = np.unique(sizes, return_inverse=True)
    chances = np.array([hypergeom.sf(ks - 1, pool, size, drawn) for size in different])
    # a count that cannot be reached has chance 0; its row is never read
    return np.asarray(-np.log10(np.clip(chances, 1e-300, 1.0))[where], dtype=np.float64)
