"""Outlets under one roof: the same titles at about the same time, each with a link of its own."""

from __future__ import annotations

from analyzers.simulate.campaign import Account, Post
from analyzers.simulate.clock import DAY, HOUR, Clock, at
from analyzers.simulate.dials import Range
from analyzers.simulate.plot import Acts, Case, Plot
from analyzers.simulate.scene import COLLECTED, HISTORY, TARGET
from analyzers.simulate.surroundings import Audience
from analyzers.simulate.turns import turns
from analyzers.simulate.wording import retyped, said

NAME = "newsroom_syndication"
_CLIENTS = ("TweetDeck", "Hootsuite Inc.", "Buffer", "SocialFlow", "dlvr.it")
_PAPERS = ("Courrier", "Echo", "Depeche", "Tribune", "Journal", "Feuille", "Gazette", "Voix")
_PLACES = ("Nord", "Midi", "Ports", "Canaux", "Vallees", "Bocage", "Littoral", "Plateaux")
_FOUNDED = (at("2008-06-01T08:00"), at("2014-06-01T08:00"))
_TITLES = (4, 9)  # about the target, fewest and most
_OFFICE = (0, 0, 0, 0, 0, 0, 6, 9, 9, 8, 8, 8, 8, 7, 7, 8, 8, 9, 8, 6, 4, 3, 2, 0)
"""Hours in which desks publish: from the early bulletin to the late one."""
_SPAN = 40 * 60
"""Seconds within which the outlets of a group publish an agency's text."""
_SHARED = 0.6  # of the timelines: titles that other outlets run as well


def _act(case: Case) -> Acts:
    """Every title goes through the group's outlets, and so do titles about anything else."""
    random, dials = case.random, case.dials
    outlets = _outlets(case)
    clients = {a.account_id: random.choice(_CLIENTS) for a in outlets}
    desk = Clock(case.start - DAY, COLLECTED - 4 * HOUR, hours=_OFFICE)
    strikes, alike, sources = [], set(), []
    for title in _distinct(case, "title", random.randint(*_TITLES)):
        first = desk.draw(random)
        running = [outlet for outlet in outlets if case.typical()]
        gap = _SPAN / max(len(running), 1)
        moments = turns(random, dials.rhythm, first, len(running), gap)
        if dials.call and running:
            sources.append(_post(case, case.scene.press, first - 300, title, "TweetDeck"))
        for outlet, second in zip(random.sample(running, len(running)), moments, strict=True):
            words = _edited(case, title)
            strikes.append(_post(case, outlet, second, words, clients[outlet.account_id]))
            alike.add(strikes[-1].post_id)
    silent = {a.account_id for a in outlets} - {post.account_id for post in strikes}
    for outlet in outlets:
        if outlet.account_id in silent:
            title = said("title", random)
            strikes.append(
                _post(case, outlet, desk.draw(random), title, clients[outlet.account_id])
            )
    return Acts(
        outlets,
        strikes,
        alike,
        timelines=_elsewhere(case, outlets, clients),
        sources=sources,
        audience=Audience({"fr": 90, "en": 10}, 15, 220, 0.05, 2009),
        ties=0.3,
        gone={},
    )


def _outlets(case: Case) -> tuple[Account, ...]:
    random = case.random
    names = random.sample([(p, place) for p in _PAPERS for place in _PLACES], case.dials.members)
    return tuple(
        case.scene.register.account(
            random.randint(*_FOUNDED),
            "fr",
            handle=f"{paper}_{place}".lower()[:15],
            name=f"{paper} {place}",
            bio="Toute l'actualité de votre région.",
            fame=1500,
        )
        for paper, place in names
    )


def _distinct(case: Case, rule: str, count: int) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        found[said(rule, case.random)] = None
    return list(found)


def _edited(case: Case, title: str) -> str:
    """The agency's title as one desk runs it: as it came, under a rubric, or touched up."""
    grammar, random = case.dials.grammar, case.random
    if grammar == "slots" or case.typical():
        return title
    if grammar == "clauses":
        return random.choice(("Justice | ", "[À lire] ", "Politique. ")) + title
    return retyped(title, random, 1)


def _post(case: Case, outlet: Account, second: int, title: str, client: str) -> Post:
    return case.scene.desk.post(
        outlet,
        second,
        f"{title} @{TARGET}",
        "fr",
        client,
        mentions=(case.scene.target.account_id,),
        url=_page(case, outlet),
        fame=40,
    )


def _page(case: Case, outlet: Account) -> str:
    return f"https://{outlet.handle.replace('_', '-')}.example/{case.random.randrange(10**6)}"


def _elsewhere(case: Case, outlets: tuple[Account, ...], clients: dict[str, str]) -> list[Post]:
    """Titles about other things, most of which several outlets run within the hour."""
    random, found = case.random, []
    desk = Clock(HISTORY + 366 * DAY, COLLECTED - HOUR, hours=_OFFICE)
    shared = [(said("title_elsewhere", random), desk.draw(random)) for _ in range(40)]
    for outlet in outlets:
        for _ in range(case.depth()):
            title, second = random.choice(shared)
            second += random.randrange(_SPAN)
            if random.random() > _SHARED:
                title, second = said("title_elsewhere", random), desk.draw(random)
            found.append(
                case.scene.desk.post(
                    outlet,
                    second,
                    title,
                    "fr",
                    clients[outlet.account_id],
                    url=_page(case, outlet),
                    fame=20,
                    route="timeline",
                )
            )
    return found


PLOT = Plot(NAME, "open_campaign", Range(6, 24, ("fr",)), _act, open=True)
