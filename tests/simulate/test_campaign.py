"""What holds for every campaign: sizes, ids, references, and the tables of the normal form."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.lib.snowflake import account_moment, post_ms
from analyzers.model.refusal import BadInput
from analyzers.simulate import SCENARIOS, Campaign, simulate
from analyzers.simulate.budget import split
from analyzers.simulate.frames import dataset, tables
from analyzers.simulate.ids import Mint
from analyzers.simulate.speak import french, latin


@pytest.fixture(params=["farm", "outrage"])
def campaign(request: pytest.FixtureRequest) -> Campaign:
    chosen: Campaign = request.getfixturevalue(request.param)
    return chosen


def test_post_ids_hold_their_own_time_and_are_unique(campaign: Campaign) -> None:
    assert len({post.post_id for post in campaign.posts}) == len(campaign.posts)
    assert all((post_ms(p.post_id) or 0) // 1000 == p.created_at for p in campaign.posts)


def test_account_ids_are_as_old_as_their_accounts(campaign: Campaign) -> None:
    ids = [account.account_id for account in campaign.accounts]
    assert len(set(ids)) == len(ids)
    assert len({account.handle for account in campaign.accounts}) == len(ids)
    for account in campaign.accounts:
        moment = account_moment(account.account_id)
        assert moment is None or int(moment.timestamp()) == account.created_at
        assert moment is not None or account.created_at < 1_454_284_800


def test_nobody_writes_before_having_an_account(campaign: Campaign) -> None:
    born = {account.account_id: account.created_at for account in campaign.accounts}
    assert all(post.created_at > born[post.account_id] for post in campaign.posts)


def test_nothing_is_answered_or_reposted_before_it_exists(campaign: Campaign) -> None:
    posts = {post.post_id: post for post in campaign.posts}
    for post in campaign.posts:
        for other in (post.reply_to_post, post.quoted_post, post.reposted_post):
            assert other is None or posts[other].created_at < post.created_at


def test_texts_fit_into_a_post_and_name_whom_they_mention(campaign: Campaign) -> None:
    handles = {account.account_id: account.handle for account in campaign.accounts}
    for post in campaign.dumped:
        assert len(post.text) <= 280 or post.kind == "repost"
        assert all("@" + handles[account] in post.text for account in post.mentions)


@pytest.mark.parametrize(
    ("scenario", "posts"),
    [("rented_farm", 10_000), ("rented_farm", 60_000), ("outrage", 1_000), ("outrage", 9_000)],
)
def test_a_campaign_has_the_size_that_was_asked_for(scenario: str, posts: int) -> None:
    made = simulate(scenario, posts=posts)
    assert len(made.dumped) == pytest.approx(posts, rel=0.05)
    assert len(made.truth.cohort) == (20 if scenario == "rented_farm" else 0)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_fewest_posts_are_said(scenario: str) -> None:
    with pytest.raises(BadInput):
        simulate(scenario, posts=SCENARIOS[scenario].fewest - 1)


def test_an_unknown_scenario_is_refused() -> None:
    with pytest.raises(BadInput):
        simulate("revolution")


def test_the_tables_are_those_of_the_normal_form(farm: Campaign, tmp_path: Path) -> None:
    frames = tables(farm)
    made = dataset(farm, tmp_path)

    assert made.count("posts") == len(farm.posts) == frames["posts"].height
    assert made.count("accounts") == len(farm.accounts)
    assert made.count("follows") == len(farm.follows)
    assert made.count("statuses") == len(farm.statuses)
    assert made.count("collected") == len(farm.collected)
    assert set(frames["posts"]["route"].unique()) == {"query", "timeline", "context"}


@given(st.integers(0, 5_000), st.lists(st.floats(0.01, 50), min_size=1, max_size=60))
def test_a_split_sums_up(total: int, weights: list[float]) -> None:
    parts = split(total, weights, least=2)
    assert min(parts) >= 2
    assert sum(parts) == max(total, 2 * len(weights))


def test_old_account_ids_grow_with_time() -> None:
    mint = Mint()
    ids = [int(mint.account(1_230_768_000 + Random(0).randrange(9) + n * 10**7)) for n in range(30)]
    assert ids == sorted(ids)


@pytest.mark.parametrize(
    ("said", "want"),
    [
        ("autour de le flan", "autour du flan"),
        ("après le passage de un train", "après le passage d'un train"),
        ("près de les halles", "près des halles"),
        ("de Brest à le port", "de Brest au port"),
        ("pendant que on mange", "pendant qu'on mange"),
        ("la note de étudiante", "la note d'étudiante"),
    ],
)
def test_french_is_mended(said: str, want: str) -> None:
    assert french(said) == want


def test_serbian_has_two_alphabets() -> None:
    assert latin("Љубав и џез у Чачку") == "Ljubav i džez u Čačku"
