"""X: its API version 2, which is paid for by what it shows.

Endpoints and parameters by X's own document (api.x.com/2/openapi.json, 2.167 of August 2026), which
says `post` where it used to say `tweet`; the settings choose between the two. Off by default: X's
developer terms want an approval first.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from analyzers.model.case import Window
from analyzers.model.text import Code, Public, Text
from bot.collect.answers import moment, object_in, objects_in
from bot.collect.handles import Handle, PostUrl
from bot.collect.http import Answer, Ask, Exhausted, Failure, Http
from bot.collect.pages import Pages
from bot.collect.platform import Aim, Checked, Listing, Route, Sizes, Status, Turn
from bot.config import XSettings

TOKEN_VARIABLE = "LIMIER_COLLECT__X__BEARER_TOKEN"  # noqa: S105  # the variable's name

WITHOUT_TOKEN = Text(
    "X answers only to those who have a token: put the bearer token of your app into the "
    "environment variable {variable}.",
    variable=Code(TOKEN_VARIABLE),
)

_PAGE = 100
"""Posts and followers a page: the most that a timeline gives. Larger pages exist elsewhere; each
would be a larger step in what is spent."""
_USERS = 100
_RECENT = timedelta(days=7)
_BEFORE = timedelta(seconds=30)
"""X wants the end of a search to lie ten seconds back when it is asked; twenty more for clocks."""

_BETWEEN = 1.1
"""Seconds between two searches of the archive, of which X allows one a second."""

_USER_FIELDS = "created_at,description,id,location,name,protected,public_metrics,username"


@dataclass(frozen=True, slots=True)
class _Names:
    """How X's API names posts."""

    fields: str
    wanted: str
    expansions: str


_NAMES = {
    "post": _Names(
        "post.fields",
        "conversation_id,created_at,entities,id,lang,note_post,public_metrics,source,text",
        "author_id,referenced_posts",
    ),
    "tweet": _Names(
        "tweet.fields",
        "author_id,conversation_id,created_at,entities,id,in_reply_to_user_id,lang,note_tweet,"
        "public_metrics,referenced_tweets,source,text",
        "author_id,referenced_tweets.id",
    ),
}


