"""Ordinary anger looks like an attack in many ways, and is none."""

from __future__ import annotations

from collections import Counter

import pytest

from analyzers.model.refusal import BadInput
from analyzers.simulate import Campaign, simulate
from analyzers.simulate.campaign import Post
from analyzers.simulate.clock import at


def slogans(campaign: Campaign) -> list[Post]:
    return [post for post in campaign.dumped if "lamemepourtous" in post.hashtags]


def test_nobody_is_in_the_cohort(outrage: Campaign) -> None:
    assert outrage.truth.cohort == outrage.truth.template_posts == ()
    assert outrage.truth.mechanism == "coincidence"


def test_600_accounts_write_the_paper_and_the_slogan_starter_among_them(outrage: Campaign) -> None:
    assert len({post.account_id for post in outrage.dumped}) == 600


def test_the_slogan_starts_in_public_before_others_take_it_up(outrage: Campaign) -> None:
    first, *rest = slogans(outrage)
    starter = next(a for a in outrage.accounts if a.account_id == first.account_id)

    assert starter.followers > 10_000
    assert sum(post.kind == "repost" for post in rest) >= 100
    assert sum(post.kind == "post" for post in rest) == 48  # 8 % of 598
    assert all(post.created_at > first.created_at for post in rest)


def test_a_press_title_is_shared_after_the_paper_posted_it(outrage: Campaign) -> None:
    known = {account.account_id: account.handle for account in outrage.accounts}
    titled = [post for post in outrage.dumped if "gazette-du-soir" in "".join(post.urls)]
    first: dict[str, str] = {}
    for post in titled:
        first.setdefault(post.urls[0], known[post.account_id])

    assert len(titled) > 30
    assert set(first.values()) == {"gazette_du_soir"}


def test_short_insults_coincide_by_chance(outrage: Campaign) -> None:
    texts = Counter(
        post.text.lower().strip(" .!") for post in outrage.dumped if post.kind == "reply"
    )
    assert texts["@ex_ministre menteur"] >= 3


def test_people_write_by_day_and_most_after_the_hearing(outrage: Campaign) -> None:
    hours = Counter((post.created_at // 3600 + 1) % 24 for post in outrage.dumped)
    late = [post for post in outrage.dumped if post.created_at >= at("2019-02-08T08:00")]

    assert sum(hours[hour] for hour in range(2, 6)) < 0.1 * len(outrage.dumped)
    assert len(late) > 0.5 * len(outrage.dumped)


def test_there_is_no_first_stage() -> None:
    with pytest.raises(BadInput):
        simulate("outrage", stage="first")
