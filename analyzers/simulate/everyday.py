"""What ordinary people publish while the target is not concerned, and to whom they speak."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from random import Random

from analyzers.simulate.campaign import Account, Post
from analyzers.simulate.clock import DAY, HOUR, ordinary_clock
from analyzers.simulate.figures import FIGURES
from analyzers.simulate.people import Person
from analyzers.simulate.scene import COLLECTED, HISTORY, Scene, Title
from analyzers.simulate.speak import CHAT, TRADE, french, speak, voice
from analyzers.simulate.ways import COPIES, Planner

REPOSTS = 0.3
"""Share of reposts in daily timelines (about a quarter to a third in collections of that time)."""
LANGUAGES = {"fr": 85, "en": 10, "es": 1, "und": 4}
"""Percent of remarks to nobody in particular by language; French stands for the language that the
person writes that day."""
_WEIGHTS = list(accumulate(LANGUAGES.values()))
_REPOST_LANGUAGES = {"fr": 84, "en": 10, "und": 6}
_REPOST_WEIGHTS = list(accumulate(_REPOST_LANGUAGES.values()))
_TOPICS = {True: TRADE + CHAT, False: CHAT}
"""Whoever lives in French meets other languages in trade as well; elsewhere people just talk."""
_LINKED = 0.12  # of own posts besides planned ones
_HOBBY_SHARE = 0.5
_SENT_SHARE = 0.15  # of own posts by people who send some over from another app
_TO_FIGURES = 0.3  # of addresses by those who speak to public figures at all
_FRIENDS = (2, 6)  # people somebody talks to, fewest and one above the most
_COMMON_FRIEND = 0.15
"""Chance that a friend is somebody's friend already; assumed, circles overlap a little."""
_SERIES = (8, 13)  # posts of a queued series, fewest and one above the most
_SERIES_GAPS = (900, 1800, 3600)
"""Seconds between posts of a series: the steps that planners offer."""
_TITLES = 60  # articles a paper had shared within the history; a small sample of a real one
_FRESH = 8  # articles of late that people still share


