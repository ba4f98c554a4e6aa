"""Shared texts are told again by keyed numbers that hold none of their words."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from analyzers.lib.fingerprint import ALIKE, BANDS, fingerprint
from analyzers.lib.similarity import families
from analyzers.simulate import simulate

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
TEMPLATE = "{} you are nothing but a {} liar in a suit, go home and leave us all in peace"
PEOPLE = ("@mayor", "@deputy", "@singer")


def posts(template: str = TEMPLATE) -> list[str]:
    words = ("dull", "grey", "loud", "slow", "sad")
    return [template.format(PEOPLE[n % 3], word) for n, word in enumerate(words)]


def found(texts: Sequence[str]) -> tuple[int, ...]:
    return fingerprint(texts, KEY)


def alike(one: Sequence[int], other: Sequence[int]) -> bool:
    return len({*one} & {*other}) >= ALIKE


def test_the_same_template_against_somebody_else_is_told_again() -> None:
    again = [
        text.replace("@mayor", "@minister").upper() + " https://example.org" for text in posts()
    ]
    assert alike(found(posts()), found(again))
    assert alike(found(posts()), found(posts()[:3]))


@pytest.mark.parametrize(
    "edited",
    [
        TEMPLATE.replace("suit", "coat"),
        TEMPLATE.replace("go home", "get lost"),
        TEMPLATE + " now",
    ],
)
def test_a_template_with_a_word_or_two_changed_is_told_again(edited: str) -> None:
    assert alike(found(posts()), found(posts(edited)))


def test_other_texts_about_the_same_thing_are_not() -> None:
    other = "{} has told us lies for years, and the {} truth is that nobody in town believes it"
    assert not alike(found(posts()), found(posts(other)))


def test_what_a_few_words_say_is_never_told_again() -> None:
    assert found(["you are a liar, go home"] * 5) == ()
    assert found([]) == ()


def test_another_key_makes_other_numbers_and_one_key_the_same() -> None:
    assert not set(found(posts())) & set(fingerprint(posts(), OTHER_KEY))
    assert found(posts()) == found(list(reversed(posts())))
    assert len(found(posts())) == BANDS


def test_japanese_is_told_again_without_spaces() -> None:
    text = "この人はただの嘘つきだから信じてはいけないとみんなが言っている"
    assert alike(found([text] * 3), found([text.replace("みんな", "誰も")] * 3))
    assert not alike(
        found([text] * 3), found(["明日の天気は晴れのち曇りで風が少し強いでしょうと言った"] * 3)
    )


def test_campaigns_are_told_again_by_their_template_alone() -> None:
    farm, later, raid = (
        _templates(*of) for of in (("rented_farm", 11), ("rented_farm", 12), ("community_raid", 11))
    )
    assert any(alike(one, other) for one in farm for other in later)
    assert raid
    assert not any(alike(one, other) for one in farm for other in raid)


def _templates(scenario: str, seed: int) -> list[tuple[int, ...]]:
    texts = [post.text for post in simulate(scenario, seed=seed, stage="first").posts]
    labels = families(texts)
    return [
        numbers
        for label in sorted(set(labels[labels >= 0].tolist()))
        if (numbers := found([t for t, one in zip(texts, labels, strict=True) if one == label]))
    ]
