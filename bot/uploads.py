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

SUFFIX = re.compile(r"\.[a-z0-9]{1,8}(\.(gz|bz2|xz|zst|zip))?$")
"""What may remain of an uploaded name: its ending, and that of its packing, as in `.jsonl.gz`."""

SHORT = 12
"""Characters of the digest that name a file in reports; its folder has all of it."""


class Uploads:
    """What came with one command. Refusals name a file as its sender does."""

    def __init__(self, directory: Path, megabytes: int) -> None:
        self._directory = directory
        self._limit = megabytes
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
                    "Compress it with gzip or split it.",
                    file=name,
                    size=upload.size / 1_000_000,
                    limit=self._limit,
                )
            )
        try:
            content = await upload.read()
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            raise BadInput(
                Text("{file} could not be fetched from Discord. Send it again.", file=name)
            ) from error
        path = await asyncio.to_thread(keep, content, upload.filename, self._directory)
        self._named[path.name] = upload.filename
        return path

    def name_of(self, stored: str) -> str:
        """The name that the sender knows of a file that is stored under this one."""
        return self._named.get(stored, stored)

    def as_sent(self, refusal: BadInput) -> BadInput:
        """The refusal with the names that the sender knows instead of the stored ones."""
        return BadInput(_renamed(refusal.text, self._named))


def keep(content: bytes, name: str, directory: Path) -> Path:
    """Store an upload in a folder named by its SHA-256; the same bytes are stored once.

    Only the ending of the sender's file name is kept, because it helps to tell formats apart: the
    stored name appears in public reports.
    """
    digest = hashlib.sha256(content).hexdigest()
    ending = SUFFIX.search(name.lower())
    folder = directory / digest
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{digest[:SHORT]}{ending.group() if ending else ''}"
    if not path.exists():
        part = folder / f"{secrets.token_hex(4)}.part"  # two people may send the same file at once
        part.write_bytes(content)
        part.replace(path)
    folder.touch()  # sent again, it is kept from now on for the whole retention time
    return path


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
