"""Changed subjects: from bitcoin to football, as everyone, unread timelines, a handful."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from analyzers.lib.drift import Vocabulary, terms, vocabularies
from analyzers.lib.spelling import spellings
from analyzers.model.figure import Strip
from analyzers.model.step import Found, NotComputable
from analyzers.steps.topic_shift import TopicShift

COHORT = [f"a{number}" for number in range(8)]
ORDINARY = [f"b{number}" for number in range(20)]
TRADE = [
    "bitcoin",
    "wallet",
    "price",
    "backlink",
    "ranking",
    "keyword",
    "traffic",
    "website",
    "exchange",
    "audit",
]
SPORT = [
    "football",
    "goal",
    "keeper",
    "striker",
    "penalty",
    "referee",
    "stadium",
    "derby",
    "match",
    "supporters",
]
PLAIN = ["the", "and", "with", "for", "today", "this", "very", "again", "from", "about"]


def _words(random: Random, topic: list[str]) -> str:
    return " ".join(random.choice(topic if random.random() < 0.5 else PLAIN) for _ in range(12))


@pytest.fixture
def timelines(case: Callable[..., Any], post: Callable[..., Any]) -> Callable[..., Any]:
    """A case with a post a week by everyone since 2018, and an attack in February 2019.

    Ordinary accounts write of football throughout unless `all_change`; the cohort writes of trade
    until mid-December 2018, then of football unless `steady`.
    """

    def build(
        *,
        cohort: list[str] = COHORT,
        comparison: list[str] = ORDINARY,
        steady: bool = False,
        all_change: bool = False,
        collected: bool = True,
    ) -> Any:
        posts = [post(name, "2019-02-08 10:00", selecting=True) for name in cohort]
        random = Random(8)
        for name in (*cohort, *comparison):
            changes = (name in cohort and not steady) or all_change
            for number in range(40):
                late = number >= 25
                day = f"2018-{6 + number // 5:02}-{1 + number % 5 * 5:02} 09:00"
                if late:
                    day = f"2019-01-{number - 20:02} 09:00"
                text = _words(random, TRADE if changes and not late else SPORT)
                posts.append(post(name, day, text=text, spoken="en", on_target=False))
        return case(
            cohort=cohort,
            comparison=comparison,
            posts=posts,
            timelines=(*cohort, *comparison) if collected else (),
        )

    return build


def test_accounts_that_left_one_subject_for_another(
    timelines: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = TopicShift()(timelines())
    assert isinstance(outcome, Found)
    finding = outcome.finding
    assert said(outcome).startswith(
        "Since 14 December 2018 the words of 8 accounts moved further, on average, than those of "
        "20 ordinary accounts. Terms that left: "
    )
    left = {str(row[0].text) for row in finding.tables[0].rows if row[2]}  # type: ignore[union-attr]
    assert left
    assert left <= set(TRADE)
    assert finding.primary is not None
    assert finding.primary.p < 0.001
    moved = {measure.name: measure for measure in finding.measures}["moved"]
    assert moved.value == 1
    assert len(finding.evidence) == 2
    turned = {measure.name: measure for measure in finding.measures}["turned_since"]
    assert turned.value == 1
    assert isinstance(turned.baseline, float)
    assert turned.baseline < 0.8
    dates = finding.figures[1]
    assert isinstance(dates, Strip)
    assert [row.total for row in dates.rows] == [8, 20]
    assert all(at >= datetime(2018, 12, 14, tzinfo=UTC) for at in dates.rows[0].dates)


@pytest.mark.parametrize("change", [{"steady": True}, {"all_change": True}])
def test_what_everyone_does_is_no_change(
    timelines: Callable[..., Any], said: Callable[..., str], change: dict[str, bool]
) -> None:
    outcome = TopicShift()(timelines(**change))
    assert isinstance(outcome, Found)
    assert not outcome.finding.noteworthy
    assert "moved no further, on average, than those of 20 ordinary" in said(outcome)


@pytest.mark.parametrize("gap", [{"collected": False}, {"cohort": []}])
def test_without_timelines_there_is_nothing_to_compare(
    timelines: Callable[..., Any], said: Callable[..., str], gap: dict[str, Any]
) -> None:
    outcome = TopicShift()(timelines(**gap))
    assert isinstance(outcome, NotComputable)
    assert said(outcome).startswith("Timelines of these accounts that reach back")


def test_a_handful_without_ordinary_accounts(
    timelines: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = TopicShift()(timelines(cohort=COHORT[:2], comparison=[]))
    assert isinstance(outcome, Found)
    assert outcome.finding.primary is None
    assert not outcome.finding.noteworthy
    assert "show no clear change" in said(outcome)


def test_words_in_random_order_have_not_moved() -> None:
    random = Random(5)
    same = [tuple(_words(random, SPORT).split()) for _ in range(40)]
    apart = [tuple(_words(random, TRADE).split()) for _ in range(20)]
    still = Vocabulary("a", "en", tuple(same[:20]), tuple(same[20:]))
    moved = Vocabulary("a", "en", tuple(apart), tuple(same[20:]))
    assert abs(still.excess()) < 0.05
    assert moved.excess() > 0.2


def test_the_language_with_enough_words_on_both_sides_is_read(case: Callable[..., Any]) -> None:
    import pandas as pd

    day = pd.Timestamp("2019-01-01", tz="UTC")
    rows = [("el", 40, -1), ("el", 1, 1), ("en", 10, -1), ("en", 9, 1), ("zh", 90, 1)]
    posts = pd.DataFrame(
        [
            ("a", day + pd.Timedelta(days=side), language, "one two three 45 x")
            for language, count, side in rows
            for _ in range(count)
        ],
        columns=["account_id", "created_at", "category", "normal"],
    )
    (found,) = vocabularies(posts, day.to_pydatetime(), tokens=20)
    assert (found.language, found.before[0], len(found.after)) == ("en", ("one", "two", "three"), 9)


def test_terms_need_several_accounts_and_a_clear_difference() -> None:
    def one(name: str, extra: str) -> Vocabulary:
        return Vocabulary(name, "en", ((*PLAIN, extra, "gone"),) * 9, ((*PLAIN, "new"),) * 9)

    found = terms([one("a", "mine"), one("b", "b"), one("c", "c")], support=3)
    assert [term.word for term in found] == ["new", "gone"]
    assert (found[1].accounts_before, found[1].accounts_after, found[1].z < 0) == (3, 0, True)


def test_terms_are_shown_as_people_write_them() -> None:
    texts = ["Την ημέρα της νίκης", "ημέρα", "ημερα", None]
    assert spellings({"ημερα", "νικησ", "other"}, texts) == {
        "ημερα": "ημέρα",
        "νικησ": "νίκης",
        "other": "other",
    }


def test_the_largest_change_is_where_one_vocabulary_gives_way_to_another() -> None:
    random = Random(5)
    said = [_said(random, TRADE if number < 12 else SPORT) for number in range(40)]
    times = tuple(datetime(2018, 6, 1, tzinfo=UTC) + timedelta(days=n) for n in range(40))
    changing = Vocabulary("a", "en", tuple(said[:30]), tuple(said[30:]), times)
    assert changing.turning() == times[12]
    assert changing.turning(tokens=13 * 12) == times[13]  # too few words before the change itself
    assert changing.turning(tokens=250) is None
    assert Vocabulary("a", "en", tuple(said[:30]), tuple(said[30:])).turning() is None


def _said(random: Random, topic: list[str]) -> tuple[str, ...]:
    return tuple(_words(random, topic).split())
