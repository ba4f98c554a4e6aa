"""Invented accounts: names, profiles, creation dates, clients and habits of ordinary people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from analyzers.simulate.campaign import Account
from analyzers.simulate.clock import DAY, at
from analyzers.simulate.ids import Mint
from analyzers.simulate.listing import listed
from analyzers.simulate.ways import PLAIN, Ways
from analyzers.simulate.writing import Style

CLIENTS = {
    "Twitter for iPhone": 36,
    "Twitter for Android": 37,
    "Twitter Web Client": 16,
    "TweetDeck": 3,
    "Twitter for iPad": 3,
    "Twitter Lite": 2,
    "Twitter Web App": 1,
    "Tweetbot for iOS": 1,
    "Hootsuite Inc.": 1,
}
"""Percent of ordinary authors by main client, early 2019. Orders of magnitude of French political
collections of that winter (phones near three quarters, the old web client near a sixth, its
successor just appearing)."""

CREATED = {
    2008: 1, 2009: 6, 2010: 7, 2011: 12, 2012: 14, 2013: 11, 2014: 9, 2015: 8, 2016: 8,
    2017: 9, 2018: 12, 2019: 4,
}  # fmt: skip
"""Percent of ordinary authors by year of creation, early 2019: waves of 2011-13, and a few new
ones. 4 % made in the six weeks before stands for a heated public debate, which draws newcomers."""

AGES = {
    "waves": CREATED,
    "steady": dict.fromkeys(range(2009, 2019), 10),
    "newcomers": {2009: 3, 2011: 12, 2013: 12, 2015: 10, 2016: 10, 2017: 18, 2018: 25, 2019: 10},
}
"""Other models of when ordinary accounts were made, to judge weights on what they never saw."""

PROFILE_LANGUAGES = {"fr": 90, "en": 8, "es": 1, "pt": 1}
"""Percent of French-speaking authors by interface language; some keep the English default. Of
bilingual people, `ways` sets more to their second language."""

_FIRST = listed(
    """
    Julie Marc Lucie Hugo Ines Paul Nadia Leo Clara Yann Sarah Tom Elsa Karim Rose Denis Manon
    Gilles Fanny Bruno Alice Remi Zoe Luc Emma Eric Lola Farid Jade Simon Maya Ivan Nina Joel
    Lise Ali Anne Theo Mila Guy Louise Max Eve Sacha Noe Rita Felix Ada Jean Cleo
    """
)
_LAST = listed(
    """
    Lune Bastide Corail Dumoulin Ferrand Galet Houle Jonquet Lavande Meunier Noyer Ormeau
    Pivoine Ravel Sorbier Tilleul Verger Aubepin Brume Cigale Dune Etang Falaise Grive Hulotte
    Iris Jasmin Loriot Marais Nacre Olivier Pinson Roseau Sable Tourbe Vallon
    """
)
_BIOS = listed(
    """
    Amateur de bonne cuisine | Prof, parfois râleur | Fan de vélo et de rugby | Maman de trois
    garçons | Rien à déclarer | Citoyen du Sud-Ouest | Ici pour lire | Infirmière et fière de
    l'être | Foot, jazz, jardin | Mes propos n'engagent que moi | Étudiant en histoire |
    Retraité actif | Lectrice compulsive | Cheminot | Breton avant tout | Curieuse de tout |
    Mécano et musicien |
    """,
    "|",
)
_PLACES = listed(
    """
    France | Paris | Lyon | Bretagne | Marseille | Lille | Toulouse | Nantes |  |  |  | Bordeaux
    | Strasbourg | Nice
    """,
    "|",
)

LONGEST_HANDLE = 15
"""The most letters X allows in a handle."""


@dataclass(frozen=True, slots=True)
class Person:
    """An ordinary author: a profile, the apps used, ways of writing and a leaning, 0 to 1."""

    account: Account
    style: Style
    main_client: str
    second_client: str
    leaning: float
    language: str = "fr"
    ways: Ways = PLAIN

    def client(self, random: Random) -> str:
        """The app of one post written by hand."""
        return self.main_client if random.random() < 0.85 else self.second_client

    def sharing_client(self, random: Random) -> str:
        """The app of one post that shares an article: half of the time the tool that plans them."""
        if self.ways.planner is not None and random.random() < 0.5:
            return self.ways.planner.client
        return self.client(random)


class Register:
    """Creates accounts with unique handles and ids, and remembers them in order."""

    def __init__(self, random: Random, mint: Mint, since: int, until: int) -> None:
        """`since` and `until` bound the history in which its people change their ways."""
        self.random = random
        self.span = (since, until)
        self.mint = mint
        self.by_id: dict[str, Account] = {}
        self._handles: set[str] = set()

    def account(
        self,
        created_at: int,
        profile_language: str,
        *,
        handle: str | None = None,
        name: str | None = None,
        bio: str | None = None,
        location: str | None = None,
        fame: float = 1.0,
    ) -> Account:
        """A new account, its gaps filled at random; `fame` scales its followers."""
        random = self.random
        first, last = random.choice(_FIRST), random.choice(_LAST)
        account = Account(
            account_id=self.mint.account(created_at),
            handle=self._unique(handle, first, last),
            display_name=name or random.choice((first, f"{first} {last}", f"{first} {last[0]}.")),
            created_at=created_at,
            profile_language=profile_language,
            bio=random.choice(_BIOS).strip() if bio is None else bio,
            location=random.choice(_PLACES) if location is None else location,
            followers=int(fame * random.lognormvariate(5.0, 1.4)),
            following=int(random.lognormvariate(5.6, 1.0)),
            posts=int(random.lognormvariate(7.6, 1.3)) + 400,
        )
        self.by_id[account.account_id] = account
        return account

    def _unique(self, wanted: str | None, first: str, last: str) -> str:
        if wanted is not None:
            handle = wanted
        else:
            base = self.random.choice((f"{first}_{last}", f"{first}{last}", f"{last}{first[:3]}"))
            number = str(self.random.randrange(10, 99999))
            handle = base[: LONGEST_HANDLE - len(number)] + number
        while handle in self._handles:
            number = str(self.random.randrange(100_000, 9_999_999))
            handle = handle[: LONGEST_HANDLE - len(number)] + number
        self._handles.add(handle)
        return handle

    def person(
        self,
        latest: int,
        *,
        years: Mapping[int, int] = CREATED,
        writes: str = "fr",
        fame: float = 1.0,
    ) -> Person:
        """An ordinary author, whose account exists since `latest` at the latest.

        `years` weighs the years of creation; `writes` is the language of daily life, in which
        the interface is then set as well unless it is French.
        """
        random = self.random
        year = random.choices(list(years), cum_weights=list(accumulate(years.values())))[0]
        start, end = at(f"{year}-01-01T00:00"), min(at(f"{year + 1}-01-01T00:00"), latest)
        created = int(start + random.random() * max(DAY, end - start - DAY))
        ways = Ways.draw(random, writes, created, *self.span)
        language = random.choices(list(PROFILE_LANGUAGES), cum_weights=_LANGUAGE_WEIGHTS)[0]
        language = ways.interface(random) or language
        main, second = random.choices(list(CLIENTS), cum_weights=_CLIENT_WEIGHTS, k=2)
        return Person(
            self.account(created, language if writes == "fr" else writes, fame=fame),
            Style.draw(random),
            main,
            second,
            random.random(),
            writes,
            ways,
        )


_LANGUAGE_WEIGHTS = list(accumulate(PROFILE_LANGUAGES.values()))
_CLIENT_WEIGHTS = list(accumulate(CLIENTS.values()))
