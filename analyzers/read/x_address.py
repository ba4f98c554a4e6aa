"""Finds the handle and the post id in the address of a post of X, old or new."""

from __future__ import annotations

import re
from collections.abc import Callable

from analyzers.model.text import Text

ELSEWHERE = Text("The row is an article or a post of another network: only X's posts are read.")

_POST = re.compile(r"\b(?:twitter|x)\.com/(?:i|i/web|@?(\w{1,15}))/status(?:es)?/(\d+)", re.ASCII)
_PROFILE = re.compile(r"\b(?:twitter|x)\.com/@?(\w{1,15})/?(?:\?|$)", re.ASCII)


def writer_in(url: str) -> str:
    """The handle in a post's address, in its own case; "" when it is none of X's.

    >>> writer_in("https://x.com/Voisine/status/5"), writer_in("https://news.example/status/5")
    ('Voisine', '')
    """
    found = _POST.search(url)
    return found[1] or "" if found else ""


def post_in(url: str) -> str:
    """The post id in a post's address; "" when it is none of X's.

    >>> post_in("http://twitter.com/Voisine/statuses/5"), post_in("https://x.com/i/web/status/6")
    ('5', '6')
    """
    found = _POST.search(url)
    return found[2] if found else ""


def handle_in(url: str) -> str:
    """The handle in a profile's address; "" when it is none of X's.

    >>> handle_in("https://twitter.com/Voisine")
    'Voisine'
    """
    found = _PROFILE.search(url)
    return found[1] if found else ""


def elsewhere(column: str) -> Callable[[Callable[[str], str]], Text | None]:
    """For `Layout.passes_over`: rows whose `column` has no address of a post of X.

    The tables of social listening services hold articles and other networks' posts beside.
    """
    return lambda cell: None if post_in(cell(column)) else ELSEWHERE
