"""Keeps what people upload: copied at once, named by its content, never by its sender."""

from __future__ import annotations

import asyncio
import hashlib
import re
import secrets
from collections.abc import Mapping
from pathlib import Path

import aiohttp
import discord

from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text, Value
from bot.inbox import Inbox, Show

SUFFIX = re.compile(r"\.[a-z0-9]{1,8}(\.(gz|bz2|xz|zst|zip))?$")
"""What may remain of an uploaded name: its ending, and that of its packing, as in `.jsonl.gz`."""

SHORT = 12
"""Characters of the digest that name a file in reports; its folder has all of it."""


class Uploads:
    """What came with one command. Refusals name a file as its sender does."""

    def __init__(self, directory: Path, megabytes: int, inbox: Inbox) -> None:
        """`inbox` is that of the server where the command was given."""
        self._directory = directory
        self._limit = megabytes
        self._inbox = inbox
        self._named: dict[str, str] = {}

    async def kept(self, upload: discord.Attachment) -> Path:
        """Copy an upload to storage off the event loop, and give back where it stands.

        Raises BadInput when it is larger than the operator allows or cannot be fetched.
        """
        name = Code(upload.filename)
        if upload.size > self._limit * 1_000_000:
            raise BadInput(
                Text(
                    "{file} is too large: {size} MB, and {limit} MB is the most I accept here. "
                    "Compress it with gzip or split it, or ask whoever runs me to put it into "
                    "{folder}: then choose it with the option inbox of /investigate.",
                    file=name,
                    size=upload.size / 1_000_000,
                    limit=self._limit,
                    folder=Code(self._inbox.shown),
                )
            )
        content = await fetched(upload)
        path = await asyncio.to_thread(keep, content, upload.filename, self._directory)
        self._named[path.name] = upload.filename
        return path

    async def from_inbox(self, name: str, show: Show) -> Path:
        """Copy a file of the server's inbox to storage, and give back where it stands.

        Raises BadInput when there is no such file or no room for it.
        """
        part = self._directory / f"{secrets.token_hex(8)}.part"
        digest = await self._inbox.copied(name, part, show)
        path = _place(digest, name, self._directory)
        await asyncio.to_thread(_settle, part, path)
        self._named[path.name] = name
        return path

    def name_of(self, stored: str) -> str:
        """The name that the sender knows of a file that is stored under this one."""
        return self._named.get(stored, stored)

    def as_sent(self, refusal: BadInput) -> BadInput:
        """The refusal with the names that the sender knows instead of the stored ones."""
        return BadInput(_renamed(refusal.text, self._named))


async def fetched(upload: discord.Attachment) -> bytes:
    """What somebody sent, whole. Raises BadInput when Discord does not hand it over."""
    try:
        return await upload.read()
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        raise BadInput(
            Text(
                "{file} could not be fetched from Discord. Send it again.",
                file=Code(upload.filename),
            )
        ) from error


def keep(content: bytes, name: str, directory: Path) -> Path:
    """Store an upload in a folder named by its SHA-256; the same bytes are stored once.

    Only the ending of the sender's file name is kept, because it helps to tell formats apart: the
    stored name appears in public reports.
    """
    digest = hashlib.sha256(content).hexdigest()
    path = _place(digest, name, directory)
    directory.mkdir(parents=True, exist_ok=True)
    part = directory / f"{secrets.token_hex(8)}.part"  # two may send the same file at once
    part.write_bytes(content)
    _settle(part, path)
    return path


def _settle(part: Path, path: Path) -> None:
    """Put a finished copy where it is kept; if its bytes were there, they are kept on from now."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        part.unlink()
    else:
        part.replace(path)
    path.parent.touch()


def _place(digest: str, name: str, directory: Path) -> Path:
    """Where the file with this SHA-256 (hexadecimal) and sent under this name is kept."""
    ending = SUFFIX.search(name.lower())
    return directory / digest / f"{digest[:SHORT]}{ending.group() if ending else ''}"


def _renamed(text: Text, names: Mapping[str, str]) -> Text:
    values = {name: _shown(value, names) for name, value in text.values}
    return Text(text.msgid, _plural=text.plural, _count=text.count, **values)


def _shown(value: Value, names: Mapping[str, str]) -> Value:
    match value:
        case Code(name):
            return Code(names.get(name, name))
        case Text():
            return _renamed(value, names)
        case tuple():
            return tuple(_shown(each, names) for each in value)
        case _:
            return value
