"""Cases that go on: who may revise one, from which files, and that it is done and told."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import aiohttp
import discord

from analyzers.model.refusal import BadInput
from analyzers.model.text import Text, plural
from bot.access import Action
from bot.acting import Actor
from bot.audit import revised
from bot.bundle import MANIFEST, NAMES, asked_of, sha256
from bot.collect.folder import files as collected_files
from bot.config import StorageSettings
from bot.line import Line
from bot.pool import Pool
from bot.record import GONE, Case, Revision, Status
from bot.request import Request
from bot.revision_work import COHORT, RevisionWork
from bot.rewriting import Rewriter
from bot.store import Store
from bot.uploads import keep

LOG = logging.getLogger(__name__)


class Edit(Protocol):
    """One way to change a case's accounts: see `bot.cohort_edit`."""

    def __call__(self, folder: Path, typed: str, reason: str, *, reveal: bool) -> tuple[bytes, int]:
        """The new list, and how many it names."""
        ...


BROKEN = (ConnectionError, TimeoutError, aiohttp.ClientError)
"""What may pass by itself; which messages arrived meanwhile is looked up before any is sent."""

PAUSES = (30, 120, 600)
"""Seconds before each further attempt: an outage of Discord is outlasted, or left to the next start
of the program."""


class Revisions:
    """Promises revisions and sees that they are made; checks the rights of whoever asks."""

    def __init__(
        self,
        client: discord.Client,
        storage: StorageSettings,
        pool: Pool,
        store: Store,
        rewriter: Rewriter,
        line: Line,
    ) -> None:
        self.stopped = False
        self._storage = storage
        self._store = store
        self._rewriter = rewriter
        self._work = RevisionWork(client, storage, pool, store, rewriter, line)

    def check(self, actor: Actor, case: Case) -> None:
        """Whoever started a case may revise it until it is agreed; reviewers may at any time."""
        settled = case.status in (Status.AGREED, Status.CORRECTED)
        if actor.id == case.starter and not settled:
            actor.check(Action.INVESTIGATE)
        elif not actor.may(Action.REVIEW):
            raise BadInput(
                Text(
                    "Only reviewers may revise this case, and whoever started it until it is "
                    "agreed."
                )
            )

    async def with_files(
        self, actor: Actor, case: Case, files: Sequence[Path], reason: str
    ) -> Revision:
        """Promise to read a case again, with further files that are kept already."""
        self.check(actor, case)
        before = await asyncio.to_thread(self._request, case)
        new = [path for path in dict.fromkeys(files) if path not in before.paths]
        if not new:
            raise BadInput(
                Text("This case was made from these files already: nothing would change.")
            )
        request = replace(before, paths=(*before.paths, *new))
        return await self._promised(actor, case, request, reason)

    async def with_accounts(
        self, actor: Actor, case: Case, edit: Edit, account: str, reason: str
    ) -> Revision:
        """Promise to read a case again about accounts of which a person changed one."""
        self.check(actor, case)
        before = await asyncio.to_thread(self._request, case)
        folder, reveal = self._rewriter.folder(case), actor.may(Action.REVEAL)
        content, n = await asyncio.to_thread(edit, folder, account, reason, reveal=reveal)
        uploads = self._storage.uploads
        kept = await asyncio.to_thread(keep, content, "accounts.csv", uploads)
        return await self._promised(actor, case, replace(before, accounts=kept), reason, n)

    async def _promised(
        self, actor: Actor, case: Case, request: Request, reason: str, cohort: int | None = None
    ) -> Revision:
        log, row = revised(case, actor.id), {**request.to_row(), COHORT: cohort}
        promised = await self._store.revisions.add(case, actor.id, reason, row, log)
        if promised is None:
            raise BadInput(
                Text("This case is being read again already: wait until its thread says so.")
            )
        return promised

    async def pursue(self, revision: Revision) -> Case:
        """Make a promised revision, patient with a broken connection.

        Raises what kept it from being made: then it is to be given up, unless all is `stopped`.
        """
        for pause in PAUSES:
            try:
                return await self._work.run(revision)
            except BROKEN as error:
                if self.stopped:
                    raise
                LOG.warning("A revision of %s waits: %s", revision.case, error)
                await asyncio.sleep(pause)
        return await self._work.run(revision)

    async def give_up(self, revision: Revision, reason: Text, *, told: bool) -> None:
        """Let go of a revision; its thread says why, unless the person was `told`."""
        await self._work.give_up(revision, reason, told=told)

    def _request(self, case: Case) -> Request:
        """What was asked for when the case was made, with its files. Blocks.

        Raises BadInput when the files are no longer all there.
        """
        folder = self._rewriter.folder(case)
        try:
            record = json.loads((folder / MANIFEST).read_bytes())
            digests = [str(source["sha256"]) for source in record["sources"]]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BadInput(GONE) from error
        if not (folder / NAMES).is_file():
            raise BadInput(
                Text(
                    "An earlier version of me made this case, and I cannot keep its pseudonyms: "
                    "investigate its files again."
                )
            )
        collection = self._storage.collections / case.key
        collected = {sha256(path): path for path in collected_files(collection)}
        paths = [collected.get(one) or self._upload(one) for one in dict.fromkeys(digests)]
        there = [path for path in paths if path]
        if missing := len(paths) - len(there):
            raise BadInput(
                plural(
                    "One of the {all} files of this case is no longer kept, since its time was "
                    "over: send it again with the new ones.",
                    "{n} of the {all} files of this case are no longer kept, since their time "
                    "was over: send them again with the new ones.",
                    missing,
                    all=len(paths),
                )
            )
        asked = asked_of(folder, record, there)
        return replace(asked, names=folder / NAMES, collection=collection if collected else None)

    def _upload(self, digest: str) -> Path | None:
        folder = self._storage.uploads / digest
        kept = [path for path in folder.glob("*") if path.suffix != ".part"]
        if not kept:
            return None
        folder.touch()  # needed again, it is kept from now on for the whole retention time
        return kept[0]
