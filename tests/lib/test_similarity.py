"""Which posts belong to one near-duplicate family, and which only look a little alike."""

from __future__ import annotations

import random

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.lib.normal import normal, normal_one, unspaced
from analyzers.lib.similarity import families
from analyzers.lib.similarity.families import said
from analyzers.lib.similarity.tokens import FEWEST_UNSPACED, FEWEST_WORDS, corpus
from analyzers.lib.slices import SLICE
from tests.bench.agreement import agreement
from tests.bench.corpora import (
    SCRIPTS,
    Edit,
    Texts,
    disguised,
    half_swapped,
    mixed,
    one_edit,
    several_edits,
    swapped_in,
)

MODEL = "Honte à toi l'ancienne ministre qui ment aux Français tous les matins à la radio"
OTHERS = [
    "Quelle belle journée pour aller se promener au bord de la rivière avec les enfants",
    "Le train de huit heures est encore en retard et personne ne sait pourquoi ce matin",
    "Je relis ce roman tous les étés et je pleure toujours au même chapitre sans faute",
    "Η καλύτερη μέρα της εβδομάδας είναι σίγουρα η Παρασκευή το απόγευμα στη δουλειά",
]


@pytest.mark.parametrize(
    "variant",
    [
        MODEL.replace("matins", "soirs"),
        "@une_autre " + MODEL,
        MODEL.replace(" qui", ", qui") + " !!!",
        MODEL.upper(),
        MODEL + " https://t.co/a1b2c3d4",
        MODEL + " 😡😡",
        MODEL.replace("ministre", "mini\u200bstre"),
        MODEL.replace("ministre", "mіnіstrе"),  # Cyrillic і and е
        MODEL.replace("à", "a").replace("ç", "c"),
        "𝗛𝗼𝗻𝘁𝗲" + MODEL[5:],
        MODEL[:60] + "…",
        MODEL[:52] + "… https://t.co/a1b2c3d4",
        MODEL + " #honte",
    ],
)
def test_a_text_disguised_stays_in_its_family(variant: str) -> None:
    labels = families([*OTHERS, MODEL, variant])
    assert labels.tolist() == [-1, -1, -1, -1, 0, 0]


@pytest.mark.parametrize(
    "texts",
    [
        ["tu es menteur", "tu es voleur", "tu es moche"],
        ["sale petit menteur", "pauvre petit voleur", "espece de menteur"],
        ["menteur", "menteur", "menteur"],
        ["@lea honte à toi", "@max Honte à toi !", "honte a toi"],
        ["😡", "😡", "https://t.co/a", ""],
        OTHERS,
        ["嘘つき", "嘘つき"],
        [],
    ],
)
def test_what_strangers_write_alike_is_no_family(texts: list[str]) -> None:
    assert (families(texts) == -1).all()


WORDS = normal_one(
    "tram colline boulanger violette piano sardine nuage cerise lampe vitrail bureau caillou hamac "
    "raisin moulin orage bouton cartable fenouil grenier hibou jardin képi laurier muguet navet"
).split()


def chatter(seed: int, count: int, length: int = 6) -> list[str]:
    """Short texts that share no model: words drawn at random from a large vocabulary."""
    draw = random.Random(seed)
    vocabulary = [a + b for a in WORDS for b in WORDS]
    return [" ".join(draw.choices(vocabulary, k=length)) for _ in range(count)]


def test_short_insults_with_one_word_swapped_are_found_among_other_short_posts() -> None:
    swapped = [f"retourne mentir ailleurs {last}" for last in ("ministre", "madame", "tricheuse")]
    labels = families([*chatter(1, 500, 4), *swapped])
    assert (labels[:500] == -1).all()
    assert labels[500:].tolist() == [0, 0, 0]


def test_likeness_does_not_chain_to_a_quite_different_text() -> None:
    first, last = chatter(2, 1, 16)[0].split(), chatter(3, 1, 16)[0].split()
    steps = [" ".join(last[:k] + first[k:]) for k in range(17)]
    labels = families([*steps, steps[0], steps[0]])  # the most copied text is the centre
    assert labels[0] == labels[1] == labels[17] >= 0
    assert labels[0] != labels[16]


@pytest.mark.parametrize(
    ("model", "variant"),
    [
        (
            "元大臣は毎朝ラジオで嘘をついている恥を知れ",
            "元大臣は毎晩ラジオで嘘をついている恥を知れ！",
        ),
        ("อดีตรัฐมนตรีโกหกประชาชนทุกเช้าทางวิทยุ", "อดีตรัฐมนตรีโกหกประชาชนทุกเย็นทางวิทยุ"),
        (
            "عار عليك أيتها الوزيرة السابقة التي تكذب على الناس كل صباح",
            "عارٌ عليك أيتها الوزيرة السابقة التي تكذب على الناس كل مساء",
        ),
        (
            "Ντροπή σου πρώην υπουργέ που λες ψέματα κάθε πρωί",
            "@a ΝΤΡΟΠΗ ΣΟΥ πρώην υπουργέ που λες ψέματα κάθε βράδυ",
        ),
    ],
)
def test_other_scripts_have_families_too(model: str, variant: str) -> None:
    assert families([*OTHERS[:3], model, variant]).tolist() == [-1, -1, -1, 0, 0]


