"""Collections for cases of Discord: each has a folder, and is gone on with after a stop."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from analyzers.model.refusal import BadInput
from analyzers.model.text import Text
from bot.collect.collection import collect
from bot.collect.folder import files, opened
from bot.collect.http import Http, Manners
from bot.collect.plan import Plan, read, start
from bot.collect.platforms import chosen
from bot.collect.result import read_result
from bot.config import CollectSettings
from bot.line import Line
from bot.pool import Pool, Share
from bot.request import Request


class Collecting:
    """Carries out what was planned, so many at once, by the operator's settings."""

    def __init__(self, settings: CollectSettings, folders: Path, pool: Pool) -> None:
        """`folders` holds one folder for each case, `pool` looks for the cohort."""
        self.line = Line(settings.at_once)
        self.settings = settings
        self._folders = folders
        self._pool = pool

    async def planned(self, key: str, plan: Plan) -> Path:
        """Write a plan down for the case of this key, and give back the collection's folder."""
        await asyncio.to_thread(start, self._folders / key, plan)
        return self._folders / key

    async def carried_out(self, request: Request, show: Callable[[int, int], None]) -> Request:
        """Collect, or go on with it, and give back the request with what came in as its files.

        `show` is told the number of each page, and how many there are at most. What is kept is not
        asked for again, and a collection that ended is not begun anew. Cancelling this stops the
        work in the pool too. Raises BadInput with one sentence for the person.
        """
        folder = request.collection
        plan = await asyncio.to_thread(read, folder) if folder else None
        if folder is None or plan is None:
            raise BadInput(Text("What was to be collected is no longer known: ask for it again."))
        if await asyncio.to_thread(read_result, folder) is None:
            await self._collect(folder, plan, show)
        return await asyncio.to_thread(_filled, request, folder, plan)

    async def _collect(self, folder: Path, plan: Plan, show: Callable[[int, int], None]) -> None:
        platform = chosen(plan.platform, self.settings)
        manners = Manners(private_addresses=self.settings.private_addresses)
        share = Share(self._pool)
        try:
            async with Http(manners) as http:
                await collect(
                    *(folder, plan, platform, http, share.run),
                    count=lambda number: show(number, plan.requests),
                    scratch=share.scratch,
                )
        finally:
            share.stop()

    async def let_go(self, key: str) -> None:
        """Delete what was collected for a case that comes to nothing, if anything was."""
        await asyncio.to_thread(shutil.rmtree, self._folders / key, ignore_errors=True)


def _filled(request: Request, folder: Path, plan: Plan) -> Request:
    """The request with the files, targets and cohort of a collection. Blocks."""
    found = opened([folder])
    assert found is not None, "it is a folder"
    return replace(
        request,
        paths=files(folder),
        targets=found.targets,
        frozen=found.frozen,
        since=plan.since,
        until=plan.until,
    )
