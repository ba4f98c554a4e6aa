"""How one ordinary person lives online: languages, tools, silences, pet subjects, company kept."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from random import Random

from analyzers.simulate.clock import DAY, at

BILINGUAL = 0.12
"""Of the people: write two languages. Hale (2014), "Global connectivity and multilingualism in the
Twitter network", counts 11 % of users."""
SECOND = {"en": 48, "ar": 14, "es": 14, "pt": 13, "ru": 4, "el": 3, "id": 2, "sr": 2}
"""Percent of bilingual people by second language: English first, then the languages of families and
neighbours, in an order of magnitude that follows where people in France come from and move to."""
_OFTEN, _HOLIDAYS = 0.45, 0.25
"""Of bilingual people: mix both all the time, or write the other one only when away. The others
change for good at a date, as people who move abroad or come home do; assumed, no count is known."""
_INTERFACE = 0.3
"""Of bilingual people: have set their interface to the second language; assumed."""
_SUMMER, _WINTER = at("2018-07-07T00:00"), at("2018-12-20T00:00")

SCHEDULES = 0.07
"""Of the people: plan posts ahead. `people.CLIENTS` gives TweetDeck and Hootsuite 4 % as main app;
as many again are assumed to plan with a tool beside the app in which they talk."""
PLANNERS = {"TweetDeck": 38, "Hootsuite Inc.": 26, "Buffer": 22, "IFTTT": 8, "dlvr.it": 6}
_SERIES = 0.5  # of the planners: queued one series of links at a fixed gap; assumed
_MINUTES = ((0,), (0, 30), (15,), (30,), (0, 15, 30, 45))
"""Minutes of the hour that planners offer."""
CROSS_POSTS = 0.08
"""Of the people: send their pictures or articles over from another app; assumed."""
SENDERS = {"Instagram": 60, "Facebook": 20, "WordPress.com": 10, "Foursquare Swarm": 10}

AWAY = 0.08
"""Of the people: fell silent for two to nine months, then came back; assumed, in the order of what
shares of dormant accounts (near half of all) and of returns suggest."""
LATE = 0.08
"""Of the people: read for years and began to write at some date since 2018; assumed, most accounts
read more than they write."""
_MOVED_BY_EVENT = 0.3  # of those two: the news of the last weeks made them write (again); assumed

HOBBY = 0.25
"""Of the people: have a pet subject for half of what they write; assumed."""
_NEW_HOBBY = 0.35  # of those: took it up, or another one, at a date since 2018; assumed
SUBJECTS = ("football", "kitchen", "work", "screen", "travel", "home")

ADDRESSES = (0.0, 0.2, 0.4, 0.6)
_ADDRESSES_WEIGHTS = list(accumulate((12, 25, 35, 28)))
"""Share of own posts that address somebody, and percent of people by share: 36 % on average, as
boyd, Golder & Lotan (2010), "Tweet, Tweet, Retweet", counted among tweets at large."""
TO_FIGURES = 0.2
"""Of the people: speak to public figures other than the target as well; assumed, a minority."""
_FAME = list(accumulate((30, 20, 8, 12, 30)))
"""Percent by figure, in the order of `figures.FIGURES`: rapper and minister are known to all."""
COPIES = 0.03
"""Of own posts: a line of a song, a saying, or the title of an article with its link, word for
word. An order of magnitude: one post in thirty."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """A second language: the stretches of time in which it is written, and for which share."""

    language: str
    spans: tuple[tuple[int, int], ...]
    share: float

    def at(self, second: int) -> bool:
        return any(start <= second < end for start, end in self.spans)


@dataclass(frozen=True, slots=True)
class Planner:
    """A tool that posts at fixed minutes: which one, when, for which share; a series if queued."""

    client: str
    minutes: tuple[int, ...]
    delay: int
    share: float
    series: bool


@dataclass(frozen=True, slots=True)
class Hobby:
    """A pet subject from `since` on, and another one (or none) before."""

    before: str | None
    after: str
    since: int

    def at(self, second: int) -> str | None:
        return self.after if second >= self.since else self.before


@dataclass(frozen=True, slots=True)
class Ways:
    """The habits of one person, fixed once; the defaults are those of somebody plain."""

    tongue: Tongue | None = None
    planner: Planner | None = None
    sender: str | None = None
    silences: tuple[tuple[int, int], ...] = ()
    hobby: Hobby | None = None
    addresses: float = 0.2
    figures: tuple[int, ...] = ()
    """Places in `figures.FIGURES` of those the person speaks to."""

    def silent(self, second: int) -> bool:
        return any(start <= second < end for start, end in self.silences)

    @classmethod
    def draw(cls, random: Random, language: str, created: int, since: int, until: int) -> Ways:
        """Habits of a person who writes `language`, between the dates of the collected history."""
        draw = random.random
        return cls(
            tongue=_tongue(random, language, since, until) if draw() < BILINGUAL else None,
            planner=_planner(random) if draw() < SCHEDULES else None,
            sender=_pick(random, SENDERS) if draw() < CROSS_POSTS else None,
            silences=_silences(random, created, since, until),
            hobby=_hobby(random, since, until) if draw() < HOBBY else None,
            addresses=random.choices(ADDRESSES, cum_weights=_ADDRESSES_WEIGHTS)[0],
            figures=_figures(random) if language == "fr" and draw() < TO_FIGURES else (),
        )

    def interface(self, random: Random) -> str | None:
        """The second language where the person's interface is set to it."""
        if self.tongue is None or random.random() >= _INTERFACE:
            return None
        return self.tongue.language


