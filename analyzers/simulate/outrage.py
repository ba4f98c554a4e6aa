"""Ordinary anger: many people strike the same man on the same days, and nobody told them to."""

from __future__ import annotations

from random import Random

from analyzers.model.refusal import BadInput
from analyzers.model.text import Text
from analyzers.simulate.budget import shares, split
from analyzers.simulate.campaign import Account, Campaign, Post, Stage, Truth, in_order
from analyzers.simulate.clock import DAY, HOUR, Clock, at
from analyzers.simulate.dials import Dials, Range
from analyzers.simulate.ids import Mint
from analyzers.simulate.ordinary import ANGER, Crowd
from analyzers.simulate.people import Person
from analyzers.simulate.plot import Acts, Case, Plot
from analyzers.simulate.scene import COLLECTED, EVENTS, TARGET, TRIAL_END, Scene
from analyzers.simulate.turns import after
from analyzers.simulate.wording import Wording

NAME = "outrage"
POSTS = 2_200
FEWEST = 1_000
"""600 people and a slogan that some of them repost."""
PEOPLE = 600
"""Accounts that write, the paper and the starter of the slogan among them."""
SLOGAN_SHARE = 0.08
"""Of the people: how many write the slogan themselves."""
SLOGAN_REPOSTS = 0.2
"""Of the people: how many repost the post in which the slogan first stood."""
SINCE = at("2019-02-05T00:00")

_BURSTS = {(TRIAL_END + 6 * HOUR, TRIAL_END + 16 * HOUR): 9.0, (TRIAL_END, COLLECTED): 4.0}
_SLOGAN = (
    "La justice doit être la même pour tous, rendez-nous notre argent @{target} #LaMemePourTous"
)


def build(posts: int | None, seed: int, stage: Stage, dials: Dials | None = None) -> Campaign:
    """The angry crowd. It has one stage only: nothing else was collected about anybody.

    With dials, a small case of the same with whatever else they say was collected.
    """
    if stage == "first":
        raise BadInput(
            Text("The scenario {name} has no first stage. Ask for its full one.", name=NAME)
        )
    if dials is not None:
        return PLOT.build(posts, seed, stage, dials)
    size = posts or POSTS
    scene = Scene(Random(f"{seed}:{NAME}"), Mint())
    people = [
        scene.register.person(COLLECTED) for _ in range(max(PEOPLE, PEOPLE * size // POSTS) - 2)
    ]
    crowd = Crowd(scene, ANGER, Clock(SINCE, COLLECTED, boosts=_BURSTS))
    rows = [*scene.press_posts, *_slogan(scene, crowd, people)]
    public = [post.post_id for post in rows]
    counts = split(size - len(rows), shares(scene.random, len(people)), least=1)
    for person, count in zip(people, counts, strict=True):
        rows += crowd.about_target(person, count, short_rule="short_angry")
    truth = Truth(
        scenario=NAME,
        stage=stage,
        seed=seed,
        mechanism="coincidence",
        target=TARGET,
        target_account=scene.target.account_id,
        since=SINCE,
        until=COLLECTED,
        public_posts=(*public, *crowd.titles),
    )
    accounts: tuple[Account, ...] = tuple(scene.register.by_id.values())
    return Campaign(in_order([*rows, *scene.context]), accounts, truth, events=EVENTS)


def _slogan(scene: Scene, crowd: Crowd, people: list[Person]) -> list[Post]:
    """A slogan that a visible account launched days before, then reposts and copies of it."""
    random = scene.random
    text = _SLOGAN.format(target=TARGET)
    first = _launch(scene, SINCE + 9 * HOUR, text)
    rows = [first]
    for person in random.sample(people, round(SLOGAN_REPOSTS * len(people))):
        second = crowd.clock.draw(random, max(SINCE + 10 * HOUR, person.account.created_at + HOUR))
        rows.append(crowd.repost(person, second, first, "query"))
    for person in random.sample(people, round(SLOGAN_SHARE * len(people))):
        second = crowd.clock.draw(random, max(SINCE + DAY, person.account.created_at + HOUR))
        rows.append(
            scene.desk.post(
                person.account,
                second,
                text,
                "fr",
                person.client(random),
                mentions=(scene.target.account_id,),
            )
        )
    return rows


def _launch(scene: Scene, second: int, text: str, route: str = "query") -> Post:
    starter = scene.register.account(
        at("2011-02-03T10:00"), "fr", handle="marche_ensemble", name="Marche Ensemble", fame=1500
    )
    return scene.desk.post(
        starter,
        second,
        text,
        "fr",
        "TweetDeck",
        mentions=(scene.target.account_id,),
        fame=1500,
        route=route,
    )


def _act(case: Case) -> Acts:
    """Strangers copy a slogan on show and are angry in their own words too."""
    random, scene, crowd, dials = case.random, case.scene, case.crowd, case.dials
    slogan = Wording("slogan", dials.grammar, random)
    text = f"{slogan.ready} @{TARGET}"
    first = _launch(scene, case.start, text, "query" if dials.call else "context")
    copying = case.people(dials.members)
    strikes, alike, reposts, timelines = [], set(), [], []
    for person in copying:
        second = after(random, dials.rhythm, case.start + HOUR, COLLECTED)
        words = slogan.copied(random)
        strikes.append(case.strike(person.account, second, words, person.client(random)))
        alike.add(strikes[-1].post_id)
        strikes += crowd.about_target(person, random.randrange(3))
        timelines += crowd.timeline(person, case.depth())
    for person in case.people(round(0.1 * dials.posts / 2)):
        second = after(random, dials.rhythm, case.start + 60, COLLECTED)
        reposts.append(crowd.repost(person, second, first, "query"))
    return Acts(
        tuple(person.account for person in copying),
        strikes,
        alike,
        timelines=timelines,
        sources=[first, *reposts],
    )


PLOT = Plot(NAME, "coincidence", Range(10, 60, ("fr",)), _act, mood="anger")
