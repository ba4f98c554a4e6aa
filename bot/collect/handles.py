"""Which account or post a person means, and on which platform. Pure: nothing is looked up."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args
from urllib.parse import unquote, urlsplit

from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text

PlatformName: TypeAlias = Literal["bluesky", "mastodon", "x"]
PLATFORMS: tuple[PlatformName, ...] = get_args(PlatformName)

LONGEST = 500
"""Characters of what is typed: above any address of a post, below a pasted text."""

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])?")
"""atproto.com/specs/handle; host names of instances are of the same kind."""
_DID = re.compile(r"did:(?:plc:[a-z2-7]{24}|web:[a-zA-Z0-9.%-]{1,253})")
_X_NAME = re.compile(r"\w{1,15}", re.ASCII)
_FEDIVERSE_NAME = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?", re.IGNORECASE)
_RECORD_KEY = re.compile(r"[A-Za-z0-9._:~-]{1,512}")  # atproto.com/specs/record-key
_NUMBER = re.compile(r"[0-9]{1,20}")
_POST_KEY = re.compile(r"[0-9A-Za-z]{1,32}")  # Mastodon counts, GoToSocial writes ULIDs

_X_HOSTS = {"x.com", "twitter.com", "mobile.twitter.com", "m.twitter.com", "mobile.x.com"}
_X_PAGES = {"i", "home", "search", "hashtag", "explore", "settings", "intent", "share"}
_BLUESKY_HOSTS = {"bsky.app", "staging.bsky.app", "main.bsky.dev"}
_FIRST_HOST = "bsky.social"  # where Bluesky's handles without a domain of their own live


@dataclass(frozen=True, slots=True)
class Handle:
    """An account: `name` is a handle or a DID on Bluesky, user@instance on Mastodon, a name on X.

    No @ before it; lower case but on X, where a name keeps the case it was typed in.
    """

    platform: PlatformName
    name: str


@dataclass(frozen=True, slots=True)
class PostUrl:
    """A post, under which answers are sought.

    `author` is as `Handle.name` ("" where the address does not say), `key` the post's own part of
    the address, `host` the server that the address leads to.
    """

    platform: PlatformName
    author: str
    key: str
    host: str


def parse(typed: str, platform: PlatformName | None = None) -> Handle | PostUrl:
    """Tell which account or post is meant. `platform` is what the person said of it, if anything.

    Takes `@name.bsky.social`, a DID, `@user@instance`, `@name` with a platform, and addresses of
    profiles and posts of the three platforms. Raises `BadInput` with one sentence.

    >>> parse("@nala.bsky.social")
    Handle(platform='bluesky', name='nala.bsky.social')
    >>> parse("https://x.com/nala/status/12")
    PostUrl(platform='x', author='nala', key='12', host='x.com')
    """
    text = "".join(c for c in typed if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co"))
    text = unicodedata.normalize("NFKC", text).strip()
    if not text or len(text) > LONGEST or any(c.isspace() for c in text):
        raise _unreadable(text)
    found = _found(text, platform)
    if platform is not None and found.platform != platform:
        raise BadInput(
            Text(
                "{typed} is on {found}, not on {platform}.",
                typed=Code(text),
                found=Code(found.platform),
                platform=Code(platform),
            )
        )
    return found


def _found(text: str, platform: PlatformName | None) -> Handle | PostUrl:
    if text.lower().startswith("at://"):
        return _at_address(text)
    if "://" in text or ("/" in text and not text.startswith("@")):
        return _web_address(text, platform)
    bare = text.removeprefix("acct:").removeprefix("@")
    if _DID.fullmatch(bare):
        return Handle("bluesky", bare)
    if "@" in bare:
        return _fediverse(bare, text)
    if _DOMAIN.fullmatch(bare.lower()):
        return Handle("bluesky", bare.lower())
    return _without_place(bare, text, platform)


def _without_place(name: str, text: str, platform: PlatformName | None) -> Handle:
    """A name alone, which says nothing of its platform."""
    if platform == "x" and _X_NAME.fullmatch(name):
        return Handle("x", name)
    if platform == "bluesky" and _DOMAIN.fullmatch(f"{name}.{_FIRST_HOST}".lower()):
        return Handle("bluesky", f"{name}.{_FIRST_HOST}".lower())
    if platform == "mastodon" and _FEDIVERSE_NAME.fullmatch(name):
        raise BadInput(
            Text(
                "{typed} does not say on which instance: write it as {example}.",
                typed=Code(text),
                example=Code(f"@{name}@mastodon.social"),
            )
        )
    if platform is None and _FEDIVERSE_NAME.fullmatch(name):
        raise BadInput(
            Text(
                "{typed} may be on several platforms: say which one ({platforms}).",
                typed=Code(text),
                platforms=tuple(Code(one) for one in PLATFORMS),
            )
        )
    raise _unreadable(text)


def _fediverse(bare: str, text: str) -> Handle:
    name, _, host = bare.partition("@")
    instance = _host(host)
    if instance is None or not _FEDIVERSE_NAME.fullmatch(name):
        raise _unreadable(text)
    return Handle("mastodon", f"{name.lower()}@{instance}")


def _host(written: str) -> str | None:
    """A host's name as it is looked up, letters of other alphabets included; `None` for nonsense.

    >>> _host("Bücher.example"), _host("127.0.0.1"), _host("a/b.example")
    ('xn--bcher-kva.example', None, None)
    """
    try:
        host = written.lower().encode("idna").decode()
    except UnicodeError:
        return None
    return host if _DOMAIN.fullmatch(host) else None


def _at_address(text: str) -> Handle | PostUrl:
    author, _, rest = text[len("at://") :].partition("/")
    author = author if author.startswith("did:") else author.lower()
    if not _DID.fullmatch(author) and not _DOMAIN.fullmatch(author):
        raise _unreadable(text)
    if not rest:
        return Handle("bluesky", author)
    kind, _, key = rest.partition("/")
    if kind != "app.bsky.feed.post" or not _RECORD_KEY.fullmatch(key):
        raise _unreadable(text)
    return PostUrl("bluesky", author, key, "bsky.app")


def _web_address(text: str, platform: PlatformName | None) -> Handle | PostUrl:
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host = _host((parts.hostname or "").removeprefix("www."))
    except ValueError:
        host, parts = None, urlsplit("")
    if host is None or parts.scheme.lower() not in ("http", "https"):
        raise _unreadable(text)
    path = [unquote(part) for part in parts.path.split("/") if part]
    if host in _BLUESKY_HOSTS:
        found = _on_bluesky(path)
    elif host in _X_HOSTS:
        found = _on_x(path)
    else:
        found = _on_instance(host, path) if platform in (None, "mastodon") else None
    if found is None:
        raise _unreadable(text)
    return found


def _on_bluesky(path: list[str]) -> Handle | PostUrl | None:
    if len(path) < 2 or path[0] != "profile":
        return None
    author = path[1] if path[1].startswith("did:") else path[1].lower()
    if not _DID.fullmatch(author) and not _DOMAIN.fullmatch(author):
        return None
    if len(path) >= 4 and path[2] == "post" and _RECORD_KEY.fullmatch(path[3]):
        return PostUrl("bluesky", author, path[3], "bsky.app")
    return Handle("bluesky", author) if len(path) == 2 else None


def _on_x(path: list[str]) -> Handle | PostUrl | None:
    if len(path) >= 3 and path[-2] in ("status", "statuses") and _NUMBER.fullmatch(path[-1]):
        author = path[0] if len(path) == 3 and _X_NAME.fullmatch(path[0]) else ""
        return PostUrl("x", "" if author == "i" else author, path[-1], "x.com")
    if len(path) >= 3 and path[1] == "status" and _NUMBER.fullmatch(path[2]):
        return PostUrl("x", path[0] if _X_NAME.fullmatch(path[0]) else "", path[2], "x.com")
    if len(path) == 1 and path[0].lower() not in _X_PAGES and _X_NAME.fullmatch(path[0]):
        return Handle("x", path[0])
    return None


def _on_instance(host: str, path: list[str]) -> Handle | PostUrl | None:
    """`/@user`, `/@user@elsewhere`, `/@user/1`, `/users/user`, `/users/user/statuses/1`."""
    if path and path[0] == "web":  # Mastodon before 4 put it before all of these
        path = path[1:]
    if path and path[0].startswith("@"):
        name, rest = path[0][1:], path[1:]
    elif len(path) >= 2 and path[0] == "users":
        name, rest = path[1], path[3:] if path[2:3] == ["statuses"] else path[2:]
    else:
        return None
    user, _, elsewhere = name.partition("@")
    home = _host(elsewhere) if elsewhere else host
    if home is None or not _FEDIVERSE_NAME.fullmatch(user):
        return None
    author = f"{user.lower()}@{home}"
    if not rest:
        return Handle("mastodon", author)
    if len(rest) == 1 and _POST_KEY.fullmatch(rest[0]):
        return PostUrl("mastodon", author, rest[0], host)
    return None


def _unreadable(text: str) -> BadInput:
    return BadInput(
        Text(
            "{typed} is no account and no post that can be looked up: give a handle such as "
            "{examples}, or the address of a profile or a post on Bluesky, Mastodon or X.",
            typed=Code(text[:80] or "?"),
            examples=tuple(Code(one) for one in ("@name.bsky.social", "@user@instance.example")),
        )
    )
