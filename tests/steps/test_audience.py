"""Followers: foreign and followed back, as ordinary ones, none collected, a handful."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from analyzers.model.figure import Bars, Posts, Scatter
from analyzers.model.step import Found, NotComputable
from analyzers.model.text import Text
from analyzers.render.disclosure import Disclosure
from analyzers.render.words import Words
from analyzers.steps.audience import Audience

COHORT = [f"a{number}" for number in range(12)]
ORDINARY = [f"b{number}" for number in range(30)]
STEP = Audience()


@pytest.fixture
def followed(
    case: Callable[..., Any], post: Callable[..., Any], account: Callable[..., Any]
) -> Callable[..., Any]:
    """A case in which everyone posts in French and has ten followers of a group's own pool.

    `french` and `back` say, of either group's ten followers, how many are set to French and how
    many are followed in return; `back` may be None, when whom accounts follow is unknown.
    """

    def build(
        ours: tuple[int, int | None],
        theirs: tuple[int, int | None],
        *,
        cohort: list[str] = COHORT,
        comparison: list[str] = ORDINARY,
        language: bool = True,
        more: Sequence[Any] = (),
    ) -> Any:
        follows, profiles = [], {}
        for names, (french, back) in ((cohort, ours), (comparison, theirs)):
            for number, name in enumerate(names):
                for place in range(10):
                    fan = f"f{name[0]}{place}-{number % 3}"
                    follows.append({"follower": fan, "followed": name, "position": place})
                    if back is not None and place < back:
                        follows.append({"follower": name, "followed": fan, "position": place})
                    profiles[fan] = account(
                        fan,
                        profile_language=("fr" if place < french else "el") if language else None,
                        created_at=f"201{place}-05-0{1 + number % 3}",
                        followers=100 + place,
                        following=200,
                    )
        return case(
            cohort=cohort,
            comparison=comparison,
            posts=[post(name, spoken="fr") for name in (*cohort, *comparison)],
            follows=[*follows, *more],
            profiles=list(profiles.values()),
        )

    return build


def test_foreign_followers_who_are_followed_back(
    followed: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = Audience()(followed((0, 9), (8, 3)))
    assert isinstance(outcome, Found)
    assert said(outcome) == (
        "0% of these accounts' sampled followers have their interface set to French, the language "
        "of the target's audience, against 80% for ordinary accounts. They follow 90% of their "
        "followers in return, ordinary accounts 30%."
    )
    measures = {measure.name: measure for measure in outcome.finding.measures}
    assert measures["audience_language"].value == 0
    assert measures["audience_language"].high != 0  # twelve accounts leave room for doubt
    assert measures["follow_back"].baseline == pytest.approx(0.3)
    assert measures["follow_ratio"].value == pytest.approx(0.5225)
    assert outcome.finding.primary is not None
    assert outcome.finding.primary.name == "audience_language"
    assert outcome.finding.primary.p < 0.001
    bars, scatter, cards = outcome.finding.figures
    assert isinstance(bars, Bars)
    assert [(bar.k, bar.n) for bar in bars.cohort] == [(0, 120), (108, 120)]
    assert isinstance(scatter, Scatter)
    assert [cloud.total for cloud in scatter.clouds] == [30, 30]
    assert isinstance(cards, Posts)
    shown = [(card.text, card.about, card.at) for (card,) in cards.rows]
    words = Words("en", Disclosure(reveal=False))
    assert [words.value(text) for text, _, _ in shown] == [
        "Follows about 200 accounts, followed by about 100; followed in return"
    ] * 2 + ["Follows about 200 accounts, followed by about 110; followed in return"]
    assert all(isinstance(about, Text) and at is None for _, about, at in shown)


def test_followers_like_everyone_elses(
    followed: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = Audience()(followed((8, 3), (8, 3)))
    assert isinstance(outcome, Found)
    assert not outcome.finding.noteworthy
    assert said(outcome).startswith("Followers do not set these accounts apart. 80% of these")


def test_without_interface_languages_following_back_is_tested(
    followed: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = Audience()(followed((0, 9), (8, 3), language=False))
    assert isinstance(outcome, Found)
    assert outcome.finding.primary is not None
    assert outcome.finding.primary.name == "follow_back"
    assert said(outcome) == "They follow 90% of their followers in return, ordinary accounts 30%."
    assert outcome.finding.tables == ()


def test_an_edge_list_of_followers_alone_does_not_say_who_follows_back(
    followed: Callable[..., Any],
) -> None:
    outcome = Audience()(followed((0, None), (8, None)))
    assert isinstance(outcome, Found)
    assert "follow_back" not in {measure.name for measure in outcome.finding.measures}
    assert any("following back is unknown" in text.msgid for text in outcome.finding.caveats)


@pytest.mark.parametrize("cohort", [[], COHORT])
def test_without_followers_it_says_what_to_collect(
    followed: Callable[..., Any], said: Callable[..., str], cohort: list[str]
) -> None:
    outcome = Audience()(followed((0, None), (8, 3), cohort=cohort, language=False))
    assert isinstance(outcome, NotComputable)
    assert "a table of follower and followed" in said(outcome)


def test_a_handful_without_ordinary_accounts_is_not_tested(
    followed: Callable[..., Any], said: Callable[..., str]
) -> None:
    outcome = Audience()(followed((0, 9), (8, 3), cohort=COHORT[:3], comparison=[]))
    assert isinstance(outcome, Found)
    assert outcome.finding.primary is None
    assert "0% of these accounts' sampled followers have their interface set to French" in said(
        outcome
    )
    assert any(text.msgid.startswith("This rests on") for text in outcome.finding.caveats)


@pytest.mark.parametrize("acquainted", [False, True])
def test_following_one_another_is_counted_and_only_described_if_that_found_them(
    followed: Callable[..., Any], acquainted: bool
) -> None:
    pairs = [(one, other) for one in COHORT for other in COHORT[:4]]
    asked = followed((2, 9), (9, 3), more=[{"follower": a, "followed": b} for a, b in pairs])
    if acquainted:
        asked = replace(asked, cohort=replace(asked.cohort, signals=("template", "acquaintance")))
    outcome = STEP(asked)
    assert isinstance(outcome, Found)
    (inside,) = [one for one in outcome.finding.measures if one.name == "follow_inside"]
    # eight follow four of eleven others, four follow three: nobody follows itself
    assert inside.value == pytest.approx((8 * 4 + 4 * 3) / 12 / 11)
    assert inside.baseline == 0
    caveats = [one.msgid for one in outcome.finding.caveats]
    assert any("because the others know them" in one for one in caveats) == acquainted
