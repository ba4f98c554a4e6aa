"""A small network that speaks Bluesky's protocol: an attack on a target amid ordinary people.

Everything is made by one seed, so it is the same at every start. It counts what it is asked.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
SINCE, UNTIL = START - timedelta(days=2), START + timedelta(days=5)
TARGET = "mayor.example"
ATTACKERS, ORDINARY = 20, 60

_OPENERS = (
    "@mayor.example what a {} you are, resign today before the whole town laughs at you",
    "@mayor.example what a {} you are, resign now before the whole town laughs at you",
)
_WORDS = ("liar", "clown", "coward", "fraud", "failure", "nobody", "puppet", "windbag", "fool")
_TALK = (
    *("weather", "bread", "train", "garden", "music", "match", "school", "river", "market"),
    *("window", "lamp", "coffee", "ladder", "winter", "bridge", "letter", "engine", "forest"),
)


def did(n: int) -> str:
    """A DID as the directory makes them: 24 letters of base 32."""
    letters = "abcdefghijklmnopqrstuvwxyz234567"
    return (
        "did:plc:"
        + "".join(letters[(n * 7 + k * (n + 3)) % 32] for k in range(21))
        + (letters[n // 1024 % 32] + letters[n // 32 % 32] + letters[n % 32])
    )


def iso(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


@dataclass
class Person:
    did: str
    handle: str
    created: datetime
    gone: str = ""
    posts: list[dict[str, Any]] = field(default_factory=list)
    followers: list[int] = field(default_factory=list)

    def view(self) -> dict[str, Any]:
        """As it stands beside a post, with a date of creation that is its owner's claim."""
        return {
            "did": self.did,
            "handle": self.handle,
            "displayName": self.handle.partition(".")[0].title(),
            "createdAt": iso(self.created - timedelta(days=1000)),
            "labels": [],
        }

    def profile(self) -> dict[str, Any]:
        counts = {"followersCount": len(self.followers), "followsCount": 7, "postsCount": 9}
        return self.view() | counts | {"description": "about"}


