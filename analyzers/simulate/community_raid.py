"""A community comes over: people who know one another answer a call, many in their own words."""

from __future__ import annotations

from analyzers.simulate.campaign import Post
from analyzers.simulate.clock import DAY, HOUR
from analyzers.simulate.dials import Range
from analyzers.simulate.people import Person
from analyzers.simulate.plot import Acts, Case, Plot
from analyzers.simulate.scene import COLLECTED, TARGET
from analyzers.simulate.turns import after
from analyzers.simulate.wording import Wording, said

NAME = "community_raid"
_SETTLED = dict.fromkeys(range(2010, 2019), 1)
"""Years of creation: a community has members of every year."""
_COPY = 0.6  # of the typical members: take one of the ready texts, once
_KINDS = ("insult", "criticism", "criticism", "joke", "question")
_TO_EACH_OTHER = 0.3  # of what is said besides the first post
_LAST = COLLECTED - HOUR


def _act(case: Case) -> Acts:
    """After the call a burst: copies of two ready texts, own words, and talk among themselves."""
    random, dials = case.random, case.dials
    people = case.people(dials.members, _SETTLED)
    slogans = [Wording("raid", dials.grammar, random, number) for number in (1, 2)]
    strikes, alike, timelines = [_call(case, people[0])], set(), []
    for person in people:
        second = after(random, dials.rhythm, case.start + 600, _LAST)
        if random.random() < _COPY * dials.strength:
            words = random.choice(slogans).copied(random)
            strikes.append(case.strike(person.account, second, words, person.client(random)))
            alike.add(strikes[-1].post_id)
        else:
            strikes.append(case.crowd.remark(person, second, random.choice(_KINDS)))
        for _ in range(random.randrange(3)):
            strikes.append(_again(case, person, strikes))
    for person in people:
        timelines += case.crowd.timeline(person, case.depth())
    timelines += _talk(case, people) if dials.timelines else []
    call, *others = strikes
    return Acts(
        tuple(person.account for person in people),
        others,
        alike,
        timelines=timelines,
        sources=[call] if dials.call else [],
        ties=0.15 + 0.3 * dials.strength,
    )


def _call(case: Case, leader: Person) -> Post:
    words = said("raid_call", case.random)
    return case.scene.desk.post(
        leader.account,
        case.start,
        words,
        "fr",
        leader.main_client,
        mentions=(case.scene.target.account_id,),
        fame=3,
    )


def _again(case: Case, person: Person, said_before: list[Post]) -> Post:
    """One more post: about the target, or to somebody of the community who wrote already."""
    random = case.random
    heard = random.choice(said_before[1:])
    second = min(heard.created_at + random.randrange(120, 4 * HOUR), _LAST + 1800)
    alone = heard.account_id == person.account.account_id
    if alone or random.random() > _TO_EACH_OTHER:
        return case.crowd.remark(person, second, random.choice(_KINDS))
    friend = case.scene.author(heard)
    remark = case.crowd.remark(person, second, "joke")
    words = remark.text.replace(f"@{TARGET}", "").strip()
    return case.scene.desk.post(
        person.account,
        second,
        f"@{friend.handle} @{TARGET} {words}",
        "fr",
        person.client(random),
        mentions=(friend.account_id, case.scene.target.account_id),
        answers=heard,
    )


def _talk(case: Case, people: list[Person]) -> list[Post]:
    """What members said to one another on other days, about other things."""
    random, found = case.random, []
    for person in people:
        friend = random.choice(people)
        if friend is person or not case.typical():
            continue
        post = case.crowd.daily.remark(person, case.start - random.randrange(DAY, 20 * DAY))
        found.append(_to(case, person, friend, post))
    return found


def _to(case: Case, person: Person, friend: Person, post: Post) -> Post:
    return case.scene.desk.post(
        person.account,
        post.created_at,
        f"@{friend.account.handle} {post.text.split(' https://')[0]}",
        post.language,
        post.client,
        mentions=(friend.account.account_id,),
        reply_to=friend.account.account_id,
        route="timeline",
    )


PLOT = Plot(NAME, "community_raid", Range(12, 60, ("fr",)), _act)
