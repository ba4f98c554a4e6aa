"""Who knows whom: a group that acts together is joined by those who stand within it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import permutations
from random import Random
from typing import Any, TypeAlias

import pytest

from analyzers.cohort import propose_cohort
from analyzers.cohort.acquaintance import Links, acquainted
from analyzers.model.case import Cohort, Member
from analyzers.model.dataset import Dataset
from analyzers.model.target import Account
from analyzers.model.text import Text

Row: TypeAlias = dict[str, Any]
Make: TypeAlias = Callable[..., Any]
Data: TypeAlias = Callable[..., Dataset]
TARGET = (Account("ex_ministre"),)
RAIDERS = tuple(f"f{n:02d}" for n in range(8))
FRIENDS = tuple(f"c{n:03d}" for n in range(5))
READERS = tuple(f"c{n:03d}" for n in range(20, 60))


def follows(pairs: Iterable[tuple[str, str]]) -> list[Row]:
    return [{"follower": one, "followed": other} for one, other in pairs]


def circle(*names: str, density: float = 0.6) -> list[tuple[str, str]]:
    """Most of these accounts follow most of the others."""
    random = Random(4)
    return [pair for pair in permutations(names, 2) if random.random() < density]


@pytest.fixture
def found(dataset: Data, farm: Make, crowd: Make) -> Callable[..., Cohort]:
    """`found(pairs)`: the first cohort of eight raiders amid sixty people who follow as given."""

    def search(pairs: Iterable[tuple[str, str]], more: Iterable[Row] = ()) -> Cohort:
        rows = [*farm(len(RAIDERS)), *crowd(60), *more]
        return propose_cohort(dataset(rows, follows=follows(pairs)), TARGET).cohorts[0]

    return search


def test_whoever_the_raiders_know_as_their_own_belongs_to_them(
    found: Callable[..., Cohort],
) -> None:
    cohort = found(circle(*RAIDERS, *FRIENDS))
    assert set(cohort.accounts) == {*RAIDERS, *FRIENDS}
    assert cohort.signals[-1] == "acquaintance"
    by = {member.account_id: member.selected_by for member in cohort.members}
    assert by["c000"] == ("acquaintance",)
    assert "acquaintance" not in by["f00"]
    assert cohort.tie is not None
    assert cohort.tie.statistic == len(RAIDERS)


def test_another_man_whom_they_attack_is_not_one_of_them(found: Callable[..., Cohort]) -> None:
    victim = [(raider, "c050") for raider in RAIDERS]
    assert "c050" not in found([*circle(*RAIDERS), *victim]).accounts


def test_readers_of_a_raider_are_not_raiders(found: Callable[..., Cohort]) -> None:
    fans = [(reader, raider) for reader in READERS for raider in RAIDERS[:3]]
    assert set(found([*circle(*RAIDERS), *fans]).accounts) == set(RAIDERS)


def test_somebody_whom_everybody_knows_is_not_one_of_them(found: Callable[..., Cohort]) -> None:
    star = [(name, "c001") for name in (*RAIDERS, *READERS)]
    back = [("c001", name) for name in (*RAIDERS, *READERS)]
    assert set(found([*circle(*RAIDERS), *star, *back]).accounts) == set(RAIDERS)


def test_strangers_with_one_model_add_nobody(found: Callable[..., Cohort]) -> None:
    follow_back = [(raider, "c002") for raider in RAIDERS] + [("c002", RAIDERS[0])]
    assert set(found(follow_back).accounts) == set(RAIDERS)


def test_people_who_know_one_another_without_a_text_are_no_cohort(
    dataset: Data, crowd: Make
) -> None:
    data = dataset(crowd(60), follows=follows(circle(*FRIENDS)))
    assert propose_cohort(data, TARGET).cohorts == ()


def test_what_they_say_to_one_another_counts_as_well(
    found: Callable[..., Cohort], post: Make
) -> None:
    talk = [
        post(one, 60 + number / 9, f"à demain {number}", mentions=[f"@{other.upper()}", other])
        for number, (one, other) in enumerate(circle(*RAIDERS, *FRIENDS))
    ]
    assert set(found([], talk).accounts) == {*RAIDERS, *FRIENDS}


def cohort(*names: str) -> Cohort:
    members = tuple(Member(name, 1.0, ("template",), Text("why")) for name in names)
    return Cohort(members, ("template",), frozenset(names))


def known(pairs: Iterable[tuple[str, str]], total: int = 300) -> Links:
    into: dict[str, set[str]] = {}
    out: dict[str, set[str]] = {}
    for one, other in pairs:
        into.setdefault(other, set()).add(one)
        out.setdefault(one, set()).add(other)
    return Links(
        {name: frozenset(names) for name, names in into.items()},
        {name: frozenset(names) for name, names in out.items()},
        total,
    )


def test_two_groups_that_know_one_another_are_one() -> None:
    first, second = tuple("abcdef"), tuple("uvwx")
    across = known([("a", "u"), ("v", "b"), ("x", "c")])
    (joined,) = acquainted([cohort(*first), cohort(*second)], across)
    assert joined.accounts == (*first, *second)
    assert joined.signals == ("template", "acquaintance")
    assert joined.selecting_posts == frozenset((*first, *second))


def test_two_groups_with_one_reader_between_them_stay_two() -> None:
    groups = [cohort(*"abcdef"), cohort(*"uvwx")]
    assert acquainted(groups, known([("a", "u")], total=60)) == groups
    assert acquainted(groups, known([])) == groups
