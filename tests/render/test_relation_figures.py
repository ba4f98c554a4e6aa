"""Charts of who shares what, and of ranked intervals: full, empty, crowded, in both languages."""

from __future__ import annotations

import struct
import warnings

import pytest

from analyzers.model.figure import Bipartite, Edge, Figure, Heatmap, Intervals, Span
from analyzers.model.text import AccountRef, Code, Text
from analyzers.render.disclosure import Disclosure
from analyzers.render.figures import draw
from analyzers.render.figures.canvas import WIDTH
from analyzers.render.words import LANGS, Lang, Words

HOSTILE = ("$x^2$ {no place} <b>", "a" * 3000, "mot " * 800, "漢字 مرحبا 😀", "line\nbreak\0", " ")


def accounts(count: int) -> tuple[AccountRef, ...]:
    return tuple(AccountRef(str(1 + n % 20)) for n in range(count))


def bipartite(label: str = "T1: A 11 of 20, B 0 of 120", left: int = 20) -> Bipartite:
    return Bipartite(
        slug="other_targets",
        title=Text("{what} is addressed most.", what=label),
        alt=Text("Lines."),
        left=accounts(left),
        right=(label, Text("T2"), Code("T3")),
        edges=tuple(Edge(n, n % 3, 1 + n % 4) for n in range(left)),
        left_label=Text("These accounts (A)"),
        right_label=Text("{what}", what=label),
        weight_label=Text("number of posts"),
    )


def intervals(label: str = "rap", rows: int = 12, value: float = 30, log: bool = True) -> Intervals:
    return Intervals(
        slug="interests",
        title=Text("{what} stands out.", what=label),
        alt=Text("Dots."),
        rows=tuple(Span(label, value / (n + 1), value / (n + 3), value) for n in range(rows)),
        reference=1,
        log_x=log,
        x_label=Text("odds ratio"),
    )


def heatmap(label: str = "texts", count: int = 20, most: int = 56) -> Heatmap:
    return Heatmap(
        slug="duplicates",
        title=Text("{what} are shared.", what=label),
        alt=Text("Squares."),
        accounts=accounts(count),
        values=tuple(tuple((n * m) % (most + 1) for m in range(n)) for n in range(count)),
        value_label=Text("{what}", what=label),
    )


KINDS = (bipartite, intervals, heatmap)

CROWDED_OR_EMPTY: tuple[Figure, ...] = (
    bipartite(left=0),
    bipartite(left=500),
    intervals(rows=0),
    intervals(rows=1, value=1, log=False),
    intervals(rows=500),
    intervals(value=1e12),
    heatmap(count=1),
    heatmap(count=2, most=1),
    heatmap(count=100),
    heatmap(most=0),
)


def check(figure: Figure, lang: Lang = "en") -> None:
    names = {str(n): f"A{n:02}" for n in range(1, 21)}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        png = draw(figure, Words(lang, Disclosure(False, names)))
    wide, high = struct.unpack(">II", png[16:24])
    assert wide == WIDTH
    assert 200 < high < 4000


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_drawn_in_both_languages(kind, lang) -> None:
    check(kind(), lang)


@pytest.mark.parametrize("figure", CROWDED_OR_EMPTY, ids=lambda figure: figure.slug)
def test_nothing_one_and_hundreds_are_all_drawn(figure: Figure) -> None:
    check(figure)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("label", HOSTILE)
def test_no_label_breaks_a_chart(kind, label: str) -> None:
    check(kind(label))