def edited(draw: random.Random, text: str) -> str:
    words = text.split()
    for _ in range(draw.randrange(3)):
        words[draw.randrange(len(words))] = draw.choice(WORDS)
    return " ".join(words)


@st.composite
def crowds(draw: st.DrawFn) -> list[str]:
    """A few models, each edited several times, among chatter and repeats."""
    seed = draw(st.integers(0, 10_000))
    chance = random.Random(seed)
    models = chatter(seed, draw(st.integers(1, 4)), draw(st.integers(3, 14)))
    texts = [edited(chance, chance.choice(models)) for _ in range(draw(st.integers(0, 25)))]
    texts += chatter(seed + 1, 5) + draw(st.lists(st.text(max_size=12), max_size=4))
    return texts + draw(st.lists(st.sampled_from(texts), max_size=5))


@settings(max_examples=40, deadline=None)
@given(crowds(), st.randoms(use_true_random=False))
def test_families_hold_whatever_the_order_of_rows(
    texts: list[str], shuffler: random.Random
) -> None:
    labels = families(texts)
    order = list(range(len(texts)))
    shuffler.shuffle(order)
    assert families([texts[row] for row in order]).tolist() == labels[order].tolist()


@settings(max_examples=40, deadline=None)
@given(crowds())
def test_nobody_is_a_family_alone_and_equal_texts_are_together(texts: list[str]) -> None:
    labels = families(texts)
    found, sizes = np.unique(labels[labels >= 0], return_counts=True)
    assert (sizes >= 2).all()
    assert found.tolist() == list(range(len(found)))
    by_normal: dict[str, set[int]] = {}
    for text, label in zip(texts, labels.tolist(), strict=True):
        by_normal.setdefault(normal_one(text), set()).add(label)
    assert all(len(together) == 1 for together in by_normal.values())


@settings(max_examples=30, deadline=None)
@given(crowds())
def test_every_member_resembles_another_of_its_family(texts: list[str]) -> None:
    from rapidfuzz import fuzz

    labels = families(texts)
    normals = [normal_one(text) for text in texts]
    for row in np.flatnonzero(labels >= 0):
        mates = [other for other in np.flatnonzero(labels == labels[row]) if other != row]
        words = set(normals[row].split())
        assert any(
            fuzz.ratio(normals[row], normals[other]) >= 60
            or len(words & set(normals[other].split())) * 3 >= len(words)
            for other in mates
        )


@pytest.mark.parametrize(
    ("texts", "recall", "precision"),
    [
        pytest.param(mixed(4_000, 1, one_edit), 0.995, 0.999, id="one edit"),
        pytest.param(mixed(20_000, 2, several_edits), 0.965, 0.999, id="several edits"),
        pytest.param(mixed(4_000, 3, half_swapped, (3, 6)), 0.88, 0.99, id="short insults"),
        pytest.param(mixed(4_000, 4, disguised), 0.995, 0.999, id="disguised"),
        *(
            pytest.param(swapped_in(script, 4_000, 5), 0.95, 0.999, id=name)
            for name, script in SCRIPTS.items()
        ),
    ],
)
def test_families_are_found_whole_and_pure(texts: Texts, recall: float, precision: float) -> None:
    """The figures at a hundred thousand and more are in docs/benchmarks.md."""
    found = agreement(texts.truth, families(texts.texts).tolist())
    assert found.recall >= recall
    assert found.precision >= precision


@pytest.mark.parametrize("edit", [one_edit, disguised])
def test_tokens_are_the_words_and_say_enough_when_the_texts_do(edit: Edit) -> None:
    texts = mixed(300, 9, edit, (1, 9)).texts + swapped_in(SCRIPTS["Thai"], 100, 9).texts
    normals = normal(pl.Series([*texts, "嘘 つき だ よ", "嘘つき", "é à", "", "क् ख ग"])).unique()
    found, enough = corpus(normals)
    words, letters = said(normals)
    solid = unspaced(normals)
    expected = (~solid & (words >= FEWEST_WORDS)) | (solid & (letters >= FEWEST_UNSPACED))
    assert enough.tolist() == expected.to_list()
    lengths = [
        len(text.replace(" ", "")) if together else len(text.split())
        for text, together in zip(normals.filter(expected), solid.filter(expected), strict=True)
    ]
    assert found.lengths.tolist() == lengths


def test_equal_words_have_equal_hashes_and_different_ones_have_not() -> None:
    words = sorted({word for text in chatter(5, 2_000) for word in text.split()} | {"a", "ab", "é"})
    texts = pl.Series([f"{word} {word} {word}" for word in words if len(word) > 1])
    found, _ = corpus(texts)
    tokens = found.tokens.reshape(-1, 3)
    assert (tokens == tokens[:, :1]).all()
    assert len(np.unique(tokens)) == len(texts)


def test_many_texts_are_cut_in_slices_and_have_the_families_that_they_have_in_any_order() -> None:
    texts = mixed(2 * SLICE + 7, 11, one_edit, share=0.2)
    labels = families(texts.texts)
    order = np.random.default_rng(1).permutation(len(labels))
    assert (families([texts.texts[row] for row in order]) == labels[order]).all()
    assert agreement(texts.truth, labels.tolist()).recall >= 0.995
