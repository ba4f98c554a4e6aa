"""Small cases of every scenario hold what is typical of it, and nothing else tells them apart."""

from __future__ import annotations

import csv
import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from analyzers.model.refusal import BadInput
from analyzers.simulate import SCENARIOS, Campaign, Dials, dials_for, simulate, write
from analyzers.simulate.campaign import Account, Post
from analyzers.simulate.dials import AGES, FIELDS, GRAMMARS, LARGEST, RHYTHMS, Field
from analyzers.simulate.frames import tables
from analyzers.simulate.scene import COLLECTED, TARGET

ORGANIC = ("outrage", "fan_campaign", "newsroom_syndication")
PHONES = {"Twitter for iPhone", "Twitter for Android"}


def dials(scenario: str, **overrides: object) -> Dials:
    """Dials of a plain case with everything collected, unless told otherwise."""
    plain = {
        "grammar": "slots",
        "strength": 1.0,
        "timelines": True,
        "beside": True,
        "missing": (),
        "noise": 0.0,
    }
    return replace(dials_for(scenario, 3), **(plain | overrides))  # type: ignore[arg-type]


@cache
def plain(scenario: str) -> Campaign:
    return simulate(scenario, seed=3, dials=dials(scenario))


def members(campaign: Campaign) -> list[Account]:
    chosen = set(campaign.truth.cohort)
    return [account for account in campaign.accounts if account.account_id in chosen]


def strikes(campaign: Campaign) -> list[Post]:
    chosen = set(campaign.truth.template_posts)
    return [post for post in campaign.posts if post.post_id in chosen]


def lives(campaign: Campaign) -> list[Post]:
    chosen = set(campaign.truth.cohort)
    return [p for p in campaign.dumped if p.account_id in chosen and p.route == "timeline"]


def gaps(campaign: Campaign) -> list[int]:
    return [b.created_at - a.created_at for a, b in pairwise(strikes(campaign))]


def clients(posts: list[Post]) -> Counter[str]:
    return Counter(post.client for post in posts)


def tied(campaign: Campaign) -> float:
    """The share of pairs of members in which one follows the other."""
    chosen = set(campaign.truth.cohort)
    edges = {(row.follower, row.followed) for row in campaign.follows}
    inside = sum(a in chosen and b in chosen for a, b in edges)
    return inside / (len(chosen) * (len(chosen) - 1))


def years(campaign: Campaign) -> list[int]:
    return [time.gmtime(account.created_at).tm_year for account in members(campaign)]


def hours(posts: list[Post]) -> set[int]:
    return {time.gmtime(post.created_at + 3600).tm_hour for post in posts}


def in_pairs(campaign: Campaign) -> int:
    """How many members were made within three hours of another one."""
    made = sorted(account.created_at for account in members(campaign))
    near = [b - a <= 3 * 3600 for a, b in pairwise(made)]
    return sum(a or b for a, b in zip([False, *near], [*near, False], strict=True))


def answers_inside(campaign: Campaign) -> int:
    chosen = set(campaign.truth.cohort)
    return sum(
        post.account_id in chosen and bool(chosen & set(post.mentions)) for post in campaign.dumped
    )


def last_languages(campaign: Campaign) -> bool:
    """Whether every member lived in another language than the strikes'."""
    return all(post.language != "fr" for post in lives(campaign)) and {
        post.language for post in strikes(campaign)
    } == {"fr"}


def statuses(campaign: Campaign) -> Counter[str]:
    last = max(row.checked_at for row in campaign.statuses)
    chosen = set(campaign.truth.cohort)
    return Counter(
        row.status
        for row in campaign.statuses
        if row.account_id in chosen and row.checked_at == last
    )


def on_show(campaign: Campaign) -> list[Post]:
    chosen = set(campaign.truth.public_posts)
    return [post for post in campaign.dumped if post.post_id in chosen]


def words(posts: list[Post]) -> set[str]:
    """The texts without the mention, at whichever end it stands."""
    return {post.text.replace(f"@{TARGET}", "").strip() for post in posts}