PLAIN = Ways()
"""Somebody of whom nothing in particular is known."""


def _pick(random: Random, weights: dict[str, int]) -> str:
    return random.choices(list(weights), weights=list(weights.values()))[0]


def _tongue(random: Random, language: str, since: int, until: int) -> Tongue:
    """A second language. Whoever lives in another one than French is no French speaker."""
    second = _pick(random, {name: w for name, w in SECOND.items() if name != language})
    kind = random.random()
    if kind < _OFTEN:
        return Tongue(second, ((since, until),), random.uniform(0.1, 0.5))
    if kind < _OFTEN + _HOLIDAYS:
        summer = _SUMMER + int(random.uniform(0, 35) * DAY)
        winter = _WINTER + int(random.uniform(0, 5) * DAY)
        away = (
            (summer, summer + int(random.uniform(14, 28) * DAY)),
            (winter, winter + int(random.uniform(9, 16) * DAY)),
        )
        return Tongue(second, away, random.uniform(0.5, 0.9))
    moved = int(random.uniform(since + 60 * DAY, until - 10 * DAY))
    abroad = (moved, until) if random.random() < 0.5 else (since, moved)
    return Tongue(second, (abroad,), random.uniform(0.6, 0.95))


def _planner(random: Random) -> Planner:
    return Planner(
        _pick(random, PLANNERS),
        random.choice(_MINUTES),
        random.randrange(4),
        random.uniform(0.2, 0.6),
        random.random() < _SERIES,
    )


def _silences(random: Random, created: int, since: int, until: int) -> tuple[tuple[int, int], ...]:
    """A gap in the middle or the silence of a reader who begins late, for those who have one."""
    chance = random.random()
    if chance >= AWAY + LATE:
        return ()
    by_event = random.random() < _MOVED_BY_EVENT
    first = until - 20 * DAY if by_event else max(since, created) + 30 * DAY
    last = until - DAY
    if first >= last:
        return ()  # newcomers had no time to fall silent
    end = int(random.uniform(first, last))
    if chance < AWAY:
        return ((end - int(random.uniform(60, 270) * DAY), end),)
    return ((created, end),)


def _hobby(random: Random, since: int, until: int) -> Hobby:
    after, before = random.sample(SUBJECTS, 2)
    if random.random() >= _NEW_HOBBY:
        return Hobby(after, after, since)
    moment = int(random.uniform(since + 60 * DAY, until - 20 * DAY))
    return Hobby(before if random.random() < 0.5 else None, after, moment)


def _figures(random: Random) -> tuple[int, ...]:
    chosen = random.choices(range(5), cum_weights=_FAME, k=random.randrange(1, 3))
    return tuple(sorted(set(chosen)))
