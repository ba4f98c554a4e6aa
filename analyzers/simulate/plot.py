"""A scenario as a plot: who acts and what they write; everything else is the same for all.

The crowd, the collection, the missing fields and the noise do not know which plot they surround, so
nothing but what the members do tells one scenario from another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import permutations
from random import Random

import msgspec

from analyzers.simulate import surroundings
from analyzers.simulate.budget import shares, split
from analyzers.simulate.campaign import (
    Account,
    Campaign,
    Collected,
    Follow,
    Post,
    Stage,
    Status,
    Truth,
    in_order,
)
from analyzers.simulate.clock import DAY, Clock, at
from analyzers.simulate.dials import Dials, Mood, Range, drawn
from analyzers.simulate.ids import Mint
from analyzers.simulate.ordinary import ANGER, DEBATE, Crowd
from analyzers.simulate.people import AGES, Person
from analyzers.simulate.scene import COLLECTED, EVENTS, SEARCH, TARGET, Scene
from analyzers.simulate.surroundings import GONE, Audience
from analyzers.simulate.turns import boosts

_DEPTH = 28
"""Posts of a collected timeline on average: above the twenty that make a timeline worth reading."""
_MEMBERS_SHARE, _ORDINARY_SHARE = 0.3, 0.25
"""At most these shares of a dump are timelines of members and of ordinary people."""
_ON_TARGET = 2.6  # posts about the target by an ordinary account, on average
_QUOTED = 0.5  # of those who repeat a member's words: put them between quotation marks
_CIRCLE = 6  # ordinary people who know one another
_FRIENDS, _PASSING = 0.25, 0.01  # chances that one follows another, within a circle and beyond
_FEWEST_SEEN = 10  # ordinary people with timelines: fewer are no comparison

READERS = Audience({"fr": 84, "en": 12, "es": 2, "pt": 2}, 15, 220, 0.35, 2009)
"""The ordinary audience, in the numbers of a small case."""


@dataclass(frozen=True, slots=True)
class Acts:
    """What the members of one case did.

    `strikes` are about the target; those in `alike` (ids) carry the shared words. `sources` are
    posts on show from which words were copied. `attacks` on other `figures` stand in `timelines`,
    as do the `planted` clues (ids). `ties` is the chance that one member follows another.
    """

    members: tuple[Account, ...]
    strikes: list[Post]
    alike: set[str]
    timelines: list[Post] = field(default_factory=list)
    sources: list[Post] = field(default_factory=list)
    attacks: list[Post] = field(default_factory=list)
    figures: tuple[str, ...] = ()
    planted: tuple[str, ...] = ()
    contradictory: str | None = None
    audience: Audience = READERS
    ties: float = 0.0
    gone: Mapping[str, float] = field(default_factory=lambda: GONE)


class Case:
    """The stage of one case: chance, the public scene, the crowd, and when it all begins."""

    def __init__(self, name: str, seed: int, dials: Dials) -> None:
        self.dials = dials
        self.random = Random(f"{seed}:{name}")
        self.scene = Scene(self.random, Mint())
        self.start = at("2019-02-05T07:00") + self.random.randrange(3 * DAY)
        mood = {"debate": DEBATE, "anger": ANGER}[dials.mood]
        bursts = boosts(dials.rhythm, self.start)
        self.crowd = Crowd(self.scene, mood, Clock(SEARCH, COLLECTED, boosts=bursts))

    def typical(self) -> bool:
        """Whether one member does what is typical of the scenario, by the dial `strength`."""
        return self.random.random() < self.dials.strength

    def people(self, count: int, years: Mapping[int, int] | None = None) -> list[Person]:
        """Ordinary people, whose accounts follow the case's model of ages unless told."""
        chosen = AGES[self.dials.ages] if years is None else years
        return [self.scene.register.person(COLLECTED - 6 * DAY, years=chosen) for _ in range(count)]

    def depth(self) -> int:
        """How many posts one member's timeline holds; none where nobody's was collected."""
        if not self.dials.timelines:
            return 0
        most = _MEMBERS_SHARE * self.dials.posts / max(self.dials.members, 1)
        return max(3, int(min(_DEPTH, most) * self.random.uniform(0.6, 1.4)))

    def strike(self, author: Account, second: int, words: str, client: str) -> Post:
        """A post about the target, the handle in front or at the end of the words."""
        target = self.scene.target
        front = self.random.random() < 0.6
        return self.scene.desk.post(
            author,
            second,
            f"@{TARGET} {words}" if front else f"{words} @{TARGET}",
            "fr",
            client,
            mentions=(target.account_id,),
            reply_to=target.account_id if front else None,
            fame=0.5,
        )


