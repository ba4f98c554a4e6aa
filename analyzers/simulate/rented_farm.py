"""The reconstructed case: twenty rented accounts insult a former minister among ordinary people."""

from __future__ import annotations

from random import Random

from analyzers.simulate import farm, pool, surroundings
from analyzers.simulate.budget import shares, split
from analyzers.simulate.campaign import Account, Campaign, Post, Stage, Truth, in_order
from analyzers.simulate.clock import Clock
from analyzers.simulate.dials import Dials
from analyzers.simulate.ids import Mint
from analyzers.simulate.ordinary import DEBATE, Crowd
from analyzers.simulate.plot import Plot
from analyzers.simulate.scene import BURSTS, COLLECTED, EVENTS, SEARCH, TARGET, Scene

NAME = "rented_farm"
POSTS = 26_000
"""Posts of the full stage: 600 ordinary accounts, and some hundreds of posts a timeline."""
FEWEST = 10_000
"""Below that the farm's own timelines leave the comparison too few posts to compare with."""
ORDINARY = 600
"""Ordinary accounts that write about the target, the paper whose titles they share among them."""
TIMELINES = 0.2
"""Of the ordinary accounts: 120 of 600 have their timelines, statuses and followers collected."""
_ON_TARGET = 3  # posts about the target by an ordinary account, on average


def build(posts: int | None, seed: int, stage: Stage, dials: Dials | None = None) -> Campaign:
    """The campaign in one of its stages; `posts` is the size of the full one.

    With dials it is not the reconstructed case but another farm of its kind.
    """
    if dials is not None:
        return PLOT.build(posts, seed, stage, dials)
    scene = Scene(Random(f"{seed}:{NAME}"), Mint())
    cohort = farm.recruit(scene)
    insults = farm.insult(scene, cohort)
    if stage == "first":
        truth = _truth(seed, stage, scene, cohort, insults)
        return Campaign(in_order(insults), (*cohort, scene.target), truth)
    return _full(scene, cohort, insults, posts or POSTS, seed)


def _full(
    scene: Scene, cohort: tuple[Account, ...], insults: tuple[Post, ...], posts: int, seed: int
) -> Campaign:
    done = farm.live(scene, cohort, insults)
    people = [
        scene.register.person(COLLECTED)
        for _ in range(max(ORDINARY, ORDINARY * posts // POSTS) - 1)
    ]
    crowd = Crowd(scene, DEBATE, Clock(SEARCH, COLLECTED, boosts=BURSTS))
    rows = [*insults, *done.timelines, *scene.press_posts]
    counts = split(_ON_TARGET * len(people), shares(scene.random, len(people)), least=1)
    for person, count in zip(people, counts, strict=True):
        rows += crowd.about_target(person, count)
    observed = people[: round(TIMELINES * len(people))]
    sizes = split(posts - len(rows), shares(scene.random, len(observed)), least=20)
    for person, size in zip(observed, sizes, strict=True):
        rows += crowd.timeline(person, size)
    ordinary = [person.account for person in observed]
    follows = surroundings.followers(scene, cohort, surroundings.FARM_AUDIENCE)
    follows += surroundings.followers(scene, ordinary, surroundings.ORDINARY_AUDIENCE)
    statuses = surroundings.farm_statuses(scene, cohort)
    statuses += surroundings.ordinary_statuses(scene, ordinary)
    public = (*(post.post_id for post in scene.press_posts), *crowd.titles, *crowd.daily.copied)
    truth = _truth(seed, "full", scene, cohort, insults, done, public)
    return Campaign(
        posts=in_order([*rows, *scene.context]),
        accounts=tuple(scene.register.by_id.values()),
        truth=truth,
        follows=tuple(follows),
        statuses=tuple(statuses),
        collected=tuple(surroundings.collection([*cohort, *ordinary])),
        events=EVENTS,
    )


def _truth(
    seed: int,
    stage: Stage,
    scene: Scene,
    cohort: tuple[Account, ...],
    insults: tuple[Post, ...],
    done: farm.Farm | None = None,
    public: tuple[str, ...] = (),
) -> Truth:
    return Truth(
        scenario=NAME,
        stage=stage,
        seed=seed,
        mechanism="rented_farm",
        target=TARGET,
        target_account=scene.target.account_id,
        since=min(post.created_at for post in insults),
        until=max(post.created_at for post in insults) + 1,
        cohort=tuple(account.account_id for account in cohort),
        handles=tuple(account.handle for account in cohort),
        template_posts=tuple(post.post_id for post in insults),
        figures=done.figures if done else (),
        attack_posts=tuple(post.post_id for post in done.attacks) if done else (),
        contradictory=done.contradictory if done else None,
        public_posts=public,
    )


PLOT = Plot(NAME, "rented_farm", pool.WITHIN, pool.act)
