"""Mastodon: many instances with one API, each of which knows what reached it.

An account's own instance is asked about it: it alone has all its posts, the applications they were
written with, and the right to say that the account is gone. Where it does not answer, the instance
of the target is asked for its copy. Endpoints by docs.joinmastodon.org/methods.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import ClassVar
from urllib.parse import parse_qs, quote, urlsplit

from analyzers.model.case import Window
from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Public, Text
from bot.collect.answers import moment, object_in, objects_in
from bot.collect.handles import Handle, PostUrl, parse
from bot.collect.http import Answer, Ask, Exhausted, Failure, Http
from bot.collect.mastodon_pages import (
    became,
    cursor_of,
    items_of,
    name_of,
    people_of,
    wants_token,
)
from bot.collect.pages import Pages
from bot.collect.platform import Aim, Checked, Listing, Route, Sizes, Turn
from bot.config import MastodonSettings

_POSTS, _FOLLOWS, _FOUND = 40, 80, 40
"""Most items of a timeline, of a list of followers and of a search, by the methods' own pages."""

_OPEN = 200
"""Threads opened under an account's own posts, the newest with answers: each costs a call."""

_TAGS, _TAG_PAGES = 3, 10
"""Hashtags followed, the most used of the target's own posts, and pages of each: a common one goes
on for ever, and few of its posts are about the target."""

_DAY = timedelta(days=1)

TOKENS_VARIABLE = "LIMIER_COLLECT__MASTODON__TOKENS"


