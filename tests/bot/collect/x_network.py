"""A small X: an attack on a target amid ordinary people, in old names or new.

It refuses what X refuses, and counts what it is asked and what that costs.
"""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web

from tests.bot.collect.fediverse import _TALK, _WORDS
from tests.bot.collect.network import iso

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
SINCE = NOW - timedelta(days=6)
TOKEN = "b3arer-of-an-operator"
TARGET = "mayor"


class XNetwork:
    """The people, their posts and the endpoints; `names` is what it calls a post."""

    def __init__(self, names: str = "post", attackers: int = 20, ordinary: int = 40) -> None:
        dice = random.Random(1)
        self.names = names
        self.asked: Counter[str] = Counter()
        self.shown = 0.0
        self.gone: dict[str, str] = {}
        self.users = [self._user(n, attackers) for n in range(1 + attackers + ordinary)]
        self.attackers = {one["id"] for one in self.users[1 : attackers + 1]}
        self.posts: list[dict[str, Any]] = []
        self._made = 0
        self._post(0, SINCE - timedelta(days=1), "The new bridge opens on Monday")
        for n in range(1, len(self.users)):
            for day in range(30):
                words = " ".join(dice.sample(_TALK, 5))
                self._post(n, SINCE - timedelta(days=40 - day, minutes=n), words)
            word = _WORDS[n % len(_WORDS)]
            text = f"what a {word} you are, resign today before the whole town laughs at you"
            words = f"{' '.join(dice.sample(_TALK, 6))} {n}"
            self._post(n, SINCE + timedelta(hours=n), f"@mayor {text if n <= attackers else words}")

    def _user(self, n: int, attackers: int) -> dict[str, Any]:
        days = 20 + n if 0 < n <= attackers else 900 + 3 * n
        return {
            "id": str(1000 + n),
            "username": TARGET if n == 0 else f"Person{n}",
            "name": f"Person {n}",
            "created_at": iso(SINCE - timedelta(days=days)),
            "description": "about",
            "protected": n == 2,
            "public_metrics": {"followers_count": 3, f"{self.names}_count": 9},
        }

    def _post(self, n: int, at: datetime, text: str) -> None:
        self._made += 1
        post: dict[str, Any] = {
            "id": str((int(at.timestamp() * 1000) - 1288834974657 << 22) + self._made),
            "author_id": self.users[n]["id"],
            "created_at": iso(at),
            "text": text,
            "lang": "en",
            "source": "Twitter Web App",
        }
        if text.startswith("@mayor"):
            post["entities"] = {"mentions": [{"username": "mayor", "id": "1000"}]}
            post[f"referenced_{self.names}s"] = [{"type": "replied_to", "id": self.posts[0]["id"]}]
        self.posts.append(post)

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/2/{path:.*}", self._answer)
        return app

    async def _answer(self, request: web.Request) -> web.Response:
        self.asked[request.path_qs] += 1
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return web.json_response({"title": "Unauthorized", "status": 401}, status=401)
        other = "tweet" if self.names == "post" else "post"
        if f"{other}.fields" in request.query:
            return web.json_response({"title": "Invalid Request"}, status=400)
        match request.match_info["path"].split("/"):
            case ["users", "by", "username", name]:
                return self._by_name(name)
            case ["users"]:
                return self._by_ids(request.query["ids"].split(","))
            case ["users", account, "tweets"]:
                return self._page([p for p in self.posts if p["author_id"] == account], request)
            case ["users", account, "mentions"] if account == "1000":
                return self._page(self._addressed(), request)
            case ["tweets", "search", "recent" | "all"]:
                return self._page(self._addressed(), request)
        return web.json_response({"title": "Not Found Error"}, status=404)

    def _addressed(self) -> list[dict[str, Any]]:
        return [post for post in self.posts if post["text"].startswith("@mayor")]

    def _by_name(self, name: str) -> web.Response:
        found = [one for one in self.users if one["username"] == name]
        if not found or found[0]["id"] in self.gone:
            why = self.gone.get(found[0]["id"] if found else "", "Not Found Error")
            return web.json_response({"errors": [_error(why, name)]})
        self.shown += 0.010
        return web.json_response({"data": found[0]})

    def _by_ids(self, ids: list[str]) -> web.Response:
        assert len(ids) <= 100
        known = [one for one in self.users if one["id"] in ids and one["id"] not in self.gone]
        errors = [_error(why, one) for one, why in self.gone.items() if one in ids]
        self.shown += 0.010 * len(known)
        return web.json_response({"data": known, **({"errors": errors} if errors else {})})

    def _page(self, posts: list[dict[str, Any]], request: web.Request) -> web.Response:
        since = request.query.get("start_time", "")
        until = request.query.get("end_time", "~")
        token = request.query.get("next_token") or request.query.get("pagination_token") or "0"
        assert ("next_token" in request.query) <= ("search" in request.path)
        posts = [post for post in posts if since <= post["created_at"] < until]
        posts = sorted(posts, key=lambda post: post["created_at"], reverse=True)
        at, limit = int(token), int(request.query["max_results"])
        assert limit <= 100
        page = posts[at : at + min(limit, 50)]
        authors = {post["author_id"] for post in page}
        users = [one for one in self.users if one["id"] in authors]
        self.shown += 0.005 * len(page) + 0.010 * len(users)
        meta: dict[str, Any] = {"result_count": len(page)}
        if at + len(page) < len(posts):
            meta["next_token"] = str(at + len(page))
        return web.json_response({"data": page, "includes": {"users": users}, "meta": meta})


def _error(title: str, about: str) -> dict[str, str]:
    detail = {
        "Forbidden": f"User has been suspended: [{about}].",
        "Not Found Error": f"Could not find user with ids: [{about}].",
    }[title]
    return {"title": title, "detail": detail, "resource_id": about, "value": about}
