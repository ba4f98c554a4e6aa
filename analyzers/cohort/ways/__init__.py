"""The ways of acting alike that the search reads beside texts, one file each."""

from analyzers.cohort.ways import (
    fast_reposts,
    same_hashtags,
    same_links,
    same_mentions,
    same_replies,
    same_reposts,
    same_texts,
    synchronous,
)
from analyzers.cohort.ways.way import Way

WAYS: tuple[Way, ...] = (
    same_texts.WAY,
    same_links.WAY,
    same_hashtags.WAY,
    same_reposts.WAY,
    same_replies.WAY,
    same_mentions.WAY,
    fast_reposts.WAY,
    synchronous.WAY,
)
"""Every way, in the order in which reports name them."""

__all__ = ["WAYS", "Way"]
