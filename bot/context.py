"""What a server knows beforehand, added to what a person asks: protected figures and events.

The merged register and events are written as files named by their content, so that a request
stays whole in itself: a restart and `limier verify` read the same.
"""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from analyzers.lib.targets import parse
from analyzers.model.refusal import BadInput
from analyzers.model.target import Account
from analyzers.read.events import MOST_EVENTS, read_events
from analyzers.read.register import MOST, read_register
from analyzers.render.figure_csv import harmless
from bot.access import Action
from bot.acting import Actor
from bot.record import ProtectedFigure, ServerEvent
from bot.request import Request
from bot.store import Store
from bot.uploads import keep


def sees(actor: Actor, figure: ProtectedFigure) -> bool:
    """Whether somebody may see a figure: all who investigate, or the holders of its role alone.

    Those who administer see every figure, for they decide who holds which role.
    """
    if figure.role is not None:
        return actor.holds(figure.role) or actor.may(Action.ADMINISTER)
    return actor.may(Action.INVESTIGATE)


async def seen_figures(actor: Actor, store: Store) -> tuple[ProtectedFigure, ...]:
    """The figures of their server that somebody may see, by name."""
    return tuple(one for one in await store.figures.of(actor.guild) if sees(actor, one))


async def with_context(request: Request, actor: Actor, store: Store, uploads: Path) -> Request:
    """The request with the figures and events of the server beside the files that were given.

    A figure for one role is added only if the person who asks holds it: the thread will name it.
    Raises BadInput when a given file cannot be read.
    """
    figures = [
        one for one in await seen_figures(actor, store) if one.role is None or actor.holds(one.role)
    ]
    events = [one for one in await store.events.of(actor.guild) if _fits(one, request)]
    return await asyncio.to_thread(_merged, request, figures, events, uploads)


def _fits(event: ServerEvent, request: Request) -> bool:
    """Whether an event is inside the window, and about everybody or about what is asked."""
    ends = event.until or event.at
    if (request.since and ends < request.since) or (request.until and event.at >= request.until):
        return False
    return not event.about or any(same(event.about, target) for target in request.targets)


def same(one: str, other: str) -> bool:
    """Whether two targets as people type them are the same.

    >>> same("@Ex_Ministre", "ex_ministre")
    True
    """
    try:
        first, second = parse(one), parse(other)
    except BadInput:
        return False
    if isinstance(first, Account) and isinstance(second, Account):
        return _plain(first.handle) == _plain(second.handle)
    return first == second


def _plain(handle: str) -> str:
    return handle.removeprefix("@").casefold()


def _merged(
    request: Request,
    figures: Sequence[ProtectedFigure],
    events: Sequence[ServerEvent],
    uploads: Path,
) -> Request:
    if figures:
        request = replace(request, figures=_register(request.figures, figures, uploads))
    if events:
        request = replace(request, events=_events(request.events, events, uploads))
    return request


def _register(given: Path | None, figures: Iterable[ProtectedFigure], uploads: Path) -> Path:
    """A register with the rows of the given file first: what it says of a handle counts."""
    rows: dict[str, tuple[str, str, str]] = {}
    skipped = 0
    if given:
        read = read_register(given)
        skipped = read.skipped
        rows = {_plain(one.handle): (one.handle, one.name, one.category) for one in read.figures}
    for figure in figures:
        for handle in figure.handles:
            rows.setdefault(_plain(handle), (handle, figure.name, figure.category))
    unread = [("", "unreadable", "")] * skipped  # so that the report counts them as of the file
    lines = [*list(rows.values())[: MOST - len(unread)], *unread]
    return _kept(("handle", "name", "category"), lines, "figures.csv", uploads)


def _events(given: Path | None, events: Iterable[ServerEvent], uploads: Path) -> Path:
    """The events of the given file, then the server's, as many as a chart can show."""
    read = read_events(given) if given else ()
    times = [(one.at, one.label, one.until) for one in read]
    times += [(one.at, one.label, one.until) for one in events]
    lines = [
        (at.isoformat(), label, until.isoformat() if until else "") for at, label, until in times
    ]
    names = ("time", "label", "until")
    return _kept(names, list(dict.fromkeys(lines))[:MOST_EVENTS], "events.csv", uploads)


def _kept(
    names: tuple[str, ...], rows: Iterable[tuple[str, ...]], name: str, uploads: Path
) -> Path:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_inert(cell) for cell in row] for row in rows)
    return keep(text.getvalue().encode(), name, uploads)


def _inert(cell: str) -> str:
    """A cell that no spreadsheet runs; a handle without brackets runs nothing and stays itself."""
    return cell if cell.startswith("@") and "(" not in cell else harmless(cell)
