"""Posts cut by the platform or the export ("… https://t.co/x"): they match by how they begin."""

from __future__ import annotations

from bisect import bisect_left

import numpy as np
import numpy.typing as npt
import polars as pl

from analyzers.lib.similarity.candidates import Pairs

_CUT = r"(?:…|\.\.\.)\s*(?:https?://\S+)?\s*$"
"""An ellipsis at the end, or before a last link, as X's exports of 140 characters have it."""

_FEWEST_CHARACTERS = 40
"""A shorter beginning is too common to tie two posts: it is about six words. People also end whole
posts with an ellipsis."""


def is_cut(texts: pl.Series) -> pl.Series:
    """Whether each post's own text looks cut."""
    return texts.str.contains(_CUT)


def beginnings(texts: pl.Series, cut: npt.NDArray[np.bool_]) -> list[str]:
    """What is whole of each cut normal text, "" for the others and where too little is left.

    The last word may be half a word, so it goes (in scripts without spaces: the last letter).
    """
    begun = [""] * len(texts)
    rows = np.flatnonzero(cut)
    for row, text in zip(rows.tolist(), texts.gather(rows).to_list(), strict=True):
        whole = text.rpartition(" ")[0] if " " in text else text[:-1]
        begun[row] = whole if len(whole) >= _FEWEST_CHARACTERS else ""
    return begun


def tied_by_beginning(texts: pl.Series, begun: list[str]) -> Pairs:
    """Pair each cut text with the first two texts, in alphabetical order, that begin like it."""
    rows = [row for row, start in enumerate(begun) if start]
    if not rows:
        return np.empty((0, 2), np.int64)
    order = _beginning_like_some(texts, rows)
    ordered = texts.gather(order).to_list()
    pairs = []
    for row in rows:
        at = bisect_left(ordered, begun[row])
        pairs += [
            (row, order[other])
            for other in range(at, min(at + 2, len(order)))
            if order[other] != row and ordered[other].startswith(begun[row])
        ]
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def _beginning_like_some(texts: pl.Series, rows: list[int]) -> list[int]:
    """Texts whose first letters are those of one of some rows, in alphabetical order."""
    starts = texts.str.head(_FEWEST_CHARACTERS)
    found = starts.is_in(starts.gather(rows).implode()).arg_true()
    return found.gather(texts.gather(found).arg_sort()).to_list()
