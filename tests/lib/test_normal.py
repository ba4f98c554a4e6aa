"""What normal text keeps of a post, and what it folds away."""

from __future__ import annotations

import unicodedata

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.lib.normal import normal, normal_one, unspaced


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Honte à TOI, menteur !!!", "honte a toi menteur"),
        ("@ex_ministre Honte à toi, menteur", "honte a toi menteur"),
        ("Honte à toi, menteur @ex_ministre @autre", "honte a toi menteur"),
        ("RT @lea_m: Honte à toi, menteur", "honte a toi menteur"),
        ("Honte à toi, menteur https://t.co/a1B2c3", "honte a toi menteur"),
        ("Honte à toi, menteur www.journal.example/a?b=c bit.ly/3xYz", "honte a toi menteur"),
        ("Honte à toi, menteur https…", "honte a toi menteur"),
        ("Honte à toi, menteur 😡👎🏽", "honte a toi menteur"),
        ("Ho\u200bnte à toi,\u202e men\u00adteur\ufe0f", "honte a toi menteur"),
        ("𝓗𝓸𝓷𝓽𝓮 à ｔｏｉ, 𝗺𝗲𝗻𝘁𝗲𝘂𝗿", "honte a toi menteur"),
        ("Hоntе à tоi, mеntеur", "honte a toi menteur"),  # Cyrillic о and е
        ("Hοnte à tοi, mεnteυr", "honte a toi menteur"),  # Greek ο, ε, υ
        ("#Honte à toi, #menteur", "honte a toi menteur"),
        ("  Honte\tà\n toi , menteur  ", "honte a toi menteur"),
        ("@lea@mamot.example bonjour @lea.bsky.example", "bonjour"),
        ("Merci @lea.Tu mens", "merci tu mens"),
        ("écris à lea@courrier.example", "ecris a lea courrier example"),
        ("嘘つき@lea嘘つきだ https://t.co/a1ね", "嘘つき 嘘つきだ ね"),
        ("嘘つきhttps://t.co/a1", "嘘つき"),
        ("Ψέματα, ΨΈΜΑΤΑ!", "ψεματα ψεματα"),
        ("Привет, МИР", "привет мир"),
        ("كَاذِبٌ", "كاذب"),
        ("हिन्दी में", "हिन्दी में"),
        ("cœur Łódź straße", "coeur lodz strasse"),
        ("👍🏽", ""),
        ("", ""),
    ],
)
def test_cheap_variations_of_a_text_fold_to_the_words_it_says(text: str, expected: str) -> None:
    assert normal_one(text) == expected


def test_a_missing_text_stays_missing() -> None:
    assert normal(pl.Series(["Bonjour", None, "é"])).to_list() == ["bonjour", None, "e"]
    assert normal(pl.Series([], dtype=pl.String)).to_list() == []


PIECES = st.sampled_from(
    ["RT @lea: ", "@léo ", "https://a.example/b ", "Éà", "#x", "mеnt", "ΑΣ", "…"]
)
TEXTS = st.lists(st.one_of(st.text(max_size=20), PIECES), max_size=6).map("".join)


@given(st.lists(TEXTS, max_size=6))
def test_a_text_is_folded_alike_alone_and_among_others(texts: list[str]) -> None:
    together = normal(pl.Series(texts, dtype=pl.String)).to_list()
    assert together == [normal_one(text) for text in texts]


@given(TEXTS)
def test_normal_text_is_its_own_normal_text(text: str) -> None:
    once = normal_one(text)
    assert normal_one(once) == once


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("嘘つき だ", True),
        ("你好 世界 ok", True),
        ("โกหก", True),
        ("a 嘘 bonjour", False),
        ("", False),
    ],
)
def test_scripts_without_spaces_are_recognised(text: str, expected: bool) -> None:
    assert unspaced(pl.Series([text])).to_list() == [expected]


def test_accented_latin_letters_fold_like_the_same_letters_taken_apart() -> None:
    letters = [chr(code) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))]
    apart = [unicodedata.normalize("NFKD", letter) for letter in letters]
    for frame in ("a{}b", "@a.{}", "https://a.example/{}b", "{}"):
        whole = normal(pl.Series([frame.format(letter) for letter in letters]))
        assert whole.to_list() == normal(pl.Series([frame.format(one) for one in apart])).to_list()


@pytest.mark.parametrize("mark", "‘’“”«»–—…\u00a0🔥€")
def test_marks_between_letters_part_two_words(mark: str) -> None:
    assert normal_one(f"a{mark}b") == "a b"
    assert normal_one(f"a https://b.example/{mark.strip()}c d") == "a d"
