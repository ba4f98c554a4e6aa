"""Who or what is under attack: the five kinds of target an investigation can be about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from analyzers.model.text import Public, Quote, Value


@dataclass(frozen=True, slots=True)
class Account:
    """An account that posts mention, reply to or quote. `handle` has no @ and keeps its case."""

    handle: str


@dataclass(frozen=True, slots=True)
class Hashtag:
    """A hashtag, without #, compared without regard to case."""

    tag: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that posts contain, compared as normal text (case, accents and punctuation folded)."""

    words: str


@dataclass(frozen=True, slots=True)
class Link:
    """A web address that posts share, compared without scheme, `www.` and tracking parameters."""

    url: str


@dataclass(frozen=True, slots=True)
class Post:
    """A post that others reply to, quote or repost, by its id or URI."""

    post_id: str


Target: TypeAlias = Account | Hashtag | Phrase | Link | Post


def shown(target: Target) -> Value:
    """The name of a target for use inside a `Text`: the case itself makes it public."""
    match target:
        case Account(handle):
            return Public(f"@{handle}")
        case Hashtag(tag):
            return Public(f"#{tag}")
        case Phrase(words):
            return Quote(words)
        case Link(url):
            return Public(url)
        case Post(post_id):
            return Public(post_id)


def typed(target: Target) -> str:
    """A target as a person would type it, which `analyzers.lib.targets.parse` reads back."""
    match target:
        case Account(handle):
            return f"@{handle}"
        case Hashtag(tag):
            return f"#{tag}"
        case Phrase(words):
            return f'"{words}"'
        case Link(address) | Post(address):
            return address
