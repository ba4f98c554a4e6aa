"""The reconstructed case holds every fact of the public thread, in its rows."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

import pytest
from rapidfuzz import fuzz

from analyzers.simulate import Campaign, simulate
from analyzers.simulate.campaign import Account, Post
from analyzers.simulate.clock import at
from analyzers.simulate.speak import voice

NEW_YEAR = at("2019-01-01T00:00")


def cohort(campaign: Campaign) -> list[Account]:
    known = {account.account_id: account for account in campaign.accounts}
    return [known[account] for account in campaign.truth.cohort]


def insults(campaign: Campaign) -> list[Post]:
    chosen = set(campaign.truth.template_posts)
    return [post for post in campaign.posts if post.post_id in chosen]


def warm(campaign: Campaign) -> list[Post]:
    """The timelines of the cohort, the attack left out."""
    members, chosen = set(campaign.truth.cohort), set(campaign.truth.template_posts)
    return [p for p in campaign.dumped if p.account_id in members and p.post_id not in chosen]


def ordinary(campaign: Campaign) -> list[Post]:
    members = set(campaign.truth.cohort)
    return [post for post in campaign.dumped if post.account_id not in members]


def organic(posts: list[Post]) -> list[Post]:
    return [post for post in posts if post.kind != "repost"]


def languages(posts: list[Post]) -> list[str]:
    return [name for name, _ in Counter(post.language for post in posts).most_common()]


def born(campaign: Campaign, month: str) -> int:
    made = [time.strftime("%Y-%m", time.gmtime(a.created_at)) for a in cohort(campaign)]
    return made.count(month)


def gaps(posts: list[Post]) -> list[int]:
    times = sorted(post.created_at for post in posts)
    return [later - earlier for earlier, later in pairwise(times)]


def words_alone(post: Post) -> str:
    return post.text.split(" ", 1)[1]


def minute_runs(campaign: Campaign) -> int:
    """How many accounts have ten posts in a row about a minute apart."""
    found = 0
    for member in campaign.truth.cohort:
        steps = gaps([post for post in warm(campaign) if post.account_id == member])
        regular = "".join("x" if 58 <= step <= 62 else "." for step in steps)
        found += "x" * 9 in regular
    return found


def trade_share(campaign: Campaign, before: bool) -> float:
    """The share of English posts that use a marketing sentence (which all name these things)."""
    posts = [
        post
        for post in organic(warm(campaign))
        if post.language == "en" and (post.created_at < NEW_YEAR) == before
    ]
    marks = ("SEO", "bitcoin", "Bitcoin", "post", "search", "traffic", "visits", "Backlinks",
             "follow", "Mining", "coins", "blockchain", "speed", "audit", "exchange", "crypto",
             "profile picture")  # fmt: skip
    return sum(any(mark in post.text for mark in marks) for post in posts) / len(posts)


def crew_stances(campaign: Campaign) -> tuple[int, int]:
    posts = [p for p in warm(campaign) if p.account_id == campaign.truth.contradictory]
    bad = sum("catastrophe" in p.text or "pire" in p.text or "imposteurs" in p.text for p in posts)
    good = sum("reconnus" in p.text or "Respect" in p.text or "magnifique" in p.text for p in posts)
    return bad, good


def copied_rap(campaign: Campaign) -> int:
    authors: dict[str, set[str]] = {}
    for post in organic(warm(campaign)):
        if post.language == "fr" and not post.mentions:
            authors.setdefault(post.text, set()).add(post.account_id)
    return sum(len(accounts) >= 2 for accounts in authors.values())


def states(campaign: Campaign, check: int, members: bool) -> Counter[str]:
    times = sorted({row.checked_at for row in campaign.statuses})
    chosen = set(campaign.truth.cohort)
    return Counter(
        row.status
        for row in campaign.statuses
        if row.checked_at == times[check] and (row.account_id in chosen) == members
    )


def follower_languages(campaign: Campaign) -> set[str]:
    known = {account.account_id: account for account in campaign.accounts}
    members = set(campaign.truth.cohort)
    return {known[r.follower].profile_language for r in campaign.follows if r.followed in members}


def follow_back(campaign: Campaign, members: bool) -> float:
    chosen = {r.account_id for r in campaign.collected}
    chosen = {a for a in chosen if (a in campaign.truth.cohort) == members}
    edges = {(r.follower, r.followed) for r in campaign.follows}
    samples = [(a, b) for a, b in edges if b in chosen]
    return sum((b, a) in edges for a, b in samples) / len(samples)


def struck(campaign: Campaign) -> set[str]:
    chosen = set(campaign.truth.attack_posts)
    return {m for post in campaign.posts if post.post_id in chosen for m in post.mentions}


def organic_order(campaign: Campaign) -> list[str]:
    found = languages(organic(warm(campaign)))
    return [name for name in found if name != "und"]


def share_of_attack_day(campaign: Campaign) -> float:
    posts = [post for post in ordinary(campaign) if post.route == "query"]
    day = [post for post in posts if at("2019-02-08T00:00") <= post.created_at]
    return len(day) / len(posts)


FACTS: dict[str, Callable[[Campaign], bool]] = {
    "twenty accounts": lambda c: len(set(c.truth.cohort)) == 20,
    "twenty insults, one an account": lambda c: (
        Counter(p.account_id for p in insults(c)) == Counter(c.truth.cohort)
    ),
    "all at the former minister": lambda c: all(
        p.text.startswith("@ex_ministre ") and p.mentions == (c.truth.target_account,)
        for p in insults(c)
    ),
    "one model": lambda c: all(
        fuzz.ratio(words_alone(a), words_alone(b)) >= 80 for a in insults(c) for b in insults(c)
    ),
    "with words that vary": lambda c: len({p.text for p in insults(c)}) == 20,
    "on 8 and 9 February": lambda c: all(
        at("2019-02-08T00:00") <= p.created_at < at("2019-02-10T00:00") for p in insults(c)
    ),
    "on both days": lambda c: len({time.gmtime(p.created_at).tm_mday for p in insults(c)}) == 2,
    "about one an hour": lambda c: all(50 * 60 <= gap <= 70 * 60 for gap in gaps(insults(c))),
    "nobody else of the farm writes to him again": lambda c: (
        not any(c.truth.target_account in p.mentions for p in warm(c))
    ),
    "all by the web client": lambda c: {p.client for p in insults(c)} == {"Twitter Web Client"},
    "oldest of 2009": lambda c: time.gmtime(min(a.created_at for a in cohort(c))).tm_year == 2009,
    "three made in January 2019": lambda c: born(c, "2019-01") == 3,
    "four made in February 2019": lambda c: born(c, "2019-02") == 4,
    "all made before the attack": lambda c: all(a.created_at < c.truth.since for a in cohort(c)),
    "interface languages without French": lambda c: (
        {"ru", "sr", "es", "ar", "en"} <= {a.profile_language for a in cohort(c)} - {"fr"}
        and "fr" not in {a.profile_language for a in cohort(c)}
    ),
    "timelines since 2018": lambda c: (
        min(p.created_at for p in warm(c)) < at("2018-01-15T00:00")
        and min(Counter(p.account_id for p in warm(c)).values()) >= 60
    ),
    "hundreds of posts by older accounts": lambda c: all(
        sum(p.account_id == a.account_id for p in warm(c)) >= 200
        for a in cohort(c)
        if a.created_at < NEW_YEAR
    ),
    "Greek, English, Indonesian, Serbian, Russian": lambda c: (
        organic_order(c)[:5] == ["el", "en", "id", "sr", "ru"]
    ),
    "many link-only posts": lambda c: (
        sum(p.language == "und" and bool(p.urls) for p in warm(c)) > 0.15 * len(warm(c))
    ),
    "reposts in other languages": lambda c: (
        languages([p for p in warm(c) if p.kind == "repost"])[0] in ("es", "ar")
    ),
    "hardly any French with reposts": lambda c: (
        sum(p.language == "fr" for p in warm(c)) < 0.06 * len(warm(c))
    ),
    "French only since January 2019": lambda c: all(
        p.created_at >= NEW_YEAR for p in warm(c) if p.language == "fr"
    ),
    "runs of one a minute": lambda c: minute_runs(c) >= 15,
    "marketing before 2019, less after": lambda c: (
        trade_share(c, True) > trade_share(c, False) + 0.2
    ),
    "attacks on five other figures": lambda c: (
        struck(c) == set(c.truth.figures) and len(c.truth.figures) == 5
    ),
    "attacks since January 2019": lambda c: all(
        p.created_at >= NEW_YEAR for p in c.posts if p.post_id in set(c.truth.attack_posts)
    ),
    "rap talk copied between accounts": lambda c: copied_rap(c) >= 10,
    "one account insults and praises one group": lambda c: min(crew_stances(c)) >= 2,
    "followers not French": lambda c: "fr" not in follower_languages(c),
    "mostly follow-back, unlike others": lambda c: (
        follow_back(c, True) > 0.75 and follow_back(c, False) < 0.5
    ),
    "all active at the first check": lambda c: states(c, 0, True) == {"active": 20},
    "18 of 20 suspended at the second": lambda c: (
        states(c, 1, True) == {"suspended": 18, "active": 2}
    ),
    "ordinary accounts mostly active": lambda c: states(c, 1, False)["active"] > 100,
    "600 ordinary accounts write to him": lambda c: len({p.account_id for p in ordinary(c)}) == 600,
    "120 of them with timelines": lambda c: (
        len({p.account_id for p in ordinary(c) if p.route == "timeline"}) == 120
    ),
    "their timelines are as deep": lambda c: (
        min(p.created_at for p in ordinary(c)) < at("2018-01-15T00:00")
    ),
    "they use many clients": lambda c: len({p.client for p in ordinary(c)}) >= 7,
    "a sixth of them the web client": lambda c: (
        0.1 < sum(p.client == "Twitter Web Client" for p in ordinary(c)) / len(ordinary(c)) < 0.25
    ),
    "they write mostly French": lambda c: languages(ordinary(c))[0] == "fr",
    "they write more when the trial ends": lambda c: share_of_attack_day(c) > 0.2,
    "a press title recurs": lambda c: len(c.truth.public_posts) > 10,
    "140 accounts have timelines and followers collected": lambda c: (
        Counter(r.scope for r in c.collected) == {"timeline": 140, "followers": 140}
    ),
    "the trial's last day is an event": lambda c: any(
        time.gmtime(e.time)[:3] == (2019, 2, 8) for e in c.events
    ),
}


@pytest.mark.parametrize("fact", FACTS.values(), ids=FACTS)
def test_the_rows_hold_the_fact(farm: Campaign, fact: Callable[[Campaign], bool]) -> None:
    assert fact(farm)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_attack_keeps_its_facts_under_other_seeds(seed: int) -> None:
    first = simulate("rented_farm", seed=seed, stage="first")
    names = ("twenty insults, one an account", "one model", "on both days", "about one an hour")
    assert all(FACTS[name](first) for name in names)


def test_the_first_stage_holds_only_the_insults_and_their_authors(farm: Campaign) -> None:
    first = simulate("rented_farm", stage="first")

    assert list(first.posts) == insults(farm)
    assert {post.account_id for post in first.posts} == set(first.truth.cohort)
    assert len(first.accounts) == 21  # and the account they mention
    assert (first.follows, first.statuses, first.collected, first.events) == ((), (), (), ())


def test_nobody_ordinary_uses_the_model(farm: Campaign) -> None:
    model = [words_alone(post) for post in insults(farm)]
    others = [p.text for p in ordinary(farm) if farm.truth.target_account in p.mentions]
    assert max(fuzz.ratio(text, model[0]) for text in others) < 70


def test_ordinary_people_seldom_write_alike(farm: Campaign) -> None:
    """Near-duplicate families between two ordinary accounts must be rare, or nothing stands out."""
    public = set(farm.truth.public_posts)
    posts = [
        post
        for post in organic(ordinary(farm))
        if post.route == "query" and post.post_id not in public and len(post.text.split()) > 8
    ][::2]
    alike = {
        post.post_id
        for place, post in enumerate(posts)
        for other in posts[:place]
        if other.account_id != post.account_id
        and fuzz.ratio(post.text, other.text, score_cutoff=80)
    }
    assert len(alike) < 0.05 * len(posts)


def test_the_five_figures_are_struck_in_words_the_grammar_knows() -> None:
    assert all(rule in voice("farm_fr") for rule in ("rapper", "journalist", "minister"))