class Network:
    """The people, their posts and the endpoints. `before` may answer in place of them."""

    def __init__(self, attackers: int = ATTACKERS, ordinary: int = ORDINARY, seed: int = 1) -> None:
        self.dice = random.Random(seed)
        self.asked: Counter[str] = Counter()
        self.before: Callable[[web.Request], web.Response | None] = lambda _: None
        self.search_needs_token = False
        total = 1 + attackers + ordinary
        self.people = [
            Person(
                did(n),
                TARGET if n == 0 else f"person{n}.example",
                START - timedelta(days=20 + n if 0 < n <= attackers else 400 + 3 * n),
            )
            for n in range(total)
        ]
        self.attackers = {self.people[n].did for n in range(1, attackers + 1)}
        self.by_name = {one.handle: one for one in self.people}
        self.by_name |= {one.did: one for one in self.people}
        self._made = 0
        for n, person in enumerate(self.people):
            person.followers = self.dice.sample(range(total), min(total, 12))
            for day in range(30):
                words = " ".join(self.dice.sample(_TALK, 5))
                self._post(person, START - timedelta(days=40 - day, minutes=n), words)
            if n:
                self._address(n, person, attackers)
            else:
                self._post(person, START, "The new bridge opens on Monday")
        own = self.people[0].posts[-1]
        for n in range(1, total, 9):
            self._post(self.people[n], START + timedelta(hours=9, minutes=n), "I see", reply=own)
        own["replyCount"] = len(self._answers(own["uri"]))

    def _address(self, n: int, person: Person, attackers: int) -> None:
        if n <= attackers:
            text = self.dice.choice(_OPENERS).format(_WORDS[n % len(_WORDS)])
        else:
            words = self.dice.sample(_TALK, 6)
            text = f"@mayor.example {' '.join(words)} {n}"
        self._post(person, START + timedelta(hours=n), text, mentions=self.people[0].did)

    def _post(
        self,
        person: Person,
        at: datetime,
        text: str,
        mentions: str = "",
        reply: dict[str, Any] | None = None,
    ) -> None:
        self._made += 1
        facets = []
        if mentions:
            feature = {"$type": "app.bsky.richtext.facet#mention", "did": mentions}
            end = len("@mayor.example")
            facets = [{"index": {"byteStart": 0, "byteEnd": end}, "features": [feature]}]
        record: dict[str, Any] = {
            "$type": "app.bsky.feed.post",
            "text": text,
            "createdAt": iso(at),
            "langs": ["en"],
            "facets": facets,
        }
        if reply is not None:
            link = {"uri": reply["uri"], "cid": "bafy"}
            record["reply"] = {"root": link, "parent": link}
        person.posts.append(
            {
                "uri": f"at://{person.did}/app.bsky.feed.post/3k{self._made:011d}",
                "cid": "bafy",
                "author": person.view(),
                "record": record,
                "indexedAt": iso(at),
                "likeCount": 0,
                "replyCount": 0,
                "quoteCount": 0,
            }
        )

    def _answers(self, uri: str) -> list[dict[str, Any]]:
        return [
            post
            for person in self.people
            for post in person.posts
            if post["record"].get("reply", {}).get("parent", {}).get("uri") == uri
        ]

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/xrpc/{method}", self._answer)
        app.router.add_post("/xrpc/com.atproto.server.createSession", self._sign_in)
        app.router.add_get("/{did}/log/audit", self._log)
        return app

    async def _sign_in(self, request: web.Request) -> web.Response:
        sent = await request.json()
        if sent != {"identifier": "reader.example", "password": "app-pass-word"}:
            return _error("AuthenticationRequired", 401)
        return web.json_response({"accessJwt": "jwt-of-reader", "did": did(999)})

    async def _log(self, request: web.Request) -> web.Response:
        self.asked[request.path_qs] += 1
        if (early := self.before(request)) is not None:
            return early
        person = self.by_name[request.match_info["did"]]
        entry = {
            "did": person.did,
            "operation": {"type": "plc_operation", "alsoKnownAs": [f"at://{person.handle}"]},
            "nullified": False,
            "createdAt": iso(person.created),
        }
        return web.json_response([entry])

    async def _answer(self, request: web.Request) -> web.Response:
        self.asked[request.path_qs] += 1
        if (early := self.before(request)) is not None:
            return early
        method = request.match_info["method"].rpartition(".")[2]
        found: web.Response = getattr(self, f"_{method}")(request)
        return found

    def _searchPosts(self, request: web.Request) -> web.Response:  # noqa: N802  # the endpoint's name
        if self.search_needs_token and "Authorization" not in request.headers:
            return _error("Forbidden", 403)
        since, until = request.query.get("since", ""), request.query.get("until", "~")
        found = [post for post in self._all() if since <= post["indexedAt"] < until]
        mentions = request.query["mentions"]
        found = [post for post in found if mentions in str(post["record"]["facets"])]
        return self._page("posts", found, request)

    def _all(self) -> Iterator[dict[str, Any]]:
        every = [post for person in self.people for post in person.posts if not person.gone]
        return iter(sorted(every, key=lambda post: post["indexedAt"], reverse=True))

    def _getAuthorFeed(self, request: web.Request) -> web.Response:  # noqa: N802
        person = self.by_name[request.query["actor"]]
        if person.gone:
            return _error(person.gone, 400)
        posts = sorted(person.posts, key=lambda post: post["indexedAt"], reverse=True)
        return self._page("feed", [{"post": post} for post in posts], request)

    def _getProfile(self, request: web.Request) -> web.Response:  # noqa: N802
        person = self.by_name.get(request.query["actor"])
        if person is None or person.gone == "Deleted":
            return _error("InvalidRequest", 400, "Profile not found")
        return _error(person.gone, 400) if person.gone else web.json_response(person.profile())

    def _getProfiles(self, request: web.Request) -> web.Response:  # noqa: N802
        people = [self.by_name[one] for one in request.query.getall("actors")]
        return web.json_response({"profiles": [one.profile() for one in people if not one.gone]})

    def _getPostThread(self, request: web.Request) -> web.Response:  # noqa: N802
        uri = request.query["uri"]
        (post,) = [one for one in self._all() if one["uri"] == uri]
        replies = [{"post": one} for one in self._answers(uri)]
        return web.json_response({"thread": {"post": post, "replies": replies}})

    def _getQuotes(self, request: web.Request) -> web.Response:  # noqa: N802
        return web.json_response({"posts": [], "uri": request.query["uri"]})

    def _getFollowers(self, request: web.Request) -> web.Response:  # noqa: N802
        person = self.by_name[request.query["actor"]]
        views = [self.people[n].view() for n in person.followers]
        return self._page("followers", views, request)

    def _getFollows(self, request: web.Request) -> web.Response:  # noqa: N802
        me = self.people.index(self.by_name[request.query["actor"]])
        views = [one.view() for one in self.people if me in one.followers]
        return self._page("follows", views, request)

    def _page(self, key: str, items: list[dict[str, Any]], request: web.Request) -> web.Response:
        at, limit = int(request.query.get("cursor", "0")), int(request.query["limit"])
        assert limit <= 100
        body: dict[str, Any] = {key: items[at : at + limit]}
        if at + limit < len(items):
            body["cursor"] = str(at + limit)
        return web.json_response(body)


def _error(name: str, status: int, message: str = "") -> web.Response:
    return web.json_response({"error": name, "message": message or name}, status=status)