@dataclass(frozen=True, slots=True)
class Plot:
    """A scenario: its name, the mechanism behind it, what chance may choose, and what is done.

    `open` says that the members agree where everybody can see it; a coincidence has no cohort.
    """

    name: str
    mechanism: str
    within: Range
    act: Callable[[Case], Acts]
    open: bool = False
    mood: Mood | None = None

    def build(self, posts: int | None, seed: int, stage: Stage, dials: Dials | None) -> Campaign:
        """The campaign; `posts` goes before what the dials say."""
        dials = dials or drawn(seed, self.within)
        dials = replace(dials, posts=posts or dials.posts, mood=self.mood or dials.mood)
        case = Case(self.name, seed, dials)
        acts = self.act(case)
        truth = self._truth(case, acts, seed, stage)
        if stage == "first":
            return _first(case, acts, truth)
        return _collect(case, acts, truth)

    def _truth(self, case: Case, acts: Acts, seed: int, stage: Stage) -> Truth:
        agreed = self.mechanism != "coincidence"
        alike = [post for post in in_order(acts.strikes) if post.post_id in acts.alike]
        return Truth(
            scenario=self.name,
            stage=stage,
            seed=seed,
            mechanism=self.mechanism,
            target=TARGET,
            target_account=case.scene.target.account_id,
            since=min(post.created_at for post in acts.strikes),
            until=max(post.created_at for post in acts.strikes) + 1,
            cohort=tuple(a.account_id for a in acts.members) if agreed else (),
            handles=tuple(a.handle for a in acts.members) if agreed else (),
            template_posts=tuple(post.post_id for post in alike) if agreed else (),
            figures=acts.figures,
            attack_posts=tuple(post.post_id for post in acts.attacks),
            contradictory=acts.contradictory,
            public_posts=tuple(p.post_id for p in (*acts.sources, *(() if agreed else alike))),
            open=self.open,
            planted_posts=acts.planted,
            dials=case.dials,
        )


def _first(case: Case, acts: Acts, truth: Truth) -> Campaign:
    """Only what the members wrote about the target, and whom they name."""
    answered = {post.reply_to_post for post in acts.strikes}
    found = [p for p in acts.sources if p.account_id in truth.cohort or p.post_id in answered]
    found += acts.strikes
    named = {name for post in found for name in (post.account_id, *post.mentions)}
    shown = tuple(a for a in case.scene.register.by_id.values() if a.account_id in named)
    return Campaign(in_order(found), shown, truth, missing=case.dials.missing)


def _collect(case: Case, acts: Acts, truth: Truth) -> Campaign:
    """Add the crowd and whatever else was collected, and lose what a search misses."""
    dials, scene, random = case.dials, case.scene, case.random
    rows = [*_missed(case, acts.strikes), *acts.timelines, *acts.sources, *scene.press_posts]
    seen = 0
    if dials.timelines:
        seen = max(_FEWEST_SEEN, int(_ORDINARY_SHARE * dials.posts / _DEPTH))
    deep = int(_ORDINARY_SHARE * dials.posts) if seen else 0
    size = dials.posts - deep - sum(post.route != "context" for post in rows)
    people = case.people(max(seen, round(size / _ON_TARGET)))
    echoes = _echoes(case, acts.strikes, people)
    rows += echoes
    counts = split(size - len(echoes), shares(random, len(people)), least=1)
    for person, count in zip(people, counts, strict=True):
        rows += case.crowd.about_target(person, count)
    for person, count in zip(people, split(deep, shares(random, seen), least=3), strict=False):
        rows += case.crowd.timeline(person, count)
    watched = people[: seen or _FEWEST_SEEN]
    follows, statuses, collected = _beside(case, acts, [person.account for person in watched])
    public = (
        *truth.public_posts,
        *(post.post_id for post in scene.press_posts),
        *case.crowd.titles,
        *case.crowd.daily.copied,
    )
    return Campaign(
        posts=in_order([*rows, *scene.context]),
        accounts=tuple(scene.register.by_id.values()),
        truth=msgspec.structs.replace(truth, public_posts=public),
        follows=follows,
        statuses=statuses,
        collected=collected,
        events=EVENTS,
        missing=dials.missing,
    )


