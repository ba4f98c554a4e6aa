"""Which families of like posts the public wrote: titles of pages, quotations, common phrases."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, TypeAlias

from analyzers.lib.targets import canonical

if TYPE_CHECKING:
    import pandas as pd

PublicSource: TypeAlias = Literal["link", "quotation", "short"]
"""What supplies a family's text: the page it links to, somebody quoted, or common usage."""

MOST = 0.8
"""A family goes with links when this share of its posts has one: shortened links differ though
they lead to one page, and a cut text may have lost its own."""

HALF = 0.5
"""One and the same page in half of the posts, or quotation marks in half, say where it is from."""

SHORT = 7
"""Texts under seven words outside hashtags ("tu n'es qu'un clown" counts as six) are what people
write by themselves. In each of twelve simulated crowds of 600 strangers, texts of up to six words
recur in families of up to 7 to 14 accounts, longer ones without a source only in pairs."""

POST_LINK = r"^x\.com/[^/]+/status/|^bsky\.app/profile/.+/post/|/@[^/]+/\d+$"
"""Canonical links to one post: quoting a post adds such a link, and its page is not the text."""

QUOTED = r"«[^«»]*»|“[^“”]*”|„[^„“”]*[“”]|\"[^\"]*\""
"""What stands between quotation marks, in the pairs that French, English and German use."""

_LINK = re.compile(r"https?://\S+")
_HASHTAG = re.compile(r"[#＃][\w·]+")  # the full-width sign is a hashtag's too
_WORD = re.compile(r"\w+")


def public_families(posts: pd.DataFrame) -> dict[int, PublicSource]:
    """The families whose text comes from a public source, with that source.

    `posts` has family (-1 for none), text and, where known, urls. A link to a single post is no
    source: quoting adds one. Lyrics and sayings without quotation marks are not recognised.
    """
    import pandas as pd

    inside = posts[(posts["family"] >= 0) & posts["text"].notna()]
    if inside.empty:
        return {}
    urls = inside["urls"] if "urls" in inside else [None] * len(inside)
    links = [_links(text, given) for text, given in zip(inside["text"], urls, strict=True)]
    said = [_words(text) for text in inside["text"]]
    traits = pd.DataFrame(
        {
            "family": inside["family"].to_numpy(),
            "linked": [bool(each) for each in links],
            "quoted": [quoted * 2 >= words > 0 for words, quoted in said],
            "words": [words for words, _ in said],
        }
    )
    of = traits.groupby("family").agg(
        linked=("linked", "mean"), quoted=("quoted", "mean"), words=("words", "median")
    )
    pages = _commonest_page(traits["family"].tolist(), links, traits.groupby("family").size())
    found: dict[int, PublicSource] = {}
    for label in of.index:
        row = of.loc[label]
        if row["linked"] >= MOST or pages.get(int(label), 0.0) >= HALF:
            found[int(label)] = "link"
        elif row["quoted"] >= HALF:
            found[int(label)] = "quotation"
        elif row["words"] < SHORT:
            found[int(label)] = "short"
    return found


def _links(text: str, urls: object) -> frozenset[str]:
    given = [str(url) for url in urls] if isinstance(urls, Iterable) else []
    return pages(given or _LINK.findall(text))


def pages(links: Iterable[str]) -> frozenset[str]:
    """The pages that links lead to, without links to single posts, which quoting adds."""
    return frozenset(page for page in map(_page, links) if not re.search(POST_LINK, page))


@lru_cache(maxsize=100_000)
def _page(url: str) -> str:
    return canonical(url)


def _words(text: str) -> tuple[int, int]:
    """The number of words outside links and hashtags, and of those within quotation marks."""
    bare = _HASHTAG.sub(" ", _LINK.sub(" ", text))
    inside = " ".join(re.findall(QUOTED, bare))
    return len(_WORD.findall(bare)), len(_WORD.findall(inside))


def _commonest_page(
    families: list[int], links: list[frozenset[str]], sizes: pd.Series[int]
) -> dict[int, float]:
    """For each family, the share of its posts that carry its commonest page."""
    counts: dict[tuple[int, str], int] = {}
    for family, pages in zip(families, links, strict=True):
        for page in pages:
            counts[family, page] = counts.get((family, page), 0) + 1
    most: dict[int, float] = {}
    for (family, _), count in counts.items():
        most[family] = max(most.get(family, 0.0), count / int(sizes[family]))
    return most
