"""Instances that speak Mastodon's language on one port: an attack on a target amid ordinary people.

The first part of a path names the instance. Each shows its own people in full and, of others, the
posts that reached it. It counts what it is asked.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web

from tests.bot.collect.network import iso

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
SINCE, UNTIL = START - timedelta(days=2), START + timedelta(days=5)
TOWN, HILL, QUIET = "town.example", "hill.example", "quiet.example"
TARGET = f"mayor@{TOWN}"
TOKEN = "t0ken-of-a-reader"

_WORDS = ("liar", "clown", "coward", "fraud", "failure", "nobody", "puppet", "windbag", "fool")
_TALK = (
    *("weather", "bread", "train", "garden", "music", "match", "school", "river", "market"),
    *("window", "lamp", "coffee", "ladder", "winter", "bridge", "letter", "engine", "forest"),
)


@dataclass
class Person:
    number: int
    user: str
    home: str
    created: datetime
    suspended: bool = False
    gone: bool = False
    posts: list[dict[str, Any]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"@{self.user}@{self.home}"

    def at(self, host: str) -> dict[str, Any]:
        """The account as an instance shows it: every instance has its own numbers."""
        return {
            "id": number_at(self.number, host),
            "username": self.user,
            "acct": self.user if host == self.home else f"{self.user}@{self.home}",
            "display_name": self.user.title(),
            "created_at": self.created.strftime("%Y-%m-%dT00:00:00.000Z"),
            "note": "<p>about</p>",
            "url": f"https://{self.home}/@{self.user}",
            "followers_count": 12,
            "following_count": 3,
            "statuses_count": len(self.posts),
            **({"suspended": True} if self.suspended and host == self.home else {}),
        }


def number_at(number: int, host: str) -> str:
    return str(1_000_000 * (1 + (TOWN, HILL, QUIET).index(host)) + number)


class Fediverse:
    """Two instances and one that answers only those who have a token."""

    def __init__(self, attackers: int = 20, ordinary: int = 40, seed: int = 1) -> None:
        dice = random.Random(seed)
        self.asked: Counter[str] = Counter()
        self.tokens: Counter[str] = Counter()
        self.closed = {QUIET}
        self.people = [Person(0, "mayor", TOWN, START - timedelta(days=900))]
        for n in range(1, 1 + attackers + ordinary):
            home = HILL if n % 3 else TOWN
            days = 20 + n if n <= attackers else 400 + 3 * n
            self.people.append(Person(n, f"person{n}", home, START - timedelta(days=days)))
        self.attackers = {one.name for one in self.people[1 : attackers + 1]}
        self._made = 0
        own = self._post(self.people[0], START, "The new bridge opens on Monday", tags=("bridge",))
        for n, person in enumerate(self.people[1:], 1):
            for day in range(50):
                words = " ".join(dice.sample(_TALK, 5))
                self._post(person, START - timedelta(days=60 - day, minutes=n), words)
            if n <= attackers:
                word = _WORDS[n % len(_WORDS)]
                text = f"what a {word} you are, resign today before the whole town laughs at you"
            else:
                text = f"{' '.join(dice.sample(_TALK, 6))} {n}"
            self._post(person, START + timedelta(hours=n), f"@mayor {text}", reply=own)

    def _post(
        self,
        person: Person,
        at: datetime,
        text: str,
        reply: dict[str, Any] | None = None,
        tags: tuple[str, ...] = (),
    ) -> dict[str, Any]:
        self._made += 1
        post = {
            "number": self._made,
            "by": person,
            "created_at": at,
            "text": text,
            "reply": reply,
            "tags": tags,
        }
        person.posts.insert(0, post)
        return post

    def status(self, post: dict[str, Any], host: str) -> dict[str, Any]:
        person: Person = post["by"]
        mayor, reply = self.people[0], post["reply"]
        key = f"1{post['number']:06d}"
        named = {
            "id": number_at(0, host),
            "username": "mayor",
            "acct": mayor.at(host)["acct"],
            "url": f"https://{TOWN}/@mayor",
        }
        app = {"application": {"name": "Tusky"}} if host == person.home else {}
        return {
            "id": f"9{key}" if host == HILL else key,
            "uri": f"https://{person.home}/users/{person.user}/statuses/{key}",
            "url": f"https://{person.home}/@{person.user}/{key}",
            "created_at": iso(post["created_at"]),
            "account": person.at(host),
            "content": f"<p>{post['text']}</p>",
            "visibility": "public",
            "language": "en",
            "reblog": None,
            "in_reply_to_id": f"1{reply['number']:06d}" if reply else None,
            "in_reply_to_account_id": number_at(0, host) if reply else None,
            "mentions": [named] if reply else [],
            "tags": [{"name": tag} for tag in post["tags"]],
            "media_attachments": [],
            "favourites_count": 0,
            "reblogs_count": 0,
            "replies_count": 0 if person.number else len(self.people) - 1,
            **app,
        }

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/{host}/api/{path:.*}", self._answer)
        return app

    async def _answer(self, request: web.Request) -> web.Response:
        self.asked[request.path_qs] += 1
        host, parts = request.match_info["host"], request.match_info["path"].split("/")
        token = request.headers.get("Authorization")
        self.tokens[f"{host} {token}"] += 1
        if host in self.closed and token != f"Bearer {TOKEN}":
            return _error("Unauthorized: token not supplied", 401)
        match parts:
            case ["v1", "accounts", "lookup"]:
                return self._lookup(host, request.query["acct"])
            case ["v1", "accounts", number, "statuses"]:
                return self._statuses(host, number, request)
            case ["v1", "accounts", number, "followers" | "following"]:
                return self._followers(host, number, request)
            case ["v1", "statuses", _, "context"]:
                posts = [post for one in self.people for post in one.posts if post["reply"]]
                under = [self.status(post, host) for post in posts]
                return web.json_response({"ancestors": [], "descendants": under})
            case ["v1", "statuses", number]:
                return self._one(host, number)
            case ["v1", "timelines", "tag", tag]:
                posts = [p for one in self.people for p in one.posts if tag in p["tags"]]
                return web.json_response([self.status(post, host) for post in posts])
            case ["v2", "search"]:
                return self._search(host, token, request)
        return _error("Not Found", 404)

    def _lookup(self, host: str, acct: str) -> web.Response:
        for one in self.people:
            if one.at(host)["acct"] == acct:
                return _error("Record not found", 404) if one.gone else json(one.at(host))
        return _error("Record not found", 404)

    def _who(self, host: str, number: str) -> Person:
        return next(one for one in self.people if number_at(one.number, host) == number)

    def _statuses(self, host: str, number: str, request: web.Request) -> web.Response:
        person = self._who(host, number)
        if person.gone:
            return _error("Record not found", 404)
        posts = [] if person.suspended else person.posts
        return self._page([self.status(post, host) for post in posts], 40, request)

    def _followers(self, host: str, number: str, request: web.Request) -> web.Response:
        person = self._who(host, number)
        others = [one.at(host) for one in self.people if (one.number + person.number) % 5 == 0]
        return self._page(others, 80, request)

    def _one(self, host: str, number: str) -> web.Response:
        for one in self.people:
            for post in one.posts:
                if (status := self.status(post, host))["id"] == number:
                    return json(status)
        return _error("Record not found", 404)

    def _search(self, host: str, token: str | None, request: web.Request) -> web.Response:
        if token is None:
            return _error("Search queries by strangers are not allowed", 401)
        word, at = request.query["q"].split()[0], int(request.query.get("offset", "0"))
        posts = [post for one in self.people for post in one.posts if word in post["text"]]
        shown = posts[at : at + int(request.query["limit"])]
        return json({"accounts": [], "statuses": [self.status(post, host) for post in shown]})

    def _page(self, items: list[dict[str, Any]], most: int, request: web.Request) -> web.Response:
        limit, at = int(request.query["limit"]), int(request.query.get("max_id", "0"))
        assert limit <= most
        headers = {}
        if at + limit < len(items):  # another server's name, which is not to be followed
            url = f"https://elsewhere.example/api/x?limit={limit}&max_id={at + limit}"
            headers["Link"] = f'<{url}>; rel="next", <{url}&min_id=1>; rel="prev"'
        return web.json_response(items[at : at + limit], headers=headers)


def json(found: object) -> web.Response:
    return web.json_response(found)


def _error(words: str, status: int) -> web.Response:
    return web.json_response({"error": words}, status=status)
