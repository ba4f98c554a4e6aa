"""Bluesky: its AppView's pages, through one's own server when there is an app password.

Endpoints by the lexicons `app.bsky.*` of github.com/bluesky-social/atproto. Without an app password
the public AppView is asked, which refuses most searches (403) since 2025; everything else is open.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import ClassVar
from urllib.parse import quote

from pydantic import SecretStr

from analyzers.model.case import Window
from analyzers.model.text import Code, Public, Text
from bot.collect.answers import object_in
from bot.collect.bluesky_pages import (
    became,
    error_of,
    id_of,
    is_shown,
    items_of,
    renamed_since,
    time_of,
)
from bot.collect.handles import Handle, PostUrl
from bot.collect.http import Answer, Ask, Failure, Http
from bot.collect.pages import Pages
from bot.collect.platform import Aim, Checked, Listing, Route, Sizes, Turn
from bot.config import BlueskySettings

_PAGE = 100  # most items a page may hold, by all of these lexicons
_PROFILES = 25  # most profiles a call may ask for
_DEPTH = "1000"  # most levels of answers that a thread may be asked for
_OPEN = 200
"""Threads opened under an account's own posts, the newest with answers: each costs a call."""

_STRANGERS = Text(
    "Bluesky answers searches only to those who are signed in: put a handle into {key} and an app "
    "password into the environment variable {variable}.",
    key=Code("collect.bluesky.identifier"),
    variable=Code("LIMIER_COLLECT__BLUESKY__APP_PASSWORD"),
)

_EXPIRED = frozenset({"ExpiredToken", "InvalidToken"})