def _missed(case: Case, strikes: list[Post]) -> list[Post]:
    """The strikes, but for what a search missed: that came with the timelines, or not at all.

    Each member keeps one post, and what others answer is shown inside the answers.
    """
    answered = {post.reply_to_post for post in strikes}
    known: set[str] = set()
    kept = []
    for post in strikes:
        first = post.account_id not in known
        known.add(post.account_id)
        if first or case.random.random() >= case.dials.noise:
            kept.append(post)
        elif case.dials.timelines:
            kept.append(msgspec.structs.replace(post, route="timeline"))
        elif post.post_id in answered:
            kept.append(msgspec.structs.replace(post, route="context"))
    return kept


def _echoes(case: Case, strikes: list[Post], people: list[Person]) -> list[Post]:
    """Posts in which ordinary people repeat a member's words, to quote, to mock or to agree."""
    count = round(case.dials.noise * case.dials.members)
    found = []
    for person in case.random.sample(people, count):
        heard = case.random.choice(strikes)
        second = heard.created_at + case.random.randrange(600, DAY)
        possible = person.account.created_at < second < COLLECTED
        if possible and len(heard.mentions) == 1 and not heard.urls:
            words = heard.text.replace(f"@{TARGET}", "").strip()
            words = f"« {words} »" if case.random.random() < _QUOTED else words
            found.append(case.strike(person.account, second, words, person.main_client))
    return found


def _beside(
    case: Case, acts: Acts, ordinary: list[Account]
) -> tuple[tuple[Follow, ...], tuple[Status, ...], tuple[Collected, ...]]:
    """Followers, statuses, and what was asked for, of the members and of ordinary accounts."""
    dials, scene = case.dials, case.scene
    watched = [*acts.members, *ordinary]
    collected = surroundings.collection(watched, timelines=dials.timelines, followers=dials.beside)
    if not dials.beside:
        return (), (), tuple(collected)
    follows = surroundings.followers(scene, acts.members, acts.audience)
    follows += surroundings.followers(scene, ordinary, READERS)
    follows += _among(case, acts)
    follows += _circles(case, acts, ordinary)
    statuses = surroundings.ordinary_statuses(scene, acts.members, acts.gone)
    statuses += surroundings.ordinary_statuses(scene, ordinary)
    return tuple(follows), tuple(statuses), tuple(collected)


def _among(case: Case, acts: Acts) -> list[Follow]:
    """Members who follow one another, behind the newest followers."""
    fetched = COLLECTED - DAY // 12
    return [
        Follow(follower.account_id, followed.account_id, fetched, acts.audience.sample + place)
        for place, (follower, followed) in enumerate(permutations(acts.members, 2), start=1)
        if case.random.random() < acts.ties
    ]


def _circles(case: Case, acts: Acts, ordinary: list[Account]) -> list[Follow]:
    """Ordinary people who follow one another: circles of friends, and anybody now and then."""
    fetched, random = COLLECTED - DAY // 12, case.random
    circle = {account.account_id: place // _CIRCLE for place, account in enumerate(ordinary)}
    found = []
    for follower in (*ordinary, *acts.members):
        for place, followed in enumerate((*ordinary, *acts.members), start=1):
            one, other = circle.get(follower.account_id), circle.get(followed.account_id)
            if follower is followed or (one is None and other is None):
                continue
            chance = _FRIENDS if one == other else _PASSING
            if random.random() < chance:
                behind = READERS.sample + len(acts.members) + place
                found.append(Follow(follower.account_id, followed.account_id, fetched, behind))
    return found
