"""What a person typed as a target: which of the five kinds it is, and whom it means in the data."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from analyzers.model.refusal import BadInput
from analyzers.model.target import Account, Hashtag, Link, Phrase, Post, Target
from analyzers.model.text import Text

if TYPE_CHECKING:
    import polars as pl

LONGEST = 200
"""Longest target accepted, in characters: above any handle, hashtag or quotable sentence of a
280-character post, below a pasted paragraph, which matches nothing."""

LIKE_ENOUGH = 60
"""Lowest rapidfuzz similarity (0 to 100) of a suggested handle: a swapped pair of letters in a
handle of five scores 80, two unrelated handles of ten rarely reach 50."""

TRACKING = re.compile(r"^(utm_.*|fbclid|gclid|dclid|msclkid|igshid|mc_[ce]id|ref_src|ref_url|s|t)$")
"""Query parameters that say how a link travelled, not what it points to. `s` and `t` are the share
marks of X's own links, so they go only there."""

_OPENING = {'"': '"', "«": "»", "“": "”", "„": "“”", "'": "'", "‘": "’"}
_X_HOSTS = {"x.com", "twitter.com", "mobile.twitter.com", "m.twitter.com", "nitter.net"}
_X_PAGES = {"i", "home", "search", "hashtag", "explore", "settings", "intent", "share"}
_BLUESKY_HOSTS = {"bsky.app", "staging.bsky.app"}
_HANDLE = re.compile(r"@?[\w][\w.\-]*(@[\w][\w.\-]*)?")
_HASHTAG = re.compile(r"[#＃]([\w·]+)")
_NUMBER = re.compile(r"\d+")
_POST = re.compile(r"\d+|[0-9A-HJKMNP-TV-Z]{26}")  # Mastodon counts, GoToSocial writes ULIDs


def parse(text: str) -> Target:
    """Tell which kind of target a person means: account, hashtag, phrase, link or post.

    `@name`, `name`, `@name.bsky.social`, `@user@instance` and profile links are accounts; `#word` a
    hashtag; words in quotation marks, or several words, a phrase; links to one post on X, Bluesky
    or Mastodon, and `at://` addresses, a post; any other link a link. Raises `BadInput` when the
    text is empty, too long, or none of these.
    """
    typed = "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co"))
    typed = " ".join(unicodedata.normalize("NFC", typed).split())
    if not typed:
        raise BadInput(
            Text("The target is empty: give a handle, a hashtag, a phrase in quotes or a link.")
        )
    if len(typed) > LONGEST:
        raise BadInput(
            Text(
                "The target is {length} characters long; at most {longest} are possible. Give a "
                "handle, a hashtag, a short phrase or a link.",
                length=len(typed),
                longest=LONGEST,
            )
        )
    return _kind(typed)


def _kind(typed: str) -> Target:
    if typed.lower().startswith(("http://", "https://")):
        return _address(typed)
    if typed.lower().startswith("at://"):
        return Post(typed)
    if typed[0] in _OPENING:
        return _phrase(typed)
    if match := _HASHTAG.fullmatch(typed):
        return Hashtag(match[1])
    if _HANDLE.fullmatch(typed):
        return _address(f"https://{typed}") if _is_bare_address(typed) else Account(_bare(typed))
    if _is_bare_address(typed):
        return _address(f"https://{typed}")
    return _phrase(typed)


def _bare(handle: str) -> str:
    return handle.removeprefix("@").rstrip(".")


def _is_bare_address(typed: str) -> bool:
    """Whether this is a link pasted without its scheme, such as `x.com/name`."""
    host, slash, path = typed.partition("/")
    return bool(slash and path) and "." in host and " " not in typed and not typed.startswith("@")


def _phrase(typed: str) -> Phrase:
    closing = _OPENING.get(typed[0], "")
    words = typed[1:] if closing else typed
    if closing and words and words[-1] in closing:
        words = words[:-1]
    words = words.strip()
    if not any(character.isalnum() for character in words):
        raise BadInput(
            Text("The target holds no word or name: give a handle, a hashtag, a phrase or a link.")
        )
    return Phrase(words)