class Bluesky:
    """Collects from Bluesky, or from any network of the same protocol that the settings name."""

    name: ClassVar[str] = "bluesky"
    sizes: ClassVar[Sizes] = Sizes(
        calls_a_minute=600,  # 3,000 in five minutes: docs.bsky.app, "Rate Limits"
        birth_calls=1,
    )

    def __init__(self, settings: BlueskySettings) -> None:
        self._settings = settings
        self._signed_in = bool(settings.identifier and settings.app_password.get_secret_value())
        base = settings.service if self._signed_in else settings.appview
        self._base = base.rstrip("/")
        self._token: SecretStr | None = None
        self._signing_in = asyncio.Lock()

    async def fetch(self, http: Http, ask: Ask) -> Answer:
        """Get a page, signed in where the settings say as whom; see `Platform.fetch`."""
        if not self._signed_in or not ask.url.startswith(f"{self._base}/"):
            return self._allowed(ask, await http.get(ask))
        token = self._token or await self._sign_in(http, None)
        answer = await http.get(replace(ask, token=token))
        if error_of(answer) in _EXPIRED:
            token = await self._sign_in(http, token)
            answer = await http.get(replace(ask, token=token))
        return self._allowed(ask, answer)

    async def _sign_in(self, http: Http, old: SecretStr | None) -> SecretStr:
        """A new token in place of the old one; of many calls that need it, one asks for it."""
        async with self._signing_in:
            if self._token is not None and self._token is not old:
                return self._token
            answer = await http.post(
                Ask(f"{self._base}/xrpc/com.atproto.server.createSession"),
                {
                    "identifier": self._settings.identifier,
                    "password": self._settings.app_password.get_secret_value(),
                },
            )
            token = object_in(answer).get("accessJwt")
            if answer.status != 200 or not isinstance(token, str):
                raise Failure(
                    Text(
                        "{host} does not accept the app password of {identifier}: make a new one "
                        "in Bluesky's settings, under app passwords.",
                        host=Code(Ask(self._base).host),
                        identifier=Code(self._settings.identifier),
                    )
                )
            self._token = SecretStr(token)
            return self._token

    def _allowed(self, ask: Ask, answer: Answer) -> Answer:
        if answer.status not in (401, 403) and error_of(answer) not in _EXPIRED:
            return answer
        if ask.url.endswith("searchPosts") and not self._signed_in:
            raise Failure(_STRANGERS)
        raise Failure(Text("{host} refuses to answer.", host=Code(ask.host)))

    def dollars(self, ask: Ask, answer: Answer | None) -> float:
        """Nothing: Bluesky is free."""
        return 0.0

    def lacks(self, wanted: Handle | PostUrl) -> Sequence[Text]:
        """That strangers may not search, where nobody is signed in."""
        if self._signed_in or isinstance(wanted, PostUrl):
            return ()
        return (_STRANGERS,)

    def _ask(self, method: str, *params: tuple[str, str]) -> Ask:
        return Ask(f"{self._base}/xrpc/{method}", params)

    def _listing(self, method: str, route: Route, pages: int, *params: tuple[str, str]) -> Listing:
        return Listing(self._ask(method, *params, ("limit", str(_PAGE))), route, pages=pages)

    async def find(self, pages: Pages, wanted: Handle | PostUrl) -> Aim:
        """Look up an account by handle or DID, or the author of a post; see `Platform.find`."""
        actor = wanted.name if isinstance(wanted, Handle) else wanted.author
        answer = await pages.one(self._profile(actor), "account")
        found = object_in(answer)
        did, handle = found.get("did"), found.get("handle")
        if answer.status != 200 or not isinstance(did, str) or not isinstance(handle, str):
            raise Failure(
                Text(
                    "{handle} is not on Bluesky, or not any more: check how it is written, or give "
                    "its DID.",
                    handle=Public(f"@{actor}"),
                )
            )
        if isinstance(wanted, Handle):
            return Aim(did, handle, (f"@{handle}",))
        post = f"at://{did}/app.bsky.feed.post/{wanted.key}"
        return Aim(did, handle, (post,), post)

    def _profile(self, actor: str) -> Ask:
        return self._ask("app.bsky.actor.getProfile", ("actor", actor))

    async def searches(
        self, pages: Pages, aim: Aim, window: Window, most: int
    ) -> Sequence[Listing]:
        """The search for mentions, and what stands under the aim's own posts."""
        if aim.post_id is not None:
            return self._under(aim.post_id, True, True, most)
        span = [
            (name, at.isoformat().replace("+00:00", "Z"))
            for name, at in (("since", window.since), ("until", window.until))
            if at is not None
        ]
        mentions = self._listing(
            "app.bsky.feed.searchPosts",
            "query",
            most,
            ("q", aim.handle),
            ("mentions", aim.account_id),
            ("sort", "latest"),
            *span,
        )
        return [mentions, *await self._answers(pages, aim, window, most)]

    async def _answers(self, pages: Pages, aim: Aim, window: Window, most: int) -> list[Listing]:
        """Threads and quotes of the aim's own posts, the newest first."""
        own = replace(self.timeline(aim.account_id, window.since, most), route="context")
        opened: dict[str, tuple[bool, bool]] = {}
        async for answer, _ in pages.walk(own):
            for item in items_of(object_in(answer)):
                view, at = item.get("post"), time_of(item)
                if not isinstance(view, dict) or "reason" in item or at is None:
                    continue
                if window.since is not None and at < window.since:
                    continue  # one that is answered later is left out: see docs/collecting.md
                if window.until is not None and at >= window.until:
                    continue
                answered, quoted = bool(view.get("replyCount")), bool(view.get("quoteCount"))
                if answered or quoted:
                    opened.setdefault(str(view.get("uri")), (answered, quoted))
        return [
            listing
            for post, (answered, quoted) in list(opened.items())[:_OPEN]
            for listing in self._under(post, answered, quoted, most)
        ]

    def _under(self, post: str, answered: bool, quoted: bool, most: int) -> list[Listing]:
        thread = Listing(
            self._ask(
                "app.bsky.feed.getPostThread",
                ("uri", post),
                ("depth", _DEPTH),
                ("parentHeight", "0"),
            ),
            "query",
        )
        quotes = self._listing("app.bsky.feed.getQuotes", "query", most, ("uri", post))
        return [thread] * answered + [quotes] * quoted

    def timeline(self, account_id: str, since: datetime | None, most: int) -> Listing:
        """An account's posts, answers and reposts, newest first."""
        listing = self._listing(
            "app.bsky.feed.getAuthorFeed",
            "timeline",
            most,
            ("actor", account_id),
            ("filter", "posts_with_replies"),
        )
        return replace(listing, of=account_id, since=since)

    def circle(self, account_id: str, most: int) -> Sequence[Listing]:
        """An account's newest followers, and whom it followed last."""
        return [
            replace(self._listing(method, route, most, ("actor", account_id)), of=account_id)
            for method, route in _CIRCLE
        ]

    def turn(self, listing: Listing, answer: Answer) -> Turn:
        """Read a page's cursor, items and times."""
        if answer.status != 200:
            return Turn()
        body = object_in(answer)
        items, cursor = items_of(body), body.get("cursor")
        times = [at for item in items if (at := time_of(item)) is not None]
        onward = None
        if isinstance(cursor, str) and cursor:
            onward = replace(listing.first, params=(*listing.first.params, ("cursor", cursor)))
        return Turn(
            onward,
            tuple(name for item in items if (name := id_of(item))),
            max(times, default=None),
            min(times, default=None),
        )

    async def profiles(self, pages: Pages, accounts: Sequence[str]) -> None:
        """Get profiles, 25 a call; accounts that are gone are missing in the answer."""
        await self._profiles(pages, accounts)

    async def _profiles(self, pages: Pages, accounts: Sequence[str]) -> dict[str, Checked]:
        """The accounts that are shown, and whether they are marked as taken down."""
        checked: dict[str, Checked] = {}
        wanted = sorted(set(accounts))
        for start in range(0, len(wanted), _PROFILES):
            actors = (("actors", one) for one in wanted[start : start + _PROFILES])
            answer = await pages.one(self._ask("app.bsky.actor.getProfiles", *actors), "account")
            for profile in items_of(object_in(answer)):
                did = str(profile.get("did"))
                checked[did] = Checked(
                    did, answer.at, "active" if is_shown(profile) else "suspended"
                )
        return checked

    async def check(
        self, pages: Pages, accounts: Sequence[str], since: datetime | None
    ) -> Sequence[Checked]:
        """Profiles, the directory's log of each account, and why those that are gone are gone."""
        checked = await self._profiles(pages, accounts)

        async def one(did: str) -> None:
            if did not in checked:
                answer = await pages.one(self._profile(did), "account", did)
                if status := became(answer):
                    checked[did] = Checked(did, answer.at, status)
            if not did.startswith("did:plc:"):
                return  # of a did:web nobody keeps a log
            directory = self._settings.directory.rstrip("/")
            log = await pages.one(Ask(f"{directory}/{quote(did)}/log/audit"), "account", did)
            known = checked.get(did)
            if known and known.status == "active" and since and renamed_since(log, since):
                checked[did] = replace(known, status="renamed")

        await pages.each(one, sorted(set(accounts)))
        return [checked[did] for did in sorted(checked)]


_CIRCLE: tuple[tuple[str, Route], ...] = (
    ("app.bsky.graph.getFollowers", "followers"),
    ("app.bsky.graph.getFollows", "follows"),
)
