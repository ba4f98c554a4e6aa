"""A pool of rented accounts of any make: kept warm with foreign talk, then pointed at one man."""

from __future__ import annotations

from random import Random

from analyzers.simulate import births
from analyzers.simulate.clock import HOUR, at
from analyzers.simulate.dials import Range
from analyzers.simulate.farm import Habits, Writer, enlist, strike
from analyzers.simulate.people import CLIENTS
from analyzers.simulate.plot import Acts, Case
from analyzers.simulate.scene import COLLECTED
from analyzers.simulate.surroundings import Audience
from analyzers.simulate.turns import turns
from analyzers.simulate.wording import Wording

WITHIN = Range(8, 40)
_CLIENTS = ("Twitter Web Client", "Twitter for Android", "Twitter Lite", "TweetDeck")
_LATEST = at("2019-02-10T06:00")
"""The last turn of a pool, hours before collection ended."""
_GAP = 75 * 60
"""Seconds between turns at most, about what the press reported of the reconstructed case."""
_ROUNDS = 0.3  # chance of a second strike by the same account


def act(case: Case) -> Acts:
    """Each account strikes in its turn with the model; before, it advertised and reposted."""
    random, dials, scene = case.random, case.dials, case.scene
    made = births.over_years(random, dials.ages, dials.members)
    interfaces = random.choices([*dials.languages, "en"], k=dials.members)
    members = enlist(scene, made, interfaces)
    client = random.choice(_CLIENTS)
    model = Wording("hostile", dials.grammar, random)
    order = random.sample(members, len(members))
    order += [account for account in order if random.random() < _ROUNDS]
    gap = min(_GAP, (_LATEST - case.start) / len(order))
    strikes = []
    for account, second in zip(
        order, turns(random, dials.rhythm, case.start, len(order), gap), strict=True
    ):
        by = client if case.typical() else random.choice(list(CLIENTS))
        when = min(second, COLLECTED - HOUR)
        strikes.append(strike(scene, account, when, scene.target, model.say(random), by))
    writer = Writer(scene, _habits(random, dials.languages, client))
    timelines, attacks, turncoat = [], [], None
    for account in members:
        timelines += writer.warm(account, case.depth())
    if dials.timelines:
        attacks = [post for post in writer.attacks(members) if case.typical()]
        turncoat = members[0]
        timelines += attacks + writer.contradict(turncoat)
    return Acts(
        members,
        strikes,
        {post.post_id for post in strikes},
        timelines=timelines,
        attacks=attacks,
        figures=tuple(figure.account_id for figure in writer.figures) if attacks else (),
        contradictory=turncoat.account_id if turncoat else None,
        audience=Audience(dict.fromkeys((*dials.languages, "en"), 1), 15, 160, 0.8, 2014),
        gone={"suspended": random.uniform(0.4, 0.95)},
    )


def _habits(random: Random, languages: tuple[str, ...], client: str) -> Habits:
    """Talk in the pool's languages and English, reposts in others, links without words."""
    lead, *others = languages
    talk = {lead: 33, "und": 18, "en": 26} | dict.fromkeys(others, 14)
    reposted = {tongue: random.randint(10, 40) for tongue in (*others, "en", "und")}
    return Habits(lead, talk, reposted, client)
