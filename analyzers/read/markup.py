"""Turns the HTML in which the fediverse writes posts into plain text, and finds its links.

Only what Mastodon lets through is understood (docs.joinmastodon.org/spec/activitypub, "HTML
sanitization"); every other tag is dropped and its content kept.
"""

from __future__ import annotations

import html
import re

from analyzers.read.normal import clean

_BREAK = re.compile(r"<br\s*/?>|</(?:li|blockquote|h[1-6]|pre)>", re.IGNORECASE)
_PARAGRAPH = re.compile(r"</p>\s*(?=<)", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_ANCHOR = re.compile(r"<a\s([^<>]*)>", re.IGNORECASE)
_HREF = re.compile(r"""\bhref=(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_CLASS = re.compile(r"""\bclass=(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_NO_LINK = {"mention", "hashtag"}


def plain(content: str) -> str:
    """The text of a post; mentions, hashtags and whole addresses stay in it.

    >>> plain('<p>Hi <span class="h-card"><a href="https://a.example/@b">@<span>b</span></a></span>'
    ...       '<br>you &amp; me</p><p>Bye</p>')
    'Hi @b\\nyou & me\\n\\nBye'
    """
    text = _PARAGRAPH.sub("\n\n", _BREAK.sub("\n", content))
    return clean(html.unescape(_TAG.sub("", text))).strip()


def links(content: str) -> list[str]:
    """The addresses that a post links to, but for those behind mentions and hashtags."""
    found = []
    for anchor in _ANCHOR.findall(content):
        href, kind = _HREF.search(anchor), _CLASS.search(anchor)
        if href and not (kind and _NO_LINK & set((kind[1] or kind[2] or "").split())):
            found.append(clean(html.unescape(href[1] or href[2] or "")))
    return list(dict.fromkeys(url for url in found if url.startswith(("http://", "https://"))))
