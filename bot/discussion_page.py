"""Puts what people said of a case at the head of its page, so that no copy goes without it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape

from analyzers.model.text import Text
from analyzers.render.words import Words as Speech
from analyzers.render.words import inert
from bot.record import Kind, Opinion, Reference, Status
from bot.standing import HEADS, Discussion, status_line, status_name

_BADGE = re.compile(r'(<span class="draft">)[^<]*(?=</span>)')
"""The page says "Draft" when it is made; what the case is now is known when it is taken away."""

_FIRST = {Kind.DISPUTE: 0, Kind.NOTE: 1, Kind.AGREE: 2}


def page_with_discussion(
    page: str,
    discussion: Discussion,
    titles: Mapping[str, str],
    names: Mapping[int, str],
    speech: Speech,
    references: Sequence[Reference] = (),
    settled: Text | None = None,
) -> str:
    """The page with the case's status and what stands of the discussion, disputes first.

    `titles` maps steps to what the thread calls them, `names` Discord ids to names where known.
    What is `settled` is no draft any more, wherever the page calls it one.
    """
    said = sorted(discussion.opinions, key=lambda one: (_FIRST[one.kind], one.id))
    lines = [_line(one, titles, names, speech) for one in said]
    section = (
        f'<section id="discussion">\n<h2>{_shown(speech.say(_HEADING))}</h2>\n'
        f"<p>{_shown(speech.say(status_line(discussion)))}</p>\n"
        + (f"<ul>\n{''.join(lines)}</ul>\n" if lines else "")
        + _listed(references, speech)
        + "</section>"
    )
    if discussion.status is not Status.DRAFT:
        badge = _shown(speech.say(settled or status_name(discussion.status)))
        page = _BADGE.sub(lambda found: found[1] + badge, page, count=1)
    draft = f'<p class="soft">{_shown(speech.say(status_line(Discussion())))}</p>\n'
    if discussion.status is not Status.DRAFT:
        page = page.replace(draft, "", 1)  # what it is now stands above
    return page.replace("<main>", f"<main>\n{section}", 1)


def _line(one: Opinion, titles: Mapping[str, str], names: Mapping[int, str], speech: Speech) -> str:
    head = f"<strong>{_shown(speech.say(HEADS[one.kind]))}</strong>"
    about = [_shown(titles.get(one.step, one.step))] if one.step else []
    who = _shown(names.get(one.who, str(one.who)))
    reason = f"<br>{_shown(one.reason)}" if one.reason else ""
    return f"<li>{' · '.join([head, *about, who])}{reason}</li>\n"


def _listed(references: Sequence[Reference], speech: Speech) -> str:
    """The references, as text that is no link: who reads a page decides what to open."""
    if not references:
        return ""
    lines = [f"<li>{_shown(one.title)}<br>{_shown(one.url)}</li>\n" for one in references]
    heading = _shown(speech.say(Text("References")))
    return f"<h3>{heading}</h3>\n<ul>\n{''.join(lines)}</ul>\n"


def _shown(text: str) -> str:
    return escape(inert(text))


_HEADING = Text("What people said of it")
