"""What makes a text easy to come by: a link to the page that offers it, a hashtag to follow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from analyzers.lib.measures import Count
from analyzers.lib.public_text import pages


def linking(links: Iterable[Iterable[str] | None]) -> Count:
    """How many of these posts link to a page (not to a single post, which quoting adds)."""
    each = [bool(pages(urls if urls is not None else ())) for urls in links]
    return sum(each), len(each)


def commonest_hashtag(hashtags: Iterable[Iterable[str] | None]) -> Count:
    """How many of these posts carry the hashtag that most of them carry, of how many posts."""
    counts: Counter[str] = Counter()
    total = 0
    for tags in hashtags:
        total += 1
        counts.update({tag.lower() for tag in (() if tags is None else tags)})
    return max(counts.values(), default=0), total