def titles(campaign: Campaign) -> Counter[str]:
    return Counter(post.text.rsplit(" @", 1)[0] for post in strikes(campaign))


FACTS: dict[str, tuple[str, Callable[[Campaign], bool]]] = {
    "farm: one client": ("rented_farm", lambda c: len(clients(strikes(c))) == 1),
    "farm: no French in its past but attacks": (
        "rented_farm",
        lambda c: (
            {a.profile_language for a in members(c)} & {"fr"} == set()
            and sum(p.language == "fr" for p in lives(c)) < 0.4 * len(lives(c))
        ),
    ),
    "farm: strikes others too": ("rented_farm", lambda c: len(c.truth.figures) == 5),
    "farm: many suspended": ("rented_farm", lambda c: statuses(c)["suspended"] >= 2),
    "decoy: acts like a farm": ("decoy", lambda c: len(clients(strikes(c))) == 1),
    "decoy: clues are planted": (
        "decoy",
        lambda c: (
            len(c.truth.planted_posts) >= 2
            and any(a.location == "Port-Lointain" for a in members(c))
        ),
    ),
    "operator: gaps of minutes": (
        "single_operator",
        lambda c: 60 < sorted(gaps(c))[len(gaps(c)) // 2] < 15 * 60,
    ),
    "operator: one at a time": ("single_operator", lambda c: min(gaps(c)) >= 60),
    "operator: asleep at night": (
        "single_operator",
        lambda c: not hours(strikes(c) + lives(c)) & set(range(1, 8)),
    ),
    "operator: one client": ("single_operator", lambda c: len(clients(strikes(c))) <= 2),
    "operator: hardly two texts the same": (
        "single_operator",
        lambda c: len({p.text for p in strikes(c)}) > 0.7 * len(strikes(c)),
    ),
    "operator: made two by two": (
        "single_operator",
        lambda c: in_pairs(c) >= len(members(c)) - 1,
    ),
    "operator: they follow one another": ("single_operator", lambda c: tied(c) > 0.7),
    "script: automation": ("scripted_network", lambda c: not clients(strikes(c)).keys() & PHONES),
    "script: on the second": (
        "scripted_network",
        lambda c: len({p.created_at % 3600 for p in lives(c)}) == 1,
    ),
    "script: like handles": (
        "scripted_network",
        lambda c: len({a.handle.rstrip("0123456789") for a in members(c)}) == 1,
    ),
    "script: made lately": ("scripted_network", lambda c: min(years(c)) >= 2018),
    "script: nobody follows": (
        "scripted_network",
        lambda c: max(a.followers for a in members(c)) < 500,
    ),
    "taken: old accounts": ("compromised_accounts", lambda c: max(years(c)) <= 2016),
    "taken: years in other languages": ("compromised_accounts", last_languages),
    "taken: a client of its own": (
        "compromised_accounts",
        lambda c: not clients(strikes(c)).keys() & clients(lives(c)).keys(),
    ),
    "taken: owners come back": (
        "compromised_accounts",
        lambda c: any(p.created_at > c.truth.until for p in lives(c)),
    ),
    "taken: most accounts stay": (
        "compromised_accounts",
        lambda c: statuses(c)["active"] > 0.5 * len(members(c)),
    ),
    "raid: many clients": ("community_raid", lambda c: len(clients(lives(c))) >= 5),
    "raid: years of accounts": ("community_raid", lambda c: len(set(years(c))) >= 4),
    "raid: most in their own words": (
        "community_raid",
        lambda c: (
            len(strikes(c)) > 0 and len({p.account_id for p in strikes(c)}) < 0.85 * len(members(c))
        ),
    ),
    "raid: they talk to one another": (
        "community_raid",
        lambda c: answers_inside(c) > 0.5 * len(members(c)),
    ),
    "raid: they follow one another": ("community_raid", lambda c: 0.3 < tied(c) < 0.6),
    "fans: an open call": ("fan_campaign", lambda c: c.truth.open),
    "fans: one hashtag": (
        "fan_campaign",
        lambda c: len({tag for p in strikes(c) for tag in p.hashtags}) == 1,
    ),
    "fans: slogans stood in the call": (
        "fan_campaign",
        lambda c: words(strikes(c)) <= words(on_show(c)),
    ),
    "fans: many new accounts": (
        "fan_campaign",
        lambda c: sum(year >= 2018 for year in years(c)) > 0.15 * len(members(c)),
    ),
    "fans: many clients": ("fan_campaign", lambda c: len(clients(lives(c))) >= 5),
    "outlets: open": ("newsroom_syndication", lambda c: c.truth.open),
    "outlets: old and followed": (
        "newsroom_syndication",
        lambda c: max(years(c)) <= 2014 and sorted(a.followers for a in members(c))[1] > 5_000,
    ),
    "outlets: the same titles": (
        "newsroom_syndication",
        lambda c: titles(c).most_common(1)[0][1] >= 0.5 * len(members(c)),
    ),
    "outlets: links of their own": (
        "newsroom_syndication",
        lambda c: len({url for p in strikes(c) for url in p.urls}) == len(strikes(c)),
    ),
    "outlets: no phones": (
        "newsroom_syndication",
        lambda c: not clients(strikes(c) + lives(c)).keys() & PHONES,
    ),
    "outrage: nobody acts together": ("outrage", lambda c: c.truth.cohort == ()),
}


@pytest.mark.parametrize(("scenario", "fact"), FACTS.values(), ids=FACTS)
def test_the_rows_hold_the_fact(scenario: str, fact: Callable[[Campaign], bool]) -> None:
    assert fact(plain(scenario))


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("seed", [1, 2, 8])
def test_any_case_is_sound(scenario: str, seed: int) -> None:
    made = simulate(scenario, seed=seed, dials=dials_for(scenario, seed))
    posts = {post.post_id: post for post in made.posts}
    accounts = {account.account_id: account for account in made.accounts}

    assert len(posts) == len(made.posts)
    for post in made.posts:
        assert accounts[post.account_id].created_at < post.created_at < COLLECTED
        assert all("@" + accounts[name].handle in post.text for name in post.mentions)
        assert len(post.text) <= 280 or post.kind == "repost"
        for other in (post.reply_to_post, post.quoted_post, post.reposted_post):
            assert other is None or posts[other].created_at < post.created_at


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_case_has_the_size_and_members_that_its_dials_say(scenario: str) -> None:
    for seed in range(4):
        asked = dials_for(scenario, seed)
        made = simulate(scenario, seed=seed, dials=asked)
        found = {p.account_id for p in made.dumped if p.route == "query"}

        assert len(made.dumped) == pytest.approx(asked.posts, rel=0.05)
        assert len(made.dumped) <= LARGEST * 1.02
        assert len(made.truth.cohort) == (0 if scenario == "outrage" else asked.members)
        assert set(made.truth.cohort) <= found
    assert len(simulate(scenario, posts=1_500, dials=asked).dumped) == pytest.approx(
        1_500, rel=0.05
    )


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_same_dials_and_seed_give_the_same_rows(scenario: str) -> None:
    assert simulate(scenario, seed=3, dials=dials(scenario)) == plain(scenario)
    assert simulate(scenario, seed=4, dials=dials(scenario)) != plain(scenario)


@pytest.mark.parametrize("scenario", [name for name in SCENARIOS if name not in ("outrage",)])
def test_the_first_stage_holds_what_the_members_wrote_about_the_target(scenario: str) -> None:
    first = simulate(scenario, seed=3, stage="first", dials=dials(scenario))

    assert {post.account_id for post in first.posts} == set(first.truth.cohort)
    assert all(TARGET in post.text for post in first.posts)
    assert (first.follows, first.statuses, first.collected) == ((), (), ())


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_organic_and_other_cases_lack_the_same_things(scenario: str) -> None:
    """What is collected depends on the dials alone, so that it gives no scenario away."""
    full = plain(scenario)
    bare = simulate(scenario, seed=3, dials=dials(scenario, timelines=False, beside=False))

    assert {p.route for p in full.posts} == {"query", "timeline", "context"}
    assert {row.scope for row in full.collected} == {"timeline", "followers"}
    assert full.follows
    assert full.statuses
    assert {p.route for p in bare.posts} == {"query", "context"}
    assert (bare.follows, bare.statuses, bare.collected) == ((), (), ())


@pytest.mark.parametrize("missing", [*((field,) for field in FIELDS), FIELDS])
@pytest.mark.parametrize("scenario", ["decoy", "fan_campaign"])
def test_a_missing_field_is_missing_in_every_format(
    scenario: str, missing: tuple[Field, ...], tmp_path: Path
) -> None:
    made = simulate(scenario, seed=3, posts=1_000, dials=dials(scenario, missing=missing))
    for suffix in (".jsonl", ".io.csv", ".rtweet.csv"):
        write(made, tmp_path / f"a{suffix}")
    frames = tables(made)
    statuses = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text().splitlines()]
    statuses += [s["retweeted_status"] for s in statuses if "retweeted_status" in s]
    shown: dict[Field, list[object]] = {
        "client": [
            *frames["posts"]["client"].drop_nulls(),
            *(status["source"] for status in statuses),
            *cells(tmp_path / "a.io.csv", "tweet_client_name"),
            *cells(tmp_path / "a.rtweet.csv", "source", "quoted_source", "retweet_source"),
        ],
        "profile_language": [
            *frames["accounts"]["profile_language"].drop_nulls(),
            *(status["user"].get("lang") for status in statuses),
            *cells(tmp_path / "a.io.csv", "account_language"),
            *cells(tmp_path / "a.rtweet.csv", "account_lang"),
            *cells(tmp_path / "a.users.csv", "account_language"),
        ],
        "created_at": [
            *frames["accounts"]["created_at"].drop_nulls(),
            *(status["user"].get("created_at") for status in statuses),
            *cells(tmp_path / "a.io.csv", "account_creation_date"),
            *cells(tmp_path / "a.rtweet.csv", "account_created_at"),
            *cells(tmp_path / "a.users.csv", "account_creation_date"),
        ],
    }
    assert {field for field, values in shown.items() if not any(values)} == set(missing)
    assert frames["posts"]["created_at"].null_count() == 0


