"""Ordinary people lead lives in which every sign of a campaign has an innocent base rate."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import pairwise
from random import Random

import pytest

from analyzers.simulate import Campaign, dials_for, simulate
from analyzers.simulate.campaign import Post
from analyzers.simulate.clock import DAY, at
from analyzers.simulate.everyday import Everyday
from analyzers.simulate.figures import FIGURES
from analyzers.simulate.ids import Mint
from analyzers.simulate.people import Person
from analyzers.simulate.scene import COLLECTED, HISTORY, Scene
from analyzers.simulate.ways import PLANNERS, Hobby, Planner, Tongue, Ways

NEW_YEAR = at("2019-01-01T00:00")


@pytest.fixture(scope="module")
def lives(farm: Campaign) -> dict[str, list[Post]]:
    """The timelines of the 120 ordinary accounts of the reconstructed case."""
    found: dict[str, list[Post]] = defaultdict(list)
    for post in farm.posts:
        if post.route == "timeline" and post.account_id not in farm.truth.cohort:
            found[post.account_id].append(post)
    return found


def own(posts: list[Post]) -> list[Post]:
    return [post for post in posts if post.kind != "repost"]


def share(lives: dict[str, list[Post]], holds: Callable[[list[Post]], bool]) -> float:
    return sum(map(holds, lives.values())) / len(lives)


def longest_silence(posts: list[Post]) -> int:
    times = sorted(post.created_at for post in posts)
    return max(later - earlier for earlier, later in pairwise(times))


def test_most_people_address_others_and_did_before_2019(lives: dict[str, list[Post]]) -> None:
    posts = [post for life in lives.values() for post in own(life)]
    addressed = sum(bool(post.mentions) for post in posts) / len(posts)

    assert 0.3 < addressed < 0.45  # boyd, Golder & Lotan (2010): 36 %
    assert share(lives, lambda life: any(p.mentions for p in own(life))) > 0.8
    assert (
        share(lives, lambda life: any(p.mentions and p.created_at < NEW_YEAR for p in own(life)))
        > 0.75
    )


def test_some_address_public_figures_and_did_before_2019(
    farm: Campaign, lives: dict[str, list[Post]]
) -> None:
    names = set(farm.truth.figures)
    to_figures = [p for life in lives.values() for p in own(life) if names & set(p.mentions)]

    assert 0.08 < share(lives, lambda life: any(names & set(p.mentions) for p in own(life))) < 0.3
    assert {name for post in to_figures for name in post.mentions} == names
    assert min(post.created_at for post in to_figures) < at("2018-03-01T00:00")


def test_a_minority_writes_a_second_language(lives: dict[str, list[Post]]) -> None:
    def bilingual(life: list[Post]) -> bool:
        counts = Counter(post.language for post in own(life))
        return any(count >= 3 for name, count in counts.items() if name not in ("fr", "en", "und"))

    assert 0.02 < share(lives, bilingual) < 0.12


def test_a_few_plan_posts_and_series_of_them(lives: dict[str, list[Post]]) -> None:
    def planned(life: list[Post]) -> bool:
        marks = Counter((p.client, p.created_at % 900 // 6) for p in own(life) if p.urls)
        return any(client in PLANNERS and n >= 5 for (client, _), n in marks.items())

    assert 0.02 < share(lives, planned) < 0.15


def test_some_fall_silent_for_months_or_begin_late(lives: dict[str, list[Post]]) -> None:
    assert share(lives, lambda life: longest_silence(life) > 60 * DAY) > 0.02
    assert 0.05 < share(lives, lambda life: life[0].created_at > HISTORY + 90 * DAY) < 0.6


def test_some_copy_songs_sayings_and_titles(farm: Campaign, lives: dict[str, list[Post]]) -> None:
    public = set(farm.truth.public_posts)
    copied = [p for life in lives.values() for p in own(life) if p.post_id in public]
    total = sum(len(own(life)) for life in lives.values())

    assert 0.01 < len(copied) / total < 0.05
    assert 0.4 < sum(bool(post.urls) for post in copied) / len(copied) < 0.8
    assert len({post.account_id for post in copied}) > 0.4 * len(lives)


def test_every_scenario_draws_people_from_the_same_lives() -> None:
    """The comparison of any plot holds the same habits: only what members do tells plots apart."""
    for scenario in ("outrage", "fan_campaign", "single_operator"):
        addressed, total = 0, 0
        for seed in range(4):
            made = simulate(scenario, seed=seed, dials=dials_for(scenario, seed))
            for post in made.dumped:
                if post.route == "timeline" and post.account_id not in made.truth.cohort:
                    total += post.kind != "repost"
                    addressed += post.kind != "repost" and bool(post.mentions)
        assert 0.25 < addressed / total < 0.5


@pytest.fixture
def scene() -> Scene:
    return Scene(Random(5), Mint())


def life_of(scene: Scene, ways: Ways, count: int = 300) -> list[Post]:
    drawn = scene.register.person(at("2012-01-01T00:00"))
    person = Person(drawn.account, drawn.style, drawn.main_client, "Twitter Lite", 0.5, ways=ways)
    return Everyday(scene).timeline(person, count)


def test_whoever_moves_changes_language_at_that_date(scene: Scene) -> None:
    moved = at("2018-08-01T00:00")
    posts = own(life_of(scene, Ways(tongue=Tongue("pt", ((moved, COLLECTED),), 0.9))))
    before = Counter(post.language for post in posts if post.created_at < moved)
    after = Counter(post.language for post in posts if post.created_at >= moved)

    assert before["pt"] == 0
    assert after["pt"] > 3 * after["fr"]


def test_a_silence_holds_no_posts(scene: Scene) -> None:
    gap = (at("2018-05-01T00:00"), at("2018-11-01T00:00"))
    posts = life_of(scene, Ways(silences=(gap,)))
    assert not [post for post in posts if gap[0] <= post.created_at < gap[1]]


def test_a_planner_posts_links_at_its_minute(scene: Scene) -> None:
    planner = Planner("Buffer", (30,), 2, 0.5, True)
    planned = [p for p in life_of(scene, Ways(planner=planner)) if p.client == "Buffer" and p.urls]
    times = sorted(post.created_at for post in planned)
    gaps = [later - earlier for earlier, later in pairwise(times)]

    assert len(planned) > 60
    assert Counter(second % 3600 // 60 for second in times).most_common(1)[0][0] == 30
    assert max(Counter(round(gap / 900) for gap in gaps if gap < 4000).values()) >= 6


def test_a_new_hobby_changes_the_words(scene: Scene) -> None:
    since = at("2018-08-01T00:00")
    posts = own(life_of(scene, Ways(hobby=Hobby(None, "kitchen", since), addresses=0.0)))
    dishes = ("gratin", "curry", "flan", "risotto", "potage", "cassoulet", "soufflé", "couscous")

    def cooking(chosen: list[Post]) -> float:
        return sum(any(dish in p.text for dish in dishes) for p in chosen) / len(chosen)

    before = [post for post in posts if post.created_at < since]
    assert cooking([p for p in posts if p.created_at >= since]) > cooking(before) + 0.1


def test_people_who_live_in_another_language_know_no_french_figures() -> None:
    random = Random(1)
    drawn = [Ways.draw(random, "el", HISTORY, HISTORY, COLLECTED) for _ in range(300)]
    assert not any(ways.figures for ways in drawn)
    assert not any(ways.tongue and ways.tongue.language in ("el", "fr") for ways in drawn)
    assert len(FIGURES) == 5
