"""Figures and events belong to one server, are bounded, and change together with the log."""

from __future__ import annotations

from typing import Any

import pytest

from analyzers.model.refusal import BadInput
from bot.record import Entry, ProtectedFigure, ServerEvent
from bot.store import Store, events, figures
from tests.bot.store.conftest import THEN

LOG = Entry(1, 7, "figures.added", details={"n": 1})
ADA = ProtectedFigure("Ada", ("ada", "ada_press"), "politics", "fr", role=5)


async def test_a_figure_is_read_back_by_its_server_alone(store: Store) -> None:
    await store.figures.add(1, [ADA], LOG)
    (kept,) = await store.figures.of(1)
    assert (kept.name, kept.handles, kept.role) == (ADA.name, ADA.handles, ADA.role)
    assert await store.figures.of(2) == ()
    assert not await store.figures.remove(2, kept.id, LOG)
    assert await store.figures.remove(1, kept.id, LOG)
    assert not await store.figures.remove(1, kept.id, LOG)
    assert len(await store.log.of(1, 10)) == 2


async def test_an_event_is_read_back_by_its_server_alone(store: Store) -> None:
    await store.events.add(1, ServerEvent(THEN, "A trial", about="@ada"), LOG)
    (kept,) = await store.events.of(1)
    assert (kept.at, kept.label, kept.until, kept.about) == (THEN, "A trial", None, "@ada")
    assert await store.events.of(2) == ()
    assert not await store.events.remove(2, kept.id, LOG)
    assert await store.events.remove(1, kept.id, LOG)


async def test_what_would_be_too_many_is_kept_in_no_part(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figures, "MOST", 2)
    monkeypatch.setattr(events, "MOST", 1)
    with pytest.raises(BadInput, match="at most"):
        await store.figures.add(1, [ADA, ADA, ADA], LOG)
    assert await store.figures.of(1) == ()
    event: Any = ServerEvent(THEN, "A trial")
    await store.events.add(1, event, LOG)
    await store.events.add(2, event, LOG)
    with pytest.raises(BadInput, match="at most"):
        await store.events.add(1, event, LOG)
    assert len(await store.events.of(1)) == 1
