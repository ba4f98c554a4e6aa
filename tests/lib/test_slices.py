"""Columns cut into slices and spelt in bytes say what they said."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from analyzers.lib.slices import SLICE, bounds_of_slices, on_every_core, slices_of, spelt, written

TEXTS = st.lists(st.text(max_size=20), max_size=8)


@given(TEXTS)
def test_bytes_spell_the_texts_they_were_taken_from(texts: list[str]) -> None:
    letters = spelt(pl.Series(texts, dtype=pl.String))
    assert letters.data.tobytes() == "".join(texts).encode()
    assert written(letters).to_list() == texts


@given(TEXTS, st.integers(0, 3))
def test_a_part_of_a_column_is_spelt_without_the_rest(texts: list[str], start: int) -> None:
    part = pl.Series(texts, dtype=pl.String).slice(start)
    assert written(spelt(part)).to_list() == texts[start:]


def test_slices_hold_every_row_once_in_order() -> None:
    column = pl.Series(range(2 * SLICE + 3))
    assert pl.concat(slices_of(column)).to_list() == column.to_list()
    assert bounds_of_slices(SLICE + 1) == [(0, SLICE), (SLICE, SLICE + 1)]
    assert [len(each) for each in slices_of(column.clear())] == [0]


def test_work_on_every_core_comes_back_in_order() -> None:
    assert on_every_core(lambda piece: -piece, range(50)) == [-piece for piece in range(50)]