class Everyday:
    """Writes the daily life of ordinary people on one scene."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.random: Random = scene.random
        self.copied: list[str] = []  # ids of posts whose words everybody can see elsewhere
        self._clock = ordinary_clock(HISTORY, COLLECTED)
        self._friends: dict[str, list[Account]] = {}  # by language
        self._circles: dict[str, tuple[Account, ...]] = {}  # by account id
        self._titles: tuple[Title, ...] = ()

    def timeline(self, person: Person, count: int) -> list[Post]:
        """`count` posts of one person about other things, since the history began.

        Where a person lives in another language than French, it takes the place of French.
        """
        random = self.random
        posts = self._series(person, count)
        for _ in range(count - len(posts)):
            second = self._moment(person)
            if random.random() < REPOSTS:
                wanted = random.choices(list(_REPOST_LANGUAGES), cum_weights=_REPOST_WEIGHTS)[0]
                wanted = person.language if wanted == "fr" else wanted
                original = self.scene.library(wanted).before(second, random)
                if original.created_at < second:
                    posts.append(self._repost(person, second, original))
                    continue
            posts.append(self.day(person, second))
        return posts

    def day(self, person: Person, second: int) -> Post:
        """One post of any kind: to somebody, copied, planned, sent over, or a remark to all."""
        random, ways = self.random, person.ways
        if ways.planner is not None and random.random() < ways.planner.share:
            moment = _on_the_minute(ways.planner, second, random)
            if person.account.created_at < moment < COLLECTED:
                return self.remark(person, moment, ways.planner.client)
        if ways.sender is not None and random.random() < _SENT_SHARE:
            return self.remark(person, second, ways.sender)
        kind = random.random()
        if kind < ways.addresses:
            return self._address(person, second)
        if kind > 1 - COPIES and person.language == "fr":
            return self._copy(person, second)
        return self.remark(person, second)

    def remark(self, person: Person, second: int, app: str | None = None) -> Post:
        """What the person says to nobody in particular; what an `app` sends has a link."""
        random = self.random
        wanted = random.choices(list(LANGUAGES), cum_weights=_WEIGHTS)[0]
        wanted = self._tongue(person, second) if wanted == "fr" else wanted
        url = None
        if wanted == "und" or app is not None or random.random() < _LINKED:
            url = f"https://page-{int(random.random() * 900)}.example/{int(random.random() * 1e6)}"
        if wanted == "und":
            text = ""
        elif wanted == "fr":
            text = person.style.apply(french(self._say(person, second)), random)
        else:
            said = (
                speak(wanted, random, _TOPICS[person.language == "fr"])
                for _ in range(3 if wanted == "en" else 2)
            )
            text = person.style.apply(". ".join(said), random)
        return self.scene.desk.post(
            person.account,
            second,
            text,
            wanted,
            app or person.client(random),
            url=url,
            route="timeline",
        )

    def _moment(self, person: Person) -> int:
        """When somebody writes, outside the silences; a silence too long to escape is broken."""
        for _ in range(12):
            second = self._clock.draw(self.random, person.account.created_at + HOUR)
            if not person.ways.silent(second):
                break
        return second

    def _tongue(self, person: Person, second: int) -> str:
        """The language of the day: the person's own, or the second one where and while it is."""
        tongue = person.ways.tongue
        if tongue is None or not tongue.at(second) or self.random.random() >= tongue.share:
            return person.language
        return tongue.language

    def _say(self, person: Person, second: int) -> str:
        hobby = person.ways.hobby.at(second) if person.ways.hobby else None
        if hobby is not None and self.random.random() < _HOBBY_SHARE:
            return voice("voice_fr").say(f"about_{hobby}", self.random)
        return voice("voice_fr").say("everyday", self.random)

    def _repost(self, person: Person, second: int, original: Post) -> Post:
        return self.scene.desk.repost(
            person.account,
            second,
            original,
            self.scene.author(original),
            person.client(self.random),
            route="timeline",
        )

    def _address(self, person: Person, second: int) -> Post:
        """A word to a friend, or to one of the public figures the person follows."""
        random, figures = self.random, person.ways.figures
        spoken = self._tongue(person, second)
        if figures and spoken == "fr" and random.random() < _TO_FIGURES:
            heard = self.scene.figures[random.choice(figures)]
            rule = FIGURES[heard.handle][1]
        else:
            heard, rule = random.choice(self._circle(person)), "friend"
        if spoken == "fr":
            said = french(voice("voice_fr").say(rule, random))
        else:
            said = speak(spoken, random, CHAT)
        said = person.style.apply(said, random)
        front = random.random() < 0.86  # boyd, Golder & Lotan (2010): 86 % of such tweets
        return self.scene.desk.post(
            person.account,
            second,
            f"@{heard.handle} {said}" if front else f"{said} @{heard.handle}",
            spoken,
            person.client(random),
            mentions=(heard.account_id,),
            reply_to=heard.account_id if front else None,
            route="timeline",
        )

    def _circle(self, person: Person) -> tuple[Account, ...]:
        """The friends of one person, some of them friends of others too; nobody collected them."""
        name = person.account.account_id
        if name not in self._circles:
            random = self.random
            known = self._friends.setdefault(person.language, [])
            friends = []
            for _ in range(random.randrange(*_FRIENDS)):
                if known and random.random() < _COMMON_FRIEND:
                    friends.append(random.choice(known))
                    continue
                made = HISTORY - int(random.uniform(1, 6 * 365) * DAY)
                known.append(self.scene.register.account(made, person.language))
                friends.append(known[-1])
            self._circles[name] = tuple(friends)
        return self._circles[name]

    def _copy(self, person: Person, second: int) -> Post:
        """A line of a song, a saying, or the title of an article, in the words of its source."""
        random, press = self.random, self.scene.press
        kind, url = random.random(), None
        mentions: tuple[str, ...] = ()
        if kind < 0.6:
            title = self._title(second)
            text, url = title.text, title.url
            if kind < 0.3:  # by the share button of the paper's page
                text, mentions = f"{text} via @{press.handle}", (press.account_id,)
        else:
            text = voice("shared_fr").say("song" if kind < 0.85 else "saying", random)
            if random.random() < 0.4:
                text = f"« {text} »"
        post = self.scene.desk.post(
            person.account,
            second,
            text,
            "fr",
            person.client(random),
            mentions=mentions,
            url=url,
            route="timeline",
        )
        self.copied.append(post.post_id)
        return post

    def _title(self, second: int) -> Title:
        """One of the articles that had lately appeared."""
        if not self._titles:
            grammar, step = voice("shared_fr"), (COLLECTED - HISTORY) // _TITLES
            self._titles = tuple(
                Title(
                    grammar.say("title", self.random),
                    f"https://gazette-du-soir.example/infos/{1200 + 13 * number}",
                    HISTORY + number * step,
                )
                for number in range(_TITLES)
            )
        last = max(1, bisect_right([title.since for title in self._titles], second))
        return self._titles[max(0, last - _FRESH) + int(self.random.random() * min(_FRESH, last))]

    def _series(self, person: Person, count: int) -> list[Post]:
        """Links that somebody queued one day, so that they go out at one fixed gap."""
        random, planner = self.random, person.ways.planner
        wanted = random.randrange(*_SERIES)
        if planner is None or not planner.series or count < 2 * wanted:
            return []
        first = _on_the_minute(planner, self._moment(person), random)
        gap = random.choice(_SERIES_GAPS)
        moments = (first + gap * number + random.randrange(2) for number in range(wanted))
        return [
            self.remark(person, moment, planner.client)
            for moment in moments
            if person.account.created_at < moment < COLLECTED
        ]


def _on_the_minute(planner: Planner, second: int, random: Random) -> int:
    """The moment of that hour at which the tool posts, some seconds late."""
    minute = random.choice(planner.minutes)
    return second - second % HOUR + 60 * minute + planner.delay + random.randrange(2)