class X:
    """Collects from X, with the operator's token and at the operator's cost."""

    name: ClassVar[str] = "x"

    def __init__(self, settings: XSettings) -> None:
        self._settings = settings
        self._base = f"{settings.service.rstrip('/')}/2"
        self._names = _NAMES[settings.names]
        self._searching = asyncio.Lock()
        self._began: datetime | None = None
        """When the target was looked up: by it all goes on as it began after a restart."""
        post, user = settings.post_dollars, settings.user_dollars
        self.sizes = Sizes(
            calls_a_minute=30,  # 450 searches in a quarter of an hour
            search_pages=5,
            timeline_pages=1,
            circle_pages=0,
            search_dollars=_PAGE * (2 * post + user),
            timeline_dollars=_PAGE * (2 * post + user),
            circle_dollars=_PAGE * user,
            profile_dollars=user,
        )

    def dollars(self, ask: Ask, answer: Answer | None) -> float:
        """What a page costs by the settings' prices, as if all that stands in it were charged."""
        post, user = self._settings.post_dollars, self._settings.user_dollars
        if answer is None:
            return self._most(ask, post, user)
        found = object_in(answer)
        included = found.get("includes") if isinstance(found.get("includes"), dict) else {}
        assert isinstance(included, dict)
        data = found.get("data")
        shown = [data] if isinstance(data, dict) else objects_in(data)
        users = sum("username" in one and "text" not in one for one in shown)
        users += len(objects_in(included.get("users")))
        posts = sum("text" in one for one in shown)
        posts += sum(len(objects_in(included.get(key))) for key in ("posts", "tweets"))
        return posts * post + users * user

    def _most(self, ask: Ask, post: float, user: float) -> float:
        params = dict(ask.params)
        if ids := params.get("ids"):
            return len(ids.split(",")) * user
        many = int(params.get("max_results", "1"))
        return many * (2 * post + user) if self._names.fields in params else many * user

    async def fetch(self, http: Http, ask: Ask) -> Answer:
        """Get a page with the operator's token; see `Platform.fetch`."""
        token = self._settings.bearer_token
        if not token.get_secret_value():
            raise Exhausted(WITHOUT_TOKEN)
        sent = replace(ask, token=token)
        if ask.bucket == "tweets/search/all":
            async with self._searching:
                answer = await http.get(sent)
                await http.clock.sleep(_BETWEEN)
        else:
            answer = await http.get(sent)
        if answer.status in _REFUSALS:
            raise Exhausted(_REFUSALS[answer.status])
        if answer.status == 400:
            raise Failure(
                Text(
                    "X does not accept the request ({title}). If it speaks of {fields}, set {key} "
                    "to the other of {one} and {other}; if of times, it searches only the last "
                    "seven days.",
                    title=Code(str(object_in(answer).get("title", answer.status))[:60]),
                    fields=Code(self._names.fields),
                    key=Code("collect.x.names"),
                    one=Code("post"),
                    other=Code("tweet"),
                )
            )
        return answer

    def lacks(self, wanted: Handle | PostUrl) -> Sequence[Text]:
        """What X gives to nobody, and what it gives only to those who search its archive."""
        found = [
            Text("X leaves reposts out of searches since May 2026: they come with timelines only."),
            Text(
                "X does not tell an account that its owner deactivated from one that is deleted: "
                "both stand as deleted."
            ),
        ]
        if not self._settings.archive:
            found.insert(
                0,
                Text(
                    "X searches the last seven days; of earlier posts only the newest 800 that "
                    "mention an account are shown. Set {key} if your token may search all posts.",
                    key=Code("collect.x.archive"),
                ),
            )
        return found

    def _ask(self, path: str, bucket: str, *params: tuple[str, str]) -> Ask:
        return Ask(f"{self._base}/{path}", params, bucket)

    def _posts(self) -> tuple[tuple[str, str], ...]:
        names = self._names
        return (
            ("max_results", str(_PAGE)),
            (names.fields, names.wanted),
            ("expansions", names.expansions),
            ("user.fields", _USER_FIELDS),
        )

    async def find(self, pages: Pages, wanted: Handle | PostUrl) -> Aim:
        """Look up an account by its name, or the author of a post; see `Platform.find`."""
        if isinstance(wanted, PostUrl):
            return await self._find_post(pages, wanted)
        ask = self._ask(
            f"users/by/username/{wanted.name}",
            "users/by/username",
            ("user.fields", _USER_FIELDS),
        )
        answer = await pages.one(ask, "account")
        self._began = answer.at
        found = object_in(answer).get("data")
        if not isinstance(found, dict) or "id" not in found:
            raise Failure(_unseen(answer, wanted.name))
        name = str(found.get("username") or wanted.name)
        return Aim(str(found["id"]), name, (f"@{name}",))

    async def _find_post(self, pages: Pages, wanted: PostUrl) -> Aim:
        params = tuple(one for one in self._posts() if one[0] != "max_results")
        answer = await pages.one(
            self._ask(f"tweets/{wanted.key}", "tweets/:id", *params), "context"
        )
        self._began = answer.at
        found = object_in(answer).get("data")
        author = found.get("author_id") if isinstance(found, dict) else None
        if not author:
            raise Failure(Text("X shows no such post, or not any more."))
        included = object_in(answer).get("includes")
        users = objects_in(included.get("users")) if isinstance(included, dict) else []
        names = [str(one.get("username")) for one in users if one.get("id") == author]
        name = names[0] if names else wanted.author
        target = f"https://x.com/{name or 'i/web'}/status/{wanted.key}"
        return Aim(str(author), name, (target,), wanted.key)

    async def searches(
        self, pages: Pages, aim: Aim, window: Window, most: int
    ) -> Sequence[Listing]:
        """The search for what names, answers or quotes the aim; mentions where it is too short."""
        if aim.post_id is not None:
            key = aim.post_id
            query = (
                f"conversation_id:{key} OR in_reply_to_tweet_id:{key} OR quotes_of_tweet_id:{key}"
            )
            return self._search(query, window, most)
        name = aim.handle
        links = " OR ".join(f'url:"{host}/{name}/status"' for host in ("x.com", "twitter.com"))
        found = self._search(f"@{name} OR to:{name} OR {links}", window, most)
        if not self._settings.archive and self._reaches_beyond(window.since):
            path, span = f"users/{aim.account_id}/mentions", _span(window.since, window.until)
            ask = self._ask(path, "users/:id/mentions", *self._posts(), *span)
            found.append(Listing(ask, "query", pages=min(most, 8)))  # the newest 800
        return found

    def _search(self, query: str, window: Window, most: int) -> list[Listing]:
        which, since = "all", window.since
        if not self._settings.archive:
            which, since = "recent", None if self._reaches_beyond(since) else since
            if window.until is not None and self._reaches_beyond(window.until):
                return []
        path = f"tweets/search/{which}"
        span = _span(since, window.until)
        if which == "all" and since is None:
            span = (("start_time", "2006-03-21T00:00:00Z"), *span)  # else it gives thirty days
        ask = self._ask(path, path, ("query", query), *self._posts(), *span)
        return [Listing(ask, "query", pages=most)]

    def _reaches_beyond(self, at: datetime | None) -> bool:
        """Whether a time lies before those that a search of recent posts reaches."""
        return at is None or self._began is None or at < self._began - _RECENT + _BEFORE

    def timeline(self, account_id: str, since: datetime | None, most: int) -> Listing:
        """An account's posts, answers and reposts, newest first: X shows the newest 3,200."""
        path, bucket = f"users/{account_id}/tweets", "users/:id/tweets"
        ask = self._ask(path, bucket, *self._posts(), *_span(since, None))
        return Listing(ask, "timeline", account_id, most, since)

    def circle(self, account_id: str, most: int) -> Sequence[Listing]:
        """An account's newest followers, and whom it followed last."""
        return [
            Listing(
                self._ask(
                    f"users/{account_id}/{path}",
                    f"users/:id/{path}",
                    ("max_results", str(_PAGE)),
                    ("user.fields", _USER_FIELDS),
                ),
                route,
                account_id,
                most,
            )
            for path, route in _CIRCLE
        ]

    def turn(self, listing: Listing, answer: Answer) -> Turn:
        """Read a page's token, items and times."""
        body = object_in(answer)
        items, meta = objects_in(body.get("data")), body.get("meta")
        token = meta.get("next_token") if isinstance(meta, dict) else None
        posts = [one for one in items if "text" in one]
        times = [at for one in posts if (at := moment(one.get("created_at"))) is not None]
        onward, first = None, listing.first
        if isinstance(token, str) and token:
            key = "next_token" if "/search/" in first.url else "pagination_token"
            onward = replace(first, params=(*first.params, (key, token)))
        return Turn(
            onward,
            tuple(str(one.get("id")) for one in items),
            max(times, default=None),
            min(times, default=None),
        )

    async def profiles(self, pages: Pages, accounts: Sequence[str]) -> None:
        """Nothing is asked for: lists of followers hold whole profiles."""

    async def check(
        self, pages: Pages, accounts: Sequence[str], since: datetime | None
    ) -> Sequence[Checked]:
        """Get profiles, a hundred a call, and read from its errors why others are gone."""
        checked: dict[str, Checked] = {}
        wanted = sorted(set(accounts))
        for start in range(0, len(wanted), _USERS):
            ids = ",".join(wanted[start : start + _USERS])
            ask = self._ask("users", "users", ("ids", ids), ("user.fields", _USER_FIELDS))
            answer = await pages.one(ask, "account")
            body = object_in(answer)
            for user in objects_in(body.get("data")):
                status: Status = "protected" if user.get("protected") is True else "active"
                checked[str(user.get("id"))] = Checked(str(user.get("id")), answer.at, status)
            for error in objects_in(body.get("errors")):
                gone, account = _gone(error), str(error.get("resource_id") or error.get("value"))
                if gone is not None and account in wanted:
                    checked[account] = Checked(account, answer.at, gone)
        return [checked[account] for account in sorted(checked)]


