"""Writes an attack on somebody amid ordinary people, and a much answered post, into a network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

from tests.bot.collect.network import START, TARGET, Network, iso
from tests.peers.bluesky.services import DevNetwork

MAYOR = "mayor.test"
ONLOOKER = "onlooker.test"
"""The account that the collector may sign in as."""
MANY = 1100
"""Answers under one post: more than a thousand, which is eleven pages of the longest kind."""
TIED = 150
"""So many of these were written in the same second: more than a page holds."""

Post: TypeAlias = dict[str, str]
"""A written post's address and digest, as others link to it."""

_PROFILE = "app.bsky.actor.profile"
_WRITES = 200  # most that a data server takes in one call


@dataclass(frozen=True)
class Actor:
    """An account of the network, and the token of a session as its owner."""

    did: str
    handle: str
    token: str = field(repr=False)


@dataclass(frozen=True)
class Play:
    """What was written: accounts by handle, who attacks, how many follow each, many answers.

    `answers` are addresses of posts that each answer, quote and mention the account parade.test.
    """

    network: DevNetwork
    actors: dict[str, Actor]
    attackers: frozenset[str]
    followers: dict[str, int]
    answers: frozenset[str]
    app_password: str = field(repr=False)

    def owner(self, did: str) -> Actor:
        return next(one for one in self.actors.values() if one.did == did)


def stage(network: DevNetwork) -> Play:
    """Create the accounts and write what they wrote, dated back to when it happened."""
    script = Network()
    handles = [one.handle.replace(".example", ".test") for one in script.people]
    with ThreadPoolExecutor(2) as pool:
        others = (ONLOOKER, "parade.test", "chatterbox.test")
        actors = list(pool.map(lambda handle: _join(network, handle), (*handles, *others)))
    cast = list(zip(script.people, actors, strict=False))
    known = {person.did: actor for person, actor in cast}
    posts: dict[str, Post] = {}
    for n, (person, actor) in enumerate(cast):
        records = [_post(one["record"], known, posts) for one in person.posts]
        written = _write(network, actor, records)
        posts |= zip((one["uri"] for one in person.posts), written, strict=True)
        followed = [_follow(other.did) for whom, other in cast if n in whom.followers]
        _write(network, actor, [_profile(actor), *followed])
    by_handle = {one.handle: one for one in actors}
    answers = _much_answered(network, by_handle)
    made_for = {"name": "limier"}
    token = by_handle[ONLOOKER].token
    made = network.post("com.atproto.server.createAppPassword", made_for, token)
    network.settle()
    return Play(
        network,
        by_handle,
        frozenset(known[did].did for did in script.attackers),
        {actor.did: len(person.followers) for person, actor in cast},
        answers,
        made["password"],
    )


@contextmanager
def blocked(play: Play, by: Actor, whom: Actor) -> Iterator[None]:
    """Have an account block another one for a while."""
    block = {"$type": "app.bsky.graph.block", "subject": whom.did, "createdAt": iso(START)}
    (written,) = _write(play.network, by, [block])
    play.network.settle()
    yield
    named = {"repo": by.did, "collection": block["$type"], "rkey": written["uri"].split("/")[-1]}
    play.network.post("com.atproto.repo.deleteRecord", named, by.token)
    play.network.settle()


def _much_answered(network: DevNetwork, actors: dict[str, Actor]) -> frozenset[str]:
    """A post, and many that answer, quote and mention at once, many of them in one second."""
    parade, chatterbox = actors["parade.test"], actors["chatterbox.test"]
    (post,) = _write(network, parade, [_plain("The parade starts at noon", START)])
    records = [
        {
            **_plain(f"@parade.test number {n}", START + timedelta(minutes=1, seconds=n // TIED)),
            "facets": [_mention(parade)],
            "reply": {"root": post, "parent": post},
            "embed": {"$type": "app.bsky.embed.record", "record": post},
        }
        for n in range(MANY)
    ]
    return frozenset(one["uri"] for one in _write(network, chatterbox, records))


def _join(network: DevNetwork, handle: str) -> Actor:
    name = handle.partition(".")[0]
    about = {"handle": handle, "email": f"{name}@example.com", "password": "a-password"}
    made = network.post("com.atproto.server.createAccount", about)
    return Actor(made["did"], handle, made["accessJwt"])


def _write(network: DevNetwork, actor: Actor, records: Sequence[dict[str, Any]]) -> list[Post]:
    """Write records into an account's repository; the address and digest of each."""
    written = list[Post]()
    for start in range(0, len(records), _WRITES):
        writes = [_create(one) for one in records[start : start + _WRITES]]
        body = {"repo": actor.did, "writes": writes}
        answer = network.post("com.atproto.repo.applyWrites", body, actor.token)
        written += ({"uri": one["uri"], "cid": one["cid"]} for one in answer["results"])
    return written


def _create(record: dict[str, Any]) -> dict[str, Any]:
    write = {
        "$type": "com.atproto.repo.applyWrites#create",
        "collection": record["$type"],
        "value": record,
    }
    return write | ({"rkey": "self"} if record["$type"] == _PROFILE else {})


def _post(
    record: dict[str, Any], known: dict[str, Actor], posts: dict[str, Post]
) -> dict[str, Any]:
    """A scripted post as these accounts write it."""
    mayor = next(iter(known.values()))
    played = record | {"text": record["text"].replace(TARGET, MAYOR)}
    if record["facets"]:
        played["facets"] = [_mention(mayor)]
    if "reply" in record:
        post = posts[record["reply"]["parent"]["uri"]]
        played["reply"] = {"root": post, "parent": post}
    return played


def _plain(text: str, at: datetime) -> dict[str, Any]:
    return {"$type": "app.bsky.feed.post", "text": text, "createdAt": iso(at), "langs": ["en"]}


def _mention(whom: Actor) -> dict[str, Any]:
    """That a post begins with an account's handle and means it."""
    feature = {"$type": "app.bsky.richtext.facet#mention", "did": whom.did}
    return {"index": {"byteStart": 0, "byteEnd": len(f"@{whom.handle}")}, "features": [feature]}


def _follow(did: str) -> dict[str, Any]:
    return {"$type": "app.bsky.graph.follow", "subject": did, "createdAt": iso(START)}


def _profile(actor: Actor) -> dict[str, Any]:
    """A profile that claims to be older than its account."""
    return {
        "$type": _PROFILE,
        "displayName": actor.handle.partition(".")[0].title(),
        "createdAt": iso(datetime(2020, 1, 1, tzinfo=UTC)),
    }
