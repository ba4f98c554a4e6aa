"""A network is drawn the same way each time, within its caps, and its ties are rows of a CSV."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from analyzers.model.figure import Edge, Network, Node
from analyzers.model.text import AccountRef, Text
from analyzers.render.disclosure import Disclosure
from analyzers.render.figure_csv import csv
from analyzers.render.figures import draw
from analyzers.render.words import LANGS, Lang, Words


def words(lang: Lang = "en") -> Words:
    names = {str(number): f"A{number:02}" for number in range(200)}
    return Words(lang, Disclosure(reveal=False, names=names))


def network(ours: int, others: int = 0) -> Network:
    said = Text("These accounts are tied.")
    groups = ["cohort"] * ours + ["comparison"] * others
    return Network(
        slug="network",
        title=said,
        alt=said,
        nodes=tuple(Node(AccountRef(str(n)), group) for n, group in enumerate(groups)),  # type: ignore[arg-type]
        edges=tuple(Edge(n, n + 1, 1 + n % 3) for n in range(ours + others - 1)),
        total=ours + others,
        weight_label=said,
    )


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("ours", "others"), [(0, 0), (1, 0), (2, 0), (20, 8), (30, 30), (90, 5)])
def test_a_network_of_any_size_is_drawn_the_same_way_twice(
    ours: int, others: int, lang: Lang
) -> None:
    png = draw(network(ours, others), words(lang))
    assert png == draw(network(ours, others), words(lang))
    assert Image.open(io.BytesIO(png)).height < 2400


def test_a_network_gives_a_row_per_tie() -> None:
    lines = csv(network(2, 1), words()).decode("utf-8-sig").splitlines()
    assert lines == [
        "account,group,other,other_group,weight",
        "A00,cohort,A01,cohort,1",
        "A01,cohort,A02,comparison,2",
    ]
