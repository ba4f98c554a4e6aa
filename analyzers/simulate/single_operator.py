"""One pair of hands: a few accounts, one at a time, typed again and again, and never at night."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from analyzers.simulate import births
from analyzers.simulate.campaign import Post
from analyzers.simulate.clock import HOUR, Clock
from analyzers.simulate.dials import Range
from analyzers.simulate.people import Person
from analyzers.simulate.plot import Acts, Case, Plot
from analyzers.simulate.scene import COLLECTED, HISTORY
from analyzers.simulate.surroundings import Audience
from analyzers.simulate.turns import awake, turns
from analyzers.simulate.wording import Wording, retyped, said
from analyzers.simulate.writing import Style

NAME = "single_operator"
_CLIENTS = ("Twitter Web Client", "Twitter for Android", "TweetDeck", "Twitter Lite")
_ROUNDS = (2, 4)  # strikes by each account, fewest and most
_SWITCH = (4 * 60, 11 * 60)
"""Seconds from one account's post to the next one's: log out, log in, type."""
_AT_THE_KEYS = 6 * HOUR
"""How long one sitting takes on average when there is more to say than fits into one."""
_HANDS_APART = 120
"""No two posts of a timeline are closer: there is one pair of hands."""


def _act(case: Case) -> Acts:
    random, dials = case.random, case.dials
    people = _invented(case)
    model = Wording("hostile", dials.grammar, random)
    order = _order(random, people)
    gap = random.uniform(*_SWITCH)
    moments = awake(turns(random, dials.rhythm, case.start, len(order), gap))
    strikes, alike = [], set()
    for person, second in zip(order, moments, strict=True):
        when = min(second, COLLECTED - HOUR)
        if case.typical():
            words = retyped(said(model.rule, random), random, 3)
            strikes.append(case.strike(person.account, when, words, person.client(random)))
            alike.add(strikes[-1].post_id)
        else:
            strikes.append(case.crowd.remark(person, when, "insult"))
    return Acts(
        tuple(person.account for person in people),
        strikes,
        alike,
        timelines=list(_days(case, people)),
        audience=Audience({"fr": 60, "en": 40}, 8, 60, 0.7, 2014),
        ties=0.5 + 0.4 * dials.strength,
        gone={"suspended": random.uniform(0.1, 0.8)},
    )


def _invented(case: Case) -> list[Person]:
    """Accounts made two by two that share one style and one app, or nearly."""
    random = case.random
    style, client, spare = Style.draw(random), *random.sample(_CLIENTS, 2)
    people = []
    for second in births.two_by_two(random, case.dials.ages, case.dials.members):
        account = case.scene.register.account(second, "fr", fame=0.2)
        main = client if case.typical() else spare
        people.append(Person(account, style, main, client, random.random()))
    return people


def _order(random: Random, people: list[Person]) -> list[Person]:
    """Round after round in drawn orders, some accounts more often than others."""
    order: list[Person] = []
    for number in range(_ROUNDS[1]):
        asked = people if number < _ROUNDS[0] else random.sample(people, len(people) // 2)
        order += random.sample(asked, len(asked))
    return order


def _days(case: Case, people: list[Person]) -> Iterator[Post]:
    """The accounts' other posts: spread over sittings of the same hands."""
    random, sittings = case.random, Clock(HISTORY, COLLECTED, hours=_hours(case))
    wanted = [
        (sittings.draw(random, person.account.created_at + HOUR), number)
        for number, person in enumerate(people)
        for _ in range(case.depth())
    ]
    last = 0
    for second, number in sorted(wanted):
        last = max(second, last + _HANDS_APART + random.randrange(60))
        if last < COLLECTED:
            yield case.crowd.daily.day(people[number], last)


def _hours(case: Case) -> tuple[int, ...]:
    """When this operator is at the keys: one or two stretches of the day, and asleep at night."""
    first = case.random.randint(8, 12)
    evening = case.dials.rhythm == "sessions"
    busy = {*range(first, first + 5), *(range(19, 23) if evening else range(first + 5, first + 8))}
    return tuple(10 if hour in busy else 0 for hour in range(24))


PLOT = Plot(NAME, "single_operator", Range(5, 25, ("fr",)), _act)
