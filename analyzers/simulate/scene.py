"""The public stage all scenarios share: the target, the press, and what everybody can see."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from random import Random

from analyzers.simulate.campaign import Account, Happening, Post
from analyzers.simulate.clock import DAY, HOUR, at, ordinary_clock
from analyzers.simulate.figures import enrol
from analyzers.simulate.ids import Mint
from analyzers.simulate.listing import lines
from analyzers.simulate.people import Register
from analyzers.simulate.speak import CHAT, TRADE, french, speak, voice
from analyzers.simulate.writing import Desk, shorten

TARGET = "ex_ministre"
HISTORY = at("2018-01-01T00:00")
"""How far back timelines were collected."""
SEARCH = at("2019-01-21T00:00")
"""Since when posts that mention the target were searched."""
TRIAL_END = at("2019-02-08T08:00")
COLLECTED = at("2019-02-10T20:00")
"""When collection ended: before the second status check, by which most of the farm was gone."""

EVENTS = (
    Happening(at("2019-01-24T19:00"), "Televised interview", at("2019-01-24T21:00")),
    Happening(at("2019-02-04T08:00"), "Trial opens", at("2019-02-04T18:00")),
    Happening(TRIAL_END, "Last day of the trial", at("2019-02-08T18:00")),
)

BURSTS = {
    (at("2019-01-24T18:00"), at("2019-01-25T02:00")): 3.0,
    (at("2019-02-04T08:00"), at("2019-02-05T00:00")): 2.5,
    (TRIAL_END, at("2019-02-10T02:00")): 4.0,
}
"""How much more people write about the target while something happens."""

_TARGET_POSTS = """
Je respecte la justice de mon pays et je répondrai à toutes les questions.
Merci pour vos messages, ils me touchent.
Le procès est public, chacun peut juger sur pièces.
Ce soir je reviens sur mes années au gouvernement.
On peut se tromper et rester honnête.
Dernier jour d'audience. Je fais confiance aux juges.
J'ai dit ce que j'avais à dire, le reste appartient au tribunal.
Pensées pour les habitants des vallées touchées par la neige.
"""
_TITLES = """
Procès de l'ancien ministre : les cinq questions que pose la dernière audience
Au tribunal, l'ancien ministre refuse de parler de trahison
Notes de frais : le calendrier qui embarrasse l'ancien ministre
Ancien ministre jugé : ce que risquent les trois prévenus
Portrait : l'ascension et la chute d'un ministre discret
"""
_VIRAL = """
Le plus drôle de ce procès : on a passé plus de temps sur le café que sur le fond. @{target}
Rappel utile : une audience n'est pas un spectacle, et un jugement n'est pas un sondage. @{target}
Si quelqu'un cherche ses promesses de 2012, elles sont au vestiaire du tribunal. @{target}
J'ai couvert vingt procès, rarement vu une salle aussi pleine. Fil ⬇️ @{target}
Question de fond : pourquoi faut-il attendre sept ans pour juger un ministre ? @{target}
Chapeau à la greffière qui a relu trois cents pages sans boire une goutte. @{target}
"""
_ORIGINALS = 160  # a language: enough that two accounts seldom share a recent one by chance


@dataclass(frozen=True, slots=True)
class Library:
    """Public posts of one language that others repost, by time."""

    posts: tuple[Post, ...]
    times: tuple[int, ...]

    def before(self, second: int, random: Random) -> Post:
        """One of the eight latest originals at that time."""
        last = max(1, bisect_right(self.times, second))
        return self.posts[max(0, last - 8) + int(random.random() * min(8, last))]


@dataclass(frozen=True, slots=True)
class Title:
    """A press article: its title, its address, and when it appeared."""

    text: str
    url: str
    since: int


class Scene:
    """Everything public, made before anyone ordinary writes."""

    def __init__(self, random: Random, mint: Mint) -> None:
        self.random = random
        self.mint = mint
        self.desk = Desk(random, mint)
        self.register = Register(random, mint, HISTORY, COLLECTED)
        self.target = self._public(TARGET, "Ancien ministre", "2010-03-02T10:00", 900)
        self.press = self._public("gazette_du_soir", "La Gazette du Soir", "2009-05-11T08:00", 2500)
        self.wit = self._public("le_rire_jaune", "Le Rire Jaune", "2012-09-01T08:00", 700)
        self.deputy = self._public("depute_du_canal", "Député du Canal", "2011-06-20T08:00", 120)
        self.target_posts = self._by_target()
        self.titles = tuple(
            Title(text, f"https://gazette-du-soir.example/proces/{3100 + 17 * number}", since)
            for number, (text, since) in enumerate(
                zip(lines(_TITLES), _spread(SEARCH + 2 * DAY, COLLECTED - DAY, 5), strict=True)
            )
        )
        self.press_posts = self._by_press()
        self.viral = self._viral()
        self._libraries: dict[str, Library] = {}

    @property
    def context(self) -> list[Post]:
        """The public posts that a dump shows only inside others."""
        shared = [post for library in self._libraries.values() for post in library.posts]
        return [*self.target_posts, *self.viral, *shared]

    @cached_property
    def figures(self) -> tuple[Account, ...]:
        """The other public figures, in the order of `FIGURES`, once anybody speaks to them."""
        return enrol(self.register)

    def library(self, language: str) -> Library:
        """The public posts in one language, or `und` for pictures and bare links."""
        if language not in self._libraries:
            self._libraries[language] = self._stock(language)
        return self._libraries[language]

    def latest_of_target(self, second: int) -> Post:
        """The last post the target wrote before a moment, or the first one."""
        known = [post for post in self.target_posts if post.created_at < second]
        return known[-1] if known else self.target_posts[0]

    def viral_before(self, second: int) -> Post | None:
        """A widely reposted post about the target that already exists, or nothing."""
        known = [post for post in self.viral if post.created_at < second]
        return self.random.choice(known) if known else None

    def author(self, post: Post) -> Account:
        return self.register.by_id[post.account_id]

    def title_at(self, second: int) -> Title | None:
        """A press title that has already appeared, or nothing."""
        known = [title for title in self.titles if title.since < second]
        return self.random.choice(known) if known else None

    def _public(self, handle: str, name: str, created: str, fame: float) -> Account:
        return self.register.account(
            at(created), "fr", handle=handle, name=name, bio=name, location="France", fame=fame
        )

    def _by_target(self) -> tuple[Post, ...]:
        said = lines(_TARGET_POSTS)
        times = _spread(SEARCH - 3 * DAY, TRIAL_END + 6 * HOUR, len(said))
        return tuple(
            self.desk.post(
                self.target, time, text, "fr", "Twitter for iPhone", fame=400, route="context"
            )
            for text, time in zip(said, times, strict=True)
        )

    def _by_press(self) -> tuple[Post, ...]:
        return tuple(
            self.desk.post(
                self.press,
                title.since,
                f"{title.text} @{TARGET}",
                "fr",
                "TweetDeck",
                mentions=(self.target.account_id,),
                url=title.url,
                fame=300,
            )
            for title in self.titles
        )

    def _viral(self) -> tuple[Post, ...]:
        said = lines(_VIRAL)
        times = _spread(SEARCH + DAY, COLLECTED - 2 * DAY, len(said))
        authors = (self.wit, self.deputy)
        return tuple(
            self.desk.post(
                authors[number % 2],
                time,
                text.format(target=TARGET),
                "fr",
                "Twitter for iPhone",
                mentions=(self.target.account_id,),
                fame=900,
                route="context",
            )
            for number, (text, time) in enumerate(zip(said, times, strict=True))
        )

    def _stock(self, language: str) -> Library:
        random = Random(f"{language}:{self.random.random()}")
        profile = "en" if language == "und" else language
        authors = [
            self.register.account(HISTORY - (40 + number * 23) * DAY, profile, location="", fame=60)
            for number in range(30)
        ]
        clock = ordinary_clock(HISTORY - 10 * DAY, COLLECTED - DAY)
        times = sorted(clock.draw(random) for _ in range(_ORIGINALS))
        posts = tuple(
            self.desk.post(
                random.choice(authors),
                time,
                _original(language, random),
                language,
                "Twitter for iPhone",
                url=f"https://pic.example/{random.randrange(10**9)}" if language == "und" else None,
                fame=200,
                route="context",
            )
            for time in times
        )
        return Library(posts, tuple(times))


def _original(language: str, random: Random) -> str:
    if language == "und":
        return ""
    if language == "fr":
        return shorten(french(voice("voice_fr").say("everyday", random)))
    return f"{speak(language, random, CHAT)}. {speak(language, random, CHAT + TRADE)}."


def _spread(since: int, until: int, count: int) -> list[int]:
    """`count` moments from `since` to `until`, a little off an even grid."""
    step = (until - since) / max(1, count - 1)
    return [int(since + step * number) + 137 * number % 3_000 for number in range(count)]