def cells(path: Path, *columns: str) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row[column] for row in csv.DictReader(file) for column in columns]


def test_dials_are_drawn_from_the_variants_that_are_asked_for() -> None:
    drawn = [
        dials_for("decoy", seed, grammars=GRAMMARS[:2], rhythms=RHYTHMS[2:], ages=AGES[:1])
        for seed in range(60)
    ]
    assert {d.grammar for d in drawn} == {"slots", "clauses"}
    assert {d.rhythm for d in drawn} == {"sessions"}
    assert {d.ages for d in drawn} == {"waves"}
    assert {d.missing for d in drawn} >= {(), FIELDS}
    assert {d.timelines for d in drawn} == {d.beside for d in drawn} == {True, False}


@pytest.mark.parametrize("grammar", GRAMMARS)
@pytest.mark.parametrize("rhythm", RHYTHMS)
@pytest.mark.parametrize("ages", AGES)
def test_every_variant_can_be_made(grammar: str, rhythm: str, ages: str) -> None:
    for scenario in ("single_operator", "scripted_network", "newsroom_syndication"):
        wanted = dials(scenario, grammar=grammar, rhythm=rhythm, ages=ages, posts=1_000)
        assert simulate(scenario, dials=wanted).truth.dials == wanted


def test_too_small_a_case_is_refused() -> None:
    with pytest.raises(BadInput):
        simulate("decoy", dials=dials("decoy", posts=999))


@pytest.mark.parametrize("scenario", ORGANIC)
def test_organic_cases_are_never_hidden_coordination(scenario: str) -> None:
    truth = plain(scenario).truth
    assert truth.mechanism in ("coincidence", "open_campaign")
    assert truth.open == bool(truth.cohort)
