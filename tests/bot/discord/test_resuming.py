"""What cannot go on after a restart is let go of, and the card says why."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.client import Limier
from bot.config import Settings
from bot.pool import Pool
from bot.record import Job
from bot.request import Request
from bot.work import STARTS

pytestmark = pytest.mark.simcord(settle_timeout=90)

KEY = "0123456789abcdef"


async def restarted_with(server: Any, settings: Settings, workers: Pool, job: Job) -> Limier:
    """A new bot that finds a job of the one before."""
    await server.env.bot.store.jobs.add(job)
    await server.env.restart_bot(Limier(settings, workers))
    bot: Limier = server.env.bot
    await server.env.settle(timeout=90)
    return bot


def job(server: Any, request: Request, **values: Any) -> Job:
    plain = {
        "key": KEY,
        "guild": server.guild.id,
        "channel": server.channel.id,
        "starter": server.alice.id,
        "language": "fr",
        "request": request.to_row(),
        "created": datetime.now(UTC),
    }
    return Job(**{**plain, **values})


async def test_an_analysis_that_never_ends_well_is_not_begun_for_ever(
    server: Any, settings: Settings, workers: Pool
) -> None:
    begun = job(server, Request(()), starts=STARTS)
    bot = await restarted_with(server, settings, workers, begun)
    assert f"arrêté {STARTS} fois" in server.words(server.card)
    assert await bot.store.jobs.all() == ()


async def test_a_refusal_after_a_restart_stands_on_the_card(
    server: Any, settings: Settings, workers: Pool, tmp_path: Any
) -> None:
    lost = job(server, Request((tmp_path / "gone.csv",), ("@target_person",)))
    bot = await restarted_with(server, settings, workers, lost)
    assert "gone.csv" in server.words(server.card)
    assert await bot.store.jobs.all() == ()


async def test_a_job_whose_channel_is_gone_is_forgotten(
    server: Any, settings: Settings, workers: Pool
) -> None:
    bot = await restarted_with(server, settings, workers, job(server, Request(()), channel=1))
    assert server.cards == []
    assert await bot.store.jobs.all() == ()


def new_year() -> datetime:
    """The time of day when simcord's clock begins, by which cards of before are looked for."""
    return datetime(2026, 1, 1, tzinfo=UTC)


async def test_an_outage_of_discord_costs_no_investigation(
    server: Any,
    six: Any,
    settings: Settings,
    workers: Pool,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await server.env.restart_bot(Limier(settings, workers, new_year))
    for module in ("bot.publication", "bot.homes", "bot.case_card"):
        monkeypatch.setattr(f"{module}.AN_HOUR", 0)  # an outage longer than anybody waits
    server.begin(server.alice, dump=six, target="@target_person")
    await server.until(lambda: [c for c in server.cards if not c.flags.ephemeral])
    server.env.inject_error("POST", "/channels/*/messages/*/threads", status=503)
    await server.env.settle(timeout=90)
    assert "I go on when I am started again" in server.words(server.card)
    assert "could not be reached" in caplog.text
    assert len(await server.env.bot.store.jobs.all()) == 1

    await server.env.restart_bot(Limier(settings, workers, new_year))
    await server.env.settle(timeout=90)
    assert "Draft" in server.words(server.card)
    assert await server.env.bot.store.jobs.all() == ()