_CIRCLE: tuple[tuple[str, Route], ...] = (("followers", "followers"), ("following", "follows"))

_REFUSALS = {
    401: Text(
        "X does not accept the token in {variable}: make a new bearer token in its developer "
        "console.",
        variable=Code(TOKEN_VARIABLE),
    ),
    402: Text("The account at X has no credit left: buy some in its developer console."),
    403: Text("X refuses this to the app that the token belongs to: see its access level."),
}


def _gone(error: dict[str, object]) -> Status | None:
    """Why an account is not shown, by the words X gives; `None` for what says nothing of it."""
    title, detail = str(error.get("title")), str(error.get("detail"))
    if title == "Forbidden" and "suspended" in detail:
        return "suspended"
    return "deleted" if title == "Not Found Error" else None


def _unseen(answer: Answer, name: str) -> Text:
    errors = objects_in(object_in(answer).get("errors"))
    if any(_gone(error) == "suspended" for error in errors):
        return Text("X has suspended {handle}.", handle=Public(f"@{name}"))
    return Text(
        "{handle} is not on X, or not any more: check how it is written.",
        handle=Public(f"@{name}"),
    )


def _span(since: datetime | None, until: datetime | None) -> tuple[tuple[str, str], ...]:
    """A window as X takes it: whole seconds in UTC."""
    ends = (("start_time", since), ("end_time", until - _BEFORE if until is not None else None))
    return tuple(
        (name, at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")) for name, at in ends if at
    )
