"""Which members of an archive are read, without ever writing one of them to the disk.

Any zip may be given; of tar archives only those in which Mastodon's older servers pack accounts.
"""

from __future__ import annotations

import re
import stat
import zipfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from analyzers.model.refusal import BadInput
from analyzers.model.text import Code, Text
from analyzers.read.limits import Limits
from analyzers.read.spreadsheet import START, is_workbook
from analyzers.read.stream import ZIP, opened, overflow
from analyzers.read.tar import entries, is_tar
from analyzers.read.x_archive import MEMBERS
from analyzers.read.zip_end import MOST, contents

_MOST = (
    100  # members read of one archive: an X archive has a few parts, a set of tables a few dozen
)
_EMPTY = 64  # bytes: `window.YTD.note_tweet.part0 = []` takes fewer, any post more
_MASTODON = re.compile(r"(^|/)(outbox|actor)\.json$")
_TELEGRAM = re.compile(r"(^|/)result\.json$")
"""Likes and bookmarks beside the one, files sent in chats beside the other, are no posts."""

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)
_EXPORTS = (".csv", ".tsv", ".json", ".jsonl", ".ndjson")


def is_archive(path: Path) -> bool:
    """Whether a file starts as a zip archive does, and not as a workbook, which is one too."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        start = file.read(START)
    return start.startswith(ZIP) and not is_workbook(start)


def members(path: Path, limits: Limits) -> tuple[str, ...]:
    """The names of the members to read: those of a known archive, else every CSV and JSON file.

    Raises `BadInput` for an archive that is damaged, locked or dangerous, or that holds none.
    """
    name = path.name
    try:
        if contents(path) > MOST:
            raise refusal(name)
        with zipfile.ZipFile(path) as archive:
            infos = [one for one in archive.infolist() if not one.filename.endswith("/")]
    except (zipfile.BadZipFile, RuntimeError, ValueError, OSError) as error:
        raise refusal(name) from error
    chosen = _chosen(infos)
    if len(chosen) > _MOST or any(map(_dangerous, chosen)):
        raise refusal(name)
    unpacked = sum(info.file_size for info in chosen)  # each may be small enough by itself
    if limits.overflown(unpacked, path.stat().st_size):
        raise overflow(name)
    if not chosen:
        raise BadInput(
            Text(
                "{file} holds no CSV or JSON file that can be read; save spreadsheets as CSV.",
                file=Code(name),
            )
        )
    return tuple(one.filename for one in chosen)


def tar_members(path: Path, limits: Limits) -> tuple[str, ...]:
    """The names of the members to read in a tar archive, packed or plain; none in other files."""
    with opened(path, limits) as file:
        if not is_tar(file.stream.peek(512)):
            return ()
        names = [name for name, _ in entries(file.stream) if _MASTODON.search(name)]
        return tuple(dict.fromkeys(names))


def _chosen(infos: Sequence[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    infos = [one for one in infos if one.file_size > _least(one)]
    for known in (MEMBERS, _MASTODON, _TELEGRAM):
        if public := [one for one in infos if known.search(one.filename)]:
            return public
    return [
        one
        for one in infos
        if one.filename.lower().endswith(_EXPORTS)
        and not PurePosixPath(one.filename).name.startswith(".")
    ]


def _least(info: zipfile.ZipInfo) -> int:
    return _EMPTY if info.filename.endswith(".js") else 0


def _dangerous(info: zipfile.ZipInfo) -> bool:
    parts = info.filename.replace("\\", "/").split("/")
    outside = ".." in parts or not parts[0] or ":" in parts[0]
    link = stat.S_ISLNK(info.external_attr >> 16)
    return outside or link or bool(info.flag_bits & 1) or info.compress_type not in _METHODS


def refusal(name: str) -> BadInput:
    """The one answer to a zip archive that cannot be opened safely."""
    return BadInput(
        Text(
            "{file} is a zip archive that is damaged, locked by a password or not safe to open: "
            "unpack it and name the files in it.",
            file=Code(name),
        )
    )
