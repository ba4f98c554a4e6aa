"""The templates of a kept case as keyed numbers; reads its posts, so call a worker."""

from __future__ import annotations

from pathlib import Path

from analyzers.lib.fingerprint import fingerprint
from bot.kept_posts import kept_posts

ACCOUNTS = 3
"""Accounts of the case that must share a text: two may have copied one another once."""

FAMILIES = 20
"""Families that are told again later, those of most accounts."""


def templates(task: tuple[Path, bytes]) -> tuple[tuple[int, ...], ...]:
    """The numbers of each text that several accounts of a case share, made with a server's key.

    Raises BadInput when the case keeps no posts.
    """
    folder, key = task
    _, posts = kept_posts(folder)
    texts: dict[int, dict[str, str]] = {}
    for post in posts:
        if post.shared >= 0 and post.pseudonym:
            texts.setdefault(post.shared, {}).setdefault(post.pseudonym, post.text)
    shared = [family for _, family in sorted(texts.items()) if len(family) >= ACCOUNTS]
    shared.sort(key=lambda family: -len(family))
    made = (fingerprint([*family.values()], key) for family in shared[:FAMILIES])
    return tuple(numbers for numbers in made if numbers)
