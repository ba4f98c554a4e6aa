"""The rented farm: twenty accounts kept warm with other people's words, then pointed at one man."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from analyzers.simulate.campaign import Account, Post
from analyzers.simulate.clock import DAY, HOUR, SHIFTS, Clock, at
from analyzers.simulate.figures import FIGURES
from analyzers.simulate.listing import listed
from analyzers.simulate.scene import COLLECTED, HISTORY, Scene
from analyzers.simulate.speak import CHAT, TRADE, speak, voice

CLIENT = "Twitter Web Client"
SIZE = 20
NEW_YEAR = at("2019-01-01T00:00")
"""Before it marketing talk; since it French, rap and attacks as well."""
ATTACK = at("2019-02-08T06:20")
GAP_MINUTES = 60.0
"""Press reports of the time spoke of about one post an hour."""
GAP_SPREAD = 4.0
"""Minutes of standard deviation about the gap: human hands on a roster, or a jittered script."""

_CREATED = listed(
    """
    2009-06-17T11:05 2010-11-03T16:40 2011-04-22T09:15 2012-02-09T20:30 2012-10-30T13:10
    2013-07-14T18:25 2014-01-21T07:50 2014-12-05T10:00 2015-08-19T15:35 2016-09-27T12:20
    2017-05-11T08:45 2018-03-02T17:05 2018-10-16T14:30 2019-01-09T10:12 2019-01-17T15:48
    2019-01-26T09:33 2019-02-01T13:27 2019-02-03T11:02 2019-02-05T16:51 2019-02-06T18:09
    """
)
"""The oldest of 2009, three of January and four of February 2019, the others between."""
_LANGUAGES = listed("ru sr es ar en ru sr ru en es ar ru sr en es ru ar en sr id")
_BIOS = listed(
    """
    Digital marketing, SEO and more | Crypto enthusiast | Social media manager | Follow me, I
    follow back | Entrepreneur. Dreamer. | Travel and business |
    """,
    "|",
)

_TALK = {"el": 33, "und": 18, "en": 26, "id": 20, "sr": 15, "ru": 11}
"""Weights of organic posts outside runs: with the runs, Greek leads, as the thread found."""
_REPOSTED = {"es": 38, "ar": 28, "und": 24, "en": 10}
"""Reposts are in other languages than what the accounts write themselves."""
_REPOSTS = 0.35
_IN_RUNS = 0.3  # of organic posts: links one minute after another
_RUN = 16  # posts in a run, give or take six
_GREEK_IN_RUNS = 0.65  # the rest are bare links
_LIBRARY = 0.2  # share of talk taken from texts that the accounts have in common


@dataclass(frozen=True, slots=True)
class Habits:
    """How a pool is kept warm: languages of its talk (`lead` first) and reposts, and its client."""

    lead: str
    talk: Mapping[str, int]
    reposted: Mapping[str, int]
    client: str


RECONSTRUCTED = Habits("el", _TALK, _REPOSTED, CLIENT)
"""What the public thread found."""


@dataclass(frozen=True, slots=True)
class Farm:
    """What the farm did: its accounts, its posts, and the facts a step should recover."""

    accounts: tuple[Account, ...]
    insults: tuple[Post, ...]
    timelines: tuple[Post, ...]
    attacks: tuple[Post, ...]
    figures: tuple[str, ...]
    contradictory: str | None


def recruit(scene: Scene) -> tuple[Account, ...]:
    """The twenty accounts, oldest first."""
    return enlist(scene, [at(created) for created in _CREATED], _LANGUAGES)


def enlist(scene: Scene, created: Sequence[int], languages: Sequence[str]) -> tuple[Account, ...]:
    """Accounts of a pool, made at given moments, their interface set to given languages."""
    return tuple(
        scene.register.account(
            second, language, bio=scene.random.choice(_BIOS), location="", fame=4
        )
        for second, language in zip(created, languages, strict=True)
    )


def insult(scene: Scene, accounts: tuple[Account, ...]) -> tuple[Post, ...]:
    """One post of the model from each account, in a drawn order, about one an hour."""
    random = scene.random
    order = random.sample(accounts, len(accounts))
    pairs = _distinct_fillings(random, len(order))
    second, posts = ATTACK + random.randrange(900), []
    for account, words in zip(order, pairs, strict=True):
        posts.append(strike(scene, account, second, scene.target, words, CLIENT))
        gap = min(max(random.gauss(GAP_MINUTES, GAP_SPREAD), 50.0), 70.0)
        second += int(gap * 60)
    return tuple(posts)


def _distinct_fillings(random: Random, count: int) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        found[voice("farm_fr").say("model", random)] = None
    return list(found)


def strike(
    scene: Scene, account: Account, second: int, struck: Account, words: str, client: str
) -> Post:
    """Words thrown at somebody: the handle in front, so that X shows them as a reply."""
    return scene.desk.post(
        account,
        second,
        f"@{struck.handle} {words}",
        "fr",
        client,
        mentions=(struck.account_id,),
        reply_to=struck.account_id,
        fame=0.3,
        route="query" if struck is scene.target else "timeline",
    )


def live(scene: Scene, accounts: tuple[Account, ...], insults: tuple[Post, ...]) -> Farm:
    """The timelines of the farm since 2018, and whom else it struck since January 2019."""
    writer = Writer(scene, RECONSTRUCTED)
    timelines: list[Post] = []
    for account in accounts:
        old = account.created_at < NEW_YEAR
        size = scene.random.randrange(230, 360) if old else scene.random.randrange(60, 120)
        timelines += writer.warm(account, size)
    attacks = writer.attacks(accounts)
    timelines += attacks
    timelines += writer.rap(accounts)
    turncoat = accounts[4]
    timelines += writer.contradict(turncoat)
    figures = tuple(figure.account_id for figure in writer.figures)
    return Farm(accounts, insults, tuple(timelines), tuple(attacks), figures, turncoat.account_id)


class Writer:
    """Writes what the accounts of a pool publish besides the attack."""

    def __init__(self, scene: Scene, habits: Habits) -> None:
        self.scene = scene
        self.habits = habits
        self.random = scene.random
        self.clock = Clock(HISTORY, COLLECTED, hours=SHIFTS, offset=2)
        self.figures = scene.figures
        self._shared: dict[tuple[str, bool], list[str]] = {}

    def warm(self, account: Account, size: int) -> list[Post]:
        """`size` posts that make an account look alive: runs of links, talk and reposts."""
        random = self.random
        habits = self.habits
        own = {key: weight * random.gammavariate(16, 1 / 16) for key, weight in habits.talk.items()}
        # every account lives in the leading language before it lives in English
        own[habits.lead] = max(own[habits.lead], 1.1 * own["en"])
        weights = list(accumulate(own.values()))
        organic = int(size * (1 - _REPOSTS))
        posts = self._runs(account, int(organic * _IN_RUNS))
        for _ in range(organic - len(posts)):
            second = self.clock.draw(random, account.created_at + HOUR)
            language = random.choices(list(own), cum_weights=weights)[0]
            posts.append(self._talk(account, second, language))
        posts += [self._repost(account) for _ in range(size - organic)]
        return posts

    def _runs(self, account: Account, count: int) -> list[Post]:
        posts: list[Post] = []
        while len(posts) < count:
            length = min(_RUN + self.random.randrange(-6, 7), count - len(posts))
            second = self.clock.draw(self.random, account.created_at + HOUR)
            for _ in range(length):
                greek = self.random.random() < _GREEK_IN_RUNS
                spoken = self.habits.lead if greek else "und"
                posts.append(self._talk(account, second, spoken, link=True))
                second += 60 + self.random.choice((-1, 0, 0, 0, 1))
        return [post for post in posts if post.created_at < COLLECTED]

    def _talk(self, account: Account, second: int, language: str, link: bool = False) -> Post:
        random = self.random
        text = "" if language == "und" else self._words(language, second < NEW_YEAR)
        linked = link or language == "und" or random.random() < 0.4
        page = f"https://promo-{int(random.random() * 60)}.example/{int(random.random() * 1e6)}"
        return self.scene.desk.post(
            account,
            second,
            text,
            language,
            self.habits.client,
            url=page if linked else None,
            fame=0.5,
            route="timeline",
        )

    def _words(self, language: str, before: bool) -> str:
        """Marketing four times in five before 2019, then mostly everyday talk."""
        random = self.random
        trade = random.random() < (0.8 if before else 0.3)
        topics = TRADE if trade else CHAT
        if random.random() >= _LIBRARY:
            return speak(language, random, topics)
        shared = self._shared.setdefault((language, trade), [])
        if len(shared) < 60:
            shared.append(speak(language, random, topics))
        return random.choice(shared)

    def _repost(self, account: Account) -> Post:
        random = self.random
        second = self.clock.draw(random, account.created_at + HOUR)
        reposted = self.habits.reposted
        wanted = random.choices(list(reposted), weights=list(reposted.values()))[0]
        original = self.scene.library(wanted).before(second, random)
        second = max(second, original.created_at + HOUR)
        by = self.scene.author(original)
        return self.scene.desk.repost(
            account, second, original, by, self.habits.client, route="timeline"
        )

    def attacks(self, accounts: tuple[Account, ...]) -> list[Post]:
        """Two to four attacks on other figures from each account, since January 2019."""
        random = self.random
        posts = []
        for account in accounts:
            chosen = random.sample(self.figures, random.randrange(2, 5))
            for _ in range(random.randrange(2, 5)):
                figure = random.choice(chosen)
                words = voice("farm_fr").say(FIGURES[figure.handle][1], random)
                second = self._since_january(account)
                posts.append(strike(self.scene, account, second, figure, words, self.habits.client))
        return posts

    def rap(self, accounts: tuple[Account, ...]) -> list[Post]:
        """Talk about rap in French that two to five accounts copy from one another."""
        random = self.random
        posts = []
        for _ in range(18):
            words = voice("farm_fr").say("rap_talk", random)
            copying = random.sample(accounts, random.randrange(2, 6))
            posts += [
                self._rap(account, self._since_january(account), words) for account in copying
            ]
        return posts

    def contradict(self, account: Account) -> list[Post]:
        """The same group torn apart on a Monday and praised on the Tuesday, by one account."""
        monday = at("2019-01-21T17:10")
        rules = ("rap_insult", "rap_insult", "rap_praise", "rap_praise")
        return [
            self._rap(
                account,
                monday + (number // 2) * DAY + number * 47 * 60,
                voice("farm_fr").say(rule, self.random),
            )
            for number, rule in enumerate(rules)
        ]

    def _rap(self, account: Account, second: int, words: str) -> Post:
        return self.scene.desk.post(
            account, second, words, "fr", self.habits.client, fame=0.5, route="timeline"
        )

    def _since_january(self, account: Account) -> int:
        return self.clock.draw(self.random, max(NEW_YEAR + 4 * DAY, account.created_at + HOUR))
