"""Photographs the demo's case in Discord: `make pictures-of-discord`, whenever it changes its look.

The bot that runs is the real one, Discord is simcord, and the browser is the machine's Chromium,
which must be installed. The pictures are those of a phone.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import discord
from playwright.async_api import Page, ViewportSize, async_playwright
from simcord import ChannelHandle, Env, MemberActor, Preview

from analyzers.simulate import simulate, write
from bot.client import Limier
from bot.config import PoolSettings, Settings, StorageSettings
from bot.pool import Pool

IMAGES = Path(__file__).parent / "images"

PHONE: ViewportSize = {"width": 412, "height": 2400}
"""A phone's width in points; the height holds the longest message."""

BESIDE = "[data-workbench] { display: none !important }"
"""Hides the tools that simcord shows around Discord."""

STEP = 2
"""The place of the model of text in the thread."""

PATIENCE = 300.0
"""Seconds that the demo's case may take on a slow machine."""


async def main() -> None:
    """Investigate the demo in a server of its own and photograph what people see there."""
    with tempfile.TemporaryDirectory() as folder, _bot(Path(folder)) as bot:
        async with _server(bot) as env:
            alice, channel = await _investigated(env, Path(folder))
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"))
                context = await browser.new_context(
                    viewport=PHONE, device_scale_factor=2, bypass_csp=True
                )
                page = await context.new_page()
                for name, place, number in (
                    ("discord-card.png", channel, 0),
                    ("discord-step.png", channel.threads[0], STEP),
                ):
                    preview = env.preview(place, viewers=[alice], **PHONE)
                    await _photograph(preview, _sent(place)[number], page, IMAGES / name)
                await browser.close()


@contextmanager
def _bot(folder: Path) -> Iterator[Limier]:
    settings = Settings(
        token="no.real.token",  # noqa: S106
        pool=PoolSettings(workers=2),
        storage=StorageSettings(directory=folder / "storage"),
    )
    with Pool(workers=2, seconds=PATIENCE, megabytes=settings.pool.megabytes) as pool:
        yield Limier(settings, pool)


@asynccontextmanager
async def _server(bot: Limier) -> AsyncIterator[Env]:
    env = Env(bot, settle_timeout=PATIENCE, check_errors=False)
    env.backend.bot_user.name = "Limier"
    await env.start()
    try:
        with env.time_context():
            yield env
    finally:
        await env.shutdown()


async def _investigated(env: Env, folder: Path) -> tuple[MemberActor, ChannelHandle]:
    """The channel in which alice had the demo's dump investigated."""
    guild = env.create_guild("A collective")
    channel = guild.create_text_channel("investigations")
    alice = guild.add_member(env.create_user("alice"))
    campaign = simulate("rented_farm")
    files = [path for path in write(campaign, folder / "demo.jsonl") if path.suffix != ".json"]
    options: dict[str, Any] = {}
    dumps = iter(("dump", "dump2", "dump3", "dump4", "dump5"))
    for path in files:
        name = "events" if path.name.endswith(".events.csv") else next(dumps)
        options[name] = (path.name, path.read_bytes())
    await alice.slash(channel, "investigate", target=f"@{campaign.truth.target}", **options)
    return alice, channel


def _sent(place: ChannelHandle) -> list[discord.Message]:
    """What the bot sent there, without Discord's own notes of opened threads."""
    return [message for message in place.history() if message.components]


async def _photograph(preview: Preview, message: discord.Message, page: Page, to: Path) -> None:
    """One message, alone, as wide as a phone."""
    async with preview:
        await preview.show(message)
        await page.goto(preview.url)
        await page.wait_for_function("() => window.simcordPreview?.ready === true")
        await page.add_style_tag(content=BESIDE)
        await page.wait_for_timeout(500)  # what was hidden gives its room to the message
        await page.locator("#focused-content").screenshot(path=to)


if __name__ == "__main__":
    asyncio.run(main())