class Mastodon:
    """Collects from instances, from that of the target on."""

    name: ClassVar[str] = "mastodon"
    sizes: ClassVar[Sizes] = Sizes(
        calls_a_minute=60,  # 300 in five minutes, docs.joinmastodon.org/api/rate-limits
    )

    def __init__(self, settings: MastodonSettings) -> None:
        self._settings = settings
        self._hosts: dict[str, str] = {}
        """Instances by the host and port of their addresses."""
        self._here = ""
        """The instance from which the target is looked at."""
        self._numbers: dict[str, dict[str, str]] = {}
        """For each account of tables, its number on each instance that showed it."""
        self._silent: dict[str, Text] = {}
        """Instances that did not answer, with the sentence: none is waited for twice."""

    def _base(self, host: str) -> str:
        return self._settings.servers.get(host, f"https://{host}").rstrip("/")

    def _ask(self, host: str, path: str, *params: tuple[str, str]) -> Ask:
        ask = Ask(f"{self._base(host)}/api/{path}", params)
        self._hosts[_root(ask.url)] = host
        return ask

    def _instance(self, address: str) -> str:
        return self._hosts.get(_root(address), "")

    async def fetch(self, http: Http, ask: Ask) -> Answer:
        """Get a page with the instance's own token, if there is one; see `Platform.fetch`."""
        host = self._instance(ask.url)
        if host in self._silent:
            raise Failure(self._silent[host])
        try:
            answer = await http.get(replace(ask, token=self._settings.tokens.get(host)))
        except Failure as failure:
            if host == self._here:
                raise
            self._silent[host] = failure.text
            raise Failure(failure.text) from None  # even when it is exhausted: others answer
        if wants_token(answer):
            raise Failure(self._refusal(host))
        return answer

    def _refusal(self, host: str) -> Text:
        if host in self._settings.tokens:
            return Text(
                "{host} refuses the token that it was given, or shows this to nobody: make a new "
                "one there under Preferences, Development, with the right to read.",
                host=Code(host),
            )
        return Text(
            "{host} answers only to those who have a token: make one there under Preferences, "
            "Development, with the right to read, and put it into the environment variable "
            "{variable}.",
            host=Code(host),
            variable=Code(TOKENS_VARIABLE),
        )

    def dollars(self, ask: Ask, answer: Answer | None) -> float:
        """Nothing: instances are free."""
        return 0.0

    def lacks(self, wanted: Handle | PostUrl) -> Sequence[Text]:
        """What no instance gives, and what this one does not give without a token."""
        host = wanted.host if isinstance(wanted, PostUrl) else wanted.name.partition("@")[2]
        every = [
            Text("No instance of Mastodon knows the whole network: each has the posts it received.")
        ]
        if host not in self._settings.tokens:
            if isinstance(wanted, Handle) and not self._settings.tokens:
                every.append(
                    Text(
                        "Without a token of {host}, posts that name the target on their own are "
                        "not found, only answers under its posts and its most used hashtags.",
                        host=Code(host),
                    )
                )
            every.append(
                Text(
                    "Without a token, {host} shows at most 60 answers under a post.",
                    host=Code(host),
                )
            )
        return every

    async def find(self, pages: Pages, wanted: Handle | PostUrl) -> Aim:
        """Look up an account on its own instance, or a post where its address leads."""
        if isinstance(wanted, PostUrl):
            return await self._find_post(pages, wanted)
        user, _, home = wanted.name.partition("@")
        answer = await self._look_up(pages, user, home)
        found = object_in(answer)
        name, number = name_of(found), found.get("id")
        if answer.status != 200 or name is None or not isinstance(number, str):
            raise Failure(
                Text(
                    "{handle} is not on {host}, or not any more: check how it is written.",
                    handle=Public(f"@{wanted.name}"),
                    host=Code(home),
                )
            )
        self._here = self._instance(answer.address)
        self._numbers.setdefault(name, {})[self._here] = number
        return Aim(name, name[1:], (name,))

    async def _look_up(self, pages: Pages, user: str, home: str) -> Answer:
        """The account as its own instance shows it, else as one does that gave a token."""
        try:
            return await pages.one(self._lookup(home, user), "account")
        except Exhausted:
            raise
        except Failure:
            for host in sorted(self._settings.tokens):
                if host != home:
                    return await pages.one(self._lookup(host, f"{user}@{home}"), "account")
            raise

    def _lookup(self, host: str, acct: str) -> Ask:
        return self._ask(host, "v1/accounts/lookup", ("acct", acct))

    async def _find_post(self, pages: Pages, wanted: PostUrl) -> Aim:
        ask = self._ask(wanted.host, f"v1/statuses/{quote(wanted.key, safe='')}")
        answer = await pages.one(ask, "context")
        found = object_in(answer)
        self._learn(wanted.host, [found])
        account = found.get("account")
        name = name_of(account) if isinstance(account, dict) else None
        if answer.status != 200 or name is None:
            raise Failure(
                Text("{host} shows no such post, or not any more.", host=Code(wanted.host))
            )
        self._here = wanted.host
        user = name[1:].removesuffix(f"@{wanted.host}")
        target = f"https://{wanted.host}/@{user}/{wanted.key}"  # answers name it by its number here
        return Aim(name, name[1:], (target,), wanted.key)

    async def searches(
        self, pages: Pages, aim: Aim, window: Window, most: int
    ) -> Sequence[Listing]:
        """Searches where there is a token; answers under the aim's own posts, and their tags."""
        if aim.post_id is not None:
            return [self._thread(aim.post_id)]
        found = [self._search(host, aim, window, most) for host in sorted(self._settings.tokens)]
        return [*found, *await self._around(pages, aim, window, most)]

    def _search(self, host: str, aim: Aim, window: Window, most: int) -> Listing:
        """Posts that a token may find by words; days, a little wider, by operators of 4.2."""
        span = [
            f"{word}:{(at + aside).date().isoformat()}"
            for word, at, aside in (("after", window.since, -_DAY), ("before", window.until, _DAY))
            if at is not None
        ]
        words = " ".join((aim.handle.partition("@")[0], *span))
        params = (("q", words), ("type", "statuses"), ("limit", str(_FOUND)))
        return Listing(self._ask(host, "v2/search", *params), "query", pages=most)

    def _thread(self, number: str) -> Listing:
        path = f"v1/statuses/{quote(number, safe='')}/context"
        return Listing(self._ask(self._here, path), "query")

    async def _around(self, pages: Pages, aim: Aim, window: Window, most: int) -> list[Listing]:
        """Threads under the aim's own posts of the window, the newest first, and its hashtags."""
        own = replace(self.timeline(aim.account_id, window.since, most), route="context")
        answered: list[str] = []
        tags: Counter[str] = Counter()
        async for answer, _ in pages.walk(own):
            for item in items_of(answer):
                at = moment(item.get("created_at"))
                if at is None or item.get("reblog") or not _within(at, window):
                    continue
                tags.update(str(one.get("name")).lower() for one in objects_in(item.get("tags")))
                if item.get("replies_count"):
                    answered.append(str(item.get("id")))
        threads = [self._thread(number) for number in dict.fromkeys(answered)]
        ranked = sorted(tags, key=lambda tag: (-tags[tag], tag))
        return [
            *threads[:_OPEN],
            *(self._tag(tag, window, min(most, _TAG_PAGES)) for tag in ranked[:_TAGS]),
        ]

    def _tag(self, tag: str, window: Window, most: int) -> Listing:
        path = f"v1/timelines/tag/{quote(tag, safe='')}"
        ask = self._ask(self._here, path, ("limit", str(_POSTS)))
        return Listing(ask, "query", pages=most, since=window.since)

    def timeline(self, account_id: str, since: datetime | None, most: int) -> Listing:
        """An account's posts, answers and reposts, newest first, from its own instance."""
        host, number = self._place(account_id)
        ask = self._ask(host, f"v1/accounts/{number}/statuses", ("limit", str(_POSTS)))
        return Listing(ask, "timeline", account_id, most, since)

    def circle(self, account_id: str, most: int) -> Sequence[Listing]:
        """Followers and followed, from the account's own instance: others know only their own."""
        host, number = self._place(account_id)
        if host != _home(account_id):
            return []
        return [
            Listing(
                self._ask(host, f"v1/accounts/{number}/{path}", ("limit", str(_FOLLOWS))),
                route,
                account_id,
                most,
            )
            for path, route in _CIRCLE
        ]

    def _place(self, account_id: str) -> tuple[str, str]:
        """The instance to ask about an account, and its number there: its own, if that answered."""
        numbers = self._numbers.get(account_id, {})
        for host in (_home(account_id), self._here, *sorted(numbers)):
            if host in numbers and host not in self._silent:
                return host, quote(numbers[host], safe="")
        raise Failure(Text("An account is known to no instance that answers."))

    def turn(self, listing: Listing, answer: Answer) -> Turn:
        """Read a page's items, times and its header Link; a search counts what it showed."""
        if answer.status != 200:
            return Turn()
        items = items_of(answer)
        self._learn(self._instance(listing.first.url), items)
        ids = [name_of(one) or str(one.get("uri") or one.get("id")) for one in items]
        times = [at for one in items if (at := moment(one.get("created_at"))) is not None]
        if "acct" in (items[0] if items else {}):
            times = []  # of accounts, whose dates say nothing of the list
        return Turn(
            self._onward(listing, answer, len(items)),
            tuple(ids),
            max(times, default=None),
            min(times, default=None),
        )

    def _onward(self, listing: Listing, answer: Answer, shown: int) -> Ask | None:
        first = listing.first
        if first.url.endswith("/search"):
            if shown < _FOUND:
                return None
            before = parse_qs(urlsplit(answer.address).query).get("offset", ["0"])[0]
            return replace(first, params=(*first.params, ("offset", str(int(before) + shown))))
        cursor = cursor_of(answer)
        return replace(first, params=(*first.params, ("max_id", cursor))) if cursor else None

    def _learn(self, host: str, items: list[dict[str, object]]) -> None:
        for name, number in people_of(items):
            self._numbers.setdefault(name, {}).setdefault(host, number)

    async def profiles(self, pages: Pages, accounts: Sequence[str]) -> None:
        """Nothing is asked for: lists of followers hold whole profiles."""

    async def check(
        self, pages: Pages, accounts: Sequence[str], since: datetime | None
    ) -> Sequence[Checked]:
        """Ask each account's own instance, which alone can say that it is suspended or deleted."""
        checked: dict[str, Checked] = {}

        async def one(account: str) -> None:
            try:
                parse(account, "mastodon")
            except BadInput:  # a server may write anything where a name of an instance belongs
                return
            user, _, home = account[1:].partition("@")
            answer = await pages.one(self._lookup(home, user), "account", account)
            status, found = became(answer), object_in(answer)
            if status is None or (answer.status == 200 and name_of(found) != account):
                return  # of another name there, or no instance that says so
            if isinstance(number := found.get("id"), str):
                self._numbers.setdefault(account, {})[home] = number
            checked[account] = Checked(account, answer.at, status)

        await pages.each(one, sorted(set(accounts)))
        return [checked[account] for account in sorted(checked)]


_CIRCLE: tuple[tuple[str, Route], ...] = (("followers", "followers"), ("following", "follows"))


def _home(account_id: str) -> str:
    return account_id.rpartition("@")[2]


def _root(url: str) -> str:
    """What an instance's addresses begin with."""
    return url.partition("/api/")[0]


def _within(at: datetime, window: Window) -> bool:
    return (window.since is None or at >= window.since) and (
        window.until is None or at < window.until
    )