def _address(url: str) -> Target:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        host = ""
    if not host:
        raise BadInput(Text("This link cannot be read: give its whole address, with https://."))
    path = [unquote(part) for part in parts.path.split("/") if part]
    if host in _X_HOSTS:
        return _on_x(url, path)
    if host in _BLUESKY_HOSTS and len(path) >= 2 and path[0] == "profile":
        return Post(path[3]) if len(path) >= 4 and path[2] == "post" else Account(path[1])
    if path and path[0].startswith("@") and _HANDLE.fullmatch(path[0]):
        return _on_mastodon(url, host, path)
    return Link(url)


def _on_x(url: str, path: list[str]) -> Target:
    if len(path) >= 3 and path[-2] in ("status", "statuses") and _NUMBER.fullmatch(path[-1]):
        return Post(path[-1])
    if len(path) >= 3 and path[1] == "status" and _NUMBER.fullmatch(path[2]):
        return Post(path[2])
    if len(path) >= 2 and path[0] == "hashtag":
        return Hashtag(path[1])
    if len(path) == 1 and path[0].lower() not in _X_PAGES and _HANDLE.fullmatch(path[0]):
        return Account(_bare(path[0]))
    return Link(url)


def _on_mastodon(url: str, host: str, path: list[str]) -> Target:
    handle = _bare(path[0])
    if len(path) == 1:
        return Account(handle if "@" in handle else f"{handle}@{host}")
    if len(path) == 2 + (path[1] == "statuses") and _POST.fullmatch(path[-1]):
        return Post(path[-1])
    return Link(url)


def canonical(url: str) -> str:
    """Reduce a link to what it points to, so that two ways of sharing one page compare equal.

    Drops the scheme, `www.` and `m.`, the port, the fragment, a trailing slash and tracking
    parameters (`utm_*`, `fbclid` …); host in lower case; other parameters sorted. Something that
    is no link comes back as it stands.
    """
    try:
        parts = urlsplit(url.strip() if "://" in url else f"https://{url.strip()}")
        host = (parts.hostname or "").lower()
    except ValueError:
        return url
    host = host.removeprefix("www.").removeprefix("m.").removeprefix("mobile.")
    own = host in _X_HOSTS
    kept = sorted(
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not TRACKING.match(name.lower()) or (name in ("s", "t") and not own)
    )
    path = parts.path.rstrip("/")
    return f"{'x.com' if own else host}{path}{'?' + urlencode(kept) if kept else ''}"


def resolve(target: Target, accounts: pl.DataFrame) -> frozenset[str]:
    """Every way in which posts may name a target account: its ids, and `@handle` in lower case.

    `accounts` has `account_id` and `handle`. A handle is compared without regard to case; an
    account may also be given by its id. Empty for targets of the other kinds.
    """
    import polars as pl

    if not isinstance(target, Account):
        return frozenset()
    handle = target.handle.lower()
    named = pl.col("handle").str.to_lowercase().str.strip_prefix("@") == handle
    found = accounts.filter(named | (pl.col("account_id") == target.handle))["account_id"]
    return frozenset(found.to_list()) | {f"@{handle}"}


def nearest(target: Target, handles: Iterable[str]) -> tuple[str, ...]:
    """Up to five handles that look like a misspelt target, likest first, without @ and unlike it.

    Compared by rapidfuzz's ratio without regard to case; nothing for targets that are no account.
    """
    from rapidfuzz import fuzz, process

    if not isinstance(target, Account):
        return ()
    typed = target.handle.lower()
    bare = {handle.removeprefix("@") for handle in handles}
    known = sorted(handle for handle in bare if handle.lower() != typed)
    likest = process.extract(
        typed,
        [handle.lower() for handle in known],
        scorer=fuzz.ratio,
        score_cutoff=LIKE_ENOUGH,
        limit=5,
    )
    return tuple(known[position] for _, _, position in likest)
