"""A campaign of supporters: a call everybody can see, its slogans copied, and many new accounts."""

from __future__ import annotations

from analyzers.simulate.campaign import Post
from analyzers.simulate.clock import HOUR, at
from analyzers.simulate.dials import Range
from analyzers.simulate.people import Person
from analyzers.simulate.plot import Acts, Case, Plot
from analyzers.simulate.scene import COLLECTED, TARGET
from analyzers.simulate.turns import after
from analyzers.simulate.wording import Wording, said
from analyzers.simulate.writing import Style

NAME = "fan_campaign"
_NEW = {2018: 1, 2019: 3}
"""Years in which fans who joined for it made their accounts."""
_NEW_SHARE = {"waves": 0.35, "steady": 0.2, "newcomers": 0.6}
_COPY = 0.7  # of the typical fans: begin with one of the slogans
_REPOSTS = 0.4  # of the fans: repost the call


def _act(case: Case) -> Acts:
    """The organiser writes a call and the slogans; fans copy, add their own praise, and repost."""
    random, dials, crowd = case.random, case.dials, case.crowd
    organiser = _organiser(case)
    tag = said("tag", random)
    slogans = [Wording("praise", dials.grammar, random, number) for number in (1, 2)]
    texts = [said("praise_call", random), *(slogan.ready for slogan in slogans)]
    call = _show(case, organiser, [f"{text} {tag}" for text in texts])
    strikes, alike, reposts = [], set(), []
    fans = _fans(case)
    for fan in fans:
        second = after(random, dials.rhythm, case.start + HOUR, COLLECTED - HOUR)
        if random.random() < _COPY * dials.strength:
            words = f"{random.choice(slogans).copied(random)} {tag}"
            strikes.append(case.strike(fan.account, second, words, fan.client(random)))
            alike.add(strikes[-1].post_id)
        else:
            strikes.append(_praise(case, fan, second, tag))
        for _ in range(random.randrange(3)):
            later = after(random, dials.rhythm, case.start + HOUR, COLLECTED)
            strikes.append(_praise(case, fan, later, tag))
        if random.random() < _REPOSTS:
            reposts.append(crowd.repost(fan, second + 60, call[0], "query"))
    members = [organiser, *fans]
    return Acts(
        tuple(member.account for member in members),
        strikes,
        alike,
        timelines=[p for member in members for p in crowd.timeline(member, case.depth())],
        sources=[*call, *reposts],
        ties=0.1 + 0.2 * dials.strength,
    )


def _organiser(case: Case) -> Person:
    account = case.scene.register.account(
        at("2013-05-04T09:00"), "fr", handle="amis_du_ministre", name="Ses amis", fame=80
    )
    return Person(account, Style.draw(case.random), "TweetDeck", "Twitter for iPhone", 0.0)


def _show(case: Case, organiser: Person, texts: list[str]) -> list[Post]:
    """The call and the ready slogans, posted one after another where everybody can see them."""
    return [
        case.scene.desk.post(
            organiser.account,
            case.start + 90 * number,
            f"{text} @{TARGET}",
            "fr",
            organiser.main_client,
            mentions=(case.scene.target.account_id,),
            fame=80,
        )
        for number, text in enumerate(texts)
    ]


def _fans(case: Case) -> list[Person]:
    """Supporters, a share of whom made an account for it."""
    count = case.dials.members - 1
    new = round(_NEW_SHARE[case.dials.ages] * count)
    return [*case.people(count - new), *case.people(new, _NEW)]


def _praise(case: Case, fan: Person, second: int, tag: str) -> Post:
    words = said("thanks", case.random)
    return case.strike(
        fan.account, second, f"{fan.style.apply(words, case.random)} {tag}", fan.client(case.random)
    )


PLOT = Plot(NAME, "open_campaign", Range(20, 60, ("fr",)), _act, open=True)
