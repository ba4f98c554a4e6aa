"""The model that a family of posts shares, and each post laid under it."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.lib.template import model
from analyzers.model.figure import Cell

INSULTS = ["menteur", "tricheur", "voleur", "clown", "menteur"]
POSTS = [f"@ex_ministre Honte à toi, sale {insult} de la République !" for insult in INSULTS]


def test_a_mention_and_a_swapped_word_are_the_slots_of_the_model() -> None:
    found = model(POSTS)
    assert found.words == "@… Honte à toi, sale … de la République !"
    assert [cell.slot for cell in found.cells] == [True, False, True, False]
    assert [cells[2].words for cells in found.members] == INSULTS
    assert found.members[0][1] == Cell("Honte à toi, sale", slot=False)


def test_handles_and_links_are_never_shown() -> None:
    found = model(["@lea @max Honte à toi www.a.example", ".@zoe Honte à toi https://t.co/xyz"])
    assert found.words == "@… Honte à toi https://…"
    shown = str(found)
    assert not any(name in shown for name in ("lea", "max", "zoe", "a.example", "xyz"))


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (
            ["Honte à toi menteur", "HONTE À TOI menteur", "Honte à toi menteur"],
            "Honte à toi menteur",
        ),
        (["Honte à toi", "Honte à toi !", "honte a toi !"], "Honte à toi !"),
        (["a b c d", "a b x c d", "a b y c d", "a b c d"], "a b … c d"),
        (["a b c d e f g h", "a b c d e f g h", "a b c z d e f g h"], "a b c d e f g h"),
        (["嘘つき大臣は朝", "嘘つき大臣は夜", "嘘つき大臣は晩"], "嘘つき大臣は …"),
        (["menteur"], "menteur"),
        (["😡", "😡"], "😡"),
        ([""], ""),
        ([], ""),
    ],
)
def test_each_word_is_spelled_as_most_posts_spell_it(texts: list[str], words: str) -> None:
    assert model(texts).words == words


def test_a_post_that_departs_from_the_model_is_marked_where_it_does() -> None:
    texts = ["un deux trois quatre"] * 5 + ["un deux trois cinq quatre", "un deux"]
    found = model(texts)
    assert [cell.words for cell in found.cells] == ["un deux trois quatre"]
    assert found.members[5] == (Cell("un deux trois cinq quatre", slot=True),)
    assert found.members[6] == (Cell("un deux", slot=True),)


TEXTS = st.lists(
    st.lists(st.sampled_from(["@lea", "Honte", "à", "toi", "!", "😡", "嘘", "https://a.b"])).map(
        " ".join
    ),
    max_size=8,
)


@settings(deadline=None)
@given(TEXTS, st.randoms(use_true_random=False))
def test_every_post_has_the_models_cells_whatever_the_order(
    texts: list[str], shuffler: random.Random
) -> None:
    found = model(texts)
    assert all(len(cells) == len(found.cells) for cells in found.members)
    order = list(range(len(texts)))
    shuffler.shuffle(order)
    again = model([texts[row] for row in order])
    assert again.cells == found.cells
    assert again.members == tuple(found.members[row] for row in order)
