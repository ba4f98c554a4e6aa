"""Finds texts inside what R prints of a nested list (`deparse`); nothing of it is run.

rtweet keeps a post's entities and the post that it reposts in such cells:
`list(hashtags = list(text = c("Ukraine", "Peace"), …), user_mentions = list(…))`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from analyzers.read.normal import clean

_STRING = r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)'
"""A text between quotes. One that nothing closes goes to the end, and nothing is tried twice: a
cell of quotes and backslashes would else be searched again from each of them."""

_TOKEN = re.compile(rf"{_STRING}|[()]|[^\s\"()]+", re.DOTALL)
_QUOTED = re.compile(_STRING, re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_SIGNS = {"n": "\n", "t": "\t", "r": "\r"}


def part(written: str, name: str) -> str:
    """The list called `name`, from its bracket to the one that closes it; "" when absent.

    >>> part('list(a = list(x = "1)"), b = list(x = "2"))', "a")
    '(x = "1)")'
    """
    before = ("", "", "")
    depth = start = 0
    for found in _TOKEN.finditer(written):
        piece = found[0]
        if start:
            depth += (piece == "(") - (piece == ")")
            if depth == 0:
                return written[start : found.end()]
        elif piece == "(" and before == (name, "=", "list"):
            start, depth = found.start(), 1
        before = (before[1], before[2], piece)
    return ""


@lru_cache(maxsize=64)
def _values(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b{name} = (c\((?:{_STRING}|NA|[\s,])*\)|{_STRING})", re.DOTALL)


def strings(written: str, name: str) -> list[str]:
    """The texts given to `name`, alone or in `c(…)`, in order; `NA` is left out.

    >>> strings('list(text = c("Ukraine", NA), text = "Peace")', "text")
    ['Ukraine', 'Peace']
    """
    found = (
        quoted for value in _values(name).findall(written) for quoted in _QUOTED.findall(value)
    )
    return [_plain(one[1:-1]) for one in found]


def _plain(text: str) -> str:
    return clean(_ESCAPED.sub(lambda found: _SIGNS.get(found[1], found[1]), text))
