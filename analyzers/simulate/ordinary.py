"""What ordinary people write about the target; `everyday` writes the rest of their lives."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from random import Random

from analyzers.simulate.campaign import Post
from analyzers.simulate.clock import HOUR, Clock
from analyzers.simulate.everyday import Everyday
from analyzers.simulate.people import Person
from analyzers.simulate.scene import TARGET, Scene
from analyzers.simulate.speak import french, voice

REPOSTS_ON_TARGET = 0.22
"""Share of reposts among posts about a public figure, as in collections of that time."""


@dataclass(frozen=True, slots=True)
class Mood:
    """What a crowd writes: the weight of each kind of post about the target."""

    support: float
    criticism: float
    joke: float
    news: float
    insult: float
    question: float
    short: float
    title: float
    """A press title shared with its link, word for word."""

    def weights(self, leaning: float) -> list[float]:
        """The cumulative weights for one author, who leans from support (0) to anger (1)."""
        angry, kind = 0.3 + 1.4 * leaning, 1.7 - 1.4 * leaning
        return list(
            accumulate(
                (
                    self.support * kind,
                    self.criticism * angry,
                    self.joke,
                    self.news,
                    self.insult * angry,
                    self.question,
                    self.short,
                    self.title,
                )
            )
        )


DEBATE = Mood(support=20, criticism=30, joke=13, news=10, insult=9, question=10, short=4, title=3)
ANGER = Mood(support=2, criticism=36, joke=10, news=6, insult=22, question=8, short=11, title=5)

KINDS = ("support", "criticism", "joke", "news", "insult", "question", "short", "title")


class Crowd:
    """Writes the posts of ordinary people on one scene."""

    def __init__(self, scene: Scene, mood: Mood, clock: Clock) -> None:
        self.scene = scene
        self.mood = mood
        self.clock = clock
        self.random: Random = scene.random
        self.titles: list[str] = []  # ids of posts that carry a press title word for word
        self.daily = Everyday(scene)

    def about_target(self, person: Person, count: int, short_rule: str = "short") -> list[Post]:
        """`count` posts of one person about the target, in the crowd's mood."""
        weights = self.mood.weights(person.leaning)
        posts = []
        for _ in range(count):
            second = self.clock.draw(self.random, person.account.created_at + HOUR)
            viral = None
            if self.random.random() < REPOSTS_ON_TARGET:
                viral = self.scene.viral_before(second)
            if viral is not None:
                posts.append(self.repost(person, second, viral, "query"))
                continue
            kind = self.random.choices(KINDS, cum_weights=weights)[0]
            posts.append(self.remark(person, second, kind, short_rule))
        return posts

    def timeline(self, person: Person, count: int) -> list[Post]:
        """`count` posts of one person about other things, since the history began."""
        return self.daily.timeline(person, count)

    def repost(self, person: Person, second: int, original: Post, route: str) -> Post:
        """The person reposts a public original, whose author the scene knows."""
        return self.scene.desk.repost(
            person.account,
            second,
            original,
            self.scene.author(original),
            person.client(self.random),
            route=route,
        )

    def remark(self, person: Person, second: int, kind: str, short_rule: str = "short") -> Post:
        """One post of a kind (of `KINDS`) about the target, in the person's own words."""
        title = self.scene.title_at(second) if kind == "title" else None
        if title is not None:
            post = self.scene.desk.post(
                person.account,
                second,
                f"{title.text} @{TARGET} via @{self.scene.press.handle}",
                "fr",
                person.sharing_client(self.random),
                mentions=(self.scene.target.account_id, self.scene.press.account_id),
                url=title.url,
            )
            self.titles.append(post.post_id)
            return post
        rule = {"short": short_rule, "title": "news"}.get(kind, kind)
        said = french(voice("crowd_fr").say(rule, self.random))
        return self._addressed(person, second, person.style.apply(said, self.random), kind)

    def _addressed(self, person: Person, second: int, said: str, kind: str) -> Post:
        """Put the mention where people put it: in front of replies, else at either end."""
        random, scene = self.random, self.scene
        spot = random.random()
        known = scene.latest_of_target(second)
        answers = known if spot < 0.6 and kind != "news" else None
        quotes = known if 0.6 <= spot < 0.68 else None
        front = answers is not None or (kind == "short" and quotes is None)
        text = f"@{TARGET} {said}" if front else f"{said} @{TARGET}"
        url = None
        if quotes is not None:
            url = f"https://twitter.com/{TARGET}/status/{quotes.post_id}"
        elif kind == "news" and random.random() < 0.5:
            url = (
                f"https://journal-{int(random.random() * 40)}.example/{int(random.random() * 1e6)}"
            )
        return scene.desk.post(
            person.account,
            second,
            text,
            "fr",
            person.sharing_client(random) if kind == "news" else person.client(random),
            mentions=(scene.target.account_id,),
            url=url,
            answers=answers,
            quotes=quotes,
            reply_to=scene.target.account_id if front else None,
            fame=1.5,
        )
