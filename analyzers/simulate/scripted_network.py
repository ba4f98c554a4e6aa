"""Software at work: accounts made for it in one go post the same model on the second."""

from __future__ import annotations

from analyzers.simulate import births
from analyzers.simulate.campaign import Account, Post
from analyzers.simulate.clock import DAY, HOUR, at
from analyzers.simulate.dials import Range
from analyzers.simulate.everyday import REPOSTS
from analyzers.simulate.farm import strike
from analyzers.simulate.plot import Acts, Case, Plot
from analyzers.simulate.scene import COLLECTED
from analyzers.simulate.speak import CHAT, TRADE, speak
from analyzers.simulate.surroundings import Audience
from analyzers.simulate.wording import Wording, said

NAME = "scripted_network"
_CLIENTS = ("IFTTT", "Zapier.com", "autopost-api", "statuses_update_v2", "my-first-app")
"""Automation services, and the names people give to programs of their own."""
_WORDS = ("promo", "infos", "citoyen", "actu", "France", "direct")
_PERIODS = (60, 90, 120, 300, 600)
"""Seconds between posts: round numbers, as schedules are written."""
_ROUNDS = 2  # strikes by each account
_TIMER = 3 * HOUR
"""Between the posts of a timeline, to the second, give or take the same for all."""


def _act(case: Case) -> Acts:
    random, dials = case.random, case.dials
    members = _made(case)
    client = random.choice(_CLIENTS)
    model = Wording("hostile", dials.grammar, random)
    order = [account for _ in range(_ROUNDS) for account in members]
    strikes, timelines = [], []
    for account, second in zip(order, _schedule(case, len(order)), strict=True):
        # typed anew is what software does not do: it pastes
        words = said(model.rule, random)
        by = client if case.typical() else "Twitter Web App"
        strikes.append(strike(case.scene, account, second, case.scene.target, words, by))
    offset = random.randrange(_TIMER)
    for account in members:
        timelines += _timeline(case, account, client, offset)
    return Acts(
        members,
        strikes,
        {post.post_id for post in strikes},
        timelines=timelines,
        audience=Audience(dict.fromkeys((*dials.languages, "en"), 1), 6, 60, 0.9, 2018),
        ties=0.2,
        gone={"suspended": random.uniform(0.4, 0.98)},
    )


def _made(case: Case) -> tuple[Account, ...]:
    """Accounts of one batch: one word and eight digits, nothing filled in, hardly a follower."""
    random, dials = case.random, case.dials
    word, interface = random.choice(_WORDS), dials.languages[0]
    members = []
    for second in births.in_one_go(random, dials.ages, dials.members):
        handle = f"{word}{random.randrange(10**7, 10**8)}" if case.typical() else None
        members.append(
            case.scene.register.account(
                second, interface, handle=handle, bio="", location="", fame=0.05
            )
        )
    return tuple(members)


def _schedule(case: Case, count: int) -> list[int]:
    """Seconds of a schedule: one period, one period with skips, or all together thrice a day."""
    random, rhythm = case.random, case.dials.rhythm
    start = case.start - case.start % 60 + random.randrange(3)
    period = min(random.choice(_PERIODS), (COLLECTED - HOUR - start) // (2 * count))
    if rhythm == "roster":
        return [start + number * period for number in range(count)]
    if rhythm == "drift":
        steps = sorted(random.sample(range(2 * count), count))
        return [start + step * period for step in steps]
    return [
        start + number * 3 // count * 8 * HOUR + number % (count // 3 + 1) * 2
        for number in range(count)
    ]


def _timeline(case: Case, account: Account, client: str, offset: int) -> list[Post]:
    """Posts every few hours on the second, of a few texts and of what others wrote."""
    random, scene, posts = case.random, case.scene, []
    tongue = random.choice(case.dials.languages)
    first = max(account.created_at + HOUR, at("2018-11-01T00:00"))
    slots = range(first - first % _TIMER + _TIMER + offset, COLLECTED - DAY // 2, _TIMER)
    for second in sorted(random.sample(slots, min(case.depth(), len(slots)))):
        original = scene.library(tongue).before(second, random)
        if random.random() < 2 * REPOSTS and original.created_at < second:
            by = scene.author(original)
            posts.append(scene.desk.repost(account, second, original, by, client, route="timeline"))
        else:
            text = speak(tongue, random, TRADE if random.random() < 0.5 else CHAT)
            posts.append(
                scene.desk.post(account, second, text, tongue, client, fame=0.1, route="timeline")
            )
    return posts


PLOT = Plot(NAME, "scripted_network", Range(8, 40, ("en", "es", "ru", "id", "ar")), _act)
