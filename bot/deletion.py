"""Deletes a case for good when somebody who may asks for it; the log keeps that it was there."""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from analyzers.model.refusal import BadInput
from analyzers.model.text import Text
from bot.access import Action
from bot.acting import Actor
from bot.audit import deleted
from bot.config import StorageSettings
from bot.record import Case, Status
from bot.retention import manifest_hash, upcoming
from bot.rewriting import Rewriter
from bot.store import Store

LOG = logging.getLogger(__name__)

Halt: TypeAlias = Callable[[str], Awaitable[object]]
"""Ends what is still being worked on for a case, by its key."""

Farewell: TypeAlias = Callable[[Case, int, datetime], Awaitable[None]]
"""Says where a case was shown who deleted it and when."""


class Deletion:
    """Deletes cases; checks the rights of whoever asks, before the question and after it."""

    def __init__(
        self,
        store: Store,
        rewriter: Rewriter,
        halt: Halt,
        farewell: Farewell,
        storage: StorageSettings,
    ) -> None:
        self._store = store
        self._rewriter = rewriter
        self._halt = halt
        self._farewell = farewell
        self._beside = (storage.exhibits, storage.collections)

    def question(self, actor: Actor, case: Case) -> Text:
        """What to ask somebody who may delete the case; BadInput when they may not."""
        _check(actor, case)
        return Text(
            "Delete {title} for good, with its charts, its private record, its exhibits, what was "
            "collected for it and all that people said of it? The messages in its thread stay in "
            "Discord until somebody deletes the thread; the files that were uploaded for it go "
            "when their own time is over.",
            title=case.title,
        )

    async def delete(self, actor: Actor, case: Case) -> Text:
        """Delete a case with its files and all that was said of it, and say that it is done.

        A line in the log remains, with the hash of its manifest, by which a copy is known again.
        """
        _check(actor, case)
        folder = self._rewriter.folder(case)
        async with self._rewriter.turn(case):  # or else an edit under way would bring the card back
            tombstone = deleted(case, actor.id, await asyncio.to_thread(manifest_hash, folder))
            if not await self._store.cases.drop(case, tombstone):
                raise BadInput(
                    Text("Somebody else has just changed this case: look at it and try again.")
                )
            await self._halt(case.key)  # its thread may still be being written
            beside = (each / case.key for each in self._beside)
            left = await asyncio.to_thread(_remove, folder, upcoming(folder), *beside)
            await self._farewell(case, actor.id, self._store.now())
        if left:
            return Text(
                "The case is deleted, but some of its files could not be. Tell whoever runs me "
                "to delete them."
            )
        return Text("The case is deleted.")


def _check(actor: Actor, case: Case) -> None:
    """Those who administer delete cases; whoever started one does while it is a draft."""
    own_draft = actor.id == case.starter and case.status is Status.DRAFT
    if not own_draft and not actor.may(Action.ADMINISTER):
        raise BadInput(
            Text(
                "Only people who administer may delete this case. Whoever started a case may, "
                "while it is a draft."
            )
        )
    if case.hold:
        raise BadInput(
            Text("This case is on hold: it can be deleted once it is off hold (/case hold).")
        )


def _remove(*folders: Path) -> bool:
    """Delete the folders of a case; whether something of them is left."""
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
    left = [folder for folder in folders if folder.exists()]
    for folder in left:
        LOG.error("Files of the deleted case %s are left in %s", folder.name, folder)
    return bool(left)
