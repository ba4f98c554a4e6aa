"""The operator's inbox: files too big for Discord, in one folder for each server."""

from __future__ import annotations

import asyncio
import hashlib
import os
import shutil
import stat
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from threading import Event
from typing import BinaryIO, TypeAlias

from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text
from bot.config import StorageSettings

LISTED = 1000
"""Files of one folder that are looked at: a list to choose from shows 25 of them."""

BLOCK = 4 * 1_048_576
"""Bytes read at once: large enough to be fast, small enough to stop soon."""

EVERY = 3.0
"""Seconds between two sentences about how far a copy is: Discord allows few edits."""

Show: TypeAlias = Callable[[Text], Awaitable[object]]
"""Tells the person who waits how far it is."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that lies in the inbox: its name there and its size in bytes."""

    name: str
    size: int


class _Abandoned(Exception):
    """Nobody waits for this copy any more."""


class Inbox:
    """The files that whoever runs the bot laid down for one server; it sees no other server's.

    Only plain files directly in the server's folder count. Links are left alone, since they could
    lead to another server's files, and so is all that is hidden or special, such as a pipe.
    """

    def __init__(self, storage: StorageSettings, guild: int) -> None:
        root = storage.inboxes
        self._folder = root / str(guild)
        self.shown = f"{root.name}/{guild}"
        """The folder as people may know it: where it stands on the machine is not their concern."""

    def files(self) -> tuple[Waiting, ...]:
        """What lies there, newest first; nothing when there is no such folder. Blocks."""
        try:
            if self._folder.is_symlink():
                return ()
            with os.scandir(self._folder) as entries:
                found = [made for one in islice(entries, LISTED) if (made := _plain(one))]
        except OSError:
            return ()
        return tuple(
            waiting for _, waiting in sorted(found, key=lambda one: (-one[0], one[1].name))
        )

    async def copied(self, name: str, part: Path, show: Show) -> str:
        """Copy a file of the inbox to `part`; gives back its SHA-256 in hexadecimal.

        The copy is what is read and hashed, so that later changes in the inbox change no case.
        `show` is told how far a long copy is. Raises BadInput when there is no such file, or no
        room for it; nothing is then left of the copy.
        """
        abandoned, done = Event(), [0, 1]

        def progress(copied: int, size: int) -> None:
            if abandoned.is_set():
                raise _Abandoned
            done[:] = copied, size

        work = asyncio.create_task(asyncio.to_thread(self._copy, name, part, progress))
        try:
            while not (await asyncio.wait({work}, timeout=EVERY))[0]:
                await show(_how_far(name, *done))
            return work.result()
        finally:
            abandoned.set()

    def _copy(self, name: str, part: Path, progress: Callable[[int, int], None]) -> str:
        with self._opened(name) as source:
            before = os.fstat(source.fileno())
            part.parent.mkdir(parents=True, exist_ok=True)
            _check_room(name, before.st_size, part.parent)
            try:
                digest = _through(source, part, before.st_size, progress)
                if _state(os.fstat(source.fileno())) != _state(before):
                    raise BadInput(
                        Text(
                            "{file} is still being written. Wait until it lies there whole, and "
                            "give the command again.",
                            file=Code(name),
                        )
                    )
            except BaseException:
                part.unlink(missing_ok=True)
                raise
            return digest

    @contextmanager
    def _opened(self, name: str) -> Iterator[BinaryIO]:
        """A plain file of the folder, opened so that no link is followed and no pipe waited for."""
        flags = os.O_RDONLY
        for flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY", "O_CLOEXEC"):
            flags |= getattr(os, flag, 0)
        if not _is_name(name) or self._folder.is_symlink():
            raise self._unknown(name)
        path = self._folder / name
        try:
            if path.is_symlink() or path.is_dir():  # not every system refuses to open them
                raise self._unknown(name)
            number = os.open(path, flags)
        except (OSError, ValueError) as error:
            raise self._unknown(name) from error
        with open(number, "rb") as file:  # noqa: PTH123  # a descriptor, no path
            if not stat.S_ISREG(os.fstat(number).st_mode):
                raise self._unknown(name)
            yield file

    def _unknown(self, name: str) -> BadInput:
        return BadInput(
            Text(
                "There is no file {file} in {folder}. Choose one from the list; whoever runs me "
                "puts files there.",
                file=Code(name),
                folder=Code(self.shown),
            )
        )


def _plain(entry: os.DirEntry[str]) -> tuple[float, Waiting] | None:
    if not _is_name(entry.name) or not entry.is_file(follow_symlinks=False):
        return None
    state = entry.stat(follow_symlinks=False)
    return state.st_mtime, Waiting(entry.name, state.st_size)


def _is_name(name: str) -> bool:
    """Whether this names a visible file of a folder, on any system, and no path."""
    return bool(name) and not name.startswith(".") and not set(name) & set("/\\:\0")


def _state(of: os.stat_result) -> tuple[int, int]:
    return of.st_size, of.st_mtime_ns


def _check_room(name: str, size: int, folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if size > free:
        raise BadInput(
            Text(
                "{file} has {size} MB and there are {free} MB left where I keep files. Ask whoever "
                "runs me for room.",
                file=Code(name),
                size=size // 1_000_000,
                free=free // 1_000_000,
            )
        )


def _through(source: BinaryIO, part: Path, size: int, progress: Callable[[int, int], None]) -> str:
    """Copy and hash in one pass; gives back the SHA-256 in hexadecimal."""
    digest, copied = hashlib.sha256(), 0
    with part.open("wb") as target:
        while block := source.read(BLOCK):
            progress(copied, size)
            digest.update(block)
            target.write(block)
            copied += len(block)
    return digest.hexdigest()


def _how_far(name: str, copied: int, size: int) -> Text:
    return Text(
        "I copy {file}: {done} of {size} MB.",
        file=Code(name),
        done=copied // 1_000_000,
        size=size // 1_000_000,
    )
