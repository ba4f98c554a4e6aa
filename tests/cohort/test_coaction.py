"""Who passes on the same things at the same times, in words of their own; and who only seems to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import pytest

from analyzers.cohort import propose_cohort
from analyzers.model.dataset import Dataset
from analyzers.model.target import Account

Rows = list[dict[str, Any]]
TARGET = (Account("ex_ministre"),)
SYLLABLES = ("ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "chan", "dron", "flé")


@pytest.fixture
def act(post: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """`act(random, "r01", 2.5, urls=[…])`: a post in words that nobody else uses."""

    def build(random: Random, account: str, hours: float, **more: Any) -> dict[str, Any]:
        words = ("".join(random.choices(SYLLABLES, k=random.randint(2, 4))) for _ in range(12))
        row = post(account, hours, f"@ex_ministre {' '.join(words)}", **more)
        return row | {"post_id": f"{account}-{random.random()}"}

    return build


@pytest.fixture
def people(act: Callable[..., dict[str, Any]]) -> Callable[..., Rows]:
    """`people(random)`: 150 people over four days, who link and repost what is popular."""

    def build(random: Random, accounts: int = 150) -> Rows:
        popular = [1 / rank for rank in range(1, 201)]
        rows = []
        for n in range(accounts):
            awake = random.uniform(0, 24)
            for _ in range(random.randint(2, 12)):
                hours = 24 * random.randrange(4) + (awake + random.uniform(0, 14)) % 24
                number = random.choices(range(200), popular)[0]
                more: dict[str, Any] = (
                    {"kind": "repost", "reposted_post": f"p{number}"}
                    if random.random() < 0.5
                    else {"urls": [f"https://site.example/{number}"]}
                )
                rows.append(act(random, f"c{n:03d}", hours, **more))
        return rows

    return build


def together(
    act: Callable[..., dict[str, Any]], random: Random, accounts: Sequence[str], posts: int
) -> Rows:
    """The same obscure posts reposted by all of these accounts within a minute of one another."""
    rows = []
    for number in range(posts):
        start = random.uniform(0, 96)
        for account in accounts:
            hours = start + random.uniform(0, 60) / 3600
            rows.append(act(random, account, hours, kind="repost", reposted_post=f"o{number}"))
    return rows


def found(dataset: Dataset) -> list[set[str]]:
    return [set(cohort.accounts) for cohort in propose_cohort(dataset, TARGET).cohorts]


@pytest.mark.parametrize("seed", range(3))
def test_a_ring_that_reposts_the_same_posts_within_a_minute_is_found(
    dataset: Callable[..., Dataset],
    people: Callable[..., Rows],
    act: Callable[..., dict[str, Any]],
    seed: int,
) -> None:
    random = Random(seed)
    rows = people(random)
    rows += together(act, random, [f"r{account:02d}" for account in range(12)], posts=10)
    data = dataset(rows)
    assert found(data) == [{f"r{account:02d}" for account in range(12)}]
    cohort = propose_cohort(data, TARGET).cohorts[0]
    assert cohort.tie is not None
    assert cohort.tie.p is not None
    assert cohort.tie.p <= 0.05
    member = cohort.members[0]
    assert {"same_reposts", "synchronous"} <= set(member.selected_by)
    assert all(signal.p is not None and signal.p <= 0.01 for signal in member.signals)
    assert all(set(signal.accounts) <= set(cohort.accounts) for signal in member.signals)
    assert len(cohort.selecting_posts) == 120


def test_a_ring_that_links_the_same_pages_in_its_own_words_is_found(
    dataset: Callable[..., Dataset],
    people: Callable[..., Rows],
    act: Callable[..., dict[str, Any]],
) -> None:
    random = Random(7)
    rows = people(random)
    for number in range(10):
        start = random.uniform(0, 96)
        for account in range(8):
            page = f"https://blog.example/{number}?utm_source=r{account}"
            rows.append(
                act(random, f"r{account}", start + random.uniform(0, 60) / 3600, urls=[page])
            )
    data = dataset(rows)
    assert found(data) == [{f"r{account}" for account in range(8)}]
    assert "same_links" in propose_cohort(data, TARGET).cohorts[0].signals


@pytest.mark.parametrize("seed", range(3))
def test_readers_of_one_site_act_alike_but_each_in_their_own_time(
    dataset: Callable[..., Dataset],
    people: Callable[..., Rows],
    act: Callable[..., dict[str, Any]],
    seed: int,
) -> None:
    random = Random(seed)
    rows = people(random)
    for number in range(12):
        for account in range(20):
            page = f"https://blog.example/{number}"
            rows.append(act(random, f"r{account}", random.uniform(0, 96), urls=[page]))
    assert found(dataset(rows)) == []


@pytest.mark.parametrize("seed", range(3))
def test_viewers_of_one_match_post_in_the_same_minutes_on_things_of_their_own(
    dataset: Callable[..., Dataset],
    people: Callable[..., Rows],
    act: Callable[..., dict[str, Any]],
    seed: int,
) -> None:
    random = Random(seed)
    rows = people(random)
    for goal in (20.2, 20.7, 44.3, 44.9, 68.4):
        for account in range(80):
            if random.random() < 0.6:
                rows.append(act(random, f"v{account}", goal + random.uniform(0, 90) / 3600))
    assert found(dataset(rows)) == []


@pytest.mark.parametrize("seed", range(3))
def test_fans_who_are_notified_repost_as_fast_as_the_other_fans(
    dataset: Callable[..., Dataset],
    people: Callable[..., Rows],
    act: Callable[..., dict[str, Any]],
    seed: int,
) -> None:
    random = Random(seed)
    rows = people(random)
    for number in range(10):
        start = random.uniform(0, 96)
        for account in range(60):
            if random.random() < 0.5:
                later = random.expovariate(1 / 600) / 3600
                rows.append(
                    act(
                        random,
                        f"f{account}",
                        start + later,
                        kind="repost",
                        reposted_post=f"idol{number}",
                    )
                )
    assert found(dataset(rows)) == []


@pytest.mark.parametrize("seed", range(5))
def test_ordinary_people_are_no_group(
    dataset: Callable[..., Dataset], people: Callable[..., Rows], seed: int
) -> None:
    assert found(dataset(people(Random(seed)))) == []


def test_a_text_cohort_gains_those_who_act_like_its_members(
    dataset: Callable[..., Dataset],
    people: Callable[..., Rows],
    act: Callable[..., dict[str, Any]],
    farm: Callable[..., Rows],
) -> None:
    random = Random(5)
    rows = [*people(random), *farm(10)]
    everyone = [f"f{n:02d}" for n in range(10)] + ["silent1", "silent2"]
    rows += together(act, random, everyone, posts=10)
    cohorts = propose_cohort(dataset(rows), TARGET).cohorts
    assert [set(cohort.accounts) for cohort in cohorts] == [set(everyone)]
    by_id = {member.account_id: member for member in cohorts[0].members}
    assert by_id["f00"].selected_by[0] == "template"
    assert "template" not in by_id["silent1"].selected_by
    assert "synchronous" in by_id["silent1"].selected_by


def test_the_order_of_the_rows_changes_nothing(
    dataset: Callable[..., Dataset],
    people: Callable[..., Rows],
    act: Callable[..., dict[str, Any]],
) -> None:
    random = Random(3)
    rows = people(random, 80)
    rows += together(act, random, [f"r{account}" for account in range(6)], posts=8)
    mixed = random.sample(rows, len(rows))
    assert propose_cohort(dataset(rows), TARGET) == propose_cohort(dataset(mixed), TARGET)


def test_whoever_is_tied_to_one_of_a_group_alone_stays_outside(
    dataset: Callable[..., Dataset],
    people: Callable[..., Rows],
    act: Callable[..., dict[str, Any]],
) -> None:
    random = Random(9)
    rows = people(random)
    ring = [f"r{account}" for account in range(6)]
    rows += together(act, random, ring, posts=10)
    rows += [
        act(
            random,
            account,
            hours + random.uniform(0, 30) / 3600,
            kind="repost",
            reposted_post=f"q{n}",
        )
        for n, hours in enumerate(random.uniform(0, 96) for _ in range(14))
        for account in ("r0", "zoe")
    ]
    assert found(dataset(rows)) == [set(ring)]
